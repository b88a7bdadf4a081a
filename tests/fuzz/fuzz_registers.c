/* Any bytes as a register, and as groups of one's own.  Success must mean that
 * read = used + passed over + rejected and that every look-up answers; failure must
 * come with a sentence. */

#include "place/groups.h"
#include "place/registers.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static const struct rules *all_rules(void)
{
    static struct rules *rules;
    const struct rules_place place = {.base = "rules"};
    struct fail why = {0};

    if (rules == NULL)
        must(rules_load(&rules, &place, &why) == STATUS_OK);
    return rules;
}

/* The bytes as a file that has no name in any folder. */
static const char *path_of(const uint8_t *data, size_t size)
{
    static char path[64];
    static int file = -1;

    if (file < 0) {
        file = memfd_create("register", 0);
        must(file >= 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    must(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
    return path;
}

static void look_up(const struct registers *registers)
{
    for (uint32_t i = 0; i < registers->names.levels[LEVEL_PRACTICE].codes.count; i++) {
        const struct list_size *const size = registers_size(registers, i, INT32_MAX);

        for (enum level level = LEVEL_PCN; level <= LEVEL_REGION; level++) {
            const struct membership *const membership =
                registers_last_parent(registers, LEVEL_PRACTICE, i, level, 24300);

            must(membership == NULL ||
                 (membership->child == i && membership->parent_level == level));
        }
        must(size == NULL || (size->practice == i && size->patients >= 0));
        must(registers_facts(registers, LEVEL_PRACTICE, i) != NULL);
    }
}

static void check_register(const char *path)
{
    struct registers registers = {0};
    struct fail why = {0};
    const struct reject_limit limit = {10, 0};
    const enum status status = registers_read(&registers, all_rules(), path, limit, false, &why);

    must(status == STATUS_OK || (why.code == status && why.text[0] != '\0' && why.file[0] != '\0'));
    registers_settle(&registers);
    if (status == STATUS_OK) {
        const struct register_account *const account = &registers.accounts[0];

        must(account->rows_read ==
             account->rows_used + account->rows_left_out + account->rejects.count);
        look_up(&registers);
    }
    registers_release(&registers);
}

static void check_groups(const char *path)
{
    struct groups groups = {0};
    struct fail why = {0};
    const enum status status = groups_read(&groups, path, &why);

    must(status == STATUS_OK ? groups.count > 0
                             : why.code == status && why.text[0] != '\0' && why.file[0] != '\0');
    groups_release(&groups);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const path = path_of(data, size);

    check_register(path);
    check_groups(path);
    return 0;
}
