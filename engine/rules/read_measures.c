#include "rules/load.h"

#include <stddef.h>

static const char *const sum_names[] = {
#define X(name) #name,
    SUM_LIST(X)
#undef X
};

static enum status read_refill(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    struct selection *const where = context;

    (void)target;
    if (!cJSON_IsBool(value))
        return json_fail(file, "must be true or false");
    where->has_refill = true;
    where->refill = cJSON_IsTrue(value);
    return STATUS_OK;
}

static enum status read_where(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const struct json_field fields[] = {
        FIELD(selection, classes, JSON_TEXTS, false),
        FIELD(selection, devices, JSON_TEXTS, false),
        FIELD(selection, chemicals, JSON_BNFS, false),
        FIELD(selection, not_chemicals, JSON_BNFS, false),
        FIELD(selection, products, JSON_IDS, false),
        FIELD(selection, propellants, JSON_TEXTS, false),
        FIELD(selection, with_factor, JSON_FLAG, false),
        FIELD_BY(selection, "refill", refill, false, read_refill),
        FIELD(selection, gases, JSON_IDS, false),
        FIELD(selection, supply, JSON_FLAG, false),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, target);
}

static enum status read_measure_sum(struct json_file *file, const cJSON *value, void *target,
                                    void *context)
{
    static const struct json_field fields[] = {
        FIELD_CHOICE(measure_sum, "sum", sum, sum_names),
        FIELD_BY(measure_sum, "where", where, false, read_where),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

static enum status read_change(struct json_file *file, const cJSON *value, void *target,
                               void *context)
{
    static const struct json_field fields[] = {
        FIELD(measure_change, date, JSON_DATE, true),
        FIELD(measure_change, change, JSON_TEXT, true),
    };

    (void)context;
    return json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);
}

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

    if (measure->numerator.sum == SUM_thousand_patients)
        return json_fail(file, "patients can only stand below the line");
    if (measure->denominator.sum == SUM_thousand_patients && !is_empty(&measure->denominator.where))
        return json_fail(file, "patients are not of a product: the denominator has no conditions");
    if (needs && !has)
        return json_fail(file, "sums carbon and names no factor_set");
    if (!needs && has)
        return json_fail(file, "names a factor_set and sums no carbon");
    if (measure->share && measure->denominator.sum == SUM_NONE)
        return json_fail(file, "is a share of nothing: it has no denominator");
    if (check_sum(file, &measure->numerator, measure->subject) != STATUS_OK)
        return STATUS_RULE;
    return check_sum(file, &measure->denominator, measure->subject);
}

static enum status read_direction(struct json_file *file, const cJSON *value, void *target,
                                  void *context)
{
    static const char *const names[] = {"lower", "higher", "none"};
    int index = 0;
    const enum status status = json_read_choice(file, value, names, COUNT_OF(names), &index);

    (void)context;
    memcpy(target, &names[index], sizeof names[index]);
    return status;
}

static enum status read_measure(struct json_file *file, const cJSON *value, void *target,
                                void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(measure),
        FIELD(measure, id, JSON_ID, true),
        FIELD(measure, title, JSON_TEXT, true),
        FIELD(measure, description, JSON_TEXT, true),
        FIELD(measure, unit, JSON_TEXT, true),
        FIELD_BY(measure, "direction", direction, true, read_direction),
        FIELD(measure, equals, JSON_TEXT, false),
        FIELD(measure, as_read, JSON_FLAG, false),
        FIELD_AS(measure, "factor_set", factor_set_id, JSON_ID, false),
        FIELD(measure, share, JSON_FLAG, false),
        FIELD(measure, headline, JSON_FLAG, false),
        FIELD_BY(measure, "numerator", numerator, true, read_measure_sum),
        FIELD_BY(measure, "denominator", denominator, false, read_measure_sum),
        FIELD(measure, followed, JSON_FLAG, false),
        FIELD(measure, why, JSON_TEXT, true),
        FIELD(measure, caveats, JSON_TEXTS, true),
        FIELD(measure, source, JSON_ID, true),
        FIELD(measure, written_by, JSON_TEXT, false),
        FIELD(measure, checked_by, JSON_TEXT, false),
        FIELD(measure, checked, JSON_DATE, true),
        FIELD_LIST(measure, "change_log", changes, change_count, measure_change, read_change),
    };
    struct rules *const rules = context;
    struct measure *const measure = target;
    enum status status;

    measure->denominator.sum = SUM_NONE;
    status = json_read_object(file, value, fields, COUNT_OF(fields), measure, NULL);
    measure->subject = sum_subject(measure->numerator.sum);
    if (status == STATUS_OK)
        status = check_measure(file, measure);
    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->measures, measure) ? STATUS_OK : fail_nomem(file->why);
}

static enum status read_elsewhere(struct json_file *file, const cJSON *value, void *target,
                                  void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(elsewhere_rule),
        FIELD(elsewhere_rule, id, JSON_ID, true),
        FIELD(elsewhere_rule, title, JSON_TEXT, true),
        FIELD(elsewhere_rule, description, JSON_TEXT, true),
        FIELD_BY(elsewhere_rule, "direction", direction, true, read_direction),
        FIELD(elsewhere_rule, equals, JSON_TEXT, true),
        FIELD(elsewhere_rule, not_computable, JSON_TEXT, true),
        FIELD(elsewhere_rule, source, JSON_ID, true),
        FIELD(elsewhere_rule, checked, JSON_DATE, true),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->elsewhere, target) ? STATUS_OK : fail_nomem(file->why);
}

static enum status read_sums(struct json_file *file, const cJSON *value, void *target,
                             void *context)
{
    bool *const sums = target;
    const cJSON *name = NULL;

    (void)context;
    if (!cJSON_IsArray(value) || cJSON_GetArraySize(value) == 0)
        return json_fail(file, "must be a list of sums");
    cJSON_ArrayForEach (name, value) {
        int sum = 0;
        const enum status status =
            json_read_choice(file, name, sum_names, COUNT_OF(sum_names), &sum);

        if (status != STATUS_OK)
            return status;
        if (sums[sum])
            return json_fail(file, "\"%s\" stands twice", sum_names[sum]);
        sums[sum] = true;
    }
    return STATUS_OK;
}

static enum status read_small(struct json_file *file, const cJSON *value, void *target,
                              void *context)
{
    static const struct json_field fields[] = {
        FIELD_WHERE(small_rule),
        FIELD(small_rule, id, JSON_ID, true),
        FIELD_BY(small_rule, "sums", sums, true, read_sums),
        FIELD(small_rule, below, JSON_QUANTITY, true),
        FIELD(small_rule, no_peers, JSON_FLAG, false),
        FIELD(small_rule, source, JSON_ID, true),
        FIELD(small_rule, checked, JSON_DATE, true),
        FIELD(small_rule, note, JSON_TEXT, true),
    };
    struct rules *const rules = context;
    const enum status status =
        json_read_object(file, value, fields, COUNT_OF(fields), target, NULL);

    if (status != STATUS_OK)
        return status;
    return RULE_PUSH(rules->small_denominators, target) ? STATUS_OK : fail_nomem(file->why);
}

enum status rules_read_small(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_EACH("small_denominators", true, small_rule, read_small),
    };
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, fields, COUNT_OF(fields), &nothing, rules);
}

enum status rules_read_measures(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    static const struct json_field fields[] = {
        FIELD_EACH("measures", true, measure, read_measure),
        FIELD_EACH("elsewhere", false, elsewhere_rule, read_elsewhere),
    };
    char nothing; /* the items go into the rules */

    return json_read_object(file, tree, fields, COUNT_OF(fields), &nothing, rules);
}
