#include "figures/figures.h"

#include "measure/focus.h"

/* Peers are all organisations, so these come before the others are left out. */
static enum status compare_peers(struct figures *figures, struct fail *why)
{
    enum status status = spreads_make(&figures->standings, figures->results, why);

    if (status == STATUS_OK)
        status = advise_opportunities(&figures->opportunities, figures->results, why);
    if (status == STATUS_OK) /* a part of what ended may be beyond those asked for */
        status = advise_targets(&figures->targets, figures->results, why);
    return status;
}

/* Of those that were asked for. */
static enum status follow_and_advise(struct figures *figures, struct fail *why)
{
    const struct results *const results = figures->results;
    enum status status = advise_switches(&figures->advice, results, why);

    if (status == STATUS_OK)
        status = changes_make(&figures->changes, results, why);
    if (status == STATUS_OK)
        status = practice_changes_find(&figures->practice_changes, results, why);
    if (status == STATUS_OK)
        status = alerts_find(&figures->alerts, results, &figures->charts, why);
    if (status == STATUS_OK)
        status = factor_comparisons_find(&figures->factor_comparisons, results, why);
    return status;
}

enum status figures_make(struct figures *figures, const struct figures_from *from, struct fail *why)
{
    enum status status;

    *figures = (struct figures){.inputs = from->inputs, .charts = from->charts};
    status = results_new(&figures->results, from->focus, from->rules, from->cube, from->factors,
                         from->gas_factors, from->placing, why);
    if (status == STATUS_OK && from->published != NULL)
        status = compare_totals(&figures->comparisons, from->published, from->totals, why);
    if (status == STATUS_OK)
        status = compare_peers(figures, why);
    if (status != STATUS_OK)
        return status;
    focus_keep(figures->results);
    grades_sum(figures->results, figures->grades);
    return follow_and_advise(figures, why);
}

void figures_release(struct figures *figures)
{
    comparisons_release(&figures->comparisons);
    factor_comparisons_release(&figures->factor_comparisons);
    alerts_release(&figures->alerts);
    practice_changes_release(&figures->practice_changes);
    changes_release(&figures->changes);
    targets_release(&figures->targets);
    advice_release(&figures->advice);
    opportunities_release(&figures->opportunities);
    spreads_release(&figures->standings);
    results_free(figures->results);
    *figures = (struct figures){0};
}
