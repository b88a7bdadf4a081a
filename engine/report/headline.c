#include "report/headline.h"

#include "figures/ask.h"
#include "trend/history.h"
#include "table/words.h"

#include <stdarg.h>
#include <stdio.h>

static const char *small_words(const struct results *results, size_t m,
                               const struct organisation_month *row)
{
    return ask_is_small(results, m, row) ? " (small numbers)" : "";
}

PRINTF_LIKE(2, 3)
static void add_line(struct headline *headline, const char *format, ...)
{
    char whole[2 * HEADLINE_TEXT];
    va_list args;

    if (headline->count == HEADLINE_LINES)
        return;
    va_start(args, format);
    vsnprintf(whole, sizeof whole, format, args);
    va_end(args);
    words_cut(whole, headline->lines[headline->count++], HEADLINE_TEXT);
}

/* "England (E92000001), July 2026: 16.83 kgCO2e per inhaler; 17.95 a year before" */
/* whose  "" for whom the headline is about, else ", England (E92000001)" */
static void add_measure(struct headline *headline, const struct results *results, size_t number,
                        const struct organisation_month *row, const char *whose)
{
    const struct measure *const measure = results->classified.rules->measures.list[number];
    const struct organisation_month *const before = ask_in_month(results, row, row->month - 12);
    char now[DECIMAL_TEXT];
    char then[DECIMAL_TEXT] = "";
    char month[MONTH_WORDS + 2] = "";
    char words[MONTH_WORDS];

    if (ask_value(results, number, row) == NULL)
        return;
    if (row->month != ask_latest_month(results)) /* hospital data lag behind */
        snprintf(month, sizeof month, ", %s", month_words(row->month, words));
    measure_words(results, number, row, now);
    if (before != NULL)
        measure_words(results, number, before, then);
    add_line(headline, "%s%s%s: %s%s%s%s%s%s", measure->title, whose, month,
             now[0] != '\0' ? now : "cannot be calculated", small_words(results, number, row),
             then[0] != '\0' ? ", " : "", then, then[0] != '\0' ? " a year before" : "",
             small_words(results, number, before));
}

static void add_rank(struct headline *headline, const struct results *results,
                     const struct organisation_month *row)
{
    const struct measure_value *const value = ask_value(results, ask_headline(results), row);
    char words[RANK_WORDS];

    if (value != NULL && value->rank > 0 && value->ranked > 1)
        add_line(headline, "Place: %s %s", rank_words(value->rank, value->ranked, words),
                 level_words(row->level, true));
}

/* The practices with the lowest and the highest headline of a month. */
struct extremes {
    size_t count;
    const struct organisation_month *lowest;
    const struct organisation_month *highest;
    uint32_t lowest_rank;
    uint32_t highest_rank;
};

static struct extremes extremes_of(const struct results *results, month_t month)
{
    const size_t measure = ask_headline(results);
    struct extremes extremes = {.count = 0};

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];
        const struct measure_value *const value = ask_value(results, measure, row);

        if (row->level != LEVEL_PRACTICE || row->month != month || value == NULL ||
            value->rank == 0)
            continue;
        extremes.count++;
        if (extremes.lowest == NULL || value->rank < extremes.lowest_rank) {
            extremes.lowest = row;
            extremes.lowest_rank = value->rank;
        }
        if (value->rank > extremes.highest_rank) {
            extremes.highest = row;
            extremes.highest_rank = value->rank;
        }
    }
    return extremes;
}

static void add_practices(struct headline *headline, const struct results *results, month_t month)
{
    const struct extremes extremes = extremes_of(results, month);
    const size_t measure = ask_headline(results);
    char lowest[DECIMAL_TEXT];
    char highest[DECIMAL_TEXT];
    char name[120];

    if (extremes.count == 0)
        return;
    add_line(headline, "Practices with a value: %zu; lowest %s%s, highest %s%s: %s", extremes.count,
             measure_words(results, measure, extremes.lowest, lowest),
             small_words(results, measure, extremes.lowest),
             measure_words(results, measure, extremes.highest, highest),
             small_words(results, measure, extremes.highest),
             organisation_words(results, LEVEL_PRACTICE, extremes.highest->organisation, name,
                                sizeof name));
}

/* The largest saving of one switch in one practice, if its carbon is evidenced. */
static void add_switch(struct headline *headline, const struct results *results,
                       const struct advice_list *advice, month_t month)
{
    const wide_t unit = kilogram_unit(results->classified.rules);
    const struct advice *most = NULL;
    char saved[DECIMAL_TEXT];
    char figure[DECIMAL_TEXT];
    char name[120];

    for (size_t i = 0; i < advice->count; i++) {
        const struct advice *const row = &advice->list[i];

        if (row->month == month && row->evidenced &&
            ask_is_met(results, LEVEL_PRACTICE, row->practice) &&
            (most == NULL || ratio_compare(row->saved, unit * row->pair->from_inhalers, most->saved,
                                           unit * most->pair->from_inhalers) > 0))
            most = row;
    }
    if (most == NULL)
        return;
    ratio_print(most->saved, unit * most->pair->from_inhalers, 6, saved);
    add_line(headline, "Largest switch: %s, %s kgCO2e in the month, %s to %s",
             organisation_words(results, LEVEL_PRACTICE, most->practice, name, sizeof name),
             figure_print(saved, 0, figure), most->pair->from->name, most->pair->to->name);
}

static void add_quality(struct headline *headline, const struct results *results)
{
    if (results->unclassified_count > 0)
        add_line(headline,
                 "Not counted in full, or provisionally: %zu products by month, see "
                 "unclassified.csv",
                 results->unclassified_count);
}

static const struct organisation_month *last_of_hospitals(const struct results *results,
                                                          enum level level, uint32_t organisation)
{
    const struct organisation_month *last = NULL;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (row->subject == SUBJECT_hospital && row->level == level &&
            (row->organisation == organisation || organisation == ORGANISATION_NONE) &&
            (last == NULL || row->month > last->month))
            last = row;
    }
    return last;
}

/* The headlines of hospital data in their last month: of whom the headline is about, or by name of
 * the nation, where no register says whose the trusts are. */
static void add_hospital(struct headline *headline, const struct results *results,
                         const struct organisation_month *focus)
{
    const struct rules *const rules = results->classified.rules;
    const struct organisation_month *last =
        last_of_hospitals(results, focus->level, focus->organisation);
    char name[120];
    char whose[sizeof name + 2] = "";

    if (last == NULL) {
        last = last_of_hospitals(results, LEVEL_NATION, ORGANISATION_NONE);
        if (last != NULL)
            snprintf(
                whose, sizeof whose, ", %s",
                organisation_words(results, last->level, last->organisation, name, sizeof name));
    }
    for (size_t m = 0; last != NULL && m < rules->measures.count; m++)
        if (rules->measures.list[m]->headline &&
            rules->measures.list[m]->subject == SUBJECT_hospital)
            add_measure(headline, results, m, last, whose);
}

void headline_of(struct headline *headline, const struct figures *figures)
{
    const struct results *const results = figures->results;
    const struct organisation_month *const focus = ask_focus(results);
    const size_t measures = results->classified.rules->measures.count;
    const size_t head = ask_headline(results);
    const month_t latest = ask_latest_month(results);
    const month_t first = ask_first_month(results);
    char name[120];
    char words[MONTH_WORDS];
    char from[MONTH_TEXT];
    char gaps[40] = "";
    int missing;

    headline->count = 0;
    if (focus == NULL)
        return;
    missing = ask_missing_months(results, first, latest);
    if (missing > 0)
        snprintf(gaps, sizeof gaps, ", %d missing", missing);
    add_line(headline, "%s, %s (the run: %d months from %s%s)",
             organisation_words(results, focus->level, focus->organisation, name, sizeof name),
             month_words(latest, words), (int)(latest - first + 1), month_print(first, from), gaps);
    add_measure(headline, results, head, focus, "");
    add_rank(headline, results, focus);
    add_practices(headline, results, latest);
    add_switch(headline, results, &figures->advice, latest);
    add_hospital(headline, results, focus);
    for (size_t m = 0; m < measures && headline->count + 1 < HEADLINE_LINES; m++)
        if (m != head)
            add_measure(headline, results, m, focus, "");
    add_quality(headline, results);
}

void headline_of_one(struct headline *headline, const struct results *results,
                     const struct organisation_month *row)
{
    const size_t measures = results->classified.rules->measures.count;
    const size_t head = ask_headline(results);
    char name[120];
    char words[MONTH_WORDS];

    headline->count = 0;
    add_line(headline, "%s, %s",
             organisation_words(results, row->level, row->organisation, name, sizeof name),
             month_words(row->month, words));
    add_measure(headline, results, head, row, "");
    add_rank(headline, results, row);
    for (size_t m = 0; m < measures; m++)
        if (m != head)
            add_measure(headline, results, m, row, "");
}
