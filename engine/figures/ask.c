#include "figures/ask.h"

#include "trend/history.h"

const struct measure_value *ask_value(const struct results *results, size_t m,
                                      const struct organisation_month *row)
{
    return measure_value_of(row, results->classified.rules->measures.list[m]);
}

size_t ask_headline(const struct results *results)
{
    const struct rules *const rules = results->classified.rules;

    for (size_t m = 0; m < rules->measures.count; m++)
        if (rules->measures.list[m]->headline &&
            rules->measures.list[m]->subject == SUBJECT_prescribing)
            return m;
    return 0;
}

month_t ask_last_month(const struct results *results)
{
    month_t last = MONTH_NONE;

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].month > last)
            last = results->organisations[i].month;
    return last;
}

month_t ask_latest_month(const struct results *results)
{
    month_t latest = MONTH_NONE;

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].subject == SUBJECT_prescribing &&
            results->organisations[i].month > latest)
            latest = results->organisations[i].month;
    return latest != MONTH_NONE ? latest : ask_last_month(results);
}

month_t ask_first_month(const struct results *results)
{
    month_t first = ask_last_month(results);

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].month < first)
            first = results->organisations[i].month;
    return first;
}

bool ask_is_met(const struct results *results, enum level level, uint32_t organisation)
{
    return belonging_is_peer(results->belonging, level, organisation);
}

const struct organisation_month *ask_focus(const struct results *results)
{
    const month_t latest = ask_latest_month(results);
    const struct organisation_month *icb = NULL;
    const struct organisation_month *nation = NULL;
    size_t icbs = 0;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (row->month != latest || !ask_is_met(results, row->level, row->organisation))
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

const struct organisation_month *ask_in_month(const struct results *results,
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

void ask_icbs(const struct results *results, month_t month, uint32_t *icbs)
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

bool ask_is_small(const struct results *results, size_t m, const struct organisation_month *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[m];
    const struct measure_value *const value = row != NULL ? ask_value(results, m, row) : NULL;
    char printed[DECIMAL_TEXT];

    return value != NULL && measure_is_small(rules, measure, value) &&
           measure_print(rules, measure, value, printed)[0] != '\0';
}

const struct series_rule *ask_hospital_series(const struct figures *figures, month_t month)
{
    const struct audit_file *const files = figures->inputs.files;

    for (size_t i = 0; i < figures->inputs.file_count; i++)
        if (files[i].series != NULL && audit_file_brings(&files[i], month))
            return files[i].series;
    return NULL;
}

/* The years that a month can be of, as month_parse takes them. */
#define MOST_MONTHS 1200

int ask_missing_months(const struct results *results, month_t first, month_t last)
{
    bool there[MOST_MONTHS] = {false};
    int missing = 0;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const month_t month = results->organisations[i].month;

        if (month >= first && month <= last && month - first < MOST_MONTHS)
            there[month - first] = true;
    }
    for (month_t month = first; month <= last && month - first < MOST_MONTHS; month++)
        missing += !there[month - first];
    return missing;
}
