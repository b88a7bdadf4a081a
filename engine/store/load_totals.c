#include "store/load_internal.h"

#include <stdlib.h>

/* The totals of one part on their way into the two cubes: complete is 0 or 1. */
struct load_totals {
    struct store_loading sides[2];
};

/* Behind its part and whether it is complete. */
static enum status load_total(void *context, const int64_t *numbers, struct fail *why)
{
    struct load_totals *const load = context;

    return load_cell(&load->sides[numbers[1] != 0], numbers + 2, why);
}

static void release(struct load_totals *load)
{
    for (size_t i = 0; i < COUNT_OF(load->sides); i++)
        loading_release(&load->sides[i]);
}

enum status store_load_totals(struct store *store, const struct store_part *part,
                              struct totals *totals, struct fail *why)
{
    struct load_totals load = {.sides = {{.part = NULL}}};
    const struct intern *const substances = &store->dictionary.names;
    enum status status =
        loading_begin(&load.sides[0], store, part, &totals->partial, substances, why);

    if (status == STATUS_OK)
        status = loading_begin(&load.sides[1], store, part, &totals->complete, substances, why);
    if (status == STATUS_OK)
        status = seal_read_numbers(store, "total", part->number, load_total, &load, why);
    release(&load);
    return status;
}

struct naming_totals {
    struct naming sides[2];
};

static enum status name_organisation(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct naming_totals *const naming = context;

    return load_organisation_name(&naming->sides[sqlite3_column_int64(statement, 1) != 0],
                                  statement, 2, why);
}

static enum status name_substance(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct naming_totals *const naming = context;

    return load_code_name(&naming->sides[sqlite3_column_int64(statement, 1) != 0],
                          &naming->sides[0].store->dictionary.names, statement, 2, why);
}

enum status store_load_total_names(struct store *store, const struct store_file *file,
                                   struct totals *totals, struct fail *why)
{
    struct naming_totals naming = {
        .sides = {{store, file, &totals->partial}, {store, file, &totals->complete}}};
    const enum status status =
        seal_read(store, "total_organisation_name", file->number, name_organisation, &naming, why);

    return status == STATUS_OK ? seal_read(store, "total_substance_name", file->number,
                                           name_substance, &naming, why)
                               : status;
}
