#include "table/table_internal.h"

#include "table/rows.h"

static const struct column columns[] = {
    {"month", "yearmonth", "", "month of prescribing"},
    {"practice_code", "string", "", "code, as in the extract"},
    {"practice_name", "string", "", "name of the practice"},
    {"icb_code", "string", "", "ICB of the practice in that month"},
    {"rank", "integer", "", "rank within the practice and month, the largest saving first"},
    {"switch", "string", "", "id of the rule in rules/switches"},
    {"from_code", "string", "", "BNF code of the current product"},
    {"from_name", "string", "", "name of the current product"},
    {"to_code", "string", "", "BNF code of the alternative"},
    {"to_name", "string", "", "name of the alternative"},
    {"change", "string", "", "what changes for the patient, and the dose"},
    {"items", "integer", "items", "items of the month that the switch is about"},
    {"inhalers", "number", "inhalers", "inhalers of the month that the switch is about"},
    {"kgco2e_now", "number", "kgCO2e", "kilograms CO2e of them"},
    {"kgco2e_saved", "number", "kgCO2e",
     "kilograms CO2e saved if all of them were switched; empty where there is no evidence"},
    {"cost_change_gbp", "number", "GBP",
     "change in pounds (negative is a saving) at the month's average actual cost per inhaler in "
     "the ICB, or in all files if the ICB has none; empty if not available"},
    {"grade", "string", "", "the worse of the grades of the two factors"},
    {"prompts", "string", "", "what to check first, and codes to search for in a clinical system"},
};

/* A text put together from several, cut rather than overrun. */
struct joined {
    char text[4096];
    size_t length;
};

static void join(struct joined *joined, const char *separator, const char *text)
{
    const size_t room = sizeof joined->text - joined->length;
    const int written = snprintf(joined->text + joined->length, room, "%s%s",
                                 joined->length > 0 ? separator : "", text);

    if (written > 0 && (size_t)written < room)
        joined->length += (size_t)written;
}

static void join_codes(struct joined *joined, const char *which, const struct product *product)
{
    join(joined, "; ", which);
    for (size_t i = 0; i < product->dmd.count; i++) {
        join(joined, i == 0 ? " dm+d " : ", ", product->dmd.texts[i]);
    }
    join(joined, product->dmd.count > 0 ? ", BNF " : " BNF ", product->codes.texts[0]);
}

static void write_prompts(struct cells *cells, const struct advice *advice)
{
    struct joined joined = {.length = 0};

    if (!advice->evidenced)
        join(&joined, "; ", "CARBON SAVING NOT EVIDENCED");
    for (size_t i = 0; i < advice->rule->prompt_ids.count; i++)
        join(&joined, "; ", advice->rule->prompts[i]->label);
    for (size_t i = 0; i < advice->pair->prompt_ids.count; i++)
        join(&joined, "; ", advice->pair->prompts[i]->label);
    join_codes(&joined, "search for", advice->pair->from);
    cell_text(cells, view_of(joined.text));
}

static void write_change(struct cells *cells, const struct switch_rule *rule)
{
    struct joined joined = {.length = 0};

    join(&joined, ": ", rule->change);
    join(&joined, ": ", rule->dose);
    cell_text(cells, view_of(joined.text));
}

void switches_row(struct cells *cells, const struct results *results, const struct advice *advice)
{
    const struct rules *const rules = results->classified.rules;
    const struct places *const places = &results->classified.cube->places;
    const struct switch_pair *const pair = advice->pair;
    const char grade[2] = {(char)advice->grade, '\0'};

    cell_month(cells, advice->month);
    cell_code(cells, organisation_code(places, LEVEL_PRACTICE, advice->practice));
    cell_text(cells, organisation_name(places, LEVEL_PRACTICE, advice->practice));
    cell_code(cells, advice->icb == ORGANISATION_NONE
                         ? view_none()
                         : organisation_code(places, LEVEL_ICB, advice->icb));
    cell_integer(cells, advice->rank);
    cell_number(cells, advice->rule->id);
    cell_number(cells, pair->from->codes.texts[0]);
    cell_text(cells, view_of(pair->from->name));
    cell_number(cells, pair->to->codes.texts[0]);
    cell_text(cells, view_of(pair->to->name));
    write_change(cells, advice->rule);
    cell_ratio(cells, advice->items, 1, 0);
    cell_ratio(cells, advice->packs, inhaler_unit(rules), DECIMALS);
    if (advice->has_carbon)
        cell_ratio(cells, advice->carbon, kilogram_unit(rules), DECIMALS);
    else
        cell_empty(cells);
    if (advice->evidenced)
        cell_ratio(cells, advice->saved, kilogram_unit(rules) * pair->from_inhalers, DECIMALS);
    else
        cell_empty(cells);
    if (advice->has_cost)
        cell_ratio(cells, advice->cost_top, advice->cost_bottom, 2);
    else
        cell_empty(cells);
    cell_number(cells, grade);
    write_prompts(cells, advice);
    cells_row_end(cells);
}

static void write_rows(struct cells *cells, const struct figures *figures)
{
    for (size_t i = 0; i < figures->advice.count; i++)
        switches_row(cells, figures->results, &figures->advice.list[i]);
}

static size_t entry_count(const struct table_part *part)
{
    return part->rows.advice_count;
}

static month_t entry_month(const struct table_part *part, size_t entry)
{
    const struct advice *const row = &part->figures->advice.list[part->rows.first_advice + entry];

    return row->month == part->latest && row->rank <= part->last_rank ? row->month : MONTH_NONE;
}

static void entry_row(struct cells *cells, const struct table_part *part, size_t entry)
{
    switches_row(cells, part->figures->results,
                 &part->figures->advice.list[part->rows.first_advice + entry]);
}

static const struct table_entries entries = {entry_count, entry_month, entry_row};

const struct table table_switches = {
    .file = "switches.csv",
    .title = "Switch list of each practice",
    TABLE_COLUMNS(columns),
    .key = {"month", "practice_code", "icb_code", "rank"},
    .carbon = CARBON_INHALERS,
    .weight = 90,
    .rows = write_rows,
    .sheet = {.name = "Switches", .place = 2, .of_one = true, .entries = &entries},
};
