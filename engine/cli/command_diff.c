#include "cli/store_file.h"
#include "cli/words.h"
#include "cli/shown.h"
#include "table/difference.h"
#include "run/rules_diff.h"

#include <stdlib.h>

/* What is printed of each kind; diff.csv has all. */
#define PRESENTATIONS_TOLD 20
#define ORGANISATIONS_TOLD 10

/* Something that changes, for a list with the largest change first. */
struct diff_line {
    wide_t milligrams[2];
    uint32_t number; /* of the presentation, or of the total */
};

static wide_t change_of(const struct diff_line *line)
{
    const wide_t change = line->milligrams[1] - line->milligrams[0];

    return change < 0 ? -change : change;
}

static int compare(const void *a, const void *b)
{
    const struct diff_line *const one = a;
    const struct diff_line *const other = b;

    if (change_of(one) != change_of(other))
        return change_of(one) > change_of(other) ? -1 : 1;
    return (one->number > other->number) - (one->number < other->number);
}

/* "12.5 -> 14, +1.5 kgCO2e (+12.0%)" */
static void print_change(const wide_t milligrams[2])
{
    const wide_t change = milligrams[1] - milligrams[0];
    char text[3][DECIMAL_TEXT];
    char share[DECIMAL_TEXT];

    printf("%s -> %s, %s%s kgCO2e", decimal_print(milligrams[0], 6, text[0]),
           decimal_print(milligrams[1], 6, text[1]), change > 0 ? "+" : "",
           decimal_print(change, 6, text[2]));
    if (milligrams[0] > 0)
        printf(" (%s%s%%)", change > 0 ? "+" : "",
               ratio_print(100 * change, milligrams[0], 2, share));
    printf("\n");
}

static void print_pair(const char *before, const char *after)
{
    if (before[0] != '\0' || after[0] != '\0')
        printf("%s%s%s%s; ", before, strcmp(before, after) != 0 ? " -> " : "",
               strcmp(before, after) != 0 && after[0] == '\0' ? "none" : "",
               strcmp(before, after) != 0 ? after : "");
}

static const char *print_factor(const struct difference_word *word, char *out)
{
    return word->factor < 0 ? "no factor" : decimal_print(word->factor, 6, out);
}

static void print_presentation(const struct differences *all, const struct diff_line *line)
{
    const struct difference_word *const before = &all->words[0][line->number];
    const struct difference_word *const after = &all->words[1][line->number];
    const struct view code = presentation_code(intern_text(&all->cube->codes, line->number));
    const struct view name = all->cube->names[line->number].text;
    char words[64];
    char factors[2][DECIMAL_TEXT];

    fputs("  ", stdout);
    show_organisation(stdout, code, name);
    printf(" (%s): ", difference_words(all, line->number, words));
    print_pair(before->status, after->status);
    print_pair(before->therapeutic_class, after->therapeutic_class);
    print_pair(before->device, after->device);
    if (before->factor >= 0 || after->factor >= 0)
        print_pair(print_factor(before, factors[0]), print_factor(after, factors[1]));
    print_change(line->milligrams);
}

/* Over all organisations of the top level. */
static int print_presentations(const struct differences *all)
{
    const size_t known = all->cube->codes.count;
    struct diff_line *const lines = calloc(known + 1, sizeof *lines);
    size_t count = 0;

    if (lines == NULL)
        return -1;
    for (uint32_t i = 0; i < known; i++)
        lines[i].number = i;
    for (size_t i = 0; i < all->row_count; i++)
        for (int side = 0; side < 2 && all->rows[i].level == differences_top(all); side++)
            lines[all->rows[i].presentation].milligrams[side] += all->rows[i].milligrams[side];
    for (uint32_t i = 0; i < known; i++)
        if (all->changed[i] != 0)
            lines[count++] = lines[i];
    qsort(lines, count, sizeof *lines, compare);
    printf("presentations that change: %zu of %zu\n", count, known);
    for (size_t i = 0; i < count && i < PRESENTATIONS_TOLD; i++)
        print_presentation(all, &lines[i]);
    if (count > PRESENTATIONS_TOLD)
        printf("  not shown here: %zu\n", count - PRESENTATIONS_TOLD);
    free(lines);
    return 0;
}

static void print_organisation(const struct differences *all, const struct difference_total *total)
{
    const struct places *const places = &all->cube->places;
    const struct view code = organisation_code(places, total->level, total->organisation);
    const struct view name = organisation_name(places, total->level, total->organisation);

    fputs("  ", stdout);
    show_organisation(stdout, code, name);
    fputs(": ", stdout);
    print_change(total->milligrams);
}

/* The ones of a level whose carbon changes; of the top level all. */
static int print_level(const struct differences *all, enum level level)
{
    struct diff_line *const lines = calloc(all->total_count + 1, sizeof *lines);
    size_t count = 0;
    size_t known = 0;

    if (lines == NULL)
        return -1;
    for (size_t i = 0; i < all->total_count; i++) {
        const struct difference_total *const total = &all->totals[i];

        known += total->level == level;
        if (total->level == level &&
            (level == differences_top(all) || total->milligrams[0] != total->milligrams[1]))
            lines[count++] =
                (struct diff_line){{total->milligrams[0], total->milligrams[1]}, (uint32_t)i};
    }
    qsort(lines, count, sizeof *lines, compare);
    if (known > 0 && level == differences_top(all))
        printf("%s\n", level_text(level));
    else if (known > 0)
        printf("%s: %zu of %zu change\n", level_text(level), count, known);
    for (size_t i = 0; i < count && i < ORGANISATIONS_TOLD; i++)
        print_organisation(all, &all->totals[lines[i].number]);
    if (count > ORGANISATIONS_TOLD)
        printf("  not shown here: %zu\n", count - ORGANISATIONS_TOLD);
    free(lines);
    return 0;
}

static enum status print_all(const struct differences *all, struct fail *why)
{
    static const enum level below[] = {LEVEL_ICB, LEVEL_SUB_ICB, LEVEL_PRACTICE, LEVEL_TRUST};
    const struct rules *const before = all->sides[0].rules;
    const struct rules *const after = all->sides[1].rules;
    int failed = 0;

    printf("rules %s (%.12s) -> %s (%.12s), factors %s and %s\n", before->version, before->sha256,
           after->version, after->sha256, all->sides[1].factors->id, all->sides[1].gas_factors->id);
    failed = print_level(all, differences_top(all));
    if (failed == 0)
        failed = print_presentations(all);
    for (size_t i = 0; i < COUNT_OF(below) && failed == 0; i++)
        if (below[i] != differences_top(all))
            failed = print_level(all, below[i]);
    return failed == 0 ? STATUS_OK : fail_nomem(why);
}

static enum status read_options(const struct invocation *invocation,
                                struct rules_diff_options *options, struct fail *why)
{
    *options = (struct rules_diff_options){
        .before = {.overlay = option_value(invocation, "rules")},
        .after = {.overlay = option_value(invocation, "against")},
        .factor_set = option_value(invocation, "factors"),
        .gas_factor_set = option_value(invocation, "gas-factors"),
        .icb = option_value(invocation, "icb"),
    };
    if (options->before.overlay == NULL)
        return fail_set(why, STATUS_USAGE, "--rules DIR is missing; try canister diff --help");
    return read_months(invocation, &options->months, why);
}

static enum status compare_and_print(const struct invocation *invocation,
                                     const struct rules_diff_options *options, struct fail *why)
{
    const char *const out = option_value(invocation, "out");
    struct store *store = NULL;
    struct rules_diff *diff = NULL;
    enum status status = open_store(invocation, STORE_READ, &store, why);

    if (status == STATUS_OK)
        status = rules_diff_new(&diff, store, options, why);
    store_close(store);
    if (status == STATUS_OK && out != NULL)
        status = rules_diff_write(diff, out, why);
    if (status == STATUS_OK)
        status = print_all(rules_diff_of(diff), why);
    rules_diff_free(diff);
    return status;
}

static int run_diff(const struct invocation *invocation)
{
    struct rules_diff_options options;
    struct fail why = {0};
    enum status status = read_options(invocation, &options, &why);

    if (status == STATUS_OK)
        status = compare_and_print(invocation, &options, &why);
    return status == STATUS_OK ? close_output(0) : report_failure(&why);
}

const struct command command_diff = {
    .name = "diff",
    .arguments = "",
    .summary = "compare the results of two sets of rules",
    .description =
        "Computes the results of the store twice, with the rules of --rules and with today's rules "
        "(or those of --against). Prints the presentations that change (status, class, device, "
        "inhalers, factor, carbon), largest change first, and how the kgCO2e of each organisation "
        "changes. --out also writes every organisation and presentation to diff.csv, whose rows "
        "add up to the milligram. A folder with all rules, such as that of an older release, is "
        "used by itself; any other folder is laid over the rules that come with canister. The "
        "store must hold what both sets of rules need.",
    .options =
        {
            OPTION_STORE,
            {"rules", "DIR", "the earlier rules (required)", NULL},
            {"against", "DIR", "the later rules (default: those that come with canister)", NULL},
            {"from", "MONTH", "the first month, such as 2025-04 (default: the first in the store)",
             NULL},
            {"to", "MONTH", "the last month (default: the last in the store)", NULL},
            OPTION_ONLY_ICB,
            OPTION_FACTORS,
            OPTION_GAS_FACTORS,
            {"out", "DIR", "also write diff.csv to this folder", NULL},
        },
    .run = run_diff,
};
