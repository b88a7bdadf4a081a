#include "store/put_internal.h"

#include "base/grow.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>

/* The number of a text in its dictionary; *is_new when it must be written. */
static enum status number_of(struct intern *dictionary, struct view text, uint32_t *number,
                             bool *is_new, struct fail *why)
{
    const size_t before = dictionary->count;
    const enum status status = intern_put(dictionary, text, number, why);

    *is_new = dictionary->count > before;
    return status;
}

static enum status put_organisation(struct putting *putting, enum level level, struct view code,
                                    uint32_t *number)
{
    char key[LIMIT_CODE_BYTES + 2];
    bool is_new = false;
    const enum status status =
        number_of(&putting->store->dictionary.organisations,
                  organisation_key(level, code, key, sizeof key), number, &is_new, putting->why);

    if (status != STATUS_OK || !is_new)
        return status;
    sql_bind_number(putting->organisation, 1, (int64_t)*number + 1);
    sql_bind_string(putting->organisation, 2, level_text(level));
    sql_bind_text(putting->organisation, 3, code);
    return sql_do(putting->store, putting->organisation, putting->why);
}

static enum status write_membership(struct putting *putting, const uint32_t *tuple, uint32_t place)
{
    enum status status = STATUS_OK;

    for (int level = 0; level < LEVELS && status == STATUS_OK; level++) {
        if (tuple[level] == ORGANISATION_NONE)
            continue;
        sql_bind_number(putting->membership, 1, (int64_t)place + 1);
        sql_bind_number(putting->membership, 2, (int64_t)tuple[level] + 1);
        status = sql_do(putting->store, putting->membership, putting->why);
    }
    return status;
}

static enum status put_place(struct putting *putting, uint32_t place)
{
    const struct places *const places = &putting->cube->places;
    uint32_t tuple[LEVELS];
    bool is_new = false;
    enum status status = STATUS_OK;

    for (int at = 0; at < LEVELS && status == STATUS_OK; at++) {
        const enum level level = (enum level)at;
        const uint32_t number = place_organisation(places, place, level);

        tuple[at] = ORGANISATION_NONE;
        if (number != ORGANISATION_NONE)
            status = put_organisation(putting, level, organisation_code(places, level, number),
                                      &tuple[at]);
    }
    if (status == STATUS_OK)
        status = number_of(&putting->store->dictionary.places,
                           (struct view){(const char *)tuple, sizeof tuple},
                           &putting->places[place], &is_new, putting->why);
    return status == STATUS_OK && is_new ? write_membership(putting, tuple, putting->places[place])
                                         : status;
}

enum status put_presentation(struct putting *putting, struct view code, uint32_t *number)
{
    bool is_new = false;
    const enum status status =
        number_of(&putting->store->dictionary.presentations, code, number, &is_new, putting->why);

    if (status != STATUS_OK || !is_new)
        return status;
    sql_bind_number(putting->presentation, 1, (int64_t)*number + 1);
    sql_bind_text(putting->presentation, 2, code);
    return sql_do(putting->store, putting->presentation, putting->why);
}

struct growing_text {
    char *at;
    size_t length;
    size_t room;
    bool failed;
};

static void append(void *context, const char *bytes, size_t length)
{
    struct growing_text *const text = context;

    if (text->failed || !grow(&text->at, &text->room, text->length + length, 1)) {
        text->failed = true;
        return;
    }
    memcpy(text->at + text->length, bytes, length);
    text->length += length;
}

/* Names of the older extracts are Latin-1; what opens the store expects UTF-8, which is
 * also what outputs make of them. */
enum status put_name(struct putting *putting, struct view text, uint32_t *number)
{
    struct growing_text whole = {0};
    bool is_new = false;
    enum status status;

    utf8_write(text, append, &whole);
    status = whole.failed
                 ? fail_nomem(putting->why)
                 : number_of(&putting->store->dictionary.names,
                             (struct view){whole.at, whole.length}, number, &is_new, putting->why);
    if (status == STATUS_OK && is_new) {
        sql_bind_number(putting->name, 1, (int64_t)*number + 1);
        sql_bind_text(putting->name, 2, (struct view){whole.at, whole.length});
        status = sql_do(putting->store, putting->name, putting->why);
    }
    free(whole.at);
    return status;
}

static enum status put_dated_name(struct putting *putting, sqlite3_stmt *statement,
                                  int64_t complete, uint32_t number, const struct dated_name *name)
{
    uint32_t text = 0;
    int at = 1;
    enum status status;

    if (name->text.length == 0)
        return STATUS_OK;
    status = put_name(putting, name->text, &text);
    if (status != STATUS_OK)
        return status;
    sql_bind_number(statement, at++, putting->file->number);
    if (complete >= 0)
        sql_bind_number(statement, at++, complete);
    sql_bind_number(statement, at++, (int64_t)number + 1);
    sql_bind_number(statement, at++, (int64_t)text + 1);
    sql_bind_number(statement, at, name->month);
    return sql_do(putting->store, statement, putting->why);
}

enum status put_names(struct putting *putting, sqlite3_stmt *organisation_name,
                      sqlite3_stmt *presentation_name, int64_t complete)
{
    const struct cube *const cube = putting->cube;
    enum status status = STATUS_OK;

    for (int at = 0; at < LEVELS; at++) {
        const struct organisations *const all = &cube->places.levels[at];

        for (uint32_t i = 0; i < all->codes.count && status == STATUS_OK; i++) {
            uint32_t number = 0;

            status =
                put_organisation(putting, (enum level)at, intern_text(&all->codes, i), &number);
            if (status == STATUS_OK)
                status =
                    put_dated_name(putting, organisation_name, complete, number, &all->names[i]);
        }
    }
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        status = put_dated_name(putting, presentation_name, complete, putting->presentations[i],
                                &cube->names[i]);
    return status;
}

enum status put_numbers(struct putting *putting,
                        enum status (*put_code)(struct putting *putting, struct view code,
                                                uint32_t *number))
{
    const struct cube *const cube = putting->cube;
    enum status status = STATUS_OK;

    putting->places = calloc(places_count(&cube->places) + 1, sizeof *putting->places);
    putting->presentations = calloc(cube->codes.count + 1, sizeof *putting->presentations);
    if (putting->places == NULL || putting->presentations == NULL)
        status = fail_nomem(putting->why);
    for (uint32_t i = 0; i < places_count(&cube->places) && status == STATUS_OK; i++)
        status = put_place(putting, i);
    for (uint32_t i = 0; i < cube->codes.count && status == STATUS_OK; i++)
        status = put_code(putting, intern_text(&cube->codes, i), &putting->presentations[i]);
    return status;
}

void put_numbers_release(struct putting *putting)
{
    free(putting->places);
    free(putting->presentations);
}
