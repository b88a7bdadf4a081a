#ifndef RULES_JSON_H
#define RULES_JSON_H

/* Strict reading of rule files.  A table of fields says what an object holds;
 * unknown and repeated keys, wrong types, missing keys, values out of their form
 * and unknown ids are faults, each with its file, line and path, as in
 *     products/inhalers.json:12: /products/3/codes/0 (ventolin-100-evohaler): not a BNF code
 * Reading goes on after a fault, so that an author sees all of them at once.
 * cJSON parses; what it lets pass (trailing text, duplicate keys, numbers as
 * doubles, zero characters) is refused here.  Only this folder sees JSON. */

#include "base/arena.h"
#include "base/decimal.h"
#include "base/fail.h"
#include "base/month.h"
#include "rules/faults.h"

#include <cjson/cJSON.h>

#define JSON_DEEPEST 16 /* our files have six levels */

struct json_file {
    struct arena *arena; /* where texts and arrays go */
    const char *name;    /* for messages: "products/inhalers.json" */
    struct fail *why;    /* of what is no fault of a rule: memory */
    struct faults *faults;
    char path[256]; /* of the value being read */
    size_t path_length;
    uint64_t line;  /* of the value being read, from 1 */
    const char *id; /* of the nearest entry around it that has one, or NULL */
};

enum json_kind {
    JSON_TEXT,       /* const char *: not empty, no control characters */
    JSON_ID,         /* const char *: letters, 0-9, - and _ */
    JSON_CODE,       /* const char *: a whole BNF code, 15 characters */
    JSON_DMD,        /* const char *: a SNOMED CT identifier, 6 to 18 digits */
    JSON_BNF,        /* const char *: a BNF code or a prefix of one */
    JSON_DATE,       /* const char *: YYYY-MM-DD */
    JSON_MONTH,      /* month_t */
    JSON_KILOGRAM,   /* int64_t milligrams, from a decimal text >= 0 */
    JSON_QUANTITY,   /* int64_t thousandths, from a decimal text > 0 */
    JSON_MILLIONTHS, /* int64_t 10^-6 of any unit, from a decimal text >= 0 */
    JSON_COUNT,      /* int64_t, a whole number from 1 to 1,000,000 */
    JSON_FLAG,       /* bool */
    JSON_TEXTS,      /* struct text_list of JSON_TEXT */
    JSON_IDS,        /* struct text_list of JSON_ID */
    JSON_CODES,      /* struct text_list of JSON_CODE */
    JSON_BNFS,       /* struct text_list of JSON_BNF */
    JSON_WHERE,      /* const char *: no key; gets "file: path" of the object itself */
    JSON_CHOICE,     /* int or enum: place of the text in choices */
    JSON_WORD,       /* const char *: one of choices */
    JSON_EITHER,     /* bool: true for the second of two choices */
    JSON_WORDS,      /* struct text_list: each one of choices, none twice */
    JSON_SET,        /* bool[]: true at the place of each choice that is listed */
    JSON_OBJECT,     /* an object in the target, read by table */
    JSON_LIST,       /* a list of objects, each read by table */
    JSON_CUSTOM      /* read() below */
};

/* When all fields of an object were read without a fault: what they cannot say of
 * each other, and where the object is kept. */
typedef enum status json_keeper(struct json_file *file, void *target, void *context);

struct json_table;

/* Reads one value into target; context is that of json_read_object. */
typedef enum status json_reader(struct json_file *file, const cJSON *value, void *target,
                                void *context);

struct json_field {
    const char *key;
    enum json_kind kind;
    bool required;
    size_t offset;     /* in the target */
    const char *about; /* one sentence for the author of a rule; not NULL but for JSON_WHERE */
    const struct json_table *table; /* of JSON_OBJECT and JSON_LIST */
    size_t item_bytes;              /* of JSON_LIST: each item is zeroed, then read */
    size_t count_offset;            /* of JSON_LIST: a size_t; JSON_NO_COUNT: the table's finish
                                       keeps the items itself and the list is not stored */
    const char *const *choices;     /* of JSON_CHOICE and its like; JSON_TEXTS and _IDS may have
                                       them too: each text is one of them */
    size_t choice_count;
    enum names_of defines; /* the text is a new name of these, said once */
    enum names_of refers;  /* the text is the name of one of these */
    json_reader *read;     /* of JSON_CUSTOM */
    const char *schema;    /* of JSON_CUSTOM: its JSON Schema, members without the braces */
};

#define JSON_NO_COUNT SIZE_MAX

/* What an object holds. */
struct json_table {
    const char *title; /* what it is, for the schema */
    const struct json_field *fields;
    size_t count;
    void (*begin)(void *target); /* sets defaults other than zero, or NULL */
    json_keeper *finish;         /* or NULL */
    const char *schema;          /* what finish refuses, as members of a JSON Schema, or NULL */
};

/* The rule file as a tree, to be freed by cJSON_Delete.  In each node valueint is the
 * line of its key, or of the value where it has none; a number is in valuedouble only.
 * fails  STATUS_RULE  not JSON, or beyond LIMIT_RULE_BYTES */
MUST_USE
enum status json_parse(struct json_file *file, const char *text, size_t length, cJSON **tree);

/* STATUS_RULE when there was a fault, after all of the object has been read. */
MUST_USE
enum status json_read_object(struct json_file *file, const cJSON *value,
                             const struct json_table *table, void *target, void *context);

/* What the table defines is not there for a fault that has been told: a file that is no
 * JSON, an object that is none. */
void json_miss(struct json_file *file, const struct json_table *table);

/* The object being read is about something of this name, though no member says it. */
void json_refer(struct json_file *file, enum names_of of, const char *text);

/* Reads one scalar; of a kind of lists, one text of it. */
MUST_USE
enum status json_read_value(struct json_file *file, const cJSON *value,
                            const struct json_field *field, void *target);

/* A fault of the value being read: STATUS_RULE. */
PRINTF_LIKE(2, 3)
enum status json_fail(struct json_file *file, const char *format, ...);

/* Reads a text that is one of `names`; *index is its place. */
MUST_USE
enum status json_read_choice(struct json_file *file, const cJSON *value, const char *const *names,
                             size_t count, int *index);

#endif
