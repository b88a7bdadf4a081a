#include "report/audit_internal.h"

void audit_write_rejected(struct json_out *json, const struct rejects *rejects)
{
    json_integer(json, "rows_rejected", rejects->count);
    json_open(json, "rejected_by_reason", '{');
    for (int reason = 0; reason < REJECT_REASONS; reason++)
        if (rejects->by_reason[reason] > 0)
            json_integer(json, reject_id((enum reject_reason)reason), rejects->by_reason[reason]);
    json_close(json, '}');
}

static void write_month_list(struct json_out *json, const char *key,
                             const struct month_list *months)
{
    char month[MONTH_TEXT];

    json_open(json, key, '[');
    for (size_t i = 0; i < months->count; i++)
        json_text(json, NULL, view_of(month_print(months->list[i], month)));
    json_close(json, ']');
}

static void write_months(struct json_out *json, const struct audit_file *file)
{
    char month[MONTH_TEXT];

    json_open(json, "months", '[');
    for (size_t i = 0; i < file->summary.month_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "month", view_of(month_print(file->summary.months[i].month, month)));
        json_integer(json, "rows", file->summary.months[i].rows);
        json_close(json, '}');
    }
    json_close(json, ']');
    write_month_list(json, "months_replaced_by_a_later_file", &file->replaced);
    if (file->series == NULL)
        return;
    json_open(json, "series", '{');
    json_text(json, "id", view_of(file->series->id));
    json_text(json, "title", view_of(file->series->title));
    json_flag(json, "provisional", file->series->provisional);
    json_close(json, '}');
    write_month_list(json, "months_passed_over_for_a_better_series", &file->passed);
}

/* Money that is not known is null, not 0. */
static void write_cost(struct json_out *json, const char *name, wide_t cost, bool unknown)
{
    if (unknown)
        json_null(json, name);
    else
        json_ratio(json, name, cost, 100000, PLACES_MONEY);
}

/* Sums of all rows, by which a file can be reconciled with what is published. */
static void write_sums(struct json_out *json, const struct extract_summary *summary)
{
    const enum subject subject =
        summary->era != NULL ? summary->era->extract->subject : SUBJECT_prescribing;

    if (subject == SUBJECT_prescribing) {
        json_ratio(json, "items_of_all_rows", summary->items, 1, 0);
        write_cost(json, "actual_cost_gbp_of_all_rows", summary->actual_cost,
                   summary->unknown_costs > 0);
    }
    if (subject != SUBJECT_hospital)
        return;
    json_ratio(json, "indicative_cost_gbp_of_all_rows", summary->actual_cost, 100000, PLACES_MONEY);
    json_integer(json, "rows_without_cost", summary->unknown_costs);
    json_integer(json, "rows_of_returns", summary->returns);
}

static void write_list(struct json_out *json, const char *key, const struct header_list *list)
{
    if (list->count == 0)
        return;
    json_open(json, key, '{');
    json_integer(json, "count", list->count);
    json_text(json, "first", view_of(list->text));
    json_close(json, '}');
}

void audit_write_notes(struct json_out *json, const struct notes *notes, bool unknown_cost)
{
    for (int kind = 0; kind < NOTES; kind++) {
        const struct note *const note = &notes->counted[kind];

        if (note->rows == 0)
            continue;
        json_open(json, note_id((enum note_kind)kind), '{');
        json_integer(json, "rows", note->rows);
        json_ratio(json, "items", note->items, 1, 0);
        write_cost(json, "actual_cost_gbp", note->actual_cost, unknown_cost);
        json_integer(json, "first_line", note->line);
        json_close(json, '}');
    }
    write_list(json, "columns_ignored", &notes->ignored);
    write_list(json, "columns_missing", &notes->missing);
}

static void write_notes(struct json_out *json, const struct extract_summary *summary)
{
    char month[MONTH_TEXT];

    json_open(json, "notes", '{');
    audit_write_notes(json, &summary->notes, summary->unknown_costs > 0);
    json_open(json, "months_with_few_rows", '[');
    for (size_t i = 0; i < summary->month_count; i++)
        if (extract_month_is_thin(summary, i))
            json_text(json, NULL, view_of(month_print(summary->months[i].month, month)));
    json_close(json, ']');
    json_close(json, '}');
}

static void write_file(struct json_out *json, const struct audit_file *file)
{
    const struct extract_summary *const summary = &file->summary;

    json_open(json, NULL, '{');
    json_text(json, "name", view_of(file->name));
    if (file->sha256[0] != '\0')
        json_text(json, "sha256", view_of(file->sha256));
    if (file->bytes > 0)
        json_integer(json, "bytes", file->bytes);
    if (file->refused[0] != '\0')
        json_text(json, "refused", view_of(file->refused));
    if (summary->era != NULL) {
        json_text(json, "extract", view_of(summary->era->extract->id));
        json_text(json, "era", view_of(summary->era->id));
        if (summary->era->inferred != NULL)
            json_text(json, "inferred_of_this_layout", view_of(summary->era->inferred));
    }
    if (file->companion) {
        json_text(json, "left_out",
                  view_of("comes with the extract and holds no prescribing rows"));
        json_close(json, '}');
        return;
    }
    write_months(json, file);
    json_integer(json, "rows_read", summary->rows_read);
    json_integer(json, "rows_kept", summary->rows_kept);
    json_integer(json, "rows_out_of_scope", summary->rows_out_of_scope);
    audit_write_rejected(json, &summary->rejects);
    write_notes(json, summary);
    write_sums(json, summary);
    json_flag(json, "last_row_without_line_end", summary->last_line_open);
    json_close(json, '}');
}

/* Rows, and the quantities that no rule converts, by how they are told. */
static void write_gas_rows(struct json_out *json, const struct results *results)
{
    uint64_t rows[2] = {0, 0};
    uint64_t findings[GAS_FINDINGS] = {0};

    for (size_t i = 0; i < results->gas_count; i++)
        rows[results->gases[i].amounts.has_volume] += results->gases[i].rows;
    for (size_t i = 0; i < results->gas_finding_count; i++)
        findings[results->gas_findings[i].kind]++;
    json_open(json, "gases", '{');
    json_integer(json, "rows_counted", rows[true]);
    json_integer(json, "rows_listed_and_left_out", rows[false]);
    json_open(json, "findings", '{');
    for (int kind = 0; kind < GAS_FINDINGS; kind++)
        if (findings[kind] > 0)
            json_integer(json, gas_finding_text((enum gas_finding_kind)kind), findings[kind]);
    json_close(json, '}');
    if (findings[GAS_FINDING_PIPED_MISSING] > 0)
        json_text(json, "note", view_of(GAS_PIPED_SENTENCE));
    json_close(json, '}');
}

/* What became of the rows that were kept. */
static void write_classes(struct json_out *json, const struct results *results)
{
    uint64_t inhaler_rows = 0;
    uint64_t unknown_rows = 0;
    wide_t inhaler_items = 0;

    for (size_t i = 0; i < results->product_count; i++) {
        inhaler_rows += results->products[i].rows;
        inhaler_items += results->products[i].items;
    }
    for (size_t i = 0; i < results->unclassified_count; i++) {
        const uint32_t presentation = results->unclassified[i].presentation;

        if (results->classified.verdicts[presentation].kind == RULES_UNKNOWN)
            unknown_rows += results->unclassified[i].rows;
    }
    json_open(json, "kept_rows", '{');
    json_integer(json, "inhaler_rows", inhaler_rows);
    json_ratio(json, "inhaler_items", inhaler_items, 1, 0);
    json_integer(json, "rows_of_codes_that_no_rule_knows", unknown_rows);
    json_open(json, "not_inhalers", '[');
    for (size_t i = 0; i < results->excluded_count; i++) {
        const struct excluded *const row = &results->excluded[i];

        if (row->rows == 0)
            continue;
        json_open(json, NULL, '{');
        json_text(json, "rule", view_of(row->exclusion->id));
        json_text(json, "reason", view_of(row->exclusion->reason));
        json_integer(json, "rows", row->rows);
        json_ratio(json, "items", row->items, 1, 0);
        write_cost(json, "actual_cost_gbp", row->actual_cost, row->unknown_cost);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void write_grade(struct json_out *json, const struct rules *rules, const char *grade,
                        const struct grade_sums *sums)
{
    json_open(json, NULL, '{');
    json_text(json, "grade", view_of(grade));
    json_ratio(json, "items", sums->items, 1, 0);
    json_ratio(json, "inhalers_and_refill_packs", sums->packs, inhaler_unit(rules), 6);
    json_ratio(json, "kgco2e", sums->carbon, kilogram_unit(rules), 6);
    json_ratio(json, "kgco2e_low", sums->low, kilogram_unit(rules), 6);
    json_ratio(json, "kgco2e_high", sums->high, kilogram_unit(rules), 6);
    json_close(json, '}');
}

static void write_carbon(struct json_out *json, const struct figures *figures)
{
    json_open(json, "carbon_by_grade_of_factor", '[');
    for (size_t i = 0; i < CARBON_GRADES; i++)
        write_grade(json, figures->results->classified.rules, carbon_grades[i],
                    &figures->grades[i]);
    json_close(json, ']');
}

static void write_versions(struct json_out *json, const struct audit *audit,
                           const struct results *results)
{
    json_open(json, "program", '{');
    json_text(json, "name", view_of("canister"));
    json_text(json, "version", view_of(audit->program_version));
    json_open(json, "libraries", '{');
    for (size_t i = 0; i < audit->library_count; i++)
        json_text(json, audit->libraries[i].name, view_of(audit->libraries[i].version));
    json_close(json, '}');
    json_close(json, '}');
    json_open(json, "rules", '{');
    json_text(json, "version", view_of(results->classified.rules->version));
    json_text(json, "sha256", view_of(results->classified.rules->sha256));
    json_close(json, '}');
    json_text(json, "factor_set", view_of(results->factors->id));
    json_text(json, "gas_factor_set", view_of(results->gas_factors->id));
}

static void write_options(struct json_out *json, const struct audit *audit)
{
    char month[MONTH_TEXT];

    json_open(json, "options", '{');
    json_integer(json, "max_rejects_rows", audit->reject_limit.least);
    json_integer(json, "max_rejects_per_million_rows", audit->reject_limit.per_million);
    json_flag(json, "replace", audit->replace);
    json_flag(json, "keep_going", audit->keep_going);
    if (audit->from != MONTH_NONE)
        json_text(json, "from", view_of(month_print(audit->from, month)));
    if (audit->to != MONTH_NONE)
        json_text(json, "to", view_of(month_print(audit->to, month)));
    if (audit->focus != NULL)
        json_text(json, audit->focus_level, view_of(audit->focus));
    json_close(json, '}');
}

static void write_quantity(struct json_out *json, const struct results *results,
                           const struct quantity_check *check)
{
    const struct classified *const classified = &results->classified;
    const struct rules *const rules = classified->rules;
    const wide_t packs = packs_of(rules, check->product, check->quantity);
    const wide_t unit = inhaler_unit(rules);
    char month[MONTH_TEXT];

    json_open(json, NULL, '{');
    json_text(json, "rule", view_of(check->rule->id));
    json_text(json, "product", view_of(check->product->id));
    json_text(json, "bnf_code", intern_text(&classified->cube->codes, check->presentation));
    json_text(json, "nation",
              organisation_code(&classified->cube->places, LEVEL_NATION, check->nation));
    json_text(json, "month", view_of(month_print(check->month, month)));
    json_ratio(json, "items", check->items, 1, 0);
    json_ratio(json, "quantity_as_read", check->quantity, 1000, PLACES_QUANTITY);
    json_ratio(json, "mean_quantity_per_item", check->quantity, check->items * 1000, 6);
    json_ratio(json, "limit",
               quantity_is_above(check) ? check->rule->mean_above : check->rule->mean_below, 1000,
               PLACES_QUANTITY);
    json_text(json, "unit_assumed",
              view_of(check->divisor > 1 ? "dose" : unit_text((enum unit)check->product->unit)));
    json_ratio(json, "divided_by", check->divisor, 1, 0);
    json_ratio(json, "inhalers_and_refill_packs_as_read", packs, unit, 6);
    json_ratio(json, "inhalers_and_refill_packs_used", packs / check->divisor, unit, 6);
    json_close(json, '}');
}

static void write_quantities(struct json_out *json, const struct results *results)
{
    const struct quantity_checks *const checks = &results->classified.quantities;

    json_open(json, "quantities_beyond_their_rule", '[');
    for (size_t i = 0; i < checks->count; i++)
        write_quantity(json, results, &checks->list[i]);
    json_close(json, ']');
}

void write_audit(FILE *file, const struct audit *audit, const struct figures *figures)
{
    const struct results *const results = figures->results;
    struct json_out json = {.file = file};

    json_open(&json, NULL, '{');
    write_versions(&json, audit, results);
    write_options(&json, audit);
    json_open(&json, "files", '[');
    for (size_t i = 0; i < figures->inputs.file_count; i++)
        write_file(&json, &figures->inputs.files[i]);
    json_close(&json, ']');
    audit_write_places(&json, figures);
    write_classes(&json, results);
    write_carbon(&json, figures);
    write_quantities(&json, results);
    audit_write_control(&json, audit, &figures->comparisons);
    write_gas_rows(&json, results);
    if (audit->created != NULL)
        json_text(&json, "created", view_of(audit->created));
    json_open(&json, "timing", '{');
    if (audit->has_timing)
        json_integer(&json, "milliseconds", audit->milliseconds);
    else
        json_null(&json, "milliseconds");
    json_close(&json, '}');
    json_close(&json, '}');
}
