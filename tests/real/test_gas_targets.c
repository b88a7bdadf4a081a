/* Real hospital rows, of one drug, told as litres of nitrous oxide: a year of baseline, the latest
 * twelve months and the reasons of those without an answer are what sqlite3 finds in the rows. */

#include "support/cases.h"
#include "support/paths.h"

#define ROWS "data/hospital/scmd_methotrexate_trust_month_vmp.csv"

static const char own[] =
    "{\"targets\": [{\"id\": \"litres\", \"title\": \"t\", \"plan\": \"p\", \"measure\": "
    "\"nitrous_oxide_content_litres\", \"levels\": [\"trust\", \"nation\"], \"reach\": "
    "\"at_most\", \"reduction_percent\": \"10\", \"baseline_from\": \"2019-01\", \"baseline_to\": "
    "\"2019-12\", \"due\": \"2021-03\", \"months\": 12, \"source\": \"s\", \"checked\": "
    "\"2026-11-22\"}]}";

static const char script[] =
    "printf '%s\\n' \".import --csv '$rows' r\" '.mode csv' "
    "\"SELECT strftime('%Y%m', year_month), ods_code, '14680411000001109', 'Nitrous oxide', "
    "'258770004', 'LITRE', total_quantity FROM r;\" | sqlite3 -batch | tr -d '\\r' > body || "
    "exit 1\n"
    "{ echo YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,UNIT_OF_MEASURE_IDENTIFIER,"
    "UNIT_OF_MEASURE_NAME,TOTAL_QUANITY_IN_VMP_UNIT; cat body; } > scmd.csv\n"
    "$canister run --quiet --xlsx no --targets own.json scmd.csv --out out || exit 1\n"
    "cat > compare.sql <<'END'\n"
    ".import --csv out/targets.csv a\n"
    ".import --csv out/gases_quality.csv g\n"
    "DELETE FROM a WHERE target <> 'litres';\n"
    "CREATE TABLE q AS SELECT ods_code AS o, strftime('%Y-%m', year_month) AS month, "
    "total_quantity + 0 AS q FROM r UNION ALL SELECT 'E92000001', strftime('%Y-%m', year_month), "
    "total_quantity + 0 FROM r;\n"
    "CREATE TABLE w AS SELECT o, max(month) AS last, count(DISTINCT iif(month <= '2019-12', month, "
    "NULL)) AS base, count(DISTINCT iif(month >= '2019-08', month, NULL)) AS now, sum(iif(month <= "
    "'2019-12', q, 0)) * 0.9 AS wanted, sum(iif(month >= '2019-08', q, 0)) AS latest FROM q GROUP "
    "BY o;\n"
    "SELECT count(*) = (SELECT count(*) FROM w), sum(status <> 'not computable') > 150 FROM a;\n"
    "SELECT sum((base = 12 AND now = 12 AND last = '2020-07') <> (status <> 'not computable')), "
    "sum(base < 12 AND why <> 'the baseline 2019-01 to 2019-12: it has figures in ' || base || "
    "' of the 12 months'), sum(base = 12 AND last < '2020-07' AND why <> 'its last month is ' || "
    "last || ', but the files go to 2020-07'), sum(base = 12 AND last = '2020-07' AND now < 12 AND "
    "why <> '2019-08 to 2020-07: it has figures in ' || now || ' of the 12 months') "
    "FROM a JOIN w ON o = organisation_code;\n"
    "SELECT sum(abs(target_value - wanted) > 1e-3), sum(abs(latest_value - latest) > 1e-3), "
    "sum((status = 'reached') <> (latest <= wanted)), sum(latest_month <> '2020-07') FROM a JOIN w "
    "ON o = organisation_code WHERE status <> 'not computable';\n"
    "SELECT (SELECT why FROM a WHERE level = 'nation') LIKE '%: ' || (SELECT sum(finding = "
    "'missing_month') || ' in which a trust sent nothing, 0 quantities that no rule converts, ' || "
    "sum(finding = 'negative_month') FROM g) || ' below zero';\n"
    "END\n"
    "{ echo \".import --csv '$rows' r\"; cat compare.sql; } | sqlite3 -batch | tr '\\n' ' '\n";

Test(real, targets_of_gases_are_sums_of_hospital_rows_and_tell_what_is_missing)
{
    REQUIRE_SHARED(ROWS);
    write_text(in_scratch("script"), script);
    write_text(in_scratch("own.json"), own);
    cr_expect(eq(int,
                 shell("cd '%s' && rows='%s' canister='%s' sh script", scratch_folder(),
                       shared(ROWS), program()),
                 0),
              "%s", shell_output());
    cr_expect(eq(str, (char *)shell_output(), "1|1 0|0|0|0 0|0|0|0 1 "), "enough, then mistakes");
}
