#ifndef BASE_NEAR_H
#define BASE_NEAR_H

/* How near a mistyped word is to a text: for "did you mean".
 *     near_distance(view_of("sampel mid"), view_of("NHS SAMPLE MID"))     2 */

#include "base/view.h"

#include <stdint.h>

/* Longer words are nobody's typing error. */
#define NEAR_BYTES 80

/* The least number of bytes added, left out, changed or swapped with a neighbour that make the word a part of the text,
 * without regard to case; SIZE_MAX for an empty word or one over NEAR_BYTES. */
size_t near_distance(struct view word, struct view text);

/* The same with the whole text: for keys, ids and options. */
size_t near_whole_distance(struct view word, struct view text);

/* The largest distance at which a suggestion helps: a third of the word, at least 1. */
size_t near_limit(struct view word);

#endif
