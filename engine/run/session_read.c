#include "run/session_internal.h"

#include "base/grow.h"
#include "run/parts.h"
#include "stream/ahead.h"
#include "stream/kind.h"
#include "stream/source.h"

#include <stdio.h>

enum status session_add_row(struct cube *cube, const struct extract_rule *extract,
                            const struct row *row, struct fail *why)
{
    const struct view code = view_of(extract->nation_code);
    const struct view name = view_of(extract->nation_name);

    return extract->subject == SUBJECT_prescribing ? cube_add(cube, row, code, name, why)
                                                   : cube_add_hospital(cube, row, code, name, why);
}

static enum status on_row(void *context, const struct row *row, struct fail *why)
{
    struct session *const session = context;

    return session_add_row(&session->part, extract_reader_summary(session->reader)->era->extract,
                           row, why);
}

static enum status on_totals(void *context, const struct row *row, bool complete, struct fail *why)
{
    struct session *const session = context;
    const struct extract_rule *const extract =
        extract_reader_summary(session->reader)->era->extract;

    return totals_add(&session->part_totals, row, complete, view_of(extract->nation_code),
                      view_of(extract->nation_name), why);
}

void session_drop_part(struct session *session)
{
    cube_release(&session->part);
    totals_release(&session->part_totals);
    extract_reader_free(session->reader);
    session->reader = NULL;
}

enum status session_begin_again(struct session *session, struct fail *why)
{
    const struct extract_sink sink = {session, on_row};
    enum status status;

    session_drop_part(session);
    status = extract_reader_new(&session->reader, &session->rules->layouts, session->rules->scope,
                                session->options.reject_limit, &sink, why);
    if (status == STATUS_OK)
        status = extract_reader_by(session->reader, session->options.path, why);
    if (status == STATUS_OK && session_sums_all(session))
        extract_reader_totals(session->reader, (struct totals_sink){session, on_totals});
    if (status == STATUS_OK)
        extract_reader_latest(session->reader, session_present());
    return status;
}

static enum status begin_member(struct session *session, const char *name, struct fail *why)
{
    session->name = arena_copy(&session->arena, view_of(name));
    return session->name != NULL ? session_begin_again(session, why) : fail_nomem(why);
}

/* Moves the account of the member into the list, also of a refused one. */
static enum status keep_account(struct session *session, const struct fail *refused,
                                struct fail *why)
{
    struct extract_summary *const summary = extract_reader_summary(session->reader);
    struct audit_file *file;

    if (!grow(&session->files, &session->file_room, session->file_count + 1,
              sizeof *session->files))
        return fail_nomem(why);
    file = &session->files[session->file_count++];
    *file = (struct audit_file){.name = session->name, .summary = *summary};
    if (summary->era != NULL)
        file->series = series_of(summary->era->extract, session->name);
    if (refused != NULL)
        snprintf(file->refused, sizeof file->refused, "%s", refused->text);
    *summary = (struct extract_summary){.era = summary->era}; /* the list owns it now */
    return STATUS_OK;
}

/* A member that is known to hold no rows is told, and not read. */
static enum status note_companion(struct session *session, const char *name, struct fail *why)
{
    const char *const kept = arena_copy(&session->arena, view_of(name));

    if (kept == NULL || !grow(&session->files, &session->file_room, session->file_count + 1,
                              sizeof *session->files))
        return fail_nomem(why);
    session->files[session->file_count++] = (struct audit_file){.name = kept, .companion = true};
    return STATUS_OK;
}

static enum status refuse_member(struct session *session, enum status status, struct fail *why)
{
    struct fail ignored;

    fail_in(why, session->name, why->line);
    session->stranger = status == STATUS_DATA && extract_reader_is_stranger(session->reader);
    if (keep_account(session, why, &ignored) != STATUS_OK)
        status = fail_nomem(why);
    session_drop_part(session);
    return status;
}

static enum status end_member(struct session *session, struct fail *why)
{
    enum status status = extract_reader_end(session->reader, why);

    if (status != STATUS_OK)
        return refuse_member(session, status, why);
    if (!grow(&session->members, &session->member_room, session->member_count + 1,
              sizeof *session->members))
        return fail_nomem(why);
    status = keep_account(session, NULL, why);
    if (status == STATUS_OK) {
        session->members[session->member_count++] =
            (struct member){session->part, session->part_totals, session->file_count - 1};
        session->part = (struct cube){0};
        session->part_totals = (struct totals){.complete = {.count = 0}};
    }
    session_drop_part(session);
    return status;
}

void session_release_members(struct session *session)
{
    for (size_t i = 0; i < session->member_count; i++) {
        cube_release(&session->members[i].cube);
        totals_release(&session->members[i].totals);
    }
    session->member_count = 0;
    session->first_member = session->file_count;
}

/* Takes or refuses the file as a whole; every member's account says which. */
static enum status close_file(struct session *session, enum status status, struct fail *why)
{
    if (status == STATUS_OK)
        status =
            session->store != NULL ? session_keep_file(session, why) : session_take(session, why);
    for (size_t i = session->first_member; status != STATUS_OK && i < session->file_count; i++)
        if (session->files[i].refused[0] == '\0')
            snprintf(session->files[i].refused, sizeof session->files[i].refused, "%s", why->text);
    session_release_members(session);
    return status;
}

enum status session_feed_begin(struct session *session, const char *name, struct fail *why)
{
    return begin_member(session, name, why);
}

enum status session_feed(struct session *session, const void *bytes, size_t length,
                         struct fail *why)
{
    const enum status status = extract_reader_feed(session->reader, bytes, length, why);

    return status == STATUS_OK ? status : fail_in(why, session->name, why->line);
}

enum status session_feed_end(struct session *session, struct fail *why)
{
    return close_file(session, end_member(session, why), why);
}

enum status session_feed_refuse(struct session *session, enum status status, struct fail *why)
{
    return close_file(session, refuse_member(session, status, why), why);
}

static void tick(const struct session *session, const struct source *source, uint64_t done_bytes)
{
    const struct session_progress *const progress = &session->options.progress;

    if (progress->tick != NULL)
        progress->tick(progress->context, session->name, done_bytes, source_all_bytes(source),
                       extract_reader_summary(session->reader)->rows_read);
}

/* Straight from the file into the reader's own room, without a copy. */
static enum status read_rows(struct session *session, struct source *source, struct fail *why)
{
    size_t got = 1;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && got > 0) {
        char *at;
        size_t room;

        extract_reader_room(session->reader, &at, &room);
        status = source_read(source, at, room, &got, why);
        if (status == STATUS_OK)
            status = extract_reader_filled(session->reader, got, why);
        tick(session, source, source_done_bytes(source));
    }
    return status;
}

/* The same with a thread that reads and inflates ahead. */
static enum status read_ahead(struct session *session, struct source *source, struct fail *why)
{
    struct ahead *ahead = NULL;
    struct view block = {"", 1};
    enum status status = ahead_new(&ahead, source, why);

    if (status == STATUS_OK && ahead == NULL)
        return read_rows(session, source, why);
    while (status == STATUS_OK && block.length > 0) {
        status = ahead_next(ahead, &block, why);
        if (status == STATUS_OK)
            status = extract_reader_feed(session->reader, block.at, block.length, why);
        tick(session, source, ahead_done_bytes(ahead));
    }
    ahead_free(ahead);
    return status;
}

static enum status read_member(struct session *session, struct source *source, struct fail *why)
{
    bool done = false;
    enum status status = begin_member(session, source_name(source), why);

    if (status != STATUS_OK)
        return status;
    status = read_in_parts(session, source, &done, why);
    if (status == STATUS_OK && !done)
        status = parts_threads(session) > 1 && !source_has_places(source)
                     ? read_ahead(session, source, why)
                     : read_rows(session, source, why);
    return status == STATUS_OK ? end_member(session, why) : refuse_member(session, status, why);
}

/* A member that is nothing like an extract is skipped where another one is an extract. */
static bool skip_stranger(struct session *session, const char *member, struct fail *first,
                          const struct fail *why)
{
    struct audit_file *file;

    if (!session->stranger || member == NULL)
        return false;
    file = &session->files[session->file_count - 1];
    file->companion = true;
    snprintf(file->skipped, sizeof file->skipped, "%s", file->refused);
    file->refused[0] = '\0';
    if (first->code == STATUS_OK)
        *first = *why;
    return true;
}

static bool is_left_out(const struct session *session, const char *member)
{
    return member != NULL &&
           (kind_is_junk(member) || is_companion(&session->rules->layouts, member));
}

static enum status read_members(struct session *session, struct source *source, struct fail *why)
{
    struct fail stranger = {.code = STATUS_OK};
    bool found = false;
    const char *member;
    enum status status;

    do {
        status = source_next(source, &found, why);
        if (status != STATUS_OK || !found)
            break;
        member = source_member(source);
        status = kind_check_member(member, why);
        if (status != STATUS_OK)
            break;
        session->stranger = false;
        status = is_left_out(session, member) ? note_companion(session, source_name(source), why)
                                              : read_member(session, source, why);
        if (status == STATUS_DATA && skip_stranger(session, member, &stranger, why))
            status = STATUS_OK;
    } while (status == STATUS_OK);
    if (status == STATUS_OK && session->member_count == 0 && stranger.code != STATUS_OK) {
        *why = stranger;
        return why->code;
    }
    if (status == STATUS_OK && session->member_count == 0)
        status = fail_set(why, STATUS_DATA, "is an archive without an extract in it");
    return status;
}

/* The sha256 of the whole file stands with each of its members. */
static enum status note_sha256(struct session *session, struct source *source, struct fail *why)
{
    char sha256[SHA256_TEXT] = "";
    uint64_t bytes = 0;
    const enum status status = source_end(source, sha256, &bytes, why);

    for (size_t i = session->first_member; i < session->file_count && status == STATUS_OK; i++) {
        memcpy(session->files[i].sha256, sha256, sizeof sha256);
        session->files[i].bytes = bytes;
    }
    return status;
}

static enum status read_source(struct session *session, const char *path, struct fail *why)
{
    struct source *source = NULL;
    enum status status = source_open(&source, path, why);

    if (status != STATUS_OK)
        return status;
    if (!session->options.sha256)
        source_skip_sha256(source);
    else if (parts_threads(session) > 1)
        status = source_sha256_aside(source, why);
    if (status == STATUS_OK)
        status = read_members(session, source, why);
    if (status == STATUS_OK)
        status = note_sha256(session, source, why);
    status = close_file(session, status, why);
    source_free(source);
    return status == STATUS_OK ? status : fail_in(why, source_shown(path), 0);
}

enum status session_read(struct session *session, const char *path, struct fail *why)
{
    const char *const kept = arena_copy(&session->arena, view_of(path));

    return kept != NULL ? read_source(session, kept, why) : fail_nomem(why);
}
