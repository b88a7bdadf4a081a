#ifndef RULES_LOAD_H
#define RULES_LOAD_H

/* Between the files of this folder: one reader a kind of rule file, and the
 * checks that need several of them.  No other folder includes this. */

#include "rules/rules.h"

#include "base/grow.h"

/* The names of the rule files of one folder, base and overlay together. */
struct rules_names {
    char **list;
    size_t count;
    size_t room;
};

/* optional  a folder that is not there is empty; any other fault, and the same fault without
 *           `optional`, is an error that names the folder */
MUST_USE
enum status rules_names_add(struct rules_names *names, const char *root, const char *folder,
                            bool optional, struct fail *why);

/* In order, each once. */
void rules_names_sort(struct rules_names *names);

void rules_names_release(struct rules_names *names);

/* The bytes of one rule file, NUL-terminated; at most one more than LIMIT_RULE_BYTES. */
struct rules_file {
    char *text;
    size_t length;
};

/* Reads root/name, or name alone without a root.
 * there  NULL: a file that is not there is an error; else whether it was there
 * fails  STATUS_NO_INPUT  it cannot be opened, or is a pipe, a device or a folder */
MUST_USE
enum status rules_read_file(struct rules_file *file, const char *root, const char *name,
                            bool *there, struct fail *why);

void rules_file_release(struct rules_file *file);

/* STATUS_NOMEM or STATUS_NO_INPUT by errno, with its text. */
enum status rules_fail_path(const char *path, const char *what, struct fail *why);

/* Each reads the tree of one file into the rules. */
typedef enum status rules_reader(struct json_file *file, const cJSON *tree, struct rules *rules);

rules_reader rules_read_extract;
rules_reader rules_read_sources;
rules_reader rules_read_products;
rules_reader rules_read_exclusions;
rules_reader rules_read_factors;
rules_reader rules_read_measures;
rules_reader rules_read_small;
rules_reader rules_read_switches;
rules_reader rules_read_registers;
rules_reader rules_read_places;
rules_reader rules_read_quantities;
rules_reader rules_read_targets;
rules_reader rules_read_units;
rules_reader rules_read_gases;
rules_reader rules_read_gas_factors;
rules_reader rules_read_version;

/* Columns of an era, of an extract as of a register: their reader, the check that
 * no meaning and no name stands twice, and whether one has a meaning. */
json_reader rules_read_column;
MUST_USE
enum status rules_check_columns(struct json_file *file, const struct era *era);
bool rules_era_has(const struct era *era, enum role role);

/* After all files: references, duplicates, gaps and overlaps; then lookups. */
MUST_USE
enum status rules_link(struct rules *rules, struct fail *why);

/* The part of it that is about registers and places. */
MUST_USE
enum status rules_link_places(struct rules *rules, struct fail *why);

/* So that sums of parts are whole numbers. */
int64_t greatest_divisor(int64_t a, int64_t b);

/* Gases, units and their factors: references, ambiguities, lookups. */
MUST_USE
enum status rules_link_gases(struct rules *rules, struct fail *why);

/* The part of it that builds the factor lookups. */
MUST_USE
enum status rules_link_factors(struct rules *rules, struct fail *why);

/* Appends one entry to a RULE_LIST. */
#define RULE_PUSH(rules_list, entry)                                      \
    (grow(&(rules_list).list, &(rules_list).room, (rules_list).count + 1, \
          sizeof *(rules_list).list) &&                                   \
     ((rules_list).list[(rules_list).count++] = (entry), true))

/* Fields of a rule for json_read_object: by the member's own name, under another
 * key, by a reader of its own, one of a few words, a list that is kept, a list whose items their
 * reader keeps, and the place of the rule itself. */
#define FIELD(type, member, kind, required) FIELD_AS(type, #member, member, kind, required)
#define FIELD_AS(type, name, member, of_kind, needed)                                             \
    {                                                                                             \
        .key = name, .kind = of_kind, .required = needed, .offset = offsetof(struct type, member) \
    }
#define FIELD_BY(type, name, member, needed, reader)            \
    {                                                           \
        .key = name, .kind = JSON_CUSTOM, .required = needed,   \
        .offset = offsetof(struct type, member), .read = reader \
    }
_Static_assert(sizeof(enum role) == sizeof(int) && sizeof(enum sum) == sizeof(int) &&
                   sizeof(enum subject) == sizeof(int) && sizeof(enum unit_kind) == sizeof(int),
               "a choice is written as an int");
#define FIELD_CHOICE(type, name, member, names)                                                    \
    {                                                                                              \
        .key = name, .kind = JSON_CHOICE, .required = true,                                        \
        .offset = offsetof(struct type, member), .choices = names, .choice_count = COUNT_OF(names) \
    }
/* The same two where they need not be there: the first word, and an empty list. */
#define FIELD_WORD(type, name, member, names)                                                      \
    {                                                                                              \
        .key = name, .kind = JSON_CHOICE, .required = false,                                       \
        .offset = offsetof(struct type, member), .choices = names, .choice_count = COUNT_OF(names) \
    }
#define FIELD_SOME(type, name, member, count, item, reader)                             \
    {                                                                                   \
        .key = name, .kind = JSON_LIST, .required = false,                              \
        .offset = offsetof(struct type, member), .read = reader,                        \
        .item_bytes = sizeof(struct item), .count_offset = offsetof(struct type, count) \
    }
#define FIELD_LIST(type, name, member, count, item, reader)                                        \
    {                                                                                              \
        .key = name, .kind = JSON_LIST, .required = true, .offset = offsetof(struct type, member), \
        .read = reader, .item_bytes = sizeof(struct item),                                         \
        .count_offset = offsetof(struct type, count)                                               \
    }
#define FIELD_EACH(name, needed, item, reader)                              \
    {                                                                       \
        .key = name, .kind = JSON_LIST, .required = needed, .read = reader, \
        .item_bytes = sizeof(struct item), .count_offset = JSON_NO_COUNT    \
    }
#define FIELD_WHERE(type) FIELD_AS(type, "", at, JSON_WHERE, false)

/* What stands at the head of a rule file. */
struct heading {
    const char *id;
    const char *title;
    const char *source;
    const char *checked;
    const char *note;
    struct text_list classes;
};

#define HEADING_FIELDS                                                                   \
    FIELD(heading, id, JSON_ID, true), FIELD(heading, title, JSON_TEXT, true),           \
        FIELD(heading, source, JSON_ID, true), FIELD(heading, checked, JSON_DATE, true), \
        FIELD(heading, note, JSON_TEXT, false)

#endif
