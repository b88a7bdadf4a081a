#ifndef PLACE_BELONGING_H
#define PLACE_BELONGING_H

/* To which organisations a place counts in a month, in one of two views:
 *   then  as each month was: the extract's own columns; what it lacks (PCNs, the
 *         ICB of an old layout) from registers whose word holds for that month
 *   now   today's organisations over all of history: of each practice or trust
 *         the latest that the extracts and registers of the run say; for one that
 *         was gone before, where its sub-ICB went, and the rules of successors
 * "Today" is the latest month among the extracts and registers of the run.
 *
 * A place always keeps its nation and its own practice or trust (in the view now:
 * the successor of a trust), so that totals are the same in both views. */

#include "place/groups.h"
#include "place/registers.h"

enum places_view { PLACES_THEN, PLACES_NOW };

/* What a run knows besides its extracts. */
struct placing {
    enum places_view view;
    const struct registers *registers; /* settled; or NULL */
    struct groups *groups;             /* or NULL; `found` is filled */
};

/* A place with rows in a month. */
struct presence {
    uint32_t place;
    month_t month;
    uint64_t rows;
};

struct affiliation {
    enum level level;
    uint32_t organisation;
};

struct stay {
    struct presence presence;
    uint32_t members;       /* number of the list of members */
    int64_t patients;       /* of its practice in that month; -1 when not known, or none */
    month_t patients_month; /* of that list size */
    bool home;              /* of several places of a practice in a month the one with most rows:
                               its patients count there */
};

struct belonging;

/* places   of the cube; gets the organisations that only registers, rules and groups
 *          name, and newer names
 * list     each place and month once, in any order
 * placing  borrowed, with its registers, until belonging_free */
MUST_USE
enum status belonging_new(struct belonging **belonging, struct places *places,
                          const struct rules *rules, const struct placing *placing,
                          const struct presence *list, size_t count, struct fail *why);

/* The stay of a place in a month; it must have been in the list. */
const struct stay *belonging_stay(const struct belonging *belonging, uint32_t place, month_t month);

size_t belonging_count(const struct belonging *belonging);
const struct stay *belonging_at(const struct belonging *belonging, size_t index);

/* The organisations of a stay, each level but group once at most. */
const struct affiliation *stay_members(const struct belonging *belonging, const struct stay *stay,
                                       size_t *count);

/* ORGANISATION_NONE when it has none at that level. */
uint32_t stay_organisation(const struct belonging *belonging, const struct stay *stay,
                           enum level level);

/* False for those that take no part in percentiles: unidentified prescribers, and,
 * where a register has the settings, practices that are not GP practices. */
bool belonging_is_peer(const struct belonging *belonging, enum level level, uint32_t organisation);

/* "unidentified", "active", "closed", ..., or "" when nothing is known. */
const char *belonging_standing(const struct belonging *belonging, enum level level,
                               uint32_t organisation);

/* The prescribing setting of a practice; "" when not known. */
const char *belonging_setting(const struct belonging *belonging, enum level level,
                              uint32_t organisation);

bool belonging_knows_settings(const struct belonging *belonging);
enum places_view belonging_view(const struct belonging *belonging);
month_t belonging_today(const struct belonging *belonging);

const char *places_view_text(enum places_view view);

void belonging_free(struct belonging *belonging);

#endif
