#include "place/registers_internal.h"

#include "base/grow.h"

#include <stdlib.h>

enum status registers_put(struct registers *registers, enum level level, struct view code,
                          uint32_t *number, struct fail *why)
{
    *number = ORGANISATION_NONE;
    return code.length == 0
               ? STATUS_OK
               : places_name(&registers->names, level, code, view_none(), MONTH_NONE, number, why);
}

enum status registers_add_name(struct registers *registers, enum level level, uint32_t number,
                               struct view name, month_t month, struct fail *why)
{
    return dated_name_offer(&registers->names.levels[level].names[number], name, month,
                            &registers->names.arena, why);
}

enum status registers_add_membership(struct registers *registers,
                                     const struct membership *membership, struct fail *why)
{
    if (membership->child == ORGANISATION_NONE || membership->parent == ORGANISATION_NONE)
        return STATUS_OK;
    if (!grow(&registers->memberships, &registers->membership_room, registers->membership_count + 1,
              sizeof *registers->memberships))
        return fail_nomem(why);
    registers->memberships[registers->membership_count++] = *membership;
    return STATUS_OK;
}

enum status registers_add_size(struct registers *registers, const struct list_size *size,
                               struct fail *why)
{
    if (!grow(&registers->sizes, &registers->size_room, registers->size_count + 1,
              sizeof *registers->sizes))
        return fail_nomem(why);
    registers->sizes[registers->size_count++] = *size;
    return STATUS_OK;
}

/* Of two registers of one day the one given last. */
static bool is_newer(const struct registers *registers, const struct standing_facts *facts,
                     const struct standing_facts *than)
{
    return !than->listed ||
           registers->accounts[facts->account].date >= registers->accounts[than->account].date;
}

enum status registers_add_facts(struct registers *registers, enum level level, uint32_t number,
                                const struct standing_facts *facts, struct fail *why)
{
    const size_t before = registers->fact_room[level];
    struct standing_facts *kept;

    if (!grow(&registers->facts[level], &registers->fact_room[level], (size_t)number + 1,
              sizeof *registers->facts[level]))
        return fail_nomem(why);
    if (registers->fact_room[level] > before)
        memset(registers->facts[level] + before, 0,
               (registers->fact_room[level] - before) * sizeof *registers->facts[level]);
    kept = &registers->facts[level][number];
    if (is_newer(registers, facts, kept))
        *kept = *facts;
    kept->listed = true;
    registers->tells_settings = registers->tells_settings || facts->has_setting;
    return STATUS_OK;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* Whose membership it is. */
static int compare_child(const struct membership *a, const struct membership *b)
{
    return a->level != b->level ? compare_numbers((uint32_t)a->level, (uint32_t)b->level)
                                : compare_numbers(a->child, b->child);
}

static int compare_memberships(const void *a, const void *b)
{
    const struct membership *const one = a;
    const struct membership *const other = b;
    int order = compare_child(one, other);

    if (order == 0)
        order = compare_numbers((uint32_t)one->parent_level, (uint32_t)other->parent_level);
    if (order == 0)
        order = (one->from > other->from) - (one->from < other->from);
    if (order == 0)
        order = compare_numbers(one->account, other->account);
    return order != 0 ? order : compare_numbers(one->parent, other->parent);
}

static int compare_sizes(const void *a, const void *b)
{
    const struct list_size *const one = a;
    const struct list_size *const other = b;
    int order = compare_numbers(one->practice, other->practice);

    if (order == 0)
        order = (one->month > other->month) - (one->month < other->month);
    return order != 0 ? order : compare_numbers(one->account, other->account);
}

void registers_settle(struct registers *registers)
{
    if (registers->membership_count > 0)
        qsort(registers->memberships, registers->membership_count, sizeof *registers->memberships,
              compare_memberships);
    if (registers->size_count > 0)
        qsort(registers->sizes, registers->size_count, sizeof *registers->sizes, compare_sizes);
}

uint32_t registers_find(const struct registers *registers, const struct rules *rules,
                        enum level level, struct view code)
{
    return places_find(&registers->names, rules->sub_icb_padding, level, code);
}

const struct membership *registers_memberships(const struct registers *registers, enum level level,
                                               uint32_t child, size_t *count)
{
    const struct membership wanted = {.level = level, .child = child};
    size_t low = 0;
    size_t high = registers->membership_count;
    size_t end;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (compare_child(&registers->memberships[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < registers->membership_count &&
                    compare_child(&registers->memberships[end], &wanted) == 0;
         end++)
        ;
    *count = end - low;
    return *count > 0 ? &registers->memberships[low] : NULL;
}

/* A membership without days of its own gives way to one with days in a register of the same or
 * a later date, from the day on which that one began; also when it has ended since. */
static bool is_outdone(const struct registers *registers, const struct membership *membership,
                       const struct membership *memberships, size_t count, date_t day)
{
    for (size_t i = 0; i < count && !membership->dated; i++)
        if (memberships[i].dated && memberships[i].parent_level == membership->parent_level &&
            memberships[i].from <= day &&
            (memberships[i].to == DATE_NONE || memberships[i].to >= membership->from) &&
            registers->accounts[memberships[i].account].date >=
                registers->accounts[membership->account].date)
            return true;
    return false;
}

const struct membership *registers_parent(const struct registers *registers, enum level level,
                                          uint32_t child, enum level parent_level, month_t month)
{
    const date_t day = month_last_day(month);
    const struct membership *found = NULL;
    size_t count;
    const struct membership *const memberships =
        registers_memberships(registers, level, child, &count);

    for (size_t i = 0; i < count; i++)
        if (memberships[i].parent_level == parent_level && memberships[i].from <= day &&
            (memberships[i].to == DATE_NONE || memberships[i].to >= day) &&
            !is_outdone(registers, &memberships[i], memberships, count, day))
            found = &memberships[i];
    return found;
}

const struct membership *registers_last_parent(const struct registers *registers, enum level level,
                                               uint32_t child, enum level parent_level,
                                               month_t month)
{
    const struct membership *found = registers_parent(registers, level, child, parent_level, month);
    size_t count;
    const struct membership *const memberships =
        registers_memberships(registers, level, child, &count);

    if (found != NULL)
        return found;
    for (size_t i = 0; i < count; i++)
        if (memberships[i].parent_level == parent_level && memberships[i].to != DATE_NONE &&
            date_month(memberships[i].to) <= month &&
            (found == NULL || memberships[i].to >= found->to))
            found = &memberships[i];
    return found;
}

const struct list_size *registers_size(const struct registers *registers, uint32_t practice,
                                       month_t month)
{
    size_t low = 0;
    size_t high = registers->size_count;

    while (low < high) { /* the first one behind the wanted */
        const size_t middle = low + (high - low) / 2;
        const struct list_size *const size = &registers->sizes[middle];

        if (size->practice < practice || (size->practice == practice && size->month <= month))
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && registers->sizes[low - 1].practice == practice ? &registers->sizes[low - 1]
                                                                     : NULL;
}

const struct standing_facts *registers_facts(const struct registers *registers, enum level level,
                                             uint32_t number)
{
    if (number >= registers->fact_room[level] || !registers->facts[level][number].listed)
        return NULL;
    return &registers->facts[level][number];
}

month_t registers_latest(const struct registers *registers)
{
    month_t latest = MONTH_NONE;

    for (size_t i = 0; i < registers->account_count; i++)
        if (date_month(registers->accounts[i].date) > latest)
            latest = date_month(registers->accounts[i].date);
    return latest;
}

void registers_release(struct registers *registers)
{
    for (size_t i = 0; i < registers->account_count; i++)
        rejects_release(&registers->accounts[i].rejects);
    for (int level = 0; level < LEVELS; level++)
        free(registers->facts[level]);
    places_release(&registers->names);
    arena_release(&registers->arena);
    free(registers->memberships);
    free(registers->sizes);
    free(registers->accounts);
    *registers = (struct registers){0};
}
