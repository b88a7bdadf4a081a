#ifndef BASE_TEXT_H
#define BASE_TEXT_H

/* Text of unknown origin on its way into a file that promises UTF-8.  The older
 * extracts are Latin-1: text that is not valid UTF-8 is read as that. */

#include "base/view.h"

#include <stdint.h>

/* How many bytes of valid UTF-8 stand at the start of text: 1 to 4, or 0. */
size_t utf8_step(struct view text);

/* Calls put for the text as UTF-8, in pieces. */
void utf8_write(struct view text, void (*put)(void *context, const char *bytes, size_t length),
                void *context);

/* At the start of valid UTF-8: a character that visible_write would not let stand, for a format
 * that has its own way to name it; 0 for any other. */
uint32_t hidden_character(struct view text, size_t *step);

/* The one printer for text from outside: as utf8_write, with everything made visible that a
 * terminal, a program or an eye takes for something else than a character: control characters (C0,
 * DEL, C1) as \\n, \\t, \\x1b, marks that turn the direction of writing or break a line as \\u202e. */
void visible_write(struct view text, void (*put)(void *context, const char *bytes, size_t length),
                   void *context);

/* The same into a buffer, NUL-terminated, cut between two characters; returns out. */
char *visible_text(struct view text, char *out, size_t size);

#endif
