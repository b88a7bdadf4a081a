#include "store/store_internal.h"

#include "base/grow.h"
#include "base/limits.h"

#include <stdlib.h>

static const char *part_state_text(enum part_state state)
{
    static const char *const texts[] = {
#define X(name, text) text,
        PART_STATE_LIST(X)
#undef X
    };

    return texts[state];
}

bool store_is_passed(const struct store_file *file, const struct store_part *part)
{
    return part->state == PART_REPLACED && part->replaced_by < file->number;
}

struct view organisation_key(enum level level, struct view code, char *out, size_t size)
{
    const size_t length = code.length < size - 1 ? code.length : size - 1;

    out[0] = (char)('0' + (int)level);
    if (length > 0)
        memcpy(out + 1, code.at, length);
    return (struct view){out, length + 1};
}

static bool find_level(struct view text, enum level *level)
{
    for (int i = 0; i < LEVELS; i++)
        if (view_is(text, level_text((enum level)i))) {
            *level = (enum level)i;
            return true;
        }
    return false;
}

/* Numbers run from 1 without a gap, so that a text's number is its place in the table. */
static enum status put_text(struct store *store, struct intern *into, sqlite3_stmt *statement,
                            struct view text, struct fail *why)
{
    uint32_t number = 0;
    const enum status status = intern_put(into, text, &number, why);

    if (status != STATUS_OK)
        return status;
    return sqlite3_column_int64(statement, 0) == (int64_t)number + 1 && number + 1 == into->count
               ? STATUS_OK
               : sql_damaged(store, "the numbers of a table are not in order", why);
}

static enum status read_organisation(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct store *const store = context;
    char key[LIMIT_CODE_BYTES + 2];
    enum level level;

    if (!find_level(sql_text(statement, 1), &level))
        return sql_damaged(store, "an organisation has no level that is known", why);
    return put_text(store, &store->dictionary.organisations, statement,
                    organisation_key(level, sql_text(statement, 2), key, sizeof key), why);
}

static enum status read_presentation(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct store *const store = context;

    return put_text(store, &store->dictionary.presentations, statement, sql_text(statement, 1),
                    why);
}

static enum status read_name(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct store *const store = context;

    return put_text(store, &store->dictionary.names, statement, sql_text(statement, 1), why);
}

/* Rows of membership in the order of places: one place after the other. */
struct place_reading {
    struct store *store;
    int64_t place;
    uint32_t tuple[LEVELS];
};

static enum status end_place(struct place_reading *reading, struct fail *why)
{
    struct store *const store = reading->store;
    uint32_t number = 0;
    enum status status;

    if (reading->place == 0)
        return STATUS_OK;
    status = intern_put(&store->dictionary.places,
                        (struct view){(const char *)reading->tuple, sizeof reading->tuple}, &number,
                        why);
    if (status == STATUS_OK && (int64_t)number + 1 != reading->place)
        return sql_damaged(store, "the numbers of the places are not in order", why);
    return status;
}

static enum status read_membership(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct place_reading *const reading = context;
    const struct intern *const organisations = &reading->store->dictionary.organisations;
    const int64_t place = sqlite3_column_int64(statement, 0);
    const int64_t organisation = sqlite3_column_int64(statement, 1);
    enum status status = STATUS_OK;

    if (place != reading->place) {
        status = end_place(reading, why);
        reading->place = place;
        memset(reading->tuple, 0xff, sizeof reading->tuple);
    }
    if (status != STATUS_OK)
        return status;
    if (organisation < 1 || organisation > (int64_t)organisations->count)
        return sql_damaged(reading->store, "a place has an organisation that is not there", why);
    reading->tuple[intern_text(organisations, (uint32_t)organisation - 1).at[0] - '0'] =
        (uint32_t)organisation - 1;
    return STATUS_OK;
}

static enum status read_addition(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct store *const store = context;
    struct store_addition *addition;

    if (!grow(&store->additions, &store->addition_room, store->addition_count + 1,
              sizeof *store->additions))
        return fail_nomem(why);
    addition = &store->additions[store->addition_count++];
    *addition = (struct store_addition){
        .number = sqlite3_column_int64(statement, 0),
        .sha256 = sql_copy(store, statement, 1),
        .bytes = (uint64_t)sqlite3_column_int64(statement, 2),
        .added = sql_copy(store, statement, 3),
        .program = sql_copy(store, statement, 4),
        .rules = sql_copy(store, statement, 5),
        .rules_sha256 = sql_copy(store, statement, 6),
        .scope = sql_copy(store, statement, 7), /* its number, as text */
        .reject_limit.least = (uint64_t)sqlite3_column_int64(statement, 8),
        .reject_limit.per_million = (uint64_t)sqlite3_column_int64(statement, 9),
        .replace = sqlite3_column_int64(statement, 10) != 0,
        .keep_going = sqlite3_column_int64(statement, 11) != 0,
    };
    return addition->sha256 != NULL && addition->added != NULL && addition->program != NULL &&
                   addition->rules != NULL && addition->rules_sha256 != NULL &&
                   addition->scope != NULL
               ? STATUS_OK
               : fail_nomem(why);
}

static enum status read_scope(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct store *const store = context;
    const char *const text = sql_copy(store, statement, 1);

    if (text == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < store->addition_count; i++)
        if (view_equal(view_of(store->additions[i].scope), sql_text(statement, 0)))
            store->additions[i].scope = text;
    return STATUS_OK;
}

static enum status find_addition(struct store *store, int64_t number, size_t *at, struct fail *why)
{
    for (*at = 0; *at < store->addition_count; ++*at)
        if (store->additions[*at].number == number)
            return STATUS_OK;
    return sql_damaged(store, "a file has no record of its addition", why);
}

static enum status read_file(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct store *const store = context;
    struct store_file *file;

    if (!grow(&store->files, &store->file_room, store->file_count + 1, sizeof *store->files))
        return fail_nomem(why);
    file = &store->files[store->file_count++];
    *file = (struct store_file){
        .number = sqlite3_column_int64(statement, 0),
        .name = sql_copy(store, statement, 2),
        .companion = sqlite3_column_int64(statement, 3) != 0,
        .extract = sql_copy(store, statement, 4),
        .era = sql_copy(store, statement, 5),
        .group = sql_copy(store, statement, 6),
        .summary.rows_read = (uint64_t)sqlite3_column_int64(statement, 7),
        .summary.rows_kept = (uint64_t)sqlite3_column_int64(statement, 8),
        .summary.rows_out_of_scope = (uint64_t)sqlite3_column_int64(statement, 9),
        .summary.items = sqlite3_column_int64(statement, 10),
        .summary.actual_cost = sqlite3_column_int64(statement, 11),
        .summary.unknown_costs = (uint64_t)sqlite3_column_int64(statement, 12),
        .summary.last_line_open = sqlite3_column_int64(statement, 13) != 0,
        .series = sql_copy(store, statement, 14),
        .summary.returns = (uint64_t)sqlite3_column_int64(statement, 15),
        .has_totals = sqlite3_column_int64(statement, 16) != 0,
    };
    if (file->name == NULL || file->extract == NULL || file->era == NULL || file->group == NULL ||
        file->series == NULL)
        return fail_nomem(why);
    if (!notes_read(&file->summary.notes, sql_text(statement, 17)))
        return sql_damaged(store, "the notes of a file cannot be read", why);
    return find_addition(store, sqlite3_column_int64(statement, 1), &file->addition, why);
}

static enum status add_part(struct store *store, struct store_file *file,
                            const struct store_part *part, struct fail *why)
{
    struct extract_summary *const summary = &file->summary;
    size_t room = summary->month_count;

    if (!grow(&summary->months, &summary->month_room, summary->month_count + 1,
              sizeof *summary->months) ||
        !grow(&file->parts, &room, summary->month_count + 1, sizeof *file->parts))
        return fail_nomem(why);
    summary->months[summary->month_count] = (struct month_rows){part->month, part->rows_read};
    file->parts[summary->month_count++] = *part;
    store->part_count++;
    return STATUS_OK;
}

static enum part_state find_state(struct view text)
{
    int state = 0;

    while (state < PART_STATES && !view_is(text, part_state_text((enum part_state)state)))
        state++;
    return (enum part_state)state;
}

static enum status read_part(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct store *const store = context;
    const int64_t number = sqlite3_column_int64(statement, 1);
    const struct store_part part = {
        .number = sqlite3_column_int64(statement, 0),
        .month = (month_t)sqlite3_column_int64(statement, 2),
        .rows_read = (uint64_t)sqlite3_column_int64(statement, 3),
        .cells = (uint64_t)sqlite3_column_int64(statement, 4),
        .sums = {.rows = (uint64_t)sqlite3_column_int64(statement, 5),
                 .items = sqlite3_column_int64(statement, 6),
                 .quantity = sqlite3_column_int64(statement, 7),
                 .nic = sqlite3_column_int64(statement, 8),
                 .actual_cost = sqlite3_column_int64(statement, 9)},
        .state = find_state(sql_text(statement, 10)),
        .replaced_by = sqlite3_column_int64(statement, 12),
        .ended = sql_copy(store, statement, 11),
    };

    if (part.ended == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < store->file_count && part.state != PART_STATES; i++)
        if (store->files[i].number == number)
            return add_part(store, &store->files[i], &part, why);
    return sql_damaged(store, "a part has no file", why);
}

struct reject_reading {
    struct store *store;
    struct rejects *rejects;
};

static enum status read_reject(void *context, sqlite3_stmt *statement, struct fail *why)
{
    struct reject_reading *const reading = context;
    char column[256];
    const struct view name = sql_text(statement, 4);
    struct reject reject = {
        .line = (uint64_t)sqlite3_column_int64(statement, 2),
        .column = column,
        .text = sql_text(statement, 5),
    };
    int reason = 0;

    while (reason < REJECT_REASONS &&
           !view_is(sql_text(statement, 3), reject_id((enum reject_reason)reason)))
        reason++;
    if (reason == REJECT_REASONS || name.length >= sizeof column)
        return sql_damaged(reading->store, "a rejected row has no reason that is known", why);
    reject.reason = (enum reject_reason)reason;
    memcpy(column, name.at, name.length);
    column[name.length] = '\0';
    return rejects_add(reading->rejects, &reject, why);
}

static enum status read_rejects(struct store *store, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < store->file_count && status == STATUS_OK; i++) {
        struct reject_reading reading = {store, &store->files[i].summary.rejects};

        status = seal_read(store, "reject", store->files[i].number, read_reject, &reading, why);
    }
    return status;
}

static enum status read_dictionary(struct store *store, struct fail *why)
{
    struct place_reading places = {.store = store};
    enum status status = seal_read(store, "organisation", 0, read_organisation, store, why);

    if (status == STATUS_OK)
        status = seal_read(store, "membership", 0, read_membership, &places, why);
    if (status == STATUS_OK)
        status = end_place(&places, why);
    if (status == STATUS_OK)
        status = seal_read(store, "presentation", 0, read_presentation, store, why);
    return status == STATUS_OK ? seal_read(store, "name", 0, read_name, store, why) : status;
}

enum status accounts_read(struct store *store, struct fail *why)
{
    enum status status;

    accounts_release(store);
    status = read_dictionary(store, why);
    if (status == STATUS_OK)
        status = seal_read(store, "addition", 0, read_addition, store, why);
    if (status == STATUS_OK)
        status = seal_read(store, "scope", 0, read_scope, store, why);
    if (status == STATUS_OK)
        status = seal_read(store, "file", 0, read_file, store, why);
    if (status == STATUS_OK)
        status = seal_read(store, "part", 0, read_part, store, why);
    return status == STATUS_OK ? read_rejects(store, why) : status;
}

void accounts_release(struct store *store)
{
    for (size_t i = 0; i < store->file_count; i++) {
        rejects_release(&store->files[i].summary.rejects);
        free(store->files[i].summary.months);
        free(store->files[i].parts);
    }
    free(store->files);
    free(store->additions);
    intern_release(&store->dictionary.organisations);
    intern_release(&store->dictionary.places);
    intern_release(&store->dictionary.presentations);
    intern_release(&store->dictionary.names);
    arena_release(&store->arena);
    store->files = NULL;
    store->additions = NULL;
    store->file_count = store->file_room = 0;
    store->addition_count = store->addition_room = 0;
    store->part_count = 0;
}
