#include "run/store_csv.h"

#include "extract/presentation.h"
#include "table/table.h"

#include <stdlib.h>

/* One part after the other; the months of all files in order. */
struct piece {
    const char *sha256; /* of the input file */
    const struct store_file *file;
    const struct store_part *part;
};

static int compare_pieces(const void *a, const void *b)
{
    const struct piece *const one = a;
    const struct piece *const other = b;
    const int extract = strcmp(one->file->extract, other->file->extract);

    if (one->part->month != other->part->month)
        return one->part->month < other->part->month ? -1 : 1;
    if (extract != 0)
        return extract;
    if (strcmp(one->sha256, other->sha256) != 0)
        return strcmp(one->sha256, other->sha256);
    return (one->part->number > other->part->number) - (one->part->number < other->part->number);
}

/* A cell with the texts it is ordered by. */
struct export_line {
    const struct cube *cube;
    const struct cell *cell;
};

static struct view code_of(const struct export_line *line, enum level level)
{
    const uint32_t number = place_organisation(&line->cube->places, line->cell->place, level);

    return number == ORGANISATION_NONE ? view_none()
                                       : organisation_code(&line->cube->places, level, number);
}

static int compare_lines(const void *a, const void *b)
{
    const struct export_line *const one = a;
    const struct export_line *const other = b;
    int order = 0;

    for (int level = 0; level < LEVELS && order == 0; level++)
        order = view_compare(code_of(one, (enum level)level), code_of(other, (enum level)level));
    if (order == 0)
        order = view_compare(intern_text(&one->cube->codes, one->cell->presentation),
                             intern_text(&other->cube->codes, other->cell->presentation));
    return order;
}

static void write_line(struct cells *csv, const struct piece *piece, const struct export_line *line)
{
    const struct cell *const cell = line->cell;
    const struct presentation about =
        presentation_of(intern_text(&line->cube->codes, cell->presentation));
    const struct view what[] = {
        about.code,
        line->cube->names[cell->presentation].text,
        view_of(about.origin != ORIGIN_PRIMARY ? origin_text(about.origin) : ""),
        about.site,
        about.unit_name,
        about.unit_code};

    cell_month(csv, cell->month);
    cell_text(csv, view_of(piece->file->extract));
    for (int level = 0; level < LEVELS; level++)
        cell_code(csv, code_of(line, (enum level)level));
    for (size_t i = 0; i < COUNT_OF(what); i++)
        cell_code(csv, what[i]);
    cell_integer(csv, cell->rows);
    cell_ratio(csv, cell->items, 1, 0);
    cell_ratio(csv, cell->quantity, 1000, PLACES_QUANTITY);
    if (cell->unknown_nic)
        cell_empty(csv);
    else
        cell_ratio(csv, cell->nic, 100000, PLACES_MONEY);
    if (cell->unknown_cost || about.unknown_cost) /* no figure, and no 0 */
        cell_empty(csv);
    else
        cell_ratio(csv, cell->actual_cost, 100000, PLACES_MONEY);
    cells_row_end(csv);
}

static enum status write_piece(struct cells *csv, struct store *store, const struct piece *piece,
                               struct fail *why)
{
    struct cube cube = {0};
    struct export_line *lines = NULL;
    enum status status = store_load(store, piece->part, &cube, why);

    if (status == STATUS_OK)
        status = store_load_names(store, piece->file, &cube, why);
    if (status == STATUS_OK && (lines = calloc(cube.count + 1, sizeof *lines)) == NULL)
        status = fail_nomem(why);
    for (size_t i = 0; i < cube.count && status == STATUS_OK; i++)
        lines[i] = (struct export_line){&cube, &cube.cells[i]};
    if (status == STATUS_OK)
        qsort(lines, cube.count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < cube.count && status == STATUS_OK; i++)
        write_line(csv, piece, &lines[i]);
    free(lines);
    cube_release(&cube);
    return status;
}

static void write_header(struct cells *csv)
{
    static const char *const behind[] = {"product_code", "product_name", "origin",         "site",
                                         "unit",         "unit_code",    "rows",           "items",
                                         "quantity",     "nic_gbp",      "actual_cost_gbp"};
    char name[32];

    cell_text(csv, view_of("month"));
    cell_text(csv, view_of("extract"));
    for (int level = 0; level < LEVELS; level++) {
        snprintf(name, sizeof name, "%s_code", level_text((enum level)level));
        cell_text(csv, view_of(name));
    }
    for (size_t i = 0; i < COUNT_OF(behind); i++)
        cell_text(csv, view_of(behind[i]));
    cells_row_end(csv);
}

static enum status write_all(struct cells *csv, struct store *store, struct fail *why)
{
    size_t count;
    size_t parts = 0;
    size_t pieces = 0;
    size_t additions;
    const struct store_file *const files = store_files(store, &count);
    const struct store_addition *const added = store_additions(store, &additions);
    struct piece *list;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count; i++)
        parts += files[i].summary.month_count;
    list = calloc(parts + 1, sizeof *list);
    if (list == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count; m++)
            if (files[i].parts[m].state == PART_KEPT)
                list[pieces++] =
                    (struct piece){added[files[i].addition].sha256, &files[i], &files[i].parts[m]};
    qsort(list, pieces, sizeof *list, compare_pieces);
    write_header(csv);
    for (size_t i = 0; i < pieces && status == STATUS_OK; i++)
        status = write_piece(csv, store, &list[i], why);
    free(list);
    return status;
}

enum status store_write_csv(struct store *store, FILE *file, struct fail *why)
{
    struct cells csv = {.file = file};
    enum status status = store_begin(store, why);

    if (status == STATUS_OK)
        status = write_all(&csv, store, why);
    store_rollback(store);
    return status;
}
