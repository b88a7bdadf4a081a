#ifndef RUN_STORE_STATUS_H
#define RUN_STORE_STATUS_H

/* What a store holds, and what is new in its latest month. */

#include "rules/rules.h"
#include "store/store.h"

/* The latest month of a group of extracts beside the one before that the store has. */
struct store_news {
    const char *group;
    enum level level; /* of the organisations listed: practices or trusts */
    month_t latest;
    month_t before;                /* MONTH_NONE: there is none */
    struct text_list unclassified; /* codes that no rule knows and the month before had not */
    struct text_list appeared;     /* organisations */
    struct text_list vanished;
};

struct store_status {
    struct arena arena;
    struct store_news *news; /* by group, in the order in which they came */
    size_t news_count;
    struct text_list provisional; /* months whose figures will change, with their extract */
    struct text_list wanting;     /* sentences: files of which the rules need more than was kept */
};

/* After store_begin. */
MUST_USE
enum status store_status_read(struct store_status *status, struct store *store,
                              const struct rules *rules, struct fail *why);

void store_status_release(struct store_status *status);

#endif
