#include "place/lineage.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

/* Rows of practices in months, in the view of then; NULL: a level that the extract lacks. */
struct seen {
    const char *practice, *sub_icb, *icb, *month;
};

enum { MOST_ROWS = 32 };

struct run {
    struct places places;
    struct presence list[MOST_ROWS];
    struct placing placing;
    struct belonging *belonging;
    struct lineage lineage;
};

static struct view text(const char *value)
{
    return value == NULL ? view_none() : view_of(value);
}

static void begin(struct run *run, const struct seen *rows, size_t count, enum places_view view,
                  const char *code)
{
    struct fail why = {0};

    *run = (struct run){.placing.view = view};
    for (size_t i = 0; i < count; i++) {
        const struct row_organisations row = {
            .code = {[LEVEL_PRACTICE] = text(rows[i].practice),
                     [LEVEL_SUB_ICB] = text(rows[i].sub_icb),
                     [LEVEL_ICB] = text(rows[i].icb),
                     [LEVEL_NATION] = view_of("E92000001")},
            .month = made_month(rows[i].month),
        };

        run->list[i] = (struct presence){.month = row.month, .rows = 9};
        cr_assert(places_put(&run->places, &row, &run->list[i].place, &why) == STATUS_OK);
    }
    cr_assert(belonging_new(&run->belonging, &run->places, shipped_rules(), &run->placing,
                            run->list, count, &why) == STATUS_OK,
              "%s", why.text);
    cr_assert(lineage_new(&run->lineage, run->belonging, code, LEVEL_PRACTICE, &why) == STATUS_OK,
              "%s", why.text);
}

static void end(struct run *run)
{
    lineage_release(&run->lineage);
    belonging_free(run->belonging);
    places_release(&run->places);
}

static bool has(const struct run *run, enum level level, const char *code)
{
    const uint32_t number = intern_find(&run->places.levels[level].codes, view_of(code));

    cr_assert(number != INTERN_NONE, "%s", code);
    return lineage_has(&run->lineage, level, number);
}

/* Bedfordshire, Luton and Milton Keynes and its neighbour become Central East.  E1 stays; E2 moves
 * from one to the other before, E3 after; E4 closes before; E5 opens after; D1 is the
 * neighbour's. */
static const struct seen merger[] = {
    {"E1", "M1J4Y", "QHG", "2026-02"},   {"E1", "M1J4Y", "S1Y5D", "2026-05"},
    {"E2", "M1J4Y", "QHG", "2025-12"},   {"E2", "06H00", "QUE", "2026-02"},
    {"E2", "06H00", "S1Y5D", "2026-05"}, {"E3", "M1J4Y", "QHG", "2026-02"},
    {"E3", "06H00", "S1Y5D", "2026-05"}, {"E4", "M1J4Y", "QHG", "2025-12"},
    {"E5", "M1J4Y", "S1Y5D", "2026-05"}, {"D1", "06H00", "QUE", "2026-02"},
    {"D1", "06H00", "S1Y5D", "2026-05"},
};

static const struct {
    enum level level;
    const char *code;
    bool has;
} of_bedfordshire[] = {
    {LEVEL_PRACTICE, "E1", true},   {LEVEL_PRACTICE, "E2", false},   {LEVEL_PRACTICE, "E3", false},
    {LEVEL_PRACTICE, "E4", true},   {LEVEL_PRACTICE, "E5", true},    {LEVEL_PRACTICE, "D1", false},
    {LEVEL_SUB_ICB, "M1J4Y", true}, {LEVEL_SUB_ICB, "06H00", false}, {LEVEL_ICB, "S1Y5D", false},
};

Test(lineage, the_part_that_an_icb_was_is_known_in_both_views)
{
    for (int view = PLACES_THEN; view <= PLACES_NOW; view++) {
        struct run run;

        begin(&run, merger, LENGTH_OF(merger), (enum places_view)view, "QHG");
        cr_assert(run.lineage.ended && run.lineage.level == LEVEL_ICB);
        cr_expect(eq(int, run.lineage.since, made_month("2026-04")), "the day of the rule");
        for (size_t i = 0; i < LENGTH_OF(of_bedfordshire); i++)
            cr_expect(eq(int, has(&run, of_bedfordshire[i].level, of_bedfordshire[i].code),
                         of_bedfordshire[i].has),
                      "view %d: %s", view, of_bedfordshire[i].code);
        cr_assert(eq(sz, run.lineage.heir_count, 1));
        cr_expect(
            view_is(organisation_code(&run.places, LEVEL_ICB, run.lineage.heirs[0]), "S1Y5D"));
        end(&run);
    }
}

/* Months after the merger alone: the rules say in which sub-ICBs an ICB goes on. */
Test(lineage, months_after_the_end_are_enough)
{
    static const struct seen rows[] = {
        {"E1", "M1J4Y", "S1Y5D", "2026-07"},     {"D1", "06H00", "S1Y5D", "2026-07"},
        {"K1", "06K00", "S1Y5D", "2026-07"},     {"F1", "07H00", "D7T5G", "2026-07"},
        {"K81001", "D4U1Y", "S0E4D", "2026-07"},
    };
    static const struct {
        const char *icb, *practice;
    } parts[] = {{"QHG", "E1"}, {"QUE", "D1"}, {"QM7", "K1"}, {"QM7", "F1"}, {"QNQ", "K81001"}};

    for (size_t i = 0; i < LENGTH_OF(parts); i++) {
        struct run run;

        begin(&run, rows, LENGTH_OF(rows), PLACES_THEN, parts[i].icb);
        cr_assert(run.lineage.ended && run.lineage.rule != NULL);
        for (size_t k = 0; k < LENGTH_OF(rows); k++) {
            bool wanted = false;

            for (size_t p = 0; p < LENGTH_OF(parts); p++)
                wanted = wanted || (strcmp(parts[p].icb, parts[i].icb) == 0 &&
                                    strcmp(parts[p].practice, rows[k].practice) == 0);
            cr_expect(eq(int, has(&run, LEVEL_PRACTICE, rows[k].practice), wanted), "%s: %s",
                      parts[i].icb, rows[k].practice);
        }
        cr_expect(not(has(&run, LEVEL_ICB, "S1Y5D")), "it has three sources");
        end(&run);
    }
}

/* No rule knows these: whoever counted to it when it was last there; new sub-ICBs too. */
Test(lineage, without_rules_the_months_before_say_it)
{
    static const struct seen rows[] = {
        {"P1", "X0100", "QX1", "2027-03"}, {"P2", "X0100", "QX1", "2027-03"},
        {"P3", "X0200", "QX2", "2027-03"}, {"P1", "X0900", "QX9", "2027-04"},
        {"P2", "X0900", "QX9", "2027-04"}, {"P4", "X0900", "QX9", "2027-04"},
        {"P3", "X0200", "QX8", "2027-04"},
    };
    struct run run;

    begin(&run, rows, LENGTH_OF(rows), PLACES_THEN, "QX1");
    cr_assert(run.lineage.ended);
    cr_expect(has(&run, LEVEL_PRACTICE, "P1") && has(&run, LEVEL_PRACTICE, "P2"));
    cr_expect(has(&run, LEVEL_SUB_ICB, "X0900") && has(&run, LEVEL_PRACTICE, "P4"),
              "all that it had were of it, so the new one is");
    cr_expect(has(&run, LEVEL_ICB, "QX9"), "a new code, and the same organisation");
    cr_expect(not(has(&run, LEVEL_PRACTICE, "P3")));
    cr_expect(not(has(&run, LEVEL_ICB, "QX8")));
    end(&run);
}

Test(lineage, what_is_there_in_the_last_month_has_not_ended)
{
    static const struct seen rows[] = {
        {"E1", "M1J4Y", "QHG", "2026-02"},
        {"E1", "M1J4Y", "QHG", "2026-05"},
        {"D1", "06H00", "QUE", "2026-02"},
    };
    struct run run;

    begin(&run, rows, LENGTH_OF(rows), PLACES_THEN, "QHG");
    cr_expect(not(run.lineage.ended), "whatever the rule says");
    end(&run);
    begin(&run, rows, 1, PLACES_THEN, "QHG");
    cr_expect(not(run.lineage.ended), "before the day of the rule");
    end(&run);
    begin(&run, rows, LENGTH_OF(rows), PLACES_THEN, "Q99");
    cr_expect(not(run.lineage.ended), "nobody knows it");
    end(&run);
}
