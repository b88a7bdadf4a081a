#ifndef PLACE_LINEAGE_INTERNAL_H
#define PLACE_LINEAGE_INTERNAL_H

/* Between lineage.c, which reads what the months say, and lineage_answers.c, which weighs it and
 * the rules. */

#include "place/belonging_internal.h"
#include "place/lineage.h"

/* What the last month before the end says of a practice, a trust or a sub-ICB. */
struct whereabouts {
    month_t month; /* MONTH_NONE: nothing */
    bool is;       /* it counted to the organisation */
    bool divided;  /* of a sub-ICB: a part of it did */
};

enum was_of { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

struct tracing {
    const struct belonging *belonging;
    const char *code;
    enum level base;
    struct lineage *lineage;
    month_t last;              /* of the data of this base */
    struct whereabouts *bases; /* by practice or trust */
    struct whereabouts *subs;  /* by sub-ICB */
    uint32_t *sub_of;          /* by practice or trust: its latest sub-ICB */
    month_t *sub_month;        /* of that */
    enum was_of *answers;      /* by practice or trust */
};

/* 00T and 00T00 are one sub-ICB. */
bool tracing_is_code(const struct tracing *tracing, enum level level, struct view code,
                     const char *wanted);

/* The rule is about that level, and its day is not after the data. */
bool tracing_in_force(const struct tracing *tracing, const struct succession *rule,
                      enum level level);

/* Whether a practice or a trust was of the organisation. */
enum was_of tracing_answer(const struct tracing *tracing, uint32_t base);

/* Another one ended into it as well, by the rules, whatever the files have of it. */
bool tracing_has_other_sources(const struct tracing *tracing, enum level level,
                               uint32_t organisation);

#endif
