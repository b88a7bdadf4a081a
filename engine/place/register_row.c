#include "place/register_row.h"

#include "base/limits.h"

static const struct {
    enum level level;
    enum role code;
    enum role name;
} roles[] = {
    {LEVEL_PRACTICE, ROLE_practice_code, ROLE_practice_name},
    {LEVEL_TRUST, ROLE_trust_code, ROLE_trust_name},
    {LEVEL_PCN, ROLE_pcn_code, ROLE_pcn_name},
    {LEVEL_SUB_ICB, ROLE_sub_icb_code, ROLE_sub_icb_name},
    {LEVEL_ICB, ROLE_icb_code, ROLE_icb_name},
    {LEVEL_REGION, ROLE_region_code, ROLE_region_name},
};

static struct view field(const struct row_check *check, enum role role)
{
    const int at = check->binding->at[role];

    return at < 0 ? view_none() : view_trim(scan_field(check->fields, (size_t)at));
}

static bool refuse(const struct row_check *check, enum reject_reason reason, enum role role)
{
    *check->reject = (struct reject){
        .line = check->fields->line,
        .reason = reason,
        .column = role == ROLES ? "" : binding_column(check->binding, role),
        .text = check->fields->text,
    };
    return false;
}

/* Letters, digits and "-", as in an extract. */
static bool is_code(struct view text)
{
    if (text.length > LIMIT_CODE_BYTES)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!((text.at[i] >= '0' && text.at[i] <= '9') ||
              (text.at[i] >= 'A' && text.at[i] <= 'Z') || text.at[i] == '-'))
            return false;
    return true;
}

static bool read_codes(const struct row_check *check, struct register_row *entry)
{
    for (size_t i = 0; i < COUNT_OF(roles); i++) {
        const struct view code = field(check, roles[i].code);

        if (!is_code(code))
            return refuse(check, REJECT_CODE, roles[i].code);
        if (code.length == 0 && check->binding->at[roles[i].code] >= 0 &&
            (roles[i].level == LEVEL_PRACTICE || roles[i].level == LEVEL_TRUST))
            return refuse(check, REJECT_EMPTY, roles[i].code);
        if (rules_unidentified(check->rules, code, view_none()))
            continue; /* a word for none */
        entry->code[roles[i].level] = code;
        entry->name[roles[i].level] = field(check, roles[i].name);
        if (entry->name[roles[i].level].length > LIMIT_NAME_BYTES)
            return refuse(check, REJECT_NAME, roles[i].name);
    }
    return true;
}

static bool read_dates(const struct row_check *check, struct register_row *entry)
{
    const struct {
        enum role role;
        date_t *date;
    } dates[] = {
        {ROLE_open_date, &entry->open},     {ROLE_close_date, &entry->close},
        {ROLE_joined_date, &entry->joined}, {ROLE_left_date, &entry->left},
        {ROLE_list_date, &entry->listed},
    };

    for (size_t i = 0; i < COUNT_OF(dates); i++) {
        const struct view text = field(check, dates[i].role);

        if (text.length > 0 && !date_parse(text, dates[i].date))
            return refuse(check, REJECT_DATE, dates[i].role);
    }
    if (check->binding->at[ROLE_list_date] >= 0 && entry->listed == DATE_NONE)
        return refuse(check, REJECT_EMPTY, ROLE_list_date);
    if (check->present != MONTH_NONE && entry->listed != DATE_NONE &&
        date_month(entry->listed) > check->present)
        return refuse(check, REJECT_FUTURE, ROLE_list_date);
    return true;
}

static bool read_status(const struct row_check *check, struct register_row *entry)
{
    const struct register_rule *const rule = check->rule;
    const struct view text = field(check, ROLE_status);

    if (text.length == 0)
        return true;
    for (size_t i = 0; i < rule->status_count; i++) {
        if (view_is(text, rule->statuses[i].code)) {
            entry->standing = rule->statuses[i].standing;
            return true;
        }
    }
    return refuse(check, REJECT_STATUS, ROLE_status);
}

static bool read_patients(const struct row_check *check, struct register_row *entry)
{
    const struct view text = field(check, ROLE_patients);

    if (check->binding->at[ROLE_patients] < 0)
        return true;
    if (decimal_parse(text, 0, &entry->patients) != DECIMAL_OK)
        return refuse(check, text.length == 0 ? REJECT_EMPTY : REJECT_NUMBER, ROLE_patients);
    if (entry->patients > LIMIT_PATIENTS)
        return refuse(check, REJECT_RANGE, ROLE_patients);
    return entry->patients >= 0 || refuse(check, REJECT_NEGATIVE, ROLE_patients);
}

bool register_row_read(const struct row_check *check, struct register_row *entry)
{
    *entry = (struct register_row){.standing = STANDING_UNKNOWN, .patients = -1};
    if (check->fields->count != check->binding->columns)
        return refuse(check, REJECT_COLUMNS, ROLES);
    entry->setting = field(check, ROLE_setting);
    return read_codes(check, entry) && read_dates(check, entry) && read_status(check, entry) &&
           read_patients(check, entry);
}

bool register_row_is_wanted(const struct row_check *check)
{
    const struct register_rule *const rule = check->rule;

    for (size_t i = 0; i < rule->only_count; i++)
        if (check->binding->at[rule->only[i].role] >= 0 &&
            !view_is(field(check, rule->only[i].role), rule->only[i].is))
            return false;
    return true;
}
