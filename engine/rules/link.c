#include "rules/load.h"

#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

/* When all files have been read: what needs more than one of them, and the lookups.  Ids
 * that nothing answers to are found by rules/faults.c; here they are passed over, as are
 * entries with a fault, which are not in the lists. */

enum status rules_claim(struct intern *seen, const char *text, const char *at,
                        struct faults *faults)
{
    const size_t before = seen->count;
    uint32_t number;
    const enum status status = intern_put(seen, view_of(text), &number, faults->why);

    if (status == STATUS_OK && seen->count == before)
        return fault_at(faults, at, "\"%s\" is there twice", text);
    return status;
}

enum status rules_both(enum status one, enum status other)
{
    return one == STATUS_OK || (one == STATUS_RULE && other != STATUS_OK) ? other : one;
}

bool rules_go_on(enum status status)
{
    return status == STATUS_OK || status == STATUS_RULE;
}

enum status rules_missing(struct faults *faults, const char *at, const char *text)
{
    return faults->count > 0 ? STATUS_RULE : fault_at(faults, at, "%s", text);
}

static enum status link_scope(struct rules *rules, struct faults *faults)
{
    struct view *const prefixes =
        arena_array(&rules->arena, rules->sections.count + 1, sizeof *prefixes);

    if (prefixes == NULL)
        return fail_nomem(faults->why);
    if (rules->sections.count == 0)
        return rules_missing(faults, "products", "no file names the sections that are read");
    for (size_t i = 0; i < rules->sections.count; i++)
        prefixes[i] = view_of(rules->sections.list[i].prefix);
    rules->scope = (struct scope){.prefixes = prefixes, .count = rules->sections.count};
    return STATUS_OK;
}

/* Texts of a code are new: rules/faults.c has seen to that. */
static enum status link_codes(struct rules *rules, struct faults *faults)
{
    enum status status = STATUS_OK;
    size_t total = 0;

    for (size_t i = 0; i < rules->products.count; i++)
        total += rules->products.list[i]->codes.count;
    rules->by_code = arena_array(&rules->arena, total + 1, sizeof *rules->by_code);
    if (rules->by_code == NULL)
        return fail_nomem(faults->why);
    for (size_t i = 0; i < rules->products.count && status == STATUS_OK; i++) {
        const struct product *const product = rules->products.list[i];

        for (size_t c = 0; c < product->codes.count && status == STATUS_OK; c++) {
            uint32_t number;

            status =
                intern_put(&rules->codes, view_of(product->codes.texts[c]), &number, faults->why);
            if (status == STATUS_OK)
                rules->by_code[number] = product;
        }
    }
    return status;
}

static enum status check_exclusions(struct rules *rules, struct faults *faults)
{
    struct intern codes = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->exclusions.count && rules_go_on(status); i++) {
        const struct exclusion *const exclusion = rules->exclusions.list[i];

        for (size_t c = 0; c < exclusion->codes.count && rules_go_on(status); c++) {
            if (intern_find(&rules->codes, view_of(exclusion->codes.texts[c])) != INTERN_NONE)
                status =
                    fault_at(faults, exclusion->at, "the code \"%s\" is also that of an inhaler",
                             exclusion->codes.texts[c]);
            else
                status = rules_claim(&codes, exclusion->codes.texts[c], exclusion->at, faults);
        }
    }
    intern_release(&codes);
    return status;
}

int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* Inhalers of all products are summed as whole numbers of 1 / multiple. */
static enum status link_multiple(struct rules *rules, const struct product *product, int64_t parts,
                                 struct faults *faults)
{
    rules->pack_multiple *= parts / greatest_divisor(rules->pack_multiple, parts);
    if (rules->pack_multiple <= LIMIT_PACK_MULTIPLE)
        return STATUS_OK;
    return fault_at(faults, product->at,
                    "packs of %lld units have no small common multiple with the others",
                    (long long)parts);
}

static enum status link_pack(struct rules *rules, const struct product *product, int64_t pack,
                             struct faults *faults)
{
    return pack == 0 ? STATUS_OK : link_multiple(rules, product, pack, faults);
}

/* Parts of inhalers by version are whole numbers too. */
static enum status link_shares(struct rules *rules, const struct product *product,
                               struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < product->version_count && status == STATUS_OK; i++) {
        const int64_t share = product->versions[i].share;

        if (share > 0)
            status =
                link_multiple(rules, product, MILLION / greatest_divisor(MILLION, share), faults);
    }
    return status;
}

/* A quantity that may be repaired is divided by doses as well. */
static enum status link_packs(struct rules *rules, struct faults *faults)
{
    bool divides = false;

    for (size_t i = 0; i < rules->quantities.count; i++)
        divides = divides || rules->quantities.list[i]->divide_by_doses;
    rules->pack_multiple = 1;
    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];
        enum status status = link_pack(rules, product, product->units_per_pack, faults);

        if (status == STATUS_OK && divides)
            status = link_pack(rules, product, product->doses, faults);
        if (status == STATUS_OK)
            status = link_shares(rules, product, faults);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum status link_classes(struct rules *rules, struct faults *faults)
{
    const size_t count = rules->products.count;

    rules->classes = arena_array(&rules->arena, count + 1, sizeof *rules->classes);
    if (rules->classes == NULL)
        return fail_nomem(faults->why);
    for (size_t i = 0; i < count; i++)
        rules->classes[i] = rules->products.list[i]->therapeutic_class;
    if (count > 0)
        qsort(rules->classes, count, sizeof *rules->classes, compare_texts);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(rules->classes[i], rules->classes[rules->class_count - 1]) != 0)
            rules->classes[rules->class_count++] = rules->classes[i];
    for (size_t i = 0; i < count; i++) {
        struct product *const product = rules->products.list[i];

        while (strcmp(rules->classes[product->class_number], product->therapeutic_class) != 0)
            product->class_number++;
    }
    return STATUS_OK;
}

static bool knows_nation(const struct rules *rules, const char *code)
{
    for (size_t i = 0; i < rules->extracts.count; i++)
        if (strcmp(rules->extracts.list[i].nation_code, code) == 0)
            return true;
    return false;
}

/* Of two rules for a unit in a nation the first would be taken in silence. */
static enum status link_quantity(const struct rules *rules, const struct quantity_rule *rule,
                                 struct intern *pairs, struct faults *faults)
{
    enum status status = STATUS_OK;
    char both[128];

    for (size_t n = 0; n < rule->nations.count; n++) {
        if (!knows_nation(rules, rule->nations.texts[n]))
            status = rules_both(status, STATUS_RULE);
        for (size_t u = 0; u < rule->units.count && rules_go_on(status); u++) {
            snprintf(both, sizeof both, "%.60s in %.60s", rule->units.texts[u],
                     rule->nations.texts[n]);
            status = rules_both(status, rules_claim(pairs, both, rule->at, faults));
        }
    }
    return status;
}

static enum status link_quantities(struct rules *rules, struct faults *faults)
{
    struct intern pairs = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->quantities.count && rules_go_on(status); i++)
        status =
            rules_both(status, link_quantity(rules, rules->quantities.list[i], &pairs, faults));
    intern_release(&pairs);
    return status;
}

enum status rules_link(struct rules *rules, struct faults *faults)
{
    static enum status (*const steps[])(struct rules *, struct faults *) = {
        rules_link_extracts, link_scope,          link_codes,         rules_link_versions,
        link_packs,          link_classes,        rules_link_factors, rules_link_gases,
        rules_link_measures, rules_link_switches, rules_link_places,  rules_link_registers,
        link_quantities,     check_exclusions,
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT_OF(steps) && rules_go_on(status); i++)
        status = rules_both(status, steps[i](rules, faults));
    return status;
}
