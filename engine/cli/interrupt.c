#include "cli/interrupt.h"

#include "base/attr.h"
#include "stream/child.h"
#include "stream/output.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static void end_by(int number)
{
    sigset_t one;

    signal(number, SIG_DFL);
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL);
    raise(number);
    _exit(128 + number);
}

/* A thread, not a handler: files are removed by calls that no handler may make. */
static void *wait_for(void *context)
{
    static sigset_t signals;
    int number = SIGTERM;

    signals = *(const sigset_t *)context;
    if (sigwait(&signals, &number) == 0) {
        child_kill_all();
        output_interrupt();
        end_by(number);
    }
    return NULL;
}

void interrupt_begin(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    static sigset_t signals; /* read by the thread at any time */
    struct sigaction now;
    pthread_t thread;
    pthread_attr_t detached;

    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN) /* as by nohup */
            sigaddset(&signals, numbers[i]);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (pthread_attr_init(&detached) != 0 ||
        pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED) != 0 ||
        pthread_create(&thread, &detached, wait_for, &signals) != 0)
        pthread_sigmask(SIG_UNBLOCK, &signals, NULL); /* the next run clears up then */
    pthread_attr_destroy(&detached);
}
