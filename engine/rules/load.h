#ifndef RULES_LOAD_H
#define RULES_LOAD_H

/* Between the files of this folder: one reader a kind of rule file, and the
 * checks that need several of them.  No other folder includes this. */

#include "rules/rules.h"

#include "base/grow.h"

/* Each reads the tree of one file into the rules. */
typedef enum status rules_reader(struct json_file *file, const cJSON *tree, struct rules *rules);

rules_reader rules_read_extract;
rules_reader rules_read_sources;
rules_reader rules_read_products;
rules_reader rules_read_exclusions;
rules_reader rules_read_factors;
rules_reader rules_read_measures;
rules_reader rules_read_switches;
rules_reader rules_read_version;

/* After all files: references, duplicates, gaps and overlaps; then lookups. */
MUST_USE
enum status rules_link(struct rules *rules, struct fail *why);

/* The part of it that builds the factor lookups. */
MUST_USE
enum status rules_link_factors(struct rules *rules, struct fail *why);

/* Appends one entry to a RULE_LIST. */
#define RULE_PUSH(rules_list, entry)                                      \
    (grow(&(rules_list).list, &(rules_list).room, (rules_list).count + 1, \
          sizeof *(rules_list).list) &&                                   \
     ((rules_list).list[(rules_list).count++] = (entry), true))

/* Fields of a rule for json_read_object: by the member's own name, under another
 * key, by a reader of its own, a list that is kept, a list whose items their
 * reader keeps, and the place of the rule itself. */
#define FIELD(type, member, kind, required) FIELD_AS(type, #member, member, kind, required)
#define FIELD_AS(type, key, member, kind, required)                                \
    {                                                                              \
        key, kind, required, offsetof(struct type, member), NULL, 0, JSON_NO_COUNT \
    }
#define FIELD_BY(type, key, member, required, read)                                       \
    {                                                                                     \
        key, JSON_CUSTOM, required, offsetof(struct type, member), read, 0, JSON_NO_COUNT \
    }
#define FIELD_LIST(type, key, member, count, item, read)                                \
    {                                                                                   \
        key, JSON_LIST, true, offsetof(struct type, member), read, sizeof(struct item), \
            offsetof(struct type, count)                                                \
    }
#define FIELD_EACH(key, required, item, read)                                 \
    {                                                                         \
        key, JSON_LIST, required, 0, read, sizeof(struct item), JSON_NO_COUNT \
    }
#define FIELD_WHERE(type) FIELD_AS(type, "", at, JSON_WHERE, false)

#endif
