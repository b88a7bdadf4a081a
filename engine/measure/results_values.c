#include "measure/results_internal.h"

#include "measure/results_gases.h"

wide_t sum_unit(const struct rules *rules, enum sum sum)
{
    switch (sum) {
    case SUM_kgco2e:
        return kilogram_unit(rules);
    case SUM_inhalers:
    case SUM_packs:
        return inhaler_unit(rules);
    case SUM_nic:
    case SUM_actual_cost:
        return 100000;
    case SUM_thousand_patients:
        return 1000;
    case SUM_items:
    case SUM_NONE:
        return 1;
    default:
        return gas_sum_unit(rules, sum);
    }
}

static bool is_audited(const struct measure *measure)
{
    return measure->numerator.sum == SUM_gas_litres_audited ||
           measure->numerator.sum == SUM_gas_litres_wasted;
}

/* Without pharmacy data a sum of them is missing, and without the clinical use so
 * is what was wasted: neither is zero. */
static bool is_missing(const struct organisation_month *row, const struct measure *measure)
{
    const struct sum_marks marks = row->values[measure->slot].top;

    if (measure->subject != SUBJECT_hospital)
        return false;
    return is_audited(measure) ? !marks.counted && !marks.left_out
                               : !row->sent && !measure->numerator.where.supply;
}

struct measure_value *measure_value_of(const struct organisation_month *row,
                                       const struct measure *measure)
{
    if (row->subject != measure->subject || is_missing(row, measure) ||
        !measure_is_known(measure, &row->values[measure->slot]))
        return NULL;
    return &row->values[measure->slot];
}

char *measure_print(const struct rules *rules, const struct measure *measure,
                    const struct measure_value *value, char *out)
{
    const wide_t unit = sum_unit(rules, measure->numerator.sum);
    wide_t top;
    wide_t bottom;

    out[0] = '\0';
    if (value->unknown || measure_fault(measure, rules, value) != NULL)
        return out;
    if (measure->denominator.sum == SUM_NONE)
        return ratio_print(value->numerator, unit, 6, out);
    if (value->denominator <= 0 ||
        !wide_multiply(value->numerator, sum_unit(rules, measure->denominator.sum), &top) ||
        !wide_multiply(value->denominator, unit, &bottom))
        return out;
    return ratio_print(top, bottom, 6, out);
}

bool measure_is_known(const struct measure *measure, const struct measure_value *value)
{
    return measure->denominator.sum != SUM_thousand_patients || value->denominator > 0;
}

const struct organisation_month *results_find(const struct results *results, enum subject subject,
                                              enum level level, struct view code, month_t month)
{
    const struct places *const places = &results->classified.cube->places;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (row->subject == subject && row->level == level && row->month == month &&
            view_equal(organisation_code(places, level, row->organisation), code))
            return row;
    }
    return NULL;
}
