#ifndef EXTRACT_ROW_INTERNAL_H
#define EXTRACT_ROW_INTERNAL_H

/* Between row.c and row_hospital.c: a record being read. */

#include "base/limits.h"
#include "extract/grouped.h"
#include "extract/row.h"

/* The first fault is the one that is reported. */
struct reading {
    const struct binding *binding;
    const struct scan_row *fields;
    struct reject *reject;
};

/* role ROLES: the row as a whole */
static inline bool refuse(const struct reading *reading, enum reject_reason reason, enum role role)
{
    *reading->reject = (struct reject){
        .line = reading->fields->line,
        .reason = reason,
        .column = role == ROLES ? "" : binding_column(reading->binding, role),
        .text = reading->fields->text,
    };
    return false;
}

static inline struct view field(const struct reading *reading, enum role role)
{
    const int at = reading->binding->at[role];

    return at < 0 ? view_none() : view_trim(scan_field(reading->fields, (size_t)at));
}

static inline bool read_name(const struct reading *reading, enum role role, struct view *name)
{
    *name = field(reading, role);
    return name->length <= LIMIT_NAME_BYTES || refuse(reading, REJECT_NAME, role);
}

static inline enum reject_reason reason_of(enum decimal_fault fault)
{
    switch (fault) {
    case DECIMAL_EMPTY:
        return REJECT_EMPTY;
    case DECIMAL_PLACES:
        return REJECT_PLACES;
    case DECIMAL_RANGE:
        return REJECT_RANGE;
    default:
        return REJECT_NUMBER;
    }
}

/* A number that decimal_parse did not take: it may be printed for people where the layout is
 * known to do so. */
static inline enum decimal_fault number_again(const struct reading *reading, struct view text,
                                              int places, enum decimal_fault fault, int64_t *number)
{
    if (fault != DECIMAL_SHAPE || !reading->binding->era->grouped_numbers)
        return fault;
    return grouped_parse(text, places, number);
}

/* Letters, digits and "-", as all codes of organisations have: what a spreadsheet makes of one
 * (1.00E+00), a path or a control character is none. */
static inline bool is_place_code(struct view code)
{
    if (code.length > LIMIT_CODE_BYTES)
        return false;
    for (size_t i = 0; i < code.length; i++)
        if (!((code.at[i] >= '0' && code.at[i] <= '9') ||
              (code.at[i] >= 'A' && code.at[i] <= 'Z') || code.at[i] == '-'))
            return false;
    return true;
}

#endif
