#ifndef RULES_SCHEMA_H
#define RULES_SCHEMA_H

/* The JSON Schemas (draft 7) of the rule files, out of the tables by which they are
 * read: an editor that knows them completes keys and shows what each is.
 *     rules_schema_print(rules_schema("measures/measures"), stdout)
 * Files of a schema are rules/<name>.schema.json. */

#include <stddef.h>
#include <stdio.h>

struct rules_schema {
    const char *name; /* "measures/measures": the place of its file under rules/ */
    const struct json_table *table;
};

extern const struct rules_schema rules_schemas[];
extern const size_t rules_schema_count;

/* By its name, or by the part of it behind the /, or before it where that is one; or NULL. */
const struct rules_schema *rules_schema(const char *name);

void rules_schema_print(const struct rules_schema *schema, FILE *out);

#endif
