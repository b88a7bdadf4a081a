/* Real hospital rows, of one drug, told as a gas by rules of the test's own: what is summed by
 * trust, month and product, what came back, and who sent nothing are what sqlite3 finds. */

#include "support/cases.h"
#include "support/paths.h"

#define ROWS "data/hospital/scmd_methotrexate_trust_month_vmp.csv"

static const char script[] =
    "printf '%s\\n' \".import --csv '$rows' r\" '.mode csv' "
    "\"SELECT strftime('%Y%m', year_month), ods_code, vmp_snomed_code, vmp_product_name, "
    "'258773002', 'ML', total_quantity FROM r;\" | sqlite3 -batch | tr -d '\\r' > body || exit 1\n"
    "{ echo YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,UNIT_OF_MEASURE_IDENTIFIER,"
    "UNIT_OF_MEASURE_NAME,TOTAL_QUANITY_IN_VMP_UNIT; cat body; } > scmd.csv\n"
    "mkdir -p own/products\n"
    "printf '%s\\n' \".import --csv '$rows' r\" \"SELECT json_object('id', 'mtx', 'title', 't', "
    "'source', 'canister', 'checked', '2026-11-22', 'gases', json_array(json_object('id', 'mtx', "
    "'name', 'Methotrexate', 'form', 'liquid', 'names', json_object('name', 'methotrexate', "
    "'with', json_array('mg')), 'codes', (SELECT json_group_array(json_object('code', code, "
    "'source', 'canister', 'checked', '2026-11-22')) FROM (SELECT DISTINCT vmp_snomed_code AS code "
    "FROM r ORDER BY 1 LIMIT 4)), 'source', 'canister', 'checked', '2026-11-22')));\" "
    "| sqlite3 -batch > own/products/gases_mtx.json || exit 1\n"
    "$canister run --quiet --rules own scmd.csv --out out || exit 1\n"
    "cat > compare.sql <<'END'\n"
    ".import --csv out/gases.csv g\n"
    ".import --csv out/gases_quality.csv q\n"
    "CREATE TABLE ours AS SELECT organisation_code AS trust, month, vmp_code, rows + 0 AS rows,\n"
    "  quantity + 0 AS net, quantity_issued + 0 AS gross, quantity_returned + 0 AS back,\n"
    "  ml + 0 AS ml FROM g;\n"
    "CREATE TABLE theirs AS SELECT ods_code AS trust, strftime('%Y-%m', year_month) AS month,\n"
    "  vmp_snomed_code, count(*), sum(total_quantity + 0) + 0, sum(max(total_quantity + 0, 0)) + "
    "0,\n"
    "  sum(min(total_quantity + 0, 0)) + 0, sum(total_quantity + 0) + 0 FROM r GROUP BY 1, 2, 3;\n"
    "CREATE TABLE away AS SELECT t.trust, m.month FROM (SELECT DISTINCT trust FROM theirs) t,\n"
    "  (SELECT DISTINCT month FROM theirs) m EXCEPT SELECT trust, month FROM theirs;\n"
    "CREATE TABLE told AS SELECT organisation_code, month FROM q WHERE finding = "
    "'missing_month';\n"
    "SELECT count(*) FROM (SELECT * FROM ours EXCEPT SELECT * FROM theirs);\n"
    "SELECT count(*) FROM (SELECT * FROM theirs EXCEPT SELECT * FROM ours);\n"
    "SELECT count(*) FROM (SELECT * FROM away EXCEPT SELECT * FROM told);\n"
    "SELECT count(*) FROM (SELECT * FROM told EXCEPT SELECT * FROM away);\n"
    "SELECT (SELECT count(*) FROM away) > 0, (SELECT sum(rows) FROM ours),\n"
    "  (SELECT sum(back < 0) FROM ours);\n"
    "END\n"
    "{ echo \".import --csv '$rows' r\"; cat compare.sql; } | sqlite3 -batch | tr '\\n' ' '\n";

Test(real, hospital_rows_are_summed_by_trust_month_and_product_as_sqlite_sums_them)
{
    REQUIRE_SHARED(ROWS);
    write_text(in_scratch("script"), script);
    cr_expect(eq(int,
                 shell("cd '%s' && rows='%s' canister='%s' sh script", scratch_folder(),
                       shared(ROWS), program()),
                 0),
              "%s", shell_output());
    cr_expect(eq(str, (char *)shell_output(), "0 0 0 0 1|4086|6 "), "differences, then rows");
}
