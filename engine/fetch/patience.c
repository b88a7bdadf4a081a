#include "fetch/patience.h"

#include <stdio.h>
#include <time.h>

void trying_progress(struct trying *trying)
{
    trying->used = 0;
}

static void sleep_for(int64_t milliseconds)
{
    struct timespec left = {.tv_sec = (time_t)(milliseconds / 1000),
                            .tv_nsec = (long)(milliseconds % 1000) * 1000000};

    while (nanosleep(&left, &left) != 0)
        ;
}

/* The wait doubles with each try; the server may ask for a longer one. */
static int64_t wait_of(const struct trying *trying, int64_t retry_after)
{
    const int64_t longest = (int64_t)trying->patience->longest_wait * 1000;
    int64_t wait = trying->patience->wait;

    for (unsigned i = 1; i < trying->used && wait < longest; i++)
        wait *= 2;
    wait = wait < longest ? wait : longest;
    return retry_after * 1000 > wait ? retry_after * 1000 : wait;
}

enum status trying_again(struct trying *trying, const char *what, int64_t retry_after,
                         struct fail *why)
{
    const struct patience *const patience = trying->patience;
    int64_t wait;

    trying->used++;
    trying->all++;
    if (retry_after > (int64_t)patience->longest_wait)
        return fail_set(why, STATUS_IO, "%s, and asks to wait %lld seconds: try again later", what,
                        (long long)retry_after);
    if (trying->used >= patience->tries || trying->all >= patience->tries * 10)
        return fail_set(why, STATUS_IO,
                        "%s, after %u tries; what has come is kept: run the same command again "
                        "to go on from there",
                        what, trying->all);
    wait = wait_of(trying, retry_after);
    if (patience->tell != NULL)
        patience->tell(patience->context, what, (unsigned)((wait + 999) / 1000));
    sleep_for(wait);
    return STATUS_OK;
}

bool answer_may_pass(const struct http_answer *answer)
{
    static const long passing[] = {408, 425, 429, 500, 502, 503, 504};

    if (answer->broken)
        return true;
    for (size_t i = 0; i < COUNT_OF(passing); i++)
        if (answer->code == passing[i])
            return true;
    return false;
}

void answer_print(const struct http_answer *answer, char *out, size_t size)
{
    if (answer->broken)
        snprintf(out, size, "the transfer broke off (%s)", answer->text);
    else
        snprintf(out, size, "the server answers %ld", answer->code);
}
