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

static struct output *begin(const char *folder)
{
    struct output *output = NULL;
    struct fail why = {0};

    cr_assert(output_begin(&output, folder, &why) == STATUS_OK, "%s", why.text);
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
    struct fail why = {0};

    fputs("one\n", open_in(output, "one.csv"));
    fputs("seventeen\n", open_in(output, "two.csv"));
    open_in(output, "empty.csv");
    cr_assert(output_commit(output, &why) == STATUS_OK, "%s", why.text);
    cr_expect(eq(str, trace, "s4 s10 s0 d r r r d "), "files, the old seal, names, the folder");
    output_free(output);
}

/* Stopped before each of the names: the last file of the set, its seal, is never
 * an old one among new ones. */
Test(output, a_set_that_stops_between_two_names_has_no_seal)
{
    for (int stop = 1; stop <= 3; stop++) {
        struct output *const output = begin(scratch_folder());
        struct fail why = {0};

        write_text(in_scratch("one.csv"), "old\n");
        write_text(in_scratch("seal.json"), "old\n");
        fputs("new\n", open_in(output, "one.csv"));
        fputs("new\n", open_in(output, "two.csv"));
        fputs("new\n", open_in(output, "seal.json"));
        fail_rename_at = stop;
        cr_expect(eq(int, (int)output_commit(output, &why), STATUS_CANT_CREATE), "%s", why.text);
        output_free(output);
        cr_expect(not(file_exists(in_scratch("seal.json"))), "stopped at %d", stop);
        must_hold(in_scratch("one.csv"), stop == 1 ? "old\n" : "new\n");
        cr_expect(strstr(all_names(scratch_folder()), ".tmp") == NULL, "stopped at %d", stop);
    }
}

Test(output, old_files_are_replaced_at_the_commit_and_not_before)
{
    struct output *const output = begin(scratch_folder());
    struct fail why = {0};
    FILE *file;

    write_text(in_scratch("one.csv"), "old\n");
    write_text(in_scratch("other.csv"), "other\n");
    file = open_in(output, "one.csv");
    fputs("new\n", file);
    fflush(file);
    must_hold(in_scratch("one.csv"), "old\n");
    cr_assert(output_commit(output, &why) == STATUS_OK, "%s", why.text);
    output_free(output);
    must_hold(in_scratch("one.csv"), "new\n");
    must_hold(in_scratch("other.csv"), "other\n");
    cr_expect(eq(str, (char *)all_names(scratch_folder()), "one.csv other.csv "), "no more");
}

Test(output, an_abandoned_set_leaves_no_file)
{
    struct output *const output = begin(in_scratch("x"));

    fputs("half", open_in(output, "one.csv"));
    output_free(output);
    cr_expect(eq(str, (char *)all_names(in_scratch("x")), ""), "the folder is empty");
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
        cr_expect(eq(int, (int)output_begin(&output, folder, &why), STATUS_CANT_CREATE), "%s",
                  folder);
        cr_expect(eq(str, why.file, (char *)folder), "the folder is told");
        cr_expect(output == NULL, "nothing is handed out");
    }
    cr_expect(eq(int, (int)output_begin(&output, "", &why), STATUS_CANT_CREATE), "no name");
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
    write_text(in_scratch(left), "half of an old");
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
    cr_assert(eq(int, output_begin(&output, in_scratch("many"), &why), STATUS_OK));
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
    output_drop(output, "8");
    output_free(output);
    cr_expect(file_exists(in_scratch("many/7")), "after the commit");
    cr_expect(not(file_exists(in_scratch("many/8"))), "dropped");
    cr_expect(eq(
        int,
        shell("cd %s && test $(ls -A | wc -l) -eq 99 && grep -qx 'file 99' 99", in_scratch("many")),
        0));
}
