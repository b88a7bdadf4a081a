#include "advise/plan_internal.h"

#include <stdio.h>

#define HUNDRED INT64_C(100000000) /* per cent, in millionths */

/* The first time: the arrays of the rules become one's own. */
static enum status take_own(struct plan_ask *ask, struct plan_own *own, struct fail *why)
{
    struct plan_assumptions *const plan = &ask->assumptions;

    if (plan->kinds == own->kinds)
        return STATUS_OK;
    if (plan->kind_count > PLAN_MOST_KINDS || plan->people_count > PLAN_MOST_PEOPLE ||
        plan->wage_count > PLAN_MOST_WAGES)
        return fail_set(why, STATUS_LIMIT, "there are more assumptions than fit");
    memcpy(own->kinds, plan->kinds, plan->kind_count * sizeof *own->kinds);
    memcpy(own->people, plan->people, plan->people_count * sizeof *own->people);
    memcpy(own->wages, plan->wages, plan->wage_count * sizeof *own->wages);
    plan->kinds = own->kinds;
    plan->people = own->people;
    plan->wages = own->wages;
    return STATUS_OK;
}

struct place {
    int64_t *number;
    int places;   /* decimals it is read by */
    int64_t most; /* 0: any */
};

static bool find_in_kind(struct plan_kind *kind, struct view name, struct place *place)
{
    if (view_is(name, "eligible_percent"))
        *place = (struct place){&kind->eligible, 6, HUNDRED};
    else if (view_is(name, "accept_percent"))
        *place = (struct place){&kind->accept, 6, HUNDRED};
    else if (view_is(name, "minutes_per_review"))
        *place = (struct place){&kind->minutes, 3, 0};
    else
        return false;
    return true;
}

static bool find_by_group(struct plan_assumptions *plan, struct view group, struct view name,
                          struct place *place)
{
    for (size_t i = 0; i < plan->kind_count; i++)
        if (view_is(group, plan->kinds[i].id))
            return find_in_kind(&plan->kinds[i], name, place);
    for (size_t i = 0; i < plan->people_count; i++)
        if (view_is(group, "people") && view_is(name, plan->people[i].therapeutic_class)) {
            *place = (struct place){&plan->people[i].inhalers, 3, 0};
            return true;
        }
    for (size_t i = 0; i < plan->wage_count; i++)
        if (view_is(group, "pounds") && view_is(name, plan->wages[i].who)) {
            *place = (struct place){&plan->wages[i].pounds, PLACES_MONEY, 0};
            return true;
        }
    return false;
}

static bool find_place(struct plan_assumptions *plan, struct view name, struct place *place)
{
    const char *const dot = memchr(name.at, '.', name.length);

    if (dot != NULL) {
        const size_t before = (size_t)(dot - name.at);

        return find_by_group(plan, (struct view){name.at, before},
                             (struct view){dot + 1, name.length - before - 1}, place);
    }
    if (view_is(name, "visit_minutes"))
        *place = (struct place){&plan->visit_minutes, 3, 0};
    else if (view_is(name, "search_minutes"))
        *place = (struct place){&plan->search_minutes, 3, 0};
    else if (view_is(name, "least_people"))
        *place = (struct place){&plan->least_people, 0, 0};
    else if (view_is(name, "lag_months"))
        *place = (struct place){&plan->lag_months, 0, 0};
    else
        return false;
    return true;
}

/* The ends of a range are not below or above what stands in the middle. */
static void keep_ranges(struct plan_assumptions *plan)
{
    for (size_t i = 0; i < plan->kind_count; i++) {
        struct plan_kind *const kind = &plan->kinds[i];

        if (kind->eligible_low > kind->eligible)
            kind->eligible_low = kind->eligible;
        if (kind->eligible_high < kind->eligible)
            kind->eligible_high = kind->eligible;
        if (kind->accept_low > kind->accept)
            kind->accept_low = kind->accept;
        if (kind->accept_high < kind->accept)
            kind->accept_high = kind->accept;
    }
}

enum status plan_assume(struct plan_ask *ask, struct plan_own *own, const char *text,
                        struct fail *why)
{
    const char *const equals = strchr(text, '=');
    const struct view name = {text, equals != NULL ? (size_t)(equals - text) : 0};
    struct place place = {0};
    enum decimal_fault fault;
    int64_t value = 0;
    enum status status = take_own(ask, own, why);

    if (status != STATUS_OK)
        return status;
    if (equals == NULL || !find_place(&ask->assumptions, name, &place))
        return fail_set(why, STATUS_USAGE,
                        "--assume \"%s\": say NAME=VALUE, as device.accept_percent=35, "
                        "brand.minutes_per_review=6, people.SABA=3.4 or visit_minutes=30",
                        text);
    fault = decimal_parse(view_of(equals + 1), place.places, &value);
    if (fault != DECIMAL_OK || value <= 0 || (place.most > 0 && value > place.most))
        return fail_set(why, STATUS_USAGE, "--assume \"%s\": the value is %s", text,
                        fault != DECIMAL_OK ? decimal_fault_text(fault)
                        : value <= 0        ? "not above 0"
                                            : "above 100 per cent");
    *place.number = value;
    keep_ranges(&ask->assumptions);
    return STATUS_OK;
}

enum status plan_choose_kinds(struct plan_ask *ask, const char *text, struct fail *why)
{
    const struct plan_assumptions *const plan = &ask->assumptions;

    memset(ask->kinds, 0, sizeof ask->kinds);
    while (*text != '\0') {
        const size_t length = strcspn(text, ",");
        const struct view word = {text, length};
        size_t i = 0;

        while (i < plan->kind_count && !view_is(word, plan->kinds[i].id))
            i++;
        if (i == plan->kind_count || i >= PLAN_MOST_KINDS)
            return fail_set(why, STATUS_USAGE,
                            "--kinds: there is no kind of change \"%.*s\"; see "
                            "rules/plan/assumptions.json",
                            (int)length, text);
        ask->kinds[i] = true;
        text += length + (text[length] == ',');
    }
    return STATUS_OK;
}
