#include "run/kept_months.h"

enum status kept_part_compare(struct store *store, const struct store_part *part,
                              const struct cube *cube, struct month_overlap *overlap,
                              struct fail *why)
{
    struct cube before = {0};
    enum status status = store_load(store, part, &before, why);

    if (status == STATUS_OK)
        status = month_compare_cubes(&before, cube, part->month, overlap, why);
    cube_release(&before);
    return status;
}

static void add_overlap(struct month_overlap *sum, const struct month_overlap *one)
{
    if (one->relation == MONTH_PARTS)
        return;
    if (sum->shared == 0)
        memcpy(sum->example, one->example, sizeof sum->example);
    sum->relation = one->relation;
    sum->shared += one->shared;
    sum->lost += one->lost;
}

enum status kept_month_compare(struct store *store, const char *group, const struct cube *cube,
                               month_t month, struct month_overlap *overlap, struct fail *why)
{
    size_t count;
    const struct store_file *const files = store_files(store, &count);
    enum status status = STATUS_OK;

    *overlap = (struct month_overlap){.relation = MONTH_PARTS};
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count && status == STATUS_OK; m++) {
            const struct store_part *const part = &files[i].parts[m];
            struct month_overlap one;

            if (part->state != PART_KEPT || part->month != month ||
                strcmp(files[i].group, group) != 0)
                continue;
            status = kept_part_compare(store, part, cube, &one, why);
            if (status == STATUS_OK)
                add_overlap(overlap, &one);
        }
    return status;
}
