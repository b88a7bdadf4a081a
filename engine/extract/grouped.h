#ifndef EXTRACT_GROUPED_H
#define EXTRACT_GROUPED_H

/* Numbers as people print them: 1,100 and £2,475.00. */

#include "base/decimal.h"

/* As decimal_parse, with commas between groups of three digits and a pound sign (UTF-8 or
 * Latin-1) in front, behind or before a sign.  "1,10" and "11,00" are DECIMAL_SHAPE: that comma is no
 * thousands separator. */
enum decimal_fault grouped_parse(struct view text, int places, int64_t *value);

#endif
