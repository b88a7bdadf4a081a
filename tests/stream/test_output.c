#include "support/cases.h"
#include "support/paths.h"

#include "stream/output.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What happened to the disk, in place of the C library's own: "s4 " for a file
 * flushed with four bytes in it, "d " for a folder, "r " for a new name. */
static char trace[256];
static int fail_rename_at; /* 1 for the first */

static void note(const char *what, long number)
{
    const size_t used = strlen(trace);

    snprintf(trace + used, sizeof trace - used, number < 0 ? "%s " : "%s%ld ", what, number);
}

int fsync(int fd)
{
    struct stat about;

    if (fstat(fd, &about) == 0)
        note(S_ISDIR(about.st_mode) ? "d" : "s", S_ISDIR(about.st_mode) ? -1 : (long)about.st_size);
    return (int)syscall(SYS_fsync, fd);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    if (fail_rename_at > 0 && --fail_rename_at == 0) {
        errno = EIO;
        return -1;
    }
    note("r", -1);
    return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, 0);
}

/* Everything but notes is of the set, and so are the folders packs/ and csv/. */
static bool is_ours(const char *path)
{
    return strncmp(path, "note", 4) != 0 &&
           (strchr(path, '/') == NULL ||
            ((strncmp(path, "packs/", 6) == 0 || strncmp(path, "csv/", 4) == 0) &&
             strstr(path, "note") == NULL));
}

static const struct output_kind kind = {.is_ours = is_ours, .seal = "seal.json"};

static struct output *begin(const char *folder)
{
    struct output *output = NULL;
    struct fail why = {0};

    cr_assert(output_begin(&output, folder, &kind, &why) == STATUS_OK, "%s", why.text);
    return output;
}

static FILE *open_in(struct output *output, const char *name)
{
    FILE *file = NULL;
    struct fail why = {0};

    cr_assert(output_open(output, name, &file, &why) == STATUS_OK, "%s", why.text);
    return file;
}

static void must_hold(const char *path, const char *text)
{
    char *const bytes = read_whole(path, NULL);

    cr_expect(eq(str, bytes, (char *)text), "%s", path);
    free(bytes);
}

/* Everything in the folder, hidden files too, with a blank behind each. */
static const char *all_names(const char *folder)
{
    cr_assert(shell("ls -A '%s' | tr '\\n' ' '", folder) == 0, "ls");
    return shell_output();
}

Test(output, a_committed_set_is_there_and_nothing_else)
{
    const char *const folder = in_scratch("a/b/c");
    struct output *const output = begin(folder);
    struct fail why = {0};

    fputs("one\n", open_in(output, "one.csv"));
    fputs("two\n", open_in(output, "two.csv"));
    open_in(output, "empty.csv");
    cr_expect(not(file_exists(in_scratch("a/b/c/one.csv"))), "no file has its name yet");
    cr_assert(output_commit(output, &why) == STATUS_OK, "%s", why.text);
    output_free(output);
    must_hold(in_scratch("a/b/c/one.csv"), "one\n");
    must_hold(in_scratch("a/b/c/two.csv"), "two\n");
    must_hold(in_scratch("a/b/c/empty.csv"), "");
    cr_expect(eq(str, (char *)all_names(folder), "empty.csv one.csv two.csv "), "and no other");
}

Test(output, every_byte_is_on_the_disk_before_the_first_name)
{
    struct output *const output = begin(scratch_folder());
    struct output *again;
    struct fail why = {0};

    fputs("one\n", open_in(output, "one.csv"));
    fputs("seventeen\n", open_in(output, "two.csv"));
    open_in(output, "empty.csv");
    cr_assert(output_commit(output, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(str, trace, "s4 s10 s0 d d "), "files, the new folder, the one around both");
    output_free(output);
    write_text(in_scratch("note"), "not of the set"); /* then it goes file by file */
    trace[0] = '\0';
    again = begin(scratch_folder());
    fputs("two\n", open_in(again, "two.csv"));
    fputs("seal\n", open_in(again, "seal.json"));
    cr_assert(output_commit(again, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(str, trace, "s4 s5 d r r r d r r d "),
              "files, the new folder, three old ones gone, the folder, two names, the folder");
    output_free(again);
}

/* Each of the renamings fails: the old set is there again. */
Test(output, a_set_that_stops_between_two_names_brings_the_old_one_back)
{
    for (int stop = 1; stop <= 6; stop++) {
        struct output *const output = begin(scratch_folder());
        struct fail why = {0};

        write_text(in_scratch("note"), "not of the set\n");
        write_text(in_scratch("one.csv"), "old\n");
        write_text(in_scratch("gone.csv"), "old\n");
        write_text(in_scratch("seal.json"), "old\n");
        fputs("new\n", open_in(output, "one.csv"));
        fputs("new\n", open_in(output, "two.csv"));
        fputs("new\n", open_in(output, "seal.json"));
        fail_rename_at = stop;
        cr_expect(eq(int, (int)output_commit(output, &why), STATUS_CANT_CREATE), "%s", why.text);
        output_free(output);
        must_hold(in_scratch("one.csv"), "old\n");
        must_hold(in_scratch("seal.json"), "old\n");
        cr_expect(eq(str, (char *)all_names(scratch_folder()), "gone.csv note one.csv seal.json "),
                  "stopped at %d", stop);
    }
}

Test(output, old_files_are_replaced_at_the_commit_and_not_before)
{
    struct output *const output = begin(scratch_folder());
    struct fail why = {0};
    FILE *file;

    write_text(in_scratch("one.csv"), "old\n");
    write_text(in_scratch("note"), "other\n");
    write_text(in_scratch("gone.csv"), "old\n");
    file = open_in(output, "one.csv");
    fputs("new\n", file);
    fflush(file);
    must_hold(in_scratch("one.csv"), "old\n");
    cr_assert(output_commit(output, &why) == STATUS_OK, "%s", why.text);
    output_free(output);
    must_hold(in_scratch("one.csv"), "new\n");
    must_hold(in_scratch("note"), "other\n");
    cr_expect(eq(str, (char *)all_names(scratch_folder()), "note one.csv "),
              "what the set does not have goes, what is none of it stays");
}

Test(output, an_abandoned_set_leaves_no_file)
{
    struct output *const output = begin(in_scratch("x/y"));

    fputs("half", open_in(output, "one.csv"));
    output_free(output);
    cr_expect(eq(str, (char *)all_names(scratch_folder()), ""), "nor the folders made for it");
    output_free(NULL);
}

static void fill(FILE *file, size_t bytes)
{
    while (bytes-- > 0)
        fputc('x', file);
}

/* The second of three files cannot be written to its end. */
static void check_full(const char *folder, struct output *output)
{
    struct fail why = {0};

    fputs("one\n", open_in(output, "one.csv"));
    fill(open_in(output, "big.csv"), 300000);
    fputs("three\n", open_in(output, "three.csv"));
    cr_expect(eq(int, (int)output_commit(output, &why), STATUS_IO), "%s", why.text);
    cr_expect(strstr(why.file, ".csv") != NULL, "the file is told: %s", why.file);
    output_free(output);
    cr_expect(eq(str, (char *)all_names(folder), "one.csv "), "only the old file");
    cr_assert(shell("cat '%s/one.csv'", folder) == 0, "one.csv");
    cr_expect(eq(str, (char *)shell_output(), "old\n"), "and it is as it was");
}

Test(output, a_file_too_large_for_the_limit_leaves_the_old_set)
{
    const char *const folder = in_scratch("limited");
    const struct rlimit limit = {100000, RLIM_INFINITY};
    struct output *const output = begin(folder);

    write_text(in_scratch("limited/one.csv"), "old\n");
    signal(SIGXFSZ, SIG_IGN);
    cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0, "a limit");
    check_full(folder, output);
}

Test(output, a_full_disk_leaves_the_old_set)
{
    const char *const folder = in_scratch("tiny");

    /* in a name space of its own, so that it is gone with the test */
    cr_assert(shell("mkdir '%s'", folder) == 0, "mkdir");
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", folder, "tmpfs", 0, "size=64k") != 0)
        cr_skip_test("a small file system needs the right to mount one");
    write_text(in_scratch("tiny/one.csv"), "old\n");
    check_full(folder, begin(folder));
    cr_assert(umount(folder) == 0, "umount");
}

static const struct {
    const char *prepare; /* in the scratch folder */
    const char *folder;
} wrong[] = {
    {"echo x >file", "file"},
    {"echo x >file", "file/deeper"},
    {":", "/proc/nowhere"},
    {"ln -sf nowhere dangling", "dangling"},
};

static void a_folder_that_cannot_be_made_is_told(void)
{
    struct output *output = NULL;
    struct fail why = {0};

    for (size_t i = 0; i < LENGTH_OF(wrong); i++) {
        const char *const folder =
            wrong[i].folder[0] == '/' ? wrong[i].folder : in_scratch(wrong[i].folder);

        cr_assert(shell("cd '%s' && %s", scratch_folder(), wrong[i].prepare) == 0, "prepare");
        cr_expect(eq(int, (int)output_begin(&output, folder, NULL, &why), STATUS_CANT_CREATE), "%s",
                  folder);
        cr_expect(eq(str, why.file, (char *)folder), "the folder is told");
        cr_expect(output == NULL, "nothing is handed out");
    }
    cr_expect(eq(int, (int)output_begin(&output, "", NULL, &why), STATUS_CANT_CREATE), "no name");
    must_hold(in_scratch("file"), "x\n");
}

Test(output, what_stands_in_the_way_is_told)
{
    struct output *const output = begin(scratch_folder());
    struct fail why = {0};

    cr_assert(shell("mkdir '%s'", in_scratch("one.csv")) == 0, "mkdir");
    fputs("new\n", open_in(output, "one.csv"));
    cr_expect(eq(int, (int)output_commit(output, &why), STATUS_CANT_CREATE), "%s", why.text);
    cr_expect(strstr(why.file, "/one.csv") != NULL, "%s", why.file);
    output_free(output);
    cr_expect(eq(str, (char *)all_names(scratch_folder()), "one.csv "), "only the folder");
    a_folder_that_cannot_be_made_is_told();
}

Test(output, the_temporary_file_of_a_killed_run_is_no_hindrance)
{
    struct output *output;
    struct fail why = {0};
    char left[64];

    snprintf(left, sizeof left, ".one.csv.%ld.tmp", (long)getpid());
    write_text(in_scratch(left), "half of an old"); /* as an older version left it */
    output = begin(scratch_folder());
    fputs("new\n", open_in(output, "one.csv"));
    cr_assert(output_commit(output, &why) == STATUS_OK, "%s", why.text);
    output_free(output);
    must_hold(in_scratch("one.csv"), "new\n");
    cr_expect(eq(str, (char *)all_names(scratch_folder()), "one.csv "), "and nothing else");
}

/* A set may have more files than a process may have open. */
Test(output, closed_files_come_with_the_set_however_many)
{
    struct output *output = NULL;
    struct fail why = {0};
    struct rlimit few = {40, 40};
    static char names[100][8];
    char path[512];
    FILE *file;

    cr_assert(eq(int, setrlimit(RLIMIT_NOFILE, &few), 0));
    cr_assert(eq(int, output_begin(&output, in_scratch("many"), &kind, &why), STATUS_OK));
    for (size_t i = 0; i < LENGTH_OF(names); i++) {
        snprintf(names[i], sizeof names[i], "%zu", i);
        cr_assert(eq(int, output_open(output, names[i], &file, &why), STATUS_OK), "%s", why.text);
        fprintf(file, "file %zu\n", i);
        cr_assert(eq(int, output_path(output, names[i], path, sizeof path, &why), STATUS_OK));
        cr_assert(eq(int, output_close(output, file, &why), STATUS_OK), "%s", why.text);
        cr_expect(file_exists(path), "%s", path);
    }
    cr_expect(not(file_exists(in_scratch("many/7"))), "before the commit");
    cr_assert(eq(int, output_commit(output, &why), STATUS_OK), "%s", why.text);
    output_free(output);
    cr_expect(file_exists(in_scratch("many/7")), "after the commit");
    cr_expect(eq(int,
                 shell("cd %s && test $(ls -A | wc -l) -eq 100 && grep -qx 'file 99' 99",
                       in_scratch("many")),
                 0));
}

/* What a set before had in its folders does not stay beside what the new one has there. */
static void write_set(const char *folder, const char *pack, const char *text)
{
    struct output *const output = begin(folder);
    struct fail why = {0};
    char name[64];

    snprintf(name, sizeof name, "packs/%s.html", pack);
    fputs(text, open_in(output, name));
    fputs(text, open_in(output, "csv/one.csv"));
    fputs(text, open_in(output, "report.html"));
    fputs(text, open_in(output, "seal.json"));
    cr_assert(output_commit(output, &why) == STATUS_OK, "%s: %s", why.file, why.text);
    output_free(output);
}

static const char *all_files(const char *folder)
{
    cr_assert(shell("cd '%s' && find . ! -type d | sort | tr '\n' ' '", folder) == 0, "find");
    return shell_output();
}

#define WHOLE(pack) "./csv/one.csv ./packs/" pack ".html ./report.html ./seal.json "

Test(output, folders_of_the_set_hold_what_the_new_set_has_and_no_more)
{
    const char *const folder = in_scratch("set");

    write_set(folder, "A", "old\n");
    write_set(folder, "B", "new\n");
    cr_expect(eq(str, (char *)all_files(folder), WHOLE("B")), "in one step");
    write_text(in_scratch("set/packs/note.txt"), "own\n");
    write_set(folder, "C", "newer\n");
    cr_expect(eq(str, (char *)all_files(folder),
                 "./csv/one.csv ./packs/C.html ./packs/note.txt ./report.html ./seal.json "),
              "file by file, and a stranger stays");
    cr_expect(eq(str, (char *)all_names(scratch_folder()), "set "), "nothing beside");
}

/* The folder of packs is a link: it goes, and where it led to is not touched. */
Test(output, a_link_in_the_place_of_a_folder_is_not_followed)
{
    const char *const folder = in_scratch("set");

    for (int own = 0; own < 2; own++) {
        cr_assert(shell("cd '%s' && rm -rf set elsewhere && mkdir set elsewhere && "
                        "ln -s ../elsewhere set/packs && echo x > elsewhere/A.html && "
                        "{ test %d = 0 || echo x > set/note; }",
                        scratch_folder(), own) == 0);
        write_set(folder, "A", "new\n");
        must_hold(in_scratch("elsewhere/A.html"), "x\n");
        must_hold(in_scratch("set/packs/A.html"), "new\n");
        cr_expect(eq(int, shell("test ! -L '%s/packs'", folder), 0), "a folder of its own");
    }
}

Test(output, a_folder_keeps_its_rights_and_a_link_to_it_stays_one)
{
    const char *const folder = in_scratch("link");

    cr_assert(shell("cd '%s' && mkdir set && chmod 2750 set && ln -s set link", scratch_folder()) ==
              0);
    write_set(folder, "A", "old\n");
    cr_expect(
        eq(int, shell("test -L '%s' && test $(stat -L -c %%a '%s') = 2750", folder, folder), 0));
    cr_expect(eq(str, (char *)all_names(scratch_folder()), "link set "), "nothing beside");
}

/* The shell of a person is in the folder: it would be left in one that is gone. */
Test(output, the_working_folder_does_not_change_places)
{
    struct stat before;
    struct stat after;

    cr_assert(shell("mkdir '%s'", in_scratch("set")) == 0);
    cr_assert(chdir(in_scratch("set")) == 0 && stat(".", &before) == 0);
    write_set(".", "A", "old\n");
    write_set(".", "B", "new\n");
    cr_assert(stat(in_scratch("set"), &after) == 0);
    cr_expect(before.st_ino == after.st_ino, "the same folder");
    cr_expect(eq(str, (char *)all_files("."), WHOLE("B")), "with the new set");
}

/* A temporary folder is cleared when nobody holds its lock. */
Test(output, what_a_dead_run_left_is_cleared_and_what_a_living_one_has_is_not)
{
    struct output *const living = begin(in_scratch("set"));

    fputs("half", open_in(living, "packs/one.html"));
    cr_assert(shell("cd '%s' && mkdir -p .set.99-0.tmp/packs set/.canister.99-0.tmp .other.9-0.tmp "
                    "&& echo x > .set.99-0.tmp/packs/A.html && echo x > .set.99-0.tmp/.xlsx1",
                    scratch_folder()) == 0);
    write_set(in_scratch("set"), "B", "new\n");
    cr_expect(eq(str, (char *)all_files(in_scratch("set")), WHOLE("B")));
    cr_expect(eq(int,
                 shell("cd '%s' && ls -A | wc -l | grep -qx 3 && ls -d .set.%ld-0.tmp "
                       ".other.9-0.tmp",
                       scratch_folder(), (long)getpid()),
                 0),
              "the living one's, and that of another folder");
    output_free(living);
    cr_expect(eq(str, (char *)all_names(scratch_folder()), ".other.9-0.tmp set "));
}

/* Where nothing can be made beside the folder, as where it is a disk of its own. */
Test(output, without_a_place_beside_it_the_set_is_written_inside)
{
    const char *const folder = in_scratch("disk");

    cr_assert(shell("mkdir '%s'", folder) == 0, "mkdir");
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", folder, "tmpfs", 0, "size=1m") != 0)
        cr_skip_test("a small file system needs the right to mount one");
    write_set(folder, "A", "old\n");
    write_set(folder, "B", "new\n");
    cr_expect(eq(str, (char *)all_files(folder), WHOLE("B")));
    cr_expect(eq(str, (char *)all_names(folder), "csv packs report.html seal.json "));
    cr_assert(umount(folder) == 0, "umount");
}
