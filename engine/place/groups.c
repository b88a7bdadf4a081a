#include "place/groups.h"

#include "base/grow.h"
#include "base/limits.h"
#include "stream/scan_file.h"

#include <stdlib.h>

enum { GROUP_CODE, GROUP_NAME, MEMBER, COLUMNS };

struct groups_reading {
    struct groups *groups;
    bool has_header;
};

static enum status wrong(const struct scan_row *fields, const char *text, struct fail *why)
{
    fail_set(why, STATUS_DATA, "%s", text);
    why->line = fields->line;
    return STATUS_DATA;
}

static enum status check_header(const struct scan_row *fields, struct fail *why)
{
    static const char *const names[] = {"group_code", "group_name", "organisation_code"};
    bool same = fields->count == COLUMNS;

    for (size_t i = 0; same && i < COLUMNS; i++)
        same = view_is(view_trim(scan_field(fields, i)), names[i]);
    return same ? STATUS_OK
                : wrong(fields, "the header is not group_code,group_name,organisation_code", why);
}

static enum status put_group(struct groups *groups, const struct scan_row *fields, uint32_t *group,
                             struct fail *why)
{
    const size_t before = groups->codes.count;
    const struct view name = view_trim(scan_field(fields, GROUP_NAME));
    const enum status status =
        intern_put(&groups->codes, view_trim(scan_field(fields, GROUP_CODE)), group, why);

    if (status != STATUS_OK)
        return status;
    if (*group < before)
        return view_equal(groups->names[*group], name)
                   ? STATUS_OK
                   : wrong(fields, "this group had another name before", why);
    if (!grow(&groups->names, &groups->name_room, (size_t)*group + 1, sizeof *groups->names))
        return fail_nomem(why);
    groups->names[*group] = (struct view){arena_copy(&groups->arena, name), name.length};
    return groups->names[*group].at != NULL ? STATUS_OK : fail_nomem(why);
}

static enum status put_member(struct groups *groups, struct view code, uint32_t *member,
                              struct fail *why)
{
    const size_t before = groups->members.count;
    const enum status status = intern_put(&groups->members, code, member, why);

    if (status != STATUS_OK)
        return status;
    if (!grow(&groups->found, &groups->found_room, groups->members.count, sizeof *groups->found))
        return fail_nomem(why);
    if (!grow(&groups->chains, &groups->chain_room, groups->members.count, sizeof *groups->chains))
        return fail_nomem(why);
    if (groups->members.count > before) {
        groups->found[*member] = false;
        groups->chains[*member] = (struct group_chain){GROUP_END, GROUP_END};
    }
    return STATUS_OK;
}

static enum status add_entry(struct groups *groups, struct group_entry entry,
                             const struct scan_row *fields, struct fail *why)
{
    const uint32_t pair[2] = {entry.group, entry.member};
    const size_t before = groups->pairs.count;
    struct group_chain *chain;
    uint32_t number;

    if (groups->codes.count > LIMIT_GROUPS)
        return wrong(fields, "more groups than a report can have", why);
    if (before >= LIMIT_GROUP_MEMBERS)
        return wrong(fields, "more members than groups can have", why);
    if (intern_put(&groups->pairs, (struct view){(const char *)pair, sizeof pair}, &number, why) !=
        STATUS_OK)
        return why->code;
    if (number < before)
        return wrong(fields, "this member is in the group already", why);
    if (!grow(&groups->entries, &groups->room, groups->count + 1, sizeof *groups->entries))
        return fail_nomem(why);
    entry.next = GROUP_END;
    chain = &groups->chains[entry.member];
    if (chain->first == GROUP_END)
        chain->first = groups->count;
    else
        groups->entries[chain->last].next = groups->count;
    chain->last = groups->count;
    groups->entries[groups->count++] = entry;
    return STATUS_OK;
}

static bool is_code(struct view text)
{
    return text.length > 0 && text.length <= LIMIT_CODE_BYTES;
}

static enum status on_row(void *context, const struct scan_row *fields, struct fail *why)
{
    struct groups_reading *const reading = context;
    struct group_entry entry = {0};
    enum status status;

    if (!reading->has_header) {
        reading->has_header = true;
        return check_header(fields, why);
    }
    if (fields->count != COLUMNS)
        return wrong(fields, "a row has three columns: group_code,group_name,organisation_code",
                     why);
    if (!is_code(view_trim(scan_field(fields, GROUP_CODE))) ||
        !is_code(view_trim(scan_field(fields, MEMBER))))
        return wrong(fields, "the code of a group or of a member is missing or too long", why);
    if (view_trim(scan_field(fields, GROUP_NAME)).length > LIMIT_NAME_BYTES)
        return wrong(fields, "the name of the group is too long", why);
    status = put_group(reading->groups, fields, &entry.group, why);
    if (status == STATUS_OK)
        status =
            put_member(reading->groups, view_trim(scan_field(fields, MEMBER)), &entry.member, why);
    return status == STATUS_OK ? add_entry(reading->groups, entry, fields, why) : status;
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    (void)context;
    fail_set(why, STATUS_DATA, "%s", scan_fault_text(bad->fault));
    why->line = bad->line;
    return STATUS_DATA;
}

enum status groups_read(struct groups *groups, const char *path, struct fail *why)
{
    struct groups_reading reading = {.groups = groups};
    const struct scan_sink sink = {&reading, on_row, on_bad};
    const enum status status = scan_file(path, &sink, why);

    groups->name = arena_copy(&groups->arena, view_of(source_shown(path)));
    if (status != STATUS_OK)
        return status;
    if (groups->name == NULL)
        return fail_nomem(why);
    if (groups->count > 0)
        return STATUS_OK;
    fail_set(why, STATUS_DATA, "names no member of a group");
    return fail_in(why, groups->name, 0);
}

void groups_release(struct groups *groups)
{
    intern_release(&groups->codes);
    intern_release(&groups->members);
    intern_release(&groups->pairs);
    arena_release(&groups->arena);
    free(groups->names);
    free(groups->found);
    free(groups->chains);
    free(groups->entries);
    *groups = (struct groups){0};
}
