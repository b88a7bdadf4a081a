#include "place/belonging.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdio.h>

/* A practice (or, with a trust, that) with rows in a month; NULL is a level that the
 * extract does not have. */
struct seen {
    const char *practice;
    const char *sub_icb;
    const char *icb;
    const char *icb_name;
    const char *month;
    const char *trust;
    uint64_t rows;
};

enum { MOST_ROWS = 32 };

struct run {
    struct places places;
    struct presence list[MOST_ROWS];
    size_t count;
    struct registers registers;
    struct groups groups;
    struct placing placing;
    struct belonging *belonging;
};

static struct view text(const char *value)
{
    return value == NULL ? view_none() : view_of(value);
}

static void put(struct run *run, const struct seen *row)
{
    const struct row_organisations membership = {
        .code = {[LEVEL_PRACTICE] = text(row->practice),
                 [LEVEL_SUB_ICB] = text(row->sub_icb),
                 [LEVEL_ICB] = text(row->icb),
                 [LEVEL_REGION] = text(row->icb == NULL ? NULL : "Y60"),
                 [LEVEL_NATION] = text("E92000001"),
                 [LEVEL_TRUST] = text(row->trust)},
        .name = {[LEVEL_ICB] = text(row->icb_name)},
        .month = made_month(row->month),
    };
    struct presence *const presence = &run->list[run->count++];
    struct fail why = {0};

    presence->month = membership.month;
    presence->rows = row->rows;
    cr_assert(places_put(&run->places, &membership, &presence->place, &why) == STATUS_OK, "%s",
              why.text);
}

static void begin(struct run *run, const struct seen *rows, size_t count)
{
    *run = (struct run){.count = 0};
    for (size_t i = 0; i < count; i++)
        put(run, &rows[i]);
}

static void read_register(struct run *run, const char *name, const char *bytes)
{
    const struct reject_limit none = {0, 0};
    struct fail why = {0};

    write_text(in_scratch(name), bytes);
    cr_assert(registers_read(&run->registers, shipped_rules(), in_scratch(name), none, false,
                             &why) == STATUS_OK,
              "%s", why.text);
}

static void settle(struct run *run, enum places_view view)
{
    struct fail why = {0};

    registers_settle(&run->registers);
    run->placing.view = view;
    run->placing.registers = run->registers.account_count > 0 ? &run->registers : NULL;
    run->placing.groups = run->groups.count > 0 ? &run->groups : NULL;
    cr_assert(belonging_new(&run->belonging, &run->places, shipped_rules(), &run->placing,
                            run->list, run->count, &why) == STATUS_OK,
              "%s", why.text);
}

static void end(struct run *run)
{
    belonging_free(run->belonging);
    groups_release(&run->groups);
    registers_release(&run->registers);
    places_release(&run->places);
}

/* The code to which row `index` counts at a level, "none" when it has none. */
static char *code_of(const struct run *run, size_t index, enum level level)
{
    const struct presence *const presence = &run->list[index];
    const uint32_t organisation = stay_organisation(
        run->belonging, belonging_stay(run->belonging, presence->place, presence->month), level);

    return organisation == ORGANISATION_NONE
               ? (char *)"none"
               : (char *)organisation_code(&run->places, level, organisation).at;
}

static const char *standing_of(const struct run *run, enum level level, const char *code)
{
    return belonging_standing(run->belonging, level,
                              intern_find(&run->places.levels[level].codes, view_of(code)));
}

/* --- mergers and splits ------------------------------------------------------------ */

#define BEFORE "2025-12"
#define AFTER "2026-05"

/* Each with the ICB it counts to in the view now. */
static const struct seen changes[] = {
    {"A00001", "07H00", "QM7", "NHS HERTFORDSHIRE AND WEST ESSEX", BEFORE, NULL, 9},
    {"A00002", "06K00", "QM7", "NHS HERTFORDSHIRE AND WEST ESSEX", BEFORE, NULL, 9},
    {"A00003", "D4U1Y", "QNQ", "NHS FRIMLEY", BEFORE, NULL, 9},
    {"A00004", "D4U1Y", "QNQ", "NHS FRIMLEY", BEFORE, NULL, 9},
    {"A00005", "06L00", "QJG", "NHS SUFFOLK AND NORTH EAST ESSEX", BEFORE, NULL, 9},
    {"A00006", "15M00", "QJ2", "NHS DERBY AND DERBYSHIRE", BEFORE, NULL, 9},
    {"A00004", "D4U1Y", "QT9", "NHS THAMES VALLEY INTEGRATED CARE BOARD", AFTER, NULL, 9},
    {"A00007", "D4U1Y", "QS9", "NHS SURREY AND SUSSEX INTEGRATED CARE BOARD", AFTER, NULL, 9},
    {"A00008", "M1J4Y", "QC9", "NHS Central East Integrated Care Board", AFTER, NULL, 9},
    {"A00009", "07H00", "QE9", "NHS ESSEX INTEGRATED CARE BOARD", AFTER, NULL, 9},
};

static char *const icbs_now[] = {
    "QE9",   /* its sub-ICB is there today */
    "QC9",   /* its sub-ICB is not: by the rule, found by name */
    "QNQ",   /* its sub-ICB was divided: nobody can say */
    "QT9",   /* it says so itself */
    "T6Y0W", /* the successor is not in the run: by the code of the rule */
    "QJ2",   "QT9", "QS9", "QC9", "QE9",
};

Test(belonging, todays_icbs_follow_the_practice_then_its_sub_icb_then_the_rules)
{
    struct run run;

    begin(&run, changes, LENGTH_OF(changes));
    settle(&run, PLACES_NOW);
    for (size_t i = 0; i < LENGTH_OF(changes); i++)
        cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), icbs_now[i]), "%s in %s",
                  changes[i].practice, changes[i].month);
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_ICB, "QNQ"), (char *)"closed"), "Frimley");
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_ICB, "QJG"), (char *)"closed"), "Suffolk");
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_ICB, "QJ2"), (char *)""), "Derby");
    end(&run);
}

Test(belonging, each_month_as_it_was_keeps_what_the_extract_says)
{
    struct run run;

    begin(&run, changes, LENGTH_OF(changes));
    settle(&run, PLACES_THEN);
    for (size_t i = 0; i < LENGTH_OF(changes); i++)
        cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), (char *)changes[i].icb), "%s in %s",
                  changes[i].practice, changes[i].month);
    end(&run);
}

Test(belonging, today_is_the_latest_month_of_the_run_and_no_later)
{
    struct run run;

    begin(&run, changes, 6); /* before April 2026 */
    settle(&run, PLACES_NOW);
    for (size_t i = 0; i < 6; i++)
        cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), (char *)changes[i].icb), "%s",
                  changes[i].practice);
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_ICB, "QNQ"), (char *)""), "still there");
    cr_expect(eq(i32, belonging_today(run.belonging), made_month(BEFORE)), "today");
    end(&run);
}

/* Ended before the split: by the practice, by the ICB; what no rule lists stays.  The codes are
 * those of the rules; a successor that the files have under another code keeps that one. */
static const struct seen ended[] = {
    {"J82015", "D4U1Y", "QNQ", "NHS FRIMLEY", BEFORE, NULL, 9},
    {"H81013", "D4U1Y", "QNQ", "NHS FRIMLEY", BEFORE, NULL, 9},
    {"K81001", "D4U1Y", "QNQ", "NHS FRIMLEY", BEFORE, NULL, 9},
    {"H81047", "D4U1Y", "QNQ", "NHS FRIMLEY", BEFORE, NULL, 9},
    {"E81001", "M1J4Y", "QHG", "NHS BEDFORDSHIRE", BEFORE, NULL, 9},
    {"D81001", "06H00", "QUE", "NHS CAMBRIDGESHIRE AND PETERBOROUGH", BEFORE, NULL, 9},
    {"F81001", "99E00", "QH8", "NHS MID AND SOUTH ESSEX", BEFORE, NULL, 9},
    {"D82001", "26A00", "QMM", "NHS NORFOLK AND WAVENEY", BEFORE, NULL, 9},
    {"F83001", "93C00", "QMJ", "NHS NORTH CENTRAL LONDON", BEFORE, NULL, 9},
    {"C81001", "15M00", "QJ2", "NHS DERBY AND DERBYSHIRE", AFTER, NULL, 9},
    {"D82002", "26A01", "QZ9", "NHS NORFOLK AND SUFFOLK INTEGRATED CARE BOARD", AFTER, NULL, 9},
};

static char *const icbs_of_ended[] = {"QRL",   "S9B9J", "S0E4D", "QNQ", "S1Y5D", "S1Y5D",
                                      "D7T5G", "QZ9",   "Z9B2Z", "QJ2", "QZ9"};

Test(belonging, what_ended_before_the_mergers_of_april_2026_is_where_the_rules_put_it)
{
    struct run run;

    begin(&run, ended, LENGTH_OF(ended));
    settle(&run, PLACES_NOW);
    for (size_t i = 0; i < LENGTH_OF(ended); i++)
        cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), icbs_of_ended[i]), "%s", ended[i].practice);
    end(&run);
}

/* The merger of April 2027 is prepared: it moves nothing, and what goes on is not closed. */
Test(belonging, clusters_stay_until_the_files_say_that_they_merged)
{
    static const struct seen rows[] = {
        {"C81001", "15M00", "QJ2", "NHS DERBY AND DERBYSHIRE", "2027-03", NULL, 9},
        {"C81002", "15M00", "QJ2", "NHS DERBY AND DERBYSHIRE", "2027-03", NULL, 9},
        {"C81002", "15M00", "QJ2", "NHS DERBY AND DERBYSHIRE", "2027-05", NULL, 9},
        {"C82001", "03W00", "QK1", "NHS LEICESTER", "2027-03", NULL, 9},
        {"C82002", "03W00", "QK1", "NHS LEICESTER", "2027-03", NULL, 9},
        {"C82002", "03W00", "QX9", "NHS MADE UP MERGER", "2027-05", NULL, 9},
    };
    struct run run;

    begin(&run, rows, LENGTH_OF(rows));
    settle(&run, PLACES_NOW);
    cr_expect(eq(str, code_of(&run, 0, LEVEL_ICB), (char *)"QJ2"));
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_ICB, "QJ2"), (char *)""));
    cr_expect(eq(str, code_of(&run, 3, LEVEL_ICB), (char *)"QX9"), "with its sub-ICB");
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_ICB, "QK1"), (char *)"closed"));
    end(&run);
}

/* A code used again is not a closed one. */
static const struct seen used_again[] = {
    {"A00001", "06Q00", "QH8", "NHS MID AND SOUTH ESSEX", BEFORE, NULL, 9},
    {"A00002", "06Q00", "QH8", "NHS ESSEX INTEGRATED CARE BOARD", AFTER, NULL, 9},
};

Test(belonging, a_code_that_goes_on_after_a_merger_is_not_closed)
{
    struct run run;

    begin(&run, used_again, LENGTH_OF(used_again));
    settle(&run, PLACES_NOW);
    cr_expect(eq(str, code_of(&run, 0, LEVEL_ICB), (char *)"QH8"), "the same code");
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_ICB, "QH8"), (char *)""), "goes on");
    end(&run);
}

/* --- what an extract does not have --------------------------------------------------- */

static const struct seen lacking[] = {
    {"P00001", "00T", NULL, NULL, "2018-12", NULL, 9}, /* PDPI: no ICB, a short code */
    {"P00002", "00T", NULL, NULL, "2018-12", NULL, 9},
    {"P00001", "00T00", "QOP", "NHS GREATER MANCHESTER", "2023-01", NULL, 9},
};

Test(belonging, old_layouts_get_todays_organisations_and_one_code_for_a_sub_icb)
{
    struct run run;

    begin(&run, lacking, LENGTH_OF(lacking));
    settle(&run, PLACES_NOW);
    for (size_t i = 0; i < LENGTH_OF(lacking); i++) {
        cr_expect(eq(str, code_of(&run, i, LEVEL_SUB_ICB), (char *)"00T00"), "row %zu", i);
        cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), (char *)"QOP"), "row %zu", i);
        cr_expect(eq(str, code_of(&run, i, LEVEL_REGION), (char *)"Y60"), "row %zu", i);
    }
    end(&run);
    begin(&run, lacking, LENGTH_OF(lacking));
    settle(&run, PLACES_THEN);
    cr_expect(eq(str, code_of(&run, 0, LEVEL_SUB_ICB), (char *)"00T"), "as published");
    cr_expect(eq(str, code_of(&run, 0, LEVEL_ICB), (char *)"none"), "not told for that month");
    end(&run);
}

#define MAP_HEADER                                                                              \
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME," \
    "ONS_CCG_CODE,CCG_CODE,CCG_NAME,ONS_STP_CODE,STP_CODE,STP_NAME,ONS_COMM_REGION_CODE,"       \
    "COMM_REGION_CODE,COMM_REGION_NAME\n"
#define MAP_ROW(day, code, pcn, sub_icb, icb) \
    "X," day "," code ",SURGERY,,"            \
    "" pcn ",A PCN,," sub_icb ",A SUB-ICB,," icb ",AN ICB,,Y62,NORTH WEST\n"

/* The same practice in four months, with a list of 2022 between. */
static const struct seen around[] = {
    {"P00001", "00T", NULL, NULL, "2018-12", NULL, 9},
    {"P00001", "00T", NULL, NULL, "2022-01", NULL, 9},
    {"P00001", "00T00", "QXX", "AN ICB", "2022-02", NULL, 9},
    {"P00001", "00T00", "QXX", "AN ICB", "2025-02", NULL, 9},
};

Test(belonging, a_register_speaks_of_its_own_day_and_later_and_never_over_the_extract)
{
    static char *const pcns[] = {"none", "U00001", "U00001", "U00002"};
    static char *const icbs[] = {"none", "QOP", "QXX", "QXX"};
    struct run run;

    begin(&run, around, LENGTH_OF(around));
    read_register(&run, "2022.csv",
                  MAP_HEADER MAP_ROW("01Jan2022", "P00001", "U00001", "00T", "QOP"));
    read_register(&run, "2024.csv",
                  MAP_HEADER MAP_ROW("01Jan2024", "P00001", "U00002", "00T", "QOP"));
    settle(&run, PLACES_THEN);
    for (size_t i = 0; i < LENGTH_OF(around); i++) {
        cr_expect(eq(str, code_of(&run, i, LEVEL_PCN), pcns[i]), "PCN in %s", around[i].month);
        cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), icbs[i]), "ICB in %s", around[i].month);
    }
    end(&run);
}

Test(belonging, today_a_register_of_a_later_month_knows_better_than_the_extracts)
{
    static const char *const days[] = {"01Feb2025", "01Mar2025"};
    static char *const icbs[] = {"QXX", "QOP"};

    for (size_t d = 0; d < LENGTH_OF(days); d++) {
        char bytes[2000];
        struct run run;

        begin(&run, around, LENGTH_OF(around));
        snprintf(bytes, sizeof bytes, MAP_HEADER MAP_ROW("%s", "P00001", "U00001", "00T", "QOP"),
                 days[d]);
        read_register(&run, "map.csv", bytes);
        settle(&run, PLACES_NOW);
        for (size_t i = 0; i < LENGTH_OF(around); i++) {
            cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), icbs[d]), "register of %s", days[d]);
            cr_expect(eq(str, code_of(&run, i, LEVEL_PCN), (char *)"U00001"), "PCN");
            cr_expect(eq(str, code_of(&run, i, LEVEL_SUB_ICB), (char *)"00T00"), "as published");
        }
        end(&run);
    }
}

/* --- trusts ---------------------------------------------------------------------------- */

static const struct seen trusts[] = {
    {NULL, NULL, NULL, NULL, "2021-03", "RW6", 9},
    {NULL, NULL, NULL, NULL, "2021-03", "RM3", 9},
    {NULL, NULL, NULL, NULL, "2025-03", "RM3", 9},
    {NULL, NULL, NULL, NULL, "2025-03", "RYK", 9}, /* its successor has no rows here */
};

static const char trust_register[] =
    "RW6,PENNINE,Y62,QOP,,,,,,X,20020401,,,,,,,,,,,0,,H\n"
    "RM3,NORTHERN CARE ALLIANCE,Y62,QOP,,,,,,X,20160401,,,,,,,,,,,0,,H\n"
    "RYK,DUDLEY,Y60,QUA,,,,,,X,20160401,20240930,,,,,,,,,,0,,H\n";

Test(belonging, a_trust_counts_under_its_successor_today_and_under_itself_then)
{
    static char *const now[] = {"RM3", "RM3", "RM3", "TAJ"};
    static char *const icbs[] = {"QOP", "QOP", "QOP", "QUA"};
    struct run run;

    begin(&run, trusts, LENGTH_OF(trusts));
    read_register(&run, "etr.csv", trust_register);
    settle(&run, PLACES_NOW);
    for (size_t i = 0; i < LENGTH_OF(trusts); i++) {
        cr_expect(eq(str, code_of(&run, i, LEVEL_TRUST), now[i]), "row %zu", i);
        cr_expect(eq(str, code_of(&run, i, LEVEL_ICB), icbs[i]), "row %zu", i);
        cr_expect(eq(str, code_of(&run, i, LEVEL_NATION), (char *)"E92000001"), "row %zu", i);
    }
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_TRUST, "RW6"), (char *)"closed"), "RW6");
    cr_expect(eq(str, (char *)standing_of(&run, LEVEL_TRUST, "RM3"), (char *)"active"), "RM3");
    end(&run);
    begin(&run, trusts, LENGTH_OF(trusts));
    read_register(&run, "etr.csv", trust_register);
    settle(&run, PLACES_THEN);
    for (size_t i = 0; i < LENGTH_OF(trusts); i++)
        cr_expect(eq(str, code_of(&run, i, LEVEL_TRUST), (char *)trusts[i].trust), "row %zu", i);
    cr_expect(eq(str, code_of(&run, 0, LEVEL_ICB), (char *)"QOP"), "by the register");
    end(&run);
}

/* --- homes, patients, peers, groups ------------------------------------------------------- */

static const struct seen practices[] = {
    {"P00001", "00T00", "QOP", "GM", "2023-01", NULL, 2},
    {"P00001", "00V00", "QE1", "LSC", "2023-01", NULL, 7}, /* moved in the middle of the month */
    {"P00002", "00T00", "QOP", "GM", "2023-01", NULL, 5},
    {"00T998", "00T00", "QOP", "GM", "2023-01", NULL, 5},
    {"-", "-", "-", "UNIDENTIFIED", "2023-01", NULL, 5},
    {"Y00001", "00T00", "QOP", "GM", "2023-01", NULL, 5}, /* not in the register */
    {"P00998", "00T00", "QOP", "GM", "2023-01", NULL, 5}, /* a true code that ends in 998 */
    {"99998", NULL, "S08000015", "", "2023-01", NULL, 5}, /* a Scottish hospital */
};

static const char list_and_settings[] =
    "OrgCode,Name,NationalGrouping,HighLevelHealthGeography,Address1,Address2,Address3,Address4,"
    "Address5,Postcode,OpenDate,CloseDate,StatusCode,OrgSubTypeCode,Commissioner,"
    "JoinProviderDate,LeftProviderDate,TelNo,AmendedRecordIndicator,ProvPurch,PrescrSet\n"
    "P00001,ONE,Y62,QE1,,,,,,,19740401,,A,B,00V,20130401,,,0,00V,4\n"
    "P00002,TWO,Y62,QOP,,,,,,,19740401,,C,B,00T,20130401,,,0,00T,10\n"
    "P00998,THREE,Y62,QOP,,,,,,,19740401,,D,B,00T,20130401,,,0,00T,4\n";

static const char patients[] =
    "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,"
    "NUMBER_OF_PATIENTS\nX,01JAN2022,GP,P00001,,,ALL,ALL,4321\n";

static bool is_peer(const struct run *run, const char *code)
{
    return belonging_is_peer(run->belonging, LEVEL_PRACTICE,
                             intern_find(&run->places.levels[LEVEL_PRACTICE].codes, view_of(code)));
}

Test(belonging, the_patients_of_a_practice_in_two_places_count_where_most_of_its_rows_are)
{
    struct run run;

    begin(&run, practices, LENGTH_OF(practices));
    read_register(&run, "list.csv", patients);
    settle(&run, PLACES_THEN);
    for (size_t i = 0; i < LENGTH_OF(practices); i++) {
        const struct stay *const stay =
            belonging_stay(run.belonging, run.list[i].place, run.list[i].month);

        cr_expect(eq(i64, stay->patients, i < 2 ? 4321 : -1), "%s", practices[i].practice);
        cr_expect(stay->home == (i != 0), "%s in %s", practices[i].practice, practices[i].icb);
        if (i < 2)
            cr_expect(eq(i32, stay->patients_month, made_month("2022-01")), "of an earlier month");
    }
    end(&run);
}

Test(belonging, only_gp_practices_are_peers_where_a_register_tells_and_never_the_unidentified)
{
    /* practice; a peer with the register; without one; its state */
    static const struct {
        const char *code;
        bool told;
        bool untold;
        const char *standing;
    } expected[] = {
        {"P00001", true, true, "active"},
        {"P00002", false, true, "closed"},
        {"00T998", false, false, "unidentified"},
        {"-", false, false, "unidentified"},
        {"Y00001", false, true, ""},
        {"P00998", true, true, "dormant"},
        {"99998", false, false, "unidentified"},
    };
    struct run told;
    struct run untold;

    begin(&told, practices, LENGTH_OF(practices));
    read_register(&told, "report-2025-11.csv", list_and_settings);
    settle(&told, PLACES_THEN);
    begin(&untold, practices, LENGTH_OF(practices));
    settle(&untold, PLACES_THEN);
    for (size_t i = 0; i < LENGTH_OF(expected); i++) {
        cr_expect(is_peer(&told, expected[i].code) == expected[i].told, "%s", expected[i].code);
        cr_expect(is_peer(&untold, expected[i].code) == expected[i].untold, "%s", expected[i].code);
        cr_expect(eq(str, (char *)standing_of(&told, LEVEL_PRACTICE, expected[i].code),
                     (char *)expected[i].standing),
                  "%s", expected[i].code);
    }
    cr_expect(
        not(belonging_is_peer(untold.belonging, LEVEL_ICB,
                              intern_find(&untold.places.levels[LEVEL_ICB].codes, view_of("-")))),
        "the ICB of nobody");
    end(&told);
    end(&untold);
}

static size_t count_groups(const struct run *run, size_t index, const char *code)
{
    const struct presence *const presence = &run->list[index];
    const uint32_t group = intern_find(&run->places.levels[LEVEL_GROUP].codes, view_of(code));
    size_t found = 0;
    size_t count;
    const struct affiliation *const all = stay_members(
        run->belonging, belonging_stay(run->belonging, presence->place, presence->month), &count);

    for (size_t i = 0; i < count; i++)
        found += all[i].level == LEVEL_GROUP && all[i].organisation == group;
    return found;
}

Test(belonging, a_practice_is_once_in_each_of_its_groups)
{
    /* by row: how often in MIX, in WEST */
    static const size_t mix[] = {1, 1, 1, 1, 0, 1, 1, 0};
    static const size_t west[] = {0, 1, 0, 0, 0, 0, 0, 0};
    struct fail why = {0};
    struct run run;

    begin(&run, practices, LENGTH_OF(practices));
    write_text(in_scratch("groups.csv"),
               "group_code,group_name,organisation_code\n"
               "MIX,\"One, and a sub-ICB\",P00001\nMIX,\"One, and a sub-ICB\",00T\n"
               "WEST,West,QE1\nWEST,West,NOBODY\n");
    cr_assert(groups_read(&run.groups, in_scratch("groups.csv"), &why) == STATUS_OK, "%s",
              why.text);
    settle(&run, PLACES_THEN);
    for (size_t i = 0; i < LENGTH_OF(practices); i++) {
        cr_expect(eq(sz, count_groups(&run, i, "MIX"), mix[i]), "row %zu", i);
        cr_expect(eq(sz, count_groups(&run, i, "WEST"), west[i]), "row %zu", i);
    }
    cr_expect(not(run.groups.found[intern_find(&run.groups.members, view_of("NOBODY"))]),
              "a member that is not in the run is known");
    end(&run);
}

static const struct {
    const char *text;
    const char *says;
    uint64_t line;
} wrong_groups[] = {
    {"group,name,code\nA,A,P1\n", "the header is not", 1},
    {"group_code,group_name,organisation_code\n", "names no member", 0},
    {"group_code,group_name,organisation_code\nA,A\n", "three columns", 2},
    {"group_code,group_name,organisation_code\nA,A,\n", "missing or too long", 2},
    {"group_code,group_name,organisation_code\nA,A,P1\nA,B,P2\n", "another name before", 3},
    {"group_code,group_name,organisation_code\nA,A,P1\n\nA,A,P1\n", "in the group already", 4},
    {"group_code,group_name,organisation_code\nA,A\"B,P1\n", "a quote inside a bare field", 2},
};

Test(belonging, groups_that_are_wrong_are_refused_with_file_and_line)
{
    for (size_t i = 0; i < LENGTH_OF(wrong_groups); i++) {
        struct groups groups = {0};
        struct fail why = {0};

        write_text(in_scratch("wrong.csv"), wrong_groups[i].text);
        cr_expect(
            eq(int, (int)groups_read(&groups, in_scratch("wrong.csv"), &why), (int)STATUS_DATA),
            "%zu", i);
        cr_expect(strstr(why.text, wrong_groups[i].says) != NULL, "%zu says %s", i, why.text);
        cr_expect(strstr(why.file, "wrong.csv") != NULL, "%zu: %s", i, why.file);
        cr_expect(eq(u64, why.line, wrong_groups[i].line), "%zu", i);
        groups_release(&groups);
    }
}
