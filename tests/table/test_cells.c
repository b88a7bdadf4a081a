#include "table/table.h"
#include "table/words.h"
#include "base/text.h"

#include "support/cases.h"
#include "support/dice.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* text, as a text, as a code */
static const struct {
    const char *text, *as_text, *as_code;
} cells[] = {
    {"plain", "plain", "plain"},
    {"", "", ""},
    {"a,b", "\"a,b\"", "\"a,b\""},
    {"say \"ah\"", "\"say \"\"ah\"\"\"", "\"say \"\"ah\"\"\""},
    {"two\nlines", "\"two\\nlines\"", "\"two\\nlines\""},
    {"two\r\nlines", "\"two\\r\\nlines\"", "\"two\\r\\nlines\""},
    {" blank ", " blank ", " blank "},
    {"=1+1", "'=1+1", "'=1+1"},
    {"+44", "'+44", "'+44"},
    {"-2", "'-2", "'-2"},
    {"@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"},
    {"\tx", "'\\tx", "'\\tx"},
    {"\rx", "\"'\\rx\"", "\"'\\rx\""},
    {"=HYPER(\"a\",b)", "\"'=HYPER(\"\"a\"\",b)\"", "\"'=HYPER(\"\"a\"\",b)\""},
    {"a=b", "a=b", "a=b"},
    /* the code of unidentified prescribers: tables must join on it */
    {"-", "'-", "-"},
    {"--", "'--", "'--"},
    /* Latin-1 of the older extracts becomes UTF-8; UTF-8 stays; never both */
    {"Caf\xe9", "Caf\xc3\xa9", "Caf\xc3\xa9"},
    {"Caf\xc3\xa9", "Caf\xc3\xa9", "Caf\xc3\xa9"},
    {"\xe9 \xc3\xa9", "\xc3\xa9 \xc3\x83\xc2\xa9", "\xc3\xa9 \xc3\x83\xc2\xa9"},
    {"\xa3"
     "5,\xff",
     "\"\xc2\xa3"
     "5,\xc3\xbf\"",
     "\"\xc2\xa3"
     "5,\xc3\xbf\""},
};

static void expect_cell(void (*cell)(struct cells *csv, struct view text), const char *text,
                        const char *expected)
{
    char *got = NULL;
    size_t length;
    struct cells csv = {.file = open_memstream(&got, &length)};

    cell(&csv, view_of(text));
    cells_row_end(&csv);
    fclose(csv.file);
    cr_expect(length > 0 && strncmp(got, expected, length - 1) == 0 &&
                  expected[length - 1] == '\0' && got[length - 1] == '\n',
              "\"%s\" becomes %s, not %s", text, got, expected);
    free(got);
}

Test(table, cells_are_quoted_where_needed_and_formulas_are_made_harmless)
{
    for (size_t i = 0; i < LENGTH_OF(cells); i++) {
        expect_cell(cell_text, cells[i].text, cells[i].as_text);
        expect_cell(cell_code, cells[i].text, cells[i].as_code);
    }
}

/* Texts are looked at eight bytes at a time: wherever the mark stands, it is seen. */
Test(table, a_mark_is_seen_wherever_it_stands)
{
    static const char marks[] = {',', '"', '!', '+', '-', '~'};

    for (size_t length = 1; length <= 40; length++)
        for (size_t at = 1; at < length; at++)
            for (size_t m = 0; m < LENGTH_OF(marks); m++) {
                const bool quoted = m < 2;
                char text[48] = "";
                char expected[64] = "";

                memset(text, 'x', length);
                text[at] = marks[m];
                snprintf(expected, sizeof expected, "%s%.*s%s%s%s", quoted ? "\"" : "", (int)at,
                         text, marks[m] == '"' ? "\"" : "", text + at, quoted ? "\"" : "");
                expect_cell(cell_text, text, expected);
            }
}

/* Longer than what is put together before the file gets it. */
Test(table, a_row_may_be_of_any_length)
{
    for (size_t length = CSV_ROW - 4; length < 3 * CSV_ROW; length += 97) {
        char *const text = malloc(length + 1);
        char *const expected = malloc(length + 4);

        memset(text, 'y', length);
        text[length] = '\0';
        expect_cell(cell_text, text, text);
        text[length / 2] = ',';
        sprintf(expected, "\"%s\"", text);
        expect_cell(cell_text, text, expected);
        free(text);
        free(expected);
    }
}

/* What the C library prints to six decimals, less the zeros at the end. */
static void expect_double(double value)
{
    char expected[DOUBLE_TEXT];
    char got[DOUBLE_TEXT];
    size_t length = (size_t)snprintf(expected, sizeof expected, "%.6f", value);

    while (expected[length - 1] == '0')
        length--;
    length -= expected[length - 1] == '.';
    expected[length] = '\0';
    cr_assert(strcmp(double_print(value, got), strcmp(expected, "-0") == 0 ? "0" : expected) == 0,
              "%a is %s, not %s", value, expected, got);
}

Test(table, statistics_are_printed_as_the_c_library_rounds_them)
{
    static const double edges[] = {0,
                                   -0.0,
                                   0.5e-6,
                                   1.5e-6,
                                   2.5e-6,
                                   -0.5e-6,
                                   1e-300,
                                   5e-324,
                                   0x1p-21,
                                   0x3p-22,
                                   1,
                                   -1,
                                   0.9999995,
                                   0.99999949,
                                   123456.5,
                                   9007199254740991.0,
                                   9007199254740992.0,
                                   -9007199254740993.0,
                                   1e22,
                                   1e300,
                                   DBL_MAX};
    uint64_t dice = 7;
    char printed[DOUBLE_TEXT];

    for (size_t i = 0; i < LENGTH_OF(edges); i++)
        expect_double(edges[i]);
    for (size_t i = 0; i < 200000; i++) {
        const double whole = (double)(int64_t)dice_roll(&dice);

        expect_double(ldexp(whole, -(int)dice_below(&dice, 120)));
        expect_double(whole / 0x1p64 * 1000); /* of the size of our figures */
        expect_double((double)(int64_t)dice_below(&dice, 2000000) / 2000000 * 8); /* halves */
    }
    cr_expect(eq(str, double_print(NAN, printed), ""));
    cr_expect(eq(str, double_print(INFINITY, printed), ""));
}

Test(table, numbers_are_written_as_they_are)
{
    char *got = NULL;
    size_t length;
    struct cells csv = {.file = open_memstream(&got, &length)};

    cell_ratio(&csv, -9, 2, 2);
    cell_number(&csv, "-0.5");
    cell_integer(&csv, UINT64_MAX);
    cell_empty(&csv);
    cell_month(&csv, 2025 * 12 + 2);
    cells_row_end(&csv);
    cell_text(&csv, view_of("next"));
    cell_empty(&csv);
    cells_row_end(&csv);
    fclose(csv.file);
    cr_expect(strcmp(got, "-4.5,-0.5,18446744073709551615,,2025-03\nnext,\n") == 0, "%s", got);
    free(got);
}

/* bytes, how many of them are one character of UTF-8; 0 none */
static const struct {
    const char *bytes;
    size_t step;
} steps[] = {
    {"a", 1},
    {"\x7f", 1},
    {"\x80", 0},
    {"\xbf", 0},
    {"\xc0\x80", 0}, /* overlong */
    {"\xc1\xbf", 0},
    {"\xc2\x80", 2},
    {"\xdf\xbf", 2},
    {"\xdf", 0},         /* cut */
    {"\xe0\x9f\xbf", 0}, /* overlong */
    {"\xe0\xa0\x80", 3},
    {"\xed\x9f\xbf", 3},
    {"\xed\xa0\x80", 0}, /* a surrogate */
    {"\xee\x80\x80", 3},
    {"\xef\xbf\xbf", 3},
    {"\xe2\x82", 0},
    {"\xf0\x8f\xbf\xbf", 0},
    {"\xf0\x90\x80\x80", 4},
    {"\xf4\x8f\xbf\xbf", 4},
    {"\xf4\x90\x80\x80", 0}, /* above U+10FFFF */
    {"\xf5\x80\x80\x80", 0},
    {"\xf0\x90\x80", 0},
};

Test(table, utf8_is_told_from_anything_else)
{
    for (size_t i = 0; i < LENGTH_OF(steps); i++)
        cr_expect(eq(sz, utf8_step(view_of(steps[i].bytes)), steps[i].step), "row %zu", i);
    cr_expect(eq(sz, utf8_step(view_none()), 0), "nothing");
}

/* The columns of design 5, word by word. */
static const struct {
    const struct table *table;
    const char *file, *columns;
} designed[] = {
    {&table_measures, "measures.csv",
     "measure, level, organisation_code, organisation_name, month, numerator, denominator, value, "
     "unit, factor_set, percentile, small_denominator"},
    {&table_prescribing, "prescribing.csv",
     "level, organisation_code, organisation_name, month, device, therapeutic_class, items, "
     "inhalers, kgco2e, nic_gbp, actual_cost_gbp"},
    {&table_products, "products.csv",
     "product, bnf_code, name, device, propellant, therapeutic_class, month, items, quantity, "
     "inhalers, kgco2e_per_inhaler, grade, kgco2e, actual_cost_gbp, provisional"},
    {&table_switches, "switches.csv",
     "month, practice_code, practice_name, icb_code, rank, switch, from_code, from_name, to_code, "
     "to_name, change, items, inhalers, kgco2e_now, kgco2e_saved, cost_change_gbp, grade, "
     "search_codes, prompts"},
    {&table_organisations, "organisations.csv",
     "level, organisation_code, organisation_name, status, setting, pcn_code, sub_icb_code, "
     "icb_code, region_code, from, to, patients, patients_month"},
    {&table_unclassified, "unclassified.csv",
     "bnf_code, name, month, rows, items, quantity, actual_cost_gbp, reason"},
    {&table_gases, "gases.csv",
     "organisation_code, organisation_name, month, series, gas, source, site, vmp_code, name, "
     "unit, "
     "unit_code, rows, quantity, quantity_issued, quantity_returned, ml, litres, bottles, kgco2e, "
     "gas_factor_set, indicative_cost_gbp, rows_without_cost, counted"},
    {&table_gases_quality, "gases_quality.csv",
     "level, organisation_code, organisation_name, month, finding, about, name, quantity, unit, "
     "detail"},
    {&table_rejects, "rejects.csv", "file, line, reason, column, text"},
    {&table_periods, "periods.csv",
     "measure, level, organisation_code, organisation_name, period, first_month, last_month, "
     "months, "
     "missing, numerator, denominator, value, unit, small_denominator"},
    {&table_trends, "trends.csv",
     "measure, level, organisation_code, organisation_name, first_month, last_month, points, "
     "slope_per_month, slope_low, slope_high, p_value, method, adjusted"},
    {&table_spc, "spc.csv",
     "measure, level, organisation_code, month, value, mean, lower, upper, special_cause, "
     "direction"},
    {&table_alerts, "alerts.csv",
     "measure, level, organisation_code, organisation_name, month, kind, since, direction, before, "
     "now, reason"},
    {&table_targets, "targets.csv",
     "target, measure, level, organisation_code, organisation_name, due_month, target_value, "
     "latest_month, latest_value, change_needed_per_month, trend_per_month, forecast, "
     "forecast_low, "
     "forecast_high, probability, status, why"},
    {&table_opportunities, "opportunities.csv",
     "measure, level, organisation_code, organisation_name, first_month, last_month, rank, value, "
     "median, top_quartile, top_decile, saving_at_median, saving_at_quartile, saving_at_decile, "
     "unit, peers, peer_count, small_denominator"},
    {&table_drivers, "drivers.csv",
     "level, organisation_code, organisation_name, before_first_month, before_last_month, "
     "after_first_month, after_last_month, kgco2e_before, kgco2e_after, change, volume, class_mix, "
     "device_mix, brand_mix, factors"},
    {&table_standings, "standings.csv",
     "measure, level, organisation_code, organisation_name, period, first_month, last_month, "
     "months, denominator, value, unit, small_denominator, percentile, peers, median, icb_code, "
     "percentile_in_icb, peers_in_icb, median_in_icb, funnel_lower_998, funnel_lower_95, "
     "funnel_upper_95, funnel_upper_998, funnel"},
    {&table_deciles, "deciles.csv",
     "measure, level, icb_code, icb_name, period, first_month, last_month, peers, p10, p20, p30, "
     "p40, p50, p60, p70, p80, p90, funnel_target, funnel_phi, funnel_tau2"},
    {&table_factor_sets, "factor_sets.csv",
     "measure, level, organisation_code, organisation_name, month, factor_set, own, numerator, "
     "denominator, "
     "not_weighed, value, value_low, value_high, unit"},
};

Test(table, every_table_has_the_columns_of_the_design)
{
    cr_expect(eq(sz, table_count, LENGTH_OF(designed)), "tables");
    for (size_t i = 0; i < LENGTH_OF(designed); i++) {
        char *header = NULL;
        char *expected = NULL;
        size_t length;
        FILE *const file = open_memstream(&header, &length);

        cells_csv(file, designed[i].table);
        fclose(file);
        expected = strdup(designed[i].columns);
        for (char *from = expected, *to = expected; (*to = *from) != '\0'; from++)
            to += *from != ' ';
        cr_expect(strncmp(header, expected, strlen(expected)) == 0 &&
                      strcmp(header + strlen(expected), "\n") == 0,
                  "%s has\n%snot\n%s", designed[i].file, header, expected);
        cr_expect(tables[i] == designed[i].table && strcmp(tables[i]->file, designed[i].file) == 0,
                  "%s in its place", designed[i].file);
        free(header);
        free(expected);
    }
}
