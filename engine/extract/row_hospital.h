#ifndef EXTRACT_ROW_HOSPITAL_H
#define EXTRACT_ROW_HOSPITAL_H

/* The rows of hospital extracts: medicines by dm+d code and unit, and the small
 * tables of gases that a trust keeps itself.  They come by the hundred thousand,
 * not by the ten million, so nothing here is made for speed; row.h is. */

#include "extract/presentation.h"
#include "extract/row.h"

/* Reads one record of an extract whose subject is not SUBJECT_prescribing.
 *   key  PRESENTATION_KEY bytes, behind the row's bnf_code
 * A row out of scope is given out as well, under a key without a code: that a
 * trust sent something makes its month one without gases and not a missing one. */
enum verdict row_read_hospital(struct row *row, const struct binding *binding,
                               const struct hospital_scope *scope, const struct scan_row *fields,
                               char *key, struct reject *reject);

#endif
