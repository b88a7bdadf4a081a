#include "cli/words.h"

#include "rules/faults.h"

#include <inttypes.h>
#include <string.h>

#define FAULTS_SHOWN 50

static size_t count_eras(const struct layouts *layouts)
{
    size_t eras = 0;

    for (size_t i = 0; i < layouts->count; i++)
        eras += layouts->extracts[i].era_count;
    return eras;
}

static void print_counts(const struct rules *rules)
{
    printf("rules %s, SHA-256 %s\n", rules->version, rules->sha256);
    printf("  %zu extracts with %zu header eras\n", rules->layouts.count,
           count_eras(&rules->layouts));
    printf("  %zu registers with %zu layouts, %zu successors of organisations\n",
           rules->registers.count, count_eras(&rules->register_layouts), rules->successions.count);
    printf("  %zu products with %zu BNF codes, old and new; %zu rules for what is not an inhaler\n",
           rules->products.count, rules->codes.count, rules->exclusions.count);
    printf("  %zu gases with %zu VMP codes, old and new, and %zu cylinders; %zu units\n",
           rules->gases.count, rules->layouts.hospital.codes.count, rules->cylinders.count,
           rules->units.count);
    printf("  %zu measures, %zu switch rules, %zu sources\n", rules->measures.count,
           rules->switches.count, rules->sources.count);
}

/* Layouts of which no real file was seen. */
static void print_inferred(const struct rules *rules)
{
    for (size_t i = 0; i < rules->layouts.count; i++) {
        const struct extract_rule *const extract = &rules->layouts.extracts[i];

        for (size_t e = 0; e < extract->era_count; e++)
            if (extract->eras[e].inferred != NULL)
                printf("  inferred of %s: %s\n", extract->eras[e].id, extract->eras[e].inferred);
    }
}

/* How figures of the propellant alone come to the whole life. */
static void print_addition(const struct factor_set *set)
{
    char kg[3][DECIMAL_TEXT];
    size_t count = 0;

    for (size_t i = 0; i < set->count; i++)
        count += set->factors[i].basis == BASIS_propellant_only;
    if (count == 0 || set->addition.products == 0)
        return;
    printf("    %zu of them count the propellant alone: %s kg is added for the whole life (%s to "
           "%s), the median of %zu products with both figures, unless a factor has its own\n",
           count, decimal_print(set->addition.kg, PLACES_CARBON, kg[0]),
           decimal_print(set->addition.low, PLACES_CARBON, kg[1]),
           decimal_print(set->addition.high, PLACES_CARBON, kg[2]), set->addition.products);
}

static void print_set(const struct rules *rules, const struct factor_set *set)
{
    size_t grades[GRADES] = {0};
    size_t missing = 0;

    for (size_t i = 0; i < set->count; i++)
        grades[set->factors[i].grade]++;
    for (uint32_t code = 0; code < rules->codes.count; code++)
        missing += set->first_span[code] == 0;
    printf("  factor set %s: %zu factors, grade A %zu, B %zu, B2 %zu, C %zu, D %zu; %zu codes "
           "without\n",
           set->id, set->count, grades[GRADE_A], grades[GRADE_B], grades[GRADE_B2], grades[GRADE_C],
           grades[GRADE_D], missing);
    print_addition(set);
}

static void print_gas_set(const struct rules *rules, const struct gas_factor_set *set)
{
    size_t weighed = 0;
    int64_t milligrams;

    for (size_t i = 0; i < rules->gases.count; i++)
        weighed += gas_carbon_per_litre(set, rules->gases.list[i], &milligrams);
    printf("  factor set of gases %s: %zu potentials; %zu gases without, or without a density\n",
           set->id, set->count, rules->gases.count - weighed);
}

/* What is right but incomplete: told, not an error. */
enum gap { GAP_PACK, GAP_DEVICE, GAP_FACTOR, GAPS };

static bool has_gap(const struct rules *rules, const struct product *product, enum gap gap)
{
    const struct factor_set *const set = rules_factor_set(rules, view_of("canister"));

    switch (gap) {
    case GAP_PACK:
        return product->units_per_pack == 0;
    case GAP_DEVICE:
        return product->device_of_kind == DEVICE_UNKNOWN;
    case GAP_FACTOR:
        return set != NULL &&
               set->first_span[rules_code(rules, view_of(product->codes.texts[0]))] == 0;
    case GAPS:
        break;
    }
    return false;
}

static void print_gaps(const struct rules *rules, bool listed)
{
    static const char *const names[] = {"units of one pack not available", "device not identified",
                                        "no factor in canister"};

    for (int gap = 0; gap < GAPS; gap++) {
        size_t count = 0;

        for (size_t i = 0; i < rules->products.count; i++)
            count += has_gap(rules, rules->products.list[i], (enum gap)gap);
        printf("  gap: %s: %zu products%s\n", names[gap], count,
               count > 0 && !listed ? " (--gaps lists them)" : "");
        for (size_t i = 0; listed && i < rules->products.count; i++)
            if (has_gap(rules, rules->products.list[i], (enum gap)gap))
                printf("    %s\n", rules->products.list[i]->id);
    }
}

struct coverage {
    const char *name;
    uint64_t rows;
    wide_t items;
};

static void print_coverage_row(const struct coverage *row, const struct coverage *all)
{
    char items[DECIMAL_TEXT];
    char share[DECIMAL_TEXT] = "";

    ratio_print(row->items, 1, 0, items);
    if (all->items > 0)
        ratio_print(row->items * 100, all->items, 2, share);
    printf("  %-34s %10" PRIu64 " rows %12s items %7s %%\n", row->name, row->rows, items, share);
}

static void add_coverage(struct coverage *row, uint64_t rows, wide_t items)
{
    row->rows += rows;
    row->items += items;
}

enum {
    ROW_NO_FACTOR = GRADES,
    ROW_GASES,
    ROW_EXCLUDED,
    ROW_UNKNOWN,
    ROW_GASES_UNKNOWN,
    ROW_ALL,
    ROWS
};

static void sum_coverage(const struct results *results, struct coverage *rows,
                         struct coverage *provisional)
{
    for (size_t i = 0; i < results->product_count; i++) {
        const struct product_month *const row = &results->products[i];

        add_coverage(&rows[row->factor != NULL ? (int)row->factor->grade : ROW_NO_FACTOR],
                     row->rows, row->items);
        if (row->product->provisional)
            add_coverage(provisional, row->rows, row->items);
    }
    for (size_t i = 0; i < results->excluded_count; i++)
        add_coverage(&rows[ROW_EXCLUDED], results->excluded[i].rows, results->excluded[i].items);
    for (size_t i = 0; i < results->unclassified_count; i++) {
        const struct unclassified *const row = &results->unclassified[i];

        if (results->classified.verdicts[row->presentation].kind == RULES_UNKNOWN)
            add_coverage(&rows[ROW_UNKNOWN], row->rows, row->items);
    }
    for (size_t i = 0; i < results->gas_count; i++)
        add_coverage(&rows[results->gases[i].amounts.has_volume ? ROW_GASES : ROW_GASES_UNKNOWN],
                     results->gases[i].rows, 0);
    for (size_t i = 0; i < ROW_ALL; i++)
        add_coverage(&rows[ROW_ALL], rows[i].rows, rows[i].items);
}

static void print_coverage(const struct results *results)
{
    struct coverage rows[ROWS] = {
        {"inhalers, factor of grade A", 0, 0},
        {"inhalers, factor of grade B", 0, 0},
        {"inhalers, factor of grade B2", 0, 0},
        {"inhalers, factor of grade C", 0, 0},
        {"inhalers, factor of grade D", 0, 0},
        {"inhalers without a factor", 0, 0},
        {"gases", 0, 0},
        {"not inhalers, by a rule", 0, 0},
        {"codes without a rule", 0, 0},
        {"gases in units not converted", 0, 0},
        {"all rows kept", 0, 0},
    };
    struct coverage provisional = {"of these provisionally, by name", 0, 0};

    sum_coverage(results, rows, &provisional);
    printf("coverage by the factor set %s\n", results->factors->id);
    for (size_t i = 0; i < ROWS; i++)
        print_coverage_row(&rows[i], &rows[ROW_ALL]);
    if (provisional.rows > 0)
        print_coverage_row(&provisional, &rows[ROW_ALL]);
}

/* National items of one substance to the grades of its products. */
static void add_national(const struct rules *rules, const struct national_items *items,
                         wide_t sums[GRADES + 2])
{
    const struct factor_set *const set = rules_factor_set(rules, view_of("canister"));
    wide_t left = (wide_t)items->items * 1000000;

    for (size_t i = 0; i < items->mix_count && set != NULL; i++) {
        const struct factor *const factor =
            product_factor(rules, set, items->mix[i].product, items->month);
        const wide_t part = (wide_t)items->items * items->mix[i].share;

        sums[factor != NULL ? (int)factor->grade : GRADES] += part;
        left -= part;
    }
    sums[GRADES + 1] += left;
}

/* How good the factors are for what a nation prescribes. */
static void print_national(const struct rules *rules)
{
    wide_t sums[GRADES + 2] = {0};
    wide_t all = 0;
    char month[MONTH_TEXT];
    char share[DECIMAL_TEXT];

    for (size_t i = 0; i < rules->national.count; i++)
        add_national(rules, rules->national.list[i], sums);
    for (size_t i = 0; i < COUNT_OF(sums); i++)
        all += sums[i];
    if (all == 0)
        return;
    printf("  items of inhalers in England, %s, by grade of the factor in canister:\n    ",
           month_print(rules->national.list[0]->month, month));
    for (int grade = 0; grade < GRADES; grade++)
        printf("%s %s%%, ", grade_text((enum grade)grade),
               ratio_print(sums[grade] * 100, all, 1, share));
    printf("without a factor %s%%, ", ratio_print(sums[GRADES] * 100, all, 1, share));
    printf("mix inside the substance not known %s%%\n",
           ratio_print(sums[GRADES + 1] * 100, all, 1, share));
}

static int check_extracts(const struct invocation *invocation, struct session *session)
{
    struct fail why;

    for (size_t i = 0; i < invocation->argument_count; i++)
        if (session_read(session, invocation->arguments[i], &why) != STATUS_OK)
            return report_failure(&why);
    if (session_finish(session, &why) != STATUS_OK)
        return report_failure(&why);
    print_coverage(session_results(session));
    tell_quantities(session_results(session));
    return 0;
}

static size_t count_files(const struct faults *faults)
{
    size_t files = 0;

    for (size_t i = 0; i < faults->count; i++)
        files += i == 0 || strcmp(faults->list[i].file, faults->list[i - 1].file) != 0;
    return files;
}

/* A line each, as compilers print them, so that an editor finds the place. */
static void print_faults(const struct faults *faults)
{
    const size_t shown = faults->count < FAULTS_SHOWN ? faults->count : FAULTS_SHOWN;
    const size_t all = faults->count + faults->more;
    const size_t files = count_files(faults);
    char line[2048];

    for (size_t i = 0; i < shown; i++) {
        fault_print(&faults->list[i], line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    if (all > shown)
        fprintf(stderr, "and %zu more, not shown here\n", all - shown);
    fprintf(stderr, "canister: the rules have %zu fault%s in %zu file%s\n", all, all > 1 ? "s" : "",
            files, files > 1 ? "s" : "");
}

static int check_own_file(struct session *session, const char *path)
{
    struct fail why;
    const struct audit_file *file;

    if (session_read(session, path, &why) != STATUS_OK)
        return report_failure(&why);
    file = session_file(session, session_file_count(session) - 1);
    tell_file(file);
    return file->summary.rejects.count > 0 ? status_exit_code(STATUS_DATA) : 0;
}

/* The small files that an organisation keeps itself: all are checked, whatever is wrong with
 * one of them. */
static int check_own_files(const struct invocation *invocation, struct session *session)
{
    static const char *const gases[] = {"gas-supply", "gas-use"};
    const char *const groups = option_value(invocation, "group");
    int exit_code = 0;
    struct fail why;

    if (groups != NULL && session_group(session, groups, &why) != STATUS_OK)
        exit_code = report_failure(&why);
    else if (groups != NULL)
        fprintf(stderr, "%s: groups with %" PRIu32 " organisations in all\n", groups,
                (uint32_t)session_groups(session)->members.count);
    for (size_t i = 0; i < COUNT_OF(gases); i++) {
        const char *const path = option_value(invocation, gases[i]);
        const int code = path != NULL ? check_own_file(session, path) : 0;

        exit_code = exit_code != 0 ? exit_code : code;
    }
    return exit_code;
}

static int check_rules(const struct invocation *invocation, struct session *session)
{
    int exit_code;

    print_counts(session_rules(session));
    for (size_t i = 0; i < session_rules(session)->factor_sets.count; i++)
        print_set(session_rules(session), session_rules(session)->factor_sets.list[i]);
    for (size_t i = 0; i < session_rules(session)->gas_factor_sets.count; i++)
        print_gas_set(session_rules(session), session_rules(session)->gas_factor_sets.list[i]);
    print_national(session_rules(session));
    print_inferred(session_rules(session));
    print_gaps(session_rules(session), option_value(invocation, "gaps") != NULL);
    exit_code = check_own_files(invocation, session);
    if (exit_code == 0 && invocation->argument_count > 0)
        exit_code = check_extracts(invocation, session);
    return exit_code;
}

static int run_rules_check(const struct invocation *invocation)
{
    struct session_options options;
    struct session *session = NULL;
    struct faults faults = {0};
    struct fail why;
    int exit_code;

    if (read_session_options(invocation, &options, &why) != STATUS_OK)
        return report_failure(&why);
    options.rules.faults = &faults;
    if (session_new(&session, &options, &why) == STATUS_OK) {
        exit_code = check_rules(invocation, session);
    } else {
        if (faults.count > 0)
            print_faults(&faults);
        exit_code = why.code == STATUS_RULE ? status_exit_code(STATUS_RULE) : report_failure(&why);
    }
    faults_release(&faults);
    session_free(session);
    return close_output(exit_code);
}

const struct command command_rules_check = {
    .name = "rules check",
    .arguments = "[EXTRACT...]",
    .summary = "check the rules, and show how much of an extract they cover",
    .description =
        "Reads all rules and checks them: the shape of every file, unknown keys, values and ids, "
        "repeated ids and codes, units, months that overlap or leave a gap. Prints up to 50 "
        "faults, "
        "each with its file, line, path and the id of the entry; exit 78. Checks your own files "
        "too: --rules, --targets, --group, --gas-supply, --gas-use. With extracts it prints how "
        "many of their rows and items the rules cover, by grade of the factor.",
    .options =
        {
            OPTION_RULES,
            OPTION_TARGETS,
            OPTION_GROUP,
            OPTION_GAS_SUPPLY,
            OPTION_GAS_USE,
            OPTION_FACTORS,
            OPTION_MAX_REJECTS,
            OPTION_STRICT,
            {"gaps", NULL, "list the products for which something is not available", NULL},
        },
    .run = run_rules_check,
};
