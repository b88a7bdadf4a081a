#include "base/grow.h"
#include "run/kept_scope.h"
#include "run/load_parts.h"
#include "run/parts.h"
#include "run/session_internal.h"
#include "run/session_store.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_asked(const struct store_part *part, const struct session_months *months)
{
    return part->state != PART_REMOVED &&
           (months->from == MONTH_NONE || part->month >= months->from) &&
           (months->to == MONTH_NONE || part->month <= months->to);
}

static bool has_months(const struct store_file *file, const struct session_months *months)
{
    for (size_t i = 0; i < file->summary.month_count; i++)
        if (is_asked(&file->parts[i], months))
            return true;
    return false;
}

/* A month that gave way to another file leaves its names; one that was removed was never there. */
static bool gives_names(const struct store_file *file)
{
    for (size_t i = 0; i < file->summary.month_count; i++)
        if (file->parts[i].state != PART_REMOVED)
            return true;
    return false;
}

/* What comes along with a file that has months: the other members of its archive. */
static bool is_listed(struct store *store, size_t number, const struct session_months *months)
{
    size_t count;
    const struct store_file *const files = store_files(store, &count);

    if (!files[number].companion)
        return has_months(&files[number], months);
    for (size_t i = 0; i < count; i++)
        if (files[i].addition == files[number].addition && has_months(&files[i], months))
            return true;
    return false;
}

static enum status note_replaced_parts(struct session *session, struct audit_file *account,
                                       const struct store_file *file, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < file->summary.month_count && status == STATUS_OK; i++) {
        const struct store_part *const part = &file->parts[i];

        if (part->state == PART_REPLACED)
            status = session_note_month(
                session, store_is_passed(file, part) ? &account->passed : &account->replaced,
                part->month, why);
    }
    return status;
}

/* A month that was removed is not told as one that the results hold. */
static void leave_out_removed(struct audit_file *account, const struct store_file *file)
{
    account->summary.month_count = 0;
    for (size_t i = 0; i < file->summary.month_count; i++)
        if (file->parts[i].state != PART_REMOVED)
            account->summary.months[account->summary.month_count++] = file->summary.months[i];
}

/* The account of a file, which the session owns from now on. */
static enum status take_account(struct session *session, struct store_file *file,
                                const struct store_addition *addition, struct fail *why)
{
    const struct era *era;
    const struct series_rule *series;
    struct audit_file *account;
    const enum status status = kept_find_era(session->rules, file, &era, &series, why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&session->files, &session->file_room, session->file_count + 1,
              sizeof *session->files))
        return fail_nomem(why);
    account = &session->files[session->file_count];
    *account = (struct audit_file){
        .name = arena_copy(&session->arena, view_of(file->name)),
        .bytes = addition->bytes,
        .companion = file->companion,
        .summary = file->summary,
        .series = series,
    };
    if (account->name == NULL)
        return fail_nomem(why);
    snprintf(account->sha256, sizeof account->sha256, "%s", addition->sha256);
    account->summary.era = era;
    session->file_count++;
    leave_out_removed(account, file);
    file->summary.rejects = (struct rejects){0};
    file->summary.months = NULL;
    return note_replaced_parts(session, account, file, why);
}

/* What published totals are held against; hospital extracts have none. */
static enum status load_totals(struct session *session, struct store *store,
                               const struct store_file *file, const struct store_part *part,
                               struct fail *why)
{
    const struct series_rule *series;
    const struct era *era;
    const enum status status = kept_find_era(session->rules, file, &era, &series, why);

    if (status != STATUS_OK || session->options.control == NULL ||
        era->extract->subject != SUBJECT_prescribing)
        return status;
    if (file->has_totals)
        return store_load_totals(store, part, &session->totals, why);
    fail_set(why, STATUS_DATA,
             "the store did not keep the sums of all its rows: add it again with canister add "
             "--totals --replace");
    return fail_in(why, file->name, 0);
}

/* A load on its way: what is asked for, and the parts that have it. */
struct asking {
    struct session *session;
    struct store *store;
    const struct session_months *months;
    struct part_list parts;
};

static enum status want_part(struct asking *asking, const struct store_file *file,
                             const struct store_addition *addition, const struct store_part *part,
                             struct fail *why)
{
    struct session *const session = asking->session;
    enum status status = kept_check(session->rules, file, addition, &session->arena, why);

    if (status == STATUS_OK && session->other != NULL)
        status = kept_check(session->other, file, addition, &session->arena, why);
    if (status != STATUS_OK)
        return status;
    if (!grow(&asking->parts.list, &asking->parts.room, asking->parts.count + 1,
              sizeof *asking->parts.list))
        return fail_nomem(why);
    asking->parts.list[asking->parts.count++] = part;
    return load_totals(session, asking->store, file, part, why);
}

static enum status want_file(struct asking *asking, size_t number, struct fail *why)
{
    struct session *const session = asking->session;
    size_t count;
    struct store_file *const file = &store_files(asking->store, &count)[number];
    const struct store_addition *const addition =
        &store_additions(asking->store, &count)[file->addition];
    enum status status = STATUS_OK;

    if (!is_listed(asking->store, number, asking->months))
        return STATUS_OK;
    for (size_t i = 0; i < file->summary.month_count && status == STATUS_OK; i++)
        if (file->parts[i].state == PART_KEPT && is_asked(&file->parts[i], asking->months))
            status = want_part(asking, file, addition, &file->parts[i], why);
    if (status == STATUS_OK)
        status = take_account(session, file, addition, why);
    if (status != STATUS_OK)
        return status;
    /* as the latest addition was told; --replace and --keep-going if any was */
    session->options.reject_limit = addition->reject_limit;
    session->options.replace = session->options.replace || addition->replace;
    session->options.keep_going = session->options.keep_going || addition->keep_going;
    return STATUS_OK;
}

static enum status load_names(struct session *session, struct store *store,
                              const struct store_file *file, struct fail *why)
{
    enum status status;

    if (!gives_names(file))
        return STATUS_OK;
    status = store_load_names(store, file, &session->cube, why);
    return status == STATUS_OK && session->options.control != NULL && file->has_totals
               ? store_load_total_names(store, file, &session->totals, why)
               : status;
}

static enum status load_all(struct asking *asking, struct fail *why)
{
    struct session *const session = asking->session;
    size_t count;
    enum status status = STATUS_OK;

    store_files(asking->store, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = want_file(asking, i, why);
    if (status == STATUS_OK)
        status =
            load_parts(asking->store, &asking->parts, parts_threads(session), &session->cube, why);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = load_names(session, asking->store, &store_files(asking->store, &count)[i], why);
    return status;
}

enum status session_load(struct session *session, struct store *store,
                         const struct session_months *months, struct fail *why)
{
    struct asking asking = {session, store, months, {NULL, 0, 0}};
    enum status status = store_begin(store, why);

    if (status == STATUS_OK)
        status = load_all(&asking, why);
    free(asking.parts.list);
    store_rollback(store);
    if (status == STATUS_OK && session->cube.count == 0) {
        fail_set(why, STATUS_DATA, "the store holds no sums of these months");
        return fail_in(why, store_path(store), 0);
    }
    session->months = *months;
    return status == STATUS_OK && session->other == NULL
               ? kept_scope_leave_out(session->rules, &session->cube, why)
               : status;
}
