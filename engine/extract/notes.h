#ifndef EXTRACT_NOTES_H
#define EXTRACT_NOTES_H

/* What is counted of a file beside its kept and rejected rows, so that nothing of it is lost in
 * silence: id in audit.json and the store, sentence. */

#include "extract/header.h"

#include <stdint.h>

#define NOTE_LIST(X)                                                                              \
    X(NO_CODE, "rows_without_product_code",                                                       \
      "rows without a product code: in the sums of all rows, out of scope")                       \
    X(NO_CODE_RESPIRATORY, "rows_without_product_code_respiratory",                               \
      "of these, rows of the respiratory chapter: they may be inhalers")                          \
    X(EMPTY, "empty_rows", "empty rows: skipped")                                                 \
    X(HEADER, "repeated_headers", "repeated header lines, as of files joined: skipped")           \
    X(QUANTITY, "quantity_not_items_times",                                                       \
      "rows in scope where QUANTITY times ITEMS is not TOTAL_QUANTITY: counted by the total")     \
    X(REPEATED, "repeated_rows",                                                                  \
      "rows in scope that repeat an earlier row byte for byte: counted, look whether a block is " \
      "there twice")

enum note_kind {
#define X(name, id, text) NOTE_##name,
    NOTE_LIST(X)
#undef X
        NOTES
};

const char *note_id(enum note_kind kind);
const char *note_text(enum note_kind kind);

struct note {
    uint64_t rows;
    int64_t items;       /* of these rows, where they have any */
    int64_t actual_cost; /* likewise, 0.00001 GBP */
    uint64_t line;       /* of the first one */
};

struct notes {
    struct note counted[NOTES];
    struct header_list ignored; /* columns that the layout does not know */
    struct header_list missing; /* columns of the layout with a use that are not there */
};

/* As text, a line each, for the store: "empty_rows 15 0 0 6".  out has NOTES_TEXT bytes. */
#define NOTES_TEXT 2048

void notes_write(const struct notes *notes, char *out);

/* The same back; false where the text is none of notes_write(). */
bool notes_read(struct notes *notes, struct view text);

#endif
