#include "store/merge_internal.h"

#include "base/grow.h"

#include <stdlib.h>

/* What a column of a copied table is: a number that becomes that of the result, or a value. */
enum column { OWNER, PLACE, PRESENTATION, ORGANISATION, NAME, VALUE };

#define MOST_COLUMNS 10

struct copied {
    const char *table;
    int columns;
    int key; /* columns of its key, the first ones */
    enum column kinds[MOST_COLUMNS];
    const char *insert;
};

static const struct copied cells = {
    "cell",
    9,
    3,
    {OWNER, PLACE, PRESENTATION, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE},
    "INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const struct copied totals = {
    "total",
    10,
    4,
    {OWNER, VALUE, PLACE, NAME, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE},
    "INSERT INTO total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const struct copied names[] = {
    {"organisation_name",
     4,
     2,
     {OWNER, ORGANISATION, NAME, VALUE},
     "INSERT INTO organisation_name VALUES (?, ?, ?, ?)"},
    {"presentation_name",
     4,
     2,
     {OWNER, PRESENTATION, NAME, VALUE},
     "INSERT INTO presentation_name VALUES (?, ?, ?, ?)"},
};
static const struct copied total_names[] = {
    {"total_organisation_name",
     5,
     3,
     {OWNER, VALUE, ORGANISATION, NAME, VALUE},
     "INSERT INTO total_organisation_name VALUES (?, ?, ?, ?, ?)"},
    {"total_substance_name",
     5,
     3,
     {OWNER, VALUE, NAME, NAME, VALUE},
     "INSERT INTO total_substance_name VALUES (?, ?, ?, ?, ?)"},
};

/* The rows of one owner on their way: read against their seal, sorted by their new key, written. */
struct copying {
    struct merge *merge;
    const struct merge_source *source;
    const struct copied *what;
    int64_t owner; /* in the result */
    int64_t (*rows)[MOST_COLUMNS];
    size_t count;
    size_t room;
};

static bool renumber(const uint32_t *numbers, size_t count, int64_t *number)
{
    if (*number < 1 || (uint64_t)*number > count)
        return false;
    *number = (int64_t)numbers[*number - 1] + 1;
    return true;
}

static bool translate(const struct copying *copying, enum column kind, int64_t *number)
{
    const struct merge_source *const source = copying->source;
    const struct dictionary *const known = &source->store->dictionary;

    switch (kind) {
    case OWNER:
        *number = copying->owner;
        return true;
    case PLACE:
        return renumber(source->places, known->places.count, number);
    case PRESENTATION:
        return renumber(source->presentations, known->presentations.count, number);
    case ORGANISATION:
        return renumber(source->organisations, known->organisations.count, number);
    case NAME:
        return renumber(source->names, known->names.count, number);
    default:
        return true;
    }
}

static enum status take_row(void *context, const int64_t *numbers, struct fail *why)
{
    struct copying *const copying = context;
    int64_t *row;

    if (!grow(&copying->rows, &copying->room, copying->count + 1, sizeof *copying->rows))
        return fail_nomem(why);
    row = copying->rows[copying->count++];
    for (int i = 0; i < copying->what->columns; i++) {
        row[i] = numbers[i];
        if (!translate(copying, copying->what->kinds[i], &row[i]))
            return sql_damaged(copying->source->store,
                               "a row names a code or name that is not there", why);
    }
    return STATUS_OK;
}

/* No table has more than four columns in its key, and the first is the same in all rows. */
static int compare_rows(const void *a, const void *b)
{
    const int64_t *const one = a;
    const int64_t *const other = b;

    for (int i = 1; i < 4; i++)
        if (one[i] != other[i])
            return one[i] < other[i] ? -1 : 1;
    return 0;
}

static enum status write_rows(struct copying *copying, struct fail *why)
{
    struct store *const out = copying->merge->out;
    sqlite3_stmt *statement = NULL;
    enum status status = sql_prepare(out, copying->what->insert, &statement, why);

    qsort(copying->rows, copying->count, sizeof *copying->rows, compare_rows);
    for (size_t i = 0; i < copying->count && status == STATUS_OK; i++) {
        for (int c = 0; c < copying->what->columns; c++)
            sql_bind_number(statement, c + 1, copying->rows[i][c]);
        status = sql_do(out, statement, why);
    }
    sqlite3_finalize(statement);
    return status == STATUS_OK ? seal_make(out, copying->what->table, copying->owner, why) : status;
}

/* part  whose sums the rows must come to; NULL for rows that are no sums of a part */
static enum status copy_rows(struct merge *merge, size_t source, const struct copied *what,
                             int64_t from, int64_t to, const struct store_part *part,
                             struct fail *why)
{
    struct copying copying = {
        .merge = merge, .source = &merge->sources[source], .what = what, .owner = to};
    enum status status =
        seal_read_numbers(copying.source->store, what->table, from, take_row, &copying, why);

    if (status == STATUS_OK && part != NULL && copying.count != part->cells)
        status = sql_damaged(copying.source->store,
                             "the sums of a month are not what its file came to", why);
    if (status == STATUS_OK && copying.count > 0)
        status = write_rows(&copying, why);
    else if (status == STATUS_OK)
        status = seal_make(merge->out, what->table, to, why);
    free(copying.rows);
    return status;
}

/* --- accounts -------------------------------------------------------------------------------- */

struct reject_copying {
    struct merge *merge;
    sqlite3_stmt *statement;
    int64_t file;
};

static enum status copy_reject(void *context, sqlite3_stmt *from, struct fail *why)
{
    struct reject_copying *const copying = context;

    sql_bind_number(copying->statement, 1, copying->file);
    for (int i = 1; i < 6; i++)
        sqlite3_bind_value(copying->statement, i + 1, sqlite3_column_value(from, i));
    return sql_do(copying->merge->out, copying->statement, why);
}

static enum status copy_rejects(struct merge *merge, size_t source, int64_t from, int64_t to,
                                struct fail *why)
{
    struct reject_copying copying = {.merge = merge, .file = to};
    enum status status = sql_prepare(merge->out, "INSERT INTO reject VALUES (?, ?, ?, ?, ?, ?)",
                                     &copying.statement, why);

    if (status == STATUS_OK)
        status =
            seal_read(merge->sources[source].store, "reject", from, copy_reject, &copying, why);
    sqlite3_finalize(copying.statement);
    return status == STATUS_OK ? seal_make(merge->out, "reject", to, why) : status;
}

static const char *state_text(enum part_state state)
{
    return state == PART_KEPT ? "kept" : state == PART_REPLACED ? "replaced" : "removed";
}

static enum status insert_part(struct merge *merge, const struct merge_part *part, int64_t file,
                               const struct store_part *from, struct fail *why)
{
    const char *const ended = merge_part_ended(merge, part);
    const int64_t values[] = {part->number,         file,
                              from->month,          (int64_t)from->rows_read,
                              (int64_t)from->cells, (int64_t)from->sums.rows,
                              from->sums.items,     from->sums.quantity,
                              from->sums.nic,       from->sums.actual_cost};
    sqlite3_stmt *statement = NULL;
    enum status status =
        sql_prepare(merge->out, "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    &statement, why);

    for (size_t i = 0; i < COUNT_OF(values) && status == STATUS_OK; i++)
        sql_bind_number(statement, (int)i + 1, values[i]);
    if (status == STATUS_OK) {
        sql_bind_string(statement, 11, state_text(part->state));
        if (ended != NULL)
            sql_bind_string(statement, 12, ended);
        if (part->state == PART_REPLACED)
            sql_bind_number(statement, 13,
                            merge->entries[part->by_entry].first_file + (int64_t)part->by_file);
        status = sql_do(merge->out, statement, why);
    }
    sqlite3_finalize(statement);
    return status;
}

/* --- members and entries --------------------------------------------------------------------- */

static enum status copy_part(struct merge *merge, const struct merge_part *part, int64_t file,
                             struct fail *why)
{
    const struct store_file *const shown = merge_part_file(merge, part);
    const struct merge_instance *const live = part->live;
    const struct store_part *from = &shown->parts[part->month];
    enum status status = insert_part(merge, part, file, from, why);

    if (status != STATUS_OK || live == NULL)
        return status;
    from = &merge_file(merge, live, part->file)->parts[part->month];
    status = copy_rows(merge, live->source, &cells, from->number, part->number, from, why);
    if (status == STATUS_OK && shown->has_totals)
        status = copy_rows(merge, live->source, &totals, from->number, part->number, NULL, why);
    sqlite3_db_release_memory(merge->sources[live->source].store->base);
    return status;
}

static enum status copy_names(struct merge *merge, const struct merge_entry *entry, size_t member,
                              struct fail *why)
{
    const struct store_file *const file = merge_file(merge, entry->shown, member);
    const int64_t to = entry->first_file + (int64_t)member;
    const size_t source = entry->shown->source;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < COUNT_OF(names) && status == STATUS_OK; i++)
        status = copy_rows(merge, source, &names[i], file->number, to, NULL, why);
    for (size_t i = 0; i < COUNT_OF(total_names) && status == STATUS_OK && file->has_totals; i++)
        status = copy_rows(merge, source, &total_names[i], file->number, to, NULL, why);
    return status;
}

static enum status copy_member(struct merge *merge, const struct merge_entry *entry, size_t member,
                               struct merge_part **part, int64_t addition, struct fail *why)
{
    const struct store_file *const from = merge_file(merge, entry->shown, member);
    struct store_file file = *from;
    enum status status;

    file.number = entry->first_file + (int64_t)member;
    status = account_insert_file(merge->out, addition, &file, why);
    if (status == STATUS_OK)
        status = copy_rejects(merge, entry->shown->source, from->number, file.number, why);
    for (size_t m = 0; m < file.summary.month_count && status == STATUS_OK; m++)
        status = copy_part(merge, (*part)++, file.number, why);
    if (status == STATUS_OK && !file.companion)
        status = copy_names(merge, entry, member, why);
    return status;
}

static enum status copy_entry(struct merge *merge, size_t at, struct fail *why)
{
    const struct merge_entry *const entry = &merge->entries[at];
    const struct store_addition *const addition = merge_addition(merge, entry->shown);
    struct merge_part *part = &merge->parts[entry->first_part];
    int64_t scope = 0;
    enum status status = account_put_scope(merge->out, addition->scope, &scope, why);

    if (status == STATUS_OK)
        status = account_insert_addition(merge->out, (int64_t)at + 1, scope, addition, why);
    for (size_t i = 0; i < entry->shown->file_count && status == STATUS_OK; i++)
        status = copy_member(merge, entry, i, &part, (int64_t)at + 1, why);
    return status;
}

enum status merge_rows(struct merge *merge, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < merge->entry_count && status == STATUS_OK; i++)
        status = copy_entry(merge, i, why);
    return status;
}
