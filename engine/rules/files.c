#include "rules/load.h"

#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 4096

enum status rules_fail_path(const char *path, const char *what, struct fail *why)
{
    if (errno == ENOMEM)
        fail_nomem(why);
    else
        fail_set(why, STATUS_NO_INPUT, "%s: %s", what, strerror(errno));
    return fail_in(why, path, 0);
}

/* A link to nowhere is there. */
static bool is_absent(const char *path)
{
    struct stat about;

    if (errno != ENOENT)
        return false;
    if (lstat(path, &about) != 0)
        return errno == ENOENT;
    errno = ENOENT; /* for the message about the link */
    return false;
}

static bool is_rule_file(const char *name)
{
    const size_t length = strlen(name);

    return length > 5 && strcmp(name + length - 5, ".json") == 0 &&
           strstr(name, ".schema.") == NULL && name[0] != '.';
}

static enum status add_name(struct rules_names *names, const char *name, struct fail *why)
{
    if (!grow(&names->list, &names->room, names->count + 1, sizeof *names->list) ||
        (names->list[names->count] = strdup(name)) == NULL)
        return fail_nomem(why);
    names->count++;
    return STATUS_OK;
}

/* readdir gives NULL for the end as for a fault: only errno tells them apart. */
static enum status add_all(struct rules_names *names, DIR *open, const char *path, struct fail *why)
{
    const struct dirent *entry;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && (errno = 0, entry = readdir(open)) != NULL)
        if (is_rule_file(entry->d_name))
            status = add_name(names, entry->d_name, why);
    if (status == STATUS_OK && errno != 0)
        status = rules_fail_path(path, "the folder of rules cannot be read", why);
    return status;
}

enum status rules_names_add(struct rules_names *names, const char *root, const char *folder,
                            bool optional, struct fail *why)
{
    char path[PATH_BYTES];
    enum status status;
    DIR *open = NULL;

    if ((size_t)snprintf(path, sizeof path, "%s/%s", root, folder) >= sizeof path)
        errno = ENAMETOOLONG;
    else
        open = opendir(path);
    if (open == NULL)
        return optional && is_absent(path)
                   ? STATUS_OK
                   : rules_fail_path(path, "the folder of rules cannot be read", why);
    status = add_all(names, open, path, why);
    closedir(open);
    return status;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void rules_names_sort(struct rules_names *names)
{
    size_t kept = 0;

    if (names->count == 0)
        return;
    qsort(names->list, names->count, sizeof *names->list, compare_names);
    for (size_t i = 1; i < names->count; i++)
        if (strcmp(names->list[kept], names->list[i]) == 0)
            free(names->list[i]);
        else
            names->list[++kept] = names->list[i];
    names->count = kept + 1;
}

void rules_names_release(struct rules_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->list[i]);
    free(names->list);
    *names = (struct rules_names){0};
}

/* To its end or to one byte beyond the limit; false with errno. */
static bool read_whole(struct rules_file *file, int fd)
{
    while (file->length < LIMIT_RULE_BYTES + 1) {
        const ssize_t got =
            read(fd, file->text + file->length, LIMIT_RULE_BYTES + 1 - file->length);

        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return false;
        file->length += got > 0 ? (size_t)got : 0;
    }
    file->text[file->length] = '\0';
    return true;
}

static enum status read_open(struct rules_file *file, int fd, const char *path, struct fail *why)
{
    struct stat about;

    if (fstat(fd, &about) != 0)
        return rules_fail_path(path, "the rule file cannot be read", why);
    if (!S_ISREG(about.st_mode)) {
        fail_set(why, STATUS_NO_INPUT,
                 "is not a plain file; a rule file cannot be a folder, a pipe or a device");
        return fail_in(why, path, 0);
    }
    file->length = 0;
    file->text = malloc(LIMIT_RULE_BYTES + 2);
    if (file->text == NULL)
        return fail_nomem(why);
    if (read_whole(file, fd))
        return STATUS_OK;
    fail_set(why, STATUS_IO, "cannot be read: %s", strerror(errno));
    return fail_in(why, path, 0);
}

/* A pipe that nobody writes to would keep an open call for ever: hence O_NONBLOCK. */
enum status rules_read_file(struct rules_file *file, const char *root, const char *name,
                            bool *there, struct fail *why)
{
    char path[PATH_BYTES];
    enum status status;
    int fd = -1;

    if ((size_t)snprintf(path, sizeof path, "%s%s%s", root != NULL ? root : "",
                         root != NULL ? "/" : "", name) >= sizeof path)
        errno = ENAMETOOLONG;
    else
        fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (there != NULL)
        *there = fd >= 0;
    if (fd < 0)
        return there != NULL && is_absent(path)
                   ? STATUS_OK
                   : rules_fail_path(path, "the rule file cannot be opened", why);
    status = read_open(file, fd, path, why);
    close(fd);
    return status;
}

void rules_file_release(struct rules_file *file)
{
    free(file->text);
    *file = (struct rules_file){0};
}
