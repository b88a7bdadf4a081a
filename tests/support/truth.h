#ifndef TESTS_SUPPORT_TRUTH_H
#define TESTS_SUPPORT_TRUTH_H

/* Monthly series whose future is known, for holding forecasts to account: each
 * kind is a way in which prescribing moves. */

#include <stddef.h>
#include <stdint.h>

#define TRUTH_MOST 160

enum truth_kind {
    TRUTH_LINE,        /* a line and noise */
    TRUTH_LINE_LIKE,   /* a line, and noise of which 0.5 stays from month to month */
    TRUTH_LINE_CLINGS, /* 0.8 of it stays */
    TRUTH_SEASONS,     /* a line, months of the year, noise of which 0.4 stays */
    TRUTH_CHANGING,    /* the slope itself drifts: the mix is still changing */
    TRUTH_TAKE_UP,     /* an S-curve from one level to a lower one */
    TRUTH_STALLS,      /* falls, then stands still from some month on */
    TRUTH_FLAT,        /* nothing but noise */
    TRUTH_COUNTS,      /* a ratio of small counts, as in a practice */
    TRUTH_WILD,        /* a line and noise with heavy tails (t, 3 degrees) */
    TRUTH_KINDS
};

extern const char *const truth_names[TRUTH_KINDS];

/* Fills values; the state is any number and goes on. */
void truth_make(enum truth_kind kind, size_t count, uint64_t *state, double *values);

#endif
