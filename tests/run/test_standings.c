/* Where one stands, computed again by sqlite3 from the result files that other tests hold to the
 * extracts: percentiles, deciles, funnels, small denominators. */

#include "support/cases.h"
#include "support/paths.h"

/* Each query prints whether it looked at enough, then how much is wrong. */
static const struct {
    const char *what, *query, *says;
} checks[] = {
    {"what stands of the last month stands in measures.csv too",
     "SELECT count(*) > 500, sum(s.percentile <> m.percentile OR s.value <> m.value OR "
     "s.small_denominator <> m.small_denominator) FROM standings AS s JOIN measures AS m ON "
     "m.measure = s.measure AND m.level = s.level AND m.organisation_code = "
     "s.organisation_code AND m.month = s.last_month WHERE period = 'month'",
     "1|0\n"},
    {"everybody who has a percentile has a standing",
     "WITH l AS (SELECT measure, max(month) AS month FROM measures GROUP BY 1), w AS "
     "(SELECT DISTINCT measure FROM standings) SELECT (SELECT count(*) FROM measures JOIN l "
     "USING (measure, month) JOIN w USING (measure) WHERE percentile <> '') - (SELECT "
     "count(*) FROM standings WHERE period = 'month')",
     "0\n"},
    {"twelve months are those of periods.csv",
     "SELECT count(*) > 500, sum(s.value <> p.value OR s.months <> p.months OR "
     "s.denominator <> p.denominator OR s.first_month <> p.first_month OR "
     "s.small_denominator <> p.small_denominator) FROM standings AS s JOIN periods AS p ON "
     "p.measure=s.measure AND p.level=s.level AND p.organisation_code=s.organisation_code "
     "AND p.period=s.period",
     "1|0\n"},
    {"percentiles among all and within the ICB are those of sqlite",
     "WITH v AS (SELECT s.*, value + 0 AS v, o.icb_code AS i FROM standings AS s JOIN "
     "organisations AS o ON o.level = s.level AND o.organisation_code = s.organisation_code "
     "AND s.last_month BETWEEN o.'from' AND o.'to'), r AS (SELECT *, percent_rank() OVER "
     "(PARTITION BY measure, level, period ORDER BY v) AS p, percent_rank() OVER (PARTITION "
     "BY measure, level, period, i ORDER BY v) AS q, count(*) OVER (PARTITION BY measure, "
     "level, period) AS n, count(*) OVER (PARTITION BY measure, level, period, i) AS m FROM "
     "v) SELECT count(*) > 1000, sum(abs(percentile - p) > 1e-6 OR peers <> n), "
     "sum(icb_code <> '' AND (icb_code <> i OR peers_in_icb <> m OR abs(percentile_in_icb - "
     "q) > 1e-6)), sum(icb_code <> '') > 1000, sum(icb_code = '' AND i <> '' AND m > 1) "
     "FROM r",
     "1|0|0|1|0\n"},
    {"deciles are linear quantiles, and fewer than ten have a median only",
     "WITH v AS (SELECT m.measure, m.level, m.month, '' AS i, m.value + 0 AS v FROM "
     "measures AS m WHERE percentile <> '' UNION ALL SELECT m.measure, m.level, m.month, "
     "o.icb_code, m.value + 0 FROM measures AS m JOIN organisations AS o ON o.level = "
     "m.level AND o.organisation_code = m.organisation_code AND m.month BETWEEN o.'from' "
     "AND o.'to' WHERE m.percentile <> '' AND o.icb_code <> ''), r AS (SELECT *, "
     "row_number() OVER (PARTITION BY measure, level, month, i ORDER BY v) AS k, count(*) "
     "OVER (PARTITION BY measure, level, month, i) AS n FROM v), q AS (SELECT measure, "
     "level, month, i, n, sum(v * max(0, 1 - abs(k - 1 - (n - 1) * 0.1))) AS p10, sum(v * "
     "max(0, 1 - abs(k - 1 - (n - 1) * 0.5))) AS p50, sum(v * max(0, 1 - abs(k - 1 - (n - "
     "1) * 0.9))) AS p90 FROM r GROUP BY 1, 2, 3, 4) SELECT count(*) > 700, sum(d.peers <> "
     "q.n OR abs(d.p50 - q.p50) > 2e-6 OR (d.peers + 0 >= 10 AND (abs(d.p10 - q.p10) > 2e-6 "
     "OR abs(d.p90 - q.p90) > 2e-6)) OR (d.peers + 0 < 10 AND d.p10 || d.p20 || d.p40 || "
     "d.p90 <> '')) FROM deciles AS d JOIN q ON q.measure = d.measure AND q.level = d.level "
     "AND q.month = d.last_month AND q.i = d.icb_code WHERE period = 'month'",
     "1|0\n"},
    {"the medians of standings.csv are those of deciles.csv",
     "SELECT count(*) > 1000, sum(s.median <> d.p50 OR s.peers <> d.peers), sum(s.icb_code "
     "<> '' AND (s.median_in_icb <> e.p50)) FROM standings AS s JOIN deciles AS d ON "
     "d.measure = s.measure AND d.level = s.level AND d.period = s.period AND d.last_month "
     "= s.last_month AND d.icb_code = '' LEFT JOIN deciles AS e ON e.measure = s.measure "
     "AND e.level = s.level AND e.period = s.period AND e.last_month = s.last_month AND "
     "e.icb_code = s.icb_code AND e.icb_code<>''",
     "1|0|0\n"},
    {"the funnel is that of its formula: fit, and limits at each denominator",
     "WITH z AS (SELECT measure, level, period, organisation_code AS o, denominator + 0 AS "
     "n, asin(sqrt(round(value * denominator) / denominator)) AS y, sum(value * "
     "denominator) OVER g / sum(denominator) OVER g AS target FROM standings WHERE funnel "
     "<> '' AND level = 'practice' AND measure = 'mdi_share_of_non_salbutamol_items' WINDOW "
     "g AS (PARTITION BY period)), s AS (SELECT *, (y - asin(sqrt(target))) * 2 * sqrt(n) "
     "AS z, row_number() OVER (PARTITION BY period ORDER BY (y - asin(sqrt(target))) * "
     "sqrt(n)) - 1 AS k, count(*) OVER (PARTITION BY period) AS c FROM z), e AS (SELECT "
     "period, sum(z * max(0, 1 - abs(k - (c - 1) * 0.1))) AS low, sum(z * max(0, 1 - abs(k "
     "- (c - 1) * 0.9))) AS high FROM s GROUP BY 1), f AS (SELECT period, target, c, "
     "avg(min(max(z, low), high) * min(max(z, low), high)) AS phi, sum(4 * n) AS w, sum(16 "
     "* n * n) AS ww FROM s JOIN e USING (period) GROUP BY 1), t AS (SELECT *, max(0, (c * "
     "phi - (c - 1)) / (w - ww / w)) AS tau2 FROM f) SELECT count(*) > 150, "
     "sum(abs(d.funnel_target - t.target) > 2e-6 OR abs(funnel_phi - phi) > 2e-5 OR "
     "abs(funnel_tau2 - tau2) > 2e-6), sum(abs(funnel_upper_998 - "
     "pow(sin(asin(sqrt(target)) + 3.090232 * sqrt(1.0 / (4 * s.denominator) + tau2)), 2)) "
     "> 1e-5), sum(abs(funnel_lower_95 - pow(sin(asin(sqrt(target)) - 1.959964 * sqrt(1.0 / "
     "(4 * s.denominator) + tau2)), 2)) > 1e-5) FROM standings AS s JOIN t USING (period) "
     "JOIN deciles AS d ON d.measure = s.measure AND d.level = s.level AND d.period = "
     "s.period AND d.icb_code = '' AND d.last_month = s.last_month WHERE s.measure = "
     "'mdi_share_of_non_salbutamol_items' AND s.level = 'practice'",
     "1|0|0|0\n"},
    {"what is outside a limit is told so",
     "SELECT count(*) > 300, count(DISTINCT funnel) > 3, sum((funnel = 'above 99.8 %') <> "
     "(value + 0 > funnel_upper_998 + 0)), sum((funnel LIKE 'above%') <> (value + 0 > "
     "funnel_upper_95 + 0)), sum((funnel LIKE 'below%') <> (value + 0 < funnel_lower_95 + "
     "0)) FROM standings WHERE funnel <> ''",
     "1|1|0|0|0\n"},
    {"denominators are small by the rule of their sum",
     "SELECT count(*) > 1000, sum((small_denominator = 'yes') <> (denominator + 0 < CASE "
     "WHEN measure LIKE 'desflurane%' THEN 250 WHEN measure LIKE '%waste%' THEN 450 WHEN "
     "measure LIKE '%patients' THEN 0.101 ELSE 15 END)) FROM measures WHERE denominator <> "
     "''",
     "1|0\n"},
};

Test(standings, all_of_them_agree_with_sqlite)
{
    static const char *const tables[] = {"measures", "periods", "organisations", "standings",
                                         "deciles"};

    cr_assert(eq(int,
                 shell("cd %s/build/sample && %s run EPD_SNOMED_20250[789].csv "
                       "EPD_SNOMED_20251*.csv EPD_SNOMED_2026*.csv scmd*.csv --quiet --xlsx no "
                       "--out %s",
                       root_folder(), program(), in_scratch("out")),
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
