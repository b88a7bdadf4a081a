#include "extract/reject.h"

#include "base/grow.h"
#include "base/limits.h"

#include <stdlib.h>

/* scan faults become reasons by their number */
_Static_assert((int)REJECT_QUOTE == (int)SCAN_FAULT_QUOTE &&
                   (int)REJECT_RETURN == (int)SCAN_FAULT_RETURN &&
                   (int)REJECT_NUL == (int)SCAN_FAULT_NUL &&
                   (int)REJECT_LENGTH == (int)SCAN_FAULT_LENGTH &&
                   (int)REJECT_WIDTH == (int)SCAN_FAULT_WIDTH &&
                   (int)REJECT_COLUMNS == (int)SCAN_FAULTS,
               "the scanner's faults come first, in its order");

const char *reject_id(enum reject_reason reason)
{
    static const char *const ids[] = {
#define X(name, id, text) id,
        REJECT_LIST(X)
#undef X
    };

    return ids[reason];
}

const char *reject_text(enum reject_reason reason)
{
    static const char *const texts[] = {
#define X(name, id, text) text,
        REJECT_LIST(X)
#undef X
    };

    return texts[reason];
}

enum status rejects_add(struct rejects *rejects, const struct reject *reject, struct fail *why)
{
    const struct view shown = {
        reject->text.at,
        reject->text.length < LIMIT_REJECT_TEXT ? reject->text.length : LIMIT_REJECT_TEXT,
    };
    struct reject *kept;

    if (rejects->count == LIMIT_REJECTS)
        return fail_set(why, STATUS_LIMIT, "more than %d rows are rejected", LIMIT_REJECTS);
    if (!grow(&rejects->list, &rejects->room, rejects->count + 1, sizeof *rejects->list))
        return fail_nomem(why);
    kept = &rejects->list[rejects->count];
    *kept = *reject;
    kept->column = arena_copy(&rejects->arena, view_of(reject->column));
    kept->text.at = arena_copy(&rejects->arena, shown);
    kept->text.length = shown.length;
    if (kept->column == NULL || kept->text.at == NULL)
        return fail_nomem(why);
    rejects->count++;
    rejects->by_reason[reject->reason]++;
    return STATUS_OK;
}

void rejects_release(struct rejects *rejects)
{
    arena_release(&rejects->arena);
    free(rejects->list);
    *rejects = (struct rejects){0};
}

uint64_t reject_limit_rows(struct reject_limit limit, uint64_t rows_read)
{
    /* rows_read / 1e6 first would lose the share of small files */
    const uint64_t share =
        rows_read / 1000000 * limit.per_million + rows_read % 1000000 * limit.per_million / 1000000;

    return share > limit.least ? share : limit.least;
}
