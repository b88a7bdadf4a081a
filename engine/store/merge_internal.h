#ifndef STORE_MERGE_INTERNAL_H
#define STORE_MERGE_INTERNAL_H

/* Between the files of a merge: merge.c opens the shards and puts the result in its place,
 * merge_plan.c decides which files and months it has, merge_texts.c numbers codes and names anew,
 * merge_rows.c copies rows. */

#include "store/merge.h"
#include "store/store_internal.h"

/* A shard, and the numbers (less one) that its codes and names have in the result. */
struct merge_source {
    struct store *store;
    uint32_t *organisations;
    uint32_t *places;
    uint32_t *presentations;
    uint32_t *names;
};

/* An input file as one shard holds it. */
struct merge_instance {
    size_t source;
    size_t addition;   /* index in the shard */
    size_t first_file; /* likewise; its members are one behind the other */
    size_t file_count;
    char key[SHA256_TEXT];  /* of its bytes and of what was read of them */
    char twin[SHA256_TEXT]; /* the same, whether or not the sums of all rows were kept */
};

/* A month of a member in the result. */
struct merge_part {
    int64_t number;
    enum part_state state;
    const struct merge_instance *live; /* whose rows are copied; NULL unless a shard keeps it */
    const char *ended;                 /* of a removed one: when */
    size_t entry;
    size_t file; /* of the entry: 0 to file_count - 1 */
    size_t month;
    bool replaced;   /* another member has its month */
    size_t by_entry; /* which */
    size_t by_file;
};

/* An input file of the result: the instances with one key. */
struct merge_entry {
    const struct merge_instance *instances;
    size_t count;
    const struct merge_instance *shown; /* whose account is copied: the earliest */
    month_t month;                      /* the first, for the order */
    const char *extract;
    int64_t first_file; /* its number in the result */
    size_t first_part;  /* index into parts */
};

struct merge {
    struct arena arena;
    struct merge_source *sources;
    size_t source_count;
    struct merge_instance *instances; /* by key, then the earliest first */
    size_t instance_count;
    struct merge_entry *entries; /* in the order in which they are numbered */
    size_t entry_count;
    struct merge_part *parts;
    size_t part_count;
    const struct merge_policy *policy;
    struct store *out;
    bool fresh; /* nothing was at its path */
};

const struct store_addition *merge_addition(const struct merge *merge,
                                            const struct merge_instance *instance);
struct store_file *merge_file(const struct merge *merge, const struct merge_instance *instance,
                              size_t file);

/* The account of the member that a part is of. */
const struct store_file *merge_part_file(const struct merge *merge, const struct merge_part *part);

/* When the month came out of the result, ISO 8601; NULL for a kept one. */
const char *merge_part_ended(const struct merge *merge, const struct merge_part *part);

/* Fills instances, entries and parts. */
MUST_USE
enum status merge_plan(struct merge *merge, struct fail *why);

/* merge_keys.c: the two keys of an instance; instances by key, of one key the earliest first. */
MUST_USE
enum status merge_key(const struct merge *merge, struct merge_instance *instance, struct fail *why);
void merge_sort_instances(struct merge *merge);

/* merge_settle.c: of the parts with one month one is kept; rows of shared months come once. */
MUST_USE
enum status merge_settle(struct merge *merge, struct fail *why);

/* Writes all codes and names of the shards into the result, in an order of their own. */
MUST_USE
enum status merge_texts(struct merge *merge, struct fail *why);

/* Writes accounts and rows of all entries. */
MUST_USE
enum status merge_rows(struct merge *merge, struct fail *why);

#endif
