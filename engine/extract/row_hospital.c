#include "extract/row_hospital.h"

#include "extract/row_internal.h"

#include <stdio.h>

static bool read_number(const struct reading *reading, enum role role, int places, int64_t *number)
{
    const struct view text = field(reading, role);
    const enum decimal_fault fault =
        number_again(reading, text, places, decimal_parse(text, places, number), number);

    return fault == DECIMAL_OK || refuse(reading, reason_of(fault), role);
}

static bool read_quantity(const struct reading *reading, enum role role, int64_t *quantity)
{
    if (!read_number(reading, role, PLACES_QUANTITY, quantity))
        return false;
    return *quantity >= 0 || reading->binding->era->extract->returns ||
           refuse(reading, REJECT_NEGATIVE, role);
}

static bool read_month(const struct reading *reading, month_t *month)
{
    const struct view text = field(reading, ROLE_month);

    if (text.length == 0)
        return refuse(reading, REJECT_EMPTY, ROLE_month);
    if (!month_parse(text, month))
        return refuse(reading, REJECT_MONTH, ROLE_month);
    return reading->binding->latest == MONTH_NONE || *month <= reading->binding->latest ||
           refuse(reading, REJECT_FUTURE, ROLE_month);
}

/* A text that goes into the key. */
static bool read_text(const struct reading *reading, enum role role, bool needed, struct view *text)
{
    *text = field(reading, role);
    if (needed && text->length == 0)
        return refuse(reading, REJECT_EMPTY, role);
    return presentation_can_hold(*text) || refuse(reading, REJECT_CODE, role);
}

static bool read_trust(const struct reading *reading, struct view *code)
{
    return read_text(reading, ROLE_trust_code, true, code) &&
           (is_place_code(*code) || refuse(reading, REJECT_CODE, ROLE_trust_code));
}

/* A row without a code is out of scope, as in primary care.  A SNOMED CT identifier has 6 to 18 digits; one that went through a spreadsheet
 * reads "3.97086E+16" and is refused. */
static bool read_vmp(const struct reading *reading, struct view *code)
{
    if (!read_text(reading, ROLE_vmp_code, false, code))
        return false;
    if (code->length == 0)
        return true;
    for (size_t i = 0; i < code->length; i++)
        if (code->at[i] < '0' || code->at[i] > '9')
            return refuse(reading, REJECT_CODE, ROLE_vmp_code);
    return (code->length >= 6 && code->length <= 18) || refuse(reading, REJECT_CODE, ROLE_vmp_code);
}

static bool read_cost(const struct reading *reading, struct row *row, bool *unknown)
{
    const bool empty = field(reading, ROLE_cost).length == 0;

    *unknown = empty &&
               (reading->binding->at[ROLE_cost] < 0 || reading->binding->era->extract->empty_cost);
    row->actual_cost = 0;
    return *unknown || read_number(reading, ROLE_cost, PLACES_MONEY, &row->actual_cost);
}

static bool read_medicine(const struct reading *reading, struct row *row,
                          struct presentation *about)
{
    if (!read_vmp(reading, &about->code) ||
        !read_text(reading, ROLE_unit_name, false, &about->unit_name) ||
        !read_text(reading, ROLE_unit_code, false, &about->unit_code) ||
        !read_quantity(reading, ROLE_quantity, &row->quantity) ||
        !read_cost(reading, row, &about->unknown_cost) ||
        !read_name(reading, ROLE_vmp_name, &row->bnf_name))
        return false;
    row->returned = row->quantity < 0;
    row->unknown_cost = about->unknown_cost;
    about->origin = ORIGIN_PHARMACY;
    about->returned = row->returned;
    return true;
}

static bool in_scope(const struct hospital_scope *scope, struct view code, struct view name)
{
    if (code.length > 0 && intern_find(&scope->codes, code) != INTERN_NONE)
        return true;
    for (size_t i = 0; i < scope->pattern_count; i++)
        if (name_fits(scope->patterns[i], name))
            return true;
    return false;
}

/* The litres of a row, or else its cylinders. */
static bool read_volume(const struct reading *reading, struct row *row, struct presentation *about)
{
    if (field(reading, ROLE_litres).length > 0 || reading->binding->at[ROLE_cylinders] < 0) {
        about->unit_name = view_of("litre");
        return read_quantity(reading, ROLE_litres, &row->quantity);
    }
    about->unit_name = view_of("cylinder");
    return read_quantity(reading, ROLE_cylinders, &row->quantity);
}

/* Brand and size, "Entonox (BOC)/G"; text has room for both. */
static bool read_cylinder(const struct reading *reading, struct presentation *about, char *text)
{
    struct view brand;
    struct view size;
    size_t length;

    if (!read_text(reading, ROLE_brand, false, &brand) ||
        !read_text(reading, ROLE_size, false, &size))
        return false;
    length = (size_t)snprintf(text, PRESENTATION_TEXT + 1, "%.*s/%.*s", (int)brand.length,
                              brand.at != NULL ? brand.at : "", (int)size.length,
                              size.at != NULL ? size.at : "");
    if (length > PRESENTATION_TEXT)
        return refuse(reading, REJECT_CODE, ROLE_brand);
    if (length > 1)
        about->unit_code = (struct view){text, length};
    return true;
}

static bool read_gas(const struct reading *reading, struct row *row, struct presentation *about,
                     char *cylinder)
{
    const struct extract_rule *const extract = reading->binding->era->extract;

    if (!read_text(reading, ROLE_gas, false, &about->code) ||
        !read_text(reading, ROLE_site, false, &about->site) || !read_volume(reading, row, about) ||
        !read_cylinder(reading, about, cylinder))
        return false;
    if (about->code.length == 0 && extract->product != NULL)
        about->code = view_of(extract->product);
    if (about->code.length == 0)
        return refuse(reading, REJECT_EMPTY, ROLE_gas);
    row->bnf_name = about->code;
    about->unknown_cost = true;
    about->origin = extract->subject == SUBJECT_gas_use ? ORIGIN_USE : ORIGIN_SUPPLY;
    return true;
}

/* Everything that hospital rows do not have. */
static void clear(struct row *row)
{
    *row = (struct row){
        .practice_code = view_none(),
        .sub_icb_code = view_none(),
        .icb_code = view_none(),
        .region_code = view_none(),
    };
}

enum verdict row_read_hospital(struct row *row, const struct binding *binding,
                               const struct hospital_scope *scope, const struct scan_row *fields,
                               char *key, struct reject *reject)
{
    const struct reading reading = {binding, fields, reject};
    const bool medicine = binding->era->extract->subject == SUBJECT_hospital;
    struct presentation about = {.code = view_none()};
    char cylinder[PRESENTATION_TEXT + 1];
    enum verdict verdict = VERDICT_KEPT;

    clear(row);
    if (fields->count != binding->columns) {
        refuse(&reading, REJECT_COLUMNS, ROLES);
        return VERDICT_REJECTED;
    }
    if (!read_month(&reading, &row->month) || !read_trust(&reading, &row->trust_code) ||
        !(medicine ? read_medicine(&reading, row, &about)
                   : read_gas(&reading, row, &about, cylinder)))
        return VERDICT_REJECTED;
    if (medicine && about.code.length == 0 && in_scope(scope, about.code, row->bnf_name)) {
        refuse(&reading, REJECT_EMPTY, ROLE_vmp_code); /* a gas by its name: it would be missing */
        return VERDICT_REJECTED;
    }
    if (medicine && !in_scope(scope, about.code, row->bnf_name)) {
        row->no_code = about.code.length == 0;
        about = (struct presentation){.origin = ORIGIN_ELSEWHERE};
        row->bnf_name = view_none();
        row->quantity = 0; /* of different units: their sum would mean nothing */
        verdict = VERDICT_OUT_OF_SCOPE;
    }
    row->bnf_code = presentation_key(&about, key);
    return verdict;
}
