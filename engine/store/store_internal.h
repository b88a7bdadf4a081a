#ifndef STORE_STORE_INTERNAL_H
#define STORE_STORE_INTERNAL_H

/* Between the files of this folder. */

#include "store/store.h"

#include "stream/sha256.h"

#include <sqlite3.h>

/* Codes and names by their number in the database less one. */
struct dictionary {
    struct intern organisations; /* level number, then the code */
    struct intern places;        /* uint32_t[LEVELS] of organisations */
    struct intern presentations;
    struct intern names;
};

struct store {
    sqlite3 *base;
    char *path;
    enum store_mode mode;
    bool begun;
    struct arena arena; /* of the accounts */
    struct dictionary dictionary;
    struct store_addition *additions;
    size_t addition_count;
    size_t addition_room;
    struct store_file *files;
    size_t file_count;
    size_t file_room;
    size_t part_count; /* of all files */
};

/* --- store.c --------------------------------------------------------------------- */

/* The steps behind version `from`; 0: all. */
MUST_USE
enum status schema_make(struct store *store, size_t from, struct fail *why);

/* --- sql.c: one way to call SQLite and to tell what went wrong ------------------- */

/* What SQLite says now, as one of our statuses with a sentence. */
enum status sql_fail(const struct store *store, struct fail *why);

MUST_USE
enum status sql_run(struct store *store, const char *text, struct fail *why);

/* A number that a PRAGMA or SELECT gives. */
MUST_USE
enum status sql_number(struct store *store, const char *text, int64_t *number, struct fail *why);

/* A statement; sqlite3_finalize(NULL) does nothing. */
MUST_USE
enum status sql_prepare(struct store *store, const char *text, sqlite3_stmt **statement,
                        struct fail *why);

/* *more is true when there is a row. */
MUST_USE
enum status sql_step(struct store *store, sqlite3_stmt *statement, bool *more, struct fail *why);

/* Runs an INSERT, UPDATE or DELETE whose values are bound, and makes it ready again. */
MUST_USE
enum status sql_do(struct store *store, sqlite3_stmt *statement, struct fail *why);

void sql_bind_text(sqlite3_stmt *statement, int at, struct view text);
void sql_bind_string(sqlite3_stmt *statement, int at, const char *text);
void sql_bind_number(sqlite3_stmt *statement, int at, int64_t number);
struct view sql_text(sqlite3_stmt *statement, int column);

/* A copy in the arena of the accounts; NULL when memory is out. */
const char *sql_copy(struct store *store, sqlite3_stmt *statement, int column);

/* What is there is not what was written. */
enum status sql_damaged(const struct store *store, const char *what, struct fail *why);

/* --- seal.c ---------------------------------------------------------------------- */

/* Whole tables under one seal; the others are sealed by part or file. */
extern const char *const sealed_tables[];
extern const size_t sealed_table_count;

/* A seal in the making: the values of rows, in the order of their key. */
struct sealer {
    struct sha256 *sha256;
    enum status status;
    struct fail why;
    size_t used;
    unsigned char bytes[16 * 1024];
};

MUST_USE
enum status sealer_begin(struct sealer *sealer, struct fail *why);
void sealer_number(struct sealer *sealer, int64_t number);
void sealer_text(struct sealer *sealer, struct view text);
MUST_USE
enum status sealer_end(struct sealer *sealer, char out[SHA256_TEXT], struct fail *why);

MUST_USE
enum status seal_keep(struct store *store, const char *table, int64_t owner, const char *sha256,
                      struct fail *why);
MUST_USE
enum status seal_drop(struct store *store, const char *table, int64_t owner, struct fail *why);

/* Makes or compares the seal of the rows of a table, or of one owner in it, in the order of its
 * key. */
MUST_USE
enum status seal_make(struct store *store, const char *table, int64_t owner, struct fail *why);
MUST_USE
enum status seal_check(struct store *store, const char *table, int64_t owner, struct fail *why);

/* The same for rows of numbers alone: each is read once, for the seal and for the reader. */
#define SEAL_NUMBERS 10
typedef enum status seal_number_reader(void *context, const int64_t *numbers, struct fail *why);
MUST_USE
enum status seal_read_numbers(struct store *store, const char *table, int64_t owner,
                              seal_number_reader *each, void *context, struct fail *why);

/* Calls each for every such row, and then compares the seal. */
typedef enum status seal_reader(void *context, sqlite3_stmt *statement, struct fail *why);
MUST_USE
enum status seal_read(struct store *store, const char *table, int64_t owner, seal_reader *each,
                      void *context, struct fail *why);

/* --- accounts.c ------------------------------------------------------------------- */

/* Reads dictionary, additions, files and parts, each against its seal. */
MUST_USE
enum status accounts_read(struct store *store, struct fail *why);
void accounts_release(struct store *store);

/* --- put_account.c: rows of addition, scope and file ------------------------------------- */
MUST_USE
enum status account_put_scope(struct store *store, const char *text, int64_t *number,
                              struct fail *why);
MUST_USE
enum status account_insert_addition(struct store *store, int64_t number, int64_t scope,
                                    const struct store_addition *addition, struct fail *why);
MUST_USE
enum status account_insert_file(struct store *store, int64_t addition,
                                const struct store_file *file, struct fail *why);

/* The key of an organisation in the dictionary, in out (LIMIT_CODE_BYTES + 2 at least). */
struct view organisation_key(enum level level, struct view code, char *out, size_t size);

#endif
