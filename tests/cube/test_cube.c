#include "cube/cube.h"

#include "support/cases.h"
#include "support/made.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Generated rows: few keys, so that they meet again and again. */
struct generated {
    struct row row;
    char practice[8], icb[8], code[16], name[32], practice_name[32];
};

enum { ROWS = 300 };

static void generate(struct generated *rows, uint64_t seed)
{
    uint64_t state = seed * 7919 + 1;

    for (size_t i = 0; i < ROWS; i++) {
        struct generated *const made = &rows[i];
        const unsigned practice = (unsigned)(next_random(&state) % 7);
        const unsigned month = (unsigned)(next_random(&state) % 3);

        snprintf(made->practice, sizeof made->practice, "P%u", practice);
        /* practice 0 moves between two ICBs; others stay */
        snprintf(made->icb, sizeof made->icb, "Q%u",
                 practice == 0 ? (unsigned)(next_random(&state) % 2) : practice % 3);
        snprintf(made->code, sizeof made->code, "C%u", (unsigned)(next_random(&state) % 5));
        snprintf(made->name, sizeof made->name, "name %u", (unsigned)(next_random(&state) % 3));
        snprintf(made->practice_name, sizeof made->practice_name, "%s",
                 next_random(&state) % 4 == 0   ? ""
                 : next_random(&state) % 2 == 0 ? "new"
                                                : "old");
        made->row = (struct row){
            .month = 24300 + (month_t)month,
            .practice_code = view_of(made->practice),
            .practice_name = view_of(made->practice_name),
            .icb_code = view_of(made->icb),
            .bnf_code = view_of(made->code),
            .bnf_name = view_of(made->name),
            .items = (int64_t)(next_random(&state) % 50),
            .quantity = (int64_t)(next_random(&state) % 90000),
            .nic = (int64_t)(next_random(&state) % 1000000) - 1000,
            .actual_cost = (int64_t)(next_random(&state) % 1000000) - 1000,
        };
    }
}

static void add(struct cube *cube, const struct row *row)
{
    struct fail why = {0};

    cr_assert(cube_add(cube, row, view_of("E"), view_of("England"), &why) == STATUS_OK, "%s",
              why.text);
}

static void merge(struct cube *into, const struct cube *from)
{
    struct fail why = {0};

    cr_assert(cube_merge(into, from, &why) == STATUS_OK, "%s", why.text);
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *cell_line(const struct cube *cube, const struct cell *cell)
{
    char *line = NULL;
    size_t length;
    FILE *const file = open_memstream(&line, &length);

    for (int level = 0; level < LEVELS; level++) {
        const uint32_t number = place_organisation(&cube->places, cell->place, (enum level)level);

        if (number == ORGANISATION_NONE)
            fputs("|none", file);
        else
            fprintf(file, "|%s=%.*s",
                    organisation_code(&cube->places, (enum level)level, number).at,
                    (int)organisation_name(&cube->places, (enum level)level, number).length,
                    organisation_name(&cube->places, (enum level)level, number).at);
    }
    fprintf(file, "|%s=%.*s", intern_text(&cube->codes, cell->presentation).at,
            (int)cube->names[cell->presentation].text.length,
            cube->names[cell->presentation].text.at);
    fprintf(file, "|%d|%" PRIu64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "\n",
            (int)cell->month, cell->rows, cell->items, cell->quantity, cell->nic,
            cell->actual_cost);
    fclose(file);
    return line;
}

/* Everything that outputs can see of a cube, in one order; to be freed. */
static char *signature(const struct cube *cube)
{
    char **const lines = calloc(cube->count + 1, sizeof *lines);
    char *text = NULL;
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    for (size_t i = 0; i < cube->count; i++)
        lines[i] = cell_line(cube, &cube->cells[i]);
    qsort(lines, cube->count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < cube->count; i++) {
        fputs(lines[i], file);
        free(lines[i]);
    }
    fclose(file);
    free(lines);
    return text;
}

static void shuffle(size_t *order, size_t count, uint64_t seed)
{
    uint64_t state = seed + 99;

    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        const size_t other = next_random(&state) % i;
        const size_t held = order[i - 1];

        order[i - 1] = order[other];
        order[other] = held;
    }
}

static char *one_pass(const struct generated *rows)
{
    struct cube cube = {0};
    char *told;

    for (size_t i = 0; i < ROWS; i++)
        add(&cube, &rows[i].row);
    told = signature(&cube);
    cube_release(&cube);
    return told;
}

TheoryDataPoints(cube, any_order_split_and_merge_gives_the_same_sums_and_names) = {
    DataPoints(int, 1, 2, 3, 7, 40),
    DataPoints(int, 1, 2, 3, 4, 5, 6),
};

Theory((int parts, int seed), cube, any_order_split_and_merge_gives_the_same_sums_and_names)
{
    static struct generated rows[ROWS];
    struct cube *const shards = calloc((size_t)parts, sizeof *shards);
    struct cube all = {0};
    size_t order[ROWS];
    uint64_t state = (uint64_t)(parts * 100 + seed);
    char *expected;
    char *got;

    generate(rows, (uint64_t)seed);
    expected = one_pass(rows);
    shuffle(order, ROWS, state);
    for (size_t i = 0; i < ROWS; i++)
        add(&shards[next_random(&state) % (uint64_t)parts], &rows[order[i]].row);
    shuffle(order, (size_t)parts, state);
    for (size_t i = 0; i < (size_t)parts; i++)
        merge(&all, &shards[order[i]]);
    got = signature(&all);
    cr_expect(strcmp(got, expected) == 0, "parts %d, seed %d:\n%s\nis not\n%s", parts, seed, got,
              expected);
    for (size_t i = 0; i < (size_t)parts; i++)
        cube_release(&shards[i]);
    cube_release(&all);
    free(shards);
    free(got);
    free(expected);
}

/* Against sums that were made beside the cube. */
Test(cube, sums_are_those_of_the_rows)
{
    static struct generated rows[ROWS];
    struct cube cube = {0};
    struct cell all = {0};

    generate(rows, 12);
    for (size_t i = 0; i < ROWS; i++) {
        rows[i].row.quantity *= INT64_C(1000000000); /* far beyond 32 bits and a double */
        rows[i].row.quantity++;
        add(&cube, &rows[i].row);
        all.items += rows[i].row.items;
        all.quantity += rows[i].row.quantity;
        all.nic += rows[i].row.nic;
        all.actual_cost += rows[i].row.actual_cost;
    }
    for (size_t i = 0; i < cube.count; i++) {
        all.rows += cube.cells[i].rows;
        all.items -= cube.cells[i].items;
        all.quantity -= cube.cells[i].quantity;
        all.nic -= cube.cells[i].nic;
        all.actual_cost -= cube.cells[i].actual_cost;
    }
    cr_expect(eq(u64, all.rows, ROWS), "rows");
    cr_expect(all.items == 0 && all.quantity == 0 && all.nic == 0 && all.actual_cost == 0,
              "nothing is lost: %lld items, %lld thousandths", (long long)all.items,
              (long long)all.quantity);
    cube_release(&cube);
}

/* A tree of merges is as good as a chain: (a + b) + (c + d) = ((a + b) + c) + d. */
Test(cube, merging_is_associative)
{
    static struct generated rows[ROWS];
    struct cube parts[4] = {0};
    struct cube tree[2] = {0};
    char *expected;
    char *got;

    generate(rows, 11);
    expected = one_pass(rows);
    for (size_t i = 0; i < ROWS; i++)
        add(&parts[i % 4], &rows[i].row);
    merge(&tree[0], &parts[0]);
    merge(&tree[0], &parts[1]);
    merge(&tree[1], &parts[2]);
    merge(&tree[1], &parts[3]);
    merge(&tree[1], &tree[0]);
    got = signature(&tree[1]);
    cr_expect(strcmp(got, expected) == 0, "%s\nis not\n%s", got, expected);
    for (size_t i = 0; i < 4; i++)
        cube_release(&parts[i]);
    cube_release(&tree[0]);
    cube_release(&tree[1]);
    free(got);
    free(expected);
}

/* Names are those of other months here, so that the law holds for them too. */
Test(cube, a_dropped_month_is_as_if_it_had_never_been_added)
{
    static struct generated rows[ROWS];

    for (uint64_t seed = 1; seed <= 10; seed++) {
        const month_t dropped = 24300 + (month_t)(seed % 3);
        struct cube with = {0};
        struct cube without = {0};
        char *expected;
        char *got;

        generate(rows, seed);
        for (size_t i = 0; i < ROWS; i++) {
            rows[i].row.practice_name = view_of("surgery");
            rows[i].row.bnf_name = view_of("inhaler");
            add(&with, &rows[i].row);
            if (rows[i].row.month != dropped)
                add(&without, &rows[i].row);
        }
        cube_drop_month(&with, dropped);
        got = signature(&with);
        expected = signature(&without);
        cr_expect(strcmp(got, expected) == 0, "seed %d:\n%s\nis not\n%s", (int)seed, got, expected);
        add(&with, &rows[0].row); /* the table of slots still finds its cells */
        add(&without, &rows[0].row);
        free(got);
        free(expected);
        got = signature(&with);
        expected = signature(&without);
        cr_expect(strcmp(got, expected) == 0, "seed %d, one more row", (int)seed);
        free(got);
        free(expected);
        cube_release(&with);
        cube_release(&without);
    }
}

Test(cube, a_month_that_replaces_another_brings_its_own_names)
{
    struct cube cube = {0};
    struct row row = {
        .month = 24300,
        .practice_code = view_of("P1"),
        .practice_name = view_of("A provisional name"),
        .bnf_code = view_of("0301011R0BEAIAP"),
        .bnf_name = view_of("A provisional inhaler"),
    };

    add(&cube, &row);
    cube_drop_month(&cube, 24300);
    row.practice_name = view_of("The final name");
    row.bnf_name = view_of("The final inhaler");
    add(&cube, &row);
    cr_expect(view_is(organisation_name(&cube.places, LEVEL_PRACTICE, 0), "The final name"),
              "the practice is still called \"%s\"",
              organisation_name(&cube.places, LEVEL_PRACTICE, 0).at);
    cr_expect(view_is(cube.names[0].text, "The final inhaler"),
              "the presentation is still called \"%s\"", cube.names[0].text.at);
    cube_release(&cube);
}

/* Which of the four sums runs over; each time the cell must stay as it was. */
static int64_t *sum_at(struct row *row, int which)
{
    int64_t *const sums[] = {&row->items, &row->quantity, &row->nic, &row->actual_cost};

    return sums[which];
}

Test(cube, a_sum_that_does_not_fit_is_an_error_and_leaves_every_sum_alone)
{
    for (int which = 0; which < 4; which++) {
        struct cube cube = {0};
        struct fail why = {0};
        struct row row = {.month = 24300,
                          .practice_code = view_of("P1"),
                          .bnf_code = view_of("0301011R0BEAIAP"),
                          .items = 1,
                          .quantity = 1000,
                          .nic = 5,
                          .actual_cost = 7};
        struct cell before;

        *sum_at(&row, which) = INT64_MAX;
        add(&cube, &row);
        before = cube.cells[0];
        cr_expect(cube_add(&cube, &row, view_of("E"), view_of("England"), &why) == STATUS_LIMIT,
                  "sum %d must not fit", which);
        cr_expect(strstr(why.text, "too large") != NULL, "sum %d: %s", which, why.text);
        cr_expect(memcmp(&before, &cube.cells[0], sizeof before) == 0,
                  "sum %d: rows %d, items %lld, quantity %lld after the failure", which,
                  (int)cube.cells[0].rows, (long long)cube.cells[0].items,
                  (long long)cube.cells[0].quantity);
        *sum_at(&row, which) = -1;
        cr_expect(cube_add(&cube, &row, view_of("E"), view_of("England"), &why) == STATUS_OK,
                  "sum %d: a smaller one goes in", which);
        cr_expect(eq(i64, *sum_at(&row, which), -1), "sum %d", which);
        cube_release(&cube);
    }
}

Test(cube, a_merge_that_does_not_fit_is_an_error)
{
    const struct row row = {.month = 24300,
                            .practice_code = view_of("P1"),
                            .bnf_code = view_of("0301011R0BEAIAP"),
                            .nic = INT64_MIN};
    struct cube one = {0};
    struct cube other = {0};
    struct fail why = {0};

    add(&one, &row);
    add(&other, &row);
    cr_expect(cube_merge(&one, &other, &why) == STATUS_LIMIT, "twice the least does not fit");
    cr_expect(eq(i64, one.cells[0].nic, INT64_MIN), "and the sum is what it was");
    cr_expect(eq(u64, one.cells[0].rows, 1), "and so are the rows");
    cube_release(&one);
    cube_release(&other);
}

/* Sums that are known to be new are appended without a look; they are found afterwards all the
 * same, and go with their month. */
Test(cube, appended_sums_are_found_once_they_are_indexed)
{
    const struct made rows[] = {{"2025-01", "A1", "Q1", "0301011R0BEAIAP", "x", "3", "4", "5.5"},
                                {"2025-02", "A2", "Q1", "0302000C0BPABBF", "y", "1", "2", "0.5"}};
    struct cube one = {0};
    struct cube both = {0};
    struct fail why = {0};
    const struct cell *shared = NULL;
    struct cell sums;

    made_add(&one, rows, 2);
    cr_assert(eq(int, cube_join(&both, &one, &why), STATUS_OK), "%s", why.text);
    cr_expect(not(cube_shares(&both, &one, &shared)), "appended ones are not found");
    cr_assert(eq(int, cube_index(&both, &why), STATUS_OK), "%s", why.text);
    cr_expect(cube_shares(&both, &one, &shared), "indexed ones are");
    cube_drop_month(&both, made_month("2025-01"));
    cr_expect(eq(sz, both.count, 1), "a month goes");
    sums = both.cells[0];
    cr_assert(eq(int, cube_put(&both, &sums, &why), STATUS_OK), "%s", why.text);
    cr_expect(eq(sz, both.count, 1), "and the other is still found");
    cr_expect(eq(i64, both.cells[0].items, 2), "and summed");
    cube_release(&both);
    cube_release(&one);
}
