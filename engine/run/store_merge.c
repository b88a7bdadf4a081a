#include "run/store_merge.h"

#include "run/kept_scope.h"
#include "run/session_internal.h"

/* The store hands the context back as it got it. */
struct rules_of {
    const struct rules *rules;
};

static enum status better_by(void *context, const struct store_file *one,
                             const struct store_file *other, int64_t *by, struct fail *why)
{
    const struct rules *const rules = ((struct rules_of *)context)->rules;
    const struct series_rule *series = NULL;
    const struct series_rule *against = NULL;
    const struct era *era;
    enum status status = kept_find_era(rules, one, &era, &series, why);

    if (status == STATUS_OK)
        status = kept_find_era(rules, other, &era, &against, why);
    *by = status == STATUS_OK ? series_better_by(series, against) : 0;
    return status;
}

static enum status shares_months(void *context, const struct store_file *file, bool *shares,
                                 struct fail *why)
{
    const struct rules *const rules = ((struct rules_of *)context)->rules;
    const struct series_rule *series;
    const struct era *era = NULL;
    const enum status status = kept_find_era(rules, file, &era, &series, why);

    *shares = status == STATUS_OK && era != NULL && era->extract->by_organisation;
    return status;
}

enum status merge_stores(const struct rules *rules, const char *out, const char *const *shards,
                         size_t count, struct merge_summary *summary, struct fail *why)
{
    struct rules_of of = {rules};
    const struct merge_policy policy = {&of, better_by, shares_months};

    return store_merge(out, shards, count, &policy, summary, why);
}
