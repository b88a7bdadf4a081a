/* The extracts of Scotland, Wales and Northern Ireland.  No real file of them can be
 * had, so these are written byte by byte as rules/extracts/ describes the layouts. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

/* A practice with an Evohaler and a row out of scope; 99999, which is a dentist. */
static const char scotland_2014[] =
    "HBT2014,GPPractice,BNFItemCode,BNFItemDescription,ClassOfPreparationCode,NumberOfPaidItems,"
    "PaidQuantity,GrossIngredientCost,PaidDateMonth\n"
    "S08000031,46005,0301011R0BEAIAP,VENTOLIN EVOHALER 100MCG,3,4,6,9.00,201603\n"
    "S08000031,99999,0301011R0BEAIAP,VENTOLIN EVOHALER 100MCG,3,1,1,1.50,201603\n"
    "S08000031,46005,0407010H0AAAMAM,PARACETAMOL TABS 500MG,1,20,2000,50.00,201603\n";

static const char scotland_practice[] =
    "HBT,GPPractice,DMDCode,BNFItemCode,BNFItemDescription,PrescribedType,NumberOfPaidItems,"
    "PaidQuantity,GrossIngredientCost,PaidDateMonth\r\n"
    "S08000031,46005,320139002,0301011R0BEAIAP,\"VENTOLIN, EVOHALER\",AMP,4,6,9,202003\r\n";

static const char scotland_dispenser[] =
    "HBT,DispLocationCode,DMDCode,BNFItemCode,BNFItemDescription,PrescribedType,"
    "NumberOfPaidItems,PaidQuantity,GrossIngredientCost,PaidDateMonth\n"
    "S08000031,1234,320139002,0301011R0BEAIAP,VENTOLIN EVOHALER,AMP,4,6,9.00,202606\n";

static const char wales[] =
    "HB,Locality,PracticeID,BNFCode,BNFName,Items,NIC,ActCost,Quantity,DDD,ADQ,Period\r\n"
    "7A3,Swansea,W98001,0301011R0BEAIAP,Ventolin_Evohaler 100mcg (200 D),4,9.00,8.31,6,0,0,"
    "201407\r\n"
    "7A3,Swansea,W98001,0407010H0AAAMAM,Paracet_Tab 500mg,20,50.00,46.5,2000,0,0,201407\r\n";

static const char wales_chemical[] =
    "HB,PracticeID,BNFCode,BNFChemical,BNFName,Items,NIC,ActCost,Quantity,Period,\n"
    "7A3,W98001,0301011R0BEAIAP,0301011R0,Ventolin_Evohaler 100mcg (200 D),4,9.00,8.31,6,201407,"
    "\n";

#define NI_HEADER(pound, last)                                                          \
    "Practice,Year,Month,VTM_NM,VMP_NM,AMP_NM,Presentation,Strength,Total Items,Total " \
    "Quantity,Gross Cost (" pound "),Actual Cost (" pound "),BNF Code,BNF Chapter,BNF " \
    "Section,BNF Paragraph," last
#define NI_ROWS(end)                                                                       \
    "1,2013,4,Salbutamol,Salbutamol 100micrograms/dose inhaler CFC free,Ventolin,Inhaler," \
    "100micrograms,4,6,9.00,8.31,0301011R0BEAIAP,3,1,1,1" end "\n"                         \
    "1,2013,4,-,-,-,-,-,3,90,12.5,11.2,-,-,-,-,-" end "\n"

static const char ni_latin1[] = NI_HEADER("\xa3", "BNF Sub-Section") "\n" NI_ROWS("");
static const char ni_utf8[] = NI_HEADER("\xc2\xa3", "BNF Sub-Section") "\n" NI_ROWS("");
static const char ni_more[] = NI_HEADER("\xa3", "BNF Sub-Paragraph") ",,\n" NI_ROWS(",,");

/* Four items of six Evohalers each: 6 x 28.26 kg. */
static const struct layout {
    const char *name;
    const char *bytes;
    const char *era;
    const char *rows;          /* of the audit: read, kept, out of scope */
    const char *nation;        /* of measures.csv, total kgCO2e */
    const char *organisations; /* level and code, in order, but for the nation */
    const char *cost;          /* of prescribing.csv */
} layouts[] = {
    {"scotland_2014", scotland_2014, "scotland-hbt2014", "3 2 1",
     "S92000003,Scotland,2016-03,197.82", "practice,46005 practice,99999 icb,S08000031 ", ""},
    {"scotland_practice", scotland_practice, "scotland-practice", "1 1 0",
     "S92000003,Scotland,2020-03,169.56", "practice,46005 icb,S08000031 ", ""},
    {"scotland_dispenser", scotland_dispenser, "scotland-dispenser", "1 1 0",
     "S92000003,Scotland,2026-06,169.56", "icb,S08000031 ", ""},
    {"wales", wales, "wales-gpdata", "2 1 1", "W92000004,Wales,2014-07,169.56",
     "practice,W98001 sub_icb,Swansea icb,7A3 ", "8.31"},
    {"wales_chemical", wales_chemical, "wales-gpdata", "1 1 0", "W92000004,Wales,2014-07,169.56",
     "practice,W98001 icb,7A3 ", "8.31"},
    {"ni_latin1", ni_latin1, "northern-ireland-gp", "2 1 1",
     "N92000002,Northern Ireland,2013-04,169.56", "practice,1 ", "8.31"},
    {"ni_utf8", ni_utf8, "northern-ireland-gp", "2 1 1",
     "N92000002,Northern Ireland,2013-04,169.56", "practice,1 ", "8.31"},
    {"ni_more", ni_more, "northern-ireland-gp", "2 1 1",
     "N92000002,Northern Ireland,2013-04,169.56", "practice,1 ", "8.31"},
};

static void must_say(const char *name, const char *what, const char *said)
{
    cr_expect(eq(str, (char *)shell_output(), (char *)said), "%s: %s", name, what);
}

static void run_layout(const struct layout *row)
{
    write_text(in_scratch("in.csv"), row->bytes);
    cr_assert(
        eq(int,
           shell("cd %s && rm -rf out && %s run in.csv --out out", scratch_folder(), program()), 0),
        "%s: %s", row->name, shell_output());
    cr_expect(strstr(shell_output(), "inferred for this layout, not seen in a real file: ") != NULL,
              "%s: what is inferred is told: %s", row->name, shell_output());
}

Test(nations, each_layout_gives_its_places_inhalers_and_costs)
{
    for (size_t i = 0; i < LENGTH_OF(layouts); i++) {
        const struct layout *const row = &layouts[i];

        run_layout(row);
        shell("cd %s/out && jq -j '.files[0] | .era' audit.json", scratch_folder());
        must_say(row->name, "the era", row->era);
        shell("cd %s/out && jq -j '.files[0] | \"\\(.rows_read) \\(.rows_kept) "
              "\\(.rows_out_of_scope)\"' audit.json",
              scratch_folder());
        must_say(row->name, "rows read, kept and out of scope", row->rows);
        shell("cd %s/out && grep '^salbutamol_kgco2e_per_inhaler,nation' measures.csv | "
              "cut -d, -f3-6 | tr -d '\\n'",
              scratch_folder());
        must_say(row->name, "nation, month and kg", row->nation);
        shell("cd %s/out && grep '^salbutamol_kgco2e_per_inhaler,' measures.csv | "
              "grep -v ,nation, | cut -d, -f2,3 | tr '\\n' ' '",
              scratch_folder());
        must_say(row->name, "the places", row->organisations);
        shell("cd %s/out && tail -n 1 prescribing.csv | sed 's/.*,//' | tr -d '\\n'",
              scratch_folder());
        must_say(row->name, "an unknown cost is an empty cell", row->cost);
    }
}

/* 0 would be a price: the switch list would call a change of product free.  In the
 * same month of Wales both products have a price, and the change a cost. */
Test(nations, a_cost_that_is_not_published_is_unknown_everywhere)
{
    write_text(in_scratch("s.csv"), scotland_2014);
    write_text(in_scratch("w.csv"), wales);
    cr_expect(
        eq(int,
           shell("cd %s && echo S08000031,46005,0301011R0BIAFAP,SALAMOL,3,4,6,6.00,201603 >> "
                 "s.csv && echo 7A3,Swansea,W98001,0301011R0BIAFAP,Salamol,4,6.00,5.31,6,0,0,"
                 "201407 >> w.csv && for f in s w; do %s run --quiet $f.csv --out $f && "
                 "sqlite3 :memory: \".import --csv $f/switches.csv t\" \"select count(*) > 0, "
                 "sum(cost_change_gbp <> '') from t where to_code = '0301011R0BIAFAP'\"; done",
                 scratch_folder(), program()),
           0),
        "%s", shell_output());
    cr_expect(eq(str, (char *)shell_output(), "1|0\n1|1\n"), "switches and those with a cost");
    cr_expect(eq(int,
                 shell("cd %s/s && jq -e '.files[0].actual_cost_gbp_of_all_rows == null and "
                       ".files[0].items_of_all_rows == 29' audit.json && "
                       "! sed 1d products.csv | grep -v ',$'",
                       scratch_folder()),
                 0),
              "%s", shell_output());
}

#define MINE(id, rest)                                                                          \
    "{\"id\": \"" id "\", \"title\": \"t\", \"description\": \"d\", \"unit\": \"GBP\", "        \
    "\"direction\": \"lower\", \"numerator\": {\"sum\": \"actual_cost\", \"where\": {}}, " rest \
    "\"why\": \"w\", \"caveats\": [\"c\"], \"source\": \"canister\", \"checked\": "             \
    "\"2026-11-22\", "                                                                          \
    "\"change_log\": [{\"date\": \"2026-11-22\", \"change\": \"f\"}]}"

/* Also in measures of one's own, a total and a rate; Wales, which has a cost, stands
 * beside it, and the two boards of Scotland have no rank. */
Test(nations, a_measure_of_an_unknown_cost_is_not_computable)
{
    write_text(in_scratch("s.csv"), scotland_2014);
    write_text(in_scratch("w.csv"), wales);
    shell("mkdir -p %s/mine/measures", scratch_folder());
    write_text(in_scratch("mine/measures/mine.json"),
               "{\"measures\": [" MINE("cost", "") "," MINE(
                   "cost_per_item", "\"denominator\": {\"sum\": \"items\", \"where\": {}}, ") "]}");
    cr_assert(eq(int,
                 shell("cd %s && echo S08000020,10002,0301011R0BEAIAP,X,3,4,6,9,201603 >> s.csv && "
                       "%s run --quiet s.csv w.csv --rules mine --out out",
                       scratch_folder(), program()),
                 0),
              "%s", shell_output());
    shell("cd %s && grep -E '^cost(_per_item)?,(icb|nation),' out/measures.csv | cut -d, "
          "-f1-3,5-8,11",
          scratch_folder());
    cr_expect(eq(str, (char *)shell_output(),
                 "cost,icb,7A3,2014-07,8.31,,8.31,\n"
                 "cost,icb,S08000020,2016-03,,,,\n"
                 "cost,icb,S08000031,2016-03,,,,\n"
                 "cost,nation,S92000003,2016-03,,,,\n"
                 "cost,nation,W92000004,2014-07,8.31,,8.31,\n"
                 "cost_per_item,icb,7A3,2014-07,8.31,4,2.0775,\n"
                 "cost_per_item,icb,S08000020,2016-03,,,,\n"
                 "cost_per_item,icb,S08000031,2016-03,,,,\n"
                 "cost_per_item,nation,S92000003,2016-03,,,,\n"
                 "cost_per_item,nation,W92000004,2014-07,8.31,4,2.0775,\n"),
              "costs");
}

/* Two practices have a percentile, 0 and 1; the dentist's items between them are in the
 * board's total and have none, and the list of organisations says what they are. */
Test(nations, the_dummy_practices_of_scotland_are_no_gp_practices)
{
    write_text(in_scratch("s.csv"), scotland_2014);
    cr_assert(eq(int,
                 shell("cd %s && echo S08000031,10002,0301011R0BIAFAP,SALAMOL,3,4,4,6.00,201603 >> "
                       "s.csv && for c in 99996 99997 99998; do "
                       "echo S08000031,$c,0301011R0BEAIAP,V,3,1,1,1.50,201603 >> s.csv; done && "
                       "%s run --quiet s.csv --out out && grep -E "
                       "'^salbutamol_kgco2e_per_inhaler,(practice|icb)' out/measures.csv | "
                       "cut -d, -f2,3,7,11",
                       scratch_folder(), program()),
                 0),
              "%s", shell_output());
    cr_expect(eq(str, (char *)shell_output(),
                 "practice,10002,4,0\npractice,46005,6,1\npractice,99996,1,\npractice,99997,1,\n"
                 "practice,99998,1,\npractice,99999,1,\nicb,S08000031,14,\n"),
              "denominators and percentiles");
    shell("cd %s/out && grep -c '^practice,9999[6-9],.*,unidentified,' organisations.csv",
          scratch_folder());
    cr_expect(eq(str, (char *)shell_output(), "4\n"), "told as no practice");
}

Test(nations, the_months_of_four_nations_stand_beside_each_other_and_none_twice)
{
    write_text(in_scratch("s.csv"), scotland_2014);
    write_text(in_scratch("w.csv"), wales);
    write_text(in_scratch("n.csv"), ni_utf8);
    cr_expect(eq(int,
                 shell("cd %s && sed -i 's/201603/202607/' s.csv && sed -i 's/201407/202607/' "
                       "w.csv && sed -i 's/,2013,4,/,2026,07,/' n.csv && %s run s.csv w.csv n.csv "
                       "%s/build/sample/EPD_SNOMED_202607.csv --out out && "
                       "grep -c '^salbutamol_kgco2e_per_inhaler,nation' out/measures.csv",
                       scratch_folder(), program(), root_folder()),
                 0),
              "%s", shell_output());
    cr_expect(strstr(shell_output(), "\n4\n") != NULL, "four nations: %s", shell_output());
    cr_expect(
        eq(int, shell("cd %s && %s run w.csv w.csv --out twice", scratch_folder(), program()), 65),
        "a month of Wales twice: %s", shell_output());
}

static const struct {
    const char *row;
    const char *says;
} wrong_months[] = {
    {"1,2013,13,a,b,c,d,e,4,6,9,8,0301011R0BEAIAP,3,1,1,1", "Month: not a month"},
    {"1,1913,4,a,b,c,d,e,4,6,9,8,0301011R0BEAIAP,3,1,1,1", "Year: not a month"},
    {"1,2013,,a,b,c,d,e,4,6,9,8,0301011R0BEAIAP,3,1,1,1", "Month: a value that must be"},
    {"1,2013,4,a,b,c,d,e,4,6,9,8,03,3,1,1,1", "BNF Code: not a code"},
    {"1,2013,4,a,b,c,d,e,4,6,9,,0301011R0BEAIAP,3,1,1,1", "Actual Cost (\xc2\xa3): a value"},
};

Test(nations, a_row_of_northern_ireland_that_cannot_be_used_is_told_by_its_column)
{
    for (size_t i = 0; i < LENGTH_OF(wrong_months); i++) {
        char bytes[2000];

        snprintf(bytes, sizeof bytes, "%s%s\n", ni_latin1, wrong_months[i].row);
        write_text(in_scratch("in.csv"), bytes);
        cr_expect(
            eq(int, shell("cd %s && %s run in.csv --out out", scratch_folder(), program()), 0),
            "%s", shell_output());
        cr_expect(strstr(shell_output(), "in.csv:4: row rejected: ") != NULL &&
                      strstr(shell_output(), wrong_months[i].says) != NULL,
                  "%s: %s", wrong_months[i].row, shell_output());
    }
}
