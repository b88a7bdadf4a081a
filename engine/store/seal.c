#include "store/store_internal.h"

#include <stdio.h>
#include <stdlib.h>

/* What a row of which table belongs to, and the order in which rows are sealed. */
struct sealed {
    const char *table;
    const char *owner; /* NULL: the table as a whole */
    const char *order;
};

static const struct sealed sealed[] = {
    {"scope", NULL, "scope"},
    {"addition", NULL, "addition"},
    {"file", NULL, "file"},
    {"part", NULL, "part"},
    {"organisation", NULL, "organisation"},
    {"membership", NULL, "place, organisation"},
    {"presentation", NULL, "presentation"},
    {"name", NULL, "name"},
    {"reject", "file", "number"},
    {"organisation_name", "file", "organisation"},
    {"presentation_name", "file", "presentation"},
    {"cell", "part", "place, presentation"},
    {"total", "part", "complete, place, substance"},
    {"total_organisation_name", "file", "complete, organisation"},
    {"total_substance_name", "file", "complete, substance"},
};

const char *const sealed_tables[] = {"scope",        "addition",   "file",         "part",
                                     "organisation", "membership", "presentation", "name"};
const size_t sealed_table_count = COUNT_OF(sealed_tables);

static void flush(struct sealer *sealer)
{
    if (sealer->status == STATUS_OK)
        sealer->status = sha256_add(sealer->sha256, sealer->bytes, sealer->used, &sealer->why);
    sealer->used = 0;
}

static void put(struct sealer *sealer, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;

    while (length > 0) {
        const size_t room = sizeof sealer->bytes - sealer->used;
        const size_t now = length < room ? length : room;

        memcpy(sealer->bytes + sealer->used, at, now);
        sealer->used += now;
        at += now;
        length -= now;
        if (sealer->used == sizeof sealer->bytes)
            flush(sealer);
    }
}

/* A letter and eight bytes, the lowest first whatever the machine; straight into the room, since
 * that is all of most rows. */
static void put_number(struct sealer *sealer, char kind, uint64_t number)
{
    unsigned char *at;

    if (sizeof sealer->bytes - sealer->used < 9)
        flush(sealer);
    at = sealer->bytes + sealer->used;
    *at++ = (unsigned char)kind;
    for (int i = 0; i < 8; i++)
        at[i] = (unsigned char)(number >> (8 * i));
    sealer->used += 9;
}

enum status sealer_begin(struct sealer *sealer, struct fail *why)
{
    sealer->status = STATUS_OK;
    sealer->used = 0;
    sealer->sha256 = sha256_new();
    return sealer->sha256 != NULL ? STATUS_OK : fail_nomem(why);
}

void sealer_number(struct sealer *sealer, int64_t number)
{
    put_number(sealer, 'i', (uint64_t)number);
}

void sealer_text(struct sealer *sealer, struct view text)
{
    put_number(sealer, 't', text.length);
    put(sealer, text.at, text.length);
}

static void sealer_row(struct sealer *sealer, sqlite3_stmt *statement)
{
    const int columns = sqlite3_column_count(statement);

    for (int i = 0; i < columns; i++) {
        const int type = sqlite3_column_type(statement, i);

        if (type == SQLITE_INTEGER)
            sealer_number(sealer, sqlite3_column_int64(statement, i));
        else if (type == SQLITE_NULL)
            put_number(sealer, 'n', 0);
        else
            sealer_text(sealer, sql_text(statement, i));
    }
}

enum status sealer_end(struct sealer *sealer, char out[SHA256_TEXT], struct fail *why)
{
    enum status status;

    flush(sealer);
    status = sealer->status;
    if (status == STATUS_OK)
        status = sha256_end(sealer->sha256, out, why);
    else
        *why = sealer->why;
    sha256_free(sealer->sha256);
    sealer->sha256 = NULL;
    return status;
}

static enum status prepare_owned(struct store *store, const char *text, const char *table,
                                 int64_t owner, sqlite3_stmt **statement, struct fail *why)
{
    const enum status status = sql_prepare(store, text, statement, why);

    if (status != STATUS_OK)
        return status;
    sql_bind_string(*statement, 1, table);
    sql_bind_number(*statement, 2, owner);
    return STATUS_OK;
}

static enum status seal_compare(struct store *store, const char *table, int64_t owner,
                                const char *sha256, struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    bool more = false;
    bool same = false;
    char text[128];
    enum status status =
        prepare_owned(store, "SELECT sha256 FROM seal WHERE \"table\" = ? AND owner = ?", table,
                      owner, &statement, why);

    if (status == STATUS_OK)
        status = sql_step(store, statement, &more, why);
    if (status == STATUS_OK && more)
        same = view_is(sql_text(statement, 0), sha256);
    sqlite3_finalize(statement);
    if (status != STATUS_OK || same)
        return status;
    snprintf(text, sizeof text, "the rows of the table %s (%lld) are not those that were written",
             table, (long long)owner);
    return sql_damaged(store, text, why);
}

enum status seal_keep(struct store *store, const char *table, int64_t owner, const char *sha256,
                      struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    enum status status = prepare_owned(store, "INSERT OR REPLACE INTO seal VALUES (?, ?, ?)", table,
                                       owner, &statement, why);

    if (status == STATUS_OK) {
        sql_bind_string(statement, 3, sha256);
        status = sql_do(store, statement, why);
    }
    sqlite3_finalize(statement);
    return status;
}

enum status seal_drop(struct store *store, const char *table, int64_t owner, struct fail *why)
{
    sqlite3_stmt *statement = NULL;
    enum status status = prepare_owned(store, "DELETE FROM seal WHERE \"table\" = ? AND owner = ?",
                                       table, owner, &statement, why);

    if (status == STATUS_OK)
        status = sql_do(store, statement, why);
    sqlite3_finalize(statement);
    return status;
}

/* By the key only: another order would need a sort, and an index is not to be trusted. */
static enum status seal_select(struct store *store, const char *table, int64_t owner,
                               sqlite3_stmt **statement, struct fail *why)
{
    const struct sealed *rule = sealed;
    char text[256];
    enum status status;

    while (strcmp(rule->table, table) != 0)
        rule++;
    snprintf(text, sizeof text, "SELECT * FROM %s%s%s%s ORDER BY %s", table,
             rule->owner != NULL ? " WHERE " : "", rule->owner != NULL ? rule->owner : "",
             rule->owner != NULL ? " = ?1" : "", rule->order);
    status = sql_prepare(store, text, statement, why);
    if (status == STATUS_OK && rule->owner != NULL)
        sql_bind_number(*statement, 1, owner);
    return status;
}

/* What is read, and to whom it is given: to one of the two, or to none. */
struct row_reading {
    seal_reader *each;
    seal_number_reader *numbers;
    void *context;
};

/* A value that is no number is not what was written, and the seal will tell: as a number it
 * differs from it, or is the same. */
static enum status take_numbers(const struct row_reading *reading, struct sealer *sealer,
                                sqlite3_stmt *statement, struct fail *why)
{
    const int columns = sqlite3_column_count(statement);
    int64_t numbers[SEAL_NUMBERS];

    for (int i = 0; i < columns && i < SEAL_NUMBERS; i++) {
        numbers[i] = sqlite3_column_int64(statement, i);
        sealer_number(sealer, numbers[i]);
    }
    return reading->numbers(reading->context, numbers, why);
}

static enum status take_row(const struct row_reading *reading, struct sealer *sealer,
                            sqlite3_stmt *statement, struct fail *why)
{
    if (reading->numbers != NULL)
        return take_numbers(reading, sealer, statement, why);
    sealer_row(sealer, statement);
    return reading->each != NULL ? reading->each(reading->context, statement, why) : STATUS_OK;
}

static enum status read_rows(struct store *store, const char *table, int64_t owner,
                             const struct row_reading *reading, char sha256[SHA256_TEXT],
                             struct fail *why)
{
    struct sealer *const sealer = malloc(sizeof *sealer);
    sqlite3_stmt *statement = NULL;
    bool more = true;
    enum status status = sealer != NULL ? sealer_begin(sealer, why) : fail_nomem(why);
    enum status end;

    if (status != STATUS_OK) {
        free(sealer);
        return status;
    }
    status = seal_select(store, table, owner, &statement, why);
    while (status == STATUS_OK && more) {
        status = sql_step(store, statement, &more, why);
        if (status == STATUS_OK && more)
            status = take_row(reading, sealer, statement, why);
    }
    sqlite3_finalize(statement);
    end = sealer_end(sealer, sha256, status == STATUS_OK ? why : &sealer->why);
    free(sealer);
    return status == STATUS_OK ? end : status;
}

static enum status read_and_compare(struct store *store, const char *table, int64_t owner,
                                    const struct row_reading *reading, struct fail *why)
{
    char sha256[SHA256_TEXT];
    const enum status status = read_rows(store, table, owner, reading, sha256, why);

    return status == STATUS_OK ? seal_compare(store, table, owner, sha256, why) : status;
}

enum status seal_make(struct store *store, const char *table, int64_t owner, struct fail *why)
{
    const struct row_reading none = {NULL, NULL, NULL};
    char sha256[SHA256_TEXT];
    const enum status status = read_rows(store, table, owner, &none, sha256, why);

    return status == STATUS_OK ? seal_keep(store, table, owner, sha256, why) : status;
}

enum status seal_read(struct store *store, const char *table, int64_t owner, seal_reader *each,
                      void *context, struct fail *why)
{
    return read_and_compare(store, table, owner, &(struct row_reading){each, NULL, context}, why);
}

enum status seal_read_numbers(struct store *store, const char *table, int64_t owner,
                              seal_number_reader *each, void *context, struct fail *why)
{
    return read_and_compare(store, table, owner, &(struct row_reading){NULL, each, context}, why);
}

enum status seal_check(struct store *store, const char *table, int64_t owner, struct fail *why)
{
    return seal_read(store, table, owner, NULL, NULL, why);
}
