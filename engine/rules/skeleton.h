#ifndef RULES_SKELETON_H
#define RULES_SKELETON_H

/* Rule files to begin with: sound as they are, with made-up ids and codes.
 *     rules_skeleton_print(rules_skeleton("measure"), stdout) */

#include <stddef.h>
#include <stdio.h>

struct rules_skeleton {
    const char *kind;  /* "measure" */
    const char *where; /* the folder it goes into, under a folder of rules of one's own */
    const char *text;  /* of the file */
    const struct json_table *table;
};

extern const struct rules_skeleton rules_skeletons[];
extern const size_t rules_skeleton_count;

/* NULL when there is none of this kind. */
const struct rules_skeleton *rules_skeleton(const char *kind);

void rules_skeleton_print(const struct rules_skeleton *skeleton, FILE *out);

/* What each key means, and where the file goes. */
void rules_skeleton_explain(const struct rules_skeleton *skeleton, FILE *out);

#endif
