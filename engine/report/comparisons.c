#include "report/comparisons.h"

#include "report/table.h"

static bool has_ours(const struct comparison *comparison)
{
    return comparison->finding == FINDING_AGREES || comparison->finding == FINDING_DIFFERS;
}

static wide_t published_of(const struct comparison *comparison)
{
    return comparison->line->figures[comparison->figure];
}

static void write_comparison(struct csv_file *csv, const struct comparison *comparison)
{
    const struct published_line *const line = comparison->line;
    const int places = figure_places(comparison->figure);
    char text[DECIMAL_TEXT];

    cell_integer(csv, line->line);
    cell_text(csv, line->level);
    cell_code(csv, line->code);
    cell_text(csv, line->name);
    cell_month(csv, line->month);
    cell_number(csv, figure_text(comparison->figure));
    cell_number(csv, decimal_print(published_of(comparison), places, text));
    if (has_ours(comparison)) {
        cell_number(csv, decimal_print(comparison->ours, places, text));
        cell_number(csv, decimal_print(comparison->ours - published_of(comparison), places, text));
    } else {
        cell_empty(csv);
        cell_empty(csv);
    }
    cell_integer(csv, comparison->unread_rows);
    cell_number(csv, finding_text(comparison->finding));
    row_end(csv);
}

void write_comparisons(FILE *file, const struct comparisons *comparisons)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_control);
    for (size_t i = 0; i < comparisons->count; i++)
        write_comparison(&csv, &comparisons->list[i]);
}

static void json_decimal(struct json_out *json, const char *key, wide_t number, int places)
{
    char text[DECIMAL_TEXT];

    json_number(json, key, decimal_print(number, places, text));
}

static void json_comparison(struct json_out *json, const struct comparison *comparison)
{
    const struct published_line *const line = comparison->line;
    const int places = figure_places(comparison->figure);
    char month[MONTH_TEXT];

    json_open(json, NULL, '{');
    json_integer(json, "line", line->line);
    json_text(json, "level", line->level);
    if (line->code.length > 0)
        json_text(json, "code", line->code);
    if (line->name.length > 0)
        json_text(json, "name", line->name);
    if (line->month != MONTH_NONE)
        json_text(json, "month", view_of(month_print(line->month, month)));
    json_text(json, "figure", view_of(figure_text(comparison->figure)));
    json_decimal(json, "published", published_of(comparison), places);
    if (has_ours(comparison)) {
        json_decimal(json, "read", comparison->ours, places);
        json_decimal(json, "difference", comparison->ours - published_of(comparison), places);
    }
    if (comparison->unread_rows > 0)
        json_integer(json, "rows_left_out", comparison->unread_rows);
    json_text(json, "finding", view_of(finding_text(comparison->finding)));
    json_close(json, '}');
}

void json_comparisons(struct json_out *json, const char *key, const struct comparisons *comparisons)
{
    json_open(json, key, '[');
    for (size_t i = 0; i < comparisons->count; i++)
        json_comparison(json, &comparisons->list[i]);
    json_close(json, ']');
}
