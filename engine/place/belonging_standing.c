#include "place/belonging_internal.h"

static const struct standing_facts *facts_of(const struct belonging *belonging, enum level level,
                                             uint32_t organisation)
{
    const uint32_t number = register_number(belonging, level, organisation);

    return number == INTERN_NONE ? NULL
                                 : registers_facts(belonging->placing->registers, level, number);
}

static bool is_unidentified(const struct belonging *belonging, enum level level,
                            uint32_t organisation)
{
    if (level == LEVEL_PRACTICE)
        return organisation < belonging->unidentified_room && belonging->unidentified[organisation];
    return rules_unidentified(belonging->rules,
                              organisation_code(belonging->places, level, organisation),
                              view_none()) != NULL;
}

bool belonging_knows_settings(const struct belonging *belonging)
{
    return belonging->placing->registers != NULL && belonging->placing->registers->tells_settings;
}

bool belonging_is_peer(const struct belonging *belonging, enum level level, uint32_t organisation)
{
    const struct standing_facts *facts;

    if (is_unidentified(belonging, level, organisation))
        return false;
    if (level != LEVEL_PRACTICE || !belonging_knows_settings(belonging))
        return true;
    facts = facts_of(belonging, level, organisation);
    return facts != NULL && facts->is_gp;
}

/* An extract of that month or later has it: the code goes on, or is used again. */
static bool is_seen_since(const struct belonging *belonging, enum level level,
                          uint32_t organisation, month_t month)
{
    for (size_t i = 0; i < belonging_count(belonging); i++) {
        const struct presence *const presence = &belonging_at(belonging, i)->presence;

        if (presence->month >= month &&
            place_organisation(belonging->places, presence->place, level) == organisation)
            return true;
    }
    return false;
}

/* By the rules of successors: an ICB or trust that is no more, whoever came after it. */
static bool is_succeeded(const struct belonging *belonging, enum level level, uint32_t organisation)
{
    for (size_t i = 0; i < belonging->rules->successions.count; i++) {
        const struct succession *const rule = belonging->rules->successions.list[i];

        if (strcmp(rule->level, level_text(level)) == 0 &&
            date_month(rule->date) <= belonging->today &&
            view_is(organisation_code(belonging->places, level, organisation), rule->from_code) &&
            !is_seen_since(belonging, level, organisation, date_month(rule->date)))
            return true;
    }
    return false;
}

const char *belonging_standing(const struct belonging *belonging, enum level level,
                               uint32_t organisation)
{
    const struct standing_facts *const facts = facts_of(belonging, level, organisation);

    if (is_unidentified(belonging, level, organisation))
        return "unidentified";
    if (facts != NULL && facts->standing != STANDING_UNKNOWN)
        return standing_text(facts->standing);
    if (is_succeeded(belonging, level, organisation))
        return standing_text(STANDING_closed);
    if (facts == NULL)
        return "";
    return standing_text(facts->close != DATE_NONE && date_month(facts->close) <= belonging->today
                             ? STANDING_closed
                             : STANDING_active);
}

const char *belonging_setting(const struct belonging *belonging, enum level level,
                              uint32_t organisation)
{
    const struct standing_facts *const facts = facts_of(belonging, level, organisation);

    return facts != NULL ? facts->setting : "";
}

enum places_view belonging_view(const struct belonging *belonging)
{
    return belonging->placing->view;
}

month_t belonging_today(const struct belonging *belonging)
{
    return belonging->today;
}
