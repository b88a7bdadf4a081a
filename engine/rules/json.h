#ifndef RULES_JSON_H
#define RULES_JSON_H

/* Strict reading of rule files.  A table of fields says what an object holds;
 * unknown and repeated keys, wrong types, missing keys and values out of their
 * form are STATUS_RULE with the file and the path, as in
 *     rules/products/inhalers.json: /products/12/codes/0: not a BNF code
 * cJSON parses; what it lets pass (trailing text, duplicate keys, numbers as
 * doubles, zero characters) is refused here.  Only this folder sees JSON. */

#include "base/arena.h"
#include "base/decimal.h"
#include "base/fail.h"
#include "base/month.h"

#include <cjson/cJSON.h>

struct json_file {
    struct arena *arena; /* where texts and arrays go */
    const char *name;    /* for messages: "products/inhalers.json" */
    struct fail *why;
    char path[256]; /* of the value being read */
    size_t path_length;
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
    JSON_LIST,       /* a list of objects, each read by read() */
    JSON_CUSTOM      /* read() below */
};

/* Reads one value into target; context is that of json_read_object. */
typedef enum status json_reader(struct json_file *file, const cJSON *value, void *target,
                                void *context);

struct json_field {
    const char *key;
    enum json_kind kind;
    bool required;
    size_t offset; /* in the target */
    json_reader *read;
    size_t item_bytes;          /* of JSON_LIST: each item is zeroed, then read */
    size_t count_offset;        /* of JSON_LIST: a size_t; JSON_NO_COUNT: read() keeps the items
                                   itself and the list is not stored */
    const char *const *choices; /* of JSON_CHOICE */
    size_t choice_count;
};

#define JSON_NO_COUNT SIZE_MAX

/* The rule file as a tree, to be freed by cJSON_Delete.
 * fails  STATUS_RULE  not JSON, or beyond LIMIT_RULE_BYTES */
MUST_USE
enum status json_parse(struct json_file *file, const char *text, size_t length, cJSON **tree);

MUST_USE
enum status json_read_object(struct json_file *file, const cJSON *value,
                             const struct json_field *fields, size_t count, void *target,
                             void *context);

/* Fails with the path of the value being read. */
PRINTF_LIKE(2, 3)
enum status json_fail(struct json_file *file, const char *format, ...);

/* Reads a text that is one of `names`; *index is its place. */
MUST_USE
enum status json_read_choice(struct json_file *file, const cJSON *value, const char *const *names,
                             size_t count, int *index);

#endif
