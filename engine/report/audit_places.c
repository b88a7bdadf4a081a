#include "report/audit_internal.h"

static void write_day(struct json_out *json, const char *key, date_t date)
{
    char day[DATE_TEXT];

    if (date == DATE_NONE)
        json_null(json, key);
    else
        json_text(json, key, view_of(date_print(date, day)));
}

static void write_register(struct json_out *json, const struct register_account *account)
{
    static const char *const origins[] = {"its rows", "its name", "the latest day in it"};

    json_open(json, NULL, '{');
    json_text(json, "name", view_of(account->name));
    if (account->sha256[0] != '\0')
        json_text(json, "sha256", view_of(account->sha256));
    json_integer(json, "bytes", account->bytes);
    if (account->layout == NULL) {
        json_text(json, "left_out", view_of("comes with a register and holds no rows of it"));
        json_close(json, '}');
        return;
    }
    json_text(json, "register", view_of(account->rule->layout.id));
    json_text(json, "layout", view_of(account->layout->id));
    write_day(json, "date", account->date);
    json_text(json, "date_told_by", view_of(origins[account->origin]));
    json_integer(json, "rows_read", account->rows_read);
    json_integer(json, "rows_used", account->rows_used);
    json_integer(json, "rows_passed_over", account->rows_left_out);
    audit_write_rejected(json, &account->rejects);
    json_open(json, "notes", '{');
    audit_write_notes(json, &account->notes, true);
    json_close(json, '}');
    if (account->active_gp_practices > 0)
        json_integer(json, "active_gp_practices", account->active_gp_practices);
    if (account->patients > 0)
        json_ratio(json, "patients", account->patients, 1, 0);
    json_close(json, '}');
}

static void write_strangers(struct json_out *json, const struct groups *groups)
{
    json_open(json, "group_members_without_rows", '[');
    for (uint32_t i = 0; i < groups->members.count; i++)
        if (!groups->found[i])
            json_text(json, NULL, intern_text(&groups->members, i));
    json_close(json, ']');
}

/* How many practices of the run are of each kind, in months of all. */
static void write_practices(struct json_out *json, const struct results *results)
{
    uint64_t all = 0;
    uint64_t peers = 0;
    uint64_t with_patients = 0;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (row->level != LEVEL_PRACTICE)
            continue;
        all++;
        peers += belonging_is_peer(results->belonging, row->level, row->organisation);
        with_patients += row->patients > 0;
    }
    json_integer(json, "practice_months", all);
    json_integer(json, "practice_months_in_percentiles", peers);
    json_integer(json, "practice_months_with_a_list_size", with_patients);
}

void audit_write_places(struct json_out *json, const struct figures *figures)
{
    const struct results *const results = figures->results;
    const struct groups *const groups = figures->inputs.groups;
    const struct registers *const registers = figures->inputs.registers;
    char month[MONTH_TEXT];

    json_open(json, "places", '{');
    json_text(json, "view", view_of(places_view_text(belonging_view(results->belonging))));
    json_text(json, "today", view_of(month_print(belonging_today(results->belonging), month)));
    json_text(json, "in_percentiles",
              view_of(belonging_knows_settings(results->belonging)
                          ? "GP practices by the setting that a register tells"
                          : "all practices but unidentified prescribers: no register tells the "
                            "setting"));
    write_practices(json, results);
    if (groups != NULL && groups->count > 0) {
        json_text(json, "groups", view_of(groups->name));
        write_strangers(json, groups);
    }
    json_open(json, "registers", '[');
    for (size_t i = 0; registers != NULL && i < registers->account_count; i++)
        write_register(json, &registers->accounts[i]);
    json_close(json, ']');
    json_close(json, '}');
}
