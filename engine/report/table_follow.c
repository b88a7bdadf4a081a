#include "report/table_internal.h"

#define MEASURE_COLUMN                                                      \
    {                                                                       \
        "measure", "string", "id of the measure, defined in rules/measures" \
    }

static const struct column periods_columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"period", "string", "3 months, 12 months, or financial year (April to March)"},
    {"first_month", "yearmonth", "first month of the period"},
    {"last_month", "yearmonth", "last month of the period"},
    {"months", "integer", "months of the period in which the organisation has rows"},
    {"missing", "integer", "months of the period without any: the sums are of the others"},
    {"numerator", "number", "sum above the line over the period"},
    {"denominator", "number", "sum below the line over the period; empty for a total"},
    {"value", "number", "sum over sum, not a mean of ratios; empty without a denominator"},
    {"unit", "string", "unit of the value"},
    {"small_denominator", "string", SMALL_MEANING},
};

static const struct column trends_columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"first_month", "yearmonth", "first month looked at: of the latest 36"},
    {"last_month", "yearmonth", "last month with a value"},
    {"points", "integer", "months with a value; fewer than 6 are no trend"},
    {"slope_per_month", "number", "change a month, in the measure's unit"},
    {"slope_low", "number", "lower end of the 95 % interval"},
    {"slope_high", "number", "upper end of the 95 % interval"},
    {"p_value", "number", "probability of such a slope, or a steeper one, if there is none"},
    {"method", "string",
     "ols_newey_west (least squares, errors robust to autocorrelation) or theil_sen (median of "
     "slopes, robust to single months)"},
    {"adjusted", "string",
     "days: a total by the day of a mean month; calendar_months: what comes again every year taken "
     "off, where 24 months allow it; or both"},
};

static const struct column spc_columns[] = {
    MEASURE_COLUMN,
    {"level", "string", "practice, sub_icb, icb, region or nation"},
    {"organisation_code", "string", "code as it stands in the extract"},
    {"month", "yearmonth", "of the latest 36; series of fewer than 13 points have no rows"},
    {"value", "number", "value of the measure"},
    {"mean", "number", "centre of the XmR chart"},
    {"lower", "number", "lower process limit, not below 0"},
    {"upper", "number", "upper process limit: mean + 2.66 mean moving ranges"},
    {"special_cause", "string", "which rule of Making Data Count it meets; empty for none"},
    {"direction", "string", "improvement or concern; high or low where neither is better"},
};

static const struct column alerts_columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "last month with a value"},
    {"kind", "string",
     "cusum (it has moved from its mean and stays away, as OpenPrescribing alerts) or spc "
     "(the last point is special)"},
    {"since", "yearmonth", "month in which the alert that stands began"},
    {"direction", "string", "improvement or concern; high or low where neither is better"},
    {"before", "number", "mean before it began"},
    {"now", "number", "value of the last month"},
    {"reason", "string", "which rule"},
};

static const struct column targets_columns[] = {
    {"target", "string",
     "id of the target, defined in rules/targets or --targets; or the words of --target"},
    {"measure", "string", "id of the measure; empty where no measure says it"},
    ORGANISATION_COLUMNS,
    {"due_month", "yearmonth", "when it is due"},
    {"target_value", "number", "what is to be reached, in the measure's unit"},
    {"latest_month", "yearmonth", "month, or last of twelve, that it is held against"},
    {"latest_value", "number", "value of that month, or of the twelve that end with it"},
    {"change_needed_per_month", "number",
     "from the latest value to the target, by month to the due one"},
    {"trend_per_month", "number",
     "change a month now, by least squares (trends.csv; of twelve months: times 12)"},
    {"forecast", "number", "median of what is to be expected when it is due"},
    {"forecast_low", "number", "lower end of the 80 % interval"},
    {"forecast_high", "number", "upper end of the 80 % interval"},
    {"probability", "number", "of meeting it when it is due"},
    {"status", "string",
     "reached: the latest value meets it; on course: probability 0.8 or more; at risk: between 0.2 "
     "and 0.8; off "
     "course: 0.2 or less, or due and not met; not computable: why says why"},
    {"why", "string", "what decided the status"},
};

static const struct column opportunities_columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"first_month", "yearmonth",
     "first month of the period: the latest twelve, or what the files hold"},
    {"last_month", "yearmonth", "last month of the period"},
    {"rank", "integer", "within measure and level, largest saving at the best tenth first"},
    {"value", "number", "of the organisation over the period, sum over sum"},
    {"median", "number", "value in the middle of its peers"},
    {"top_quartile", "number", "value that the best quarter of the peers reaches"},
    {"top_decile", "number", "value that the best tenth of the peers reaches"},
    {"saving_at_median", "number",
     "what it would save over the period at the median; 0 where it is better"},
    {"saving_at_quartile", "number", "the same at the top quartile"},
    {"saving_at_decile", "number", "the same at the top decile"},
    {"unit", "string", "of the savings: tCO2e or GBP"},
    {"peers", "string", "who the peers are"},
    {"peer_count", "integer", "how many they are"},
    {"small_denominator", "string",
     "yes where its own denominator is small (as in periods.csv): it is no peer"},
};

static const struct column drivers_columns[] = {
    ORGANISATION_COLUMNS,
    {"before_first_month", "yearmonth", "first month of the earlier period"},
    {"before_last_month", "yearmonth", "last month of it"},
    {"after_first_month", "yearmonth",
     "first month of the later period: the same months a year on where there are 13"},
    {"after_last_month", "yearmonth", "last month of it"},
    {"kgco2e_before", "number", "carbon of all inhalers and refills with a factor"},
    {"kgco2e_after", "number", "the same in the later period"},
    {"change", "number", "after less before; the five parts sum to it exactly"},
    {"volume", "number", "because more or fewer packs were prescribed"},
    {"class_mix", "number", "because of the mix of therapeutic classes"},
    {"device_mix", "number", "because of the mix of devices within the classes"},
    {"brand_mix", "number", "because of the mix of products within class and device"},
    {"factors", "number", "because the factor of a product changed"},
};

static const struct column standings_columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"period", "string",
     "month (the last of the files), or 12 months to it, where the files hold twelve"},
    {"first_month", "yearmonth", "first month of the period"},
    {"last_month", "yearmonth", "last month of the period"},
    {"months", "integer", "months of the period in which it has rows"},
    {"denominator", "number", "sum below the line over the period"},
    {"value", "number", "sum over sum"},
    {"unit", "string", "unit of the value, the medians and the limits"},
    {"small_denominator", "string", SMALL_MEANING},
    {"percentile", "number",
     "(rank - 1) / (n - 1), lowest first, ties share the lowest rank, among the peers: all of the "
     "level in the files that take part in percentiles and have a value"},
    {"peers", "integer", "how many they are, itself among them"},
    {"median", "number", "the value in the middle of the peers"},
    {"icb_code", "string",
     "its ICB in the last month; empty for ICBs and what is above them, and where it is the only "
     "one of its ICB"},
    {"percentile_in_icb", "number", "the same among the peers of that ICB"},
    {"peers_in_icb", "integer", "how many they are, itself among them"},
    {"median_in_icb", "number", "the value in the middle of them"},
    {"funnel_lower_998", "number",
     "99.8 % limit at this denominator, adjusted for overdispersion (Spiegelhalter 2005); only of "
     "shares that count items or inhalers"},
    {"funnel_lower_95", "number", "95 % limit"},
    {"funnel_upper_95", "number", "95 % limit"},
    {"funnel_upper_998", "number", "99.8 % limit"},
    {"funnel", "string",
     "within, above 95 %, above 99.8 %, below 95 % or below 99.8 %: outside is what chance and the "
     "usual differences do not explain; empty without a funnel"},
};

static const struct column deciles_columns[] = {
    MEASURE_COLUMN,
    {"level", "string", "whose values: practice, pcn, sub_icb, icb, region, trust or group"},
    {"icb_code", "string", "of those of this ICB; empty: of all in the files"},
    {"icb_name", "string", "name of that ICB"},
    {"period", "string", "month, or 12 months to the last one, where the files hold twelve"},
    {"first_month", "yearmonth", "first month of the period"},
    {"last_month", "yearmonth", "last month of the period"},
    {"peers", "integer",
     "how many take part in percentiles and have a value; fewer than two have no row"},
    {"p10", "number",
     "linear, as the deciles of OpenPrescribing; fewer than ten peers have a median only"},
    {"p20", "number", "second decile"},
    {"p30", "number", "third decile"},
    {"p40", "number", "fourth decile"},
    {"p50", "number", "median: of all ICBs or all practices, the national one"},
    {"p60", "number", "sixth decile"},
    {"p70", "number", "seventh decile"},
    {"p80", "number", "eighth decile"},
    {"p90", "number", "ninth decile"},
    {"funnel_target", "number",
     "all numerators over all denominators, the middle of the funnel; only of shares that count "
     "items or inhalers, and of all in the files"},
    {"funnel_phi", "number",
     "mean square of the z of the peers, pulled in to their 10 % and 90 % quantiles"},
    {"funnel_tau2", "number", "variance between them that chance does not explain, of the angle"},
};

static const struct column factor_sets_columns[] = {
    MEASURE_COLUMN,
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "the last of prescribing"},
    {"factor_set", "string", "the set that weighs the inhalers here"},
    {"own", "string",
     "yes where it is the set of the measure: its value is that of "
     "measures.csv"},
    {"numerator", "number", "kgCO2e by that set"},
    {"denominator", "number", "what the measure has below the line and that set weighs too"},
    {"not_weighed", "number", "what the measure has below the line and that set does not"},
    {"value", "number", "numerator over denominator"},
    {"value_low", "number", "the same at the low end of each factor, where it has a range"},
    {"value_high", "number", "the same at the high end"},
    {"unit", "string", "unit of the values"},
};

TABLE(periods, "periods.csv", "Measures over 3 and 12 months and financial years", BOTH, "measure",
      "level", "organisation_code", "period", "first_month");
TABLE(trends, "trends.csv", "Trends of followed measures", BOTH, "measure", "level",
      "organisation_code", "method");
TABLE(spc, "spc.csv", "Control charts of followed measures", BOTH, "measure", "level",
      "organisation_code", "month");
TABLE(alerts, "alerts.csv", "What has moved and stays away", BOTH, "measure", "level",
      "organisation_code", "kind");
TABLE(targets, "targets.csv", "Targets and whether they will be reached", BOTH, "target", "level",
      "organisation_code");
TABLE(opportunities, "opportunities.csv", "What would be saved at the level of peers", BOTH,
      "measure", "level", "organisation_code");
TABLE(drivers, "drivers.csv", "Why the carbon of inhalers changed", INHALERS, "level",
      "organisation_code");
TABLE(standings, "standings.csv", "Where one stands among all and within the ICB", BOTH, "measure",
      "level", "organisation_code", "period");
TABLE(deciles, "deciles.csv", "Deciles of followed measures, of all and within each ICB", BOTH,
      NULL);
TABLE(factor_sets, "factor_sets.csv", "The headline weighed with each factor set", NO_CARBON,
      "measure", "level", "organisation_code", "factor_set");
