#ifndef BASE_SIMILAR_H
#define BASE_SIMILAR_H

/* "Did you mean": which of several words is nearest to one that was mistyped.
 *     struct similar near = similar_to("directon");
 *     for (...) similar_try(&near, words[i]);
 *     if (near.best != NULL) ... near.best ...
 * Letters are compared without regard to case.  A word counts as near when at most a
 * third of its letters (and at least one) are inserted, left out, changed or swapped
 * with their neighbour, or when one of the two begins with the other. */

#include <stddef.h>

struct similar {
    const char *text;
    const char *best; /* borrowed from similar_try; NULL when none is near */
    size_t distance;  /* of best */
};

struct similar similar_to(const char *text);

void similar_try(struct similar *similar, const char *word);

#endif
