#include "place/lineage_internal.h"

bool tracing_is_code(const struct tracing *tracing, enum level level, struct view code,
                     const char *wanted)
{
    const char *const padding = tracing->belonging->rules->sub_icb_padding;
    const size_t length = strlen(wanted);

    if (code.at == NULL || view_is(code, wanted))
        return code.at != NULL;
    if (level != LEVEL_SUB_ICB || padding == NULL)
        return false;
    return (code.length > length &&
            view_is((struct view){code.at + length, code.length - length}, padding) &&
            view_is((struct view){code.at, length}, wanted)) ||
           (length > code.length && strcmp(wanted + code.length, padding) == 0 &&
            memcmp(wanted, code.at, code.length) == 0);
}

static bool lists(const struct tracing *tracing, const struct text_list *list, enum level level,
                  struct view code)
{
    for (size_t i = 0; i < list->count; i++)
        if (tracing_is_code(tracing, level, code, list->texts[i]))
            return true;
    return false;
}

bool tracing_in_force(const struct tracing *tracing, const struct succession *rule,
                      enum level level)
{
    return strcmp(rule->level, level_text(level)) == 0 && date_month(rule->date) <= tracing->last;
}

/* By the rules that say in what an organisation goes on. */
static enum was_of answer_by_rules(const struct tracing *tracing, enum level level,
                                   struct view code)
{
    const struct rules *const rules = tracing->belonging->rules;
    enum was_of answer = ANSWER_UNKNOWN;

    for (size_t i = 0; i < rules->successions.count; i++) {
        const struct succession *const rule = rules->successions.list[i];
        const struct text_list *const own =
            level == LEVEL_SUB_ICB ? &rule->sub_icbs : &rule->practices;

        if (!tracing_in_force(tracing, rule, tracing->lineage->level) ||
            !(lists(tracing, &rule->continues_as, level, code) || lists(tracing, own, level, code)))
            continue;
        if (strcmp(rule->from_code, tracing->code) == 0)
            return ANSWER_YES;
        answer = ANSWER_NO;
    }
    return answer;
}

static enum was_of answer_of(const struct whereabouts *origin)
{
    if (origin->month == MONTH_NONE || origin->divided)
        return ANSWER_UNKNOWN;
    return origin->is ? ANSWER_YES : ANSWER_NO;
}

/* A sub-ICB that took the place of others is what they were, where they agree. */
static enum was_of answer_by_predecessors(const struct tracing *tracing, struct view code)
{
    const struct belonging *const belonging = tracing->belonging;
    enum was_of answer = ANSWER_UNKNOWN;

    for (size_t i = 0; i < belonging->rules->successions.count; i++) {
        const struct succession *const rule = belonging->rules->successions.list[i];
        uint32_t from;
        enum was_of one;

        if (!tracing_in_force(tracing, rule, LEVEL_SUB_ICB) || rule->to_code == NULL ||
            !tracing_is_code(tracing, LEVEL_SUB_ICB, code, rule->to_code))
            continue;
        from = places_find(belonging->places, belonging->rules->sub_icb_padding, LEVEL_SUB_ICB,
                           view_of(rule->from_code));
        one = from == INTERN_NONE ? ANSWER_UNKNOWN : answer_of(&tracing->subs[from]);
        if (one == ANSWER_UNKNOWN || (answer != ANSWER_UNKNOWN && answer != one))
            return ANSWER_UNKNOWN;
        answer = one;
    }
    return answer;
}

static enum was_of answer_sub_icb(const struct tracing *tracing, uint32_t sub)
{
    const struct view code = organisation_code(tracing->belonging->places, LEVEL_SUB_ICB, sub);
    enum was_of answer;

    if (tracing->lineage->level <= LEVEL_SUB_ICB)
        return ANSWER_UNKNOWN;
    answer = answer_by_rules(tracing, LEVEL_SUB_ICB, code);
    if (answer == ANSWER_UNKNOWN)
        answer = answer_of(&tracing->subs[sub]);
    return answer != ANSWER_UNKNOWN ? answer : answer_by_predecessors(tracing, code);
}

enum was_of tracing_answer(const struct tracing *tracing, uint32_t base)
{
    enum was_of answer = answer_by_rules(
        tracing, tracing->base, organisation_code(tracing->belonging->places, tracing->base, base));

    if (answer == ANSWER_UNKNOWN && tracing->sub_of[base] != ORGANISATION_NONE)
        answer = answer_sub_icb(tracing, tracing->sub_of[base]);
    return answer != ANSWER_UNKNOWN ? answer : answer_of(&tracing->bases[base]);
}

bool tracing_has_other_sources(const struct tracing *tracing, enum level level,
                               uint32_t organisation)
{
    const struct belonging *const belonging = tracing->belonging;
    const struct view code = organisation_code(belonging->places, level, organisation);
    const struct view name = organisation_name(belonging->places, level, organisation);

    for (size_t i = 0; i < belonging->rules->successions.count; i++) {
        const struct succession *const rule = belonging->rules->successions.list[i];

        if (tracing_in_force(tracing, rule, level) && strcmp(rule->from_code, tracing->code) != 0 &&
            ((rule->to_code != NULL && view_is(code, rule->to_code)) ||
             (rule->to_name != NULL && view_equal_nocase(name, view_of(rule->to_name)))))
            return true;
    }
    return false;
}
