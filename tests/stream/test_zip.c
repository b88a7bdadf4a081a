#include "support/cases.h"
#include "support/paths.h"

#include "stream/source.h"
#include "stream/zip_table.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Archives as they are made: each is read by ISA-L, and gives what went in. */
static const struct {
    const char *name;
    const char *made_by;
    bool plain;
} archives[] = {
    {"deflated", "zip -q x.zip a.csv", true},
    {"stored", "zip -q -0 x.zip a.csv", true},
    {"several members and a folder", "zip -q -r x.zip a.csv d", true},
    {"with data descriptors", "zip -q -fd x.zip a.csv", true},
    {"ZIP64", "zip -q -fz x.zip a.csv", true},
    {"with a comment", "echo hello | zip -q -z x.zip a.csv", true},
    {"by bzip2", "zip -q -Z bzip2 x.zip a.csv", false},
    {"with an odd name", "cp a.csv 'Ä.csv' && zip -q x.zip 'Ä.csv'", true},
};

/* All members behind each other; false when the archive is refused. */
static bool read_all(const char *path, char *out, size_t room, size_t *length)
{
    struct source *source = NULL;
    struct fail why;
    bool found = true;
    size_t got = 1;
    enum status status = source_open(&source, path, &why);

    *length = 0;
    while (status == STATUS_OK && found) {
        status = source_next(source, &found, &why);
        for (got = 1; status == STATUS_OK && found && got > 0; *length += got) {
            got = 0;
            cr_assert(room > *length, "no more bytes than any member has");
            status = source_read(source, out + *length, room - *length, &got, &why);
        }
    }
    source_free(source);
    return status == STATUS_OK;
}

static void make_files(void)
{
    cr_assert(shell("cd '%s' && rm -rf d *.csv *.zip && mkdir -p d && seq 1 3000 > a.csv && "
                    "seq 5 9 > d/b.csv",
                    scratch_folder()) == 0,
              "%s", shell_output());
}

Test(zip, reads_every_usual_archive)
{
    static char got[100000];
    size_t expected_length;
    size_t length;
    char *expected;

    for (size_t i = 0; i < LENGTH_OF(archives); i++) {
        struct zip_table table;
        int fd;

        make_files();
        expected = read_whole(in_scratch("a.csv"), &expected_length);
        cr_assert(shell("cd '%s' && %s", scratch_folder(), archives[i].made_by) == 0, "%s: %s",
                  archives[i].name, shell_output());
        fd = open(in_scratch("x.zip"), O_RDONLY);
        cr_expect(zip_table_find(&table, fd) && zip_table_is_plain(&table) == archives[i].plain,
                  "%s is%s read by ISA-L", archives[i].name, archives[i].plain ? "" : " not");
        close(fd);
        cr_expect(read_all(in_scratch("x.zip"), got, sizeof got, &length), "%s is read",
                  archives[i].name);
        cr_expect(length >= expected_length && memcmp(got, expected, expected_length) == 0,
                  "%s gives what went in", archives[i].name);
        free(expected);
    }
}

/* One bit changed anywhere behind the signature, or the end cut off: refused, or the same bytes. */
Test(zip, gives_no_other_bytes_than_went_in)
{
    alarm(300);
    static const char *const made_by[] = {"zip -q x.zip a.csv", "zip -q -0 x.zip a.csv",
                                          "zip -q -fz x.zip a.csv", "zip -q -fd x.zip a.csv"};
    static char got[200000];
    char expected[16000];
    size_t expected_length;
    size_t refused = 0;

    for (size_t i = 0; i < LENGTH_OF(made_by); i++) {
        size_t length;
        size_t read;
        char *archive;

        make_files();
        cr_assert(shell("cd '%s' && seq 1 60 > a.csv && %s", scratch_folder(), made_by[i]) == 0,
                  "%s", shell_output());
        cr_assert(read_all(in_scratch("x.zip"), expected, sizeof expected, &expected_length),
                  "%s is read", made_by[i]);
        archive = read_whole(in_scratch("x.zip"), &length);
        for (size_t bit = 32; bit < 8 * length; bit += 1 + bit % 3) {
            archive[bit / 8] ^= (char)(1 << bit % 8);
            write_whole(in_scratch("y.zip"), archive, length);
            archive[bit / 8] ^= (char)(1 << bit % 8);
            if (!read_all(in_scratch("y.zip"), got, sizeof got, &read))
                refused++;
            else
                cr_expect(read == expected_length && memcmp(got, expected, read) == 0,
                          "%s, bit %zu: %zu bytes", made_by[i], bit, read);
        }
        for (size_t end = 4; end < length; end += 7) {
            write_whole(in_scratch("y.zip"), archive, end);
            cr_expect(read_all(in_scratch("y.zip"), got, sizeof got, &read) == false,
                      "%s, cut at %zu", made_by[i], end);
        }
        free(archive);
    }
    cr_expect(refused > 500, "%zu refused", refused);
}
