#ifndef FIGURES_FIGURES_H
#define FIGURES_FIGURES_H

/* All that a run computes, made from its sums by one call and released by one.  Whatever is written
 * (tables, workbook, page, packs, digest, the public API) reads this and computes nothing of its own
 * that another file may need too.
 *     figures_make(&figures, &from, why)
 *     figures_release(&figures)
 * A struct that is all zeros but for `results` is whole: its lists are empty. */

#include "advise/opportunities.h"
#include "advise/plan.h"
#include "advise/switches.h"
#include "advise/targets.h"
#include "extract/account.h"
#include "figures/grades.h"
#include "figures/practice_changes.h"
#include "measure/control.h"
#include "trend/alerts.h"
#include "trend/drivers.h"
#include "trend/factor_comparison.h"
#include "trend/spread.h"

/* What the inputs were; borrowed. */
struct figures_inputs {
    const struct audit_file *files;
    size_t file_count;
    const struct registers *registers; /* or NULL */
    const struct groups *groups;       /* or NULL */
};

/* What figures are made from; all borrowed for their life. */
struct figures_from {
    const struct rules *rules;
    struct cube *cube;
    const struct factor_set *factors;
    const struct gas_factor_set *gas_factors;
    const struct focus *focus; /* NULL for everybody */
    const struct placing *placing;
    const struct published *published; /* totals to compare with, or NULL */
    const struct totals *totals;       /* with it */
    struct chart_options charts;
    struct figures_inputs inputs;
};

struct figures {
    struct figures_inputs inputs;
    struct results *results;
    struct spread_list standings;
    struct opportunity_list opportunities;
    struct advice_list advice;
    struct target_list targets;
    struct plan_list plans;
    struct change_list changes;
    struct practice_change_list practice_changes;
    struct alert_list alerts;
    struct factor_comparison_list factor_comparisons;
    struct chart_options charts; /* how control charts are drawn */
    struct grade_sums grades[CARBON_GRADES];
    struct comparisons comparisons;
};

/* To be released also when it fails.
 * fails  STATUS_USAGE  no organisation is the focus, or several are */
MUST_USE
enum status figures_make(struct figures *figures, const struct figures_from *from,
                         struct fail *why);

/* Leaves an empty one. */
void figures_release(struct figures *figures);

#endif
