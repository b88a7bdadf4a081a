#include "store/merge_internal.h"

#include <stdio.h>
#include <stdlib.h>

/* One of the four dictionaries, and how a text of it is written. */
struct texts {
    size_t offset;                                                     /* in struct dictionary */
    uint32_t **(*numbers)(struct merge_source *source);                /* in the result */
    enum status (*write)(struct merge *merge, sqlite3_stmt *statement, /* statement: its insert */
                         struct view text, int64_t number, struct fail *why);
    const char *insert;
};

static struct intern *dictionary_of(struct store *store, const struct texts *texts)
{
    return (struct intern *)(void *)((char *)&store->dictionary + texts->offset);
}

static uint32_t **organisations_of(struct merge_source *source)
{
    return &source->organisations;
}

static uint32_t **places_of(struct merge_source *source)
{
    return &source->places;
}

static uint32_t **presentations_of(struct merge_source *source)
{
    return &source->presentations;
}

static uint32_t **names_of(struct merge_source *source)
{
    return &source->names;
}

static enum status write_organisation(struct merge *merge, sqlite3_stmt *statement,
                                      struct view text, int64_t number, struct fail *why)
{
    const enum level level = (enum level)(text.at[0] - '0');

    sql_bind_number(statement, 1, number);
    sql_bind_string(statement, 2, level_text(level));
    sql_bind_text(statement, 3, (struct view){text.at + 1, text.length - 1});
    return sql_do(merge->out, statement, why);
}

static enum status write_place(struct merge *merge, sqlite3_stmt *statement, struct view text,
                               int64_t number, struct fail *why)
{
    uint32_t tuple[LEVELS];
    enum status status = STATUS_OK;

    memcpy(tuple, text.at, sizeof tuple);
    for (int level = 0; level < LEVELS && status == STATUS_OK; level++) {
        if (tuple[level] == ORGANISATION_NONE)
            continue;
        sql_bind_number(statement, 1, number);
        sql_bind_number(statement, 2, (int64_t)tuple[level] + 1);
        status = sql_do(merge->out, statement, why);
    }
    return status;
}

static enum status write_text(struct merge *merge, sqlite3_stmt *statement, struct view text,
                              int64_t number, struct fail *why)
{
    sql_bind_number(statement, 1, number);
    sql_bind_text(statement, 2, text);
    return sql_do(merge->out, statement, why);
}

/* In the order in which they are written: places are made of organisations. */
static const struct texts all_texts[] = {
    {offsetof(struct dictionary, organisations), organisations_of, write_organisation,
     "INSERT INTO organisation VALUES (?, ?, ?)"},
    {offsetof(struct dictionary, places), places_of, write_place,
     "INSERT INTO membership VALUES (?, ?)"},
    {offsetof(struct dictionary, presentations), presentations_of, write_text,
     "INSERT INTO presentation VALUES (?, ?)"},
    {offsetof(struct dictionary, names), names_of, write_text, "INSERT INTO name VALUES (?, ?)"},
};

/* A text of a shard as the result writes it: places name organisations by their number. */
static struct view text_of(const struct merge_source *source, const struct texts *texts,
                           uint32_t number, uint32_t tuple[LEVELS])
{
    const struct view text = intern_text(dictionary_of(source->store, texts), number);

    if (texts->numbers != places_of)
        return text;
    memcpy(tuple, text.at, LEVELS * sizeof *tuple);
    for (int level = 0; level < LEVELS; level++)
        if (tuple[level] != ORGANISATION_NONE)
            tuple[level] = source->organisations[tuple[level]];
    return (struct view){(const char *)tuple, LEVELS * sizeof *tuple};
}

static int compare_views(const void *a, const void *b)
{
    return view_compare(*(const struct view *)a, *(const struct view *)b);
}

static int compare_tuples(const void *a, const void *b)
{
    uint32_t one[LEVELS];
    uint32_t other[LEVELS];

    memcpy(one, ((const struct view *)a)->at, sizeof one);
    memcpy(other, ((const struct view *)b)->at, sizeof other);
    for (int i = 0; i < LEVELS; i++)
        if (one[i] != other[i])
            return one[i] < other[i] ? -1 : 1;
    return 0;
}

/* All texts of all shards, each once. */
static enum status gather(struct merge *merge, const struct texts *texts, struct intern *all,
                          struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t s = 0; s < merge->source_count && status == STATUS_OK; s++) {
        const struct merge_source *const source = &merge->sources[s];
        const size_t count = dictionary_of(source->store, texts)->count;
        uint32_t tuple[LEVELS];
        uint32_t ignored;

        for (uint32_t i = 0; i < count && status == STATUS_OK; i++)
            status = intern_put(all, text_of(source, texts, i, tuple), &ignored, why);
    }
    return status;
}

static enum status write_sorted(struct merge *merge, const struct texts *texts,
                                const struct intern *all, struct fail *why)
{
    struct intern *const written = dictionary_of(merge->out, texts);
    struct view *const order = calloc(all->count + 1, sizeof *order);
    sqlite3_stmt *statement = NULL;
    uint32_t number = 0;
    enum status status = order != NULL ? STATUS_OK : fail_nomem(why);

    if (status == STATUS_OK) {
        memcpy(order, all->texts, all->count * sizeof *order);
        qsort(order, all->count, sizeof *order,
              texts->numbers == places_of ? compare_tuples : compare_views);
        status = sql_prepare(merge->out, texts->insert, &statement, why);
    }
    for (size_t i = 0; i < all->count && status == STATUS_OK; i++) {
        status = intern_put(written, order[i], &number, why);
        if (status == STATUS_OK)
            status = texts->write(merge, statement, order[i], (int64_t)number + 1, why);
    }
    sqlite3_finalize(statement);
    free(order);
    return status;
}

static enum status find_numbers(struct merge *merge, const struct texts *texts,
                                struct merge_source *source, struct fail *why)
{
    const struct intern *const written = dictionary_of(merge->out, texts);
    const size_t count = dictionary_of(source->store, texts)->count;
    uint32_t *const numbers = arena_array(&merge->arena, count + 1, sizeof *numbers);
    uint32_t tuple[LEVELS];

    if (numbers == NULL)
        return fail_nomem(why);
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = intern_find(written, text_of(source, texts, i, tuple));
    *texts->numbers(source) = numbers;
    return STATUS_OK;
}

static enum status merge_dictionary(struct merge *merge, const struct texts *texts,
                                    struct fail *why)
{
    struct intern all = {0};
    enum status status = gather(merge, texts, &all, why);

    if (status == STATUS_OK)
        status = write_sorted(merge, texts, &all, why);
    for (size_t s = 0; s < merge->source_count && status == STATUS_OK; s++)
        status = find_numbers(merge, texts, &merge->sources[s], why);
    intern_release(&all);
    return status;
}

enum status merge_texts(struct merge *merge, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT_OF(all_texts) && status == STATUS_OK; i++)
        status = merge_dictionary(merge, &all_texts[i], why);
    return status;
}
