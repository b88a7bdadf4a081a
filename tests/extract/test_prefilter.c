#include "support/cases.h"
#include "support/dice.h"
#include "support/small.h"

#include "extract/prefilter.h"

#include <stdio.h>
#include <string.h>

/* The rows of an input, each seen by every kernel of the prefilter and read in full. */
struct look {
    struct binding binding;
    struct prefilter prefilters[SWEEP_PATHS];
    size_t rows;
    size_t passed[SWEEP_PATHS];
};

static const enum sweep_path paths[] = {SWEEP_PORTABLE, SWEEP_AVX512};

static enum status on_header(struct look *look, const struct scan_row *fields, struct fail *why)
{
    struct view names[16];
    enum status status;

    for (size_t i = 0; i < fields->count; i++)
        names[i] = scan_field(fields, i);
    status = bind_header(&look->binding, &small_layouts, names, fields->count, why);
    for (size_t i = 0; i < LENGTH_OF(paths) && status == STATUS_OK; i++)
        prefilter_set(&look->prefilters[paths[i]], &look->binding, small_scope, paths[i]);
    return status;
}

/* One row by itself; what was unquoted elsewhere is never glanced at. */
static struct prefilter_sums prefilter_at(const struct prefilter *prefilter,
                                          const struct scan_row *fields)
{
    const uint16_t end = (uint16_t)fields->count;
    const struct sweep_rows rows = {fields->base, fields->starts, &end, 0, 1};

    return fields->fields == NULL ? prefilter_rows(prefilter, &rows) : (struct prefilter_sums){0};
}

static enum status on_row(void *context, const struct scan_row *fields, struct fail *why)
{
    struct look *const look = context;
    struct row row = {0};
    struct reject reject = {0};
    enum verdict verdict;

    if (look->rows++ == 0)
        return on_header(look, fields, why);
    verdict = row_read(&row, &look->binding, small_scope, fields, &reject);
    for (size_t i = 0; i < LENGTH_OF(paths); i++) {
        struct prefilter *const prefilter = &look->prefilters[paths[i]];
        const struct prefilter_sums seen = prefilter_at(prefilter, fields);

        if (seen.rows > 0) {
            look->passed[paths[i]]++;
            cr_expect(verdict == VERDICT_OUT_OF_SCOPE && prefilter->month_before == row.month &&
                          seen.items == row.items && seen.actual_cost == row.actual_cost,
                      "path %d: %.*s", paths[i], (int)fields->text.length, fields->text.at);
        }
        if (verdict != VERDICT_REJECTED)
            prefilter_month(prefilter, fields, row.month);
    }
    return STATUS_OK;
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    (void)context;
    (void)bad;
    (void)why;
    return STATUS_OK;
}

/* Behind a first row of October 2025 that cannot be passed: no month was seen before it. */
static struct look look_at(const char *rows)
{
    static struct look look;
    const struct scan_sink sink = {&look, on_row, on_bad};
    const struct sweep_setup setup = {.path = SWEEP_PORTABLE};
    struct sweep *sweep = NULL;
    struct fail why = {0};
    static const char first[] = SMALL_HEADER "\n202510,Q,P,0401011R0AAAPAP,x,3,600,1.5,1.4,N\n";

    look = (struct look){0};
    cr_assert(sweep_new(&sweep, &setup, &sink, &why) == STATUS_OK, "%s", why.text);
    cr_assert(sweep_feed(sweep, first, strlen(first), &why) == STATUS_OK, "%s", why.text);
    cr_assert(sweep_feed(sweep, rows, strlen(rows), &why) == STATUS_OK, "%s", why.text);
    if (sweep_end(sweep, &why) != STATUS_OK)
        look.rows = 0; /* an open quote at the end, behind all rows */
    sweep_free(sweep);
    return look;
}

static const struct {
    const char *row;
    bool passes;
} rows[] = {
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.40001,N", true},
    {"202510,\"Q44\",\"P1\",\"0401011R0AAAPAP\",\"x\",3,\"1.\",\"1.\",\"1.\",N", true},
    {"202510,Q44,P81002,20030100183,x,\"3.\",600,1.5,\"0.85\",N", true},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,12345678,600,1.5,1234567.12345,N", true},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,7,N", true},
    {"202510,Q44,P81002,0301011R0AAAPAP,x,3,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011r0AAAPAP,x,3,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP ,x,3,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP12,x,3,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,,x,3,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,\"\",x,3,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,\"\",600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,.,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3..,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3.5,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,-3,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3a,600,1.5,1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.234567,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.4.5,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,-1.4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1:4,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,99999999999999999999,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,,N", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.4", false},
    {"202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.4,N,", false},
    {"202511,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.4,N", false},
    {"\"202510\",Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.4,N", false},
    {"2025-10-01-02-03-04,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.4,N", false},
    {",Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,1.4,N", false},
};

Test(prefilter, plain_rows_out_of_scope_pass_and_no_others)
{
    for (size_t i = 0; i < LENGTH_OF(rows); i++) {
        char text[256];
        struct look look;

        snprintf(text, sizeof text, "%s\n", rows[i].row);
        look = look_at(text);
        for (size_t p = 0; p < LENGTH_OF(paths); p++)
            if (sweep_path_works(paths[p]))
                cr_expect(look.passed[paths[p]] == rows[i].passes, "path %d: %s", paths[p],
                          rows[i].row);
    }
}

Test(prefilter, whatever_passes_is_what_a_row_read_in_full_says)
{
    static const char letters[] = "0123456789.0123456789AZ-az \"/:@[`\t";
    uint64_t seed = 7;
    size_t passed = 0;

    for (int round = 0; round < 20000; round++) {
        char text[256];
        size_t length;

        snprintf(text, sizeof text, "%s\n", rows[dice_below(&seed, 5)].row);
        length = strlen(text) - 1;
        for (size_t changes = dice_below(&seed, 4); changes > 0; changes--)
            text[dice_below(&seed, length)] = letters[dice_below(&seed, sizeof letters - 1)];
        passed += look_at(text).passed[SWEEP_PORTABLE];
    }
    cr_expect(passed > 5000, "only %zu rows were passed", passed);
}

/* Some rows of the table, one behind the other, as the sweep gives them; bytes before and behind
 * may be read. */
struct run {
    char bytes[SCAN_SLACK + 4096 + SCAN_SLACK];
    uint16_t starts[512];
    uint16_t ends[32];
    struct sweep_rows rows;
};

static void add_row(struct run *run, const char *row)
{
    const size_t at = run->starts[run->rows.count == 0 ? 0 : run->ends[run->rows.count - 1]];
    size_t fields = run->rows.count == 0 ? 0 : run->ends[run->rows.count - 1];

    snprintf(run->bytes + SCAN_SLACK + at, 4096 - at, "%s\n", row);
    for (size_t i = 0; i <= strlen(row); i++)
        if (row[i] == ',' || row[i] == '\0')
            run->starts[++fields] = (uint16_t)(at + i + 1);
    run->ends[run->rows.count++] = (uint16_t)fields;
}

static struct run *new_run(void)
{
    static struct run run;

    run = (struct run){0};
    run.rows = (struct sweep_rows){run.bytes + SCAN_SLACK, run.starts, run.ends, 0, 0};
    return &run;
}

/* A prefilter that has seen October 2025. */
static struct prefilter october(enum sweep_path path)
{
    struct look look = look_at("");

    prefilter_month(
        &look.prefilters[path],
        &(struct scan_row){.base = "202510,,,,,,,,,             ",
                           .starts = (const uint16_t[]){0, 7, 8, 9, 10, 11, 12, 13, 14}},
        2025 * 12 + 9);
    return look.prefilters[path];
}

Test(prefilter, rows_are_passed_up_to_the_first_that_is_not_plain)
{
    uint64_t seed = 11;

    for (size_t p = 0; p < LENGTH_OF(paths); p++) {
        const struct prefilter prefilter = october(paths[p]);

        for (int round = 0; round < 500 && sweep_path_works(paths[p]); round++) {
            struct run *const run = new_run();
            struct prefilter_sums expected = {0};
            struct prefilter_sums seen;
            bool over = false;

            for (size_t i = 0; i < 20; i++) {
                const size_t row =
                    dice_below(&seed, i < 3 || dice_below(&seed, 8) > 0 ? 5 : LENGTH_OF(rows));
                struct run single;

                add_row(run, rows[row].row);
                single = *run;
                single.rows.first = i == 0 ? 0 : run->ends[i - 1];
                single.rows.ends = run->ends + i;
                single.rows.count = 1;
                seen = prefilter_rows(&prefilter, &single.rows);
                over = over || seen.rows == 0;
                if (over)
                    continue;
                expected.rows++;
                expected.items += seen.items;
                expected.actual_cost += seen.actual_cost;
            }
            seen = prefilter_rows(&prefilter, &run->rows);
            cr_expect(seen.rows == expected.rows && seen.items == expected.items &&
                          seen.actual_cost == expected.actual_cost && expected.rows >= 3,
                      "path %d: %zu rows, not %zu", paths[p], seen.rows, expected.rows);
        }
    }
}

Test(prefilter, a_run_ends_before_its_sums_are_too_large)
{
    const struct prefilter prefilter = october(SWEEP_AVX512);
    struct run *const run = new_run();
    struct prefilter_sums seen;

    if (!sweep_path_works(SWEEP_AVX512))
        cr_skip_test("the other kernel reads no number of thirteen digits");
    for (int i = 0; i < 12; i++)
        add_row(run, "202510,Q44,P81002,0401011R0AAAPAP,x,3,600,1.5,9999999999999,N");
    seen = prefilter_rows(&prefilter, &run->rows);
    cr_expect(seen.rows == 9 && seen.items == 27 &&
                  seen.actual_cost == 9 * INT64_C(999999999999900000),
              "%zu rows, %ld items", seen.rows, (long)seen.items);
}
