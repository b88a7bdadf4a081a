#include "place/registers.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdio.h>

static const struct reject_limit lenient = {10, 100};

static enum status try_read(struct registers *registers, const char *path, struct fail *why)
{
    return registers_read(registers, shipped_rules(), path, lenient, true, why);
}

/* The account of a file that can be read. */
static const struct register_account *read_one(struct registers *registers, const char *path)
{
    struct fail why = {0};
    char said[1024];

    if (try_read(registers, path, &why) != STATUS_OK) {
        fail_print(&why, said, sizeof said);
        cr_assert(false, "%s", said);
    }
    registers_settle(registers);
    return &registers->accounts[registers->account_count - 1];
}

static const char *parent_code(const struct registers *registers, enum level level,
                               const char *code, enum level parent_level, const char *month)
{
    const uint32_t number = registers_find(registers, shipped_rules(), level, view_of(code));
    const struct membership *const membership =
        number == INTERN_NONE
            ? NULL
            : registers_parent(registers, level, number, parent_level, made_month(month));

    return membership == NULL
               ? "none"
               : organisation_code(&registers->names, parent_level, membership->parent).at;
}

/* Counts of the real registers, as formats.md states them. */
static const struct {
    const char *path;
    const char *layout;
    uint64_t rows;
    uint64_t used;
    uint64_t left_out;
    uint64_t active_gp;
    int64_t patients;
    date_t date;
    enum date_origin origin;
} real[] = {
    {"data/registers/epraccur_2025-11.csv", "epraccur-27", 16685, 16685, 0, 6618, 0, 20251101,
     DATE_OF_NAME},
    {"data/registers/ePCN_PCNDetails.csv", "epcn-pcn-details", 1366, 1366, 0, 0, 0, 20241001,
     DATE_OF_ROWS},
    {"data/registers/ePCN_PCN_Core_Partner_Details.csv", "epcn-core-partners", 7705, 7705, 0, 0, 0,
     20241001, DATE_OF_ROWS},
    {"data/registers/gp-reg-pat-prac-all_2021-01.csv", "list-size-ccg", 6658, 6658, 0, 0, 60606345,
     20210101, DATE_OF_COLUMN},
    {"data/registers/gp-reg-pat-prac-map_2022.csv", "list-map-ccg", 6527, 6527, 0, 0, 0, 20220101,
     DATE_OF_COLUMN},
    {"data/registers/gp-reg-pat-prac-quin-age_sample.csv", "list-size-quin-age", 172, 4, 168, 0, 0,
     20170901, DATE_OF_COLUMN},
    {"data/registers/etr.csv", "etr-24", 227, 227, 0, 0, 0, 20200326, DATE_OF_ROWS},
};

Test(registers, real_registers_give_the_published_counts)
{
    for (size_t i = 0; i < LENGTH_OF(real); i++) {
        struct registers registers = {0};

        REQUIRE_SHARED(real[i].path);
        const struct register_account *const account = read_one(&registers, shared(real[i].path));

        cr_expect(eq(str, (char *)account->layout->id, (char *)real[i].layout), "layout");
        cr_expect(eq(u64, account->rows_read, real[i].rows), "%s: rows", real[i].path);
        cr_expect(eq(u64, account->rows_used, real[i].used), "%s: used", real[i].path);
        cr_expect(eq(u64, account->rows_left_out, real[i].left_out), "%s: skipped", real[i].path);
        cr_expect(eq(sz, account->rejects.count, 0), "%s: bad rows", real[i].path);
        cr_expect(eq(u64, account->active_gp_practices, real[i].active_gp), "%s: active practices",
                  real[i].path);
        if (real[i].patients > 0)
            cr_expect(eq(i64, account->patients, real[i].patients), "%s: patients", real[i].path);
        cr_expect(eq(i32, account->date, real[i].date), "%s: date", real[i].path);
        cr_expect(eq(int, (int)account->origin, (int)real[i].origin), "%s: date from",
                  real[i].path);
        cr_expect(eq(sz, strlen(account->sha256), 64), "%s: digest", real[i].path);
        registers_release(&registers);
    }
}

/* --- registers made byte by byte ----------------------------------------------------- */

static const char *made_file(const char *name, const char *text)
{
    static char path[4096];

    snprintf(path, sizeof path, "%s", in_scratch(name));
    write_text(path, text);
    return path;
}

#define PRACTICE_27(code, name, open, close, status, commissioner, joined, left, setting)         \
    "\"" code "\",\"" name "\",\"Y62\",\"QOP\",\"A, B\",\"C\",\"\",\"\",\"\",\"BL1 1AA\",\"" open \
    "\",\"" close "\",\"" status "\",\"B\",\"" commissioner "\",\"" joined "\",\"" left           \
    "\",\"\",\"\",\"\",\"\",\"0\",\"\",\"" commissioner "\",\"\",\"" setting "\",\"\"\r\n"

static const char practices[] = PRACTICE_27("P00001", "ONE, \"\"THE\"\" SURGERY", "19740401", "",
                                            "A", "00T", "20130401", "", "4")
    PRACTICE_27("P00002", "TWO", "19740401", "20200331", "C", "00T", "20130401", "20200331", "4")
        PRACTICE_27("P00003", "THREE", "20010401", "", "D", "00V", "20130401", "", "0")
            PRACTICE_27("P00004", "FOUR", "20300401", "", "P", "00V", "20300401", "", "4");

#define REPORT_HEADER                                                                             \
    "OrgCode,Name,NationalGrouping,HighLevelHealthGeography,Address1,Address2,Address3,Address4," \
    "Address5,Postcode,OpenDate,CloseDate,StatusCode,OrgSubTypeCode,Commissioner,"                \
    "JoinProviderDate,LeftProviderDate,TelNo,AmendedRecordIndicator,ProvPurch,PrescrSet\n"

#define MAP_ICB                                                                                    \
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,"                      \
    "ONS_SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ONS_ICB_CODE,ICB_CODE," \
    "ICB_NAME,ONS_COMM_REGION_CODE,COMM_REGION_CODE,COMM_REGION_NAME,PCN_CODE,PCN_NAME"

#define TRUST_TAIL ",,,,,,,,,,0,,H"

/* clang-format off */
static const struct {
    const char *name;
    const char *text;
    const char *layout;
    uint64_t used;
    date_t date;
} made[] = {
    {"epraccur.csv", practices, "epraccur-27", 4, 20200331},
    {"report-2022-12.csv",
     REPORT_HEADER "P00001,ONE,Y62,QOP,,,,,,,19740401,,A,B,00T,20130401,,,0,00T,4\n", "epraccur-report",
     1,                                                                                         20221201},
    {"list.csv",
     "\xef\xbb\xbfPUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,CODE,"
     "POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\nGP_PRAC_PAT_LIST,01-Sep-23,GP,00T,E38000016,P00001,BL1 1AA,"
     "ALL,ALL,5000\nGP_PRAC_PAT_LIST,01-Sep-23,GP,00T,E38000016,P00001,BL1 1AA,MALE,ALL,2400\n",
     "list-size-sub-icb", 1,                                                                    20230901},
    {"map.csv",
     MAP_ICB ",SUPPLIER_NAME\nGP_PRAC_PAT_LIST,01JUL2022,P00001,ONE,BL1 1AA,E1,00T,NHS GM - 00T,E5,QOP,"
             "NHS GREATER MANCHESTER,E4,Y62,NORTH WEST,U00001,FIRST PCN,EMIS\n",
     "list-map-icb", 1,                                                                         20220701},
    {"map-without-supplier.csv",
     MAP_ICB "\nGP_PRAC_PAT_LIST,01JUL2022,P00001,ONE,BL1 1AA,E1,00T,NHS GM - 00T,E5,QOP,"
             "NHS GREATER MANCHESTER,E4,Y62,NORTH WEST,U,Unallocated\n",
     "list-map-icb", 1,                                                                         20220701},
    {"ePCN_20240131.csv",
     "\"PCN Code \",PCN  Name,\"Current\r\nSub ICB Loc Code\",Sub ICB Location,Open Date,Close Date,"
     "Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Postcode\n"
     "U00001,FIRST PCN,00T,\"NHS A, B ICB - 00T\",20190701,,,,,,,BL1 1AA\n",
     "epcn-pcn-details", 1,                                                                     20240131},
    {"etr.csv", "R0A,TRUST A,Y62,QOP,,,,,,M13 9WL,20171001," TRUST_TAIL ",,,\n", "etr-24", 1,  20171001},
};
/* clang-format on */

Test(registers, every_layout_is_known_by_its_header_or_its_shape)
{
    for (size_t i = 0; i < LENGTH_OF(made); i++) {
        struct registers registers = {0};
        const struct register_account *const account =
            read_one(&registers, made_file(made[i].name, made[i].text));

        cr_expect(eq(str, (char *)account->layout->id, (char *)made[i].layout), "%s", made[i].name);
        cr_expect(eq(u64, account->rows_used, made[i].used), "%s: rows", made[i].name);
        cr_expect(eq(i32, account->date, made[i].date), "%s: date", made[i].name);
        cr_expect(eq(sz, account->rejects.count, 0), "%s: bad rows", made[i].name);
        registers_release(&registers);
    }
}

/* child, parent level, month, parent */
static const struct {
    enum level level;
    const char *child;
    enum level parent_level;
    const char *month;
    const char *parent;
} belongings[] = {
    {LEVEL_PRACTICE, "P00001", LEVEL_SUB_ICB, "2013-03", "none"},
    {LEVEL_PRACTICE, "P00001", LEVEL_SUB_ICB, "2013-04", "00T"},
    {LEVEL_PRACTICE, "P00001", LEVEL_SUB_ICB, "2026-04", "00T"},
    {LEVEL_PRACTICE, "P00002", LEVEL_SUB_ICB, "2020-03", "00T"},
    {LEVEL_PRACTICE, "P00002", LEVEL_SUB_ICB, "2020-04", "none"},
    {LEVEL_PRACTICE, "P00001", LEVEL_ICB, "2020-02", "none"}, /* before the register's day */
    {LEVEL_PRACTICE, "P00001", LEVEL_ICB, "2020-03", "QOP"},
    {LEVEL_PRACTICE, "P00001", LEVEL_PCN, "2019-06", "none"},
    {LEVEL_PRACTICE, "P00001", LEVEL_PCN, "2019-07", "U00001"},
    {LEVEL_PRACTICE, "P00001", LEVEL_PCN, "2021-10", "U00002"}, /* two open rows: the later */
    {LEVEL_PRACTICE, "P00003", LEVEL_PCN, "2021-09", "U00001"},
    {LEVEL_PRACTICE, "P00003", LEVEL_PCN, "2021-10", "none"}, /* left in the middle of it */
    {LEVEL_TRUST, "R0A", LEVEL_ICB, "2017-09", "none"},
    {LEVEL_TRUST, "R0A", LEVEL_ICB, "2017-10", "QOP"}, /* since it opened */
};

#define PARTNER_HEADER                                                                           \
    "\"Partner\nOrganisation\nCode\",\"Partner\nName\",\"Practice\nParent\nSub ICB Loc Code\","  \
    "\"Practice\nParent\nSub ICB Loc Name\",PCN Code,PCN Name,\"PCN Parent\nSub ICB Loc Code\"," \
    "\"PCN Parent\nSub ICB Loc Name\",\"Practice to PCN\nRelationship\nStart Date\","            \
    "\"Practice to PCN\nRelationship\nEnd Date\","                                               \
    "Practice Sub ICB Loc and PCN Sub ICB Loc Match \n"

static const char partners[] =
    PARTNER_HEADER "P00001,ONE,00T,X,U00001,FIRST PCN,00T,X,20190701,,1\n"
                   "P00001,ONE,00T,X,U00002,SECOND PCN,00T,X,20211015,,1\n"
                   "P00003,THREE,00V,X,U00001,FIRST PCN,00T,X,20190701,20211015,0\n";

Test(registers, an_organisation_belongs_where_its_days_say_at_the_end_of_a_month)
{
    struct registers registers = {0};

    read_one(&registers, made_file("epraccur.csv", practices));
    read_one(&registers, made_file("partners.csv", partners));
    read_one(&registers, made_file("etr.csv", made[LENGTH_OF(made) - 1].text));
    for (size_t i = 0; i < LENGTH_OF(belongings); i++)
        cr_expect(eq(str,
                     (char *)parent_code(&registers, belongings[i].level, belongings[i].child,
                                         belongings[i].parent_level, belongings[i].month),
                     (char *)belongings[i].parent),
                  "%s in %s", belongings[i].child, belongings[i].month);
    cr_expect(registers_find(&registers, shipped_rules(), LEVEL_SUB_ICB, view_of("00T00")) !=
                  INTERN_NONE,
              "the code of a sub-ICB may be padded as in an extract");
    registers_release(&registers);
}

#define MAP_CCG                                                                                 \
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME," \
    "ONS_CCG_CODE,CCG_CODE,CCG_NAME,ONS_STP_CODE,STP_CODE,STP_NAME,ONS_COMM_REGION_CODE,"       \
    "COMM_REGION_CODE,COMM_REGION_NAME\n"
#define MAP_ROW(day, code, pcn) "X," day "," code ",N,," pcn ",PCN,,00T,S,,QOP,I,,Y62,R\n"

/* A list of 2020 and one of 2026, around a register of days: month, PCN of P00001, of P00003. */
static const struct {
    const char *month;
    const char *first;
    const char *third;
} told[] = {
    {"2020-03", "U00001", "U00001"}, /* the days, not the list of that January */
    {"2021-10", "U00002", "none"},   /* left: the older list does not bring it back */
    {"2026-02", "U00009", "U00009"}, /* a list of a later date than the days */
};

Test(registers, days_outdo_an_older_list_and_a_later_list_outdoes_days)
{
    struct registers registers = {0};

    read_one(&registers, made_file("old.csv", MAP_CCG MAP_ROW("01Jan2020", "P00001", "U00008")
                                                  MAP_ROW("01Jan2020", "P00003", "U00008")));
    read_one(&registers, made_file("partners.csv", partners));
    read_one(&registers, made_file("new.csv", MAP_CCG MAP_ROW("01Feb2026", "P00001", "U00009")
                                                  MAP_ROW("01Feb2026", "P00003", "U00009")));
    for (size_t i = 0; i < LENGTH_OF(told); i++) {
        cr_expect(
            eq(str,
               (char *)parent_code(&registers, LEVEL_PRACTICE, "P00001", LEVEL_PCN, told[i].month),
               (char *)told[i].first),
            "P00001 in %s", told[i].month);
        cr_expect(
            eq(str,
               (char *)parent_code(&registers, LEVEL_PRACTICE, "P00003", LEVEL_PCN, told[i].month),
               (char *)told[i].third),
            "P00003 in %s", told[i].month);
    }
    registers_release(&registers);
}

static const struct standing_facts *facts_of(const struct registers *registers, const char *code)
{
    return registers_facts(
        registers, LEVEL_PRACTICE,
        registers_find(registers, shipped_rules(), LEVEL_PRACTICE, view_of(code)));
}

Test(registers, the_register_of_the_later_day_says_what_an_organisation_is)
{
    static const char older[] =
        REPORT_HEADER "P00001,OLD NAME,Y62,QOP,,,,,,,19740401,,D,B,00T,20130401,,,0,00T,9\n";

    for (int turn = 0; turn < 2; turn++) {
        struct registers registers = {0};

        if (turn == 0)
            read_one(&registers, made_file("report-2019-12.csv", older));
        read_one(&registers, made_file("epraccur_2021-01.csv", practices));
        if (turn == 1)
            read_one(&registers, made_file("report-2019-12.csv", older));
        cr_expect(eq(int, (int)facts_of(&registers, "P00001")->standing, (int)STANDING_active),
                  "turn %d", turn);
        cr_expect(facts_of(&registers, "P00001")->is_gp, "turn %d: a GP practice", turn);
        cr_expect(eq(int, (int)facts_of(&registers, "P00003")->standing, (int)STANDING_dormant),
                  "dormant");
        cr_expect(not(facts_of(&registers, "P00003")->is_gp), "setting 0");
        cr_expect(registers.tells_settings, "who is a GP practice is known");
        registers_release(&registers);
    }
}

#define LIST_HEADER                                                                 \
    "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5," \
    "NUMBER_OF_PATIENTS\n"
#define LIST_ROW(day, code, patients) "X," day ",GP," code ",,,ALL,ALL," patients "\n"

/* month, patients and their month; 0 where there is no list yet */
static const struct {
    const char *month;
    int64_t patients;
    const char *of;
} sizes[] = {
    {"2020-12", 0, ""},           {"2021-01", 1000, "2021-01"}, {"2021-06", 1000, "2021-01"},
    {"2021-07", 1100, "2021-07"}, {"2030-01", 1100, "2021-07"},
};

Test(registers, the_list_size_of_a_month_is_the_nearest_earlier_one)
{
    struct registers registers = {0};

    read_one(&registers,
             made_file("later.csv", LIST_HEADER LIST_ROW("01JUL2021", "P00001", "1100")));
    read_one(&registers, made_file("first.csv", LIST_HEADER LIST_ROW("01JAN2021", "P00001", "1000")
                                                    LIST_ROW("01JAN2021", "P00002", "0")));
    const uint32_t practice =
        registers_find(&registers, shipped_rules(), LEVEL_PRACTICE, view_of("P00001"));

    for (size_t i = 0; i < LENGTH_OF(sizes); i++) {
        const struct list_size *const size =
            registers_size(&registers, practice, made_month(sizes[i].month));

        cr_expect(eq(i64, size == NULL ? 0 : size->patients, sizes[i].patients), "%s",
                  sizes[i].month);
        if (size != NULL)
            cr_expect(eq(i32, size->month, made_month(sizes[i].of)), "%s", sizes[i].month);
    }
    registers_release(&registers);
}

/* A good row, and one with this fault on line 3. */
static const struct {
    const char *row;
    enum reject_reason reason;
    const char *column;
} bad_rows[] = {
    {"X,01JAN2021,GP,P00002,,,ALL,ALL\n", REJECT_COLUMNS, ""},
    {"X,01JAN2021,GP,,,,ALL,ALL,5\n", REJECT_EMPTY, "ORG_CODE"},
    {"X,2021-13-01,GP,P00002,,,ALL,ALL,5\n", REJECT_DATE, "EXTRACT_DATE"},
    {"X,,GP,P00002,,,ALL,ALL,5\n", REJECT_EMPTY, "EXTRACT_DATE"},
    {"X,01JAN2021,GP,P00002,,,ALL,ALL,5.5\n", REJECT_NUMBER, "NUMBER_OF_PATIENTS"},
    {"X,01JAN2021,GP,P00002,,,ALL,ALL,-5\n", REJECT_NEGATIVE, "NUMBER_OF_PATIENTS"},
    {"X,01JAN2021,GP,P00002,,,ALL,ALL,99999999\n", REJECT_RANGE, "NUMBER_OF_PATIENTS"},
    {"X,01JAN2021,GP,P 2,,,ALL,ALL,5\n", REJECT_CODE, "ORG_CODE"},
    {"X,01JAN2021,GP,P00\"2,,,ALL,ALL,5\n", REJECT_QUOTE, ""},
};

Test(registers, a_bad_row_costs_that_row_and_is_told_with_its_line)
{
    for (size_t i = 0; i < LENGTH_OF(bad_rows); i++) {
        struct registers registers = {0};
        char text[1000];

        snprintf(text, sizeof text, "%s%s%s", LIST_HEADER LIST_ROW("01JAN2021", "P00001", "1000"),
                 bad_rows[i].row, LIST_ROW("01JAN2021", "P00003", "3000"));
        const struct register_account *const account =
            read_one(&registers, made_file("list.csv", text));

        cr_expect(eq(u64, account->rows_read, 3), "row %zu", i);
        cr_expect(eq(u64, account->rows_used, 2), "row %zu", i);
        cr_assert(eq(sz, account->rejects.count, 1), "row %zu", i);
        cr_expect(eq(u64, account->rejects.list[0].line, 3), "row %zu", i);
        cr_expect(eq(int, (int)account->rejects.list[0].reason, (int)bad_rows[i].reason), "row %zu",
                  i);
        cr_expect(eq(str, (char *)account->rejects.list[0].column, (char *)bad_rows[i].column),
                  "row %zu", i);
        registers_release(&registers);
    }
}

/* clang-format off */
static const struct {
    const char *text;
    const char *says;
    uint64_t line;
} refusals[] = {
    {"",                                                                "holds no row",                    0},
    {"A,B,C\n1,2,3\n",                                                  "no known register has this header", 1},
    {LIST_HEADER "X,\"01JAN2021,GP,P00002,,,ALL,ALL,5\n",               "never closed",                    2},
    {LIST_HEADER "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n",                 "11 of 11 rows cannot be used",    0},
    {PRACTICE_27("P00001", "N", "1974", "", "A", "00T", "", "", "4") "x\n"
     "1\n2\n3\n4\n5\n6\n7\n8\n9\n",                                      "the first on line 1: not a day",  0},
};
/* clang-format on */

Test(registers, a_file_that_is_no_register_is_refused_with_its_name_and_line)
{
    for (size_t i = 0; i < LENGTH_OF(refusals); i++) {
        struct registers registers = {0};
        struct fail why = {0};
        const enum status status =
            try_read(&registers, made_file("strange.csv", refusals[i].text), &why);

        cr_expect(eq(int, (int)status, (int)STATUS_DATA), "refusal %zu", i);
        cr_expect(strstr(why.text, refusals[i].says) != NULL, "refusal %zu says: %s", i, why.text);
        cr_expect(strstr(why.file, "strange.csv") != NULL, "refusal %zu in %s", i, why.file);
        cr_expect(eq(u64, why.line, refusals[i].line), "refusal %zu", i);
        registers_release(&registers);
    }
}
