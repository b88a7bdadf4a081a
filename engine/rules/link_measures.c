#include "rules/load.h"

#include "base/limits.h"
#include "base/similar.h"

#include <stdlib.h>

/* Measures, their small denominators, and the targets on them. */

static bool knows_class(const struct rules *rules, const char *text)
{
    for (size_t i = 0; i < rules->class_count; i++)
        if (strcmp(rules->classes[i], text) == 0)
            return true;
    return false;
}

static bool knows_propellant(const struct rules *rules, const char *text)
{
    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];

        if (strcmp(product->propellant, text) == 0)
            return true;
        for (size_t v = 0; v < product->version_count; v++)
            if (strcmp(product->versions[v].propellant, text) == 0)
                return true;
    }
    return false;
}

/* A condition that no product meets would make an empty sum in silence. */
static enum status check_selection(const struct rules *rules, const struct selection *where,
                                   const char *at, struct faults *faults)
{
    enum status status = STATUS_OK;

    if (faults->count > 0)
        return STATUS_RULE; /* the product may be one of those with a fault */
    for (size_t i = 0; i < where->classes.count; i++)
        if (!knows_class(rules, where->classes.texts[i]))
            status =
                fault_at(faults, at, "no product has the class \"%s\"", where->classes.texts[i]);
    for (size_t i = 0; i < where->propellants.count; i++)
        if (!knows_propellant(rules, where->propellants.texts[i]))
            status = fault_at(faults, at, "no product has the propellant \"%s\"",
                              where->propellants.texts[i]);
    return status;
}

/* Two rules about one sum would contradict each other. */
static enum status link_small(struct rules *rules, struct faults *faults)
{
    for (size_t i = 0; i < rules->small_denominators.count; i++) {
        const struct small_rule *const rule = rules->small_denominators.list[i];

        for (int sum = 0; sum < SUM_NONE; sum++) {
            if (!rule->sums[sum])
                continue;
            if (rules->small_by_sum[sum] != NULL)
                return fault_at(faults, rule->at, "is about a sum that \"%s\" is about",
                                rules->small_by_sum[sum]->id);
            rules->small_by_sum[sum] = rule;
        }
    }
    return STATUS_OK;
}

/* Those of one subject are together, in the order that they say, then in that of their files. */
static int compare_measures(const void *a, const void *b)
{
    const struct measure *const one = *(const struct measure *const *)a;
    const struct measure *const other = *(const struct measure *const *)b;

    if (one->subject != other->subject)
        return one->subject < other->subject ? -1 : 1;
    if (one->order != other->order)
        return one->order != 0 && (other->order == 0 || one->order < other->order) ? -1 : 1;
    return (one->slot > other->slot) - (one->slot < other->slot);
}

/* Ids become their sentences; one that is not known is a fault already. */
static void link_caveats(const struct rules *rules, struct measure *measure)
{
    for (size_t i = 0; i < measure->caveats.count; i++)
        for (size_t c = 0; c < rules->caveats.count; c++)
            if (strcmp(measure->caveats.texts[i], rules->caveats.list[c]->id) == 0)
                measure->caveats.texts[i] = rules->caveats.list[c]->text;
}

static enum status link_measure(const struct rules *rules, struct measure *measure,
                                struct faults *faults)
{
    const char *const set = measure->factor_set_id;
    enum status status;

    link_caveats(rules, measure);
    if (set != NULL && strcmp(set, "run") != 0) {
        measure->factor_set = rules_factor_set(rules, view_of(set));
        measure->gas_factor_set = rules_gas_factor_set(rules, view_of(set));
        if (measure->subject == SUBJECT_hospital ? measure->gas_factor_set == NULL
                                                 : measure->factor_set == NULL)
            return rules_missing(faults, measure->at,
                                 measure->subject == SUBJECT_hospital
                                     ? "its factor_set is not one of gases"
                                     : "its factor_set is one of gases");
    }
    status = check_selection(rules, &measure->numerator.where, measure->at, faults);
    return rules_both(status,
                      check_selection(rules, &measure->denominator.where, measure->at, faults));
}

static enum status link_targets(struct rules *rules)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->targets.count; i++) {
        struct target *const target = rules->targets.list[i];

        if (target->measure_id == NULL)
            continue;
        target->measure = rules_measure(rules, view_of(target->measure_id));
        if (target->measure == NULL)
            status = STATUS_RULE;
    }
    return status;
}

enum status rules_link_measures(struct rules *rules, struct faults *faults)
{
    enum status status = link_small(rules, faults);

    if (rules->measures.count > LIMIT_MEASURES)
        return fault_at(faults, "measures", "more than %d measures", LIMIT_MEASURES);
    for (size_t i = 0; i < rules->measures.count; i++)
        rules->measures.list[i]->slot = (uint32_t)i; /* as the files had it, for the order */
    if (rules->measures.count > 0)
        qsort(rules->measures.list, rules->measures.count, sizeof *rules->measures.list,
              compare_measures);
    for (size_t i = 0; i < rules->measures.count; i++) {
        struct measure *const measure = rules->measures.list[i];

        measure->slot = (uint32_t)rules->measure_counts[measure->subject]++;
        status = rules_both(status, link_measure(rules, measure, faults));
    }
    return rules_both(status, link_targets(rules));
}
