#ifndef FETCH_PATIENCE_H
#define FETCH_PATIENCE_H

/* How often and how long something is tried again: waits that double, as long as the server asks
 * for, and a bound on both. */

#include "fetch/http.h"

struct patience {
    unsigned tries;        /* without progress; in all ten times as many */
    unsigned wait;         /* milliseconds before the second try; doubles each time */
    unsigned longest_wait; /* seconds: a server that asks for more is asked another day */
    /* Says that something is tried again; text is why. */
    void (*tell)(void *context, const char *text, unsigned seconds);
    void *context;
};

/* The tries of one thing. */
struct trying {
    const struct patience *patience;
    unsigned used; /* since the last progress */
    unsigned all;
};

/* Something came: the waits begin anew. */
void trying_progress(struct trying *trying);

/* Waits before another try.
 * what   "NAME: the portal answers 503"
 * fails  STATUS_IO  there were enough tries, or the server asks for too long a wait */
MUST_USE
enum status trying_again(struct trying *trying, const char *what, int64_t retry_after,
                         struct fail *why);

/* True for answers that may pass: 408, 425, 429, 500, 502, 503, 504, and a transfer that broke. */
bool answer_may_pass(const struct http_answer *answer);

/* What an answer that is no success says, for people. */
void answer_print(const struct http_answer *answer, char *out, size_t size);

#endif
