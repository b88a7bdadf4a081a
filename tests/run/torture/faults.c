/* Laid over libc in the program by LD_PRELOAD: the allocation number FAIL_ALLOCATION of main
 * fails, with FAIL_ON all behind it too, and COUNT_TO gets how many there were; at the renaming
 * number KILL_AT_RENAME the process is killed.  A child goes on counting where it began. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static long at, to, stays, renames, kill_at;
static int (*real_main)(int, char **, char **);

static long number_of(const char *name)
{
    return getenv(name) ? atol(getenv(name)) : 0;
}

static int fails(void)
{
    if (real_main == NULL || (++at != to && !(stays && at > to)))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

static void count_renaming(void)
{
    if (++renames == kill_at)
        raise(SIGKILL);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to_name)
{
    count_renaming();
    return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to_name, 0);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to_name, unsigned flags)
{
    count_renaming();
    return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to_name, flags);
}

static int our_main(int argc, char **argv, char **env)
{
    const int code = real_main(argc, argv, env);
    const char *const name = getenv("COUNT_TO");
    FILE *file;

    to = stays = 0;
    if (name != NULL && (file = fopen(name, "w")) != NULL) {
        fprintf(file, "%ld\n", at);
        fclose(file);
    }
    return code;
}

int __libc_start_main(int (*their_main)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
                      void *stack_end)
{
    int (*const start)() = (int (*)())dlsym(RTLD_NEXT, "__libc_start_main");

    to = number_of("FAIL_ALLOCATION");
    stays = number_of("FAIL_ON");
    kill_at = number_of("KILL_AT_RENAME");
    real_main = their_main;
    if (to == 0)
        to = -1;
    return start(our_main, argc, argv, init, fini, rtld_fini, stack_end);
}
