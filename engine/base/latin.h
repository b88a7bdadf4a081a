#ifndef BASE_LATIN_H
#define BASE_LATIN_H

/* Names that a spreadsheet saved in Windows-1252: "ST MARY\x92S" is "ST MARY’S". */

#include "base/view.h"

/* True for well-formed UTF-8 (RFC 3629), and so for all ASCII. */
bool is_utf8(struct view text);

/* At most this many bytes come of one. */
#define LATIN_BYTES 3

/* Text that is no UTF-8, read as Windows-1252, as UTF-8; the five bytes that have no character
 * become U+FFFD.  Returns how many bytes it wrote. */
size_t latin_to_utf8(struct view text, char *out);

#endif
