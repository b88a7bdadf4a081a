/* Targets and trends of gases: made months of five trusts in three ICBs, from 2019/20 on, read with
 * a register of trusts; every sum that a target is held against is computed again by awk from the
 * extract, for trusts, ICBs and the nation. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdlib.h>

/* Pure nitrous oxide and the mixture that holds half of it, in litres; desflurane and sevoflurane
 * in ml.  RA1 and RA2 are in QHG, RB1 and RB2 in QJ2, RC1 in QK1.  RB2 sends nothing in 2019-07. */
static const char make[] =
    "BEGIN { OFS = \",\"; print \"YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,"
    "UNIT_OF_MEASURE_IDENTIFIER,UNIT_OF_MEASURE_NAME,TOTAL_QUANITY_IN_VMP_UNIT\"\n"
    "split(\"RA1 RA2 RB1 RB2 RC1\", trusts, \" \")\n"
    "for (m = 0; m < 84; m++) for (t = 1; t <= 5; t++) {\n"
    "  month = sprintf(\"%d%02d\", 2019 + int((m + 3) / 12), (m + 3) % 12 + 1)\n"
    "  if (t == 4 && month == 201907) continue\n"
    "  noise = (m * 7 + t * 3) % 11\n"
    "  n2o = 40000 - (t == 1 ? 300 : t == 5 ? 20 : 150) * m + 40 * noise\n"
    "  des = t < 3 ? (m < 40 ? 2400 - 60 * m : 0) : 240 * (9 - t) - 8 * m + noise\n"
    "  print month, trusts[t], \"14680411000001109\", \"Nitrous oxide\", \"258770004\", \"LITRE\", "
    "n2o\n"
    "  print month, trusts[t], \"14680511000001108\", \"Nitrous oxide 50% / Oxygen 50%\", "
    "\"258770004\", \"LITRE\", 1000 + 10 * noise\n"
    "  if (des > 0) print month, trusts[t], \"39708611000001100\", \"Desflurane\", \"258773002\", "
    "\"ML\", des\n"
    "  print month, trusts[t], \"39711011000001104\", \"Sevoflurane\", \"258773002\", \"ML\", "
    "30000 "
    "+ 500 * t + 30 * noise\n"
    "} }\n";

/* target|organisation|target value|latest month|latest value, as awk finds them; to compare, what
 * targets.csv says of the same */
static const char expect[] =
    "function sum(gas, o, from, to,   s, k, p) { s = 0; for (k in q) { split(k, p, \" \"); if "
    "(p[1] "
    "== gas && p[2] == o && p[3] >= from && p[3] <= to) s += q[k] } return s }\n"
    "function n2o(o, from, to) { return sum(\"n\", o, from, to) + sum(\"e\", o, from, to) / 2 }\n"
    "function share(o, m,   d) { d = sum(\"d\", o, m, m); return d / (d + sum(\"s\", o, m, m)) }\n"
    "function say(id, o, target, month, value) { printf \"%s|%s|%.3f|%s|%.3f|%s\\n\", id, o, "
    "target, month, value, (value <= target ? \"met\" : \"not\") }\n"
    "NR == 1 { next }\n"
    "{ gas = $4 ~ /50%/ ? \"e\" : $4 ~ /^Nit/ ? "
    "\"n\" : $4 ~ /^Des/ ? \"d\" : \"s\"\n"
    "  icb = $2 ~ /^RA/ ? \"QHG\" : $2 ~ /^RB/ ? \"QJ2\" : \"QK1\"\n"
    "  q[gas \" \" $2 \" \" $1] += $7; q[gas \" \" icb \" \" $1] += $7; q[gas \" E92000001 \" $1] "
    "+= $7 }\n"
    "END { for (i = split(\"RA1 RA2 QHG\", a, \" \"); i > 0; i--) {\n"
    "    say(\"blmk-nitrous-oxide-2028-03\", a[i], n2o(a[i], 201904, 202003) / 2, \"2026-03\", "
    "n2o(a[i], 202504, 202603))\n"
    "    say(\"blmk-desflurane-zero\", a[i], 0, \"2026-03\", sum(\"d\", a[i], 202603, 202603)) }\n"
    "  for (i = split(\"RB1 RB2 QJ2\", a, \" \"); i > 0; i--) {\n"
    "    say(\"ddicb-nitrous-oxide-2025-03\", a[i], n2o(a[i], 202304, 202403) * 0.91, \"2025-03\", "
    "n2o(a[i], 202404, 202503))\n"
    "    say(\"ddicb-desflurane-zero\", a[i], 0, \"2026-03\", sum(\"d\", a[i], 202603, 202603)) }\n"
    "  for (i = split(\"RC1 QK1\", a, \" \"); i > 0; i--) {\n"
    "    say(\"llr-desflurane-2022-04\", a[i], 0.1, \"2022-04\", share(a[i], 202204))\n"
    "    say(\"llr-desflurane-2023-04\", a[i], 0.05, \"2023-04\", share(a[i], 202304)) }\n"
    "  for (i = split(\"E92000001 RA1 RA2 RB1 RC1 QHG QJ2 QK1\", a, \" \"); i > 0; i--)\n"
    "    say(\"own-nitrous-oxide\", a[i], n2o(a[i], 201904, 202003) * 0.6, \"2026-03\", "
    "n2o(a[i], 202504, 202603)) }\n";

static const char own[] =
    "{\"targets\": [{\"id\": \"own-nitrous-oxide\", \"title\": \"t\", \"plan\": \"p\", "
    "\"measure\": \"nitrous_oxide_content_litres\", \"levels\": [\"trust\", \"icb\", \"nation\"], "
    "\"reach\": \"at_most\", \"reduction_percent\": \"40\", \"baseline_from\": \"2019-04\", "
    "\"baseline_to\": \"2020-03\", \"due\": \"2027-03\", \"months\": 12, \"source\": \"s\", "
    "\"checked\": \"2026-11-22\"}]}";

#define TRUST(code, icb) code ",TRUST " code ",Y61," icb ",,,,,,ZZ1 1ZZ,20171001,,,,,,,,,,,0,,H\n"

static const char compare[] =
    "cd $scratch && awk -f make.awk > scmd_final.csv && "
    "$canister run --quiet --xlsx no scmd_final.csv --register etr.csv --targets own.json --out "
    "out && awk -F, -f expect.awk scmd_final.csv | sort > want && "
    "sqlite3 t.db '.import --csv out/targets.csv t' \"SELECT printf('%s|%s|%.3f|%s|%.3f|%s', "
    "target, organisation_code, target_value, latest_month, latest_value, CASE WHEN status = "
    "'reached' THEN 'met' ELSE 'not' END) FROM t WHERE measure LIKE '%nitrous%' AND status <> 'not "
    "computable' OR measure LIKE 'desflurane%' AND organisation_code <> ''\" | sort > got && "
    "test $(wc -l < want) -eq 24 && diff want got && ";

/* A trust that lacks a month of its baseline has no answer; what it takes part in has one that
 * says so. */
static const char gaps[] =
    "sqlite3 t.db \"SELECT status || ': ' || why FROM t WHERE target = 'own-nitrous-oxide' AND "
    "organisation_code = 'RB2'\" > words && grep -q 'not computable: the baseline 2019-04 to "
    "2020-03: it has figures in 11 of the 12 months' words && "
    "sqlite3 t.db \"SELECT organisation_code FROM t WHERE why LIKE '%see gases_quality.csv for "
    "those months: 1 in "
    "which a trust sent nothing, 0 quantities that no rule converts, 0 below zero' ORDER BY 1\" | "
    "tr '\\n' ' ' > told && test \"$(cat told)\" = 'E92000001 QJ2 ' && "
    "test $(sqlite3 t.db \"SELECT count(*) FROM t WHERE target = 'own-nitrous-oxide' AND "
    "probability <> '' AND forecast_low + 0 <= forecast + 0 AND forecast + 0 <= forecast_high + "
    "0\") -eq 8";

/* Every trust, ICB, region and the nation falls over its latest 36 months. */
static const char trends[] =
    " && sqlite3 t.db '.import --csv out/trends.csv r' "
    "\"SELECT level || ' ' || organisation_code, points, adjusted, slope_per_month < 0 FROM r "
    "WHERE measure = 'nitrous_oxide_content_litres' AND method = 'theil_sen' ORDER BY 1\" > lines "
    "&& test $(wc -l < lines) -eq 10 && test $(grep -c '|36|days+calendar_months|1$\\||36|days|1$' "
    "lines) -eq 10";

Test(gas_targets, are_held_against_the_sums_of_the_extract_for_trusts_icbs_and_the_nation)
{
    write_text(in_scratch("make.awk"), make);
    write_text(in_scratch("expect.awk"), expect);
    write_text(in_scratch("own.json"), own);
    write_text(in_scratch("etr.csv"), TRUST("RA1", "QHG") TRUST("RA2", "QHG") TRUST("RB1", "QJ2")
                                          TRUST("RB2", "QJ2") TRUST("RC1", "QK1"));
    cr_expect(eq(int,
                 shell("scratch=%s; canister=%s; %s%s%s", scratch_folder(), program(), compare,
                       gaps, trends),
                 0),
              "%s", shell_output());
}

/* A register of after April 2026: the trusts are in Central East, and those that were in QHG keep
 * its targets, as has what QHG was. */
static const char after[] =
    "cd $scratch && { echo YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,"
    "UNIT_OF_MEASURE_IDENTIFIER,UNIT_OF_MEASURE_NAME,TOTAL_QUANITY_IN_VMP_UNIT; for t in RC9 RD8 "
    "RGT; do echo 202606,$t,39708611000001100,Desflurane,258773002,ML,240; done; } > "
    "scmd_final.csv && $canister run --quiet --xlsx no scmd_final.csv --register etr.csv --out "
    "out && sqlite3 t.db '.import --csv out/targets.csv t' \"SELECT organisation_code || ' ' || "
    "latest_value || ' ' || (why LIKE '%that was QHG%') FROM t WHERE target = "
    "'blmk-desflurane-zero' ORDER BY 1\" | tr '\\n' ',' > got && echo 'QHG 480 1,RC9 240 1,RD8 240 "
    "1,' | tr -d '\\n' | diff got -";

Test(gas_targets, follow_the_trusts_of_an_icb_that_ended)
{
    write_text(in_scratch("etr.csv"),
               TRUST("RC9", "S1Y5D") TRUST("RD8", "S1Y5D") TRUST("RGT", "S1Y5D"));
    cr_expect(eq(int, shell("scratch=%s; canister=%s; %s", scratch_folder(), program(), after), 0),
              "%s", shell_output());
}
