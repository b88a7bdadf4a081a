#include "report/digest_internal.h"

#include "figures/ask.h"
#include "report/headline.h"
#include "report/html_out.h"

/* From the nation down to its ICBs and trusts, then what is in them, the practices last. */
static const enum level levels[] = {LEVEL_NATION, LEVEL_REGION,  LEVEL_ICB, LEVEL_TRUST,
                                    LEVEL_GROUP,  LEVEL_SUB_ICB, LEVEL_PCN, LEVEL_PRACTICE};

static char *value_words(const struct measure *measure, double value, char *out)
{
    char printed[DOUBLE_TEXT];

    return measure_figure(measure, double_print(value, printed), out);
}

/* The last month of the data of each subject: hospital data lag behind. */
struct lasts {
    month_t months[SUBJECTS];
};

static struct lasts find_lasts(const struct results *results)
{
    struct lasts lasts;
    month_t first;

    for (int subject = 0; subject < SUBJECTS; subject++)
        results_months(results, (enum subject)subject, &first, &lasts.months[subject]);
    return lasts;
}

/* --- targets -----------------------------------------------------------------------------------
 */

static bool is_crossed_now(const struct results *results, const struct lasts *lasts,
                           const struct target_answer *answer, enum level level)
{
    return target_is_open(answer) && answer->level == level && target_crossed(answer) != 0 &&
           ask_is_met(results, level, answer->organisation) &&
           answer->latest_month == lasts->months[answer->target->measure->subject];
}

void digest_targets(struct digest *digest, const struct figures *figures)
{
    struct digest_section *const section =
        digest_section(digest, "Targets crossed in the last month", "targets.csv");
    const struct target_list *const targets = &figures->targets;
    const struct lasts lasts = find_lasts(figures->results);
    char name[NAME_TEXT];
    char now[DECIMAL_TEXT];
    char before[DECIMAL_TEXT];

    for (size_t l = 0; l < COUNT_OF(levels); l++)
        for (size_t i = 0; i < targets->count; i++) {
            const struct target_answer *const answer = &targets->list[i];

            if (!is_crossed_now(figures->results, &lasts, answer, levels[l]))
                continue;
            digest_line(section, "%s: %.120s: %s, %s; %s the month before",
                        organisation_words(figures->results, levels[l], answer->organisation, name,
                                           sizeof name),
                        answer->target->title,
                        target_crossed(answer) > 0 ? "met now" : "no longer met",
                        value_words(answer->target->measure, answer->latest_value, now),
                        value_words(answer->target->measure, answer->value_before, before));
        }
}

/* --- alerts ------------------------------------------------------------------------------------
 */

/* It began in the last month; what stands since longer was told then. */
static bool begins_now(const struct results *results, const struct lasts *lasts,
                       const struct alert *one)
{
    const struct measure *const measure = results->classified.rules->measures.list[one->measure];

    return one->departure.since == one->month && one->month == lasts->months[measure->subject] &&
           ask_is_met(results, one->level, one->organisation);
}

static bool is_same(const struct alert *one, const struct alert *other)
{
    return one->measure == other->measure && one->level == other->level &&
           one->organisation == other->organisation;
}

/* Both charts in one line, where both begin. */
static void tell_alert(struct digest_section *section, const struct results *results,
                       const struct alert *one, const struct alert *also)
{
    const struct measure *const measure = results->classified.rules->measures.list[one->measure];
    char name[NAME_TEXT];
    char now[DECIMAL_TEXT];
    char before[DECIMAL_TEXT];

    digest_line(section, "%s: %.120s %s, %s before: %s (%s%s%s)",
                organisation_words(results, one->level, one->organisation, name, sizeof name),
                measure->title, value_words(measure, one->departure.now, now),
                value_words(measure, one->departure.before, before),
                direction_text(measure, one->departure.way), one->reason, also != NULL ? "; " : "",
                also != NULL ? also->reason : "");
}

void digest_alerts(struct digest *digest, const struct figures *figures)
{
    struct digest_section *const section = digest_section(
        digest, "What began to move in the last month, against its own mean", "alerts.csv");
    const struct alert_list *const alerts = &figures->alerts;
    const struct lasts lasts = find_lasts(figures->results);
    size_t standing = 0;

    for (size_t l = 0; l < COUNT_OF(levels); l++)
        for (size_t i = 0; i < alerts->count; i++) {
            const struct alert *const one = &alerts->list[i];
            const struct alert *const next = i + 1 < alerts->count ? one + 1 : NULL;
            const bool both =
                next != NULL && is_same(one, next) && begins_now(figures->results, &lasts, next);

            if (one->level != levels[l])
                continue;
            if (!begins_now(figures->results, &lasts, one)) {
                standing++;
                continue;
            }
            tell_alert(section, figures->results, one, both ? next : NULL);
            i += both;
        }
    if (standing > 0 && section->count < DIGEST_LINES)
        digest_line(section, "Alerts of earlier months that still stand: %zu, see alerts.csv",
                    standing);
}
