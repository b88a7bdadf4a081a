#include "support/cases.h"
#include "support/paths.h"

/* All months of the sample, of practices and of hospitals, and its own targets; what is read from
 * the result files is computed again by sqlite3 from measures.csv and prescribing.csv, which the
 * oracle holds to the extracts.  Each query prints what is wrong, and how much it looked at. */
static const struct {
    const char *what, *query, *says;
} checks[] = {
    {"twelve months are sum over sum",
     "WITH s AS (SELECT p.*, sum(m.numerator) AS n, sum(m.denominator) AS d, "
     "count(*) AS c, sum(m.value = '') AS unknown, sum(m.numerator = '' OR "
     "(m.denominator = '' AND p.denominator <> '')) AS hidden "
     "FROM periods AS p JOIN measures AS m ON m.measure = p.measure AND m.level = p.level AND "
     "m.organisation_code = p.organisation_code AND m.month BETWEEN first_month AND last_month "
     "WHERE period = '12 months' GROUP BY p.measure, p.level, p.organisation_code) "
     "SELECT count(*) > 3000, count(DISTINCT last_month), sum(abs(numerator - n) > 1e-4 "
     "OR (denominator <> '' AND abs(denominator - d) > 1e-4) OR months <> c OR months + missing "
     "<> 12 OR (d > 0 AND unknown = 0 AND abs(value - 1.0 * n / d) > 2e-6)) FROM s WHERE hidden = "
     "0",
     "1|2|0\n"},
    {"no organisation has two rows of one period, trend or chart, whatever data it has",
     "SELECT count(*) FROM (SELECT 1 FROM periods GROUP BY measure, level, organisation_code, "
     "period, first_month HAVING count(*) > 1 UNION ALL SELECT 1 FROM trends GROUP BY measure, "
     "level, organisation_code, method HAVING count(*) > 1 UNION ALL SELECT 1 FROM spc GROUP BY "
     "measure, level, organisation_code, month HAVING count(*) > 1 UNION ALL SELECT 1 FROM targets "
     "GROUP BY target, level, organisation_code HAVING count(*) > 1)",
     "0\n"},
    {"the nation has all its months, of practices and of hospitals",
     "SELECT first_month, last_month, points FROM trends WHERE level = 'nation' AND method = "
     "'theil_sen' AND measure IN ('inhaler_kgco2e', 'gases_kgco2e')",
     "2023-08|2026-07|36\n2025-04|2026-06|15\n"},
    {"a financial year begins in April and tells its missing months",
     "SELECT group_concat(first_month || ' ' || last_month || ' ' || months || ' ' || missing) "
     "FROM periods WHERE measure = 'inhalers' AND level = 'nation' AND period = 'financial year'",
     "2023-04 2024-03 8 4,2024-04 2025-03 12 0,2025-04 2026-03 12 0,2026-04 2027-03 4 8\n"},
    {"slopes are those of least squares in SQL",
     "WITH m AS (SELECT *, substr(month, 1, 4) * 12 + substr(month, 6) AS x FROM measures "
     "WHERE value <> ''), s AS (SELECT measure, level, organisation_code AS o, count(*) AS c, "
     "(avg(x * value) - avg(x) * avg(value)) / nullif(avg(x * x) - avg(x) * avg(x), 0) AS slope "
     "FROM m GROUP BY 1, 2, 3) "
     "SELECT count(*) > 100, sum(abs(slope_per_month - slope) > 1e-5 OR points <> c) "
     "FROM trends AS t JOIN s ON s.measure = t.measure AND s.level = t.level "
     "AND s.o = t.organisation_code WHERE method = 'ols_newey_west' AND adjusted = ''",
     "1|0\n"},
    {"limits are the mean and 2.66 mean moving ranges",
     "WITH r AS (SELECT measure, level, organisation_code AS o, value, abs(value - lag(value) "
     "OVER (PARTITION BY measure, level, organisation_code ORDER BY month)) AS range FROM spc), "
     "s AS (SELECT measure, level, o, avg(value) AS mean, avg(range) AS range FROM r "
     "GROUP BY 1, 2, 3) SELECT count(*) > 10000, sum(abs(spc.mean - s.mean) > 1e-5 OR "
     "abs(spc.upper - s.mean - 2.66 * range) > 1e-4 OR "
     "abs(spc.lower - max(0, s.mean - 2.66 * range)) > 1e-4 OR "
     "((value + 0 > upper + 0 OR value + 0 < lower + 0) <> (special_cause LIKE '%limit' AND "
     "special_cause "
     "NOT "
     "LIKE '2%'))) FROM spc JOIN s ON s.measure = spc.measure AND s.level = spc.level "
     "AND s.o = spc.organisation_code",
     "1|0\n"},
    {"the five drivers sum to the change, and the change is that of prescribing.csv",
     "WITH k AS (SELECT level, organisation_code AS o, "
     "sum(kgco2e * (month BETWEEN '2024-08' AND '2025-07')) AS before, "
     "sum(kgco2e * (month BETWEEN '2025-08' AND '2026-07')) AS after "
     "FROM prescribing GROUP BY 1, 2) SELECT count(*) > 90, "
     "sum(round(change * 1e6) <> round(volume * 1e6) + round(class_mix * 1e6) "
     "+ round(device_mix * 1e6) + round(brand_mix * 1e6) + round(factors * 1e6)), "
     "sum(abs(kgco2e_before - before) > 1e-3 OR abs(kgco2e_after - after) > 1e-3) "
     "FROM drivers AS d JOIN k ON k.level = d.level AND k.o = d.organisation_code",
     "1|0|0\n"},
    {"marks are linear quantiles of the peers, savings what is above them",
     "WITH v AS (SELECT measure, level, value + 0 AS v, row_number() OVER w AS i, count(*) OVER g "
     "AS n FROM opportunities WHERE small_denominator = '' AND organisation_code <> '-' AND "
     "organisation_code NOT LIKE '%998' WINDOW g AS (PARTITION BY measure, "
     "level), w AS (PARTITION BY measure, level ORDER BY value + 0)), "
     "q AS (SELECT measure, level, sum(v * max(0, 1 - abs(i - 1 - (n - 1) * 0.5))) AS median, "
     "sum(v * max(0, 1 - abs(i - 1 - (n - 1) * 0.1))) AS decile FROM v GROUP BY 1, 2) "
     "SELECT count(*) > 300, sum(abs(o.median - q.median) > 1e-5 OR "
     "abs(o.top_decile - q.decile) > 1e-5), sum(abs(saving_at_decile - "
     "max(0, o.value - top_decile) * p.denominator / iif(o.unit = 'GBP', 1, 1000)) > 2e-6 * max(1, "
     "p.denominator)) FROM opportunities AS o JOIN q ON q.measure = o.measure AND "
     "q.level = o.level JOIN periods AS p ON p.period = '12 months' AND p.measure = o.measure AND "
     "p.level = o.level AND p.organisation_code = o.organisation_code",
     "1|0|0\n"},
    {"every target has a status, and every one that is not computable says why",
     "SELECT count(DISTINCT target), sum(status NOT IN ('reached', 'on course', 'at risk', "
     "'off course', 'not computable')), sum(why = ''), sum(status = 'not computable' AND "
     "probability <> '') FROM targets",
     "40|0|0|0\n"},
    {"what is not computable says why, each reason where it is true and no other",
     "SELECT sum(why LIKE 'no organisation of Q__ is in the files' AND level = ''), "
     "sum(why LIKE 'the trusts of Q__ are not available: %--register%'), "
     "sum(why = 'the baseline 2019-04 to 2020-03: none of its months was read' AND "
     "target LIKE 'national%'), sum(why = 'its last month is ' || (SELECT max(month) FROM measures "
     "AS m WHERE m.level = t.level AND m.organisation_code = t.organisation_code) || ', but the "
     "files go to 2026-07'), sum(why = 'the baseline ' || CASE WHEN level = 'trust' THEN '2025-04 "
     "to "
     "2026-03' ELSE '2024-04 to 2025-03' END || ': it has figures in ' || (SELECT count(*) FROM "
     "measures AS m WHERE m.measure = t.measure AND m.level = t.level AND m.organisation_code = "
     "t.organisation_code AND month BETWEEN CASE WHEN t.level = 'trust' THEN '2025-04' ELSE "
     "'2024-04' END AND CASE WHEN t.level = 'trust' THEN '2026-03' ELSE '2025-03' END) || ' of the "
     "12 months'), sum(why = '2026-06: its denominator is zero' AND organisation_code = 'RZ4'), "
     "sum(measure = ''), count(*) FROM targets AS t WHERE status = 'not computable'",
     "9|6|14|4|2|1|9|73\n"},
    {"one that is past is judged by the month it was due in",
     "SELECT count(*) > 300, sum(t.latest_month <> due_month), sum(abs(t.latest_value - m.value) > "
     "1e-6), sum((status = 'reached') <> (m.value + 0 <= target_value + 0)), sum(forecast <> '') "
     "FROM targets AS t JOIN measures AS m ON m.measure = t.measure AND m.level = t.level AND "
     "m.organisation_code = t.organisation_code AND m.month = due_month WHERE m.value <> '' AND "
     "(t.target LIKE 'default-%' OR t.target LIKE 'iif-%') AND due_month < '2026-07'",
     "1|0|0|0|0\n"},
    {"and without that month it cannot be calculated, whatever came after",
     "SELECT count(*) > 20, sum(status <> 'not computable' OR latest_value <> '' OR why NOT LIKE "
     "'when it was due, ' || due_month || ': %') FROM targets AS t WHERE t.target LIKE 'iif-%' AND "
     "due_month < '2023-08' AND due_month <> ''",
     "1|0\n"},
    {"a target of hospitals tells what its sums lack",
     "SELECT group_concat(organisation_code || ' ' || (why LIKE '%: ' || (SELECT sum(finding = "
     "'missing_month') || ' in which a trust sent nothing, ' || sum(finding = "
     "'unit_not_converted') || ' quantities that no rule converts, 0 below zero' FROM "
     "gases_quality WHERE month BETWEEN '2025-04' AND '2026-06'))) FROM targets WHERE target = "
     "'sample-nitrous-oxide' AND why LIKE '%gases_quality%'",
     "E92000001 1\n"},
    {"North will reach 12, Mid will not reach 15",
     "SELECT group_concat(organisation_code || ' ' || status) FROM targets WHERE level = 'icb' AND "
     "(target = 'sample-salbutamol-12' AND organisation_code = 'QZA' OR "
     "target = 'sample-salbutamol-15' AND organisation_code = 'QZB')",
     "QZB off course,QZA on course\n"},
    {"that North has moved and stays away is told",
     "SELECT since, direction FROM alerts WHERE organisation_code = 'QZA' AND kind = 'cusum' "
     "AND measure = 'salbutamol_kgco2e_per_inhaler'",
     "2024-09|improvement\n"},
};

Test(months, all_that_looks_over_months_agrees_with_sqlite)
{
    static const char *const tables[] = {"measures", "prescribing",  "periods",       "trends",
                                         "spc",      "alerts",       "opportunities", "drivers",
                                         "targets",  "gases_quality"};

    cr_assert(eq(int,
                 shell("%s run %s/build/sample/*.csv --quiet --out %s --targets %s", program(),
                       root_folder(), in_scratch("out"), in_root("datasets/sample/targets.json")),
                 0),
              "%s", shell_output());
    for (size_t i = 0; i < LENGTH_OF(tables); i++)
        cr_assert(eq(int,
                     shell("cd %s && sqlite3 all.db '.import --csv out/%s.csv %s'",
                           scratch_folder(), tables[i], tables[i]),
                     0),
                  "%s", shell_output());
    for (size_t i = 0; i < LENGTH_OF(checks); i++) {
        shell("sqlite3 %s \"%s\"", in_scratch("all.db"), checks[i].query);
        cr_expect(eq(str, (char *)shell_output(), (char *)checks[i].says), "%s", checks[i].what);
    }
}

/* command, exit code, what is said */
static const struct {
    const char *command, *says;
    int code;
} calls[] = {
    {"trend EPD_SNOMED_20250[1-9].csv --organisation QZA", "2025-01 to 2025-09", 0},
    {"trend EPD_SNOMED_20250[1-9].csv --organisation QZA", "fewer than 13 points", 0},
    {"trend EPD_SNOMED_20250[1-5].csv --organisation QZA", "none below 6 points", 0},
    {"trend EPD_SNOMED_2025*.csv EPD_SNOMED_2026*.csv --measure inhaler_kgco2e", "Theil and Sen",
     0},
    {"trend EPD_SNOMED_202501.csv --measure nothing", "there is no measure", 64},
    {"trend EPD_SNOMED_202501.csv --charts wrong", "--charts takes", 64},
    {"run EPD_SNOMED_202501.csv --out o --charts baseline=3", "--charts takes", 64},
    {"targets EPD_SNOMED_2025*.csv", "on course", 0},
    {"targets EPD_SNOMED_2025*.csv", "no organisation of QHG is in the files", 0},
    {"targets EPD_SNOMED_202501.csv --targets nowhere.json", "nowhere.json", 66},
    {"targets EPD_SNOMED_202501.csv --store s",
     "--store is for the store, but extracts are given too", 64},
    {"trend EPD_SNOMED_202501.csv --to 2025-01",
     "--to is for the store, but extracts are given too", 64},
    {"trend --store nowhere", "nowhere: there is no store here", 66},
    {"trend --store nowhere --from march", "is not a month", 64},
    {"targets EPD_SNOMED_202501.csv --register nowhere.csv", "nowhere.csv", 66},
    {"targets nowhere.csv", "nowhere.csv", 66},
    {"explain llr-mdi-share", "at most 0.25 share", 0},
    {"explain resp_01", "not computed", 0},
};

Test(months, commands_tell_trends_and_targets_on_a_terminal)
{
    for (size_t i = 0; i < LENGTH_OF(calls); i++) {
        const int code =
            shell("cd %s/build/sample && %s %s", root_folder(), program(), calls[i].command);

        cr_expect(eq(int, code, calls[i].code), "%s: %.300s", calls[i].command, shell_output());
        cr_expect(strstr(shell_output(), calls[i].says) != NULL, "%s should say %s: %.300s",
                  calls[i].command, calls[i].says, shell_output());
    }
}

/* A step begins new limits; without it the fall is all on one side. */
Test(months, charts_take_steps_and_baselines)
{
    cr_assert(eq(int,
                 shell("cd %s && %s run %s/build/sample/EPD*.csv --quiet --out steps "
                       "--charts screened,step=2025-04 && awk -F, "
                       "'$1 == \"salbutamol_kgco2e_per_inhaler\" && $3 == \"Z90056\" "
                       "{ print $6 }' steps/spc.csv | sort | uniq -c | awk '{ print $1 }'",
                       scratch_folder(), program(), root_folder()),
                 0),
              "%s", shell_output());
    cr_expect(strcmp(shell_output(), "16\n20\n") == 0 || strcmp(shell_output(), "20\n16\n") == 0,
              "20 months before the step, 16 from it on: %s", shell_output());
}

/* Without extracts the store is read; what run knows besides, they know too. */
static const char from_store[] =
    "cd $scratch && months=$(ls $sample/EPD_SNOMED_2025*.csv) && "
    "$canister add --quiet --store store $months && "
    "for what in 'trend --organisation QZA' 'trend --measure inhaler_kgco2e' "
    "'targets --organisation QZB' 'targets --organisation MINE --group groups.csv "
    "--targets own.json --factors iif-2022'; do "
    "$canister $what --quiet $months > read && $canister $what --quiet --store store > kept && "
    "CANISTER_STORE=store $canister $what --quiet > named && test $(wc -l < read) -gt 10 && "
    "cmp read kept && cmp read named || exit 9; done && "
    "$canister trend --quiet --store store --from 2025-03 --to 2025-10 | "
    "grep -q '2025-03 to 2025-10' && "
    "$canister trend --quiet --store store --gas-supply $sample/gas_supply.csv "
    "--measure nitrous_oxide_litres_procured --organisation RZ1 | grep -q '2025-04 to 2026-01' && "
    "$canister trend --quiet --register etr.csv --gas-factors rcoa --measure gases_kgco2e "
    "--organisation QZZ $sample/scmd*.csv > gases && grep -q 'icb QZZ' gases && "
    "grep -q 'Theil and Sen' gases";

Test(months, trends_and_targets_of_the_store_are_those_of_the_extracts)
{
    write_text(in_scratch("groups.csv"), "group_code,group_name,organisation_code\n"
                                         "MINE,My practices,Z90001\nMINE,My practices,Z90002\n");
    write_text(in_scratch("own.json"),
               "{\"targets\": [{\"id\": \"mine\", \"title\": \"t\", \"plan\": \"p\", \"measure\": "
               "\"inhaler_kgco2e_per_inhaler\", \"levels\": [\"group\"], \"reach\": \"at_most\", "
               "\"value\": \"9\", \"due\": \"2027-03\", \"source\": \"s\", \"checked\": "
               "\"2026-11-22\"}]}");
    write_text(in_scratch("etr.csv"),
               "RZ1,TRUST ONE,YZ1,QZZ,,,,,,ZZ1 1ZZ,20171001,,,,,,,,,,,0,,H\n"
               "RZ2,TRUST TWO,YZ1,QZZ,,,,,,ZZ1 1ZZ,20171001,,,,,,,,,,,0,,H\n");
    cr_expect(eq(int,
                 shell("scratch=%s; sample=%s/build/sample; canister=%s; %s", scratch_folder(),
                       root_folder(), program(), from_store),
                 0),
              "%s", shell_output());
}
