#ifndef STORE_MERGE_H
#define STORE_MERGE_H

/* Several stores become one.
 *     store_merge("all.sqlite", shards, 3, &policy, &summary, why)
 * The result depends only on what the shards hold: any order of shards, any grouping into merges and
 * any repetition give the same bytes.  A store that is at `out` already takes part, so nothing in
 * it is lost.  `out` is the old store or the new one at every moment. */

#include "store/store.h"

/* What the store cannot know of a file: that is said by the rules. */
struct merge_policy {
    void *context;
    /* Above 0 when a month of `one` takes the place of the same month of `other`, below 0 the other
     * way round, 0 when neither does. */
    enum status (*better_by)(void *context, const struct store_file *one,
                             const struct store_file *other, int64_t *by, struct fail *why);
    /* True when several files may bring the same month, of different rows. */
    enum status (*shares_months)(void *context, const struct store_file *file, bool *shares,
                                 struct fail *why);
};

struct merge_summary {
    size_t shards;    /* with the one that was at `out` */
    size_t additions; /* input files of the result */
    size_t repeated;  /* input files that more than one shard holds, counted once each */
    size_t months;    /* kept months of files */
};

/* fails  STATUS_DATA      two different files hold one month, a row comes twice, or a shard is
 *                         damaged or not a store
 *        STATUS_NO_INPUT  a shard is missing or empty */
MUST_USE
enum status store_merge(const char *out, const char *const *shards, size_t count,
                        const struct merge_policy *policy, struct merge_summary *summary,
                        struct fail *why);

#endif
