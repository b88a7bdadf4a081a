#include "table/table.h"

#include "base/attr.h"

#include <string.h>

#define TABLE_ADDRESS(name) &table_##name,
const struct table *const tables[] = {TABLES(TABLE_ADDRESS)};
const size_t table_count = COUNT_OF(tables);

const struct table *const plan_tables[] = {PLAN_TABLES(TABLE_ADDRESS)};
const size_t plan_table_count = COUNT_OF(plan_tables);

void table_write(FILE *file, const struct table *table, const struct figures *figures)
{
    struct cells cells = cells_csv(file, table);

    table->rows(&cells, figures);
}

static void pass_text(void *context, struct view text, bool apostrophe)
{
    (void)context;
    (void)text;
    (void)apostrophe;
}

static void pass_plain(void *context, struct view printed)
{
    (void)context;
    (void)printed;
}

static void count_row(void *context)
{
    size_t *const count = context;

    (*count)++;
}

size_t table_count_rows(table_rows *rows, const struct figures *figures)
{
    size_t count = 0;
    const struct cell_taker taker = {&count, pass_text, pass_plain, count_row};
    struct cells cells = cells_into(&taker, NULL);

    rows(&cells, figures);
    return count;
}

size_t table_find_column(const struct table *table, const char *name)
{
    size_t at = 0;

    while (strcmp(table->columns[at].name, name) != 0)
        at++;
    return at;
}
