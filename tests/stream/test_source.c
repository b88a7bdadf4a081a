#include "support/cases.h"
#include "support/dice.h"
#include "support/paths.h"

#include "stream/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a source gave: all members one behind the other. */
struct given {
    enum status status;
    char *bytes;
    size_t length;
    size_t members;
    char names[512]; /* each with a blank behind it */
    char sha256[SHA256_TEXT];
    uint64_t file_bytes;
    struct fail why;
};

static void take(struct given *given, const char *bytes, size_t length)
{
    given->bytes = realloc(given->bytes, given->length + length + 1);
    memcpy(given->bytes + given->length, bytes, length);
    given->length += length;
}

static enum status read_member(struct source *source, size_t room, struct given *given)
{
    char *const buffer = malloc(room);
    size_t got = 1;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && got > 0) {
        status = source_read(source, buffer, room, &got, &given->why);
        if (status == STATUS_OK)
            take(given, buffer, got);
    }
    free(buffer);
    return status;
}

static struct given read_source(const char *path, size_t room)
{
    struct given given = {0};
    struct source *source = NULL;
    bool found = true;

    given.status = source_open(&source, path, &given.why);
    while (given.status == STATUS_OK && found) {
        given.status = source_next(source, &found, &given.why);
        if (given.status != STATUS_OK || !found)
            break;
        given.members++;
        snprintf(given.names + strlen(given.names), sizeof given.names - strlen(given.names), "%s ",
                 source_name(source));
        given.status = read_member(source, room, &given);
    }
    if (given.status == STATUS_OK)
        given.status = source_end(source, given.sha256, &given.file_bytes, &given.why);
    source_free(source);
    return given;
}

/* The same from standard input, which is a pipe. */
static struct given read_pipe(const char *path, size_t room)
{
    char command[512];
    struct given given;
    FILE *pipe;

    snprintf(command, sizeof command, "cat '%s'", path);
    pipe = popen(command, "r");
    cr_assert(pipe != NULL && dup2(fileno(pipe), STDIN_FILENO) == STDIN_FILENO, "no pipe");
    given = read_source("-", room);
    dup2(open("/dev/null", O_RDONLY), fileno(pipe));
    dup2(fileno(pipe), STDIN_FILENO); /* or a writer that was not heard to its end waits for ever */
    pclose(pipe);
    return given;
}

/* Rows that compress, and others that hardly do. */
static char *make_text(size_t length)
{
    char *const text = malloc(length + 64);
    uint64_t dice = 6;
    size_t used = 0;

    while (used < length)
        used += (size_t)sprintf(text + used, "\"202501\",Y%02zu,0301011R0AAAPAP,%zx\n",
                                dice_below(&dice, 60), (size_t)dice_roll(&dice));
    return text;
}

static void make_payload(size_t length)
{
    char *const text = make_text(length);

    write_whole(in_scratch("p.csv"), text, length);
    free(text);
}

/* A frame of zstd that holds five bytes and none of the data. */
#define SKIPPED "printf '\\137\\052\\115\\030\\005\\0\\0\\0(skip'"

static const struct {
    const char *name;
    const char *command; /* makes `file` of p.csv, in the scratch folder */
    const char *file;
    size_t members;
} packings[] = {
    {"plain", "cp p.csv plain.csv", "plain.csv", 1},
    {"gzip", "gzip -c p.csv >a.gz", "a.gz", 1},
    {"gzip by a wrong name", "gzip -c p.csv >a.csv", "a.csv", 1},
    {"gzip without compression", "gzip -1 <p.csv >b.gz", "b.gz", 1},
    {"gzip of three members",
     "(head -c 70000 p.csv | gzip; tail -c +70001 p.csv | head -c 1 | gzip -9; "
     "tail -c +70002 p.csv | gzip) >c.gz",
     "c.gz", 1},
    {"gzip with empty members", "(: | gzip; gzip -c p.csv; : | gzip; : | gzip) >d.gz", "d.gz", 1},
    {"zstd", "zstd -q -c p.csv >a.zst", "a.zst", 1},
    {"zstd by a wrong name", "zstd -q -c p.csv >b.csv", "b.csv", 1},
    {"zstd without length or checksum", "cat p.csv | zstd -q --no-check -c >b.zst", "b.zst", 1},
    {"zstd with its largest window", "cat p.csv | zstd -q --long=27 -c >l.zst", "l.zst", 1},
    {"zstd of three frames",
     "(head -c 70000 p.csv | zstd -q; tail -c +70001 p.csv | head -c 1 | zstd -q -19; "
     "tail -c +70002 p.csv | zstd -q) >c.zst",
     "c.zst", 1},
    {"zstd with empty frames", "(: | zstd -q; zstd -q -c p.csv; : | zstd -q; : | zstd -q) >d.zst",
     "d.zst", 1},
    {"zstd with frames to be skipped", "(" SKIPPED "; zstd -q -c p.csv; " SKIPPED ") >e.zst",
     "e.zst", 1},
    {"ZIP, deflated", "zip -q e.zip p.csv", "e.zip", 1},
    {"ZIP, stored", "zip -q -0 f.zip p.csv", "f.zip", 1},
    {"ZIP that was streamed", "cat p.csv | zip -q - - >g.zip", "g.zip", 1},
    {"ZIP with ZIP64 fields", "zip -q -fz i.zip p.csv", "i.zip", 1},
    {"ZIP with a name that is not ASCII",
     "/usr/bin/python3 -c 'import zipfile; z = zipfile.ZipFile(\"j.zip\", \"w\"); "
     "z.write(\"p.csv\", \"\\u00e9.csv\"); z.close()'",
     "j.zip", 1},
    {"ZIP of three members in folders",
     "mkdir -p d/e d/empty && head -c 70000 p.csv >d/1.csv && tail -c +70001 p.csv | head -c 99 "
     ">d/e/2.csv && tail -c +70100 p.csv >d/e/3.csv && "
     "zip -q h.zip d/empty/ d/1.csv d/e/ d/e/2.csv d/e/3.csv && cp h.zip h.csv",
     "h.csv", 3},
};

static void check_packing(size_t i, const char *how, struct given given, const char *payload,
                          size_t length)
{
    const char *const path = in_scratch(packings[i].file);
    struct stat about;

    cr_assert(given.status == STATUS_OK, "%s %s: %s", packings[i].name, how, given.why.text);
    cr_assert(eq(sz, given.length, length), "%s %s", packings[i].name, how);
    cr_assert(memcmp(given.bytes, payload, length) == 0, "%s %s", packings[i].name, how);
    cr_assert(eq(sz, given.members, packings[i].members), "%s %s", packings[i].name, how);
    cr_assert(stat(path, &about) == 0 && given.file_bytes == (uint64_t)about.st_size,
              "%s %s: %lu bytes", packings[i].name, how, (unsigned long)given.file_bytes);
    cr_assert(shell("sha256sum '%s' | grep -q '^%s '", path, given.sha256) == 0,
              "%s %s: another SHA-256", packings[i].name, how);
    free(given.bytes);
}

Test(source, every_packing_gives_the_same_bytes_from_file_and_pipe)
{
    size_t length;
    char *payload;

    make_payload(300000);
    payload = read_whole(in_scratch("p.csv"), &length);
    for (size_t i = 0; i < LENGTH_OF(packings); i++) {
        const char *const path = in_scratch(packings[i].file);

        cr_assert(shell("cd '%s' && %s", scratch_folder(), packings[i].command) == 0, "%s",
                  shell_output());
        check_packing(i, "in small pieces", read_source(path, 1000), payload, length);
        check_packing(i, "in large pieces", read_source(path, 1 << 20), payload, length);
        check_packing(i, "from a pipe", read_pipe(path, 65536), payload, length);
    }
    free(payload);
}

Test(source, members_are_told_by_name_in_their_order)
{
    struct given given;
    char wanted[512];

    make_payload(200);
    cr_assert(shell("cd '%s' && mkdir -p d && cp p.csv d/b.csv && cp p.csv d/a.csv && "
                    "zip -q -r m.zip d/b.csv d d/a.csv p.csv",
                    scratch_folder()) == 0,
              "%s", shell_output());
    given = read_source(in_scratch("m.zip"), 4096);
    snprintf(wanted, sizeof wanted, "%s/m.zip:d/b.csv %s/m.zip:d/a.csv %s/m.zip:p.csv ",
             scratch_folder(), scratch_folder(), scratch_folder());
    cr_assert(eq(str, given.names, wanted), "names");
    free(given.bytes);
    given = read_source(in_scratch("p.csv"), 4096);
    snprintf(wanted, sizeof wanted, "%s/p.csv ", scratch_folder());
    cr_assert(eq(str, given.names, wanted), "a plain file");
    free(given.bytes);
}

Test(source, empty_inputs_are_empty_and_no_error)
{
    static const char *const commands[] = {": >x",
                                           ": | gzip >x",
                                           "(: | gzip; : | gzip) >x",
                                           ": | zstd -q >x",
                                           "(: | zstd -q; : | zstd -q) >x",
                                           SKIPPED " >x",
                                           ": >e && zip -q x.zip e && mv x.zip x"};

    for (size_t i = 0; i < LENGTH_OF(commands); i++) {
        struct given given;

        cr_assert(shell("cd '%s' && %s", scratch_folder(), commands[i]) == 0, "%s", shell_output());
        given = read_source(in_scratch("x"), 100);
        cr_expect(given.status == STATUS_OK && given.length == 0 && given.members == 1, "%s: %s",
                  commands[i], given.why.text);
        free(given.bytes);
    }
}

/* --- damage: the right bytes or STATUS_DATA, never an end before the end --------- */

static const struct {
    const char *name;
    const char *command; /* makes x of the small p.csv */
    size_t magic;        /* first bytes without which it is another kind of file */
    size_t whole;        /* a cut between two frames leaves a whole file */
} damaged[] = {
    {"gzip", "gzip -c p.csv >x", 2, 0},
    {"gzip, stored",
     "/usr/bin/python3 -c 'import gzip,sys; sys.stdout.buffer.write("
     "gzip.compress(open(\"p.csv\",\"rb\").read(), 0))' >x",
     2, 0},
    {"zstd", "zstd -q -c p.csv >x", 4, 0},
    {"zstd, stored", "head -c 900 /dev/urandom >p.csv; zstd -q -c p.csv >x", 4, 0},
    {"zstd of unknown length", "cat p.csv | zstd -q -c >x", 4, 0},
    {"zstd with a frame to be skipped", "(" SKIPPED "; zstd -q -c p.csv) >x", 4, 13},
    {"ZIP", "zip -q -X x.zip p.csv && mv x.zip x", 4, 0},
    {"ZIP, stored", "zip -q -0 -X x.zip p.csv && mv x.zip x", 4, 0},
    {"ZIP that was streamed", "cat p.csv | zip -q -X - - >x", 4, 0},
    {"ZIP of two", "split -n 2 p.csv s. && zip -q -X x.zip s.aa s.ab && mv x.zip x", 4, 0},
};

/* The bytes as a file in memory: thousands of them are quick. */
static struct given read_bytes(const char *bytes, size_t length)
{
    static char path[64];
    static int fd = -1;

    if (fd < 0)
        fd = memfd_create("damaged", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    cr_assert(ftruncate(fd, 0) == 0 && pwrite(fd, bytes, length, 0) == (ssize_t)length, "memfd");
    return read_source(path, 4096);
}

static void pack_small(size_t i, char **packed, size_t *length)
{
    make_payload(900);
    cr_assert(shell("cd '%s' && %s", scratch_folder(), damaged[i].command) == 0, "%s",
              shell_output());
    *packed = read_whole(in_scratch("x"), length);
}

static void check_cuts(size_t row)
{
    char *packed;
    size_t length;

    pack_small(row, &packed, &length);
    for (size_t cut = damaged[row].magic; cut < length; cut++) {
        struct given given;

        if (cut == damaged[row].whole)
            continue;
        given = read_bytes(packed, cut);
        cr_assert(given.status == STATUS_DATA, "%s cut to %zu of %zu bytes: status %d, %zu bytes",
                  damaged[row].name, cut, length, (int)given.status, given.length);
        cr_assert(strstr(given.why.file, "/proc/self/fd/") != NULL && given.why.text[0] != '\0',
                  "it is told of which file");
        free(given.bytes);
    }
    free(packed);
}

static void check_flips(size_t row)
{
    char *packed;
    char *payload;
    size_t length;
    size_t right;
    size_t refused = 0;

    pack_small(row, &packed, &length);
    payload = read_whole(in_scratch("p.csv"), &right);
    for (size_t bit = damaged[row].magic * 8; bit < length * 8; bit++) {
        struct given given;

        packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << bit % 8);
        given = read_bytes(packed, length);
        packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << bit % 8);
        refused += given.status == STATUS_DATA;
        cr_expect(given.status == STATUS_DATA ||
                      (given.status == STATUS_OK && given.length == right &&
                       memcmp(given.bytes, payload, right) == 0),
                  "%s, byte %zu of %zu, bit %zu: status %d, %zu bytes of %zu", damaged[row].name,
                  bit / 8, length, bit % 8, (int)given.status, given.length, right);
        free(given.bytes);
    }
    cr_expect(lt(sz, length * 4, refused), "most flips are seen");
    free(payload);
    free(packed);
}

Test(source, a_cut_file_is_refused_wherever_it_is_cut)
{
    for (size_t row = 0; row < LENGTH_OF(damaged); row++)
        check_cuts(row);
}

Test(source, a_flipped_bit_never_passes_as_other_bytes)
{
    for (size_t row = 0; row < LENGTH_OF(damaged); row++)
        check_flips(row);
}

/* Parts of p.csv behind each other with something in between. */
static const struct {
    const char *name;
    const char *command; /* makes x */
} unclean[] = {
    {"junk behind gzip", "(gzip -c p.csv; printf junk) >x"},
    {"one byte behind gzip", "(gzip -c p.csv; printf '\\037') >x"},
    {"a zero byte behind gzip", "(gzip -c p.csv; printf '\\0') >x"},
    {"a block of zero bytes behind gzip", "(gzip -c p.csv; head -c 512 /dev/zero) >x"},
    {"much behind gzip", "(gzip -c p.csv; head -c 700000 /dev/zero) >x"},
    {"plain text behind gzip", "(gzip -c p.csv; cat p.csv) >x"},
    {"junk between gzip members", "(gzip -c p.csv; printf junk; gzip -c p.csv) >x"},
    {"a zero byte between gzip members", "(gzip -c p.csv; printf '\\0'; gzip -c p.csv) >x"},
    {"a cut member before another", "(gzip -c p.csv | head -c 400; gzip -c p.csv) >x"},
    {"the second member cut in its trailer", "(gzip -c p.csv; gzip -c p.csv | head -c -3) >x"},
    {"the second member cut in its header", "(gzip -c p.csv; gzip -c p.csv | head -c 5) >x"},
    {"gzip by another method", "printf '\\037\\213\\007\\0\\0\\0\\0\\0\\0\\377' >x"},
    {"junk behind ZIP", "zip -q x.zip p.csv && (cat x.zip; printf junk) >x"},
    {"zero bytes behind ZIP", "zip -q x.zip p.csv && (cat x.zip; head -c 512 /dev/zero) >x"},
    {"two ZIPs behind each other", "zip -q x.zip p.csv && cat x.zip x.zip >x"},
    {"ZIP with its head cut off", "zip -q x.zip p.csv && (printf 'PK\\003\\004'; "
                                  "tail -c +9 x.zip) >x"},
    {"encrypted ZIP", "zip -q -P secret x.zip p.csv && mv x.zip x"},
    {"ZIP with a symbolic link", "ln -s p.csv l && zip -q -y x.zip l && mv x.zip x"},
    {"junk behind zstd", "(zstd -q -c p.csv; printf junk) >x"},
    {"one byte behind zstd", "(zstd -q -c p.csv; printf '\\050') >x"},
    {"a zero byte behind zstd", "(zstd -q -c p.csv; printf '\\0') >x"},
    {"much behind zstd", "(zstd -q -c p.csv; head -c 700000 /dev/zero) >x"},
    {"plain text behind zstd", "(zstd -q -c p.csv; cat p.csv) >x"},
    {"gzip behind zstd", "(zstd -q -c p.csv; gzip -c p.csv) >x"},
    {"zstd behind gzip", "(gzip -c p.csv; zstd -q -c p.csv) >x"},
    {"junk between zstd frames", "(zstd -q -c p.csv; printf junk; zstd -q -c p.csv) >x"},
    {"a cut frame before another", "(zstd -q -c p.csv | head -c 300; zstd -q -c p.csv) >x"},
    {"the second frame cut in its checksum",
     "(zstd -q -c p.csv; zstd -q -c p.csv | head -c -3) >x"},
    {"the second frame cut in its header", "(zstd -q -c p.csv; zstd -q -c p.csv | head -c 5) >x"},
    {"a frame to be skipped that is cut", "(zstd -q -c p.csv; " SKIPPED " | head -c 11) >x"},
    {"zstd of nothing but its first bytes", "printf '\\050\\265\\057\\375\\0\\0\\0' >x"},
    {"zstd shorter than it says",
     "printf '\\050\\265\\057\\375\\100\\076\\377\\377\\001\\0\\0' >x"},
    {"zstd with too large a window", "cat p.csv | zstd -q --long=28 -c >x"},
    {"zstd with a dictionary", "split -n 60 p.csv s. && zstd -q --train s.* -o d --maxdict=1000 "
                               "2>/dev/null && zstd -q -D d -c p.csv >x"},
};

Test(source, bytes_that_do_not_belong_are_refused)
{
    make_payload(2000);
    for (size_t i = 0; i < LENGTH_OF(unclean); i++) {
        struct given given;

        cr_assert(shell("cd '%s' && rm -f x x.zip && %s", scratch_folder(), unclean[i].command) ==
                      0,
                  "%s", shell_output());
        given = read_source(in_scratch("x"), 4096);
        cr_expect(eq(int, (int)given.status, STATUS_DATA), "%s: %s", unclean[i].name,
                  given.why.text);
        cr_expect(strstr(given.why.file, "/x") != NULL, "%s: the file is \"%s\"", unclean[i].name,
                  given.why.file);
        free(given.bytes);
        given = read_pipe(in_scratch("x"), 4096);
        cr_expect(eq(int, (int)given.status, STATUS_DATA), "%s from a pipe", unclean[i].name);
        free(given.bytes);
    }
}

/* Such a frame is checked in its structure and its length alone. */
Test(source, a_flipped_bit_of_zstd_without_checksum_never_changes_the_length)
{
    size_t length;
    size_t other = 0;
    char *packed;

    make_payload(900);
    cr_assert(shell("cd '%s' && zstd -q --no-check -c p.csv >x", scratch_folder()) == 0, "%s",
              shell_output());
    packed = read_whole(in_scratch("x"), &length);
    for (size_t bit = 32; bit < length * 8; bit++) {
        struct given given;

        packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << bit % 8);
        given = read_bytes(packed, length);
        packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << bit % 8);
        other += given.status == STATUS_OK;
        cr_expect(given.status == STATUS_DATA || given.length == 900, "bit %zu: %zu bytes", bit,
                  given.length);
        free(given.bytes);
    }
    cr_expect(lt(sz, 0, other), "some are not seen, or this test is of no use");
    free(packed);
}

static void put_little(unsigned char *at, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)(number >> 8 * i);
}

/* The same archive with the end records of ZIP64 and `count` members promised. */
static struct given read_as_zip64(const char *packed, size_t length, uint64_t count)
{
    const size_t end = length - 22;
    unsigned char *const bytes = calloc(1, length + 76);
    struct given given;

    memcpy(bytes, packed, end);
    memcpy(bytes + end, "PK\x06\x06", 4);
    put_little(bytes + end + 4, 44, 8);
    put_little(bytes + end + 12, 45, 2);
    put_little(bytes + end + 14, 45, 2);
    put_little(bytes + end + 24, count, 8);
    put_little(bytes + end + 32, count, 8);
    memcpy(bytes + end + 40, packed + end + 12, 4); /* size and place of the table */
    memcpy(bytes + end + 48, packed + end + 16, 4);
    memcpy(bytes + end + 56, "PK\x06\x07", 4);
    put_little(bytes + end + 64, end, 8);
    put_little(bytes + end + 72, 1, 4);
    memcpy(bytes + end + 76, packed + end, 22);
    put_little(bytes + end + 76 + 10, 0xffff, 2); /* look at the record above */
    given = read_bytes((char *)bytes, length + 76);
    free(bytes);
    return given;
}

Test(source, a_ZIP64_is_read_and_its_members_counted)
{
    size_t length;
    char *packed;

    pack_small(LENGTH_OF(damaged) - 1, &packed, &length);
    for (uint64_t count = 1; count <= 3; count++) {
        struct given given = read_as_zip64(packed, length, count);

        cr_expect(eq(int, (int)given.status, count == 2 ? STATUS_OK : STATUS_DATA),
                  "%d members promised, two there: %s", (int)count, given.why.text);
        free(given.bytes);
    }
    free(packed);
}

static void what_cannot_be_opened_is_no_input(void)
{
    static const struct {
        const char *path;
        const char *word;
    } cases[] = {{"missing.csv", "No such file"}, {".", "folder"}, {"locked.csv", "denied"}};

    write_text(in_scratch("locked.csv"), "a\n");
    cr_assert(chmod(in_scratch("locked.csv"), 0) == 0 && chmod(scratch_folder(), 0755) == 0,
              "chmod");
    cr_assert(geteuid() != 0 || seteuid(65534) == 0, "root may read everything");
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        const char *const path = in_scratch(cases[i].path);
        struct source *source = NULL;
        struct fail why = {0};

        cr_expect(eq(int, (int)source_open(&source, path, &why), STATUS_NO_INPUT), "%s", path);
        cr_expect(strstr(why.text, cases[i].word) != NULL, "%s: %s", path, why.text);
        cr_expect(eq(str, why.file, (char *)path), "the file is told");
        cr_expect(source == NULL, "%s: nothing is handed out", path);
    }
    cr_assert(getuid() != 0 || seteuid(0) == 0, "root again");
}

Test(source, what_cannot_be_opened_or_is_closed_is_no_input)
{
    struct source *source = NULL;
    struct fail why = {0};

    close(STDIN_FILENO);
    cr_expect(eq(int, (int)source_open(&source, "-", &why), STATUS_NO_INPUT), "%s", why.text);
    what_cannot_be_opened_is_no_input();
}
