#include "place/place.h"

#include "support/cases.h"

static struct row_organisations membership(const char *practice, const char *icb, const char *name,
                                           month_t month)
{
    return (struct row_organisations){
        .code = {[LEVEL_PRACTICE] = view_of(practice),
                 [LEVEL_ICB] = icb != NULL ? view_of(icb) : view_none()},
        .name = {[LEVEL_PRACTICE] = view_of(name)},
        .month = month,
    };
}

static uint32_t put(struct places *places, const char *practice, const char *icb, const char *name,
                    month_t month)
{
    const struct row_organisations member = membership(practice, icb, name, month);
    struct fail why = {0};
    uint32_t place = 0;

    cr_assert(places_put(places, &member, &place, &why) == STATUS_OK, "%s", why.text);
    return place;
}

Test(place, a_practice_that_moves_is_two_places_of_one_organisation)
{
    struct places places = {0};
    const uint32_t before = put(&places, "P1", "Q1", "", 24300);
    const uint32_t after = put(&places, "P1", "Q2", "", 24301);

    cr_expect(before != after, "two places");
    cr_expect(eq(sz, places_count(&places), 2), "and no more");
    cr_expect(eq(u32, put(&places, "P1", "Q1", "", 24302), before), "the same place again");
    cr_expect(eq(u32, place_organisation(&places, before, LEVEL_PRACTICE),
                 place_organisation(&places, after, LEVEL_PRACTICE)),
              "one practice");
    cr_expect(place_organisation(&places, before, LEVEL_ICB) !=
                  place_organisation(&places, after, LEVEL_ICB),
              "two ICBs");
    places_release(&places);
}

Test(place, a_level_that_the_extract_lacks_differs_from_one_left_empty)
{
    struct places places = {0};
    const uint32_t lacking = put(&places, "P1", NULL, "", 24300);
    const uint32_t empty = put(&places, "P1", "", "", 24300);

    cr_expect(lacking != empty, "two places");
    cr_expect(eq(u32, place_organisation(&places, lacking, LEVEL_ICB), ORGANISATION_NONE),
              "no ICB at all");
    cr_expect(view_is(organisation_code(&places, LEVEL_ICB,
                                        place_organisation(&places, empty, LEVEL_ICB)),
                      ""),
              "an ICB without a code");
    places_release(&places);
}

/* name offered, its month */
static const struct {
    const char *name;
    month_t month;
} offers[] = {
    {"B in the last month", 24302},  {"A in the last month", 24302}, {"", 24303},
    {"the name of long ago", 24200}, {"A name in between", 24301},
};

Test(place, the_name_is_that_of_the_latest_month_in_any_order_of_rows)
{
    for (size_t turn = 0; turn < LENGTH_OF(offers); turn++) {
        struct places forth = {0};
        struct places back = {0};

        for (size_t i = 0; i < LENGTH_OF(offers); i++) {
            const size_t at = (i + turn) % LENGTH_OF(offers);
            const size_t mirrored = LENGTH_OF(offers) - 1 - at;

            put(&forth, "P1", "Q1", offers[at].name, offers[at].month);
            put(&back, "P1", "Q1", offers[mirrored].name, offers[mirrored].month);
        }
        cr_expect(view_is(organisation_name(&forth, LEVEL_PRACTICE, 0), "A in the last month"),
                  "turn %zu: %s", turn, organisation_name(&forth, LEVEL_PRACTICE, 0).at);
        cr_expect(view_is(organisation_name(&back, LEVEL_PRACTICE, 0), "A in the last month"),
                  "turn %zu back: %s", turn, organisation_name(&back, LEVEL_PRACTICE, 0).at);
        places_release(&forth);
        places_release(&back);
    }
}

Test(place, merging_numbers_every_place_anew_and_keeps_names_with_their_months)
{
    struct places into = {0};
    struct places from = {0};
    struct fail why = {0};
    uint32_t numbers[2];

    put(&into, "P9", "Q1", "", 24300);
    put(&into, "P2", "Q1", "an older name", 24299);
    put(&from, "P1", "Q1", "one", 24300);
    put(&from, "P2", "Q1", "a newer name", 24301);
    cr_assert(places_merge(&into, &from, numbers, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(sz, places_count(&into), 3), "P9, P2 and P1");
    cr_expect(eq(u32, numbers[0], 2), "P1 is new");
    cr_expect(eq(u32, numbers[1], 1), "P2 was there");
    cr_expect(view_is(organisation_name(&into, LEVEL_PRACTICE,
                                        place_organisation(&into, 1, LEVEL_PRACTICE)),
                      "a newer name"),
              "of P2");
    cr_expect(view_is(organisation_name(&into, LEVEL_PRACTICE,
                                        place_organisation(&into, 2, LEVEL_PRACTICE)),
                      "one"),
              "of P1");
    places_release(&into);
    places_release(&from);
}
