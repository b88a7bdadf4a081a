#ifndef ADVISE_TARGETS_INTERNAL_H
#define ADVISE_TARGETS_INTERNAL_H

/* Between targets.c, which answers, and target_reasons.c, which says why there is no answer, and
 * what is missing from one. */

#include "advise/targets.h"
#include "trend/history.h"
#include "measure/within.h"
#include "place/lineage.h"

/* What became of an organisation that targets name. */
struct traced {
    const char *code;
    enum level base;
    struct lineage lineage;
};

/* The months of an organisation that ended, and of its parts since then. */
struct joined {
    struct organisation_month *rows;
    struct measure_value *values;
    struct history history; /* of those rows; none: no month */
};

struct answering {
    const struct results *results;
    struct target_list *targets;
    size_t room;
    struct within within;
    struct traced *traced; /* each code and kind of data once */
    size_t traced_count;
    size_t traced_room;
    month_t first; /* of the data that the target is about */
    month_t last;
    bool *read; /* by month from `first`: any organisation has a figure of the measure */
    struct fail *why;
};

PRINTF_LIKE(2, 3)
void target_give_up(struct target_answer *answer, const char *format, ...);

/* Room for `read`, for all data. */
MUST_USE
enum status target_begin_months(struct answering *answering);

/* Notes which months the files hold of the measure of a target. */
void target_note_months(struct answering *answering, const struct measure *measure);

/* The organisation is among those that are asked for; of one that ended, it or whoever has a part
 * of it. */
bool target_is_shown(const struct results *results, const struct target_answer *answer);

bool target_has_level(const struct target *target, enum level level);

/* Why a target is about an organisation. */
enum holding {
    HOLDS_NOT,
    HOLDS,           /* it is within what the target names, or everybody is */
    HOLDS_BY_ORIGIN, /* it was of what the target names, which ended */
    HOLDS_AS_PART    /* it is what the target names, and ended: its parts go on */
};

/* `number` is that of the name that decides, among those that the target is within. */
enum holding target_holds_for(const struct answering *answering, const struct target *target,
                              enum level level, uint32_t organisation, size_t *number);

/* Finds out what became of the organisations of a target. */
MUST_USE
enum status target_trace(struct answering *answering, const struct target *target);
void target_forget_traces(struct answering *answering);

/* Of the organisation number `number` of those that the target is within. */
const struct lineage *target_lineage(const struct answering *answering, const struct target *target,
                                     size_t number);

/* The months of such an organisation; released also when it fails. */
MUST_USE
enum status target_join(const struct answering *answering, const struct lineage *lineage,
                        const struct target *target, struct joined *joined);
void target_joined_release(struct joined *joined);

/* Appends to the reason of whose part an answer is, or what an organisation was of. */
void target_tell_part(const struct answering *answering, const struct lineage *lineage,
                      const char *code, struct target_answer *answer);
void target_tell_origin(const struct lineage *lineage, const char *code,
                        struct target_answer *answer);

/* Marks the defaults that a plan asks as well of the same organisation. */
void targets_mark_repeated(struct target_list *targets);

/* Why there is no value of the months from `from` to `to`; about "the baseline", say. */
void target_explain_months(const struct answering *answering, const struct history *history,
                           struct target_answer *answer, month_t from, month_t to,
                           const char *about);

/* Why nobody has an answer. */
void target_explain_nobody(const struct answering *answering, struct target_answer *answer);

/* Appends to the reason what hospital data lack in the months of an answer: trusts that sent
 * nothing, quantities that no rule converts. */
void target_tell_gaps(const struct answering *answering, struct target_answer *answer);

#endif
