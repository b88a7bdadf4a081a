#ifndef REPORT_TABLE_INTERNAL_H
#define REPORT_TABLE_INTERNAL_H

/* Between table.c and table_follow.c, which tell the result tables. */

#include "base/attr.h"
#include "report/table.h"

#define ORGANISATION_COLUMNS                                                               \
    {"level", "string", "practice, pcn, sub_icb, icb, region, nation, trust or group"},    \
        {"organisation_code", "string", "code as it stands in the extract (or register)"}, \
    {                                                                                      \
        "organisation_name", "string",                                                     \
            "name in the latest month of the run (or of its registers) that has one"       \
    }

#define SMALL_MEANING                                                                       \
    "yes where the denominator is small by rules/measures/small_denominators.json: chance " \
    "alone moves such a figure"

enum carbon { NO_CARBON, INHALERS, GASES, BOTH };

#define TABLE(name, file_name, title_text, carbon, ...)                      \
    const struct table table_##name = {file_name,                            \
                                       title_text,                           \
                                       name##_columns,                       \
                                       COUNT_OF(name##_columns),             \
                                       {__VA_ARGS__},                        \
                                       carbon == INHALERS || carbon == BOTH, \
                                       carbon == GASES || carbon == BOTH}

#endif
