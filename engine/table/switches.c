#include "table/plan_common.h"

#include "table/rows.h"

static const struct column columns[] = {
    {"month", "yearmonth", "", "month of prescribing"},
    {"practice_code", "string", "", "code as it stands in the extract"},
    {"practice_name", "string", "", "name of the practice"},
    {"icb_code", "string", "", "ICB of the practice in that month"},
    {"rank", "integer", "",
     "within the practice and month: the same drug first, then the largest saving"},
    {"switch", "string", "", "id of the rule in rules/switches"},
    {"from_code", "string", "", "BNF code of what is prescribed"},
    {"from_name", "string", "", "name of what is prescribed"},
    {"to_code", "string", "", "BNF code of the alternative"},
    {"to_name", "string", "", "name of the alternative"},
    {"change", "string", "", "what changes for the patient, and the dose"},
    {"items", "integer", "items", "items of the month that the switch is about"},
    {"inhalers", "number", "inhalers", "inhalers of the month that the switch is about"},
    {"kgco2e_now", "number", "kgCO2e", "kilograms CO2e of them"},
    {"kgco2e_saved", "number", "kgCO2e",
     "kilograms CO2e less if all of them were switched; empty where it is not evidenced"},
    {"cost_change_gbp", "number", "GBP",
     "pounds more (or less, if negative) at the month's average actual cost per inhaler in the "
     "ICB, else in all files; empty if unknown"},
    {"grade", "string", "", "the worse grade of the two factors"},
    {"search_codes", "string", "",
     "dm+d identifiers of what is prescribed, to search a clinical system by: the virtual product "
     "(VMP), as which a generic prescription is recorded, before actual products (AMP); empty if "
     "not available"},
    {"prompts", "string", "", "what to look at first, with the licensed ages that are known"},
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

/* What a search in a practice's own records takes: identifiers alone, without their kind. */
static void write_search_codes(struct cells *cells, const struct product *product)
{
    struct joined joined = {.length = 0};

    for (size_t i = 0; i < product->dmd.count; i++) {
        const char *const kind_end = strchr(product->dmd.texts[i], ':');

        join(&joined, " ", kind_end != NULL ? kind_end + 1 : product->dmd.texts[i]);
    }
    cell_text(cells, view_of(joined.text));
}

/* Lowest licensed ages, where the rules know them. */
static void join_age(struct joined *joined, const char *which, const struct product *product)
{
    char text[64];

    if (product->licensed_from_years == 0)
        return;
    snprintf(text, sizeof text, "%s licensed from %lld years", which,
             (long long)product->licensed_from_years);
    join(joined, "; ", text);
}

void cells_prompts(struct cells *cells, const struct switch_rule *rule,
                   const struct switch_pair *pair, bool evidenced)
{
    struct joined joined = {.length = 0};

    if (!evidenced)
        join(&joined, "; ", "CARBON SAVING NOT EVIDENCED");
    for (size_t i = 0; i < rule->prompt_ids.count; i++)
        join(&joined, "; ", rule->prompts[i]->label);
    for (size_t i = 0; i < pair->prompt_ids.count; i++)
        join(&joined, "; ", pair->prompts[i]->label);
    join_age(&joined, "today's inhaler", pair->from);
    join_age(&joined, "the other", pair->to);
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
    cell_number(cells, advice->grade);
    write_search_codes(cells, pair->from);
    cells_prompts(cells, advice->rule, advice->pair, advice->evidenced);
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
