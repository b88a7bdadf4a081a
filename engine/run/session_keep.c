#include "run/kept_months.h"
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

/* In force, or given way to a better series that is: what the same bytes would do again. */
static bool stands(const struct session *session, const struct store_file *file,
                   const struct store_part *part)
{
    size_t count;
    struct store_file *const files = store_files(session->store, &count);
    const struct series_rule *series;
    const struct series_rule *other;
    const struct era *era;
    struct fail ignored;
    size_t before;

    if (part->state != PART_REPLACED)
        return part->state == PART_KEPT;
    return find_part(files, count, file->group, part->month, &before) != NULL &&
           kept_find_era(session->rules, file, &era, &series, &ignored) == STATUS_OK &&
           kept_find_era(session->rules, &files[before], &era, &other, &ignored) == STATUS_OK &&
           series_better_by(series, other) < 0;
}

/* Published totals are of prescribing. */
static bool has_totals(const struct session *session, const struct era *era)
{
    return session->options.totals && era != NULL && era->extract->subject == SUBJECT_prescribing;
}

/* Nothing was left out of it that the rules want now. */
static enum status holds_all(struct session *session, const struct store_file *file,
                             const struct store_addition *addition, bool *all, struct fail *why)
{
    const struct series_rule *series;
    const struct era *era = NULL;
    enum status status = kept_check(session->rules, file, addition, &session->arena, why);

    if (status == STATUS_OK)
        status = kept_find_era(session->rules, file, &era, &series, why);
    *all = status == STATUS_OK && (file->has_totals || !has_totals(session, era));
    return status == STATUS_RULE ? STATUS_OK : status;
}

/* All months of all its files stand, and nothing is missing of them. */
static enum status addition_stands(struct session *session, size_t number, bool *whole,
                                   struct fail *why)
{
    size_t count;
    const struct store_addition *const addition = &store_additions(session->store, &count)[number];
    const struct store_file *const files = store_files(session->store, &count);
    enum status status = STATUS_OK;

    *whole = true;
    for (size_t i = 0; i < count && *whole && status == STATUS_OK; i++) {
        if (files[i].addition != number || files[i].companion)
            continue;
        status = holds_all(session, &files[i], addition, whole, why);
        for (size_t m = 0; m < files[i].summary.month_count; m++)
            *whole = *whole && stands(session, &files[i], &files[i].parts[m]);
    }
    return status;
}

/* Whether the same bytes are there, so that there is nothing to add; fed in, they have no sha256.
 */
static enum status look_up(struct session *session, bool *known, struct fail *why)
{
    const char *const sha256 = session->files[session->first_member].sha256;
    size_t count;
    const struct store_addition *const additions = store_additions(session->store, &count);
    enum status status = STATUS_OK;

    *known = false;
    for (size_t i = 0; i < count && sha256[0] != '\0' && !*known && status == STATUS_OK; i++)
        if (strcmp(additions[i].sha256, sha256) == 0)
            status = addition_stands(session, i, known, why);
    return status;
}

/* The months of files that may each bring any month: rows of theirs must not come twice. */
static enum status check_rows(struct session *session, const struct member *member,
                              struct fail *why)
{
    const struct audit_file *const file = &session->files[member->file];
    size_t count;
    const struct store_file *const files = store_files(session->store, &count);
    struct cube before = {0};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count && status == STATUS_OK; m++)
            if (files[i].parts[m].state == PART_KEPT &&
                strcmp(files[i].group, file->summary.era->extract->group) == 0)
                status = store_load(session->store, &files[i].parts[m], &before, why);
    if (status == STATUS_OK)
        status = cube_index(&before, why);
    if (status == STATUS_OK)
        status = session_check_rows(file, &before, &member->cube, why);
    cube_release(&before);
    return status;
}

/* A month that is there already: the better series has it; of one series only --replace takes
 * the later one. */
static enum status check_against_store(struct session *session, const struct member *member,
                                       struct fail *why)
{
    const struct audit_file *const file = &session->files[member->file];
    const struct extract_rule *const extract = file->summary.era->extract;
    size_t count;
    struct store_file *const files = store_files(session->store, &count);
    struct month_overlap overlap;
    size_t before;
    enum status status;

    if (extract->by_organisation)
        return check_rows(session, member, why);
    for (size_t i = 0; i < file->summary.month_count && !session->options.replace; i++) {
        const month_t month = file->summary.months[i].month;
        const struct series_rule *series = NULL;
        const struct era *era;

        if (find_part(files, count, extract->group, month, &before) == NULL)
            continue;
        if (kept_find_era(session->rules, &files[before], &era, &series, why) != STATUS_OK)
            return why->code;
        if (series_better_by(file->series, series) != 0)
            continue;
        status =
            kept_month_compare(session->store, extract->group, &member->cube, month, &overlap, why);
        if (status != STATUS_OK)
            return status;
        if (overlap.relation != MONTH_PARTS)
            return month_refuse(&overlap, month, file->name, files[before].name, why);
    }
    return STATUS_OK;
}

/* Who has a month besides the one that is being put. */
struct bringer {
    const struct store_file *file;
    struct store_part *part;
    const struct member *member; /* its sums, where it came in the same archive */
};

/* NULL for a companion. */
static const struct member *member_of(const struct session *session, size_t file)
{
    for (size_t i = 0; i < session->member_count; i++)
        if (session->members[i].file == file)
            return &session->members[i];
    return NULL;
}

/* Of the two that have a month one gives way: the one of the lesser series, or the earlier. */
static enum status settle_month(struct session *session, struct store_file *member,
                                struct store_part *part, const struct bringer *before,
                                struct audit_file *account, struct fail *why)
{
    const struct series_rule *series;
    const struct era *era;
    int64_t better;
    enum status status = kept_find_era(session->rules, before->file, &era, &series, why);

    if (status != STATUS_OK)
        return status;
    better = series_better_by(account->series, series);
    if (better < 0)
        status = store_drop(session->store, part, before->file->number, why);
    else
        status = store_drop(session->store, before->part, member->number, why);
    if (status != STATUS_OK || better == 0)
        return status;
    return session_note_month(session, better < 0 ? &account->passed : &account->took, part->month,
                              why);
}

/* Parts of one month stay side by side; of two that have the same organisations one gives way. */
static enum status settle_with(struct session *session, struct store_file *members, size_t number,
                               struct store_part *part, const struct bringer *before,
                               struct fail *why)
{
    struct audit_file *const account = &session->files[session->first_member + number];
    const struct member *const member = member_of(session, session->first_member + number);
    struct month_overlap overlap = {.relation = MONTH_AGAIN};
    const struct series_rule *series;
    const struct era *era;
    enum status status = kept_find_era(session->rules, before->file, &era, &series, why);

    if (status == STATUS_OK && series_better_by(account->series, series) == 0 && member != NULL)
        status = before->member != NULL ? month_compare_cubes(&before->member->cube, &member->cube,
                                                              part->month, &overlap, why)
                                        : kept_part_compare(session->store, before->part,
                                                            &member->cube, &overlap, why);
    if (status != STATUS_OK || overlap.relation == MONTH_PARTS)
        return status;
    return settle_month(session, &members[number], part, before, account, why);
}

/* With every file that has the month: those of the store, and earlier members of the archive. */
static enum status settle_part(struct session *session, struct store_file *members, size_t number,
                               struct store_part *part, struct fail *why)
{
    size_t count;
    struct store_file *const files = store_files(session->store, &count);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count + number && status == STATUS_OK; i++) {
        struct store_file *const file = i < count ? &files[i] : &members[i - count];
        struct bringer before = {.file = file};

        if (i >= count)
            before.member = member_of(session, session->first_member + i - count);
        for (size_t m = 0; m < file->summary.month_count && status == STATUS_OK; m++) {
            before.part = &file->parts[m];
            if (part->state == PART_KEPT && before.part->state == PART_KEPT &&
                before.part->month == part->month &&
                strcmp(file->group, members[number].group) == 0)
                status = settle_with(session, members, number, part, &before, why);
        }
    }
    return status;
}

static enum status settle_months(struct session *session, struct store_file *members, size_t number,
                                 struct fail *why)
{
    struct audit_file *const account = &session->files[session->first_member + number];
    struct store_file *const member = &members[number];
    enum status status = STATUS_OK;

    if (member->companion || account->summary.era->extract->by_organisation)
        return STATUS_OK;
    for (size_t i = 0; i < member->summary.month_count && status == STATUS_OK; i++)
        status = settle_part(session, members, number, &member->parts[i], why);
    return status;
}

static struct store_file account_of(const struct session *session, size_t number)
{
    const struct audit_file *const file = &session->files[number];
    const struct era *const era = file->summary.era;
    const struct member *const member = member_of(session, number);

    return (struct store_file){
        .name = file->name,
        .extract = era != NULL ? era->extract->id : "",
        .era = era != NULL ? era->id : "",
        .group = era != NULL ? era->extract->group : "",
        .series = file->series != NULL ? file->series->id : "",
        .companion = file->companion,
        .summary = file->summary,
        .cube = member != NULL ? &member->cube : NULL,
        .totals = member != NULL && has_totals(session, era) ? &member->totals : NULL,
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
        .rules_sha256 = session->rules->sha256,
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
        status = settle_months(session, members, i, why);
    free(members);
    return status;
}

static void note_known(struct session *session)
{
    for (size_t i = session->first_member; i < session->file_count; i++)
        session->files[i].known = true;
}

static const char *write_scope(struct session *session)
{
    unsigned subjects = 0;

    for (size_t i = 0; i < session->member_count; i++)
        subjects |= 1U << session->files[session->members[i].file].summary.era->extract->subject;
    return kept_scope_write(session->rules, subjects, &session->arena);
}

static enum status add_members(struct session *session, struct fail *why)
{
    const char *const scope = write_scope(session);
    bool known = false;
    enum status status = scope != NULL ? look_up(session, &known, why) : fail_nomem(why);

    if (status != STATUS_OK)
        return status;
    if (known) {
        note_known(session);
        store_rollback(session->store);
        return STATUS_OK;
    }
    for (size_t i = 0; i < session->member_count && status == STATUS_OK; i++)
        status = check_against_store(session, &session->members[i], why);
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
