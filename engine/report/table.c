#include "report/table_internal.h"

static const struct column measures_columns[] = {
    {"measure", "string", "id of the measure, defined in rules/measures"},
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "month of prescribing"},
    {"numerator", "number", "sum above the line, in the measure's unit (kg, inhalers, items)"},
    {"denominator", "number", "sum below the line; empty for a total"},
    {"value", "number", "numerator / denominator; empty without a denominator"},
    {"unit", "string", "unit of the value"},
    {"factor_set", "string", "set of carbon factors; empty where no carbon is summed"},
    {"percentile", "number",
     "(rank - 1) / (n - 1), lowest first, ties share the lowest rank, among the organisations "
     "of the level and month that have a denominator; empty for totals"},
    {"small_denominator", "string", SMALL_MEANING},
};

static const struct column prescribing_columns[] = {
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "month of prescribing"},
    {"device", "string", "pMDI, BAI, DPI, SMI, unknown, or refill (which carries no device)"},
    {"therapeutic_class", "string", "as SABA, ICS/LABA"},
    {"items", "integer", "prescription items"},
    {"inhalers", "number", "inhalers; capsules divided by their pack, refills count 0"},
    {"kgco2e", "number", "kilograms CO2e of those with a factor; empty if none has one"},
    {"nic_gbp", "number", "net ingredient cost in pounds"},
    {"actual_cost_gbp", "number", "actual cost in pounds; empty if not known"},
};

static const struct column products_columns[] = {
    {"product", "string", "id of the product, defined in rules/products"},
    {"bnf_code", "string", "today's BNF code; rows under its older codes are counted here"},
    {"name", "string", "name in the rules"},
    {"device", "string", "pMDI, BAI, DPI, SMI, unknown, or refill"},
    {"propellant", "string",
     "HFA134a, HFA227ea, HFA152a, HFO1234ze, none or unknown; where several versions are "
     "dispensed in the month under one code, those of all, joined by or"},
    {"therapeutic_class", "string", "as SABA, ICS/LABA"},
    {"month", "yearmonth", "month of prescribing"},
    {"items", "integer", "prescription items, all organisations"},
    {"quantity", "number", "total quantity in the extract's own unit"},
    {"inhalers", "number", "inhalers; empty if it is not known how many units make one"},
    {"kgco2e_per_inhaler", "number", "factor of one inhaler or refill pack; empty if none"},
    {"grade", "string", "grade of the factor: A, B, B2, C or D"},
    {"kgco2e", "number", "kilograms CO2e, refill packs included"},
    {"actual_cost_gbp", "number", "actual cost in pounds; empty if not known"},
    {"provisional", "string",
     "yes where no rule knows the code and its substance and name tell the product: "
     "unclassified.csv says what was assumed"},
};

static const struct column switches_columns[] = {
    {"month", "yearmonth", "month of prescribing"},
    {"practice_code", "string", "code as it stands in the extract"},
    {"practice_name", "string", "name of the practice"},
    {"icb_code", "string", "ICB of the practice in that month"},
    {"rank", "integer",
     "within the practice and month: the same drug first, then the largest saving"},
    {"switch", "string", "id of the rule in rules/switches"},
    {"from_code", "string", "BNF code of what is prescribed"},
    {"from_name", "string", "name of what is prescribed"},
    {"to_code", "string", "BNF code of the alternative"},
    {"to_name", "string", "name of the alternative"},
    {"change", "string", "what changes for the patient, and the dose"},
    {"items", "integer", "items of the month that the switch is about"},
    {"inhalers", "number", "inhalers of the month that the switch is about"},
    {"kgco2e_now", "number", "kilograms CO2e of them"},
    {"kgco2e_saved", "number",
     "kilograms CO2e less if all of them were switched; empty where it is not evidenced"},
    {"cost_change_gbp", "number",
     "pounds more (or less, if negative) at the month's average actual cost per inhaler in the "
     "ICB, else in all files; empty if unknown"},
    {"grade", "string", "the worse grade of the two factors"},
    {"search_codes", "string",
     "dm+d identifiers of what is prescribed, to search a clinical system by: the virtual product "
     "(VMP), as which a generic prescription is recorded, before actual products (AMP); empty if "
     "none is known"},
    {"prompts", "string", "what to look at first, with the licensed ages that are known"},
};

static const struct column organisations_columns[] = {
    {"level", "string", "practice, pcn, sub_icb, icb, region, nation, trust or group"},
    {"organisation_code", "string", "code as it stands in the extract (or register)"},
    {"organisation_name", "string",
     "name in the latest month of the run (or of its registers) that has one"},
    {"status", "string",
     "active, closed, dormant, proposed or unidentified, as registers and rules say today; empty "
     "if not known"},
    {"setting", "string",
     "prescribing setting of a practice (4 is a GP practice); empty if not known"},
    {"pcn_code", "string",
     "PCN it belongs to from the first to the last month; empty if none is known"},
    {"sub_icb_code", "string", "sub-ICB likewise"},
    {"icb_code", "string", "ICB likewise"},
    {"region_code", "string", "region likewise"},
    {"from", "yearmonth", "first month of the run in which it had rows and belonged there"},
    {"to", "yearmonth", "last such month"},
    {"patients", "integer",
     "patients of its practices with a list size that have rows in that last month; empty without "
     "one"},
    {"patients_month", "yearmonth",
     "month of the list size of a practice: the nearest earlier one"},
};

static const struct column unclassified_columns[] = {
    {"bnf_code", "string", "code as it stands in the extract"},
    {"name", "string", "name as it stands in the extract"},
    {"month", "yearmonth", "month of prescribing"},
    {"rows", "integer", "rows of the extract"},
    {"items", "integer", "prescription items"},
    {"quantity", "number", "total quantity in the extract's own unit"},
    {"actual_cost_gbp", "number", "actual cost in pounds; empty if not known"},
    {"reason", "string",
     "why it is not counted in full, or what was assumed where it is counted provisionally"},
};

static const struct column gases_columns[] = {
    {"organisation_code", "string", "ODS code of the trust as it stands in the extract"},
    {"organisation_name", "string", "name of the trust; SCMD has none"},
    {"month", "yearmonth", "month of issue"},
    {"series", "string",
     "series that stands for the month: final, provisional or wip; "
     "empty where the name of the file tells none"},
    {"gas", "string", "id of the gas, defined in rules/products; empty if unknown"},
    {"source", "string", "pharmacy, supply outside pharmacy, or clinical use"},
    {"site", "string", "site, in files that trusts keep themselves"},
    {"vmp_code", "string", "SNOMED code of the virtual medicinal product"},
    {"name", "string", "name as it stands in the extract"},
    {"unit", "string", "unit of the quantity as it stands in the extract"},
    {"unit_code", "string", "its dm+d code; of a supply brand and size of the cylinder"},
    {"rows", "integer", "rows of the extract"},
    {"quantity", "number", "net quantity in that unit: issues less returns"},
    {"quantity_issued", "number", "gross quantity: rows above zero"},
    {"quantity_returned", "number", "rows below zero: returns, often booked later"},
    {"ml", "number",
     "net millilitres of liquid; empty where no rule converts the "
     "unit, and of gases"},
    {"litres", "number", "net litres of gas or mixture; likewise"},
    {"bottles", "number", "millilitres divided by the bottle of the rules; empty without"},
    {"kgco2e", "number", "kilograms CO2e; empty without volume, density or potential"},
    {"gas_factor_set", "string", "set of global warming potentials"},
    {"indicative_cost_gbp", "number", "cost of the rows that have one; empty if none has"},
    {"rows_without_cost", "integer", "rows whose cost is unknown, which is not zero"},
    {"counted", "string",
     "yes, or no: listed here with its reason in gases_quality.csv "
     "and left out of every sum"},
};

static const struct column gases_quality_columns[] = {
    ORGANISATION_COLUMNS,
    {"month", "yearmonth", "month; empty for the whole run"},
    {"finding", "string",
     "provisional_month, missing_month, negative_month, not_computable, unit_not_converted, "
     "no_carbon_factor, matched_by_name or supply_outside_pharmacy_missing"},
    {"about", "string", "id of the gas or measure it is about; empty for all"},
    {"name", "string", "name of the product as it stands in the extract"},
    {"quantity", "number", "net quantity it is about, in the extract's unit"},
    {"unit", "string", "unit as it stands in the extract"},
    {"detail", "string", "why, in a sentence"},
};

static const struct column rejects_columns[] = {
    {"file", "string", "input file"},
    {"line", "integer", "physical line on which the row begins"},
    {"reason", "string", "why the row cannot be used"},
    {"column", "string", "column at fault, as in the header; empty for the whole row"},
    {"text", "string", "the row as it stands in the file"},
};

static const struct column control_columns[] = {
    {"line", "integer", "line of the file of published totals"},
    {"level", "string", "level, as it stands in that file"},
    {"code", "string", "code, as it stands in that file"},
    {"name", "string", "name, as it stands in that file"},
    {"month", "yearmonth", "month of the total; empty: of all months that were read"},
    {"figure", "string", "items, nic, actual_cost or total_quantity"},
    {"published", "number", "the published figure, rounded to our decimals"},
    {"read", "number", "the sum over all rows read; empty if there is none"},
    {"difference", "number", "read less published"},
    {"rows_left_out", "integer", "rows whose quantity and NIC could not be read and are not in it"},
    {"finding", "string", "agrees, differs, no rows of it, or not known"},
};

static const struct column difference_columns[] = {
    ORGANISATION_COLUMNS,
    {"product_code", "string", "code of the presentation, BNF or dm+d"},
    {"product_name", "string", "name in the latest month that has one"},
    {"unit", "string", "of a hospital quantity: what was summed apart"},
    {"changed", "string",
     "what is told otherwise: status, class, device, inhalers, factor, carbon"},
    {"status_before", "string",
     "inhaler, refill, gas, not an inhaler, unknown, other medicine or out of scope"},
    {"status_after", "string", "the same by the later rules"},
    {"therapeutic_class_before", "string", "therapeutic class"},
    {"therapeutic_class_after", "string", "the same by the later rules"},
    {"device_before", "string", "device"},
    {"device_after", "string", "the same by the later rules"},
    {"kgco2e_per_unit_before", "number",
     "factor of an inhaler, refill pack or litre of a gas in the latest month that has one"},
    {"kgco2e_per_unit_after", "number", "the same by the later rules"},
    {"items", "integer", "items of all months asked for"},
    {"inhalers_before", "number", "inhalers, without refills"},
    {"inhalers_after", "number", "the same by the later rules"},
    {"kgco2e_before", "number", "carbon; rounded so that rows sum to their organisation's total"},
    {"kgco2e_after", "number", "the same by the later rules"},
    {"kgco2e_change", "number", "after less before"},
};

TABLE(measures, "measures.csv", "Measures by organisation and month", BOTH, "measure", "level",
      "organisation_code", "month");
TABLE(prescribing, "prescribing.csv", "Inhalers by organisation, month, device and class", INHALERS,
      "level", "organisation_code", "month", "device", "therapeutic_class");
TABLE(products, "products.csv", "Inhalers by product and month", INHALERS, "product", "month");
TABLE(switches, "switches.csv", "Switch list of each practice", INHALERS, "month", "practice_code",
      "icb_code", "rank");
TABLE(organisations, "organisations.csv", "Organisations, and to whom they belonged since when",
      NO_CARBON, "level", "organisation_code", "pcn_code", "sub_icb_code", "icb_code",
      "region_code");
TABLE(unclassified, "unclassified.csv", "What no rule counts in full", NO_CARBON, "bnf_code",
      "month");
TABLE(gases, "gases.csv", "Anaesthetic gases by trust, month and product", GASES, NULL);
TABLE(gases_quality, "gases_quality.csv", "What to know before using the figures of gases",
      NO_CARBON, NULL);
TABLE(rejects, "rejects.csv", "Rows that could not be used", NO_CARBON, "file", "line");

TABLE(difference, "diff.csv", "What rules change", BOTH, "level", "organisation_code", NULL);
TABLE(control, "", "Published totals and ours", NO_CARBON, "line", "figure");

const struct table *const tables[] = {
    &table_measures,      &table_prescribing,  &table_products,      &table_switches,
    &table_organisations, &table_unclassified, &table_gases,         &table_gases_quality,
    &table_rejects,       &table_periods,      &table_trends,        &table_spc,
    &table_alerts,        &table_targets,      &table_opportunities, &table_drivers,
    &table_standings,     &table_deciles,      &table_factor_sets,
};
const size_t table_count = COUNT_OF(tables);
