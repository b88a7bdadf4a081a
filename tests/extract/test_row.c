#include "support/cases.h"
#include "support/small.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>

static const char *const columns[] = {"MONTH", "SUB", "P",   "CODE", "NAME",
                                      "ITEMS", "QTY", "NIC", "COST", "UNID"};
static const char *const good[] = {"202510", "Q44", "P81002", "0301011R0AAAPAP", "Salbutamol",
                                   "3",      "600", "1.5",    "1.40001",         "N"};

/* The good row with one value in the place of another, read. */
static enum verdict read_with(const char *column, const char *value, struct row *row,
                              struct reject *reject)
{
    struct view fields[LENGTH_OF(columns)];
    struct view names[LENGTH_OF(columns)];
    const struct scan_row scanned = {
        .fields = fields, .count = LENGTH_OF(columns), .line = 7, .text = view_of("the row")};
    struct binding binding;
    struct fail why = {0};

    for (size_t i = 0; i < LENGTH_OF(columns); i++) {
        names[i] = view_of(columns[i]);
        fields[i] = view_of(strcmp(columns[i], column) == 0 ? value : good[i]);
    }
    cr_assert(bind_header(&binding, &small_layouts, names, LENGTH_OF(columns), &why) == STATUS_OK,
              "%s", why.text);
    *row = (struct row){0};
    *reject = (struct reject){0};
    return row_read(row, &binding, small_scope, &scanned, reject);
}

Test(row, every_value_arrives_in_its_unit)
{
    struct row row;
    struct reject reject;
    char month[MONTH_TEXT];

    cr_assert(read_with("", "", &row, &reject) == VERDICT_KEPT, "%s", reject.column);
    cr_expect(eq(str, month_print(row.month, month), "2025-10"), "month");
    cr_expect(view_is(row.practice_code, "P81002") && view_is(row.sub_icb_code, "Q44"), "places");
    cr_expect(view_is(row.bnf_code, "0301011R0AAAPAP"), "code");
    cr_expect(view_is(row.bnf_name, "Salbutamol"), "name");
    cr_expect(eq(i64, row.items, 3), "items");
    cr_expect(eq(i64, row.quantity, 600000), "thousandths");
    cr_expect(eq(i64, row.nic, 150000), "hundred-thousandths");
    cr_expect(eq(i64, row.actual_cost, 140001), "hundred-thousandths");
    cr_expect(row.icb_code.at == NULL && row.region_name.at == NULL, "not in this extract");
}

static const struct {
    const char *column;
    const char *value;
} accepted[] = {
    {"MONTH", "2025-10"},
    {"MONTH", "2025_10"},
    {"MONTH", " 202510 "},
    {"CODE", "0301011R0AAAPAP  "},
    {"ITEMS", "0000003"},
    {"ITEMS", "3."},
    {"ITEMS", "3.0"},
    {"ITEMS", "0"},
    {"QTY", "4."},
    {"QTY", "0.001"},
    {"QTY", "0"},
    {"QTY", "0000600"},
    {"NIC", "-1.5"},
    {"NIC", "00000000.64"},
    {"COST", "-0.00001"},
    {"COST", ".5"},
    {"SUB", ""},
    {"SUB", "-"},
    {"NAME", ""},
    {"NAME", "5\" \"tape\""},
    {"UNID", "Y"},
    {"UNID", " N "},
    {"P", "Y"},
    {"P", "12345678901234567890123456789012"}, /* LIMIT_CODE_BYTES */
};

Test(row, every_printed_form_is_kept)
{
    struct row row;
    struct reject reject;

    for (size_t i = 0; i < LENGTH_OF(accepted); i++)
        cr_expect(read_with(accepted[i].column, accepted[i].value, &row, &reject) == VERDICT_KEPT,
                  "%s \"%s\": %s", accepted[i].column, accepted[i].value,
                  reject_text(reject.reason));
}

#define LONG_CODE "123456789012345678901234567890123"

static const struct {
    const char *column;
    const char *value;
    enum reject_reason reason;
} rejected[] = {
    {"MONTH", "", REJECT_EMPTY},
    {"MONTH", "  ", REJECT_EMPTY},
    {"MONTH", "2025-13", REJECT_MONTH},
    {"MONTH", "October", REJECT_MONTH},
    {"CODE", "0", REJECT_CODE},
    {"CODE", "0301011r0AAAPAP", REJECT_CODE},
    {"CODE", "0301 11R0AAAPAP", REJECT_CODE},
    {"CODE", "0301011R0-", REJECT_CODE},
    {"CODE",
     "\xef\xbb\xbf"
     "0301",
     REJECT_CODE},
    {"CODE", LONG_CODE, REJECT_CODE},
    {"ITEMS", "", REJECT_EMPTY},
    {"ITEMS", "twelve", REJECT_NUMBER},
    {"ITEMS", "1,000", REJECT_NUMBER},
    {"ITEMS", "+3", REJECT_NUMBER},
    {"ITEMS", "3.5", REJECT_PLACES},
    {"ITEMS", "-1", REJECT_NEGATIVE},
    {"ITEMS", "9223372036854775808", REJECT_RANGE},
    {"COST", "", REJECT_EMPTY},
    {"COST", "1e5", REJECT_NUMBER},
    {"COST", "20.987331", REJECT_PLACES},
    {"COST", "92233720368548", REJECT_RANGE},
    {"P", "", REJECT_EMPTY},
    {"P", LONG_CODE, REJECT_CODE},
    {"P", "P8\n1002", REJECT_CODE},
    {"P", "P8\"1002", REJECT_CODE},
    {"SUB", LONG_CODE, REJECT_CODE},
    {"QTY", "", REJECT_EMPTY},
    {"QTY", "l5.", REJECT_NUMBER},
    {"QTY", "0.0001", REJECT_PLACES},
    {"QTY", "-15.", REJECT_NEGATIVE},
    {"QTY", "9223372036854776", REJECT_RANGE},
    {"NIC", "", REJECT_EMPTY},
    {"NIC", "1.2.3", REJECT_NUMBER},
    {"NIC", "0.000001", REJECT_PLACES},
    {"NIC", "99999999999999999999", REJECT_RANGE},
    {"UNID", "", REJECT_FLAG},
    {"UNID", "y", REJECT_FLAG},
    {"UNID", "NN", REJECT_FLAG},
};

Test(row, each_reason_to_reject_names_its_column)
{
    struct row row;
    struct reject reject;

    for (size_t i = 0; i < LENGTH_OF(rejected); i++) {
        cr_expect(read_with(rejected[i].column, rejected[i].value, &row, &reject) ==
                      VERDICT_REJECTED,
                  "%s \"%s\" is kept", rejected[i].column, rejected[i].value);
        cr_expect(eq(int, (int)reject.reason, (int)rejected[i].reason), "%s \"%s\"",
                  rejected[i].column, rejected[i].value);
        cr_assert(reject.column != NULL, "%s \"%s\"", rejected[i].column, rejected[i].value);
        cr_expect(eq(str, (char *)reject.column, (char *)rejected[i].column), "the column");
        cr_expect(eq(u64, reject.line, 7), "the line");
        cr_expect(view_is(reject.text, "the row"), "the text");
    }
}

Test(row, out_of_scope_only_the_control_sums_are_checked)
{
    static const char *const checked[] = {"MONTH", "ITEMS", "COST"};
    static const char *const unchecked[] = {"SUB", "P", "NAME", "QTY", "NIC", "UNID"};
    const struct view outside = view_of("04");
    const struct scope scope = {.prefixes = &outside, .count = 1};
    struct view names[LENGTH_OF(columns)];
    struct view fields[LENGTH_OF(columns)];
    const struct scan_row scanned = {.fields = fields, .count = LENGTH_OF(columns)};
    struct binding binding;
    struct reject reject;
    struct fail why = {0};
    struct row row;
    enum verdict verdict;

    for (size_t i = 0; i < LENGTH_OF(columns); i++) {
        names[i] = view_of(columns[i]);
        fields[i] = view_of(good[i]);
        for (size_t u = 0; u < LENGTH_OF(unchecked); u++)
            if (strcmp(columns[i], unchecked[u]) == 0)
                fields[i] = view_of("\"nonsense\n-1.2345678");
    }
    cr_assert(bind_header(&binding, &small_layouts, names, LENGTH_OF(columns), &why) == STATUS_OK,
              "%s", why.text);
    cr_expect(row_read(&row, &binding, scope, &scanned, &reject) == VERDICT_OUT_OF_SCOPE, "out");
    cr_expect(row_read(&row, &binding, small_scope, &scanned, &reject) == VERDICT_REJECTED, "in");
    for (size_t i = 0; i < LENGTH_OF(columns); i++) {
        const struct view kept = fields[i];

        for (size_t c = 0; c < LENGTH_OF(checked); c++)
            if (strcmp(columns[i], checked[c]) == 0)
                fields[i] = view_of("x");
        verdict = row_read(&row, &binding, scope, &scanned, &reject);
        cr_expect(verdict ==
                      (view_equal(kept, fields[i]) ? VERDICT_OUT_OF_SCOPE : VERDICT_REJECTED),
                  "%s", columns[i]);
        fields[i] = kept;
    }
}

Test(row, a_row_has_as_many_columns_as_the_header)
{
    struct view names[LENGTH_OF(columns)];
    struct view fields[LENGTH_OF(columns) + 1];
    struct scan_row scanned = {.fields = fields, .count = LENGTH_OF(columns)};
    struct binding binding;
    struct reject reject;
    struct fail why = {0};
    struct row row;

    for (size_t i = 0; i < LENGTH_OF(columns); i++) {
        names[i] = view_of(columns[i]);
        fields[i] = view_of(good[i]);
    }
    fields[LENGTH_OF(columns)] = view_of("");
    cr_assert(bind_header(&binding, &small_layouts, names, LENGTH_OF(columns), &why) == STATUS_OK,
              "%s", why.text);
    cr_expect(row_read(&row, &binding, small_scope, &scanned, &reject) == VERDICT_KEPT, "as many");
    for (int off = -1; off <= 1; off += 2) {
        scanned.count = (size_t)((long)LENGTH_OF(columns) + off);
        cr_expect(row_read(&row, &binding, small_scope, &scanned, &reject) == VERDICT_REJECTED,
                  "%zu columns", scanned.count);
        cr_expect(reject.reason == REJECT_COLUMNS && reject.column[0] == '\0', "column_count");
    }
}
