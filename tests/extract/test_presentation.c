#include "extract/presentation.h"

#include "support/cases.h"

#define DESFLURANE "39708611000001100"

static const struct {
    const char *code;
    enum origin origin;
    bool returned, unknown_cost;
    const char *unit_name, *unit_code, *site;
} some[] = {
    {"0301011R0BEAIAP", ORIGIN_PRIMARY, false, false, "", "", ""},
    {DESFLURANE, ORIGIN_PHARMACY, false, false, "", "", ""},
    {DESFLURANE, ORIGIN_PHARMACY, true, false, "", "", ""},
    {DESFLURANE, ORIGIN_PHARMACY, false, true, "", "", ""},
    {DESFLURANE, ORIGIN_PHARMACY, true, true, "ML", "258773002", ""},
    {DESFLURANE, ORIGIN_PHARMACY, false, false, "258773002", "", ""},
    {DESFLURANE, ORIGIN_PHARMACY, false, false, "", "258773002", ""},
    {"", ORIGIN_ELSEWHERE, false, false, "", "", ""},
    {"Entonox", ORIGIN_SUPPLY, false, true, "cylinder", "Entonox (BOC)/G", "Royal, \"north\""},
    {"Entonox", ORIGIN_USE, false, false, "litre", "", "Royal"},
};

static struct presentation number(size_t i)
{
    return (struct presentation){
        .code = view_of(some[i].code),
        .origin = some[i].origin,
        .returned = some[i].returned,
        .unknown_cost = some[i].unknown_cost,
        .unit_name = view_of(some[i].unit_name),
        .unit_code = view_of(some[i].unit_code),
        .site = view_of(some[i].site),
    };
}

static bool same(const struct presentation *a, const struct presentation *b)
{
    return view_equal(a->code, b->code) && a->origin == b->origin && a->returned == b->returned &&
           a->unknown_cost == b->unknown_cost && view_equal(a->unit_name, b->unit_name) &&
           view_equal(a->unit_code, b->unit_code) && view_equal(a->site, b->site);
}

Test(presentation, a_key_gives_back_what_it_was_made_of_and_no_two_are_the_same)
{
    char keys[LENGTH_OF(some)][PRESENTATION_KEY];
    struct view made[LENGTH_OF(some)];

    for (size_t i = 0; i < LENGTH_OF(some); i++) {
        const struct presentation about = number(i);
        struct presentation back;

        made[i] = presentation_key(&about, keys[i]);
        back = presentation_of(made[i]);
        cr_expect(same(&back, &about), "row %zu", i);
        cr_expect(view_equal(presentation_code(made[i]), about.code), "the code of row %zu", i);
        for (size_t j = 0; j < i; j++)
            cr_expect(view_equal(made[i], made[j]) == false, "rows %zu and %zu", i, j);
    }
    cr_expect(view_is(made[0], "0301011R0BEAIAP"), "in primary care the key is the code");
}

Test(presentation, a_key_holds_short_texts_without_control_characters)
{
    char long_text[PRESENTATION_TEXT + 1];

    memset(long_text, 'x', sizeof long_text);
    cr_expect(presentation_can_hold((struct view){long_text, PRESENTATION_TEXT}), "the longest");
    cr_expect(presentation_can_hold((struct view){long_text, sizeof long_text}) == false,
              "one more");
    cr_expect(presentation_can_hold(view_of("a\x1f"
                                            "b")) == false,
              "the separator itself");
    cr_expect(presentation_can_hold(view_of("a\nb")) == false, "a line end");
    cr_expect(presentation_can_hold(view_none()), "nothing");
}
