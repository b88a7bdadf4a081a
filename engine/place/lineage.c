#include "place/lineage_internal.h"

#include <stdlib.h>

static uint32_t base_of(const struct tracing *tracing, const struct stay *stay)
{
    return place_organisation(tracing->belonging->places, stay->presence.place, tracing->base);
}

/* As the month was, whatever the view: the extract's word, else that of a register. */
static struct view parent_then(const struct tracing *tracing, const struct stay *stay,
                               enum level level)
{
    const struct belonging *const belonging = tracing->belonging;
    const uint32_t own = place_organisation(belonging->places, stay->presence.place, level);
    const struct registers *const registers = belonging->placing->registers;
    const struct membership *membership;
    uint32_t number;

    if (own != ORGANISATION_NONE)
        return organisation_code(belonging->places, level, own);
    number = register_number(belonging, tracing->base, base_of(tracing, stay));
    if (number == INTERN_NONE)
        return view_none();
    membership = registers_parent(registers, tracing->base, number, level, stay->presence.month);
    return membership == NULL ? view_none()
                              : organisation_code(&registers->names, level, membership->parent);
}

/* --- when it ended ----------------------------------------------------------------------- */

/* The last month in which somebody counts to it at a level. */
static month_t last_seen(const struct tracing *tracing, enum level level)
{
    const struct belonging *const belonging = tracing->belonging;
    month_t seen = MONTH_NONE;

    for (size_t i = 0; i < belonging->stay_count; i++) {
        const struct stay *const stay = &belonging->stays[i];

        if (stay->presence.month > seen && base_of(tracing, stay) != ORGANISATION_NONE &&
            tracing_is_code(tracing, level, parent_then(tracing, stay, level), tracing->code))
            seen = stay->presence.month;
    }
    return seen;
}

static const struct succession *first_rule(const struct tracing *tracing, enum level level)
{
    const struct rules *const rules = tracing->belonging->rules;

    for (size_t i = 0; i < rules->successions.count; i++)
        if (tracing_in_force(tracing, rules->successions.list[i], level) &&
            strcmp(rules->successions.list[i]->from_code, tracing->code) == 0)
            return rules->successions.list[i];
    return NULL;
}

/* An extract or a register has such a code; else nobody need be asked. */
static bool is_known(const struct tracing *tracing, enum level level)
{
    const struct belonging *const belonging = tracing->belonging;
    const struct registers *const registers = belonging->placing->registers;
    const struct view code = view_of(tracing->code);

    return places_find(belonging->places, belonging->rules->sub_icb_padding, level, code) !=
               INTERN_NONE ||
           (registers != NULL &&
            registers_find(registers, belonging->rules, level, code) != INTERN_NONE);
}

/* Finds its level, and whether it ended before the last month. */
static void find_end(struct tracing *tracing)
{
    struct lineage *const lineage = tracing->lineage;

    for (enum level level = LEVEL_PCN; level <= LEVEL_REGION; level++) {
        const month_t seen = is_known(tracing, level) ? last_seen(tracing, level) : MONTH_NONE;
        const struct succession *const rule = first_rule(tracing, level);

        if (seen == MONTH_NONE && rule == NULL)
            continue;
        lineage->level = level;
        lineage->rule = rule;
        lineage->ended = seen < tracing->last;
        lineage->since = seen != MONTH_NONE ? seen + 1 : MONTH_NONE;
        if (rule != NULL && date_month(rule->date) > lineage->since)
            lineage->since = date_month(rule->date);
        lineage->organisation =
            places_find(tracing->belonging->places, tracing->belonging->rules->sub_icb_padding,
                        level, view_of(tracing->code));
        return;
    }
}

/* --- who was of it ------------------------------------------------------------------------- */

static void offer(struct whereabouts *origin, month_t month, bool is)
{
    if (month < origin->month)
        return;
    origin->divided = month == origin->month && (origin->divided || origin->is != is);
    origin->month = month;
    origin->is = is;
}

static void read_stay(struct tracing *tracing, const struct stay *stay)
{
    const month_t month = stay->presence.month;
    const enum level level = tracing->lineage->level;
    const uint32_t base = base_of(tracing, stay);
    const uint32_t sub =
        place_organisation(tracing->belonging->places, stay->presence.place, LEVEL_SUB_ICB);
    struct view parent;

    if (base == ORGANISATION_NONE || !stay->home)
        return;
    if (sub != ORGANISATION_NONE && month >= tracing->sub_month[base]) {
        tracing->sub_month[base] = month;
        tracing->sub_of[base] = sub;
    }
    parent = parent_then(tracing, stay, level);
    if (month >= tracing->lineage->since || parent.at == NULL)
        return;
    offer(&tracing->bases[base], month, tracing_is_code(tracing, level, parent, tracing->code));
    if (sub != ORGANISATION_NONE && level > LEVEL_SUB_ICB)
        offer(&tracing->subs[sub], month, tracing_is_code(tracing, level, parent, tracing->code));
}

/* --- those above ------------------------------------------------------------------------------ */

/* An organisation of which all, in its last month, were of it. */
static enum status find_above(struct tracing *tracing, enum level level, struct fail *why)
{
    const struct belonging *const belonging = tracing->belonging;
    const size_t count = belonging->places->levels[level].codes.count;
    struct lineage *const lineage = tracing->lineage;
    month_t *const last = calloc(count + 1, sizeof *last);
    bool *const spoilt = calloc(count + 1, sizeof *spoilt);

    if (last == NULL || spoilt == NULL) {
        free(last);
        free(spoilt);
        return fail_nomem(why);
    }
    for (size_t i = 0; i < 2 * belonging->stay_count; i++) {
        const struct stay *const stay = &belonging->stays[i % belonging->stay_count];
        const uint32_t base = base_of(tracing, stay);
        const uint32_t organisation = stay_organisation(belonging, stay, level);

        if (base == ORGANISATION_NONE || organisation == ORGANISATION_NONE)
            continue;
        if (i < belonging->stay_count)
            last[organisation] = stay->presence.month > last[organisation] ? stay->presence.month
                                                                           : last[organisation];
        else if (stay->presence.month == last[organisation]) {
            lineage->of[level][organisation] |= tracing->answers[base] == ANSWER_YES;
            spoilt[organisation] |= tracing->answers[base] == ANSWER_NO;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        if (spoilt[i] || (level == lineage->level && i != lineage->organisation &&
                          tracing_has_other_sources(tracing, level, i)))
            lineage->of[level][i] = false;
    free(last);
    free(spoilt);
    return STATUS_OK;
}

static void find_heirs(struct tracing *tracing)
{
    const struct belonging *const belonging = tracing->belonging;
    struct lineage *const lineage = tracing->lineage;

    for (size_t i = 0; i < belonging->stay_count; i++) {
        const struct stay *const stay = &belonging->stays[i];
        const uint32_t heir = stay_organisation(belonging, stay, lineage->level);
        bool known = heir == lineage->organisation || heir == ORGANISATION_NONE;

        if (stay->presence.month != tracing->last ||
            !lineage_has(lineage, tracing->base, base_of(tracing, stay)))
            continue;
        for (size_t h = 0; h < lineage->heir_count; h++)
            known = known || lineage->heirs[h] == heir;
        if (!known && lineage->heir_count < LINEAGE_HEIRS)
            lineage->heirs[lineage->heir_count++] = heir;
    }
}

/* --- the whole ---------------------------------------------------------------------------------- */

static enum status make_room(struct tracing *tracing, struct fail *why)
{
    const struct organisations *const levels = tracing->belonging->places->levels;
    const size_t bases = levels[tracing->base].codes.count;
    struct lineage *const lineage = tracing->lineage;

    tracing->bases = calloc(bases + 1, sizeof *tracing->bases);
    tracing->answers = calloc(bases + 1, sizeof *tracing->answers);
    tracing->sub_of = calloc(bases + 1, sizeof *tracing->sub_of);
    tracing->sub_month = calloc(bases + 1, sizeof *tracing->sub_month);
    tracing->subs = calloc(levels[LEVEL_SUB_ICB].codes.count + 1, sizeof *tracing->subs);
    for (int level = 0; level < LEVELS; level++) {
        lineage->counts[level] = levels[level].codes.count;
        lineage->of[level] = calloc(lineage->counts[level] + 1, sizeof *lineage->of[level]);
        if (lineage->of[level] == NULL)
            return fail_nomem(why);
    }
    if (tracing->bases == NULL || tracing->answers == NULL || tracing->sub_of == NULL ||
        tracing->sub_month == NULL || tracing->subs == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < bases; i++)
        tracing->sub_of[i] = ORGANISATION_NONE;
    return STATUS_OK;
}

static enum status trace(struct tracing *tracing, struct fail *why)
{
    const struct belonging *const belonging = tracing->belonging;
    struct lineage *const lineage = tracing->lineage;
    enum status status = make_room(tracing, why);

    for (size_t i = 0; i < belonging->stay_count && status == STATUS_OK; i++)
        read_stay(tracing, &belonging->stays[i]);
    for (uint32_t i = 0; i < lineage->counts[tracing->base] && status == STATUS_OK; i++) {
        tracing->answers[i] = tracing_answer(tracing, i);
        lineage->of[tracing->base][i] = tracing->answers[i] == ANSWER_YES;
    }
    for (enum level level = LEVEL_PCN; level <= lineage->level && status == STATUS_OK; level++)
        status = find_above(tracing, level, why);
    for (uint32_t i = 0; i < lineage->counts[tracing->base] && status == STATUS_OK; i++)
        if (tracing->answers[i] == ANSWER_UNKNOWN && tracing->sub_of[i] != ORGANISATION_NONE &&
            lineage->level > LEVEL_SUB_ICB)
            lineage->of[tracing->base][i] = lineage->of[LEVEL_SUB_ICB][tracing->sub_of[i]];
    if (status == STATUS_OK)
        find_heirs(tracing);
    return status;
}

/* Of a practice or a trust: who stands for it by the rules, one after the other. */
static enum status follow_base(struct tracing *tracing, struct fail *why)
{
    const struct belonging *const belonging = tracing->belonging;
    struct lineage *const lineage = tracing->lineage;
    const char *code = tracing->code;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < belonging->rules->successions.count && status == STATUS_OK; i++) {
        const struct succession *const rule = belonging->rules->successions.list[i];
        uint32_t number;

        if (!tracing_in_force(tracing, rule, tracing->base) || rule->to_code == NULL ||
            strcmp(rule->from_code, code) != 0)
            continue;
        code = rule->to_code;
        if (!lineage->ended)
            status = make_room(tracing, why);
        number = places_find(belonging->places, NULL, tracing->base, view_of(code));
        lineage->ended = true;
        lineage->level = tracing->base;
        lineage->rule = rule;
        lineage->since = date_month(rule->date);
        if (status == STATUS_OK && number != INTERN_NONE)
            lineage->of[tracing->base][number] = true;
    }
    return status;
}

enum status lineage_new(struct lineage *lineage, const struct belonging *belonging,
                        const char *code, enum level base, struct fail *why)
{
    struct tracing tracing = {
        .belonging = belonging, .code = code, .base = base, .lineage = lineage};
    enum status status;

    *lineage = (struct lineage){.organisation = ORGANISATION_NONE};
    for (size_t i = 0; i < belonging->stay_count; i++)
        if (belonging->stays[i].presence.month > tracing.last &&
            base_of(&tracing, &belonging->stays[i]) != ORGANISATION_NONE)
            tracing.last = belonging->stays[i].presence.month;
    status = follow_base(&tracing, why);
    if (status == STATUS_OK && !lineage->ended) {
        find_end(&tracing);
        if (lineage->ended)
            status = trace(&tracing, why);
    }
    free(tracing.bases);
    free(tracing.answers);
    free(tracing.sub_of);
    free(tracing.sub_month);
    free(tracing.subs);
    if (status != STATUS_OK)
        lineage_release(lineage);
    return status;
}

void lineage_release(struct lineage *lineage)
{
    for (int level = 0; level < LEVELS; level++)
        free(lineage->of[level]);
    *lineage = (struct lineage){.organisation = ORGANISATION_NONE};
}

bool lineage_has(const struct lineage *lineage, enum level level, uint32_t organisation)
{
    return lineage->ended && lineage->of[level] != NULL && organisation < lineage->counts[level] &&
           lineage->of[level][organisation];
}
