/* Hospital months from file to result: layouts, series, returns, units, missing months, waste. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>

#define OLD                                                                            \
    "YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,UNIT_OF_MEASURE_IDENTIFIER," \
    "UNIT_OF_MEASURE_NAME,"
#define DESFLURANE "39708611000001100,Desflurane volatile liquid,258773002,ML,"
#define SEVOFLURANE "39711011000001104,Sevoflurane volatile liquid,258773002,ML,"
#define TABLETS "326874007,MADE UP tablets,428673006,TABLET,"

/* The same month in every layout, byte by byte; the last with its columns in another order. */
static const struct {
    const char *era, *text;
} layouts[] = {
    {"scmd-retired",
     OLD "TOTAL_QUANITY_IN_VMP_UNIT\n"
         "2019-02,RZ1,39708611000001100,Desflurane volatile liquid,258773002,ml,14400\n"
         "2019-02,RZ1,39711011000001104,Sevoflurane volatile liquid,258773002,ml,44250\n"
         "2019-02,RZ2,326874007,MADE UP tablets,428673006,tablet,33\n"},
    {"scmd-retired-spelt",
     OLD "TOTAL_QUANTITY_IN_VMP_UNIT\n201902,RZ1," DESFLURANE "14400\n201902,RZ1," SEVOFLURANE
         "44250\n201902,RZ2," TABLETS "33\n"},
    {"scmd-price",
     OLD "TOTAL_QUANITY_IN_VMP_UNIT,INDICATIVE_COST\n201902,RZ1," DESFLURANE
         "14400,9000\n201902,RZ1," SEVOFLURANE "44250,\n201902,RZ2," TABLETS "33,1.5\n"},
    {"scmd-price-spelt",
     "\xef\xbb\xbf" OLD "TOTAL_QUANTITY_IN_VMP_UNIT,INDICATIVE_COST\r\n\"201902\",\"RZ1\","
     "\"39708611000001100\",\"Desflurane volatile liquid\",\"258773002\",\"ML\",14400.,9000.\r\n"
     "201902,RZ1," SEVOFLURANE "44250.00,\r\n201902,RZ2," TABLETS "33,1.5"},
    {"scmd-udfs",
     "YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,"
     "VMP_UDFS_UNIT_OF_MEASURE_IDENTIFIER,VMP_UDFS_UNIT_OF_MEASURE_NAME,"
     "TOTAL_QUANTITY_IN_VMP_UDFS_UNIT_OF_MEASURE,INDICATIVE_COST,"
     "VMP_UNIT_DOSE_UNIT_OF_MEASURE_NAME,TOTAL_QUANTITY_IN_VMP_UNIT_DOSE_UNIT_OF_MEASURE\n"
     "201902,RZ1," DESFLURANE "14400,9000,ML,1\n201902,RZ1," SEVOFLURANE
     "44250,,ML,1\n201902,RZ2," TABLETS "33,1.5,TABLET,1\n"},
    {"scmd-udfs",
     "INDICATIVE_COST,TOTAL_QUANTITY_IN_VMP_UNIT_DOSE_UNIT_OF_MEASURE,ODS_CODE,"
     "VMP_UNIT_DOSE_UNIT_OF_MEASURE_IDENTIFIER,VMP_PRODUCT_NAME,"
     "TOTAL_QUANTITY_IN_VMP_UDFS_UNIT_OF_MEASURE,VMP_UDFS_UNIT_OF_MEASURE_NAME,"
     "VMP_UNIT_DOSE_UNIT_OF_MEASURE_NAME,VMP_SNOMED_CODE,VMP_UDFS_UNIT_OF_MEASURE_IDENTIFIER,"
     "YEAR_MONTH\n"
     "9000,7,RZ1,1,Desflurane volatile liquid,14400,ML,ML,39708611000001100,258773002,201902\n"
     ",7,RZ1,1,Sevoflurane volatile liquid,44250,ML,ML,39711011000001104,258773002,201902\n"
     "1.5,7,RZ2,1,MADE UP tablets,33,TABLET,TABLET,326874007,428673006,201902\n"},
};

/* canister run in the scratch folder; its words are in shell_output(). */
static int run(const char *arguments)
{
    return shell("cd '%s' && '%s' run --quiet --out out %s", scratch_folder(), program(),
                 arguments);
}

/* Lines of a result file that awk prints, in shell_output(). */
static const char *lines(const char *file, const char *awk)
{
    shell("cd '%s/out' && awk -F, '%s' %s", scratch_folder(), awk, file);
    return shell_output();
}

static void expect_lines(const char *file, const char *awk, const char *expected, const char *what)
{
    const char *const got = lines(file, awk);

    cr_expect(strcmp(got, expected) == 0, "%s\n%snot\n%s", what, got, expected);
}

Test(hospital, every_layout_gives_the_same_gases_and_an_empty_cost_is_unknown)
{
    for (size_t i = 0; i < LENGTH_OF(layouts); i++) {
        const bool priced = strstr(layouts[i].text, "INDICATIVE") != NULL;

        write_text(in_scratch("month.csv"), layouts[i].text);
        cr_assert(eq(int, run("month.csv"), 0), "%s: %s", layouts[i].era, shell_output());
        expect_lines("gases.csv", "{ print $1, $3, $5, $13, $16, $18, $19, $21, $22 }",
                     priced ? "organisation_code month gas quantity ml bottles kgco2e "
                              "indicative_cost_gbp rows_without_cost\n"
                              "RZ1 2019-02 desflurane 14400 14400 60 53583.84 9000 0\n"
                              "RZ1 2019-02 sevoflurane 44250 44250 177 8743.8  1\n"
                            : "organisation_code month gas quantity ml bottles kgco2e "
                              "indicative_cost_gbp rows_without_cost\n"
                              "RZ1 2019-02 desflurane 14400 14400 60 53583.84  1\n"
                              "RZ1 2019-02 sevoflurane 44250 44250 177 8743.8  1\n",
                     layouts[i].era);
        cr_expect(eq(int,
                     shell("cd '%s/out' && jq -e '.files[0] | .era == \"%s\" and .rows_read == 3 "
                           "and .rows_kept == 2 and .rows_out_of_scope == 1 and "
                           ".indicative_cost_gbp_of_all_rows == %s' audit.json",
                           scratch_folder(), layouts[i].era, priced ? "9001.5" : "0"),
                     0),
                  "%s: %s", layouts[i].era, shell_output());
    }
}

static void write_price(const char *name, const char *rows)
{
    char text[4096];

    snprintf(text, sizeof text, OLD "TOTAL_QUANITY_IN_VMP_UNIT,INDICATIVE_COST\n%s", rows);
    write_text(in_scratch(name), text);
}

static void write_series(void)
{
    write_price("scmd_final_202604.csv", "202604,RZ1," DESFLURANE "480,1\n");
    write_price("scmd_provisional_202604.csv",
                "202604,RZ1," DESFLURANE "240,1\n202604,RZ2," DESFLURANE "720,1\n");
    write_price("SCMD_WIP_202604.csv", "202604,RZ1," DESFLURANE "960,1\n");
    write_price("scmd_provisional_202605.csv", "202605,RZ1," DESFLURANE "1200,1\n");
    write_price("scmd_final_again.csv", "202604,RZ1," DESFLURANE "480,1\n");
    write_price("april.csv", "202604,RZ1," DESFLURANE "480,1\n");
}

#define FINAL "scmd_final_202604.csv"
#define PROVISIONAL "scmd_provisional_202604.csv"
#define MAY " scmd_provisional_202605.csv"

/* Every order of the files of a month comes to the best series, and never to a sum. */
static const struct {
    const char *arguments;
    int code;
    const char *ml;
} orders[] = {
    {FINAL, 0, "RZ1 480 final\n"},
    {PROVISIONAL, 0, "RZ1 240 provisional\nRZ2 720 provisional\n"},
    {FINAL " " PROVISIONAL, 0, "RZ1 480 final\n"},
    {PROVISIONAL " " FINAL, 0, "RZ1 480 final\n"},
    {PROVISIONAL " SCMD_WIP_202604.csv " FINAL, 0, "RZ1 480 final\n"},
    {"SCMD_WIP_202604.csv " FINAL " " PROVISIONAL, 0, "RZ1 480 final\n"},
    {"--replace " FINAL " " PROVISIONAL, 0, "RZ1 480 final\n"},
    {"SCMD_WIP_202604.csv", 0, "RZ1 960 wip\n"},
    {"april.csv", 0, "RZ1 480 \n"},
    {FINAL " scmd_final_again.csv", 65, ""},
    {FINAL " april.csv", 65, ""},
    {"april.csv " FINAL, 65, ""},
    {"--replace " FINAL " april.csv", 0, "RZ1 480 \n"},
};

Test(hospital, a_final_month_stands_in_place_of_a_provisional_one_in_any_order)
{
    write_series();
    for (size_t i = 0; i < LENGTH_OF(orders); i++) {
        shell("rm -rf '%s/out'", scratch_folder());
        cr_expect(eq(int, run(orders[i].arguments), orders[i].code), "%s: %s", orders[i].arguments,
                  shell_output());
        if (orders[i].code == 0)
            expect_lines("gases.csv", "NR > 1 { print $1, $16, $4 }", orders[i].ml,
                         orders[i].arguments);
    }
}

Test(hospital, what_is_passed_over_replaced_or_provisional_is_told)
{
    write_series();
    cr_expect(eq(int,
                 shell("cd '%s' && '%s' run " FINAL " " PROVISIONAL MAY " --out out 2>&1 | "
                       "grep -c -e '2026-04 skipped' -e 'provisional_month: 1,' && "
                       "jq -e '(.files[1].months_passed_over_for_a_better_series == [\"2026-04\"]) "
                       "and .files[1].series.provisional and .files[0].series.id == \"final\"' "
                       "out/audit.json && '%s' run --quiet " PROVISIONAL " " FINAL
                       " --out out && jq -e '.files[0].months_replaced_by_a_later_file == "
                       "[\"2026-04\"]' out/audit.json",
                       scratch_folder(), program(), program()),
                 0),
              "%s", shell_output());
    cr_expect(strncmp(shell_output(), "2\n", 2) == 0, "both are told: %s", shell_output());
    cr_assert(eq(int, run(FINAL " " PROVISIONAL MAY), 0), "%s", shell_output());
    expect_lines("gases_quality.csv", "$5 ~ /provisional/ { print $1, $2, $4 }",
                 "nation E92000001 2026-05\n", "only May is provisional");
}

/* A hospital month that is replaced, and a quantity that cannot be counted, leave the practices of
 * that month alone. */
Test(hospital, replacing_a_hospital_month_leaves_prescribing_alone)
{
    write_series();
    cr_assert(
        eq(int,
           shell(
               "cd '%s' && { head -1 '%s'/%s; grep -m 200 ',\"030' '%s'/%s; } > epd.csv && "
               "sed -e s/202604/202607/ -e s/258773002,ML/,FURLONG/ april.csv > "
               "scmd_provisional_7.csv && "
               "cp scmd_provisional_7.csv scmd_final_7.csv && "
               "'%s' run --quiet epd.csv --out alone && "
               "'%s' run --quiet scmd_provisional_7.csv epd.csv scmd_final_7.csv --out out "
               "&& cmp alone/prescribing.csv out/prescribing.csv && "
               "cmp alone/switches.csv out/switches.csv && "
               "head -n $(wc -l < alone/measures.csv) out/measures.csv | cmp - alone/measures.csv",
               scratch_folder(), root_folder(), "build/sample/EPD_SNOMED_202607.csv", root_folder(),
               "build/sample/EPD_SNOMED_202607.csv", program(), program()),
           0),
        "%s", shell_output());
}

static const struct {
    const char *row, *said;
} bad[] = {
    {"202604,RZ1,3.97086E+16,Desflurane volatile liquid,258773002,ML,1,1",
     "VMP_SNOMED_CODE: not a code"},
    {"202604,RZ1,3970861100000110012,Desflurane volatile liquid,258773002,ML,1,1",
     "VMP_SNOMED_CODE: not a code"},
    {"202604,RZ1,39708,Desflurane volatile liquid,258773002,ML,1,1", "VMP_SNOMED_CODE: not a code"},
    {"202604,RZ1,,Desflurane volatile liquid,258773002,ML,1,1", "VMP_SNOMED_CODE: a value"},
    {"202604,," DESFLURANE "1,1", "ODS_CODE: a value"},
    {"202613,RZ1," DESFLURANE "1,1", "YEAR_MONTH: not a month"},
    {"202604,RZ1," DESFLURANE ",1", "TOTAL_QUANITY_IN_VMP_UNIT: a value"},
    {"202604,RZ1," DESFLURANE "1.2345,1", "TOTAL_QUANITY_IN_VMP_UNIT: more"},
    {"202604,RZ1," DESFLURANE "1e3,1", "TOTAL_QUANITY_IN_VMP_UNIT: not a"},
    {"202604,RZ1," DESFLURANE "1,x", "INDICATIVE_COST: not a"},
    {"202604,RZ1," DESFLURANE "1", "not as many columns"},
    {"202604,RZ1,326874007,MADE UP tablets,1,TABLET,1,x", "INDICATIVE_COST: not a"},
};

Test(hospital, a_bad_row_is_told_with_its_line_and_the_others_count)
{
    for (size_t i = 0; i < LENGTH_OF(bad); i++) {
        char text[1024];
        char said[256];

        snprintf(text, sizeof text,
                 "202604,RZ1," DESFLURANE "240,1\n%s\n202604,RZ2," DESFLURANE "240,1\n",
                 bad[i].row);
        write_price("month.csv", text);
        snprintf(said, sizeof said, "month.csv:3: row rejected: %s", bad[i].said);
        cr_expect(eq(int,
                     shell("cd '%s' && '%s' run month.csv --out out", scratch_folder(), program()),
                     0),
                  "%s", shell_output());
        cr_expect(strstr(shell_output(), said) != NULL, "%s: %s", bad[i].row, shell_output());
        cr_expect(strstr(shell_output(), "3 rows = 2 kept") != NULL, "%s", shell_output());
    }
}

/* RZ1 issues, RZ2 sends other medicines only, RZ3 sends nothing in May, RZ4 only gives back,
 * RZ5 counts in a unit that says nothing. */
static void write_states(void)
{
    write_price("scmd_final_202604.csv",
                "202604,RZ1," DESFLURANE "480,1\n202604,RZ1," SEVOFLURANE "1500,1\n"
                "202604,RZ1," SEVOFLURANE "-250,\n202604,RZ2," TABLETS "5,1\n"
                "202604,RZ3," SEVOFLURANE "500,1\n202604,RZ4," DESFLURANE "240,1\n"
                "202604,RZ5,39708611000001100,Desflurane volatile liquid,,NO VALUE,7,1\n"
                "202604,RZ5," SEVOFLURANE "500,1\n");
    write_price("scmd_final_202605.csv",
                "202605,RZ1," SEVOFLURANE "1000,1\n202605,RZ2," TABLETS "5,1\n"
                "202605,RZ4," DESFLURANE "-240,1\n202605,RZ4," SEVOFLURANE "480,1\n"
                "202605,RZ5,39708611000001100,Desflurane volatile liquid,419672006,BOTTLE,2,1\n"
                "202605,RZ5,39717611000001102,Isoflurane volatile liquid,419672006,BOTTLE,2,1\n"
                "202605,RZ5,999000000100990,Sevoflurane volatile liquid,,ML,520,1\n");
}

Test(hospital, zero_missing_negative_and_unknown_are_four_things)
{
    write_states();
    cr_assert(eq(int, run("scmd_final_202604.csv scmd_final_202605.csv"), 0), "%s", shell_output());
    expect_lines("measures.csv",
                 "$1 == \"desflurane_ml\" && $2 == \"trust\" { print $3, $5, $6 \":\" $8 }",
                 "RZ1 2026-04 480:480\nRZ1 2026-05 0:0\nRZ2 2026-04 0:0\nRZ2 2026-05 0:0\n"
                 "RZ3 2026-04 0:0\nRZ4 2026-04 240:240\nRZ4 2026-05 -240:-240\n"
                 "RZ5 2026-04 :\nRZ5 2026-05 480:480\n",
                 "millilitres of desflurane");
    expect_lines("measures.csv",
                 "$1 ~ /share_of_vol/ && $2 == \"trust\" { print $3, $5, $8 \"|\" $11 }",
                 "RZ1 2026-04 0.277457|0.5\nRZ1 2026-05 0|\nRZ2 2026-04 |\nRZ2 2026-05 |\n"
                 "RZ3 2026-04 0|0\nRZ4 2026-04 1|1\nRZ4 2026-05 |\nRZ5 2026-04 |\n"
                 "RZ5 2026-05 |\n",
                 "shares of desflurane");
    expect_lines("gases_quality.csv", "$1 == \"trust\" { print $2, $4, $5, $6, $8, $9 }",
                 "RZ3 2026-05 missing_month   \n"
                 "RZ4 2026-05 negative_month desflurane -240 ML\n"
                 "RZ4 2026-05 not_computable desflurane_share_of_volatile_volume  \n"
                 "RZ5 2026-04 unit_not_converted desflurane 7 NO VALUE\n"
                 "RZ5 2026-04 not_computable desflurane_bottles  \n"
                 "RZ5 2026-04 not_computable desflurane_kgco2e  \n"
                 "RZ5 2026-04 not_computable desflurane_ml  \n"
                 "RZ5 2026-04 not_computable desflurane_share_of_volatile_volume  \n"
                 "RZ5 2026-05 not_computable desflurane_share_of_volatile_volume  \n"
                 "RZ5 2026-04 not_computable gases_kgco2e  \n"
                 "RZ5 2026-05 not_computable gases_kgco2e  \n"
                 "RZ5 2026-04 not_computable gases_kgco2e_procured  \n"
                 "RZ5 2026-05 not_computable gases_kgco2e_procured  \n"
                 "RZ5 2026-05 unit_not_converted isoflurane 2 BOTTLE\n"
                 "RZ5 2026-05 not_computable isoflurane_bottles  \n"
                 "RZ5 2026-05 not_computable isoflurane_kgco2e  \n"
                 "RZ5 2026-05 not_computable isoflurane_ml  \n"
                 "RZ5 2026-05 matched_by_name sevoflurane 520 ML\n",
                 "findings");
    expect_lines("gases.csv",
                 "$1 == \"RZ1\" && $5 == \"sevoflurane\" { print $3, $12, $13, $14, "
                 "$15, $16, $22 }",
                 "2026-04 2 1250 1500 -250 1250 1\n2026-05 1 1000 1000 0 1000 0\n",
                 "net, gross and returned");
}

/* Codes, names and units of containers, and the litres or ml that come of them; "" where none do.
 */
static const struct {
    const char *code, *name, *unit, *volume;
} containers[] = {
    {"4176711000001108", "Nitrous oxide 50% / Oxygen 50% cylinders 2000litres", "CYLINDER", "6000"},
    {"4176711000001108", "Nitrous oxide 50% / Oxygen 50% cylinders", "CYLINDER", "6000"},
    {"4176711000001108", "Nitrous oxide 50% / Oxygen 50% cylinders 500litres", "CYLINDER", ""},
    {"4728111000001100", "Nitrous oxide cylinders 900litres", "CYLINDER", "2700"},
    {"4728111000001100", "Nitrous oxide cylinders size E", "CYLINDER", ""},
    {"999000000100990", "Nitrous oxide cylinders 450litres", "CYLINDER", "1350"},
    {"14680511000001108", "Nitrous oxide 50% / Oxygen 50%", "CYLINDER", ""},
    {"14680511000001108", "Nitrous oxide 50% / Oxygen 50%", "LITRE", "3"},
    {"14680511000001108", "Nitrous oxide 50% / Oxygen 50%", "ML", "0.003"},
    {"39708611000001100", "Desflurane volatile liquid", "BOTTLE", "720"},
    {"39711011000001104", "Sevoflurane volatile liquid", "BOTTLE", ""},
    {"39711011000001104", "Sevoflurane volatile liquid", "GRAM", ""},
    {"39711011000001104", "Sevoflurane volatile liquid", "DOSE", ""},
    {"39711011000001104", "Sevoflurane volatile liquid", "LITRE", "3000"},
};

Test(hospital, a_container_becomes_a_volume_only_where_it_is_told_what_it_holds)
{
    for (size_t i = 0; i < LENGTH_OF(containers); i++) {
        char row[512];
        char expected[64];

        snprintf(row, sizeof row, "202604,RZ1,%s,%s,,%s,3,1\n", containers[i].code,
                 containers[i].name, containers[i].unit);
        snprintf(expected, sizeof expected, "%s %s %s\n", containers[i].unit, containers[i].volume,
                 containers[i].volume[0] != '\0' ? "yes" : "no");
        write_price("month.csv", row);
        cr_assert(eq(int, run("month.csv"), 0), "%s", shell_output());
        expect_lines("gases.csv", "NR > 1 { print $10, $16 $17, $23 }", expected,
                     containers[i].name);
    }
}

/* The order of files and of rows, and the number of threads, change nothing. */
Test(hospital, the_order_of_rows_and_files_changes_nothing)
{
    write_states();
    cr_expect(eq(int,
                 shell("cd '%s' && export SOURCE_DATE_EPOCH=1790000000 && "
                       "for f in scmd_final_20260?.csv; do { head -1 $f; tail -n +2 $f | tac; } > "
                       "x && mkdir -p b && mv x b/$f; done && "
                       "'%s' run --quiet scmd_final_202604.csv scmd_final_202605.csv --out one && "
                       "'%s' run --quiet --threads 2 b/scmd_final_202605.csv "
                       "b/scmd_final_202604.csv --out two && "
                       "for f in measures gases gases_quality unclassified; do "
                       "cmp one/$f.csv two/$f.csv || exit 1; done",
                       scratch_folder(), program(), program()),
                 0),
              "%s", shell_output());
}

static const char supply[] = "organisation,month,site,gas,brand,size,cylinders,litres\n"
                             "RZ1,2026-04,A,nitrous oxide,,,,18000\n"
                             "RZ1,2026-04,B,N2O,generic,G,2,\n"
                             "RZ1,2026-04,A,Entonox,Equanox (Linde Gas UK),J,1,\n"
                             "RZ1,2026-04,A,Entonox,Equanox (Linde Gas UK),J,1,14500\n"
                             "RZ4,2026-04,A,nitrous oxide,generic,E,1,\n";
static const char use[] = "organisation,month,site,litres_used\n"
                          "RZ1,2026-04,A,1200\nRZ1,2026-04,B,600\nRZ4,2026-04,A,3600\n";

Test(hospital, waste_is_what_was_procured_and_not_used)
{
    write_states();
    write_text(in_scratch("supply.csv"), supply);
    write_text(in_scratch("use.csv"), use);
    cr_assert(eq(int, run("scmd_final_202604.csv --gas-supply supply.csv --gas-use use.csv"), 0),
              "%s", shell_output());
    expect_lines("measures.csv", "$1 ~ /waste/ { print $1, $2, $3, $6, $7, $8 }",
                 "nitrous_oxide_waste_share nation E92000001 32400 37800 0.857143\n"
                 "nitrous_oxide_waste_share trust RZ1 34200 36000 0.95\n"
                 "nitrous_oxide_waste_share trust RZ4 -1800 1800 \n",
                 "waste");
    expect_lines("measures.csv",
                 "$1 ~ /^nitrous_oxide_litres/ && $2 == \"trust\" && $3 ~ /RZ[12]/ "
                 "{ print $1, $3, $8 }",
                 "nitrous_oxide_litres RZ1 0\nnitrous_oxide_litres RZ2 0\n"
                 "nitrous_oxide_litres_procured RZ1 36000\nnitrous_oxide_litres_procured RZ2 0\n",
                 "pharmacy apart from all that was procured");
    expect_lines("gases_quality.csv", "$2 == \"RZ1\" || $5 ~ /supply/ { print $2, $5, $6, $10 }",
                 "RZ1 not_computable gases_kgco2e_procured \"some of its quantities are in units "
                 "that no rule converts\n"
                 "RZ1 unit_not_converted nitrous-oxide-oxygen two cylinders of that brand and "
                 "size hold different volumes: give the litres\n",
                 "one cylinder in doubt, and nothing of piped gas");
    cr_assert(eq(int, run("scmd_final_202604.csv --gas-use use.csv"), 0), "%s", shell_output());
    expect_lines("gases_quality.csv", "$5 ~ /supply/ { print $1, $2, $4 }", "nation E92000001 \n",
                 "without supply it is said that most is missing");
}

Test(hospital, the_same_supply_from_two_files_is_refused_and_other_trusts_are_not)
{
    write_states();
    write_text(in_scratch("use.csv"), use);
    write_text(in_scratch("again.csv"), "organisation,month,site,litres_used\nRZ4,2026-04,A,1\n");
    write_text(in_scratch("other.csv"), "organisation,month,site,litres_used\nRZ5,2026-04,A,1\n"
                                        "RZ4,2026-04,C,1\n");
    cr_expect(eq(int, run("scmd_final_202604.csv other.csv --gas-use use.csv"), 0), "%s",
              shell_output());
    cr_expect(eq(int, run("scmd_final_202604.csv again.csv --gas-use use.csv"), 65), "%s",
              shell_output());
    cr_expect(strstr(shell_output(), "use.csv: holds a row of RZ4 in 2026-04 that another file "
                                     "already has") != NULL,
              "%s", shell_output());
}

/* Only a nation has both, and its months of prescribing must stay one series. */
Test(hospital, what_is_said_of_prescribing_is_the_same_with_hospital_data_in_the_run)
{
    cr_expect(
        eq(int,
           shell("cd %s && epd=$(ls %s/build/sample/EPD_SNOMED_202[56]*.csv) && "
                 "%s run --quiet $epd --out alone && "
                 "%s run --quiet $epd %s/build/sample/scmd_final_*.csv --out both && "
                 "for file in periods trends spc alerts targets; do "
                 "grep -v '[^,]*\\(gases\\|flurane\\|halothane\\|nitrous\\)[^,]*,' both/$file.csv "
                 "> said.csv; grep -v '[^,]*\\(gases\\|flurane\\|halothane\\|nitrous\\)[^,]*,' "
                 "alone/$file.csv | cmp - said.csv || exit 9; done && "
                 "grep -q '^salbutamol.*,nation,.*,12 months,2025-08,2026-07,12,0,' "
                 "both/periods.csv",
                 scratch_folder(), root_folder(), program(), program(), root_folder()),
           0),
        "%s", shell_output());
}
