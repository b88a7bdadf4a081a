#include "advise/targets_internal.h"

static bool asks_the_same(const struct target *one, const struct target *other)
{
    return one->measure == other->measure && one->measure != NULL && one->has_value &&
           other->has_value && one->value == other->value && one->at_least == other->at_least &&
           one->due == other->due && one->months == other->months;
}

/* Past the answers to the target of answer `from`: those of one target stand together. */
static size_t end_of(const struct target_list *targets, size_t from)
{
    size_t end = from;

    while (end < targets->count && targets->list[end].target == targets->list[from].target)
        end++;
    return end;
}

/* Both are in the order of levels and organisations, so the search goes on where it was. */
static void mark(struct target_list *targets, size_t from, size_t end, size_t other,
                 size_t other_end)
{
    size_t next = other;

    for (size_t i = from; i < end; i++)
        for (size_t step = 0; step < other_end - other; step++) {
            const size_t at =
                next + step < other_end ? next + step : next + step - other_end + other;

            if (!targets->list[at].anybody || targets->list[at].level != targets->list[i].level ||
                targets->list[at].organisation != targets->list[i].organisation)
                continue;
            targets->list[i].repeated = true;
            next = at;
            break;
        }
}

void targets_mark_repeated(struct target_list *targets)
{
    for (size_t i = 0; i < targets->count; i = end_of(targets, i)) {
        if (!targets->list[i].target->is_default)
            continue;
        for (size_t k = 0; k < targets->count; k = end_of(targets, k))
            if (!targets->list[k].target->is_default &&
                asks_the_same(targets->list[i].target, targets->list[k].target))
                mark(targets, i, end_of(targets, i), k, end_of(targets, k));
    }
}
