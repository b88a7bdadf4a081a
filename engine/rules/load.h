#ifndef RULES_LOAD_H
#define RULES_LOAD_H

/* Between the files of this folder: one reader a kind of rule file, and the
 * checks that need several of them.  No other folder includes this. */

#include "rules/json.h"
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

/* Each reads the tree of one file into the rules, by the table of the same name. */
typedef enum status rules_reader(struct json_file *file, const cJSON *tree, struct rules *rules);

#define FILE_KIND_LIST(X) \
    X(extract)            \
    X(sources)            \
    X(products)           \
    X(exclusions)         \
    X(factors)            \
    X(measures)           \
    X(small)              \
    X(caveats)            \
    X(switches)           \
    X(registers)          \
    X(places)             \
    X(quantities)         \
    X(targets)            \
    X(units)              \
    X(gases)              \
    X(gas_factors)        \
    X(plan)               \
    X(version)            \
    X(patterns)           \
    X(versions)           \
    X(national)           \
    X(portals)

#define X(name)                     \
    rules_reader rules_read_##name; \
    extern const struct json_table rules_##name##_table;
FILE_KIND_LIST(X)
#undef X

/* Not of one kind of file: keeps all days on which a source was checked. */
rules_reader rules_note_checked;

/* Adds the target that "MEASURE=VALUE@YYYY-MM" asks for; at least the value where more of the
 * measure is better, else at most.
 * fails  STATUS_USAGE  another form, or no such measure */
MUST_USE
enum status rules_ask_target(struct rules *rules, const char *text, struct fail *why);

/* Columns of an era, of an extract as of a register: their table, the check that
 * no meaning and no name appears twice, and whether one has a meaning. */
extern const struct json_table rules_column_table;
MUST_USE
enum status rules_check_columns(struct json_file *file, const struct era *era);
bool rules_era_has(const struct era *era, enum role role);

/* The texts of enum role, in its order. */
extern const char *const rules_role_names[ROLES];

/* After all files: duplicates, gaps and overlaps; then lookups.  STATUS_RULE when
 * there is a fault, whether it was found here or before. */
MUST_USE
enum status rules_link(struct rules *rules, struct faults *faults);

typedef enum status rules_linker(struct rules *rules, struct faults *faults);

/* The parts of it: eras, registers and places, factors, gases, measures, switches. */
rules_linker rules_link_extracts;
rules_linker rules_link_registers;
rules_linker rules_link_places;
rules_linker rules_link_factors;
rules_linker rules_link_gases;
rules_linker rules_link_measures;
rules_linker rules_link_switches;

/* Adds a text to a table; one that is there already is a fault of the rule at `at`. */
MUST_USE
enum status rules_claim(struct intern *seen, const char *text, const char *at,
                        struct faults *faults);

/* Versions of products and the mix of national items: months and shares. */
rules_linker rules_link_versions;

/* Millionths of a whole: shares of versions and of products. */
#define MILLION 1000000

/* Words of fields that more than one kind of file has. */
#define PROPELLANTS 6
extern const char *const rules_propellant_names[PROPELLANTS];
#define DEVICE_WORDS DEVICE_REFILL
extern const char *const rules_device_names[DEVICE_WORDS];
#define UNIT_WORDS 4
extern const char *const rules_unit_names[UNIT_WORDS];

/* The graver of two: a fault does not end the search for others, a lack of memory does. */
enum status rules_both(enum status one, enum status other);
bool rules_go_on(enum status status);

/* A fault that may only follow from another: none where there is one already. */
enum status rules_missing(struct faults *faults, const char *at, const char *text);

/* So that sums of parts are whole numbers. */
int64_t greatest_divisor(int64_t a, int64_t b);

/* Appends one entry to a RULE_LIST. */
#define RULE_PUSH(rules_list, entry)                                      \
    (grow(&(rules_list).list, &(rules_list).room, (rules_list).count + 1, \
          sizeof *(rules_list).list) &&                                   \
     ((rules_list).list[(rules_list).count++] = (entry), true))

/* The end of a finish: the entry goes into the list. */
#define RULE_KEEP(file, rules_list, entry) \
    (RULE_PUSH(rules_list, entry) ? STATUS_OK : fail_nomem((file)->why))

/* The line of a field table: key, kind, whether it must be there, where it goes, and what
 * it is, in a sentence that an author reads.  Then, where they are needed, members of
 * struct json_field by name: .refers, .defines, .choices (WORDS(...)), .schema. */
#define FIELD(type, member, kind, required, ...) \
    FIELD_AS(type, #member, member, kind, required, __VA_ARGS__)
#define FIELD_AS(type, name, member, of_kind, needed, ...)                                         \
    {                                                                                              \
        .key = name, .kind = of_kind, .required = needed, .offset = offsetof(struct type, member), \
        .about = __VA_ARGS__                                                                       \
    }
#define WORDS(names) .choices = names, .choice_count = COUNT_OF(names)
_Static_assert(sizeof(enum role) == sizeof(int) && sizeof(enum sum) == sizeof(int) &&
                   sizeof(enum subject) == sizeof(int) && sizeof(enum unit_kind) == sizeof(int),
               "a choice is written as an int");
/* An object inside the object, a list of them that is kept, and a list of which each
 * item is kept by its table's finish. */
#define FIELD_OBJECT(type, name, member, needed, of_table, ...) \
    FIELD_AS(type, name, member, JSON_OBJECT, needed, __VA_ARGS__, .table = &(of_table))
#define FIELD_LIST(type, name, member, counted, item, needed, of_table, ...)           \
    FIELD_AS(type, name, member, JSON_LIST, needed, __VA_ARGS__, .table = &(of_table), \
             .item_bytes = sizeof(struct item), .count_offset = offsetof(struct type, counted))
#define FIELD_EACH(name, needed, item, of_table, ...)                                          \
    {                                                                                          \
        .key = name, .kind = JSON_LIST, .required = needed, .table = &(of_table),              \
        .item_bytes = sizeof(struct item), .count_offset = JSON_NO_COUNT, .about = __VA_ARGS__ \
    }
#define FIELD_WHERE(type) FIELD_AS(type, "", at, JSON_WHERE, false, NULL)

/* What nearly every rule has. */
#define FIELD_SOURCE(type)                                                              \
    FIELD(type, source, JSON_ID, true, "where the rule is from: an id of sources.json", \
          .refers = NAMES_SOURCE)
#define FIELD_CHECKED(type) \
    FIELD(type, checked, JSON_DATE, true, "the day on which its source was last looked at")
#define FIELD_NOTE(type) \
    FIELD(type, note, JSON_TEXT, false, "what a reader should know besides, in a sentence or two")

/* The table of name_fields: its title, then .begin, .finish and .schema where it has them. */
#define TABLE(name, ...)             \
    const struct json_table name = { \
        .fields = name##_fields, .count = COUNT_OF(name##_fields), .title = __VA_ARGS__}

/* The head of a rule file. */
struct heading {
    const char *id;
    const char *title;
    const char *source;
    const char *checked;
    const char *note;
    struct text_list classes;
    month_t month;
};

#define HEADING_FIELDS                                                                        \
    FIELD(heading, id, JSON_ID, true, "an id of the file, never used again"),                 \
        FIELD(heading, title, JSON_TEXT, true, "what the file holds"), FIELD_SOURCE(heading), \
        FIELD_CHECKED(heading), FIELD_NOTE(heading)

#endif
