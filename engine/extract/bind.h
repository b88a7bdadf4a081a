#ifndef EXTRACT_BIND_H
#define EXTRACT_BIND_H

/* Finds out which extract and era a file is, from the names in its header, in
 * any order, and the column of each meaning.  By name and era, never by
 * position: BNF_CHEMICAL_SUBSTANCE is a code before March 2025 and a name
 * afterwards. */

#include "base/fail.h"
#include "extract/layout.h"

struct binding {
    const struct era *era;
    size_t columns; /* fields a row must have */
    int at[ROLES];  /* field of a role, -1 where the era has none */
};

/* header  the fields of the first record; borrowed
 * fails   STATUS_DATA  no era has these columns: names the nearest one and what
 *                      differs, or that a column appears twice */
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
