#ifdef __linux__
#define _GNU_SOURCE /* sched_getaffinity: the processors of this process, not of the machine */
#endif

#include "run/parts.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/* Small enough that threads end together, large enough that beginning a part
 * (30 microseconds) is nothing beside reading it (3 milliseconds). */
#define PART_BYTES (16 * 1024 * 1024)
#define MOST_THREADS 64

/* Within so many bytes a record must begin. */
#define CUT_BYTES (64 * 1024)
#define CUT_TRIES 8

struct part {
    uint64_t from;
    uint64_t to; /* UINT64_MAX: the end of the file */
    struct extract_reader *reader;
};

struct parts {
    const struct session *session;
    struct source *source;
    struct extract_reader *scout; /* has read the header */
    struct part *list;
    size_t count;
    atomic_size_t next;
    atomic_bool failed;
    atomic_ullong done_bytes;
    atomic_ullong done_rows;
};

struct worker {
    struct parts *parts;
    const struct extract_rule *extract;
    struct cube cube;
    struct totals totals;
    pthread_t id;
    bool ticks; /* the caller's own thread tells how far we are */
    bool started;
};

size_t parts_threads(const struct session *session)
{
    long count = (long)session->options.threads;
#ifdef __linux__
    cpu_set_t set;

    if (count == 0 && sched_getaffinity(0, sizeof set, &set) == 0)
        count = CPU_COUNT(&set);
#endif
    if (count == 0)
        count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (size_t)count;
}

static enum status pass_row(void *context, const struct row *row, struct fail *why)
{
    (void)context;
    (void)row;
    (void)why;
    return STATUS_OK;
}

static enum status add_row(void *context, const struct row *row, struct fail *why)
{
    struct worker *const worker = context;

    return session_add_row(&worker->cube, worker->extract, row, why);
}

static enum status add_totals(void *context, const struct row *row, bool complete, struct fail *why)
{
    struct worker *const worker = context;

    return totals_add(&worker->totals, row, complete, view_of(worker->extract->nation_code),
                      view_of(worker->extract->nation_name), why);
}

/* Reads the header, which tells every part what its columns are. */
static bool send_scout(struct parts *parts)
{
    const struct extract_sink sink = {NULL, pass_row};
    const struct view first = source_first(parts->source);
    const struct session *const session = parts->session;
    struct fail ignored;

    return extract_reader_new(&parts->scout, &session->rules->layouts, session->rules->scope,
                              session->options.reject_limit, &sink, &ignored) == STATUS_OK &&
           extract_reader_by(parts->scout, session->options.path, &ignored) == STATUS_OK &&
           extract_reader_feed(parts->scout, first.at, first.length, &ignored) == STATUS_OK &&
           extract_reader_summary(parts->scout)->era != NULL;
}

/* The first place from `at` on where a record seems to begin: behind a line end and
 * in front of a line that is a whole row.  UINT64_MAX when none is seen. */
static uint64_t find_cut(const struct parts *parts, uint64_t at, char *window)
{
    struct fail ignored;
    size_t got = 0;
    const char *from;

    if (source_read_at(parts->source, at - 1, window, CUT_BYTES, &got, &ignored) != STATUS_OK)
        return UINT64_MAX;
    from = memchr(window, '\n', got);
    for (int tries = 0; tries < CUT_TRIES && from != NULL; tries++) {
        const char *const line = from + 1;
        const char *const end = memchr(line, '\n', got - (size_t)(line - window));

        if (end != NULL &&
            extract_reader_is_row(parts->scout, (struct view){line, (size_t)(end - line) + 1}))
            return at - 1 + (size_t)(line - window);
        from = end;
    }
    return UINT64_MAX;
}

static bool cut(struct parts *parts)
{
    const uint64_t bytes = source_all_bytes(parts->source);
    const uint64_t wanted = parts->session->options.part_bytes;
    const uint64_t step = wanted > 0 ? wanted : PART_BYTES;
    char *const window = malloc(CUT_BYTES);

    /* no header is longer than the first bytes, and a cut lies behind it */
    parts->list = calloc((size_t)(bytes / step) + 2, sizeof *parts->list);
    if (window != NULL && parts->list != NULL) {
        parts->list[parts->count++] = (struct part){.from = 0, .to = UINT64_MAX};
        for (uint64_t at = step; at < bytes; at += step) {
            const uint64_t place = find_cut(parts, at, window);

            if (place == UINT64_MAX || place <= parts->list[parts->count - 1].from)
                continue;
            parts->list[parts->count - 1].to = place;
            parts->list[parts->count++] = (struct part){.from = place, .to = UINT64_MAX};
        }
    }
    free(window);
    return parts->count > 1;
}

static enum status begin_part(struct worker *worker, struct part *part, struct fail *why)
{
    const struct parts *const parts = worker->parts;
    const struct session *const session = parts->session;
    const struct extract_sink sink = {worker, add_row};
    enum status status;

    if (part->from > 0)
        status = extract_reader_fork(&part->reader, parts->scout, &sink, why);
    else
        status = extract_reader_new(&part->reader, &session->rules->layouts, session->rules->scope,
                                    session->options.reject_limit, &sink, why);
    if (status == STATUS_OK && part->from == 0)
        status = extract_reader_by(part->reader, session->options.path, why);
    if (status == STATUS_OK && session_sums_all(session))
        extract_reader_totals(part->reader, (struct totals_sink){worker, add_totals});
    if (status == STATUS_OK && part->from == 0)
        extract_reader_latest(part->reader, session_present());
    return status;
}

static void tick(struct worker *worker, size_t bytes)
{
    struct parts *const parts = worker->parts;
    const struct session_progress *const progress = &parts->session->options.progress;
    const uint64_t done = atomic_fetch_add(&parts->done_bytes, bytes) + bytes;

    if (worker->ticks && progress->tick != NULL)
        progress->tick(progress->context, parts->session->name, done,
                       source_all_bytes(parts->source), atomic_load(&parts->done_rows));
}

static enum status read_part(struct worker *worker, struct part *part, struct fail *why)
{
    uint64_t at = part->from;
    size_t got = 1;
    bool whole = false;
    enum status status = begin_part(worker, part, why);

    while (status == STATUS_OK && got > 0 && at < part->to) {
        char *place;
        size_t room;

        extract_reader_room(part->reader, &place, &room);
        if (room > part->to - at)
            room = (size_t)(part->to - at);
        status = source_read_at(worker->parts->source, at, place, room, &got, why);
        if (status == STATUS_OK)
            status = extract_reader_filled(part->reader, got, why);
        at += got;
        tick(worker, got);
        if (atomic_load_explicit(&worker->parts->failed, memory_order_relaxed))
            return STATUS_DATA; /* another part has, and all will be read again */
    }
    if (status == STATUS_OK && part->to != UINT64_MAX && at != part->to)
        return STATUS_IO; /* the file has become shorter */
    if (status == STATUS_OK)
        status = extract_reader_part_end(part->reader, part->to == UINT64_MAX, &whole, why);
    return status == STATUS_OK && !whole ? STATUS_DATA : status;
}

static void *work(void *context)
{
    struct worker *const worker = context;
    struct parts *const parts = worker->parts;
    struct fail ignored;
    size_t i;

    while (!atomic_load(&parts->failed) && (i = atomic_fetch_add(&parts->next, 1)) < parts->count) {
        struct part *const part = &parts->list[i];

        if (read_part(worker, part, &ignored) != STATUS_OK)
            atomic_store(&parts->failed, true);
        else
            atomic_fetch_add(&parts->done_rows, extract_reader_summary(part->reader)->rows_read);
    }
    return NULL;
}

/* The caller works too; a thread that cannot be had is done without. */
static bool run_workers(struct parts *parts, struct worker *workers, size_t threads)
{
    for (size_t i = 1; i < threads; i++)
        workers[i].started = pthread_create(&workers[i].id, NULL, work, &workers[i]) == 0;
    workers[0].ticks = true;
    work(&workers[0]);
    for (size_t i = 1; i < threads; i++)
        if (workers[i].started)
            pthread_join(workers[i].id, NULL);
    return !atomic_load(&parts->failed);
}

static bool add_up(struct session *session, const struct parts *parts, struct worker *workers,
                   size_t threads)
{
    struct fail ignored;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < parts->count && status == STATUS_OK; i++)
        status = extract_reader_join(session->reader, parts->list[i].reader, &ignored);
    session->part = workers[0].cube;
    session->part_totals = workers[0].totals;
    workers[0].cube = (struct cube){0};
    workers[0].totals = (struct totals){.complete = {.count = 0}};
    for (size_t i = 1; i < threads && status == STATUS_OK; i++) {
        status = cube_merge(&session->part, &workers[i].cube, &ignored);
        if (status == STATUS_OK)
            status = totals_merge(&session->part_totals, &workers[i].totals, &ignored);
        cube_release(&workers[i].cube);
    }
    return status == STATUS_OK;
}

static void release_worker(struct worker *worker)
{
    cube_release(&worker->cube);
    totals_release(&worker->totals);
}

static void release(struct parts *parts, struct worker *workers, size_t threads)
{
    for (size_t i = 0; i < threads; i++)
        release_worker(&workers[i]);
    for (size_t i = 0; i < parts->count; i++)
        extract_reader_free(parts->list[i].reader);
    extract_reader_free(parts->scout);
    free(parts->list);
}

enum status read_in_parts(struct session *session, struct source *source, bool *done,
                          struct fail *why)
{
    struct parts parts = {.session = session, .source = source};
    struct worker workers[MOST_THREADS] = {0};
    const size_t threads = parts_threads(session) - source_takes_sha256_aside(source);
    enum status status = STATUS_OK;

    *done = false;
    if (threads > 1 && source_has_places(source) && send_scout(&parts) && cut(&parts)) {
        for (size_t i = 0; i < threads; i++) {
            workers[i].parts = &parts;
            workers[i].extract = extract_reader_summary(parts.scout)->era->extract;
        }
        *done = run_workers(&parts, workers, threads) && add_up(session, &parts, workers, threads);
        if (*done) {
            source_pass(source);
        } else {
            status = session_begin_again(session, why);
            if (status == STATUS_OK)
                status = source_begin_again(source, why);
        }
    }
    release(&parts, workers, threads);
    return status;
}
