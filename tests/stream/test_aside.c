#include "support/cases.h"
#include "support/paths.h"

#include "stream/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct source *open_source(const char *path, bool *aside)
{
    struct source *source = NULL;
    struct fail why;

    cr_assert(source_open(&source, path, &why) == STATUS_OK, "%s", why.text);
    if (*aside)
        cr_assert(source_sha256_aside(source, &why) == STATUS_OK, "%s", why.text);
    *aside = source_takes_sha256_aside(source);
    return source;
}

/* All members to their end. */
static enum status read_out(struct source *source, struct fail *why)
{
    static char block[4096];
    bool found = true;
    size_t got = 1;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && found) {
        status = source_next(source, &found, why);
        for (got = 1; status == STATUS_OK && found && got > 0;)
            status = source_read(source, block, sizeof block, &got, why);
    }
    return status;
}

static const struct {
    const char *file;
    const char *made_by;
} kinds[] = {
    {"a.csv", "seq 1 300000 > a.csv"}, {"b.csv", "seq 1 9 > b.csv"},
    {"a.csv.gz", "gzip -k a.csv"},     {"a.csv.zst", "zstd -q a.csv"},
    {"a.zip", "zip -q a.zip a.csv"},
};

Test(aside, gives_the_digest_of_the_file_whatever_its_kind)
{
    for (size_t i = 0; i < LENGTH_OF(kinds); i++) {
        char sha256[SHA256_TEXT];
        struct fail why = {0};
        uint64_t bytes = 0;
        bool aside = true;
        struct source *source;

        cr_assert(shell("cd '%s' && %s", scratch_folder(), kinds[i].made_by) == 0, "%s",
                  shell_output());
        source = open_source(in_scratch(kinds[i].file), &aside);
        cr_expect(aside, "%s: on a thread of its own", kinds[i].file);
        cr_assert(read_out(source, &why) == STATUS_OK, "%s: %s", kinds[i].file, why.text);
        cr_assert(source_end(source, sha256, &bytes, &why) == STATUS_OK, "%s", why.text);
        cr_expect(shell("cd '%s' && test $(stat -c %%s %s) = %lu && sha256sum %s | grep -q '^%s '",
                        scratch_folder(), kinds[i].file, (unsigned long)bytes, kinds[i].file,
                        sha256) == 0,
                  "%s: %s", kinds[i].file, sha256);
        source_free(source);
    }
}

Test(aside, can_be_left_at_any_time_and_is_not_used_for_a_pipe)
{
    bool aside = true;
    FILE *pipe;

    cr_assert(shell("cd '%s' && seq 1 3000000 > a.csv", scratch_folder()) == 0, "%s",
              shell_output());
    source_free(open_source(in_scratch("a.csv"), &aside));
    cr_expect(aside, "a file");
    pipe = popen("seq 1 9", "r");
    cr_assert(pipe != NULL && dup2(fileno(pipe), STDIN_FILENO) == STDIN_FILENO, "no pipe");
    source_free(open_source("-", &aside));
    cr_expect(aside == false, "a pipe");
    pclose(pipe);
}

/* Half of a download, or a file that another program writes to: what was scanned is not
 * what was digested. */
Test(aside, a_file_that_changes_while_it_is_read_is_refused)
{
    for (int i = 0; i < 4; i++) {
        char sha256[SHA256_TEXT];
        struct fail why = {0};
        uint64_t bytes = 0;
        bool aside = i % 2 == 0;
        struct source *source;

        cr_assert(shell("cd '%s' && seq 1 300000 > a.csv", scratch_folder()) == 0, "%s",
                  shell_output());
        source = open_source(in_scratch("a.csv"), &aside);
        cr_assert(shell("cd '%s' && %s", scratch_folder(),
                        i < 2 ? "echo 1 >> a.csv" : "touch -d '1 hour ago' a.csv") == 0,
                  "%s", shell_output());
        cr_assert(read_out(source, &why) == STATUS_OK, "%s", why.text);
        cr_expect(source_end(source, sha256, &bytes, &why) == STATUS_DATA &&
                      strstr(why.text, "has changed") != NULL,
                  "way %d: %s", i, why.text);
        source_free(source);
    }
}
