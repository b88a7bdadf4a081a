#include "rules/load.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Tells the rule by its file and path. */
PRINTF_LIKE(3, 4)
static enum status wrong(struct fail *why, const char *at, const char *format, ...)
{
    char text[300];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return fail_set(why, STATUS_RULE, "%s: %s", at, text);
}

/* Adds a new id to a table; an old one is a duplicate. */
static enum status claim(struct intern *ids, const char *id, const char *at, struct fail *why)
{
    const size_t before = ids->count;
    uint32_t number;
    const enum status status = intern_put(ids, view_of(id), &number, why);

    if (status == STATUS_OK && ids->count == before)
        return wrong(why, at, "\"%s\" stands twice", id);
    return status;
}

static enum status check_source(const struct rules *rules, const char *id, const char *at,
                                struct fail *why)
{
    return rules_source(rules, id) != NULL
               ? STATUS_OK
               : wrong(why, at, "the source \"%s\" is not in sources.json", id);
}

/* Every id of a list is new in its table and every source is known. */
#define CLAIM_ALL(rules, list_name, ids, why, status)                                        \
    for (size_t i = 0; i < (rules)->list_name.count && (status) == STATUS_OK; i++) {         \
        (status) =                                                                           \
            claim(ids, (rules)->list_name.list[i]->id, (rules)->list_name.list[i]->at, why); \
        if ((status) == STATUS_OK)                                                           \
            (status) = check_source(rules, (rules)->list_name.list[i]->source,               \
                                    (rules)->list_name.list[i]->at, why);                    \
    }                                                                                        \
    intern_release(ids)

static enum status check_ids(const struct rules *rules, struct fail *why)
{
    struct intern ids = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->sources.count && status == STATUS_OK; i++)
        status = claim(&ids, rules->sources.list[i].id, rules->sources.list[i].at, why);
    intern_release(&ids);
    CLAIM_ALL(rules, products, &ids, why, status);
    CLAIM_ALL(rules, exclusions, &ids, why, status);
    CLAIM_ALL(rules, factor_sets, &ids, why, status);
    for (size_t i = 0; i < rules->elsewhere.count && status == STATUS_OK; i++)
        status = claim(&ids, rules->elsewhere.list[i]->id, rules->elsewhere.list[i]->at, why);
    for (size_t i = 0; i < rules->elsewhere.count && status == STATUS_OK; i++)
        status = check_source(rules, rules->elsewhere.list[i]->source, rules->elsewhere.list[i]->at,
                              why);
    CLAIM_ALL(rules, measures, &ids, why, status);
    CLAIM_ALL(rules, small_denominators, &ids, why, status);
    for (size_t i = 0; i < rules->targets.count && status == STATUS_OK; i++)
        status = claim(&ids, rules->targets.list[i]->id, rules->targets.list[i]->at, why);
    intern_release(&ids);
    CLAIM_ALL(rules, prompts, &ids, why, status);
    CLAIM_ALL(rules, switches, &ids, why, status);
    CLAIM_ALL(rules, unidentified, &ids, why, status);
    CLAIM_ALL(rules, portals, &ids, why, status);
    CLAIM_ALL(rules, successions, &ids, why, status);
    CLAIM_ALL(rules, quantities, &ids, why, status);
    return status;
}

/* Two eras that take the same header would make the meaning of a column a
 * matter of luck. */
static bool same_header(const struct era *a, const struct era *b)
{
    for (size_t i = 0; i < a->column_count; i++) {
        bool found = a->columns[i].optional;

        for (size_t j = 0; j < b->column_count && !found; j++)
            found = strcmp(a->columns[i].name, b->columns[j].name) == 0;
        if (!found)
            return false;
    }
    return true;
}

static enum status check_era(const struct rules *rules, const struct layouts *layouts,
                             const struct era *era, struct fail *why)
{
    for (size_t i = 0; i < layouts->count; i++) {
        const struct extract_rule *const extract = &layouts->extracts[i];

        for (size_t e = 0; e < extract->era_count; e++) {
            const struct era *const other = &extract->eras[e];

            if (other != era && other->headerless == era->headerless &&
                other->code_length == era->code_length && same_header(era, other) &&
                same_header(other, era))
                return wrong(why, era->at, "takes the same header as the era %s", other->id);
        }
    }
    return check_source(rules, era->source, era->at, why);
}

static enum status link_layouts(const struct rules *rules, const struct layouts *layouts,
                                struct fail *why)
{
    struct intern ids = {0};
    struct intern era_ids = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < layouts->count && status == STATUS_OK; i++) {
        struct extract_rule *const extract = &layouts->extracts[i];

        status = claim(&ids, extract->id, extract->at, why);
        if (status == STATUS_OK)
            status = check_source(rules, extract->source, extract->at, why);
        for (size_t e = 0; e < extract->era_count && status == STATUS_OK; e++) {
            extract->eras[e].extract = extract;
            status = claim(&era_ids, extract->eras[e].id, extract->eras[e].at, why);
            if (status == STATUS_OK)
                status = check_era(rules, layouts, &extract->eras[e], why);
        }
    }
    intern_release(&ids);
    intern_release(&era_ids);
    return status;
}

static enum status link_extracts(struct rules *rules, struct fail *why)
{
    rules->layouts.extracts = rules->extracts.list;
    rules->layouts.count = rules->extracts.count;
    return link_layouts(rules, &rules->layouts, why);
}

static enum status link_registers(struct rules *rules, struct fail *why)
{
    const enum status status = rules_link_places(rules, why);

    return status == STATUS_OK ? link_layouts(rules, &rules->register_layouts, why) : status;
}

static enum status link_scope(struct rules *rules, struct fail *why)
{
    struct view *const prefixes =
        arena_array(&rules->arena, rules->sections.count + 1, sizeof *prefixes);

    if (prefixes == NULL)
        return fail_nomem(why);
    if (rules->sections.count == 0)
        return wrong(why, "products", "no file names the sections that matter");
    for (size_t i = 0; i < rules->sections.count; i++)
        prefixes[i] = view_of(rules->sections.list[i].prefix);
    rules->scope = (struct scope){prefixes, rules->sections.count};
    return STATUS_OK;
}

static enum status link_codes(struct rules *rules, struct fail *why)
{
    enum status status = STATUS_OK;
    size_t total = 0;

    for (size_t i = 0; i < rules->products.count; i++)
        total += rules->products.list[i]->codes.count;
    rules->by_code = arena_array(&rules->arena, total + 1, sizeof *rules->by_code);
    if (rules->by_code == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < rules->products.count && status == STATUS_OK; i++) {
        const struct product *const product = rules->products.list[i];

        for (size_t c = 0; c < product->codes.count && status == STATUS_OK; c++) {
            status = claim(&rules->codes, product->codes.texts[c], product->at, why);
            if (status == STATUS_OK)
                rules->by_code[rules->codes.count - 1] = product;
        }
    }
    return status;
}

static enum status check_exclusions(const struct rules *rules, struct fail *why)
{
    struct intern codes = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->exclusions.count && status == STATUS_OK; i++) {
        const struct exclusion *const exclusion = rules->exclusions.list[i];

        for (size_t c = 0; c < exclusion->codes.count && status == STATUS_OK; c++) {
            if (intern_find(&rules->codes, view_of(exclusion->codes.texts[c])) != INTERN_NONE)
                status = wrong(why, exclusion->at, "the code \"%s\" is also that of an inhaler",
                               exclusion->codes.texts[c]);
            else
                status = claim(&codes, exclusion->codes.texts[c], exclusion->at, why);
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
static enum status link_pack(struct rules *rules, const struct product *product, int64_t pack,
                             struct fail *why)
{
    if (pack == 0)
        return STATUS_OK;
    rules->pack_multiple *= pack / greatest_divisor(rules->pack_multiple, pack);
    if (rules->pack_multiple <= LIMIT_PACK_MULTIPLE)
        return STATUS_OK;
    return wrong(why, product->at,
                 "packs of %lld units have no small common multiple with the others",
                 (long long)pack);
}

/* A quantity that may be repaired is divided by doses as well. */
static enum status link_packs(struct rules *rules, struct fail *why)
{
    bool divides = false;

    for (size_t i = 0; i < rules->quantities.count; i++)
        divides = divides || rules->quantities.list[i]->divide_by_doses;
    rules->pack_multiple = 1;
    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];
        enum status status = link_pack(rules, product, product->units_per_pack, why);

        if (status == STATUS_OK && divides)
            status = link_pack(rules, product, product->doses, why);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A misspelt class would fall out of every measure in silence. */
static enum status check_class(const struct rules *rules, const struct product *product,
                               struct fail *why)
{
    for (size_t i = 0; i < rules->known_classes.count; i++)
        if (strcmp(rules->known_classes.list[i], product->therapeutic_class) == 0)
            return STATUS_OK;
    return wrong(why, product->at, "\"%s\" is not in a list of classes",
                 product->therapeutic_class);
}

static enum status link_classes(struct rules *rules, struct fail *why)
{
    const size_t count = rules->products.count;

    rules->classes = arena_array(&rules->arena, count + 1, sizeof *rules->classes);
    if (rules->classes == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < count; i++) {
        const enum status status = check_class(rules, rules->products.list[i], why);

        if (status != STATUS_OK)
            return status;
        rules->classes[i] = rules->products.list[i]->therapeutic_class;
    }
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

static bool knows_class(const struct rules *rules, const char *text)
{
    for (size_t i = 0; i < rules->class_count; i++)
        if (strcmp(rules->classes[i], text) == 0)
            return true;
    return false;
}

static bool knows_propellant(const struct rules *rules, const char *text)
{
    for (size_t i = 0; i < rules->products.count; i++)
        if (strcmp(rules->products.list[i]->propellant, text) == 0)
            return true;
    return false;
}

static bool knows_device(const char *text)
{
    for (int device = 0; device < DEVICES; device++)
        if (strcmp(device_text((enum device)device), text) == 0)
            return true;
    return false;
}

static enum status check_selection(const struct rules *rules, const struct selection *where,
                                   const char *at, struct fail *why)
{
    for (size_t i = 0; i < where->classes.count; i++)
        if (!knows_class(rules, where->classes.texts[i]))
            return wrong(why, at, "no product has the class \"%s\"", where->classes.texts[i]);
    for (size_t i = 0; i < where->devices.count; i++)
        if (!knows_device(where->devices.texts[i]))
            return wrong(why, at, "\"%s\" is not a device", where->devices.texts[i]);
    for (size_t i = 0; i < where->products.count; i++)
        if (rules_product(rules, view_of(where->products.texts[i])) == NULL)
            return wrong(why, at, "there is no product \"%s\"", where->products.texts[i]);
    for (size_t i = 0; i < where->propellants.count; i++)
        if (!knows_propellant(rules, where->propellants.texts[i]))
            return wrong(why, at, "no product has the propellant \"%s\"",
                         where->propellants.texts[i]);
    for (size_t i = 0; i < where->gases.count; i++)
        if (rules_gas(rules, view_of(where->gases.texts[i])) == NULL)
            return wrong(why, at, "there is no gas \"%s\"", where->gases.texts[i]);
    return STATUS_OK;
}

/* Two rules about one sum would contradict each other. */
static enum status link_small(struct rules *rules, struct fail *why)
{
    for (size_t i = 0; i < rules->small_denominators.count; i++) {
        const struct small_rule *const rule = rules->small_denominators.list[i];

        for (int sum = 0; sum < SUM_NONE; sum++) {
            if (!rule->sums[sum])
                continue;
            if (rules->small_by_sum[sum] != NULL)
                return wrong(why, rule->at, "is about a sum that \"%s\" is about",
                             rules->small_by_sum[sum]->id);
            rules->small_by_sum[sum] = rule;
        }
    }
    return STATUS_OK;
}

/* Those of one subject stand together, in the order of their files. */
static int compare_measures(const void *a, const void *b)
{
    const struct measure *const one = *(const struct measure *const *)a;
    const struct measure *const other = *(const struct measure *const *)b;

    if (one->subject != other->subject)
        return one->subject < other->subject ? -1 : 1;
    return (one->slot > other->slot) - (one->slot < other->slot);
}

static enum status link_measures(struct rules *rules, struct fail *why)
{
    enum status status = STATUS_OK;

    if (rules->measures.count > LIMIT_MEASURES)
        return wrong(why, "measures", "more than %d measures", LIMIT_MEASURES);
    for (size_t i = 0; i < rules->measures.count; i++)
        rules->measures.list[i]->slot = (uint32_t)i; /* as the files had it, for the order */
    qsort(rules->measures.list, rules->measures.count, sizeof *rules->measures.list,
          compare_measures);
    for (size_t i = 0; i < rules->measures.count && status == STATUS_OK; i++) {
        struct measure *const measure = rules->measures.list[i];
        const char *const set = measure->factor_set_id;

        measure->slot = (uint32_t)rules->measure_counts[measure->subject]++;
        if (set != NULL && strcmp(set, "run") != 0) {
            measure->factor_set = rules_factor_set(rules, view_of(set));
            measure->gas_factor_set = rules_gas_factor_set(rules, view_of(set));
            if (measure->subject == SUBJECT_hospital ? measure->gas_factor_set == NULL
                                                     : measure->factor_set == NULL)
                return wrong(why, measure->at, "there is no factor set \"%s\"", set);
        }
        status = check_selection(rules, &measure->numerator.where, measure->at, why);
        if (status == STATUS_OK)
            status = check_selection(rules, &measure->denominator.where, measure->at, why);
    }
    return status;
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
                                 struct intern *pairs, struct fail *why)
{
    enum status status = STATUS_OK;
    char both[128];

    for (size_t n = 0; n < rule->nations.count; n++) {
        if (!knows_nation(rules, rule->nations.texts[n]))
            return wrong(why, rule->at, "no extract is of the nation \"%s\"",
                         rule->nations.texts[n]);
        for (size_t u = 0; u < rule->units.count && status == STATUS_OK; u++) {
            snprintf(both, sizeof both, "%.60s in %.60s", rule->units.texts[u],
                     rule->nations.texts[n]);
            status = claim(pairs, both, rule->at, why);
        }
    }
    return status;
}

static enum status link_quantities(struct rules *rules, struct fail *why)
{
    struct intern pairs = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->quantities.count && status == STATUS_OK; i++)
        status = link_quantity(rules, rules->quantities.list[i], &pairs, why);
    intern_release(&pairs);
    return status;
}

static enum status link_targets(struct rules *rules, struct fail *why)
{
    for (size_t i = 0; i < rules->targets.count; i++) {
        struct target *const target = rules->targets.list[i];

        if (target->measure_id == NULL)
            continue;
        target->measure = rules_measure(rules, view_of(target->measure_id));
        if (target->measure == NULL)
            return wrong(why, target->at, "there is no measure \"%s\"", target->measure_id);
    }
    return STATUS_OK;
}

static const struct prompt *find_prompt(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->prompts.count; i++)
        if (strcmp(rules->prompts.list[i]->id, id) == 0)
            return rules->prompts.list[i];
    return NULL;
}

static enum status link_prompts(struct rules *rules, const struct text_list *ids,
                                const struct prompt ***prompts, const char *at, struct fail *why)
{
    *prompts = arena_array(&rules->arena, ids->count + 1, sizeof **prompts);
    if (*prompts == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < ids->count; i++) {
        (*prompts)[i] = find_prompt(rules, ids->texts[i]);
        if ((*prompts)[i] == NULL)
            return wrong(why, at, "there is no prompt \"%s\"", ids->texts[i]);
    }
    return STATUS_OK;
}

static enum status link_pair(struct rules *rules, struct switch_pair *pair, struct intern *pairs,
                             struct fail *why)
{
    char both[256];
    enum status status;

    pair->from = rules_product(rules, view_of(pair->from_id));
    pair->to = rules_product(rules, view_of(pair->to_id));
    if (pair->from == NULL || pair->to == NULL)
        return wrong(why, pair->at, "there is no product \"%s\"",
                     pair->from == NULL ? pair->from_id : pair->to_id);
    if (pair->from == pair->to)
        return wrong(why, pair->at, "switches \"%s\" to itself", pair->from_id);
    status = link_prompts(rules, &pair->prompt_ids, &pair->prompts, pair->at, why);
    snprintf(both, sizeof both, "%.120s to %.120s", pair->from_id, pair->to_id);
    return status == STATUS_OK ? claim(pairs, both, pair->at, why) : status;
}

static enum status link_switch(struct rules *rules, struct switch_rule *rule, struct intern *pairs,
                               struct fail *why)
{
    enum status status = link_prompts(rules, &rule->prompt_ids, &rule->prompts, rule->at, why);

    for (size_t i = 0; i < rule->pair_count && status == STATUS_OK; i++)
        status = link_pair(rules, &rule->pairs[i], pairs, why);
    return status;
}

static enum status link_switches(struct rules *rules, struct fail *why)
{
    struct intern pairs = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->switches.count && status == STATUS_OK; i++)
        status = link_switch(rules, rules->switches.list[i], &pairs, why);
    intern_release(&pairs);
    return status;
}

enum status rules_link(struct rules *rules, struct fail *why)
{
    static enum status (*const steps[])(struct rules *, struct fail *) = {
        link_extracts,      link_scope,       link_codes,   link_packs,    link_classes,
        rules_link_factors, rules_link_gases, link_small,   link_measures, link_switches,
        link_registers,     link_quantities,  link_targets,
    };
    enum status status = check_ids(rules, why);

    for (size_t i = 0; i < COUNT_OF(steps) && status == STATUS_OK; i++)
        status = steps[i](rules, why);
    return status == STATUS_OK ? check_exclusions(rules, why) : status;
}
