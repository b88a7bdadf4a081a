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

#define FIELD(type, member, kind, required)                          \
    {                                                                \
#member, kind, required, offsetof(struct type, member), NULL \
    }
#define FIELD_WHERE(type)                                      \
    {                                                          \
        "", JSON_WHERE, false, offsetof(struct type, at), NULL \
    }
#define FIELD_AS(type, key, member, kind, required)              \
    {                                                            \
        key, kind, required, offsetof(struct type, member), NULL \
    }
#define FIELD_BY(type, key, member, required, read)                     \
    {                                                                   \
        key, JSON_CUSTOM, required, offsetof(struct type, member), read \
    }

#endif
