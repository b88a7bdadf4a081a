#ifndef EXTRACT_HEADER_H
#define EXTRACT_HEADER_H

/* Names of columns as people's files spell them, and what a refused header is. */

#include "base/fail.h"
#include "extract/layout.h"

/* Letters and digits decide, without regard to case: "Gross Cost (£)", in UTF-8 or Latin-1, is
 * "gross_cost", and a byte order mark or a line break in a name changes nothing.  Two names
 * without any of them are equal. */
bool header_same_name(struct view one, struct view other);

/* Index of the column with this name, -1 when there is none. */
int header_find(const struct view *header, size_t count, struct view name);

/* The column of the era with this name, or NULL. */
const struct column_rule *header_column(const struct era *era, struct view name);

/* True when a file of this layout is of no use without the column.  A register needs the
 * columns that say who, when and whether; an extract the smallest set of its subject.  Of the
 * costs one is enough, which header_lacks() looks at. */
bool header_needs(const struct layouts *layouts, const struct era *era,
                  const struct column_rule *column);

/* How a header fits a layout. */
struct header_fit {
    size_t known;   /* columns of the layout that must be there by its source */
    size_t found;   /* of these */
    size_t lacking; /* needed and not there: such a layout is not used */
    size_t foreign; /* columns of the header that have another meaning in a sister layout */
    size_t strange; /* columns of the header that the layout does not know */
};

void header_fit(struct header_fit *fit, const struct layouts *layouts, const struct era *era,
                const struct view *header, size_t count);

/* Names in a sentence, cut after a few. */
#define HEADER_LIST_TEXT 200

struct header_list {
    char text[HEADER_LIST_TEXT];
    size_t length;
    size_t count;
};

void header_list_add(struct header_list *list, struct view name);

/* Columns of the header that this layout does not know, and columns of the layout with a use
 * that the header lacks. */
void header_leftovers(const struct era *era, const struct view *header, size_t count,
                      struct header_list *strange, struct header_list *missing);

/* "semicolons", "tabs" or "vertical bars" where the line is separated by them and not by commas,
 * else NULL. */
const char *header_separator(struct view line);

/* The sentence of a refused header.
 * line  the header as it is in the file */
enum status header_refuse(const struct layouts *layouts, const struct era *nearest,
                          const struct view *header, size_t count, struct fail *why);

#endif
