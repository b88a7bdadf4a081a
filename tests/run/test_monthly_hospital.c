/* The monthly routine with hospital months and what trusts keep of gases: which series stands for a
 * month, rows that must not come twice, and what the rules of now need of it. */

#include "support/cases.h"
#include "support/paths.h"

#include <string.h>

static int in_folder(const char *command)
{
    return shell("cd %s && canister=%s && export canister && s=%s && { %s; }", scratch_folder(),
                 program(), root_folder(), command);
}

/* Six files of two months; and in the folder a command
 *     same RUN-OPTIONS -- FILES     that fails when run and add + report differ */
static void prepare(void)
{
    write_text(in_scratch("same"),
               "export SOURCE_DATE_EPOCH=1790000000\n"
               "options=; while [ \"$1\" != -- ]; do options=\"$options $1\"; shift; done; shift\n"
               "rm -rf store run rep; $canister run --quiet --out run $options \"$@\" && "
               "$canister add --quiet --store store $options \"$@\" && "
               "$canister report --quiet --store store --out rep $report && diff -r run rep && "
               "$canister check --store store\n");
    cr_assert(
        eq(int,
           in_folder(
               "h=YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,"
               "UNIT_OF_MEASURE_IDENTIFIER,UNIT_OF_MEASURE_NAME,TOTAL_QUANITY_IN_VMP_UNIT,"
               "INDICATIVE_COST; d='39708611000001100,Desflurane volatile liquid,258773002,ML'; "
               "t='326874007,MADE UP tablets,428673006,TABLET'; "
               "{ echo $h; echo \"202604,RZ1,$d,480,115.2\"; echo \"202604,RZ1,$d,-240,\"; "
               "echo \"202604,RZ3,$t,5,1.5\"; } > scmd_final_202604.csv; "
               "{ echo $h; echo \"202604,RZ1,$d,240,1\"; echo \"202604,RZ2,$d,720,1\"; } "
               "> scmd_provisional_202604.csv; "
               "{ echo $h; echo \"202604,RZ1,$d,960,1\"; } > SCMD_WIP_202604.csv; "
               "{ echo $h; echo \"202605,RZ1,$d,1200,1\"; } > scmd_provisional_202605.csv; "
               "{ echo $h; echo \"202605,RZ2,$d,1,1\"; echo \"202604,RZ2,$d,3,1\"; } "
               "> scmd_final_both.csv; "
               "sed s/480/481/ scmd_final_202604.csv > scmd_final_again.csv; "
               "sed s/480/482/ scmd_final_202604.csv > april.csv; "
               "{ echo organisation,month,site,litres_used; echo RZ1,2026-04,A,1200; } > "
               "use.csv; { echo organisation,month,site,litres_used; echo RZ1,2026-04,B,1; "
               "echo RZ4,2026-05,A,7; } > use_b.csv"),
           0),
        "%s", shell_output());
}

#define FINAL "scmd_final_202604.csv "
#define PROVISIONAL "scmd_provisional_202604.csv "
#define WIP "SCMD_WIP_202604.csv "
#define MAY "scmd_provisional_202605.csv "

static const char nations[] =
    "{ echo HBT,GPPractice,DMDCode,BNFItemCode,BNFItemDescription,PrescribedType,"
    "NumberOfPaidItems,PaidQuantity,GrossIngredientCost,PaidDateMonth; "
    "echo S08000031,46005,320139002,0301011R0BEAIAP,EVOHALER,AMP,4,6,9,202003; } > scotland.csv; "
    "{ echo HB,Locality,PracticeID,BNFCode,BNFName,Items,NIC,ActCost,Quantity,DDD,ADQ,Period; "
    "echo 7A3,Swansea,W98001,0301011R0BEAIAP,Evohaler,4,9.00,8.31,6,0,0,202003; "
    "echo 7A3,Swansea,W98001,0407010H0AAAMAM,Paracetamol,20,50.00,46.5,2000,0,0,202003; } > "
    "wales.csv; { printf 'Practice,Year,Month,VTM_NM,VMP_NM,AMP_NM,Presentation,Strength,Total "
    "Items,Total Quantity,Gross Cost (\\302\\243),Actual Cost (\\302\\243),BNF Code,BNF "
    "Chapter,BNF Section,BNF Paragraph,BNF Sub-Section\\n'; echo '1,2020,3,Salbutamol,Salbutamol "
    "100,Ventolin,Inhaler,100,4,6,9.00,8.31,0301011R0BEAIAP,3,1,1,1'; "
    "echo '1,2020,3,-,-,-,-,-,3,90,12.5,11.2,-,-,-,-,-'; } > ni.csv; "
    "sh same -- scotland.csv wales.csv ni.csv && grep -q W92000004 run/measures.csv && "
    "grep -q N92000002 run/measures.csv && "
    "sqlite3 store \"select count(*) from prescribing where actual_cost_gbp is null\" | grep -q 1";

/* Published totals of three nations and two months, and a month that is replaced. */
static const char control[] =
    "for m in 202501 202502; do ln -sf $s/build/sample/EPD_SNOMED_$m.csv $m.csv; done; "
    "{ echo level,code,name,month,items,nic,actual_cost,total_quantity; "
    "echo england,,ALL,,75535,,,; echo england,,ALL,2025-01,38216,5,6,7; "
    "echo icb,QZB,,,26973,5,6,7; echo chemical,0301011R0,,,27142,4.5,4.2,7; "
    "echo chemical,,Salbutamol,2025-02,13126,4.5,4.2,7; } > control.csv; "
    "export SOURCE_DATE_EPOCH=1790000000; rm -rf run rep store; "
    "sed 's/,38[0-9]*,/,1,/' 202501.csv > wrong.csv; "
    "for files in '202501.csv 202502.csv' 'wrong.csv 202502.csv 202501.csv'; do "
    "rm -rf store run rep; "
    "$canister run --quiet --replace --out run --control control.csv $files > a && "
    "$canister add --quiet --replace --totals --store store $files && "
    "$canister report --quiet --store store --out rep --control control.csv > b && cmp a b && "
    "diff -r run rep && grep -c agrees a && $canister check --store store || exit 9; done; "
    "test $(grep -c agrees a) = 5 && test $(grep -c differs a) -gt 9 && "
    "$canister add --quiet --store plain 202501.csv && "
    "$canister report --quiet --store plain --out rep --control control.csv 2> words; "
    "test $? = 65 && grep -q 'add --totals --replace' words && "
    "$canister add --quiet --store plain --totals 202501.csv; test $? = 65 && "
    "$canister report --quiet --store store --out rep --control control.csv --fail-on control "
    "> words; test $? = 1";

static const struct {
    const char *name;
    const char *command;
} ways[] = {
    {"one", "sh same -- " FINAL},
    {"final, provisional", "sh same -- " FINAL PROVISIONAL MAY},
    {"provisional, final", "sh same -- " PROVISIONAL MAY FINAL},
    {"provisional, wip, final", "sh same -- " PROVISIONAL WIP FINAL},
    {"wip, final, provisional", "sh same -- " WIP FINAL PROVISIONAL},
    {"wip, provisional", "sh same -- " WIP PROVISIONAL},
    {"replaced", "sh same --replace -- " FINAL PROVISIONAL "april.csv"},
    {"of two months", "sh same -- " PROVISIONAL MAY "scmd_final_both.csv"},
    {"two months first", "sh same -- scmd_final_both.csv " MAY PROVISIONAL},
    {"an archive", "zip -q all.zip *.csv -x '*again*' april.csv '*both*' && "
                   "sh same -- all.zip"},
    {"supply and use", "sh same --gas-use use.csv -- use_b.csv " FINAL},
    {"the sample", "sh same -- $s/build/sample/scmd*.csv $s/build/sample/gas_supply.csv "
                   "$s/build/sample/gas_use.csv $s/build/sample/EPD_SNOMED_202604.csv"},
    {"other potentials", "export SOURCE_DATE_EPOCH=1790000000; rm -rf run rep store; "
                         "$canister run --quiet --gas-factors ar6 --out run " FINAL "&& "
                         "$canister add --quiet --store store " FINAL "&& "
                         "$canister report --quiet --store store --gas-factors ar6 --out rep "
                         "&& diff -r run rep"},
    {"the other nations", nations},
    {"published totals", control},
};

Test(monthly_hospital, report_writes_what_run_writes_byte_by_byte)
{
    for (size_t i = 0; i < LENGTH_OF(ways); i++) {
        cr_assert(eq(int, in_folder("rm -rf ./*"), 0), "%s", shell_output());
        prepare();
        cr_expect(eq(int, in_folder(ways[i].command), 0), "%s: %s", ways[i].name, shell_output());
    }
}

/* --- what one does with it ----------------------------------------------------------------------
 */

static const struct {
    const char *command;
    int exit_code;
    const char *says;
} routine[] = {
    {"$canister add --store store " PROVISIONAL MAY, 0, "store: store"},
    {"$canister status --store store", 0,
     "provisional, figures will change (2): 2026-04 (scmd, provisional), 2026-05 (scmd, "
     "provisional)"},
    {"$canister add --store store " FINAL, 0,
     "scmd_final_202604.csv: 2026-04 replaces that of a lesser series"},
    {"$canister add --store store " PROVISIONAL, 0, "already in the store (identical file)"},
    {"$canister add --store store " WIP, 0, ": 2026-04 skipped"},
    {"$canister add --store store " WIP, 0, "already in the store (identical file)"},
    {"$canister status --store store", 0,
     "2026-04 of scmd_provisional_202604.csv was replaced by a later file"},
    {"$canister status --store store", 0,
     "2026-04 of SCMD_WIP_202604.csv was skipped: the store has a better series"},
    {"$canister add --store store scmd_final_again.csv", 65, "which scmd_final_202604.csv"},
    {"$canister add --store store april.csv", 65, "which scmd_final_202604.csv"},
    {"sqlite3 store \"select sum(quantity), sum(cost_gbp), count(*) - count(cost_gbp) from "
     "hospital "
     "where month = '2026-04' and product_name like 'Desflurane%'\"",
     0, "240.0|115.2|1\n"},
    {"sqlite3 store \"select trust_code, origin, rows, cost_gbp from hospital where origin <> "
     "'pharmacy'\"",
     0, "RZ3|other medicines|1|1.5\n"},
    {"sqlite3 store \"select month, series from month\"", 0,
     "2026-04|final\n2026-05|provisional\n"},
    {"$canister add --store store use.csv", 0, "store: store"},
    {"cp use.csv again.csv; echo RZ2,2026-04,A,3 >> again.csv; "
     "$canister add --store store again.csv",
     65, "holds a row of RZ1 in 2026-04 that another file already has"},
    {"$canister add --store store use_b.csv", 0, "store: store"},
    {"$canister export --store store --out x.csv && grep -c , x.csv", 0, "8\n"},
    {"grep 2026-04,gas-use x.csv", 0,
     "2026-04,gas-use,,,,,,E92000001,RZ1,,nitrous oxide,nitrous oxide,clinical "
     "use,A,litre,,1,0,1200,0,\n"},
    {"$canister export --store store --out x.sqlite && "
     "sqlite3 x.sqlite 'select count(*) from hospital'",
     0, "7\n"},
    {"$canister check --store store", 0, "No damage found"},
    {"$canister remove 2026-04 --extract gas-use --store store", 0, "2026-04 of use_b.csv"},
    {"$canister add --store store again.csv", 0, "store: store"},
    {"$canister add --store store again.csv", 0, "already in the store (identical file)"},
    {"$canister remove 2026-04 --store store", 0, "2026-04 of scmd_final_202604"},
    {"$canister add --store store " PROVISIONAL, 0, "store: store"},
    {"$canister check --store store", 0, "No damage found"},
};

Test(monthly_hospital, each_step_of_the_routine_says_what_it_did)
{
    prepare();
    for (size_t i = 0; i < LENGTH_OF(routine); i++) {
        cr_expect(eq(int, in_folder(routine[i].command), routine[i].exit_code), "%s: %s",
                  routine[i].command, shell_output());
        cr_expect(strstr(shell_output(), routine[i].says) != NULL, "%s should say %s but says: %s",
                  routine[i].command, routine[i].says, shell_output());
    }
}

/* Rules that know one code more: what was read by the shipped ones lacks it.  What was read by them
 * has more than the shipped ones want, and gives what those would have given. */
static const char more_rules[] =
    "cp -r $s/rules more && sed -i 's/{\"code\": \"39708611000001100\"/{\"code\": \"326874007\", "
    "\"source\": \"dmd-2021\", \"checked\": \"2026-11-22\"}, &/' more/products/gases.json && "
    "export SOURCE_DATE_EPOCH=1790000000 && $canister run --quiet --out run " FINAL MAY "&& "
    "CANISTER_RULES=more $canister run --quiet --out other " FINAL MAY "&& "
    "! cmp -s run/gases.csv other/gases.csv && "
    "CANISTER_RULES=more $canister add --quiet --store store " FINAL MAY "&& "
    "$canister report --quiet --store store --out rep && "
    "for f in run/*.csv; do cmp $f rep/${f#run/} || exit 9; done && "
    "CANISTER_RULES=more $canister report --quiet --store store --out rep && diff -r other rep";
static const char less_kept[] =
    "$canister add --quiet --store less " FINAL MAY "&& "
    "CANISTER_RULES=more $canister status --store less > words && "
    "grep -q 'report will refuse these months (files: 2)' words && "
    "grep -q \"scmd_final_202604.csv: the rules need .vmp 326874007., which\" words && "
    "CANISTER_RULES=more $canister add --quiet --store less " FINAL "2> words; test $? = 65 && "
    "CANISTER_RULES=more $canister add --quiet --store less --replace " FINAL MAY "&& "
    "CANISTER_RULES=more $canister status --store less > words && ! grep refuse words && "
    "CANISTER_RULES=more $canister report --quiet --store less --out rep && "
    "for f in other/*.csv; do cmp $f rep/${f#other/} || exit 9; done";

Test(monthly_hospital, rules_that_know_more_or_fewer_gases_are_told_or_give_the_same)
{
    prepare();
    cr_expect(eq(int, in_folder(more_rules), 0), "%s", shell_output());
    cr_expect(eq(int, in_folder(less_kept), 0), "%s", shell_output());
}

/* No register says whose the trusts are, so that the gases are no ICB's. */
Test(monthly_hospital, the_headline_of_an_icb_names_the_nation_where_gases_are_its)
{
    prepare();
    cr_expect(eq(int,
                 in_folder("s=$s/build/sample; $canister add --quiet --store store "
                           "$s/EPD_SNOMED_202604.csv $s/scmd_provisional_202604.csv && "
                           "$canister report --quiet --store store --icb QZB --out icb && "
                           "grep -q 'gases, England (E92000001): ' icb/digest.txt && "
                           "$canister report --quiet --store store --out all && "
                           "grep -q 'gases: ' all/digest.txt"),
                 0),
              "%s", shell_output());
}
