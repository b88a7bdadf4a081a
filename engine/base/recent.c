#include "base/recent.h"

#include "base/intern.h"

#define NO_TEXT UINT16_MAX

static size_t entry_of(struct view text)
{
    return text.length == 0 ? 0 : hash_bytes(text.at, text.length) % RECENT_ENTRIES;
}

void recent_foresee(const struct recent *recent, struct view text)
{
    const struct recent_entry *const entry = &recent->entries[entry_of(text)];

    __builtin_prefetch(entry);
    __builtin_prefetch(entry->bytes);
}

/* A text that is not there is another thing than an empty one. */
static bool is_same(const struct recent_entry *entry, size_t from, uint16_t end, struct view text)
{
    if (text.at == NULL || end == NO_TEXT)
        return text.at == NULL && end == NO_TEXT;
    return view_equal((struct view){entry->bytes + from, end - from}, text);
}

uint32_t recent_find(const struct recent *recent, int32_t month, const struct view *texts,
                     size_t count)
{
    const struct recent_entry *const entry = &recent->entries[entry_of(texts[0])];
    size_t from = 0;

    if (entry->month != month)
        return RECENT_NONE;
    for (size_t i = 0; i < count; i++) {
        const uint16_t end = entry->ends[i];

        if (!is_same(entry, from, end, texts[i]))
            return RECENT_NONE;
        from = end == NO_TEXT ? from : end;
    }
    return entry->number;
}

void recent_put(struct recent *recent, int32_t month, const struct view *texts, size_t count,
                uint32_t number)
{
    struct recent_entry *const entry = &recent->entries[entry_of(texts[0])];
    size_t used = 0;

    entry->month = 0;
    for (size_t i = 0; i < count; i++) {
        entry->ends[i] = NO_TEXT;
        if (texts[i].at == NULL)
            continue;
        if (texts[i].length > RECENT_BYTES - used)
            return;
        if (texts[i].length > 0)
            memcpy(entry->bytes + used, texts[i].at, texts[i].length);
        used += texts[i].length;
        entry->ends[i] = (uint16_t)used;
    }
    entry->month = month;
    entry->number = number;
}
