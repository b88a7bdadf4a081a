#include "report/headline.h"

#include "trend/history.h"
#include "report/html_out.h"
#include "base/text.h"

#include <stdarg.h>

const struct measure_value *value_in(const struct results *results, size_t m,
                                     const struct organisation_month *row)
{
    return measure_value_of(row, results->classified.rules->measures.list[m]);
}

size_t results_headline(const struct results *results)
{
    const struct rules *const rules = results->classified.rules;

    for (size_t m = 0; m < rules->measures.count; m++)
        if (rules->measures.list[m]->headline &&
            rules->measures.list[m]->subject == SUBJECT_prescribing)
            return m;
    return 0;
}

month_t results_last(const struct results *results)
{
    month_t last = MONTH_NONE;

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].month > last)
            last = results->organisations[i].month;
    return last;
}

month_t results_latest(const struct results *results)
{
    month_t latest = MONTH_NONE;

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].subject == SUBJECT_prescribing &&
            results->organisations[i].month > latest)
            latest = results->organisations[i].month;
    return latest != MONTH_NONE ? latest : results_last(results);
}

month_t results_first(const struct results *results)
{
    month_t first = results_last(results);

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].month < first)
            first = results->organisations[i].month;
    return first;
}

bool is_met(const struct results *results, enum level level, uint32_t organisation)
{
    return belonging_is_peer(results->belonging, level, organisation);
}

const struct organisation_month *results_focus(const struct results *results)
{
    const month_t latest = results_latest(results);
    const struct organisation_month *icb = NULL;
    const struct organisation_month *nation = NULL;
    size_t icbs = 0;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (row->month != latest || !is_met(results, row->level, row->organisation))
            continue;
        if (row->level == LEVEL_NATION && (nation == NULL || row->subject < nation->subject))
            nation = row; /* of prescribing, where there is any */
        if (row->level == LEVEL_ICB && row->subject == SUBJECT_prescribing) {
            icb = row;
            icbs++;
        }
    }
    return icbs == 1 || nation == NULL ? icb : nation;
}

const struct organisation_month *results_then(const struct results *results,
                                              const struct organisation_month *now, month_t month)
{
    /* rows of an organisation stand together, by month */
    const struct organisation_month *row = now;
    const struct organisation_month *const end =
        results->organisations + results->organisation_count;

    while (row > results->organisations && row[-1].level == now->level &&
           row[-1].organisation == now->organisation)
        row--;
    for (; row < end && row->level == now->level && row->organisation == now->organisation; row++)
        if (row->month == month && row->subject == now->subject)
            return row;
    return NULL;
}

void results_icbs(const struct results *results, month_t month, uint32_t *icbs)
{
    const struct cube *const cube = results->classified.cube;

    for (size_t i = 0; i < cube->places.levels[LEVEL_PRACTICE].codes.count; i++)
        icbs[i] = ORGANISATION_NONE;
    for (size_t i = 0; i < cube->count; i++) {
        const struct cell *const cell = &cube->cells[i];
        const uint32_t practice = cell_organisation(results, cell, LEVEL_PRACTICE);

        if (cell->month == month && practice != ORGANISATION_NONE)
            icbs[practice] = cell_organisation(results, cell, LEVEL_ICB);
    }
}

/* Text of any length and bytes into a line: UTF-8, without control characters, cut with dots. */
struct line {
    char *out;
    size_t size;
    size_t length;
    bool cut;
};

static void put_bytes(void *context, const char *bytes, size_t length)
{
    struct line *const line = context;

    for (size_t at = 0, step; at < length && !line->cut; at += step) {
        step = utf8_step((struct view){bytes + at, length - at});
        if (step == 0)
            return; /* the rest of a character that was cut */
        if (line->length + step + sizeof "..." > line->size) {
            line->cut = true;
            memcpy(line->out + line->length, "...", 3);
            line->length += 3;
        } else if ((unsigned char)bytes[at] < ' ' || bytes[at] == 0x7f) {
            line->out[line->length++] = ' ';
        } else {
            memcpy(line->out + line->length, bytes + at, step);
            line->length += step;
        }
    }
}

#define NAME_BYTES 60 /* of a name in a line; the CSV files have it whole */

char *presentation_words(struct view name, struct view code, char *out, size_t size)
{
    struct line first = {.out = out, .size = size < NAME_BYTES ? size : NAME_BYTES};
    struct line line = {.out = out, .size = size};
    const bool named = name.length > 0 && !view_equal(name, code);

    if (named) {
        visible_write(name, put_bytes, &first);
        line.length = first.length;
        put_bytes(&line, " (", 2);
    }
    visible_write(code, put_bytes, &line);
    if (named && !line.cut)
        put_bytes(&line, ")", 1);
    out[line.length] = '\0';
    return out;
}

char *organisation_words(const struct results *results, enum level level, uint32_t organisation,
                         char *out, size_t size)
{
    const struct places *const places = &results->classified.cube->places;

    return presentation_words(organisation_name(places, level, organisation),
                              organisation_code(places, level, organisation), out, size);
}

char *measure_words(const struct results *results, size_t measure,
                    const struct organisation_month *row, char *out)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure_value *const value = value_in(results, measure, row);
    char printed[DECIMAL_TEXT] = "";

    if (value != NULL)
        measure_print(rules, rules->measures.list[measure], value, printed);
    return measure_figure(rules->measures.list[measure], printed, out);
}

bool is_small_in(const struct results *results, size_t m, const struct organisation_month *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[m];
    const struct measure_value *const value = row != NULL ? value_in(results, m, row) : NULL;
    char printed[DECIMAL_TEXT];

    return value != NULL && measure_is_small(rules, measure, value) &&
           measure_print(rules, measure, value, printed)[0] != '\0';
}

static const char *small_words(const struct results *results, size_t m,
                               const struct organisation_month *row)
{
    return is_small_in(results, m, row) ? " (small denominator)" : "";
}

PRINTF_LIKE(2, 3)
static void add_line(struct headline *headline, const char *format, ...)
{
    char whole[2 * HEADLINE_TEXT];
    struct line line = {.size = HEADLINE_TEXT};
    va_list args;

    if (headline->count == HEADLINE_LINES)
        return;
    line.out = headline->lines[headline->count++];
    va_start(args, format);
    vsnprintf(whole, sizeof whole, format, args);
    va_end(args);
    put_bytes(&line, whole, strlen(whole));
    line.out[line.length] = '\0';
}

/* "England (E92000001), July 2026: 16.83 kgCO2e per inhaler; 17.95 a year before" */
/* whose  "" for whom the headline is about, else ", England (E92000001)" */
static void add_measure(struct headline *headline, const struct results *results, size_t number,
                        const struct organisation_month *row, const char *whose)
{
    const struct measure *const measure = results->classified.rules->measures.list[number];
    const struct organisation_month *const before = results_then(results, row, row->month - 12);
    char now[DECIMAL_TEXT];
    char then[DECIMAL_TEXT] = "";
    char month[MONTH_WORDS + 2] = "";
    char words[MONTH_WORDS];

    if (value_in(results, number, row) == NULL)
        return;
    if (row->month != results_latest(results)) /* hospital data lag behind */
        snprintf(month, sizeof month, ", %s", month_words(row->month, words));
    measure_words(results, number, row, now);
    if (before != NULL)
        measure_words(results, number, before, then);
    add_line(headline, "%s%s%s: %s%s%s%s%s%s", measure->title, whose, month,
             now[0] != '\0' ? now : "not computable", small_words(results, number, row),
             then[0] != '\0' ? ", " : "", then, then[0] != '\0' ? " a year before" : "",
             small_words(results, number, before));
}

static void add_rank(struct headline *headline, const struct results *results,
                     const struct organisation_month *row)
{
    const struct measure_value *const value = value_in(results, results_headline(results), row);

    if (value != NULL && value->rank > 0 && value->ranked > 1)
        add_line(headline, "Rank: %u of %u at this level, 1 the lowest", value->rank,
                 value->ranked);
}

struct spread {
    size_t count;
    const struct organisation_month *lowest;
    const struct organisation_month *highest;
    uint32_t lowest_rank;
    uint32_t highest_rank;
};

static struct spread spread_of(const struct results *results, month_t month)
{
    const size_t measure = results_headline(results);
    struct spread spread = {.count = 0};

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];
        const struct measure_value *const value = value_in(results, measure, row);

        if (row->level != LEVEL_PRACTICE || row->month != month || value == NULL ||
            value->rank == 0)
            continue;
        spread.count++;
        if (spread.lowest == NULL || value->rank < spread.lowest_rank) {
            spread.lowest = row;
            spread.lowest_rank = value->rank;
        }
        if (value->rank > spread.highest_rank) {
            spread.highest = row;
            spread.highest_rank = value->rank;
        }
    }
    return spread;
}

static void add_practices(struct headline *headline, const struct results *results, month_t month)
{
    const struct spread spread = spread_of(results, month);
    const size_t measure = results_headline(results);
    char lowest[DECIMAL_TEXT];
    char highest[DECIMAL_TEXT];
    char name[120];

    if (spread.count == 0)
        return;
    add_line(headline, "Practices with a value: %zu; the lowest %s%s, the highest %s%s: %s",
             spread.count, measure_words(results, measure, spread.lowest, lowest),
             small_words(results, measure, spread.lowest),
             measure_words(results, measure, spread.highest, highest),
             small_words(results, measure, spread.highest),
             organisation_words(results, LEVEL_PRACTICE, spread.highest->organisation, name,
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
            is_met(results, LEVEL_PRACTICE, row->practice) &&
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
        add_line(headline, "Not counted in full: %zu products by month, see unclassified.csv",
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

void headline_of(struct headline *headline, const struct results *results,
                 const struct advice_list *advice)
{
    const struct organisation_month *const focus = results_focus(results);
    const size_t measures = results->classified.rules->measures.count;
    const size_t head = results_headline(results);
    const month_t latest = results_latest(results);
    const month_t first = results_first(results);
    char name[120];
    char words[MONTH_WORDS];
    char from[MONTH_TEXT];

    headline->count = 0;
    if (focus == NULL)
        return;
    add_line(headline, "%s, %s (the run: %d months from %s)",
             organisation_words(results, focus->level, focus->organisation, name, sizeof name),
             month_words(latest, words), (int)(latest - first + 1), month_print(first, from));
    add_measure(headline, results, head, focus, "");
    add_rank(headline, results, focus);
    add_practices(headline, results, latest);
    add_switch(headline, results, advice, latest);
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
    const size_t head = results_headline(results);
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
