#include "report/digest_internal.h"

#include "figures/ask.h"
#include "report/headline.h"
#include "report/html_out.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#define CHANGES_TOLD 5 /* in each direction */

struct digest_section *digest_section(struct digest *digest, const char *title, const char *file)
{
    struct digest_section *const section = &digest->sections[digest->count++];

    snprintf(section->title, sizeof section->title, "%s", title);
    section->file = file;
    return section;
}

void digest_line(struct digest_section *section, const char *format, ...)
{
    va_list args;

    if (section->count == DIGEST_LINES) {
        section->more++;
        return;
    }
    va_start(args, format);
    vsnprintf(section->lines[section->count++], DIGEST_TEXT, format, args);
    va_end(args);
}

/* --- the largest changes -----------------------------------------------------------------------
 */

static char *rate_words(const struct results *results, const struct measure_value *value, char *out)
{
    const struct rules *const rules = results->classified.rules;
    char printed[DECIMAL_TEXT];

    measure_print(rules, rules->measures.list[ask_headline(results)], value, printed);
    return figure_print(printed, 2, out);
}

static void tell_change(struct digest_section *section, const struct results *results,
                        const struct practice_change *change)
{
    const bool less = change->weight < 0;
    char name[NAME_TEXT];
    char now[DECIMAL_TEXT];
    char then[DECIMAL_TEXT];
    char printed[DECIMAL_TEXT];
    char weight[DECIMAL_TEXT];

    ratio_print(less ? -change->weight : change->weight, kilogram_unit(results->classified.rules),
                6, printed);
    digest_line(section, "%s: %s, a year before %s; %s kgCO2e %s",
                organisation_words(results, LEVEL_PRACTICE, change->practice, name, sizeof name),
                rate_words(results, &change->now, now), rate_words(results, &change->then, then),
                figure_print(printed, 0, weight), less ? "less" : "more");
}

static void add_changes(struct digest *digest, const struct results *results,
                        const struct practice_change_list *all)
{
    const struct measure *const measure =
        results->classified.rules->measures.list[ask_headline(results)];
    const struct practice_change *const changes = all->list;
    const size_t count = all->count;
    struct digest_section *up;
    struct digest_section *down;
    char title[160];

    snprintf(title, sizeof title,
             "%.80s: practices that rose most against a year before, over three months",
             measure->title);
    up = digest_section(digest, title, "measures.csv");

    if (count == 0)
        digest_line(up, "No practice has both: the run holds fewer than 15 months.");
    for (size_t i = 0; i < count && i < CHANGES_TOLD && changes[i].weight > 0; i++)
        tell_change(up, results, &changes[i]);
    snprintf(title, sizeof title, "%.80s: practices that fell most", measure->title);
    down = digest_section(digest, title, "measures.csv");
    for (size_t i = 0; i < count && i < CHANGES_TOLD && changes[count - 1 - i].weight < 0; i++)
        tell_change(down, results, &changes[count - 1 - i]);
}

/* --- what no rule knows yet ----------------------------------------------------------------------
 */

/* True when no earlier month of the run has the presentation; rows of it stand together. */
static bool is_new(const struct results *results, size_t at)
{
    return at == 0 ||
           results->unclassified[at - 1].presentation != results->unclassified[at].presentation;
}

static void add_unclassified(struct digest *digest, const struct results *results, month_t latest)
{
    const struct cube *const cube = results->classified.cube;
    struct digest_section *const section =
        digest_section(digest, "New this month and not known to the rules", "unclassified.csv");

    for (size_t i = 0; i < results->unclassified_count; i++) {
        const struct unclassified *const row = &results->unclassified[i];
        char items[DECIMAL_TEXT];
        char text[NAME_TEXT];

        if (row->month != latest || !is_new(results, i))
            continue;
        ratio_print(row->items, 1, 0, items);
        digest_line(section, "%s: %s items (%s)",
                    presentation_words(cube->names[row->presentation].text,
                                       intern_text(&cube->codes, row->presentation), text,
                                       sizeof text),
                    items, row->reason);
    }
}

/* --- the largest switches, one a practice --------------------------------------------------------
 */

static int most_saved_first(const void *a, const void *b)
{
    const struct advice *const one = *(struct advice *const *)a;
    const struct advice *const other = *(struct advice *const *)b;
    const int order = ratio_compare(other->saved, other->pair->from_inhalers, one->saved,
                                    one->pair->from_inhalers);

    return order != 0 ? order : (one > other) - (one < other);
}

static void tell_switch(struct digest_section *section, const struct results *results,
                        const struct advice *advice)
{
    char name[NAME_TEXT];
    char printed[DECIMAL_TEXT];
    char saved[DECIMAL_TEXT];

    ratio_print(advice->saved,
                kilogram_unit(results->classified.rules) * advice->pair->from_inhalers, 6, printed);
    digest_line(section, "%s: %s kgCO2e, %s to %s",
                organisation_words(results, LEVEL_PRACTICE, advice->practice, name, sizeof name),
                figure_print(printed, 0, saved), advice->pair->from->name, advice->pair->to->name);
}

static void add_switches(struct digest *digest, const struct results *results,
                         const struct advice_list *advice, month_t latest,
                         const struct advice **rows)
{
    struct digest_section *const section =
        digest_section(digest, "Where one switch could save most, if it suits the people concerned",
                       "switches.csv");
    size_t count = 0;

    for (size_t i = 0; i < advice->count; i++)
        if (advice->list[i].month == latest && advice->list[i].evidenced &&
            advice->list[i].rank == 1 &&
            ask_is_met(results, LEVEL_PRACTICE, advice->list[i].practice))
            rows[count++] = &advice->list[i];
    qsort(rows, count, sizeof(struct advice *), most_saved_first);
    for (size_t i = 0; i < count && i < CHANGES_TOLD; i++)
        tell_switch(section, results, rows[i]);
}

/* --- what was not read
 * ---------------------------------------------------------------------------- */

static void add_quality(struct digest *digest, const struct figures_inputs *inputs)
{
    struct digest_section *const section = digest_section(digest, "Data quality", "audit.json");

    for (size_t i = 0; i < inputs->file_count; i++) {
        const struct audit_file *const file = &inputs->files[i];

        if (file->refused[0] != '\0')
            digest_line(section, "%.150s: refused, nothing of it is used: %.200s", file->name,
                        file->refused);
        else if (file->summary.rejects.count > 0)
            digest_line(section, "%.200s: %" PRIu64 " rows could not be used", file->name,
                        file->summary.rejects.count);
    }
}

static enum status fill(struct digest *digest, const struct figures *figures, struct fail *why)
{
    const struct results *const results = figures->results;
    const struct advice_list *const advice = &figures->advice;
    const month_t latest = ask_latest_month(results);
    const struct advice **const rows = calloc(advice->count + 1, sizeof *rows);

    if (rows == NULL)
        return fail_nomem(why);
    if (results->classified.rules->measures.count > 0) {
        digest_targets(digest, figures);
        digest_alerts(digest, figures);
        add_changes(digest, results, &figures->practice_changes);
        add_switches(digest, results, advice, latest, rows);
        add_unclassified(digest, results, latest);
        add_quality(digest, &figures->inputs);
    }
    free(rows);
    return STATUS_OK;
}

enum status digest_new(struct digest **digest, const struct figures *figures, struct fail *why)
{
    struct digest *const made = calloc(1, sizeof *made);
    struct headline headline;
    struct digest_section *section;
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    headline_of(&headline, figures);
    snprintf(made->title, sizeof made->title, "Inhalers and their carbon: %s",
             headline.count > 0 ? headline.lines[0] : "no data");
    section = digest_section(made, "In short", NULL);
    for (size_t i = 1; i < headline.count; i++)
        digest_line(section, "%s", headline.lines[i]);
    status = fill(made, figures, why);
    if (status == STATUS_OK)
        *digest = made;
    else
        digest_free(made);
    return status;
}

void digest_free(struct digest *digest)
{
    free(digest);
}
