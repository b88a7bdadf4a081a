#include "rules/load.h"

#include <stddef.h>
#include <stdlib.h>

#define HUNDRED INT64_C(100000000) /* per cent, in millionths */

static const char *const grade_names[] = {"A", "B", "C", "D"};

/* What is not given is the middle; what is given lies around it. */
static enum status check_range(struct json_file *file, const char *what, int64_t middle,
                               int64_t *low, int64_t *high)
{
    if (*low < 0)
        *low = middle;
    if (*high < 0)
        *high = middle;
    if (middle <= 0 || *low <= 0 || *low > middle || *high < middle)
        return json_fail(file, "%s is above 0 and lies between its low and its high end", what);
    return STATUS_OK;
}

static void begin_kind(void *target)
{
    struct plan_kind *const kind = target;

    kind->eligible_low = kind->eligible_high = kind->accept_low = kind->accept_high = -1;
}

static enum status finish_kind(struct json_file *file, void *target, void *context)
{
    struct plan_kind *const kind = target;
    enum status status = check_range(file, "eligible_percent", kind->eligible, &kind->eligible_low,
                                     &kind->eligible_high);

    (void)context;
    if (status == STATUS_OK)
        status = check_range(file, "accept_percent", kind->accept, &kind->accept_low,
                             &kind->accept_high);
    if (status == STATUS_OK && (kind->eligible_high > HUNDRED || kind->accept_high > HUNDRED))
        status = json_fail(file, "a share is at most 100 per cent");
    return status;
}

static const struct json_field kind_table_fields[] = {
    FIELD_WHERE(plan_kind),
    FIELD(plan_kind, id, JSON_ID, true, "what \"kind\" of a switch calls it",
          .defines = NAMES_KIND),
    FIELD(plan_kind, label, JSON_TEXT, true, "what changes for a patient, in a few words"),
    FIELD(plan_kind, order, JSON_COUNT, true, "1 is the easiest change"),
    FIELD(plan_kind, by_default, JSON_FLAG, false,
          "true: in a plan that names no kinds; else only where --kinds names it"),
    FIELD_AS(plan_kind, "eligible_percent", eligible, JSON_MILLIONTHS, true,
             "of the volume, what could be changed at all: without those who are not to be asked"),
    FIELD(plan_kind, eligible_low, JSON_MILLIONTHS, false, "the low end of eligible_percent"),
    FIELD(plan_kind, eligible_high, JSON_MILLIONTHS, false, "the high end of eligible_percent"),
    FIELD_AS(plan_kind, "accept_percent", accept, JSON_MILLIONTHS, true,
             "of those reviewed, who change and keep to it"),
    FIELD(plan_kind, accept_low, JSON_MILLIONTHS, false, "the low end of accept_percent"),
    FIELD(plan_kind, accept_high, JSON_MILLIONTHS, false, "the high end of accept_percent"),
    FIELD_AS(plan_kind, "minutes_per_review", minutes, JSON_QUANTITY, true,
             "minutes for one person, follow-up included, whether the change comes about or not"),
    FIELD(plan_kind, who, JSON_TEXT, true, "who does it: one of wages", .refers = NAMES_WORKER),
    FIELD(plan_kind, grade, JSON_CHOICE, true, "how well the shares are known", WORDS(grade_names)),
    FIELD(plan_kind, basis, JSON_TEXT, true, "what the shares rest on, in a sentence"),
    FIELD_SOURCE(plan_kind),
    FIELD_NOTE(plan_kind),
};
static TABLE(kind_table, "A kind of change", .begin = begin_kind, .finish = finish_kind);

static void begin_people(void *target)
{
    struct plan_people *const people = target;

    people->low = people->high = -1;
}

static enum status finish_people(struct json_file *file, void *target, void *context)
{
    struct plan_people *const people = target;

    (void)context;
    return check_range(file, "inhalers_per_person_year", people->inhalers, &people->low,
                       &people->high);
}

static const struct json_field people_table_fields[] = {
    FIELD_WHERE(plan_people),
    FIELD_AS(plan_people, "class", therapeutic_class, JSON_TEXT, true, "a class of products/",
             .refers = NAMES_CLASS),
    FIELD_AS(plan_people, "inhalers_per_person_year", inhalers, JSON_QUANTITY, true,
             "inhalers of the class that a person who has them gets in a year"),
    FIELD(plan_people, low, JSON_QUANTITY, false, "the low end"),
    FIELD(plan_people, high, JSON_QUANTITY, false, "the high end"),
    FIELD(plan_people, grade, JSON_CHOICE, true, "how well it is known", WORDS(grade_names)),
    FIELD_SOURCE(plan_people),
    FIELD_NOTE(plan_people),
};
static TABLE(people_table, "Inhalers of a person in a year", .begin = begin_people,
             .finish = finish_people);

static const struct json_field wage_table_fields[] = {
    FIELD_WHERE(plan_wage),
    FIELD(plan_wage, who, JSON_TEXT, true, "who does the work", .defines = NAMES_WORKER),
    FIELD_AS(plan_wage, "pounds_per_hour", pounds, JSON_MILLIONTHS, true,
             "what an hour costs, in pounds"),
    FIELD(plan_wage, grade, JSON_CHOICE, true, "how well it is known", WORDS(grade_names)),
    FIELD_SOURCE(plan_wage),
};
static TABLE(wage_table, "What an hour costs");

static int compare_orders(const void *a, const void *b)
{
    const struct plan_kind *const one = a;
    const struct plan_kind *const other = b;

    return (one->order > other->order) - (one->order < other->order);
}

/* Grades are letters from here on, and pounds 0.00001 GBP. */
static void settle(struct plan_assumptions *plan)
{
    for (size_t i = 0; i < plan->kind_count; i++)
        plan->kinds[i].grade = grade_names[plan->kinds[i].grade][0];
    for (size_t i = 0; i < plan->people_count; i++)
        plan->people[i].grade = grade_names[plan->people[i].grade][0];
    for (size_t i = 0; i < plan->wage_count; i++) {
        plan->wages[i].grade = grade_names[plan->wages[i].grade][0];
        plan->wages[i].pounds /= 10;
    }
    qsort(plan->kinds, plan->kind_count, sizeof *plan->kinds, compare_orders);
}

static enum status finish_plan(struct json_file *file, void *target, void *context)
{
    const struct plan_assumptions *const plan = target;
    struct rules *const rules = context;

    if (rules->plan != NULL)
        return json_fail(file, "there is a file of assumptions already: %s", rules->plan->at);
    for (size_t i = 0; i < plan->kind_count; i++)
        for (size_t k = 0; k < i; k++)
            if (plan->kinds[i].order == plan->kinds[k].order)
                return json_fail(file, "two kinds have the order %lld",
                                 (long long)plan->kinds[i].order);
    for (size_t i = 0; i < plan->people_count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(plan->people[i].therapeutic_class, plan->people[k].therapeutic_class) == 0)
                return json_fail(file, "the class \"%s\" is there twice",
                                 plan->people[i].therapeutic_class);
    rules->plan = arena_array(&rules->arena, 1, sizeof *plan);
    if (rules->plan == NULL)
        return fail_nomem(file->why);
    *rules->plan = *plan;
    settle(rules->plan);
    return STATUS_OK;
}

static const struct json_field rules_plan_table_fields[] = {
    FIELD_WHERE(plan_assumptions),
    FIELD(plan_assumptions, id, JSON_ID, true, "an id of the file, never used again"),
    FIELD(plan_assumptions, title, JSON_TEXT, true, "what the file holds"),
    FIELD_SOURCE(plan_assumptions),
    FIELD_CHECKED(plan_assumptions),
    FIELD_NOTE(plan_assumptions),
    FIELD(plan_assumptions, visit_minutes, JSON_QUANTITY, true,
          "minutes once a practice: the talk, the search, the letters"),
    FIELD(plan_assumptions, search_minutes, JSON_QUANTITY, true,
          "minutes to set up one search, which the rank of a switch adds to its reviews"),
    FIELD(plan_assumptions, least_people, JSON_COUNT, true,
          "a practice with fewer people to change has no row for it"),
    FIELD(plan_assumptions, lag_months, JSON_COUNT, true,
          "months until a change shows in the extracts"),
    FIELD(plan_assumptions, supply_times, JSON_QUANTITY, true,
          "so many times today's volume of a product, and its supply is to be asked about"),
    FIELD_LIST(plan_assumptions, "kinds", kinds, kind_count, plan_kind, true, kind_table,
               "kinds of change, each with its shares and its time"),
    FIELD_LIST(plan_assumptions, "people", people, people_count, plan_people, true, people_table,
               "inhalers of a person in a year, by class"),
    FIELD_LIST(plan_assumptions, "wages", wages, wage_count, plan_wage, true, wage_table,
               "what an hour of whom costs"),
};
TABLE(rules_plan_table, "What a plan assumes of people, minutes and pounds", .finish = finish_plan);

enum status rules_read_plan(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct plan_assumptions plan = {0};

    return json_read_object(file, tree, &rules_plan_table, &plan, rules);
}
