/* A run held against published totals.  sqlite3 makes the totals from the same extract,
 * in floating point as a publisher's database does. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

#define SAMPLE "build/sample/EPD_SNOMED_202607.csv"

/* Totals of e.csv into control.csv. */
static void publish(void)
{
    cr_assert(
        eq(int,
           shell("cd %s && cat > q <<'E'\n"
                 ".import --csv e.csv e\n"
                 ".headers on\n.mode csv\n.output control.csv\n"
                 "select 'england' level, '' code, 'ALL' name, sum(items) items, sum(nic) nic, "
                 "sum(actual_cost) actual_cost, sum(total_quantity) total_quantity from e\n"
                 "union all select 'icb', '', icb_name, sum(items), sum(nic), sum(actual_cost), '' "
                 "from e group by icb_name\n"
                 "union all select 'icb', icb_code, '', sum(items), '', '', sum(total_quantity) "
                 "from e group by icb_code\n"
                 "union all select 'sub_icb', pco_code, pco_name, sum(items), '', '', '' from e "
                 "group by pco_code\n"
                 "union all select 'chemical', '', bnf_chemical_substance, sum(items), sum(nic), "
                 "sum(actual_cost), sum(total_quantity) from e group by bnf_chemical_substance\n"
                 "union all select 'chemical', bnf_chemical_substance_code, '', sum(items), '', '',"
                 " '' from e group by bnf_chemical_substance_code;\n"
                 "E\nsqlite3 < q",
                 scratch_folder()),
           0),
        "%s", shell_output());
}

static int run_control(const char *options)
{
    return shell("cd %s && %s run e.csv --quiet --out out --control control.csv %s > said",
                 scratch_folder(), program(), options);
}

static void take_sample(void)
{
    shell("cp %s %s", in_root(SAMPLE), in_scratch("e.csv"));
}

/* Of what was said: figures, and those with this finding. */
static long count_findings(const char *finding)
{
    long count = -1;

    shell("cd %s && sed 1d said | grep -c '%s$'", scratch_folder(), finding);
    cr_assert(sscanf(shell_output(), "%ld", &count) == 1, "a count");
    return count;
}

Test(control, totals_made_by_another_program_agree_on_any_number_of_threads)
{
    static const char *const options[] = {"--threads 1", "--threads 3", "--no-digest --threads 2"};

    /* the month many times over, so that it is read in several parts */
    take_sample();
    shell("cd %s && mv e.csv one && { cat one; for i in $(seq 30); do sed 1d one; done; } > e.csv",
          scratch_folder());
    publish();
    for (size_t i = 0; i < LENGTH_OF(options); i++) {
        char all[100];

        snprintf(all, sizeof all, "%s --fail-on control", options[i]);
        cr_expect(eq(int, run_control(all), 0), "%s: %s", options[i], shell_output());
        cr_expect(count_findings("") > 50, "many figures");
        cr_expect(eq(long, count_findings(""), count_findings(",agrees")), "%s", options[i]);
    }
    cr_expect(eq(int,
                 shell("cd %s && jq -e '.control | .figures == .figures_that_agree and "
                       ".figures == (.comparisons | length) and (.sha256 | length) == 64 and "
                       ".name == \"control.csv\"' out/audit.json",
                       scratch_folder()),
                 0),
              "%s", shell_output());
}

/* The results are the same with and without. */
Test(control, the_results_do_not_change)
{
    take_sample();
    publish();
    cr_assert(eq(int, run_control(""), 0), "%s", shell_output());
    cr_expect(eq(int,
                 shell("cd %s && %s run e.csv --quiet --out plain && diff out/measures.csv "
                       "plain/measures.csv && diff out/switches.csv plain/switches.csv && "
                       "jq '.files' out/audit.json > a && jq .files plain/audit.json | diff a - && "
                       "jq -e 'has(\"control\") | not' plain/audit.json",
                       scratch_folder(), program()),
                 0),
              "%s", shell_output());
}

static const struct {
    const char *line; /* behind level,code,name,month,items,nic,actual_cost,total_quantity */
    const char *said; /* its rows of the table, without the number of the line */
} lines[] = {
    {"nation,E92000001,,,20,,,", "nation,E92000001,,,items,20,20,0,0,agrees\n"},
    {"nation,,ALL,,20,,,", "nation,,ALL,,items,20,20,0,0,agrees\n"},
    {"England,,All,,20,,,", "England,,All,,items,20,20,0,0,agrees\n"},
    {"england,,England,,20,,,", "england,,England,,items,20,20,0,0,agrees\n"},
    {"england,,ALL,2018-11,9,,,", "england,,ALL,2018-11,items,9,9,0,0,agrees\n"},
    {"england,,ALL,201812,9,,,", "england,,ALL,2018-12,items,9,11,2,0,differs\n"},
    {"england,,ALL,2018-10,9,,,", "england,,ALL,2018-10,items,9,,,0,no rows of it\n"},
    {"scotland,,ALL,,9,,,", "scotland,,ALL,,items,9,,,0,no rows of it\n"},
    {"sub_icb,01C,,,11,,,", "sub_icb,01C,,,items,11,11,0,0,agrees\n"},
    {"sub_icb,,01C,,11,,,", "sub_icb,,01C,,items,11,11,0,0,agrees\n"},
    {"icb,,01C,,11,,,", "icb,,01C,,items,11,,,0,no rows of it\n"},
    {"chemical,0301011R0,,,7,4.504,4.194,7",
     "chemical,0301011R0,,,items,7,7,0,0,agrees\n#chemical,0301011R0,,,nic,4.504,4.5,-0.004,0,"
     "agrees\n#chemical,0301011R0,,,actual_cost,4.194,4.19,-0.004,0,agrees\n#chemical,0301011R0,,,"
     "total_quantity,7,7,0,0,agrees\n"},
    {"chemical,0301011R0,,,,,4.19501,7.006",
     "chemical,0301011R0,,,actual_cost,4.19501,4.19,-0.00501,0,differs\n#chemical,0301011R0,,,"
     "total_quantity,7.006,7,-0.006,0,differs\n"},
    {"chemical,0301011R0,,,,,4.1899999999,",
     "chemical,0301011R0,,,actual_cost,4.19,4.19,0,0,agrees\n"},
    {"chemical,0301011R0,,,,4.496,,6.995", "chemical,0301011R0,,,nic,4.496,4.5,0.004,0,agrees\n#"
                                           "chemical,0301011R0,,,total_quantity,6.995,"
                                           "7,0.005,0,agrees\n"},
    {"chemical,2003,,,4,,,1",
     "chemical,2003,,,items,4,4,0,0,agrees\n#chemical,2003,,,total_quantity,1,0,-1,1,differs\n"},
    {"chemical,,Salbutamol,,7,,,", "chemical,,Salbutamol,,items,7,,,0,no rows of it\n"},
    {"\"icb\",,\"A, B\",,1,,,", "icb,,\"A, B\",,items,1,,,0,no rows of it\n"},
    {"nation,,ALL,,,,,", ""},
    {"nation,,ALL,,-3,,,", "nation,,ALL,,items,-3,20,23,0,differs\n"},
};

/* Two months of PDPI, which has no names of substances and no ICB, and a quantity that
 * cannot be read in a row out of scope: an appliance, whose substance is in its first 4
 * characters. */
Test(control, each_line_is_found_by_code_name_and_month_and_told)
{
    char expected[1000];

    write_text(in_scratch("e.csv"),
               "SHA,PCT,PRACTICE,BNF CODE,BNF NAME,ITEMS,NIC,ACT COST,QUANTITY,PERIOD\n"
               "Q44,01C,N81002,0301011R0BEAIAP,Ventolin,3,1.5,1.4,3,201812\n"
               "Q44,01C,N81002,0301011R0AAAPAP,Salbutamol,4,3,2.79,4,201812\n"
               "Q44,01C,N81002,20030100183,Dressing,4,3,2.79,n/a,201812\n"
               "Q44,01D,N81003,0407010H0AAAMAM,Paracetamol,9,1,0.9,900,201811\n");
    for (size_t i = 0; i < LENGTH_OF(lines); i++) {
        FILE *const file = fopen(in_scratch("control.csv"), "w");

        cr_assert(file != NULL, "control.csv");
        fprintf(file, "level,code,name,month,items,nic,actual_cost,total_quantity\r\n%s\r\n",
                lines[i].line);
        fclose(file);
        cr_assert(eq(int, run_control(""), 0), "%s: %s", lines[i].line, shell_output());
        shell("cd %s && sed '1d; s/^2,//' said | sed '2,$s/^/#/'", scratch_folder());
        snprintf(expected, sizeof expected, "%s", lines[i].said);
        cr_expect(eq(str, (char *)shell_output(), expected), "%s", lines[i].line);
    }
}

/* Scotland publishes no actual cost; a month that was replaced is gone here too. */
Test(control, what_is_not_known_is_no_difference_and_what_was_replaced_is_gone)
{
    write_text(in_scratch("e.csv"),
               "HBT,GPPractice,BNFItemCode,BNFItemDescription,NumberOfPaidItems,PaidQuantity,"
               "GrossIngredientCost,PaidDateMonth\n"
               "S08000031,46005,0407010H0AAAMAM,PARACETAMOL,3,6,4.5,201812\n");
    write_text(in_scratch("control.csv"), "level,code,name,items,nic,actual_cost\n"
                                          "scotland,,ALL,3,4.5,4\nicb,S08000031,,3,,\n");
    cr_expect(eq(int, run_control("--fail-on control"), 1), "an unknown cost does not agree");
    shell("cd %s && cut -d, -f1,6- said", scratch_folder());
    cr_expect(
        eq(str, (char *)shell_output(),
           "line,figure,published,read,difference,rows_left_out,finding\n"
           "2,items,3,3,0,0,agrees\n2,nic,4.5,4.5,0,0,agrees\n2,actual_cost,4,,,0,not available\n"
           "3,items,3,3,0,0,agrees\n"),
        "the table");
    cr_expect(eq(int,
                 shell("cd %s && sed s/,3,6,/,5,6,/ e.csv > later.csv && %s run e.csv later.csv "
                       "--replace --quiet --out out --control control.csv | cut -d, -f6,8 | "
                       "sed -n 2p",
                       scratch_folder(), program()),
                 0),
              "%s", shell_output());
    cr_expect(eq(str, (char *)shell_output(), "items,5\n"), "the later file only");
}

static const struct {
    const char *file;
    const char *said;
} refused[] = {
    {"", "control.csv: holds no published total"},
    {"level,name,items\n", "control.csv: holds no published total"},
    {"name,items\nALL,1\n", "control.csv:1: level: the column is missing"},
    {"level,items\nicb,1\n", "control.csv:1: name: the column is missing"},
    {"level,name\nicb,a\n", "control.csv:1: items: the column is missing"},
    {"level,name,items,cost\nicb,a,1,2\n", "control.csv:1: cost: not a column of published tot"},
    {"level,name,items,items\nicb,a,1,2\n", "control.csv:1: items: the column appears twice"},
    {"level,name,items\nicb,a,1\nicb,b\n", "control.csv:3: not as many columns as the header"},
    {"level,name,items\nplanet,a,1\n", "control.csv:2: level: \"planet\" is not chemical"},
    {"level,name,items\n,a,1\n", "control.csv:2: level: is empty"},
    {"level,name,items\nicb,,1\n", "control.csv:2: name: is empty"},
    {"level,name,items\nicb,a,1.5\n", "control.csv:2: items: too many"},
    {"level,name,items\nicb,a,many\n", "control.csv:2: items: not a number"},
    {"level,name,nic\nicb,a,1.1234567x\n", "control.csv:2: nic: not a number"},
    {"level,name,month,items\nicb,a,13,1\n", "control.csv:2: month: not a month"},
    {"level,name,items\nicb,a\"b,1\n", "control.csv:2: a quote"},
    {"level,name,items\nicb,\"a,1\n", "control.csv:2: "},
};

Test(control, a_file_that_cannot_be_used_is_refused_before_anything_is_read)
{
    take_sample();
    for (size_t i = 0; i < LENGTH_OF(refused); i++) {
        write_text(in_scratch("control.csv"), refused[i].file);
        cr_expect(eq(int, run_control(""), 65), "%s: %s", refused[i].file, shell_output());
        cr_expect(strstr(shell_output(), refused[i].said) != NULL, "%s: not \"%s\" but %s",
                  refused[i].file, refused[i].said, shell_output());
        cr_expect(file_exists(in_scratch("out")) == false, "nothing is written");
    }
    shell("rm %s", in_scratch("control.csv"));
    cr_expect(eq(int, run_control(""), 66), "%s", shell_output());
}

/* Real rows, whose columns of substances are empty: the code of the presentation tells. */
Test(control, real_rows_add_up_as_sqlite_adds_them)
{
    REQUIRE_SHARED("data/extracts/epd_201709_four_practices.csv");
    cr_assert(
        eq(int,
           shell("cp %s %s && cd %s && cat > q <<'E'\n"
                 ".import --csv e.csv e\n"
                 ".headers on\n.mode csv\n.output control.csv\n"
                 "select 'chemical' level, substr(bnf_code, 1, iif(length(bnf_code) = 15, 9, 4)) "
                 "code, '2017-09' month, sum(items) items, sum(nic) nic, sum(actual_cost) "
                 "actual_cost, sum(total_quantity) total_quantity from e group by 2\n"
                 "union all select 'icb', area_team_code, '', sum(items), sum(nic), "
                 "sum(actual_cost), sum(total_quantity) from e group by 2;\n"
                 "E\nsqlite3 < q",
                 shared("data/extracts/epd_201709_four_practices.csv"), in_scratch("e.csv"),
                 scratch_folder()),
           0),
        "%s", shell_output());
    cr_expect(eq(int, run_control("--fail-on control"), 0), "%s", shell_output());
    cr_expect(count_findings("") > 2000, "hundreds of substances, four figures each");
}

/* The real totals of July 2026 are read whole: 1 + 11 substances with three figures, 37
 * ICBs with two. */
Test(control, the_published_totals_of_july_2026_are_read)
{
    REQUIRE_SHARED("data/extracts/published_totals_202607.csv");
    take_sample();
    shell("cp %s %s", shared("data/extracts/published_totals_202607.csv"),
          in_scratch("control.csv"));
    cr_expect(eq(int, run_control("--fail-on control"), 1), "a sample is not England");
    cr_expect(eq(long, count_findings(""), 110), "figures");
    cr_expect(eq(int,
                 shell("cd %s && grep -q '^2,england,,ALL,,actual_cost,1000555532.15475,' said",
                       scratch_folder()),
                 0),
              "rounded to our decimals");
}
