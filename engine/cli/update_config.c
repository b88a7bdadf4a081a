#include "cli/update_config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct key {
    const char *name;
    char *value;
    bool required;
    bool seen;
};

static enum status take_line(struct key *keys, size_t count, struct view line, struct fail *why)
{
    const char *const equals = memchr(line.at, '=', line.length);
    struct view name = line;
    struct view value = view_none();

    if (equals == NULL)
        return fail_set(why, STATUS_USAGE, "expected KEY = VALUE");
    name.length = (size_t)(equals - line.at);
    name = view_trim(name);
    value = view_trim((struct view){equals + 1, line.length - (size_t)(equals + 1 - line.at)});
    for (size_t i = 0; i < count; i++) {
        if (!view_is(name, keys[i].name))
            continue;
        if (keys[i].seen || value.length == 0 || value.length >= UPDATE_VALUE)
            return fail_set(why, STATUS_USAGE, "%s %s", keys[i].name,
                            keys[i].seen ? "comes twice" : "has no value, or too long a one");
        keys[i].seen = true;
        memcpy(keys[i].value, value.at, value.length);
        keys[i].value[value.length] = '\0';
        return STATUS_OK;
    }
    return fail_set(why, STATUS_USAGE, "there is no key %.*s", (int)name.length, name.at);
}

static enum status read_lines(FILE *file, const char *path, struct key *keys, size_t count,
                              struct fail *why)
{
    char line[UPDATE_VALUE + 64];
    uint64_t number = 0;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && fgets(line, sizeof line, file) != NULL) {
        struct view text = view_trim((struct view){line, strcspn(line, "\r\n")});

        number++;
        if (strchr(line, '\n') == NULL && strlen(line) + 1 == sizeof line)
            status = fail_set(why, STATUS_USAGE, "the line is too long");
        else if (text.length > 0 && text.at[0] != '#')
            status = take_line(keys, count, text, why);
    }
    return status == STATUS_OK ? STATUS_OK : fail_in(why, path, number);
}

static enum status check_keys(const struct key *keys, size_t count, const char *path,
                              struct fail *why)
{
    for (size_t i = 0; i < count; i++)
        if (keys[i].required && !keys[i].seen) {
            fail_set(why, STATUS_USAGE, "%s = ... is missing", keys[i].name);
            return fail_in(why, path, 0);
        }
    return STATUS_OK;
}

/* "epd scmd" as two texts. */
static enum status part_datasets(struct update_config *config, struct fail *why)
{
    size_t count = 0;
    char *at = config->datasets;

    while (*(at += strspn(at, " \t,")) != '\0') {
        if (count == UPDATE_DATASETS)
            return fail_set(why, STATUS_USAGE, "datasets are too many");
        config->dataset[count++] = at;
        at += strcspn(at, " \t,");
        if (*at != '\0')
            *at++ = '\0';
    }
    return STATUS_OK;
}

enum status update_config_read(struct update_config *config, const char *path, struct fail *why)
{
    char from[UPDATE_VALUE] = "";
    struct key keys[] = {
        {"store", config->store, true, false}, {"out", config->out, true, false},
        {"icb", config->icb, true, false},     {"datasets", config->datasets, false, false},
        {"from", from, false, false},          {"registers", config->registers, false, false},
    };
    FILE *const file = fopen(path, "r");
    enum status status;

    *config = (struct update_config){.datasets = "epd"};
    if (file == NULL) {
        fail_set(why, STATUS_NO_INPUT, "cannot be read: %s", strerror(errno));
        return fail_in(why, path, 0);
    }
    status = read_lines(file, path, keys, COUNT_OF(keys), why);
    fclose(file);
    if (status == STATUS_OK)
        status = check_keys(keys, COUNT_OF(keys), path, why);
    if (status == STATUS_OK && from[0] != '\0' && !month_parse(view_of(from), &config->from))
        status = fail_set(why, STATUS_USAGE, "from = %s is not a month such as 2025-04", from);
    return status == STATUS_OK ? part_datasets(config, why) : status;
}
