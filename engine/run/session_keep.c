#include "run/kept_scope.h"
#include "run/session_internal.h"
#include "run/session_store.h"
#include "run/version.h"

#include <stdio.h>
#include <stdlib.h>

void session_keep(struct session *session, struct store *store)
{
    session->store = store;
}

/* The same bytes, with all their months in force and nothing left out that the rules
 * want now: there is nothing to add. */
static bool is_known(const struct session *session, const char *scope)
{
    const char *const sha256 = session->files[session->first_member].sha256;
    size_t file_count;
    size_t addition_count;
    const struct store_file *const files = store_files(session->store, &file_count);
    const struct store_addition *const additions = store_additions(session->store, &addition_count);
    bool found = false;
    bool whole = sha256[0] != '\0'; /* fed in, it has no digest */

    for (size_t i = 0; i < file_count; i++) {
        const struct store_addition *const addition = &additions[files[i].addition];

        if (strcmp(addition->sha256, sha256) != 0 ||
            kept_scope_missing(addition->scope, scope).length > 0)
            continue;
        for (size_t m = 0; m < files[i].summary.month_count; m++) {
            found = found || files[i].parts[m].state == PART_KEPT;
            whole = whole && files[i].parts[m].state == PART_KEPT;
        }
    }
    return found && whole;
}

/* The part that has the month in force for a group, among files 0 to count - 1. */
static struct store_part *find_part(struct store_file *files, size_t count, const char *group,
                                    month_t month, size_t *file)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t m = 0; m < files[i].summary.month_count; m++) {
            if (files[i].parts[m].state != PART_KEPT || files[i].parts[m].month != month ||
                strcmp(files[i].group, group) != 0)
                continue;
            *file = i;
            return &files[i].parts[m];
        }
    }
    return NULL;
}

/* What hospitals and gases need is not in the store's tables: the series of a month, returns, and
 * the scope by dm+d codes. */
static enum status check_subject(const struct audit_file *file, struct fail *why)
{
    if (file->summary.era->extract->subject == SUBJECT_prescribing)
        return STATUS_OK;
    fail_set(why, STATUS_DATA,
             "is no prescribing extract (%s); the store keeps those alone, and run "
             "reads all",
             file->summary.era->extract->title);
    return fail_in(why, file->name, 0);
}

static enum status check_against_store(struct session *session, size_t number, struct fail *why)
{
    const struct audit_file *const file = &session->files[number];
    const char *const group = file->summary.era->extract->group;
    size_t count;
    struct store_file *const files = store_files(session->store, &count);
    char text[MONTH_TEXT];
    size_t before;

    for (size_t i = 0; i < file->summary.month_count && !session->options.replace; i++) {
        const month_t month = file->summary.months[i].month;

        if (find_part(files, count, group, month, &before) == NULL)
            continue;
        fail_set(why, STATUS_DATA,
                 "holds %s, which %s has brought already; --replace takes the later one",
                 month_print(month, text), files[before].name);
        return fail_in(why, file->name, 0);
    }
    return STATUS_OK;
}

/* Months that were in force until now give way to those of member `number`. */
static enum status replace_months(struct session *session, struct store_file *members,
                                  size_t number, struct fail *why)
{
    const struct store_file *const member = &members[number];
    size_t count;
    struct store_file *const files = store_files(session->store, &count);
    size_t ignored;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < member->summary.month_count && status == STATUS_OK; i++) {
        const month_t month = member->summary.months[i].month;
        struct store_part *part = find_part(files, count, member->group, month, &ignored);

        if (part == NULL)
            part = find_part(members, number, member->group, month, &ignored);
        if (part != NULL)
            status = store_drop(session->store, part, member->number, why);
    }
    return status;
}

static const struct cube *cube_of(const struct session *session, size_t file)
{
    for (size_t i = 0; i < session->member_count; i++)
        if (session->members[i].file == file)
            return &session->members[i].cube;
    return NULL;
}

static struct store_file account_of(const struct session *session, size_t number)
{
    const struct audit_file *const file = &session->files[number];
    const struct era *const era = file->summary.era;

    return (struct store_file){
        .name = file->name,
        .extract = era != NULL ? era->extract->id : "",
        .era = era != NULL ? era->id : "",
        .group = era != NULL ? era->extract->group : "",
        .companion = file->companion,
        .summary = file->summary,
        .cube = cube_of(session, number),
    };
}

static enum status put_members(struct session *session, const char *scope, struct fail *why)
{
    const struct audit_file *const first = &session->files[session->first_member];
    const size_t count = session->file_count - session->first_member;
    struct store_file *const members = calloc(count + 1, sizeof *members);
    char added[32];
    const struct store_addition addition = {
        .sha256 = first->sha256,
        .bytes = first->bytes,
        .added = added,
        .program = CANISTER_VERSION,
        .rules = session->rules->version,
        .rules_sha256 = session->rules->digest,
        .scope = scope,
        .reject_limit = session->options.reject_limit,
        .replace = session->options.replace,
        .keep_going = session->options.keep_going,
    };
    enum status status = members != NULL ? STATUS_OK : fail_nomem(why);

    session_clock(added, sizeof added);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        members[i] = account_of(session, session->first_member + i);
    if (status == STATUS_OK)
        status = store_put(session->store, &addition, members, count, why);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = replace_months(session, members, i, why);
    free(members);
    return status;
}

static void note_known(struct session *session)
{
    for (size_t i = session->first_member; i < session->file_count; i++)
        session->files[i].known = true;
}

static enum status add_members(struct session *session, struct fail *why)
{
    const char *const scope = kept_scope_write(session->rules, &session->arena);
    enum status status = scope != NULL ? STATUS_OK : fail_nomem(why);

    if (status != STATUS_OK)
        return status;
    if (is_known(session, scope)) {
        note_known(session);
        store_rollback(session->store);
        return STATUS_OK;
    }
    for (size_t i = 0; i < session->member_count && status == STATUS_OK; i++)
        status = check_subject(&session->files[session->members[i].file], why);
    for (size_t i = 0; i < session->member_count && status == STATUS_OK; i++)
        status = check_against_store(session, session->members[i].file, why);
    if (status == STATUS_OK)
        status = session_check_members(session, why);
    if (status == STATUS_OK)
        status = put_members(session, scope, why);
    return status == STATUS_OK ? store_commit(session->store, why) : status;
}

enum status session_keep_file(struct session *session, struct fail *why)
{
    enum status status = store_begin(session->store, why);

    if (status == STATUS_OK)
        status = add_members(session, why);
    if (status != STATUS_OK)
        store_rollback(session->store);
    return status;
}
