#include "measure/results_gases.h"

#include "base/grow.h"

#include <stdlib.h>

const char *measure_fault(const struct measure *measure, const struct rules *rules,
                          const struct measure_value *value)
{
    wide_t top;
    wide_t bottom;

    if (is_unknown(value->top) || is_unknown(value->bottom))
        return "some of its quantities are in units that no rule converts, or have no factor";
    if (!measure->share || (value->denominator == 0 && value->numerator == 0))
        return NULL;
    if (value->denominator <= 0)
        return "the total that it is a share of is not above zero";
    if (value->numerator < 0)
        return "below 0: more is subtracted than there is";
    if (!wide_multiply(value->numerator, sum_unit(rules, measure->denominator.sum), &top) ||
        !wide_multiply(value->denominator, sum_unit(rules, measure->numerator.sum), &bottom))
        return "its sums are too large to divide";
    return top > bottom ? "above 1: part of the total that it is a share of is below zero" : NULL;
}

static enum status add(struct gas_building *building, const struct gas_finding *finding)
{
    struct results *const results = building->results;

    if (!grow(&results->gas_findings, &building->finding_room, results->gas_finding_count + 1,
              sizeof *results->gas_findings))
        return fail_nomem(building->why);
    results->gas_findings[results->gas_finding_count++] = *finding;
    return STATUS_OK;
}

/* Months in which at least one trust sent something, and trusts that did in any of them. */
struct attendance {
    bool *sent; /* trust x month */
    month_t first;
    size_t months;
    size_t trusts;
};

static bool is_presence(const struct organisation_month *row)
{
    return row->subject == SUBJECT_hospital && row->level == LEVEL_TRUST && row->sent;
}

static enum status note_presence(const struct results *results, struct attendance *attendance,
                                 struct fail *why)
{
    month_t last = MONTH_NONE;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (!is_presence(row))
            continue;
        if (attendance->first == MONTH_NONE || row->month < attendance->first)
            attendance->first = row->month;
        last = row->month > last ? row->month : last;
        attendance->trusts =
            row->organisation >= attendance->trusts ? row->organisation + 1 : attendance->trusts;
    }
    attendance->months = attendance->trusts > 0 ? (size_t)(last - attendance->first) + 1 : 0;
    attendance->sent =
        calloc(attendance->trusts * attendance->months + 1, sizeof *attendance->sent);
    if (attendance->sent == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (is_presence(row))
            attendance->sent[row->organisation * attendance->months +
                             (size_t)(row->month - attendance->first)] = true;
    }
    return STATUS_OK;
}

static bool month_was_sent(const struct attendance *attendance, size_t month)
{
    for (size_t trust = 0; trust < attendance->trusts; trust++)
        if (attendance->sent[trust * attendance->months + month])
            return true;
    return false;
}

static bool trust_was_seen(const struct attendance *attendance, size_t trust)
{
    for (size_t month = 0; month < attendance->months; month++)
        if (attendance->sent[trust * attendance->months + month])
            return true;
    return false;
}

static enum status find_missing(struct gas_building *building)
{
    struct attendance attendance = {0};
    enum status status = note_presence(building->results, &attendance, building->why);

    for (size_t month = 0; month < attendance.months && status == STATUS_OK; month++) {
        if (!month_was_sent(&attendance, month))
            continue;
        for (size_t trust = 0; trust < attendance.trusts && status == STATUS_OK; trust++)
            if (!attendance.sent[trust * attendance.months + month] &&
                trust_was_seen(&attendance, trust))
                status = add(building, &(struct gas_finding){
                                           .kind = GAS_FINDING_MISSING,
                                           .level = LEVEL_TRUST,
                                           .organisation = (uint32_t)trust,
                                           .month = attendance.first + (month_t)month,
                                           .about = "",
                                           .detail = "this month's data have no row of this trust: "
                                                     "its figures are missing, not zero",
                                       });
    }
    free(attendance.sent);
    return status;
}

static enum status find_in_row(struct gas_building *building, const struct gas_row *row)
{
    const struct gas_amounts *const amounts = &row->amounts;
    struct gas_finding finding = {
        .level = LEVEL_TRUST,
        .organisation = row->trust,
        .month = row->month,
        .about = amounts->gas != NULL ? amounts->gas->id : "",
        .row = row,
    };
    enum status status = STATUS_OK;

    if (!amounts->has_volume) {
        finding.kind = GAS_FINDING_NOT_CONVERTED;
        finding.detail = amounts->reason;
        status = add(building, &finding);
    }
    if (status == STATUS_OK && row->quantity < 0) {
        finding.kind = GAS_FINDING_NEGATIVE;
        finding.detail = "more was returned than issued";
        status = add(building, &finding);
    }
    if (status == STATUS_OK && amounts->has_volume && !amounts->has_carbon) {
        finding.kind = GAS_FINDING_NO_FACTOR;
        finding.detail = "the factor set has no potential for it, or no density was found: its "
                         "kgCO2e is not counted";
        status = add(building, &finding);
    }
    if (status == STATUS_OK && amounts->by_name) {
        finding.kind = GAS_FINDING_BY_NAME;
        finding.detail = "no rule covers its code: it was recognised by its name";
        status = add(building, &finding);
    }
    return status;
}

static enum status find_faults(struct gas_building *building, const struct organisation_month *row)
{
    const struct rules *const rules = building->results->classified.rules;
    enum status status = STATUS_OK;

    for (size_t m = 0; m < rules->measures.count && status == STATUS_OK; m++) {
        const struct measure *const measure = rules->measures.list[m];
        const struct measure_value *const value = &row->values[measure->slot];
        const bool looked = measure->subject == SUBJECT_hospital &&
                            (measure->share || is_unknown(value->top) || is_unknown(value->bottom));
        const char *const fault = looked ? measure_fault(measure, rules, value) : NULL;

        if (fault != NULL)
            status = add(building, &(struct gas_finding){
                                       .kind = GAS_FINDING_NOT_COMPUTABLE,
                                       .level = row->level,
                                       .organisation = row->organisation,
                                       .month = row->month,
                                       .about = measure->id,
                                       .detail = fault,
                                   });
    }
    return status;
}

static bool has_supply(const struct results *results)
{
    for (size_t i = 0; i < results->gas_count; i++)
        if (results->gases[i].amounts.about.origin == ORIGIN_SUPPLY)
            return true;
    return false;
}

/* Once for each nation with hospital data. */
static enum status find_piped(struct gas_building *building)
{
    const struct results *const results = building->results;
    struct intern nations = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < results->organisation_count && status == STATUS_OK; i++) {
        const struct organisation_month *const row = &results->organisations[i];
        const size_t before = nations.count;
        uint32_t number;

        if (row->subject != SUBJECT_hospital || row->level != LEVEL_NATION || has_supply(results))
            continue;
        status = intern_put(
            &nations, (struct view){(const char *)&row->organisation, sizeof row->organisation},
            &number, building->why);
        if (status == STATUS_OK && nations.count > before)
            status = add(building, &(struct gas_finding){
                                       .kind = GAS_FINDING_PIPED_MISSING,
                                       .level = LEVEL_NATION,
                                       .organisation = row->organisation,
                                       .about = "",
                                       .detail = GAS_PIPED_SENTENCE,
                                   });
    }
    intern_release(&nations);
    return status;
}

enum status gases_find(struct gas_building *building)
{
    const struct results *const results = building->results;
    enum status status = find_missing(building);

    for (size_t i = 0; i < results->gas_count && status == STATUS_OK; i++)
        status = find_in_row(building, &results->gases[i]);
    for (size_t i = 0; i < results->organisation_count && status == STATUS_OK; i++)
        if (results->organisations[i].subject == SUBJECT_hospital)
            status = find_faults(building, &results->organisations[i]);
    return status == STATUS_OK ? find_piped(building) : status;
}
