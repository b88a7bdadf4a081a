#include "report/audit_internal.h"

#include "table/rows.h"

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
    json_decimal(json, "published", control_published(comparison), places);
    if (control_has_ours(comparison)) {
        json_decimal(json, "read", comparison->ours, places);
        json_decimal(json, "difference", comparison->ours - control_published(comparison), places);
    }
    if (comparison->unread_rows > 0)
        json_integer(json, "rows_left_out", comparison->unread_rows);
    json_text(json, "finding", view_of(finding_text(comparison->finding)));
    json_close(json, '}');
}

static void json_comparisons(struct json_out *json, const char *key,
                             const struct comparisons *comparisons)
{
    json_open(json, key, '[');
    for (size_t i = 0; i < comparisons->count; i++)
        json_comparison(json, &comparisons->list[i]);
    json_close(json, ']');
}

void audit_write_control(struct json_out *json, const struct audit *audit,
                         const struct comparisons *comparisons)
{
    if (audit->control == NULL)
        return;
    json_open(json, "control", '{');
    json_text(json, "name", view_of(audit->control));
    json_text(json, "sha256", view_of(audit->control_sha256));
    json_integer(json, "figures", comparisons->count);
    json_integer(json, "figures_that_agree", comparisons->agreeing);
    json_comparisons(json, "comparisons", comparisons);
    json_close(json, '}');
}
