#include "run/session_internal.h"

#include "base/grow.h"
#include "run/month_parts.h"

#include <string.h>

static bool brings(const struct audit_file *file, const char *group, month_t month)
{
    return audit_file_brings(file, month) && strcmp(file->summary.era->extract->group, group) == 0;
}

/* The file before number `last` that brought this month, or NULL. */
static struct audit_file *find_bringer(struct session *session, const char *group, month_t month,
                                       size_t last)
{
    for (size_t i = 0; i < last; i++)
        if (brings(&session->files[i], group, month))
            return &session->files[i];
    return NULL;
}

int64_t series_better_by(const struct series_rule *one, const struct series_rule *other)
{
    return one != NULL && other != NULL ? one->rank - other->rank : 0;
}

static struct group_cube *find_group(const struct session *session, const char *group)
{
    for (size_t i = 0; i < session->cube_count; i++)
        if (strcmp(session->cubes[i].group, group) == 0)
            return &session->cubes[i];
    return NULL;
}

/* Who has the month of this group already: what was taken, and earlier members of the archive. */
static enum status add_earlier(const struct session *session, const struct member *member,
                               month_t month, struct month_holders *earlier, struct fail *why)
{
    const char *const name = session->files[member->file].summary.era->extract->group;
    const struct group_cube *const group = find_group(session, name);
    enum status status =
        group != NULL ? month_holders_add(earlier, &group->cube, month, why) : STATUS_OK;

    for (const struct member *m = session->members; m < member && status == STATUS_OK; m++)
        if (strcmp(session->files[m->file].summary.era->extract->group, name) == 0)
            status = month_holders_add(earlier, &m->cube, month, why);
    return status;
}

static enum status compare_month(const struct session *session, const struct member *member,
                                 month_t month, struct month_overlap *overlap, struct fail *why)
{
    struct month_holders earlier = {.levels = {false}};
    struct month_holders later = {.levels = {false}};
    enum status status = add_earlier(session, member, month, &earlier, why);

    if (status == STATUS_OK)
        status = month_holders_add(&later, &member->cube, month, why);
    if (status == STATUS_OK)
        month_compare(overlap, &earlier, &later);
    month_holders_release(&earlier);
    month_holders_release(&later);
    return status;
}

static size_t count_bringers(struct session *session, const char *group, month_t month, size_t last)
{
    size_t count = 0;

    for (size_t i = 0; i < last; i++)
        count += brings(&session->files[i], group, month);
    return count;
}

static enum status check_month(struct session *session, const struct member *member, month_t month,
                               struct fail *why)
{
    const struct audit_file *const file = &session->files[member->file];
    const char *const group = file->summary.era->extract->group;
    const struct audit_file *const before = find_bringer(session, group, month, member->file);
    struct month_overlap overlap;
    enum status status;

    if (before == NULL || series_better_by(file->series, before->series) != 0)
        return STATUS_OK;
    status = compare_month(session, member, month, &overlap, why);
    if (status != STATUS_OK || overlap.relation == MONTH_PARTS)
        return status;
    /* of several files one cannot be taken out of their sum */
    if (session->options.replace &&
        (overlap.lost == 0 || count_bringers(session, group, month, member->file) == 1))
        return STATUS_OK;
    return month_refuse(&overlap, month, file->name, before->name, why);
}

/* Files that trusts keep themselves: each may bring any month, but a row that
 * another file has brought would count twice. */
enum status session_check_rows(const struct audit_file *file, const struct cube *before,
                               const struct cube *cube, struct fail *why)
{
    const struct cell *shared = NULL;
    char month[MONTH_TEXT];
    uint32_t trust;

    if (!cube_shares(before, cube, &shared))
        return STATUS_OK;
    trust = place_organisation(&cube->places, shared->place, LEVEL_TRUST);
    fail_set(why, STATUS_DATA, "holds a row of %s in %s that another file already has",
             trust != ORGANISATION_NONE ? organisation_code(&cube->places, LEVEL_TRUST, trust).at
                                        : "nobody",
             month_print(shared->month, month));
    return fail_in(why, file->name, 0);
}

/* Beside what was taken before, and the members of the same archive. */
static enum status check_rows(const struct session *session, const struct member *member,
                              struct fail *why)
{
    const struct audit_file *const file = &session->files[member->file];
    const char *const name = file->summary.era->extract->group;
    const struct group_cube *const group = find_group(session, name);
    enum status status =
        group != NULL ? session_check_rows(file, &group->cube, &member->cube, why) : STATUS_OK;

    for (const struct member *m = session->members; m < member && status == STATUS_OK; m++)
        if (strcmp(session->files[m->file].summary.era->extract->group, name) == 0)
            status = session_check_rows(file, &m->cube, &member->cube, why);
    return status;
}

/* The same month twice would count everything twice.  All months are looked at
 * before the first is taken, so that a refused file leaves nothing behind. */
static enum status check_member(struct session *session, const struct member *member,
                                struct fail *why)
{
    const struct audit_file *const file = &session->files[member->file];
    enum status status = STATUS_OK;

    if (file->summary.era->extract->by_organisation)
        return check_rows(session, member, why);
    for (size_t i = 0; i < file->summary.month_count && status == STATUS_OK; i++)
        status = check_month(session, member, file->summary.months[i].month, why);
    return status;
}

enum status session_note_month(struct session *session, struct month_list *months, month_t month,
                               struct fail *why)
{
    month_t *const list = arena_array(&session->arena, months->count + 1, sizeof *list);
    size_t at = months->count;

    if (list == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < months->count; i++)
        list[i] = months->list[i];
    for (; at > 0 && list[at - 1] > month; at--)
        list[at] = list[at - 1];
    list[at] = month;
    months->count++;
    months->list = list;
    return STATUS_OK;
}

/* All files that had the month give way. */
static enum status note_replaced(struct session *session, const char *group, month_t month,
                                 size_t last, struct fail *why)
{
    struct audit_file *before;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && (before = find_bringer(session, group, month, last)) != NULL)
        status = session_note_month(session, &before->replaced, month, why);
    return status;
}

/* Files of one month are its parts, or one gives way: the one of the lesser series, or the
 * earlier one. */
static enum status settle_month(struct session *session, struct member *member,
                                struct group_cube *group, month_t month, struct fail *why)
{
    struct audit_file *const file = &session->files[member->file];
    const struct audit_file *const before =
        find_bringer(session, group->group, month, member->file);
    const int64_t better = before != NULL ? series_better_by(file->series, before->series) : 0;
    struct month_overlap overlap = {.relation = MONTH_AGAIN};
    enum status status = STATUS_OK;

    if (before == NULL)
        return STATUS_OK;
    if (better == 0)
        status = compare_month(session, member, month, &overlap, why);
    if (status != STATUS_OK || overlap.relation == MONTH_PARTS)
        return status;
    cube_drop_month(better < 0 ? &member->cube : &group->cube, month);
    totals_drop_month(better < 0 ? &member->totals : &group->totals, month);
    return better < 0 ? session_note_month(session, &file->passed, month, why)
                      : note_replaced(session, group->group, month, member->file, why);
}

static bool is_empty(const struct cube *cube)
{
    return cube->count == 0 && places_count(&cube->places) == 0 && cube->codes.count == 0;
}

/* Adds the cube, or takes it as it is; what is left of it is empty. */
static enum status join_cube(struct cube *into, struct cube *cube, struct fail *why)
{
    if (!is_empty(into))
        return cube_merge(into, cube, why);
    cube_release(into);
    *into = *cube;
    *cube = (struct cube){0};
    return STATUS_OK;
}

static enum status add_group(struct session *session, const char *name, struct group_cube **group,
                             struct fail *why)
{
    *group = find_group(session, name);
    if (*group != NULL)
        return STATUS_OK;
    if (!grow(&session->cubes, &session->cube_room, session->cube_count + 1,
              sizeof *session->cubes))
        return fail_nomem(why);
    *group = &session->cubes[session->cube_count++];
    **group = (struct group_cube){.group = name};
    return STATUS_OK;
}

static enum status take_member(struct session *session, struct member *member, struct fail *why)
{
    const struct extract_summary *const summary = &session->files[member->file].summary;
    const struct extract_rule *const extract = summary->era->extract;
    struct group_cube *group = NULL;
    enum status status = add_group(session, extract->group, &group, why);

    for (size_t i = 0; i < summary->month_count && status == STATUS_OK && !extract->by_organisation;
         i++)
        status = settle_month(session, member, group, summary->months[i].month, why);
    if (status == STATUS_OK && session->options.control != NULL)
        status = totals_merge(&group->totals, &member->totals, why);
    return status == STATUS_OK ? join_cube(&group->cube, &member->cube, why) : status;
}

/* All members of the file were read to their end: it joins the run. */
enum status session_check_members(struct session *session, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < session->member_count && status == STATUS_OK; i++)
        status = check_member(session, &session->members[i], why);
    return status;
}

enum status session_take(struct session *session, struct fail *why)
{
    enum status status = session_check_members(session, why);

    for (size_t i = 0; i < session->member_count && status == STATUS_OK; i++)
        status = take_member(session, &session->members[i], why);
    return status;
}

enum status session_join_groups(struct session *session, struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < session->cube_count && status == STATUS_OK; i++) {
        status = join_cube(&session->cube, &session->cubes[i].cube, why);
        if (status == STATUS_OK && session->options.control != NULL)
            status = totals_merge(&session->totals, &session->cubes[i].totals, why);
    }
    return status;
}
