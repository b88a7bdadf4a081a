#define _GNU_SOURCE /* MAP_ANONYMOUS, pipe2 */
#include "stream/child.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_CHILDREN 8
#define PRINTED_BYTES 160

/* Children alive, for child_kill_all. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pid_t children[MOST_CHILDREN];

/* What the child leaves for its parent, in memory of both. */
struct reply {
    bool done;
    enum status status;
    struct fail why;
};

/* A build that counts which lines ran writes its counts at exit, which _exit leaves out. */
void __gcov_dump(void) __attribute__((weak));

void *child_shared(size_t size)
{
    void *const shared =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return shared != MAP_FAILED ? shared : NULL;
}

void child_unshare(void *shared, size_t size)
{
    if (shared != NULL)
        munmap(shared, size);
}

/* Signals end the child at once, its parent's end too; what it prints goes to the parent. */
static void become_child(int printed)
{
    sigset_t all;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigfillset(&all);
    pthread_sigmask(SIG_UNBLOCK, &all, NULL);
    dup2(printed, STDERR_FILENO);
}

_Noreturn static void work_as_child(child_work *work, void *context, struct reply *reply,
                                    int printed)
{
    become_child(printed);
    reply->status = work(context, &reply->why);
    reply->done = true;
    if (__gcov_dump != NULL)
        __gcov_dump();
    _exit(0);
}

static void set_child(pid_t before, pid_t after)
{
    for (size_t i = 0; i < MOST_CHILDREN; i++)
        if (children[i] == before) {
            children[i] = after;
            return;
        }
}

static pid_t begin_child(child_work *work, void *context, struct reply *reply, int printed)
{
    pid_t child;

    pthread_mutex_lock(&lock);
    child = fork();
    if (child > 0)
        set_child(0, child);
    pthread_mutex_unlock(&lock);
    if (child == 0)
        work_as_child(work, context, reply, printed);
    return child;
}

/* Its end; false when it was none of its own making. */
static bool wait_for(pid_t child)
{
    int ended = -1;

    while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
        ;
    pthread_mutex_lock(&lock);
    set_child(child, 0);
    pthread_mutex_unlock(&lock);
    return ended == 0;
}

static enum status judge(const struct reply *reply, bool ended_well, const char *printed,
                         struct fail *why)
{
    if (!ended_well || !reply->done)
        return fail_set(why, STATUS_NOMEM,
                        "the process that was to write it crashed, most likely because memory is "
                        "short");
    if (reply->status != STATUS_OK) {
        *why = reply->why;
        return reply->status;
    }
    if (printed[0] == '\0')
        return STATUS_OK;
    if (strstr(printed, "emory") != NULL)
        return fail_nomem(why);
    return fail_set(why, STATUS_IO, "cannot be written: %s", printed);
}

static enum status do_with(child_work *work, void *context, struct reply *reply, const int *pipes,
                           struct fail *why)
{
    char printed[PRINTED_BYTES] = "";
    ssize_t got;
    bool well;
    const pid_t child = begin_child(work, context, reply, pipes[1]);

    if (child < 0)
        return fail_set(why, STATUS_NOMEM, "there is no process for the workbook: %s",
                        strerror(errno));
    well = wait_for(child);
    got = read(pipes[0], printed, sizeof printed - 1);
    printed[got > 0 ? got : 0] = '\0';
    printed[strcspn(printed, "\r\n")] = '\0';
    return judge(reply, well, printed, why);
}

enum status child_do(child_work *work, void *context, struct fail *why)
{
    struct reply *const reply = child_shared(sizeof *reply);
    int pipes[2];
    enum status status;

    if (reply == NULL)
        return fail_nomem(why);
    if (pipe2(pipes, O_CLOEXEC | O_NONBLOCK) != 0) {
        child_unshare(reply, sizeof *reply);
        return fail_set(why, STATUS_NOMEM, "there is no process for the workbook: %s",
                        strerror(errno));
    }
    status = do_with(work, context, reply, pipes, why);
    close(pipes[0]);
    close(pipes[1]);
    child_unshare(reply, sizeof *reply);
    return status;
}

void child_kill_all(void)
{
    pthread_mutex_lock(&lock); /* for good: no child begins any more */
    for (size_t i = 0; i < MOST_CHILDREN; i++)
        if (children[i] > 0)
            kill(children[i], SIGKILL);
}
