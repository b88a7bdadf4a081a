/* Products of the years after the rules were made: an extract with each of their codes, and
 * versions of a product with other propellants, through a whole run. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

static int in_folder(const char *command)
{
    return shell("cd %s && canister=%s && s=%s && rules=%s/rules && { %s; }", scratch_folder(),
                 program(), shared("domain/inhalers") != NULL ? shared("domain/inhalers") : "",
                 root_folder(), command);
}

static void expect_lines(const char *command, const char *expected)
{
    cr_expect(eq(int, in_folder(command), 0), "%s: %s", command, shell_output());
    cr_expect(eq(str, (char *)shell_output(), (char *)expected), "%s", command);
}

/* A made-up month: code, name, quantity and SNOMED code become rows of one practice. */
static const char make_awk[] =
    "BEGIN { FS = \"\\t\"; OFS = \",\"; print \"YEAR_MONTH,REGIONAL_OFFICE_NAME,"
    "REGIONAL_OFFICE_CODE,ICB_NAME,ICB_CODE,PCO_NAME,PCO_CODE,PRACTICE_NAME,PRACTICE_CODE,"
    "ADDRESS_1,ADDRESS_2,ADDRESS_3,ADDRESS_4,POSTCODE,BNF_CHEMICAL_SUBSTANCE_CODE,"
    "BNF_CHEMICAL_SUBSTANCE,BNF_PRESENTATION_CODE,BNF_PRESENTATION_NAME,BNF_CHAPTER_PLUS_CODE,"
    "QUANTITY,ITEMS,TOTAL_QUANTITY,ADQ_USAGE,NIC,ACTUAL_COST,UNIDENTIFIED,SNOMED_CODE\" }\n"
    "{ print \"\\\"\" month \"\\\"\", \"N\", \"Y62\", \"I\", \"QOP\", \"S\", \"00Y00\", \"A\", "
    "\"P85002\", \"a\", \"\", \"\", \"\", \"p\", substr($1, 1, 9), \"x\", $1, "
    "\"\\\"\" $2 \"\\\"\", \"03\", 1, $3, $3, 0, $3, $3, \"N\", $4 }\n";

static void make_month(const char *month, const char *rows)
{
    write_text(in_scratch("make.awk"), make_awk);
    write_text(in_scratch("rows.tsv"), rows);
    cr_assert(eq(int,
                 shell("cd %s && awk -v month=%s -f make.awk rows.tsv > m%.4s%.2s.csv",
                       scratch_folder(), month, month, month + 5),
                 0),
              "%s", shell_output());
}

/* --- all codes there are ------------------------------------------------------------------- */

/* Codes of whole substances (0301012F0...) become one of their presentations. */
static const char every_code[] =
    "{ awk -F'\\t' -v OFS='\\t' 'NR > 1 { sub(/\\.\\.\\./, \"AAAAAA\", $1); print $1, $2, 1 }' "
    "$s/codes_2026.tsv; awk -F, -v OFS='\\t' 'NR > 1 { print $1, $2, 1 }' "
    "$s/bnf_names_2024-04.csv; } | LC_ALL=C sort -u -t '\t' -k 1,1 > rows.tsv && "
    "awk -v month=2026-04 -f make.awk rows.tsv > all.csv";

Test(products, every_code_of_2024_and_2026_is_known)
{
    REQUIRE_SHARED("domain/inhalers/codes_2026.tsv");
    write_text(in_scratch("make.awk"), make_awk);
    cr_assert(eq(int, in_folder(every_code), 0), "%s", shell_output());
    expect_lines("test $(wc -l < rows.tsv) -gt 240 && $canister rules check all.csv 2>/dev/null | "
                 "sed -n 's/^  \\(codes without a rule\\|not inhalers, by a rule\\) *\\([0-9]*\\) "
                 "rows.*/\\1: \\2/p'",
                 "not inhalers, by a rule: 2\ncodes without a rule: 0\n");
    cr_expect(eq(int, in_folder("$canister rules check all.csv | grep -c provisionally"), 1),
              "nor is one known by its name alone: %s", shell_output());
}

/* The field case, as its README says. */
Test(products, the_new_codes_of_2026_are_counted_as_what_they_are)
{
    REQUIRE_SHARED("data/cases/new_codes_202604.csv");
    cr_assert(eq(int,
                 shell("cd %s && %s run '%s' --quiet --out out", scratch_folder(), program(),
                       shared("data/cases/new_codes_202604.csv")),
                 0),
              "%s", shell_output());
    expect_lines("awk -F, '$2 == \"nation\" && ($1 == \"inhalers\" || "
                 "$1 == \"mdi_share_of_non_salbutamol_items\") { print $1, $6, $7 }' "
                 "out/measures.csv; wc -l < out/unclassified.csv",
                 "inhalers 273 \nmdi_share_of_non_salbutamol_items 160 193\n1\n");
}

/* --- codes without a rule ---------------------------------------------------------------- */

static const char unknown_rows[] =
    "0302000C0BZAABF\tNewclo 100micrograms/dose inhaler\t10\n"  /* generic of a pMDI */
    "0302000N0BZAAAX\tNewhaler Accuhaler 50/100\t4\n"           /* and of a powder */
    "0301040X0BZABAB\tNewmist Respimat refill\t6\n"             /* a refill */
    "0302000C0BZACBF\tNewclo 100 Easyhaler\t3\n"                /* its generic is a pMDI */
    "0301011R0BZZZAP\tNewsal Evohaler dry powder inhaler\t3\n"  /* two patterns disagree */
    "0302000K0BZZZZZ\tBrandnew Turbohaler\t3\n"                 /* ICS, or with a LABA? */
    "0302000K0BZYZZZ\tBrandnew Formoterol Turbohaler\t3\n"      /* its name says */
    "0302000ZZBBAAAA\tNewhaler 100micrograms/dose inhaler\t3\n" /* substance not known */
    "0301011R0BZYZAP\tNewsal 2mg/5ml oral solution\t3\n";       /* no inhaler */

Test(products, what_a_name_tells_is_counted_provisionally_and_nothing_else)
{
    make_month("2026-04", unknown_rows);
    cr_assert(eq(int, in_folder("$canister run m202604.csv --quiet --out out"), 0), "%s",
              shell_output());
    expect_lines("sqlite3 :memory: '.import --csv out/products.csv p' \"select bnf_code, device, "
                 "propellant, therapeutic_class, inhalers, kgco2e_per_inhaler, grade, provisional "
                 "from p order by bnf_code\"",
                 "0301040X0BZABAB|refill|none|LABA/LAMA|0|0.114|D|yes\n"
                 "0302000C0BZAABF|pMDI|HFA134a|ICS|10|22.6415|D|yes\n"
                 "0302000K0BZYZZZ|DPI|none|ICS/LABA|3|1|D|yes\n"
                 "0302000N0BZAAAX|DPI|none|ICS/LABA|4|1|D|yes\n");
    expect_lines("sqlite3 :memory: '.import --csv out/unclassified.csv u' \"select bnf_code, "
                 "reason like 'no rule covers this code; counted provisionally as %' from u order "
                 "by bnf_code\"",
                 "0301011R0BZZZAP|0\n0301040X0BZABAB|1\n0302000C0BZAABF|1\n0302000C0BZACBF|0\n"
                 "0302000K0BZYZZZ|1\n0302000K0BZZZZZ|0\n0302000N0BZAAAX|1\n0302000ZZBBAAAA|0\n");
    cr_expect(eq(int,
                 in_folder("grep -c 'pMDI with propellant HFA134a.*class by the generic' "
                           "out/unclassified.csv"),
                 0),
              "what was assumed: %s", shell_output());
}

/* Patterns are data: a word of one's own makes a device known. */
Test(products, a_pattern_of_ones_own_is_taken)
{
    make_month("2026-04", "0302000C0BZAABF\tNewclo 100 Zephyr\t10\n");
    cr_assert(
        eq(int,
           in_folder("mkdir -p own/products && echo '{\"id\": \"own\", \"title\": \"t\", "
                     "\"source\": \"S01\", \"checked\": \"2026-01-31\", \"patterns\": [{\"id\": "
                     "\"zephyr\", \"words\": [\"zephyr\"], \"device\": \"pMDI\"}]}' > "
                     "own/products/patterns_own.json && $canister run m202604.csv --quiet --out a "
                     "&& $canister run m202604.csv --quiet --rules own --out b"),
           0),
        "%s", shell_output());
    expect_lines("wc -l < a/products.csv; cut -d, -f2,4,10 b/products.csv | tail -n 1",
                 "1\n0302000C0BZAABF,pMDI,10\n");
}

/* --- versions ------------------------------------------------------------------------------- */

/* Two months before the version with HFO-1234ze(E), two after: 10 Trixeo of each, 10 powders,
 * 5 Trimbow. */
static const char trixeo_rows[] =
    "0302000Y0BBAAAA\tTrixeo Aerosphere 5microg / 7.2microg / 160microg/dose inh\t10\n"
    "0302000V0BBABAB\tRelvar Ellipta 92microg/dose / 22microg/dose dry pdr inh\t10\n"
    "0302000AABBAAAA\tTrimbow 87microg/dose / 5microg/dose / 9microg/dose inh\t5\n";

static void make_series(void)
{
    static const char *const months[] = {"2025-05", "2025-06", "2025-07", "2025-08"};

    for (size_t i = 0; i < LENGTH_OF(months); i++)
        make_month(months[i], trixeo_rows);
}

/* 17.4495 before; half of it and half of 0.513 after.  15 of 25 with a high-carbon propellant
 * before, 10 after. */
Test(products, a_propellant_that_changes_shows_from_its_month_on_and_not_before)
{
    make_series();
    cr_assert(eq(int, in_folder("$canister run m2025*.csv --quiet --out out"), 0), "%s",
              shell_output());
    expect_lines("sqlite3 :memory: '.import --csv out/products.csv p' \"select month, propellant, "
                 "kgco2e_per_inhaler, grade, kgco2e from p where bnf_code = '0302000Y0BBAAAA' "
                 "order by month\"",
                 "2025-05|HFA134a|17.4495|C|174.495\n2025-06|HFA134a|17.4495|C|174.495\n"
                 "2025-07|HFA134a or HFO1234ze|8.98125|C|89.8125\n"
                 "2025-08|HFA134a or HFO1234ze|8.98125|C|89.8125\n");
    expect_lines("awk -F, '$1 == \"high_carbon_propellant_share_of_inhalers\" && $2 == \"nation\" "
                 "{ print $5, $6, $7 }' out/measures.csv",
                 "2025-05 15 25\n2025-06 15 25\n2025-07 10 25\n2025-08 10 25\n");
    /* 2 x 10 x (8.98125 - 17.4495), and nothing else changed */
    expect_lines("sqlite3 :memory: '.import --csv out/drivers.csv d' \"select change, factors, "
                 "volume, brand_mix from d where level = 'nation'\"",
                 "-169.365|-169.365|0|0\n");
    expect_lines(
        "sqlite3 :memory: '.import --csv out/switches.csv s' \"select month, rank, switch, "
        "kgco2e_saved, grade from s where switch in ('trimbow-to-trixeo-hfo', "
        "'trimbow-to-nexthaler', 'trimbow-to-trelegy') and month in ('2025-06', "
        "'2025-07') order by month, rank + 0\"",
        "2025-06|1|trimbow-to-nexthaler|81.1575|B\n"
        "2025-06|2|trimbow-to-trelegy|81.7775|B\n"
        "2025-07|1|trimbow-to-nexthaler|81.1575|B\n"
        "2025-07|2|trimbow-to-trixeo-hfo|83.0375|B\n"
        "2025-07|3|trimbow-to-trelegy|81.7775|B\n");
}

/* Ventolin with HFA-152a from July 2025: what is prepared, switched on by a file of one's own. */
static const char switch_on[] =
    "mkdir -p own/products && sed -e '/\"ventolin-100-evohaler\"/,/]}/{"
    "s/\"propellant\": \"HFA134a\",/\"propellant\": \"HFA134a\", \"to\": \"2025-06\",/; "
    "s/\"prepared\": true/\"from\": \"2025-07\", \"dmd\": [\"1234567890\"]/}' "
    "$rules/products/versions.json > own/products/versions.json";

Test(products, a_version_that_was_prepared_is_off_until_a_rule_says_from_when)
{
    static const char *const months[] = {"2025-06", "2025-07"};

    for (size_t i = 0; i < LENGTH_OF(months); i++)
        make_month(months[i], "0301011R0BEAIAP\tVentolin 100micrograms/dose Evohaler\t10\n");
    cr_assert(eq(int, in_folder(switch_on), 0), "%s", shell_output());
    cr_assert(eq(int,
                 in_folder("$canister run m2025*.csv --quiet --out a && "
                           "$canister run m2025*.csv --quiet --rules own --out b"),
                 0),
              "%s", shell_output());
    expect_lines("for o in a b; do sqlite3 :memory: \".import --csv $o/products.csv p\" \"select "
                 "month, propellant, kgco2e_per_inhaler from p\"; done",
                 "2025-06|HFA134a|28.26\n2025-07|HFA134a|28.26\n"
                 "2025-06|HFA134a|28.26\n2025-07|HFA152a|2.26\n");
    /* the published measure keeps its weight, and a propellant of low carbon leaves nothing to
     * switch to a brand of more */
    expect_lines("awk -F, '$1 == \"salbutamol_kgco2e_per_inhaler\" && $2 == \"nation\" { print $5, "
                 "$8 }' b/measures.csv; cut -d, -f1,6 b/switches.csv | grep salamol",
                 "2025-06 28.26\n2025-07 28.26\n2025-06,ventolin-evohaler-to-salamol\n");
}

/* Where the extract has the dm+d code of a version, its rows are of that version alone. */
static const char with_codes[] =
    "mkdir -p own/products && sed -e '/\"id\": \"hfo1234ze\"/s/\"from\"/\"dmd\": "
    "[\"44123411000001109\"], \"from\"/' $rules/products/versions.json > "
    "own/products/versions.json";

Test(products, a_dmd_code_tells_which_version_it_is)
{
    make_month("2026-01", "0302000Y0BBAAAA\tTrixeo Aerosphere\t10\t44123411000001109\n"
                          "0302000Y0BBAAAA\tTrixeo Aerosphere\t4\t37564311000001106\n");
    cr_assert(eq(int, in_folder(with_codes), 0), "%s", shell_output());
    cr_assert(eq(int, in_folder("$canister run m202601.csv --quiet --rules own --out out"), 0),
              "%s", shell_output());
    expect_lines("sqlite3 :memory: '.import --csv out/products.csv p' \"select propellant, "
                 "inhalers, kgco2e_per_inhaler, grade from p\"",
                 "HFA134a or HFO1234ze|4|8.98125|C\nHFO1234ze|10|0.513|B\n");
    expect_lines("awk -F, '$1 == \"high_carbon_propellant_share_of_inhalers\" && $2 == \"nation\" "
                 "{ print $6, $7 }' out/measures.csv",
                 "2 14\n");
    expect_lines("$canister add m202601.csv --quiet --rules own --store store && $canister report "
                 "--quiet --store store --rules own --out rep && diff out/products.csv "
                 "rep/products.csv && sqlite3 store \"select product_code, items from prescribing "
                 "order by 1\"",
                 "0302000Y0BBAAAA|4\n0302000Y0BBAAAA/44123411000001109|10\n");
}

/* --- switches ---------------------------------------------------------------------------------- */

Test(products, switches_have_search_codes_ages_and_the_same_drug_first)
{
    make_month("2026-01",
               "0301011R0AAAPAP\tSalbutamol 100micrograms/dose inhaler CFC free\t10\n"
               "0302000ABBFAAAB\tLuforbec 100micrograms/dose / 6micrograms/dose inhaler\t10\n"
               "0301040AABBAAAA\tBevespi Aerosphere 7.2microg / 5microg/dose pressurised inh\t10\n"
               "0302000C0BPABBF\tClenil Modulite 100micrograms/dose inhaler\t10\n"
               "0302000N0BCAEBF\tSeretide 125 Evohaler\t10\n");
    cr_assert(eq(int, in_folder("$canister run m202601.csv --quiet --out out"), 0), "%s",
              shell_output());
    expect_lines("sqlite3 :memory: '.import --csv out/switches.csv s' \"select distinct "
                 "search_codes from s where from_code = '0301011R0AAAPAP'\"",
                 "39113611000001102 7511000001105 45111000001100 757611000001104\n");
    /* Bevespi 15.158 + 2.2915 to Anoro 0.784; Luforbec has no factor of its own */
    expect_lines("sqlite3 :memory: '.import --csv out/switches.csv s' \"select switch, "
                 "kgco2e_saved, grade from s where switch = 'bevespi-to-anoro' or switch = "
                 "'fostair-to-nexthaler'\"",
                 "fostair-to-nexthaler||C\nbevespi-to-anoro|166.655|B\n");
    expect_lines(
        "sqlite3 :memory: '.import --csv out/switches.csv s' \"select count(*) from s "
        "where prompts like '%today''s inhaler licensed from 18 years; the other licensed "
        "from 18 years%'; select max(rank + 0) < (select min(rank + 0) from s where change "
        "like '%drug%') from s where change not like '%drug%'; select kgco2e_saved, grade "
        "from s where switch = 'seretide-evohaler-to-accuhaler'\"",
        "1\n1\n185.87|B2\n");
}
