#ifndef EXTRACT_BIND_H
#define EXTRACT_BIND_H

/* Finds out which extract and era a file is, from the names in its header, in
 * any order, and where in a row each meaning stands.  By name and era, never by
 * position: BNF_CHEMICAL_SUBSTANCE is a code before March 2025 and a name
 * afterwards. */

#include "base/fail.h"
#include "base/month.h"
#include "extract/layout.h"

struct binding {
    const struct era *era;
    size_t columns; /* fields a row must have */
    int at[ROLES];  /* field of a role, -1 where the era or the header has none */
    bool stranger;  /* of a refused header: less than half of any layout's names are in it */
    month_t latest; /* rows of later months are rejected; MONTH_NONE: none is */
};

/* Names are found without regard to case, blanks and signs; columns that nothing uses may be
 * missing, and columns that nobody knows are ignored (header_leftovers lists both), as long as
 * the smallest sufficient set is there.
 * header  the fields of the first record; borrowed
 * fails   STATUS_DATA  no era can be used: the nearest one, by the share of its names that are
 *                      found, and what differs; or a column is there twice */
MUST_USE
enum status bind_header(struct binding *binding, const struct layouts *layouts,
                        const struct view *header, size_t count, struct fail *why);

/* The same for a first record that is no header: the headerless era whose number
 * of columns and length of the first field it has; false when there is none. */
bool bind_places(struct binding *binding, const struct layouts *layouts, const struct view *fields,
                 size_t count);

/* True for the name of an archive member that comes with an extract and holds
 * no rows of it, as the addresses beside PDPI. */
bool is_companion(const struct layouts *layouts, const char *member);

/* The header's name of a role in this era, for messages. */
const char *binding_column(const struct binding *binding, enum role role);

#endif
