#ifndef ADVISE_SWITCHES_H
#define ADVISE_SWITCHES_H

/* The switch list: what each practice prescribed last month that a rule of
 * rules/switches/ would change, what that would save, and what must be looked at first.
 * Alternatives for the same inhaler stand side by side: rows are not additive.
 *
 * A change of the drug comes behind all that keep it.  A saving of carbon is claimed only where the
 * rule says that factors can show it and both products have one of grade A, B or B2; otherwise the row is there, marked as not
 * evidenced, without a saving. */

#include "measure/results.h"

struct advice {
    month_t month;
    uint32_t practice; /* organisation number */
    uint32_t icb;      /* ORGANISATION_NONE if the extract has none */
    const struct switch_rule *rule;
    const struct switch_pair *pair;
    uint32_t rank; /* within the practice and month, from 1 */
    wide_t items;
    wide_t packs; /* inhalers of `from`, in inhaler_unit */
    bool has_carbon;
    wide_t carbon; /* of them now, in kilogram_unit */
    bool evidenced;
    wide_t saved;      /* carbon, in kilogram_unit times pair->from_inhalers */
    const char *grade; /* of the weaker of the two, "" when one is missing */
    bool changes_drug; /* not only device, brand or version */
    bool has_cost;
    wide_t cost_top; /* change in pounds: cost_top / cost_bottom */
    wide_t cost_bottom;
};

struct advice_list {
    struct advice *list; /* by practice code, month and rank */
    size_t count;
    size_t room;
};

/* Costs: the month's average actual cost per inhaler of each product in the
 * practice's ICB, else in all files of the run; unknown when nobody prescribed it. */
MUST_USE
enum status advise_switches(struct advice_list *advice, const struct results *results,
                            struct fail *why);

void advice_release(struct advice_list *advice);

#endif
