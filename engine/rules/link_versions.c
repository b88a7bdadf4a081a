#include "rules/load.h"

#include <stdio.h>

/* Months as a closed range with the open ends filled in. */
static month_t first_of(const struct product_version *version)
{
    return version->from == MONTH_NONE ? 0 : version->from;
}

static month_t last_of(const struct product_version *version)
{
    return version->to == MONTH_NONE ? INT32_MAX : version->to;
}

bool version_is_on(const struct product_version *version, month_t month)
{
    return !version->prepared && first_of(version) <= month && month <= last_of(version);
}

/* The sum of the shares in a month, and how many versions it has. */
static int64_t shares_in(const struct product *product, month_t month, size_t *count)
{
    int64_t sum = 0;

    *count = 0;
    for (size_t i = 0; i < product->version_count; i++) {
        const struct product_version *const version = &product->versions[i];

        if (!version_is_on(version, month))
            continue;
        sum += version->share < 0 ? MILLION : version->share;
        ++*count;
    }
    return sum;
}

/* A hole would leave a month without a propellant, and shares that do not sum to 1 inhalers. */
static enum status check_month(const struct product *product, const struct product_version *version,
                               month_t month, struct faults *faults)
{
    size_t count;

    if (month == INT32_MAX)
        return STATUS_OK;
    if (shares_in(product, month, &count) == MILLION)
        return STATUS_OK;
    return fault_at(faults, version->at, "the versions of \"%s\" %s", product->id,
                    count == 0 ? "leave a gap between two months"
                               : "have shares that do not sum to 1 in all months");
}

static enum status check_versions(const struct product *product, struct faults *faults)
{
    enum status status = check_month(product, &product->versions[0], 0, faults);

    for (size_t i = 0; i < product->version_count && status == STATUS_OK; i++) {
        const struct product_version *const version = &product->versions[i];

        if (version->prepared)
            continue;
        status = check_month(product, version, first_of(version), faults);
        if (status == STATUS_OK && last_of(version) != INT32_MAX)
            status = check_month(product, version, last_of(version) + 1, faults);
    }
    return status;
}

static enum status link_product(struct rules *rules, const struct product_versions *versions,
                                struct faults *faults)
{
    for (size_t i = 0; i < rules->products.count; i++) {
        struct product *const product = rules->products.list[i];

        if (strcmp(product->id, versions->product_id) != 0)
            continue;
        if (product->version_count > 0)
            return fault_at(faults, versions->at, "\"%s\" has versions already", product->id);
        if (versions->count == 0)
            return fault_at(faults, versions->at, "lists no version");
        product->versions = versions->list;
        product->version_count = versions->count;
        return check_versions(product, faults);
    }
    return STATUS_RULE; /* rules/faults.c reports it */
}

static enum status link_national(const struct rules *rules, struct national_items *items,
                                 struct faults *faults)
{
    int64_t sum = 0;

    for (size_t i = 0; i < items->mix_count; i++) {
        items->mix[i].product = rules_product(rules, view_of(items->mix[i].product_id));
        if (items->mix[i].product == NULL)
            return STATUS_RULE;
        sum += items->mix[i].share;
    }
    return sum == MILLION || items->mix_count == 0
               ? STATUS_OK
               : fault_at(faults, items->at, "its shares do not sum to 1");
}

/* What is read apart: every code of a product with every dm+d code of its versions. */
static enum status link_scope_versions(struct rules *rules, struct faults *faults)
{
    struct scope_version *list;
    size_t count = 0;

    for (size_t i = 0; i < rules->products.count; i++)
        for (size_t v = 0; v < rules->products.list[i]->version_count; v++)
            count += rules->products.list[i]->versions[v].dmd.count *
                     rules->products.list[i]->codes.count;
    list = arena_array(&rules->arena, count + 1, sizeof *list);
    if (list == NULL)
        return fail_nomem(faults->why);
    rules->scope.versions = list;
    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];

        for (size_t v = 0; v < product->version_count; v++)
            for (size_t d = 0; d < product->versions[v].dmd.count; d++)
                for (size_t c = 0; c < product->codes.count; c++)
                    list[rules->scope.version_count++] = (struct scope_version){
                        view_of(product->codes.texts[c]),
                        view_of(product->versions[v].dmd.texts[d]),
                    };
    }
    return STATUS_OK;
}

enum status rules_link_versions(struct rules *rules, struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->versions.count && rules_go_on(status); i++)
        status = rules_both(status, link_product(rules, rules->versions.list[i], faults));
    for (size_t i = 0; i < rules->national.count && rules_go_on(status); i++)
        status = rules_both(status, link_national(rules, rules->national.list[i], faults));
    return status == STATUS_OK ? link_scope_versions(rules, faults) : status;
}

const struct product_version *product_version_of(const struct product *product, struct view dmd)
{
    for (size_t i = 0; i < product->version_count; i++)
        for (size_t d = 0; d < product->versions[i].dmd.count; d++)
            if (view_is(dmd, product->versions[i].dmd.texts[d]))
                return &product->versions[i];
    return NULL;
}

static bool lists(const struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->texts[i], text) == 0)
            return true;
    return false;
}

const char *product_propellants(const struct product *product,
                                const struct product_version *version, month_t month, char *out)
{
    size_t length = 0;

    if (version != NULL)
        return version->propellant;
    if (product->version_count == 0)
        return product->propellant;
    out[0] = '\0';
    for (size_t i = 0; i < product->version_count && length < PROPELLANTS_TEXT; i++)
        if (version_is_on(&product->versions[i], month))
            length += (size_t)snprintf(out + length, PROPELLANTS_TEXT - length, "%s%s",
                                       length > 0 ? " or " : "", product->versions[i].propellant);
    return out;
}

int64_t propellants_share(const struct text_list *propellants, const struct product *product,
                          const struct product_version *version, month_t month)
{
    int64_t share = 0;

    if (propellants->count == 0)
        return MILLION;
    if (version != NULL || product->version_count == 0)
        return lists(propellants, version != NULL ? version->propellant : product->propellant)
                   ? MILLION
                   : 0;
    for (size_t i = 0; i < product->version_count; i++) {
        const struct product_version *const one = &product->versions[i];

        if (version_is_on(one, month) && lists(propellants, one->propellant))
            share += one->share < 0 ? MILLION : one->share;
    }
    return share;
}

int64_t factor_kg_of(const struct factor *factor, const struct text_list *propellants)
{
    int64_t millionths = 0;

    if (factor->part_count == 0 || propellants->count == 0)
        return factor->kg;
    for (size_t i = 0; i < factor->part_count; i++)
        if (lists(propellants, factor->parts[i].version->propellant))
            millionths += factor->parts[i].share * factor->parts[i].kg;
    return (millionths + MILLION / 2) / MILLION;
}
