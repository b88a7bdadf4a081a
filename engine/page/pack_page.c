#include "page/packs_internal.h"

#include "table/rows.h"
#include "figures/ask.h"
#include "report/headline.h"
#include "page/html_table.h"

#define SWITCHES_TOLD 12
#define MONTHS_TOLD 13

static const char style[] =
    "body{font-family:Arial,sans-serif;line-height:1.4;color:#212b32;max-width:60em;margin:1em "
    "auto;padding:0 1em}h1{font-size:1.6em;margin:0;overflow-wrap:anywhere}"
    "h2{font-size:1.2em;margin:1.2em 0 .3em}table{border-collapse:collapse;width:100%;"
    "min-width:40em}th,td{text-align:left;vertical-align:top;padding:.25em .5em;"
    "border-bottom:1px solid #aeb7bd;overflow-wrap:break-word}.n{text-align:right}"
    ".chart svg{background:#fff;display:block;height:auto;max-width:100%;width:100%}"
    ".chart text{fill:#212b32;font:14px Arial,sans-serif}.chart path{fill:none}"
    ".chart .grid{stroke:#d8dde0}.chart .axis{stroke:#4c6272}"
    ".chart .main{stroke:#005eb8;stroke-width:3.5}.chart .middle{stroke:#212b32;stroke-width:2}"
    ".chart .decile{stroke:#4c6272;stroke-dasharray:3 3}"
    "td.n{white-space:nowrap}.wide{overflow-x:auto}a{color:#005eb8}.over td{border-bottom:none}"
    ".below td{font-size:.9em;padding-bottom:.6em}"
    ".together{break-inside:avoid}"
    "@media print{.wide{overflow:visible}@page{size:A4;margin:12mm}body{font-size:9pt;margin:0;"
    "padding:0;max-width:none}table{min-width:0}tr{break-inside:avoid}.over{break-after:avoid}"
    "h2{break-after:avoid}a{color:inherit;text-decoration:none}}";

void pack_begin(FILE *file, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
          file);
    html_words(file, title);
    fprintf(file, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>", style);
    html_words(file, title);
    fputs("</h1>\n", file);
}

void pack_end(FILE *file)
{
    fputs("<p>Contains public sector information licensed under the Open Government Licence v3.0. "
          "Source: NHS Business Services Authority and NHS England.</p>\n</main>\n</body>\n"
          "</html>\n",
          file);
}

/* --- sections ----------------------------------------------------------------------------------
 */

static void put_measure(FILE *file, const struct results *results, size_t measure,
                        const struct organisation_month *row)
{
    char words[DECIMAL_TEXT] = "";

    fprintf(file, "<td class=\"n\">%s%s</td>",
            row != NULL ? measure_words(results, measure, row, words) : "",
            ask_is_small(results, measure, row) ? SMALL_WORD : "");
}

/* Its place among all practices of the run. */
static void put_place(FILE *file, const struct measure_value *value)
{
    char percent[DECIMAL_TEXT];

    fprintf(file, "<td class=\"n\">%s</td>",
            value != NULL ? percentile_figure(value->rank, value->ranked, percent) : "");
}

static void write_standing(FILE *file, const struct pack_subject *subject)
{
    const struct results *const results = subject->figures->results;
    const struct rules *const rules = results->classified.rules;
    const struct organisation_month *const now = subject->peer->rows.now;
    const struct organisation_month *const before = ask_in_month(results, now, now->month - 12);

    pack_table_begin(file, "Where the practice stands");
    fputs("<th scope=\"col\">Measure</th><th scope=\"col\" class=\"n\">Now</th><th scope=\"col\" "
          "class=\"n\">A year before</th><th scope=\"col\" class=\"n\">Practices that are "
          "lower</th><th scope=\"col\" class=\"n\">ICB</th><th scope=\"col\" "
          "class=\"n\">All</th></tr></thead>\n<tbody>\n",
          file);
    for (size_t m = 0; m < rules->measures.count; m++) {
        const bool total = rules->measures.list[m]->denominator.sum == SUM_NONE;

        if (ask_value(results, m, now) == NULL)
            continue;
        fputs("<tr><th scope=\"row\">", file);
        html_words(file, rules->measures.list[m]->title);
        fputs("</th>", file);
        put_measure(file, results, m, now);
        put_measure(file, results, m, before);
        put_place(file, ask_value(results, m, now));
        put_measure(file, results, m, total ? NULL : subject->peer->icb);
        put_measure(file, results, m, total ? NULL : subject->nation);
        fputs("</tr>\n", file);
    }
    fputs("</tbody>\n</table></div>\n<p>" SMALL_SENTENCE "</p>\n", file);
}

static const struct shown switches_shown[] = {
    {"from_name", "Now", SHOWN_TEXT},
    {"to_name", "Could be", SHOWN_TEXT},
    {"change", "What changes", SHOWN_TEXT},
    {"inhalers", "Inhalers", 0},
    {"kgco2e_saved", "kgCO2e less", 0},
    {"cost_change_gbp", "Cost, pounds", 2},
    {"search_codes", "Search codes (dm+d)", SHOWN_TEXT},
    {"prompts", "What to look at first", SHOWN_BELOW},
};

static void write_switch_list(FILE *file, const struct pack_subject *subject)
{
    const struct advice *const list =
        subject->figures->advice.list + subject->peer->rows.first_advice;
    struct html_table html = {.file = file,
                              .table = &table_switches,
                              .shown = switches_shown,
                              .count = COUNT_OF(switches_shown),
                              .caption = "What could change"};
    struct cells cells;
    size_t told = 0;

    if (subject->peer->rows.advice_count == 0 ||
        list[subject->peer->rows.advice_count - 1].month != subject->peer->rows.now->month)
        return;
    cells = html_table_begin(&html);
    for (size_t i = 0; i < subject->peer->rows.advice_count && told < SWITCHES_TOLD; i++)
        if (list[i].month == subject->peer->rows.now->month) {
            switches_row(&cells, subject->figures->results, &list[i]);
            told++;
        }
    html_table_end(&html);
    fputs("<p>Rows are alternatives: do not add them up. A dash: not evidenced, or not known. The "
          "workbook has all rows.</p>\n",
          file);
}

static const struct shown devices_shown[] = {
    {"device", "Device", SHOWN_TEXT},
    {"therapeutic_class", "Class", SHOWN_TEXT},
    {"items", "Items", 0},
    {"inhalers", "Inhalers", 0},
    {"kgco2e", "kgCO2e", 0},
    {"actual_cost_gbp", "Cost, pounds", 2},
};

static void write_devices(FILE *file, const struct pack_subject *subject)
{
    const struct results *const results = subject->figures->results;
    struct html_table html = {.file = file,
                              .table = &table_prescribing,
                              .shown = devices_shown,
                              .count = COUNT_OF(devices_shown),
                              .caption = "What was prescribed this month"};
    struct cells cells = html_table_begin(&html);

    for (size_t i = 0; i < subject->peer->rows.use_count; i++) {
        const struct use *const use = &results->uses[subject->peer->rows.first_use + i];

        if (use->month == subject->peer->rows.now->month)
            prescribing_row(&cells, results, use);
    }
    html_table_end(&html);
}

static void write_months(FILE *file, const struct pack_subject *subject)
{
    const struct results *const results = subject->figures->results;
    const size_t count = subject->peer->rows.row_count;
    const struct measure *const measure =
        results->classified.rules->measures.list[ask_headline(results)];
    const struct shown shown[] = {
        {"month", "Month", SHOWN_TEXT},
        {"denominator", "Inhalers", 0},
        {"value", measure->title, 2},
        {"small_denominator", "Small denominator", SHOWN_TEXT},
    };
    struct html_table html = {.file = file,
                              .table = &table_measures,
                              .shown = shown,
                              .count = COUNT_OF(shown),
                              .caption = "Month by month"};
    struct cells cells = html_table_begin(&html);

    for (size_t i = count > MONTHS_TOLD ? count - MONTHS_TOLD : 0; i < count; i++)
        measures_row(&cells, results, measure,
                     &results->organisations[subject->peer->rows.first_row + i]);
    html_table_end(&html);
}

void write_pack_page(FILE *file, const struct pack_subject *subject)
{
    const struct results *const results = subject->figures->results;
    const struct places *const places = &results->classified.cube->places;
    char name[200];
    char month[MONTH_WORDS];

    pack_begin(file, organisation_words(results, LEVEL_PRACTICE,
                                        subject->peer->rows.now->organisation, name, sizeof name));
    fprintf(file, "<p>Inhalers and their carbon, %s",
            month_words(subject->peer->rows.now->month, month));
    if (subject->peer->icb != NULL) {
        fputs(". ", file);
        html_text(file, organisation_name(places, LEVEL_ICB, subject->peer->icb->organisation));
    }
    fprintf(file,
            "</p>\n<p><a href=\"index.html\">All practices</a> \xc2\xb7 <a href=\"%s.xlsx\">"
            "The same for Excel</a></p>\n",
            subject->file);
    write_peers(file, subject);
    write_standing(file, subject);
    write_switch_list(file, subject);
    write_devices(file, subject);
    write_months(file, subject);
    fputs("<h2>Before anything is changed</h2>\n<p>These are measures, not indicators. A switch "
          "list is where a conversation begins: device choice depends on age, inspiratory effort, "
          "technique and the person. No mass switching.</p>\n",
          file);
    pack_end(file);
}
