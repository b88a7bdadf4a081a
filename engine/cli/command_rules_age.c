#include "base/date.h"
#include "cli/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int compare_checked(const void *a, const void *b)
{
    const struct checked_rule *const one = *(const struct checked_rule *const *)a;
    const struct checked_rule *const other = *(const struct checked_rule *const *)b;
    int order = strcmp(one->checked, other->checked);

    if (order == 0)
        order = strcmp(one->file, other->file);
    return order != 0 ? order : (one > other) - (one < other); /* as they are in the file */
}

static void print_rule(const struct checked_rule *rule)
{
    printf("%s\t%s\t%s\t%s\n", rule->checked, rule->at, rule->id, rule->source);
}

/* The rules of one file that were checked on one day, in one line. */
static size_t print_group(const struct checked_rule *const *list, size_t count)
{
    size_t same = 1;

    while (same < count && strcmp(list[same]->checked, list[0]->checked) == 0 &&
           strcmp(list[same]->file, list[0]->file) == 0)
        same++;
    printf("%s\t%s\t%zu rule%s\n", list[0]->checked, list[0]->file, same, same == 1 ? "" : "s");
    return same;
}

static enum status print_ages(const struct rules *rules, const char *before, bool all,
                              struct fail *why)
{
    const size_t count = rules->checked.count;
    const struct checked_rule **const list = calloc(count + 1, sizeof *list);
    size_t wanted = 0;

    if (list == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < count; i++)
        if (before == NULL || strcmp(rules->checked.list[i].checked, before) < 0)
            list[wanted++] = &rules->checked.list[i];
    qsort(list, wanted, sizeof *list, compare_checked);
    for (size_t i = 0; i < wanted;) {
        if (all)
            print_rule(list[i++]);
        else
            i += print_group(list + i, wanted - i);
    }
    free(list);
    return STATUS_OK;
}

/* A code that its name alone classifies is as new as one that nothing does. */
static bool is_new(const struct rules_verdict *verdict)
{
    return verdict->kind == RULES_UNKNOWN ||
           (verdict->kind == RULES_INHALER && verdict->product->provisional);
}

/* Codes of an extract that no rule has: a line each, in the order of the results. */
static void print_unknown(const struct results *results)
{
    printf("\ncodes without a rule:\n");
    for (size_t i = 0; i < results->unclassified_count; i++) {
        const struct unclassified *const row = &results->unclassified[i];
        const struct view code = intern_text(&results->classified.cube->codes, row->presentation);
        const struct view name = results->classified.cube->names[row->presentation].text;
        char month[MONTH_TEXT];

        if (is_new(&results->classified.verdicts[row->presentation]))
            printf("%s\t%.*s\t%.*s\t%" PRIu64 " row%s\n", month_print(row->month, month),
                   (int)code.length, code.at, (int)name.length, name.at, row->rows,
                   row->rows == 1 ? "" : "s");
    }
}

static enum status read_extracts(const struct invocation *invocation, struct session *session,
                                 struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < invocation->argument_count && status == STATUS_OK; i++)
        status = session_read(session, invocation->arguments[i], why);
    if (status == STATUS_OK)
        status = session_finish(session, why);
    if (status == STATUS_OK)
        print_unknown(session_results(session));
    return status;
}

static int run_rules_age(const struct invocation *invocation)
{
    const char *const before = option_value(invocation, "before");
    struct session *session = NULL;
    struct session_options options;
    struct fail why = {0};
    date_t date;
    enum status status = read_session_options(invocation, &options, &why);

    if (status == STATUS_OK && before != NULL &&
        (strlen(before) != 10 || before[4] != '-' || !date_parse(view_of(before), &date)))
        status = fail_set(&why, STATUS_USAGE, "--before takes a day such as 2026-01-31, not \"%s\"",
                          before);
    options.rules.ages = true;
    if (status == STATUS_OK)
        status = session_new(&session, &options, &why);
    if (status == STATUS_OK)
        status = print_ages(session_rules(session), before, option_value(invocation, "all") != NULL,
                            &why);
    if (status == STATUS_OK && invocation->argument_count > 0)
        status = read_extracts(invocation, session, &why);
    session_free(session);
    return close_output(status == STATUS_OK ? 0 : report_failure(&why));
}

const struct command command_rules_age = {
    .name = "rules age",
    .arguments = "[EXTRACT...]",
    .summary = "list the rules by when their source was checked",
    .description =
        "Lists the rules by the day on which their source was checked, the oldest first, a line "
        "for each file and day; with --all a line for each rule, with its id and source. With "
        "extracts, for instance those of a new month, it then lists the products that no rule "
        "knows. Together that is the list to work through each January.",
    .options =
        {
            {"all", NULL, "a line for each rule", NULL},
            {"before", "DAY", "only what was checked before this day, as 2026-01-31", NULL},
            OPTION_RULES,
            OPTION_MAX_REJECTS,
        },
    .run = run_rules_age,
};
