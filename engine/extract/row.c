#include "extract/row_internal.h"

#include "base/limits.h"

/* Fields that stand in the input have SCAN_SLACK around them. */
static bool has_slack(const struct reading *reading)
{
    return reading->fields->fields == NULL;
}

static bool read_number(const struct reading *reading, enum role role, int places, int64_t *number)
{
    const struct view text = field(reading, role);
    enum decimal_fault fault = has_slack(reading) ? decimal_parse_word(text, places, number)
                                                  : decimal_parse(text, places, number);

    if (fault == DECIMAL_OK)
        return true;
    fault = number_again(reading, text, places, fault, number);
    return fault == DECIMAL_OK || refuse(reading, reason_of(fault), role);
}

/* In primary care nothing is given back: a count below zero is a mistake. */
static bool read_count(const struct reading *reading, enum role role, int places, int64_t *number)
{
    if (!read_number(reading, role, places, number))
        return false;
    return *number >= 0 || refuse(reading, REJECT_NEGATIVE, role);
}

/* Northern Ireland gives the month in two columns. */
static bool read_split_month(const struct reading *reading, month_t *month)
{
    int64_t year = 0;
    int64_t number = 0;

    if (!read_number(reading, ROLE_year, 0, &year) ||
        !read_number(reading, ROLE_month_of_year, 0, &number))
        return false;
    if (year < 2000 || year > 2099)
        return refuse(reading, REJECT_MONTH, ROLE_year);
    if (number < 1 || number > 12)
        return refuse(reading, REJECT_MONTH, ROLE_month_of_year);
    *month = month_of((int)year, (int)number);
    return true;
}

static bool read_month(const struct reading *reading, month_t *month)
{
    const struct view text = field(reading, ROLE_month);

    if (reading->binding->at[ROLE_month] < 0)
        return read_split_month(reading, month);
    if (text.length == 0)
        return refuse(reading, REJECT_EMPTY, ROLE_month);
    return month_parse(text, month) || refuse(reading, REJECT_MONTH, ROLE_month);
}

/* A month that has not begun cannot have been dispensed, and would be the latest of all. */
static bool read_past_month(const struct reading *reading, month_t *month)
{
    const month_t latest = reading->binding->latest;

    if (!read_month(reading, month))
        return false;
    return latest == MONTH_NONE || *month <= latest ||
           refuse(reading, REJECT_FUTURE,
                  reading->binding->at[ROLE_month] < 0 ? ROLE_year : ROLE_month);
}

/* A row that the extract itself leaves without a code is no mistake: it has none,
 * is out of scope and counted apart. */
static bool is_no_code(const struct reading *reading, struct view *code)
{
    const struct text_list *const texts = &reading->binding->era->extract->no_code;

    if (code->length == 0)
        return true;
    for (size_t i = 0; i < texts->count; i++) {
        if (view_is(*code, texts->texts[i])) {
            code->length = 0;
            return true;
        }
    }
    return false;
}

static bool read_bnf_code(const struct reading *reading, struct view *code)
{
    *code = field(reading, ROLE_bnf_code);
    if (code->length > 0 && has_slack(reading) && is_code_word(*code))
        return true;
    if (is_no_code(reading, code))
        return true;
    if (code->length > LIMIT_CODE_BYTES)
        return refuse(reading, REJECT_CODE, ROLE_bnf_code);
    for (size_t i = 0; i < code->length; i++) {
        const char c = code->at[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
            return refuse(reading, REJECT_CODE, ROLE_bnf_code);
    }
    return true;
}

static bool read_place(const struct reading *reading, enum role role, struct view *code)
{
    *code = field(reading, role);
    return is_place_code(*code) || refuse(reading, REJECT_CODE, role);
}

/* Where nobody has seen what the column holds, names are taken too. */
static bool read_sub_icb(const struct reading *reading, struct view *code)
{
    if (!reading->binding->era->extract->free_sub_icb)
        return read_place(reading, ROLE_sub_icb_code, code);
    *code = field(reading, ROLE_sub_icb_code);
    if (code->length > LIMIT_CODE_BYTES)
        return refuse(reading, REJECT_CODE, ROLE_sub_icb_code);
    for (size_t i = 0; i < code->length; i++)
        if ((unsigned char)code->at[i] < ' ' || code->at[i] == '"' || code->at[i] == '\x7f')
            return refuse(reading, REJECT_CODE, ROLE_sub_icb_code);
    return true;
}

static bool read_places(const struct reading *reading, struct row *row)
{
    if (!read_place(reading, ROLE_practice_code, &row->practice_code) ||
        !read_sub_icb(reading, &row->sub_icb_code) ||
        !read_place(reading, ROLE_icb_code, &row->icb_code) ||
        !read_place(reading, ROLE_region_code, &row->region_code))
        return false;
    if (row->practice_code.length == 0 && reading->binding->at[ROLE_practice_code] >= 0)
        return refuse(reading, REJECT_EMPTY, ROLE_practice_code);
    return read_name(reading, ROLE_practice_name, &row->practice_name) &&
           read_name(reading, ROLE_sub_icb_name, &row->sub_icb_name) &&
           read_name(reading, ROLE_icb_name, &row->icb_name) &&
           read_name(reading, ROLE_region_name, &row->region_name);
}

/* Unidentified prescribers are kept like any other; the flag is only checked. */
static bool check_flag(const struct reading *reading)
{
    const struct view text = field(reading, ROLE_unidentified);

    return text.at == NULL || view_is(text, "Y") || view_is(text, "N") ||
           refuse(reading, REJECT_FLAG, ROLE_unidentified);
}

/* Scotland publishes no actual cost: unknown, not 0. */
static bool read_cost(const struct reading *reading, struct row *row)
{
    row->unknown_cost = reading->binding->at[ROLE_actual_cost] < 0;
    row->actual_cost = 0;
    return row->unknown_cost ||
           read_number(reading, ROLE_actual_cost, PLACES_MONEY, &row->actual_cost);
}

/* What the control sums of every row need. */
static bool read_control(const struct reading *reading, struct row *row)
{
    if (reading->fields->count != reading->binding->columns)
        return refuse(reading, REJECT_COLUMNS, ROLES);
    return read_past_month(reading, &row->month) && read_bnf_code(reading, &row->bnf_code) &&
           read_count(reading, ROLE_items, PLACES_ITEMS, &row->items) && read_cost(reading, row);
}

/* Only where it makes a difference: it would split the sums of every product else. */
static struct view find_version(const struct reading *reading, struct scope scope,
                                struct view bnf_code)
{
    const struct view dmd =
        scope.version_count > 0 ? field(reading, ROLE_snomed_code) : view_none();

    for (size_t i = 0; i < scope.version_count && dmd.length > 0; i++)
        if (view_equal(scope.versions[i].bnf_code, bnf_code) &&
            view_equal(scope.versions[i].dmd, dmd))
            return dmd;
    return view_none();
}

/* A subset may have the actual cost alone. */
static bool read_nic(const struct reading *reading, struct row *row)
{
    row->unknown_nic = reading->binding->at[ROLE_nic] < 0;
    row->nic = 0;
    return row->unknown_nic || read_number(reading, ROLE_nic, PLACES_MONEY, &row->nic);
}

/* The quantity of one item times the items is the total: else one of three columns is wrong. */
static bool is_total(const struct reading *reading, const struct row *row)
{
    int64_t each;
    int64_t product;

    if (reading->binding->at[ROLE_item_quantity] < 0 ||
        decimal_parse(field(reading, ROLE_item_quantity), PLACES_QUANTITY, &each) != DECIMAL_OK)
        return true;
    return !__builtin_mul_overflow(each, row->items, &product) && product == row->quantity;
}

static bool read_rest(const struct reading *reading, struct scope scope, struct row *row)
{
    row->dmd = find_version(reading, scope, row->bnf_code);
    if (!read_name(reading, ROLE_bnf_name, &row->bnf_name) || !read_places(reading, row) ||
        !read_count(reading, ROLE_quantity, PLACES_QUANTITY, &row->quantity) ||
        !read_nic(reading, row) || !check_flag(reading))
        return false;
    row->other_total = !is_total(reading, row);
    return true;
}

/* "03" may have been the code of an inhaler before it was cut. */
static bool is_cut(struct scope scope, struct view code)
{
    for (size_t i = 0; i < scope.count && code.length > 0; i++)
        if (code.length < scope.prefixes[i].length && view_starts(scope.prefixes[i], code))
            return true;
    return false;
}

bool row_is_of_scope_chapter(const struct binding *binding, struct scope scope,
                             const struct scan_row *fields)
{
    const struct reading reading = {binding, fields, NULL};
    struct view chapter = field(&reading, ROLE_chapter);
    size_t digits = 0;

    while (chapter.length > 0 && chapter.at[0] == '0')
        chapter = (struct view){chapter.at + 1, chapter.length - 1};
    while (digits < chapter.length && chapter.at[digits] >= '0' && chapter.at[digits] <= '9')
        digits++;
    for (size_t i = 0; i < scope.count && digits > 0; i++) {
        const struct view prefix = scope.prefixes[i];
        const size_t zero = prefix.length > 0 && prefix.at[0] == '0';

        if (prefix.length >= 2 && digits == 2 - zero &&
            memcmp(chapter.at, prefix.at + zero, digits) == 0)
            return true;
    }
    return false;
}

static bool in_scope(struct scope scope, struct view code)
{
    for (size_t i = 0; i < scope.count; i++)
        if (view_starts(code, scope.prefixes[i]))
            return true;
    return false;
}

enum verdict row_read(struct row *row, const struct binding *binding, struct scope scope,
                      const struct scan_row *fields, struct reject *reject)
{
    const struct reading reading = {binding, fields, reject};

    if (!read_control(&reading, row))
        return VERDICT_REJECTED;
    if (is_cut(scope, row->bnf_code)) {
        refuse(&reading, REJECT_CODE, ROLE_bnf_code);
        return VERDICT_REJECTED;
    }
    if (!in_scope(scope, row->bnf_code))
        return VERDICT_OUT_OF_SCOPE;
    return read_rest(&reading, scope, row) ? VERDICT_KEPT : VERDICT_REJECTED;
}

/* Where no column says it: the substance is in the first 9 of the 15 characters of a
 * medicine and in the first 4 of an appliance's 11. */
static struct view chemical_of(const struct reading *reading, struct view code)
{
    const struct view column = field(reading, ROLE_chemical_code);
    const size_t length = code.length == 15 ? 9 : 4;

    if (column.length > 0 || code.length <= length)
        return column.length > 0 ? column : code;
    return (struct view){code.at, length};
}

/* Totals go by codes: a name that is none is left out of them. */
static struct view short_name(const struct reading *reading, enum role role)
{
    const struct view name = field(reading, role);

    return name.length <= LIMIT_NAME_BYTES ? name : view_none();
}

bool row_for_totals(struct row *totals, const struct row *row, const struct binding *binding,
                    const struct scan_row *fields)
{
    struct reject ignored;
    const struct reading reading = {binding, fields, &ignored};

    *totals = (struct row){
        .month = row->month,
        .sub_icb_code = field(&reading, ROLE_sub_icb_code),
        .sub_icb_name = short_name(&reading, ROLE_sub_icb_name),
        .icb_code = field(&reading, ROLE_icb_code),
        .icb_name = short_name(&reading, ROLE_icb_name),
        .region_code = field(&reading, ROLE_region_code),
        .region_name = short_name(&reading, ROLE_region_name),
        .bnf_code = chemical_of(&reading, row->bnf_code),
        .bnf_name = short_name(&reading, ROLE_chemical_name),
        .items = row->items,
        .actual_cost = row->actual_cost,
        .unknown_cost = row->unknown_cost,
    };
    totals->unknown_nic = binding->at[ROLE_nic] < 0;
    if (read_count(&reading, ROLE_quantity, PLACES_QUANTITY, &totals->quantity) &&
        (totals->unknown_nic || read_number(&reading, ROLE_nic, PLACES_MONEY, &totals->nic)))
        return true;
    totals->quantity = 0;
    totals->nic = 0;
    return false;
}
