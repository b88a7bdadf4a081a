#ifndef TESTS_SUPPORT_SMALL_H
#define TESTS_SUPPORT_SMALL_H

/* An extract with ten columns, for tests of extract/ that need no rules. */

#include "extract/reader.h"

#define SMALL_HEADER "MONTH,SUB,P,CODE,NAME,ITEMS,QTY,NIC,COST,UNID"

static struct column_rule small_columns[] = {
    {"MONTH", ROLE_month, false},      {"SUB", ROLE_sub_icb_code, false},
    {"P", ROLE_practice_code, false},  {"CODE", ROLE_bnf_code, false},
    {"NAME", ROLE_bnf_name, false},    {"ITEMS", ROLE_items, false},
    {"QTY", ROLE_quantity, false},     {"NIC", ROLE_nic, false},
    {"COST", ROLE_actual_cost, false}, {"UNID", ROLE_unidentified, false},
    {"EXTRA", ROLE_ignored, true},
};

static struct extract_rule small_extract;
static struct era small_era = {.id = "small",
                               .title = "ten columns",
                               .columns = small_columns,
                               .column_count = COUNT_OF(small_columns),
                               .extract = &small_extract};
static struct extract_rule small_extract = {
    .id = "small", .title = "Small", .eras = &small_era, .era_count = 1};
static const struct layouts small_layouts = {.extracts = &small_extract, .count = 1};
static const struct view small_prefix = {"03", 2};
static const struct scope small_scope = {.prefixes = &small_prefix, .count = 1};

#endif
