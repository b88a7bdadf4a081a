#include "support/cases.h"
#include "support/paths.h"

#include "run/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whatever the threads, the parts and the path: the same result files, or the same refusal. */

static const struct {
    unsigned threads;
    uint64_t part_bytes;
    enum sweep_path path;
    bool sha256;
} ways[] = {
    {2, 0, SWEEP_AUTO, true},         {2, 1000, SWEEP_AUTO, false},
    {3, 4096, SWEEP_PORTABLE, false}, {8, 777, SWEEP_AUTO, true},
    {2, 65536, SWEEP_PLAIN, false},   {3, 100, SWEEP_AVX2, false},
    {2, 300000, SWEEP_AVX512, true},  {1, 0, SWEEP_PORTABLE, false},
};

struct outcome {
    enum status status;
    struct fail why;
};

static struct outcome run(const char *input, const char *out, unsigned threads, uint64_t part_bytes,
                          enum sweep_path path, bool sha256)
{
    struct session_options options = {
        .rules = {in_root("rules"), NULL},
        .reject_limit = {.least = 5000},
        .sha256 = sha256,
        .threads = threads,
        .part_bytes = part_bytes,
        .path = path,
    };
    struct outcome outcome = {0};
    struct session *session = NULL;

    outcome.status = session_new(&session, &options, &outcome.why);
    cr_assert(outcome.status == STATUS_OK, "%s", outcome.why.text);
    outcome.status = session_read(session, input, &outcome.why);
    if (outcome.status == STATUS_OK)
        outcome.status = session_finish(session, &outcome.why);
    if (outcome.status == STATUS_OK)
        outcome.status = session_write(session, out, &outcome.why);
    session_free(session);
    return outcome;
}

static void expect_same_by_every_way(const char *name, const char *input)
{
    const char *const plain_out = in_scratch("plain");
    const char *const other_out = in_scratch("other");

    setenv("SOURCE_DATE_EPOCH", "0", 1);
    for (int sha256 = 0; sha256 < 2; sha256++) {
        const struct outcome plain = run(input, plain_out, 1, 0, SWEEP_PLAIN, sha256 == 1);

        for (size_t i = 0; i < LENGTH_OF(ways); i++) {
            struct outcome other;

            if (!sweep_path_works(ways[i].path) || ways[i].sha256 != (sha256 == 1))
                continue;
            other = run(input, other_out, ways[i].threads, ways[i].part_bytes, ways[i].path,
                        ways[i].sha256);
            cr_expect(other.status == plain.status && other.why.line == plain.why.line &&
                          strcmp(other.why.text, plain.why.text) == 0,
                      "%s, way %zu: %s, not %s", name, i, other.why.text, plain.why.text);
            if (plain.status == STATUS_OK)
                cr_expect(shell("diff -r '%s' '%s'", plain_out, other_out) == 0, "%s, way %zu: %s",
                          name, i, shell_output());
        }
    }
}

static uint64_t state = 3;

static uint32_t draw(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % below);
}

/* The newest month of the sample, at most so many bytes of it in whole lines. */
static char *read_sample(size_t most, size_t *length)
{
    char *const bytes = read_whole(in_root("build/sample/EPD_SNOMED_202607.csv"), length);

    if (*length > most)
        *length = most;
    while (*length > 0 && bytes[*length - 1] != '\n')
        --*length;
    return bytes;
}

Test(parts, give_the_results_of_one_piece)
{
    alarm(300);
    const char *const path = in_scratch("whole.csv");
    size_t length;
    char *const bytes = read_sample(1500000, &length);

    write_whole(path, bytes, length);
    expect_same_by_every_way("whole", path);
    write_whole(path, bytes, length - 1);
    expect_same_by_every_way("without the last line end", path);
    write_whole(path, bytes, length - 40);
    expect_same_by_every_way("cut in the last row", path);
    free(bytes);
}

/* One byte in a few hundred becomes another: bad rows on every side of every cut. */
Test(parts, give_the_same_rejected_rows_with_the_same_lines)
{
    alarm(300);
    static const char spoilers[] = "\"\n,\r\0x";
    const char *const path = in_scratch("spoilt.csv");
    size_t length;
    char *const bytes = read_sample(600000, &length);

    for (size_t at = 1000; at < length - 1000; at += 1 + draw(3000))
        bytes[at] = spoilers[draw(sizeof spoilers - 1)];
    write_whole(path, bytes, length);
    expect_same_by_every_way("spoilt", path);
    free(bytes);
}

/* Line ends in quotes, and behind them what looks like whole rows. */
Test(parts, are_not_taken_in_by_line_ends_in_quotes)
{
    alarm(300);
    const char *const path = in_scratch("quoted.csv");
    size_t length;
    char *const bytes = read_sample(300000, &length);
    const char *const header_end = strchr(bytes, '\n') + 1;
    const char *const row_end = strchr(header_end, '\n') + 1;
    FILE *const file = fopen(path, "wb");

    cr_assert(file != NULL, "%s", path);
    fwrite(bytes, 1, (size_t)(header_end - bytes), file);
    for (int i = 0; i < 400; i++) {
        const char *const name = strstr(header_end, "\",\"") + 3;

        fwrite(header_end, 1, (size_t)(name - header_end), file);
        for (uint32_t inner = draw(4); inner > 0; inner--)
            fputs("\nA,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,0\n", file);
        fwrite(name, 1, (size_t)(row_end - name), file);
    }
    fclose(file);
    expect_same_by_every_way("quoted", path);
    free(bytes);
}

Test(parts, give_the_results_of_one_piece_of_a_real_extract)
{
    alarm(300);
    REQUIRE_SHARED("data/extracts");
    expect_same_by_every_way("2017", shared("data/extracts/epd_201709_four_practices.csv"));
    expect_same_by_every_way("PDPI", shared("data/extracts/T201812PDPI_BNFT_seven_practices.csv"));
}

static void expect_same_packed(const char *name, const char *path)
{
    const char *const plain_out = in_scratch("plain");
    const char *const other_out = in_scratch("other");
    const struct outcome plain = run(path, plain_out, 1, 0, SWEEP_AUTO, true);
    const struct outcome other = run(path, other_out, 2, 0, SWEEP_AUTO, true);

    cr_expect(other.status == plain.status && other.why.line == plain.why.line &&
                  strcmp(other.why.text, plain.why.text) == 0 &&
                  strcmp(other.why.file, plain.why.file) == 0,
              "%s: %s, not %s", name, other.why.text, plain.why.text);
    if (plain.status == STATUS_OK)
        cr_expect(shell("diff -r '%s' '%s'", plain_out, other_out) == 0, "%s: %s", name,
                  shell_output());
}

/* An archive is inflated by one thread and scanned by another: good, cut, and spoilt anywhere. */
Test(parts, read_archives_by_two_threads_as_by_one)
{
    alarm(300);
    static const char *const kinds[] = {"csv.gz", "csv.zst", "zip"};
    size_t length;
    char *const bytes = read_sample(1200000, &length);

    setenv("SOURCE_DATE_EPOCH", "0", 1);
    write_whole(in_scratch("month.csv"), bytes, length);
    cr_assert(
        shell("cd '%s' && gzip -k month.csv && zstd -q month.csv && zip -q month.zip month.csv",
              scratch_folder()) == 0,
        "%s", shell_output());
    free(bytes);
    for (size_t i = 0; i < LENGTH_OF(kinds); i++) {
        char name[32];
        size_t packed;
        char *archive;

        snprintf(name, sizeof name, "month.%s", kinds[i]);
        expect_same_packed(name, in_scratch(name));
        archive = read_whole(in_scratch(name), &packed);
        for (size_t at = 30; at < packed; at += packed / 12) {
            archive[at] ^= 4;
            write_whole(in_scratch("spoilt"), archive, packed);
            expect_same_packed("spoilt", in_scratch("spoilt"));
            archive[at] ^= 4;
            write_whole(in_scratch("cut"), archive, at);
            expect_same_packed("cut", in_scratch("cut"));
        }
        free(archive);
    }
}
