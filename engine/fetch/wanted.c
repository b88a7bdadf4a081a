#include "fetch/wanted.h"

static enum status read_range(struct wanted *wanted, const char *word, struct fail *why)
{
    const char *const dots = strstr(word, "..");
    const struct view first = {word, dots != NULL ? (size_t)(dots - word) : strlen(word)};
    struct month_range *const range = &wanted->ranges[wanted->count];

    if (wanted->count == COUNT_OF(wanted->ranges))
        return fail_set(why, STATUS_USAGE, "too many months: name a range, as 2026-01..2026-07");
    if (!month_parse(first, &range->from) ||
        !month_parse(dots != NULL ? view_of(dots + 2) : first, &range->to))
        return fail_set(why, STATUS_USAGE,
                        "\"%s\" is not a month such as 2026-07, a range such as "
                        "2026-04..2026-07, latest or missing",
                        word);
    if (range->from > range->to)
        return fail_set(why, STATUS_USAGE, "the range %s ends before it begins", word);
    wanted->count++;
    return STATUS_OK;
}

enum status wanted_read(struct wanted *wanted, char *const *words, size_t count, struct fail *why)
{
    enum status status = STATUS_OK;

    *wanted = (struct wanted){.latest = count == 0};
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (strcmp(words[i], "latest") == 0)
            wanted->latest = true;
        else if (strcmp(words[i], "missing") == 0)
            wanted->missing = true;
        else
            status = read_range(wanted, words[i], why);
    }
    return status;
}

bool wanted_names(const struct wanted *wanted, month_t month)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (month >= wanted->ranges[i].from && month <= wanted->ranges[i].to)
            return true;
    return false;
}

void wanted_span(const struct wanted *wanted, month_t *from, month_t *to)
{
    *from = *to = MONTH_NONE;
    for (size_t i = 0; i < wanted->count; i++) {
        if (*from == MONTH_NONE || wanted->ranges[i].from < *from)
            *from = wanted->ranges[i].from;
        if (wanted->ranges[i].to > *to)
            *to = wanted->ranges[i].to;
    }
}
