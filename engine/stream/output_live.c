#include "stream/output_internal.h"

#include <pthread.h>
#include <unistd.h>

/* The only state of the process: a signal knows no set. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct output *live;

void output_lock(void)
{
    pthread_mutex_lock(&lock);
}

void output_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

void output_live_add(struct output *output)
{
    output_lock();
    output->next_live = live;
    live = output;
    output_unlock();
}

void output_live_remove(struct output *output)
{
    output_lock();
    for (struct output **at = &live; *at != NULL; at = &(*at)->next_live)
        if (*at == output) {
            *at = output->next_live;
            break;
        }
    output_unstage(output);
    output_unlock();
}

void output_interrupt(void)
{
    output_lock(); /* for good */
    for (struct output *output = live; output != NULL; output = output->next_live)
        output_unstage(output);
}
