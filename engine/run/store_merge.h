#ifndef RUN_STORE_MERGE_H
#define RUN_STORE_MERGE_H

/* Stores put together as the rules see their files: a final month takes the place of a provisional
 * one, and two files of one series are refused as `add` refuses them. */

#include "rules/rules.h"
#include "store/merge.h"

/* As store_merge. */
MUST_USE
enum status merge_stores(const struct rules *rules, const char *out, const char *const *shards,
                         size_t count, struct merge_summary *summary, struct fail *why);

#endif
