#include "place/belonging_internal.h"

#include "base/grow.h"
#include "base/limits.h"

#define MOST_GROUPS 64

struct member_list {
    struct affiliation members[LEVELS + MOST_GROUPS];
    size_t count;
};

static bool is_in(const struct member_list *list, struct affiliation member)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->members[i].level == member.level &&
            list->members[i].organisation == member.organisation)
            return true;
    return false;
}

#define MOST_SPELLINGS 3

/* The ways in which a file of groups may write the code, as places_find reads them: as it is, and of
 * a sub-ICB with the padding or without it. */
static size_t spell(const struct belonging *belonging, enum level level, struct view code,
                    char padded[2 * LIMIT_CODE_BYTES], struct view spellings[MOST_SPELLINGS])
{
    const char *const text = belonging->rules->sub_icb_padding;
    const struct view padding = text != NULL ? view_of(text) : view_none();
    size_t count = 0;

    spellings[count++] = code;
    if (level != LEVEL_SUB_ICB || padding.length == 0 || code.length == 0 ||
        code.length + padding.length > 2 * LIMIT_CODE_BYTES)
        return count;
    memcpy(padded, code.at, code.length);
    memcpy(padded + code.length, padding.at, padding.length);
    spellings[count++] = (struct view){padded, code.length + padding.length};
    if (code.length > padding.length &&
        view_equal((struct view){code.at + code.length - padding.length, padding.length}, padding))
        spellings[count++] = (struct view){code.at, code.length - padding.length};
    return count;
}

static enum status add_entry(struct belonging *belonging, const struct group_entry *entry,
                             struct member_list *list, struct fail *why)
{
    struct groups *const groups = belonging->placing->groups;
    struct affiliation member = {.level = LEVEL_GROUP};
    enum status status =
        places_name(belonging->places, LEVEL_GROUP, intern_text(&groups->codes, entry->group),
                    groups->names[entry->group], belonging->today, &member.organisation, why);

    groups->found[entry->member] = true;
    if (status == STATUS_OK && list->count == LEVELS + MOST_GROUPS)
        status = fail_set(why, STATUS_LIMIT, "a practice is in more than %d groups", MOST_GROUPS);
    if (status == STATUS_OK && !is_in(list, member))
        list->members[list->count++] = member;
    return status;
}

/* The groups that name this organisation, each once for a place, in the order of the file: its
 * spellings are looked up among the members, since to look up each member was the square. */
static enum status add_groups_of(struct belonging *belonging, enum level level,
                                 uint32_t organisation, struct member_list *list, struct fail *why)
{
    const struct groups *const groups = belonging->placing->groups;
    char padded[2 * LIMIT_CODE_BYTES];
    struct view spellings[MOST_SPELLINGS];
    size_t next[MOST_SPELLINGS] = {GROUP_END, GROUP_END, GROUP_END};
    const size_t count =
        spell(belonging, level, organisation_code(belonging->places, level, organisation), padded,
              spellings);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count; i++) {
        const uint32_t member = intern_find(&groups->members, spellings[i]);

        next[i] = member != INTERN_NONE &&
                          places_find(belonging->places, belonging->rules->sub_icb_padding, level,
                                      spellings[i]) == organisation
                      ? groups->chains[member].first
                      : GROUP_END;
    }
    while (status == STATUS_OK) {
        size_t least = 0;

        for (size_t i = 1; i < count; i++)
            least = next[i] < next[least] ? i : least;
        if (next[least] == GROUP_END)
            break;
        status = add_entry(belonging, &groups->entries[next[least]], list, why);
        next[least] = groups->entries[next[least]].next;
    }
    return status;
}

static enum status add_groups(struct belonging *belonging, struct member_list *list,
                              struct fail *why)
{
    const size_t count = list->count;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_groups_of(belonging, list->members[i].level, list->members[i].organisation,
                               list, why);
    return status;
}

static enum status make_members(struct belonging *belonging, const uint32_t *organisations,
                                uint32_t *number, struct fail *why)
{
    struct member_list list;
    enum status status = STATUS_OK;

    memset(&list, 0, sizeof list); /* lists are compared as bytes */
    for (int level = 0; level < LEVELS; level++) {
        if (organisations[level] == ORGANISATION_NONE)
            continue;
        list.members[list.count].level = (enum level)level;
        list.members[list.count++].organisation = organisations[level];
    }
    if (belonging->placing->groups != NULL)
        status = add_groups(belonging, &list, why);
    if (status == STATUS_OK)
        status =
            intern_put(&belonging->lists,
                       (struct view){(const char *)list.members, list.count * sizeof *list.members},
                       number, why);
    return status;
}

/* The same organisations have the same groups: looked up once. */
enum status belonging_keep_members(struct belonging *belonging, const uint32_t *organisations,
                                   uint32_t *number, struct fail *why)
{
    const size_t before = belonging->tuples.count;
    uint32_t tuple;
    enum status status = intern_put(
        &belonging->tuples,
        (struct view){(const char *)organisations, LEVELS * sizeof *organisations}, &tuple, why);

    if (status == STATUS_OK && !grow(&belonging->list_of, &belonging->list_room, (size_t)tuple + 1,
                                     sizeof *belonging->list_of))
        return fail_nomem(why);
    if (status == STATUS_OK && belonging->tuples.count > before)
        status = make_members(belonging, organisations, &belonging->list_of[tuple], why);
    if (status == STATUS_OK)
        *number = belonging->list_of[tuple];
    return status;
}

const struct affiliation *stay_members(const struct belonging *belonging, const struct stay *stay,
                                       size_t *count)
{
    const struct view bytes = intern_text(&belonging->lists, stay->members);

    *count = bytes.length / sizeof(struct affiliation);
    return (const struct affiliation *)(const void *)bytes.at;
}

uint32_t stay_organisation(const struct belonging *belonging, const struct stay *stay,
                           enum level level)
{
    size_t count;
    const struct affiliation *const members = stay_members(belonging, stay, &count);

    for (size_t i = 0; i < count; i++)
        if (members[i].level == level)
            return members[i].organisation;
    return ORGANISATION_NONE;
}
