#include "measure/quantity.h"

#include "base/grow.h"

#include <stdlib.h>

struct quantity_key {
    uint32_t presentation;
    uint32_t nation;
    month_t month;
};

struct quantity_sums {
    wide_t items;
    wide_t quantity;
};

struct quantity_summing {
    struct intern keys;
    struct quantity_sums *sums; /* by key number */
    size_t room;
    struct recent_key *recent; /* by presentation: the key of its last cell */
};

/* Month after month is summed, so that a presentation's key is mostly that of its last cell. */
struct recent_key {
    struct quantity_key key;
    uint32_t number; /* one more than it; 0: none yet */
};

static enum status find_number(struct quantity_summing *summing, const struct quantity_key *key,
                               uint32_t *number, struct fail *why)
{
    struct recent_key *const recent = &summing->recent[key->presentation];
    enum status status;

    *number = recent->number - 1;
    if (recent->number != 0 && recent->key.month == key->month && recent->key.nation == key->nation)
        return STATUS_OK;
    status = intern_put(&summing->keys, (struct view){(const char *)key, sizeof *key}, number, why);
    *recent = (struct recent_key){*key, *number + 1};
    return status;
}

static enum status add_cell(struct quantity_summing *summing, const struct cube *cube,
                            const struct cell *cell, struct fail *why)
{
    const struct quantity_key key = {cell->presentation,
                                     place_organisation(&cube->places, cell->place, LEVEL_NATION),
                                     cell->month};
    const size_t before = summing->keys.count;
    uint32_t number;
    const enum status status = find_number(summing, &key, &number, why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&summing->sums, &summing->room, number + 1, sizeof *summing->sums))
        return fail_nomem(why);
    if (summing->keys.count > before)
        summing->sums[number] = (struct quantity_sums){0};
    if (wide_add(&summing->sums[number].items, cell->items) &&
        wide_add(&summing->sums[number].quantity, cell->quantity))
        return STATUS_OK;
    return fail_sum(why);
}

/* quantity / items / divisor against a limit, both in thousandths. */
static bool is_above(const struct quantity_check *check, int64_t divisor, int64_t limit)
{
    return check->quantity > check->items * divisor * limit;
}

static bool is_below(const struct quantity_check *check, int64_t divisor, int64_t limit)
{
    return check->quantity < check->items * divisor * limit;
}

bool quantity_is_above(const struct quantity_check *check)
{
    return check->rule->mean_above > 0 && is_above(check, 1, check->rule->mean_above);
}

static int64_t divisor_of(const struct quantity_check *check)
{
    const int64_t doses = check->product->doses;

    return check->rule->divide_by_doses && quantity_is_above(check) && doses > 0 &&
                   !is_below(check, doses, check->rule->mean_after)
               ? doses
               : 1;
}

/* Fills check and returns true when the key's mean is beyond its rule. */
static bool is_beyond(struct quantity_check *check, const struct quantity_summing *summing,
                      uint32_t number, const struct rules *rules, const struct cube *cube,
                      const struct rules_verdict *verdicts)
{
    const struct product *product;
    struct view nation = view_none();
    struct quantity_key key;

    memcpy(&key, intern_text(&summing->keys, number).at, sizeof key);
    product = verdicts[key.presentation].product;
    if (key.nation != ORGANISATION_NONE)
        nation = organisation_code(&cube->places, LEVEL_NATION, key.nation);
    *check = (struct quantity_check){
        .presentation = key.presentation,
        .nation = key.nation,
        .month = key.month,
        .product = product,
        .rule = rules_quantity(rules, nation, product),
        .items = summing->sums[number].items,
        .quantity = summing->sums[number].quantity,
    };
    if (check->rule == NULL || check->items <= 0 || product->units_per_pack == 0)
        return false;
    check->divisor = divisor_of(check);
    return quantity_is_above(check) || is_below(check, 1, check->rule->mean_below);
}

/* qsort has no context: what is compared goes along. */
struct quantity_sortable {
    struct view code;
    struct view nation;
    struct quantity_check check;
};

static int compare(const void *a, const void *b)
{
    const struct quantity_sortable *const one = a;
    const struct quantity_sortable *const other = b;
    const int order = view_compare(one->code, other->code);

    if (order != 0)
        return order;
    if (one->check.month != other->check.month)
        return one->check.month < other->check.month ? -1 : 1;
    return view_compare(one->nation, other->nation);
}

static enum status sort_checks(struct quantity_checks *checks, const struct cube *cube,
                               struct fail *why)
{
    struct quantity_sortable *const sorted = calloc(checks->count + 1, sizeof *sorted);

    if (sorted == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < checks->count; i++) {
        const struct quantity_check *const check = &checks->list[i];

        sorted[i] = (struct quantity_sortable){
            .code = intern_text(&cube->codes, check->presentation),
            .nation = organisation_code(&cube->places, LEVEL_NATION, check->nation),
            .check = *check,
        };
    }
    qsort(sorted, checks->count, sizeof *sorted, compare);
    for (size_t i = 0; i < checks->count; i++)
        checks->list[i] = sorted[i].check;
    free(sorted);
    return STATUS_OK;
}

static enum status list_checks(struct quantity_checks *checks,
                               const struct quantity_summing *summing, const struct rules *rules,
                               const struct cube *cube, const struct rules_verdict *verdicts,
                               struct fail *why)
{
    struct quantity_check check;
    size_t room = 0;
    enum status status;

    for (uint32_t i = 0; i < summing->keys.count; i++) {
        if (!is_beyond(&check, summing, i, rules, cube, verdicts))
            continue;
        if (!grow(&checks->list, &room, checks->count + 1, sizeof *checks->list))
            return fail_nomem(why);
        checks->list[checks->count++] = check;
    }
    status = sort_checks(checks, cube, why);
    for (size_t i = 0; i < checks->count && status == STATUS_OK; i++) {
        uint32_t *const first = &checks->first[checks->list[i].presentation];

        checks->list[i].next = *first;
        *first = (uint32_t)i + 1;
    }
    return status;
}

enum status check_quantities(struct quantity_checks *checks, const struct rules *rules,
                             const struct cube *cube, const struct rules_verdict *verdicts,
                             struct fail *why)
{
    struct quantity_summing summing = {.sums = NULL};
    enum status status = STATUS_OK;

    *checks =
        (struct quantity_checks){.first = calloc(cube->codes.count + 1, sizeof *checks->first)};
    summing.recent = calloc(cube->codes.count + 1, sizeof *summing.recent);
    if (checks->first == NULL || summing.recent == NULL)
        status = fail_nomem(why);
    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++)
        if (verdicts[cube->cells[i].presentation].kind == RULES_INHALER)
            status = add_cell(&summing, cube, &cube->cells[i], why);
    if (status == STATUS_OK)
        status = list_checks(checks, &summing, rules, cube, verdicts, why);
    intern_release(&summing.keys);
    free(summing.sums);
    free(summing.recent);
    return status;
}

int64_t quantity_divisor(const struct quantity_checks *checks, const struct cube *cube,
                         const struct cell *cell)
{
    uint32_t at = checks->first[cell->presentation];

    while (at != 0) {
        const struct quantity_check *const check = &checks->list[at - 1];

        if (check->month == cell->month &&
            check->nation == place_organisation(&cube->places, cell->place, LEVEL_NATION))
            return check->divisor;
        at = check->next;
    }
    return 1;
}

void quantity_checks_release(struct quantity_checks *checks)
{
    free(checks->list);
    free(checks->first);
    *checks = (struct quantity_checks){.list = NULL};
}
