#include "rules/load.h"

#include <stdio.h>

static const struct prompt *find_prompt(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->prompts.count; i++)
        if (strcmp(rules->prompts.list[i]->id, id) == 0)
            return rules->prompts.list[i];
    return NULL;
}

static enum status link_prompts(struct rules *rules, const struct text_list *ids,
                                const struct prompt ***prompts, struct faults *faults)
{
    enum status status = STATUS_OK;

    *prompts = arena_array(&rules->arena, ids->count + 1, sizeof **prompts);
    if (*prompts == NULL)
        return fail_nomem(faults->why);
    for (size_t i = 0; i < ids->count; i++) {
        (*prompts)[i] = find_prompt(rules, ids->texts[i]);
        if ((*prompts)[i] == NULL)
            status = STATUS_RULE;
    }
    return status;
}

/* Its first entry: a version may have several, for other months. */
static enum status link_version(struct switch_pair *pair, struct faults *faults)
{
    if (pair->to_version_id == NULL || pair->to == NULL)
        return STATUS_OK;
    for (size_t i = pair->to->version_count; i > 0; i--)
        if (strcmp(pair->to->versions[i - 1].id, pair->to_version_id) == 0)
            pair->to_version = &pair->to->versions[i - 1];
    return pair->to_version != NULL ? STATUS_OK
                                    : fault_at(faults, pair->at, "\"%s\" has no version \"%s\"",
                                               pair->to_id, pair->to_version_id);
}

static enum status link_pair(struct rules *rules, struct switch_pair *pair, struct intern *pairs,
                             struct faults *faults)
{
    char both[256];
    enum status status = STATUS_OK;

    pair->from = rules_product(rules, view_of(pair->from_id));
    pair->to = rules_product(rules, view_of(pair->to_id));
    if (pair->from == NULL || pair->to == NULL)
        status = STATUS_RULE;
    if (strcmp(pair->from_id, pair->to_id) == 0)
        status = fault_at(faults, pair->at, "switches \"%s\" to itself", pair->from_id);
    status = rules_both(status, link_version(pair, faults));
    status = rules_both(status, link_prompts(rules, &pair->prompt_ids, &pair->prompts, faults));
    snprintf(both, sizeof both, "%.100s to %.100s%s%.40s", pair->from_id, pair->to_id,
             pair->to_version_id != NULL ? " " : "",
             pair->to_version_id != NULL ? pair->to_version_id : "");
    return rules_both(status, rules_claim(pairs, both, pair->at, faults));
}

static void link_kind(const struct rules *rules, struct switch_rule *rule)
{
    const size_t count = rules->plan != NULL ? rules->plan->kind_count : 0;

    for (size_t i = 0; i < count && rule->kind_id != NULL; i++)
        if (strcmp(rules->plan->kinds[i].id, rule->kind_id) == 0)
            rule->kind = &rules->plan->kinds[i];
}

enum status rules_link_switches(struct rules *rules, struct faults *faults)
{
    struct intern pairs = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->switches.count && rules_go_on(status); i++) {
        struct switch_rule *const rule = rules->switches.list[i];

        link_kind(rules, rule);
        status = rules_both(status, link_prompts(rules, &rule->prompt_ids, &rule->prompts, faults));
        for (size_t p = 0; p < rule->pair_count && rules_go_on(status); p++)
            status = rules_both(status, link_pair(rules, &rule->pairs[p], &pairs, faults));
    }
    intern_release(&pairs);
    return status;
}
