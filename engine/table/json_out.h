#ifndef TABLE_JSON_OUT_H
#define TABLE_JSON_OUT_H

/* Writes JSON with numbers exactly as they are printed; a library that keeps
 * them as doubles would not.  Call order is the document's order:
 *     json_open(&json, NULL, '{'); json_text(&json, "name", view); json_close(&json, '}'); */

#include "base/decimal.h"
#include "base/view.h"

#include <stdio.h>

struct json_out {
    FILE *file;
    int depth;
    bool first; /* of its object or list */
};

/* key is NULL inside a list and at the top. */
void json_open(struct json_out *json, const char *key, char bracket);
void json_close(struct json_out *json, char bracket);
void json_text(struct json_out *json, const char *key, struct view text);
void json_number(struct json_out *json, const char *key, const char *printed);
void json_integer(struct json_out *json, const char *key, uint64_t number);
void json_ratio(struct json_out *json, const char *key, wide_t top, wide_t bottom, int places);
void json_flag(struct json_out *json, const char *key, bool flag);
void json_null(struct json_out *json, const char *key);

#endif
