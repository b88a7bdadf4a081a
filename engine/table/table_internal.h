#ifndef TABLE_TABLE_INTERNAL_H
#define TABLE_TABLE_INTERNAL_H

/* What the files of the tables share: columns and cells that several have. */

#include "base/attr.h"
#include "table/table.h"

#define ORGANISATION_COLUMNS                                                                   \
    {"level", "string", "", "practice, pcn, sub_icb, icb, region, nation, trust or group"},    \
        {"organisation_code", "string", "", "code as it stands in the extract (or register)"}, \
    {                                                                                          \
        "organisation_name", "string", "",                                                     \
            "name in the latest month of the run (or of its registers) that has one"           \
    }

#define MEASURE_COLUMN                                                          \
    {                                                                           \
        "measure", "string", "", "id of the measure, defined in rules/measures" \
    }

#define SMALL_MEANING                                                                       \
    "yes where the denominator is small by rules/measures/small_denominators.json: chance " \
    "alone moves such a figure"

#define TABLE_COLUMNS(list) .columns = (list), .column_count = COUNT_OF(list)

/* Carbon, inhalers and ratios are rounded to this many decimals when they are printed and not
 * before. */
#define DECIMALS 6

/* Level, code and name. */
void cells_organisation(struct cells *cells, const struct results *results, enum level level,
                        uint32_t organisation);

/* Code and name. */
void cells_trust(struct cells *cells, const struct results *results, enum level level,
                 uint32_t organisation);

/* Money that is not known is no 0. */
void cells_cost(struct cells *cells, wide_t cost, bool unknown);

/* "month" or "12 months", and both ends. */
void cells_span(struct cells *cells, const struct spread *spread);

#endif
