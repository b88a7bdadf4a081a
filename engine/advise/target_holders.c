#include "advise/targets_internal.h"

#include <string.h>

struct view target_code(const struct target_answer *answer, const struct results *results)
{
    return answer->organisation == ORGANISATION_NONE
               ? view_of(answer->ended->from_code)
               : organisation_code(&results->classified.cube->places, answer->level,
                                   answer->organisation);
}

struct view target_name(const struct target_answer *answer, const struct results *results)
{
    if (answer->organisation == ORGANISATION_NONE)
        return view_of(answer->ended->from_name != NULL ? answer->ended->from_name : "");
    return organisation_name(&results->classified.cube->places, answer->level,
                             answer->organisation);
}

bool target_is_shown(const struct results *results, const struct target_answer *answer)
{
    for (size_t i = 0; i < answer->heir_count; i++)
        if (results_show(results, answer->level, answer->heirs[i]))
            return true;
    return answer->organisation != ORGANISATION_NONE &&
           results_show(results, answer->level, answer->organisation);
}

bool target_has_level(const struct target *target, enum level level)
{
    for (size_t i = 0; i < target->levels.count; i++)
        if (strcmp(target->levels.texts[i], level_text(level)) == 0)
            return true;
    return false;
}

/* It is the organisation of the code, or in it. */
static bool is_within(const struct answering *answering, const char *code, enum level level,
                      uint32_t organisation)
{
    const struct places *const places = &answering->results->classified.cube->places;
    const char *const padding = answering->results->classified.rules->sub_icb_padding;

    for (int above = 0; above < LEVELS; above++) {
        const uint32_t number =
            within_organisation(&answering->within, level, organisation, (enum level)above);

        if (number != ORGANISATION_NONE &&
            number == places_find(places, padding, (enum level)above, view_of(code)))
            return true;
    }
    return false;
}

enum holding target_holds_for(const struct answering *answering, const struct target *target,
                              enum level level, uint32_t organisation, size_t *number)
{
    enum holding holding = target->within.count == 0 ? HOLDS : HOLDS_NOT;

    if (!target_has_level(target, level))
        return HOLDS_NOT;
    for (*number = 0; *number < target->within.count && holding == HOLDS_NOT; ++*number) {
        const struct lineage *const lineage = target_lineage(answering, target, *number);
        const bool own =
            lineage->ended && level == lineage->level && organisation == lineage->organisation;

        if (own)
            holding = HOLDS_AS_PART;
        else if (lineage_has(lineage, level, organisation))
            holding = HOLDS_BY_ORIGIN;
        else if (is_within(answering, target->within.texts[*number], level, organisation))
            holding = HOLDS;
        if (holding != HOLDS_NOT)
            break;
    }
    return holding;
}
