#include "support/cases.h"

#include "base/recent.h"

#include <stdlib.h>

static struct recent *make(void)
{
    struct recent *const recent = calloc(1, sizeof *recent);

    cr_assert(recent != NULL, "there is memory");
    return recent;
}

Test(recent, finds_what_was_put_and_nothing_else)
{
    struct recent *const recent = make();
    struct view texts[] = {view_of("L84073"), view_of("ACORN PRACTICE"), view_none()};

    cr_expect(recent_find(recent, 24000, texts, 3) == RECENT_NONE, "nothing in an empty table");
    recent_put(recent, 24000, texts, 3, 7);
    cr_expect(recent_find(recent, 24000, texts, 3) == 7, "what was put");
    cr_expect(recent_find(recent, 24001, texts, 3) == RECENT_NONE, "another month");
    texts[1] = view_of("ACORN PRACTICF");
    cr_expect(recent_find(recent, 24000, texts, 3) == RECENT_NONE, "another name");
    texts[1] = view_of("ACORN PRACTICE");
    texts[2] = view_of("");
    cr_expect(recent_find(recent, 24000, texts, 3) == RECENT_NONE, "empty is not absent");
    texts[0] = view_of("L8407");
    texts[1] = view_of("3ACORN PRACTICE");
    texts[2] = view_none();
    cr_expect(recent_find(recent, 24000, texts, 3) == RECENT_NONE, "the same bytes cut elsewhere");
    free(recent);
}

Test(recent, forgets_what_does_not_fit)
{
    struct recent *const recent = make();
    char text[RECENT_BYTES + 1] = {0};
    struct view texts[] = {view_of("A"), {text, RECENT_BYTES - 1}};

    recent_put(recent, 1, texts, 2, 1);
    cr_expect(recent_find(recent, 1, texts, 2) == 1, "just fits");
    texts[1].length++;
    recent_put(recent, 1, texts, 2, 2);
    cr_expect(recent_find(recent, 1, texts, 2) == RECENT_NONE, "one byte more does not");
    texts[1].length--;
    cr_expect(recent_find(recent, 1, texts, 2) == RECENT_NONE, "and what it replaced is gone");
    free(recent);
}
