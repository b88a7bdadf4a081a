/* Wherever the tables are listed, all of them are, and a row fills its columns. */

#include "table/table.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <signal.h>
#include <stdlib.h>

static const struct column two[] = {{"one", "string", "", "the first"},
                                    {"cost_gbp", "number", "GBP", "the second"}};
static const struct table of_two = {.file = "two.csv", .columns = two, .column_count = 2};

static void write_row_of(size_t cells_of_it)
{
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);
    struct cells cells = cells_csv(file, &of_two);

    for (size_t i = 0; i < cells_of_it; i++)
        cell_integer(&cells, i);
    cells_row_end(&cells);
    fclose(file);
    cr_expect(strcmp(text, "one,cost_gbp\n0,1\n") == 0, "%s", text);
    free(text);
}

Test(table, a_row_of_as_many_cells_as_columns_is_written)
{
    write_row_of(2);
}

Test(table, a_row_with_too_few_cells_stops_the_program, .signal = SIGABRT)
{
    write_row_of(1);
}

Test(table, a_row_with_too_many_cells_stops_the_program, .signal = SIGABRT)
{
    write_row_of(3);
}

static void take_text(void *context, struct view text, bool apostrophe)
{
    (void)context;
    (void)text;
    (void)apostrophe;
}

static void take_plain(void *context, struct view printed)
{
    (void)context;
    (void)printed;
}

static void end_row(void *context)
{
    ++*(size_t *)context;
}

Test(table, a_row_for_a_sheet_or_a_page_is_held_to_its_columns_too, .signal = SIGABRT)
{
    size_t count = 0;
    const struct cell_taker taker = {&count, take_text, take_plain, end_row};
    struct cells cells = cells_into(&taker, &of_two);

    cell_text(&cells, view_of("a"));
    cells_skip(&cells);
    cells_row_end(&cells);
    cr_assert(eq(sz, count, 1));
    cell_text(&cells, view_of("a"));
    cells_row_end(&cells);
}

Test(table, its_rows_are_counted_without_writing_them)
{
    static const struct made rows[] = {
        {"2026-06", "P1", "I1", "0301011R0BEAIAP", "Ventolin", "9", "60", "9"},
        {"2026-06", "P2", "I1", "0301011R0BEAIAP", "Ventolin", "1", "2", "1"},
    };
    struct cube cube = {0};
    struct figures figures;

    made_add(&cube, rows, LENGTH_OF(rows));
    made_figures(&figures, &cube);
    for (size_t i = 0; i < table_count; i++) {
        char *const text = written(tables[i], figures.results);
        size_t lines = 0;

        for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
            lines++;
        if (tables[i] == &table_prescribing || tables[i] == &table_products ||
            tables[i] == &table_measures)
            cr_expect(eq(sz, table_count_rows(tables[i]->rows, &figures), lines - 1), "%s",
                      tables[i]->file);
        free(text);
    }
    figures_release(&figures);
    cube_release(&cube);
}

/* Every money column says pounds by its unit as by its name, and every kgCO2e too. */
Test(table, units_are_those_of_the_names)
{
    for (size_t i = 0; i < table_count; i++)
        for (size_t c = 0; c < tables[i]->column_count; c++) {
            const struct column *const column = &tables[i]->columns[c];
            const size_t length = strlen(column->name);

            const bool pounds = length > 4 && strcmp(column->name + length - 4, "_gbp") == 0;
            const bool carbon = strstr(column->name, "kgco2e") != NULL;

            cr_expect(pounds == (strcmp(column->unit, "GBP") == 0), "%s: %s", tables[i]->file,
                      column->name);
            cr_expect(carbon == (strncmp(column->unit, "kgCO2e", 6) == 0), "%s: %s",
                      tables[i]->file, column->name);
            cr_expect(strcmp(column->type, "number") == 0 || strcmp(column->type, "integer") == 0 ||
                          column->unit[0] == '\0',
                      "%s: %s has a unit and is no number", tables[i]->file, column->name);
        }
}

Test(table, a_sheet_has_a_name_of_its_own_and_a_place_of_its_own)
{
    for (size_t i = 0; i < table_count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct table_sheet *const one = &tables[i]->sheet;
            const struct table_sheet *const other = &tables[k]->sheet;

            cr_expect(one->name == NULL || other->name == NULL ||
                          (strcmp(one->name, other->name) != 0 && one->place != other->place),
                      "%s and %s", tables[i]->file, tables[k]->file);
            cr_expect(one->entries != NULL || !one->of_one, "%s", tables[i]->file);
        }
}

/* The rows of the README's list are the tables, each once, and its number of files is right. */
Test(table, the_readme_lists_every_table_and_no_other)
{
    size_t length;
    char *const readme = read_whole(in_root("README.md"), &length);
    char sentence[80];
    size_t listed = 0;

    for (const char *at = readme; (at = strstr(at, "\n| `")) != NULL; at++) {
        const char *const name = at + strlen("\n| `");
        const size_t size = strcspn(name, "`");

        listed += size > 4 && strncmp(name + size - 4, ".csv", 4) == 0;
    }
    for (size_t i = 0; i < table_count; i++) {
        char row[80];

        snprintf(row, sizeof row, "\n| `%s` | ", tables[i]->file);
        cr_expect(strstr(readme, row) != NULL, "README.md has no row of %s", tables[i]->file);
    }
    cr_expect(eq(sz, listed, table_count), "rows of CSV files in README.md");
    snprintf(sentence, sizeof sentence, "\n%zu files, all together or none", files_of_a_run());
    cr_expect(strstr(readme, sentence) != NULL, "README.md does not say %s", sentence);
    free(readme);
}

Test(table, the_help_of_run_names_every_table)
{
    cr_assert(eq(int, shell("%s run --help | tr '\\n' ' '", program()), 0), "%s", shell_output());
    for (size_t i = 0; i < table_count; i++) {
        char name[80];

        snprintf(name, sizeof name, " %s, ", tables[i]->file);
        cr_expect(strstr(shell_output(), name) != NULL, "no%sin %s", name, shell_output());
    }
    cr_expect(strstr(shell_output(), "{") == NULL, "%s", shell_output());
}
