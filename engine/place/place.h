#ifndef PLACE_PLACE_H
#define PLACE_PLACE_H

/* Who belongs to whom, as the extract's own columns say.
 *
 * An organisation is a code at a level; a place is one practice or trust together with
 * the sub-ICB, ICB, region and nation that stand beside it in a row.  A practice
 * that moves makes two places of one organisation, so each row counts where its
 * extract puts it.  What the extract does not tell (PCNs, an ICB in an old layout,
 * groups of one's own) place/belonging.h adds from registers.
 *
 * An organisation's name is the one of the latest month that has one (of two in
 * the same month the one first in byte order), so that it does not depend on the
 * order of files. */

#include "base/intern.h"
#include "base/month.h"

#include <stdbool.h>

/* In the order in which outputs list them. */
#define LEVEL_LIST(X)       \
    X(PRACTICE, "practice") \
    X(PCN, "pcn")           \
    X(SUB_ICB, "sub_icb")   \
    X(ICB, "icb")           \
    X(REGION, "region")     \
    X(NATION, "nation")     \
    X(TRUST, "trust")       \
    X(GROUP, "group")

enum level {
#define X(name, text) LEVEL_##name,
    LEVEL_LIST(X)
#undef X
        LEVELS
};

const char *level_text(enum level level);

/* For a sentence: "ICB", or "ICBs" of several. */
const char *level_words(enum level level, bool plural);

/* A name with the month it is from. */
struct dated_name {
    struct view text;
    month_t month;
};

/* Keeps the better of two names, copying a new one into the arena. */
MUST_USE
enum status dated_name_offer(struct dated_name *name, struct view text, month_t month,
                             struct arena *arena, struct fail *why);

/* Names of this month give way to any other: the month is taken out again. */
void dated_names_forget(struct dated_name *names, size_t count, month_t month);

/* One row's organisations.  A code whose `at` is NULL is a level that the
 * extract does not have; an empty one is a level it left out. */
struct row_organisations {
    struct view code[LEVELS];
    struct view name[LEVELS];
    month_t month;
};

#define ORGANISATION_NONE UINT32_MAX

struct organisations {
    struct intern codes;
    struct dated_name *names; /* by organisation number */
    size_t room;
};

struct places {
    struct arena arena; /* names */
    struct organisations levels[LEVELS];
    struct intern tuples; /* uint32_t[LEVELS], by place number */
};

/* The number of the place, new or known. */
MUST_USE
enum status places_put(struct places *places, const struct row_organisations *row, uint32_t *place,
                       struct fail *why);

/* The number of one organisation, new or known, without a place; ORGANISATION_NONE
 * where code.at is NULL. */
MUST_USE
enum status places_name(struct places *places, enum level level, struct view code, struct view name,
                        month_t month, uint32_t *number, struct fail *why);

/* The number of a code, or INTERN_NONE.  The code of a sub-ICB may have the padding
 * (may be NULL) or not: 00T is 00T00. */
uint32_t places_find(const struct places *places, const char *sub_icb_padding, enum level level,
                     struct view code);

size_t places_count(const struct places *places);

/* The organisation of a place at a level, ORGANISATION_NONE if it has none. */
uint32_t place_organisation(const struct places *places, uint32_t place, enum level level);

struct view organisation_code(const struct places *places, enum level level, uint32_t number);
struct view organisation_name(const struct places *places, enum level level, uint32_t number);

/* Puts every place of `from` into `into`; numbers[i] is the new number of i.
 * numbers has places_count(from) entries. */
MUST_USE
enum status places_merge(struct places *into, const struct places *from, uint32_t *numbers,
                         struct fail *why);

/* The same for the names of all organisations. */
void places_forget_month(struct places *places, month_t month);

void places_release(struct places *places);

#endif
