#include "table/table.h"

#include "support/cases.h"
#include "support/made.h"

#include <stdlib.h>

/* Names that try to leave their cell. */
static const struct made hostile[] = {
    {"2025-03", "P1", "-", "0302000ZZBBAAAA", "=cmd|'/c calc'!A0", "1", "1", "1"},
    {"2025-03", "P1", "-", "0302000ZZBBBBBB", "a \"quoted\", name", "1", "1", "-2.5"},
    {"2025-03", "P1", "-", "0302000ZZBBCCCC", "Caf\xe9", "1", "1", "1"},
    {"2025-03", "P1", "-", "0301011R0BEAIAP", "Ventolin", "1", "1", "-1"},
    {"2025-03", "P2", "+44,x", "0301011R0BEAIAP", "Ventolin", "1", "1", "1"},
};

Test(table, results_hold_any_name_and_the_code_of_unidentified_prescribers)
{
    static const char *const lines[] = {
        "\n0302000ZZBBAAAA,'=cmd|'/c calc'!A0,2025-03,1,1,1,1,no rule",
        "\n0302000ZZBBBBBB,\"a \"\"quoted\"\", name\",2025-03,1,1,1,-2.5,no rule",
        "\n0302000ZZBBCCCC,Caf\xc3\xa9,2025-03,",
        "\nicb,-,'-,2025-03,pMDI,SABA,1,1,28.26,-1,-1\n",
        "\nicb,\"'+44,x\",\"'+44,x\",2025-03,pMDI,SABA,1,1,28.26,1,1\n",
    };
    struct cube cube = {0};

    made_add(&cube, hostile, LENGTH_OF(hostile));
    struct results *const results = made_results(&cube, "canister");
    char *const unclassified = written(&table_unclassified, results);
    char *const prescribing = written(&table_prescribing, results);

    for (size_t i = 0; i < LENGTH_OF(lines); i++)
        cr_expect(strstr(i < 3 ? unclassified : prescribing, lines[i]) != NULL, "no line%sin\n%s%s",
                  lines[i], unclassified, prescribing);
    free(unclassified);
    free(prescribing);
    results_free(results);
    cube_release(&cube);
}

/* Cells of a line without quoted commas. */
static size_t count_cells(const char *line)
{
    size_t count = 1;
    bool quoted = false;

    for (; *line != '\n' || quoted; line++) {
        quoted ^= *line == '"';
        count += *line == ',' && !quoted;
    }
    return count;
}

static void expect_width(const struct table *table, char *text)
{
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1)
        cr_expect(eq(sz, count_cells(line), table->column_count), "%s: %.60s", table->file, line);
    free(text);
}

Test(table, every_row_has_as_many_cells_as_its_header)
{
    struct cube cube = {0};
    struct figures figures;

    made_add(&cube, hostile, LENGTH_OF(hostile));
    made_figures(&figures, &cube);
    for (size_t i = 0; i < table_count; i++) {
        char *text = NULL;
        size_t length;
        FILE *const file = open_memstream(&text, &length);

        table_write(file, tables[i], &figures);
        fclose(file);
        expect_width(tables[i], text);
    }
    figures_release(&figures);
    cube_release(&cube);
}
