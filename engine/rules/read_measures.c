#include "rules/load.h"

#include <stddef.h>

static const char *const sum_names[] = {
#define X(name) #name,
    SUM_LIST(X)
#undef X
};

static const char *const device_names[] = {
#define X(name, text) text,
    DEVICE_LIST(X)
#undef X
        "refill"};

static enum status read_refill(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    struct selection *const where =
        (struct selection *)(void *)((char *)target - offsetof(struct selection, refill));

    (void)context;
    if (!cJSON_IsBool(value))
        return json_fail(file, "must be true or false");
    where->has_refill = true;
    where->refill = cJSON_IsTrue(value);
    return STATUS_OK;
}

static const struct json_field where_table_fields[] = {
    FIELD(selection, classes, JSON_TEXTS, false, "therapeutic classes", .refers = NAMES_CLASS),
    FIELD(selection, devices, JSON_TEXTS, false, "devices as outputs show them",
          WORDS(device_names)),
    FIELD(selection, chemicals, JSON_BNFS, false, "how the BNF code begins, as 0301011R0"),
    FIELD(selection, not_chemicals, JSON_BNFS, false, "how the BNF code must not begin"),
    FIELD(selection, products, JSON_IDS, false, "ids of products", .refers = NAMES_PRODUCT),
    FIELD(selection, propellants, JSON_TEXTS, false, "propellants, as products name them"),
    FIELD(selection, with_factor, JSON_FLAG, false,
          "true: only what has a factor in the measure's factor_set"),
    FIELD_AS(selection, "refill", refill, JSON_CUSTOM, false,
             "true: only refills; false: no refill", .read = read_refill,
             .schema = "\"type\": \"boolean\""),
    FIELD(selection, gases, JSON_IDS, false, "ids of gases", .refers = NAMES_GAS),
    FIELD(selection, supply, JSON_FLAG, false,
          "true: what reached a trust past its pharmacy counts too"),
};
static TABLE(where_table, "Which products a sum runs over: all conditions must hold");

static const struct json_field sum_table_fields[] = {
    FIELD(measure_sum, sum, JSON_CHOICE, true, "what is added up", WORDS(sum_names)),
    FIELD_OBJECT(measure_sum, "where", where, false, where_table,
                 "of which products; without it of all"),
};
static TABLE(sum_table, "A sum over products");

static const struct json_field change_table_fields[] = {
    FIELD(measure_change, date, JSON_DATE, true, "the day of the change"),
    FIELD(measure_change, change, JSON_TEXT, true, "what changed, and why"),
};
static TABLE(change_table, "A change of a measure");

static bool needs_factors(const struct measure_sum *sum)
{
    return sum->sum == SUM_kgco2e || sum->sum == SUM_gas_kgco2e ||
           (sum->sum != SUM_NONE && sum->where.with_factor);
}

/* Inhalers and gases are summed over different data. */
static enum status check_sum(struct json_file *file, const struct measure_sum *sum,
                             enum subject subject)
{
    const struct selection *const where = &sum->where;
    const bool of_inhalers = where->classes.count > 0 || where->devices.count > 0 ||
                             where->chemicals.count > 0 || where->not_chemicals.count > 0 ||
                             where->with_factor || where->has_refill;
    const bool of_gases = where->gases.count > 0 || where->supply;

    if (sum->sum == SUM_NONE)
        return STATUS_OK;
    if (sum_subject(sum->sum) != subject)
        return json_fail(file, "sums inhalers and gases in one measure");
    if (subject == SUBJECT_hospital ? of_inhalers : of_gases)
        return json_fail(file, "has conditions of other data than it sums");
    return STATUS_OK;
}

static bool is_empty(const struct selection *where)
{
    return where->classes.count == 0 && where->devices.count == 0 && where->chemicals.count == 0 &&
           where->not_chemicals.count == 0 && !where->with_factor && !where->has_refill;
}

static enum status check_measure(struct json_file *file, const struct measure *measure)
{
    const bool needs = needs_factors(&measure->numerator) || needs_factors(&measure->denominator);
    const bool has = measure->factor_set_id != NULL;
    enum status status = STATUS_OK;

    if (measure->numerator.sum == SUM_thousand_patients)
        status = json_fail(file, "patients can only stand below the line");
    if (measure->denominator.sum == SUM_thousand_patients && !is_empty(&measure->denominator.where))
        status =
            json_fail(file, "patients are not of a product: the denominator has no conditions");
    if (needs && !has)
        status = json_fail(file, "sums carbon and names no factor_set");
    if (!needs && has)
        status = json_fail(file, "names a factor_set and sums no carbon");
    if (measure->share && measure->denominator.sum == SUM_NONE)
        status = json_fail(file, "is a share of nothing: it has no denominator");
    if (check_sum(file, &measure->numerator, measure->subject) != STATUS_OK)
        status = STATUS_RULE;
    if (check_sum(file, &measure->denominator, measure->subject) != STATUS_OK)
        status = STATUS_RULE;
    return status;
}

static const char *const direction_names[] = {"lower", "higher", "none"};

static void begin_measure(void *target)
{
    struct measure *const measure = target;

    measure->denominator.sum = SUM_NONE;
}

/* "provisional-months" is the id of a caveat, "Provisional months change." a sentence. */
static bool is_caveat_id(const char *text)
{
    return strchr(text, '-') != NULL && strpbrk(text, " .") == NULL;
}

static enum status keep_measure(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;
    struct measure *const measure = target;
    enum status status;

    for (size_t i = 0; i < measure->caveats.count; i++)
        if (is_caveat_id(measure->caveats.texts[i]))
            json_refer(file, NAMES_CAVEAT, measure->caveats.texts[i]);
    measure->subject = sum_subject(measure->numerator.sum);
    status = check_measure(file, measure);
    return status == STATUS_OK ? RULE_KEEP(file, rules->measures, measure) : status;
}

static const struct json_field measure_table_fields[] = {
    FIELD_WHERE(measure),
    FIELD(measure, id, JSON_ID, true, "an id, never used again: the name of its rows in every file",
          .defines = NAMES_MEASURE),
    FIELD(measure, title, JSON_TEXT, true, "its name, for people"),
    FIELD(measure, description, JSON_TEXT, true, "what it is, in a sentence"),
    FIELD(measure, unit, JSON_TEXT, true, "the unit of its value"),
    FIELD(measure, direction, JSON_WORD, true, "which way is better; none where neither is",
          WORDS(direction_names)),
    FIELD(measure, equals, JSON_TEXT, false, "the published measure to which it is equal"),
    FIELD(measure, as_read, JSON_FLAG, false,
          "true: quantities are taken as they are, not repaired by quantities/"),
    FIELD_AS(measure, "factor_set", factor_set_id, JSON_ID, false,
             "of a sum of carbon: the id of a factor set, or \"run\" for the one that is chosen",
             .refers = NAMES_FACTOR_SET),
    FIELD(measure, share, JSON_FLAG, false, "true: a value outside 0 to 1 is left empty"),
    FIELD(measure, headline, JSON_FLAG, false, "true: printed at the end of a run"),
    FIELD_OBJECT(measure, "numerator", numerator, true, sum_table, "what stands above the line"),
    FIELD_OBJECT(measure, "denominator", denominator, false, sum_table,
                 "what stands below the line; without it the value is the numerator"),
    FIELD(measure, followed, JSON_FLAG, false,
          "true: followed over the months, with trends, charts, alerts and peers"),
    FIELD(measure, order, JSON_COUNT, false,
          "its place in lists: by this number; those without one come last"),
    FIELD(measure, why, JSON_TEXT, true, "why it matters"),
    FIELD(measure, caveats, JSON_TEXTS, true,
          "what to know before using it: sentences, and ids of measures/caveats.json"),
    FIELD_SOURCE(measure),
    FIELD(measure, written_by, JSON_TEXT, false, "who wrote it"),
    FIELD(measure, checked_by, JSON_TEXT, false, "who checked it"),
    FIELD_CHECKED(measure),
    FIELD_LIST(measure, "change_log", changes, change_count, measure_change, true, change_table,
               "what changed of it, and when"),
};
static TABLE(measure_table, "A measure", .begin = begin_measure, .finish = keep_measure,
             .schema = "\"allOf\": [{\"properties\": {\"numerator\": {\"properties\": {\"sum\": "
                       "{\"not\": {\"const\": \"thousand_patients\"}}}}}}]");

static enum status keep_elsewhere(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->elsewhere, target);
}

static const struct json_field elsewhere_table_fields[] = {
    FIELD_WHERE(elsewhere_rule),
    FIELD(elsewhere_rule, id, JSON_ID, true, "an id, never used again", .defines = NAMES_MEASURE),
    FIELD(elsewhere_rule, title, JSON_TEXT, true, "its name, for people"),
    FIELD(elsewhere_rule, description, JSON_TEXT, true, "what it is, in a sentence"),
    FIELD(elsewhere_rule, direction, JSON_WORD, true, "which way is better; none where neither is",
          WORDS(direction_names)),
    FIELD(elsewhere_rule, equals, JSON_TEXT, true, "the published measure that it is"),
    FIELD(elsewhere_rule, not_computable, JSON_TEXT, true, "why the extracts cannot say it"),
    FIELD_SOURCE(elsewhere_rule),
    FIELD_CHECKED(elsewhere_rule),
};
static TABLE(elsewhere_table, "A well-known measure that the extracts cannot say",
             .finish = keep_elsewhere);

static enum status keep_small(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    return RULE_KEEP(file, rules->small_denominators, target);
}

static const struct json_field small_table_fields[] = {
    FIELD_WHERE(small_rule),
    FIELD(small_rule, id, JSON_ID, true, "an id, never used again", .defines = NAMES_SMALL),
    FIELD(small_rule, sums, JSON_SET, true, "the sums below the line that it is about",
          WORDS(sum_names)),
    FIELD(small_rule, below, JSON_QUANTITY, true, "less than this is marked as a small number"),
    FIELD(small_rule, no_peers, JSON_FLAG, false,
          "true: such figures are not among the peers of percentiles"),
    FIELD_SOURCE(small_rule),
    FIELD_CHECKED(small_rule),
    FIELD(small_rule, note, JSON_TEXT, true, "why this is the limit"),
};
static TABLE(small_table, "From where on a denominator is small", .finish = keep_small);

static const struct json_field rules_small_table_fields[] = {
    FIELD_EACH("small_denominators", true, small_rule, small_table, "the rules of this file"),
};
TABLE(rules_small_table, "Small denominators");

enum status rules_read_small(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, &rules_small_table, &nothing, rules);
}

static const struct json_field rules_measures_table_fields[] = {
    FIELD_EACH("measures", false, measure, measure_table, "the measures of this file"),
    FIELD_EACH("elsewhere", false, elsewhere_rule, elsewhere_table,
               "well-known measures that the extracts cannot say"),
};
TABLE(rules_measures_table, "Measures",
      .schema = "\"anyOf\": [{\"required\": [\"measures\"]}, {\"required\": [\"elsewhere\"]}]");

enum status rules_read_measures(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    char nothing; /* the items go into the rules */

    if (cJSON_IsObject(tree) && tree->child == NULL)
        return json_fail(file, "has neither measures nor elsewhere");
    return json_read_object(file, tree, &rules_measures_table, &nothing, rules);
}

static enum status keep_caveat(struct json_file *file, void *target, void *context)
{
    struct rules *const rules = context;

    if (!is_caveat_id(((const struct caveat *)target)->id))
        return json_fail(file,
                         "an id of a caveat has a hyphen, so that no sentence looks like one");
    return RULE_KEEP(file, rules->caveats, (const struct caveat *)target);
}

static const struct json_field caveat_table_fields[] = {
    FIELD_WHERE(caveat),
    FIELD(caveat, id, JSON_ID, true, "what measures call it", .defines = NAMES_CAVEAT),
    FIELD(caveat, text, JSON_TEXT, true, "the sentence"),
};
static TABLE(caveat_table, "A caveat", .finish = keep_caveat);

static const struct json_field rules_caveats_table_fields[] = {
    FIELD_EACH("caveats", true, caveat, caveat_table, "sentences that several measures need"),
};
TABLE(rules_caveats_table, "Caveats of measures");

enum status rules_read_caveats(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, &rules_caveats_table, &nothing, rules);
}
