#include "advise/formulary.h"

#include "base/grow.h"
#include "stream/scan_file.h"

#include <stdlib.h>
#include <string.h>

enum { CODE, USE, COLUMNS };

struct formulary_reading {
    struct formulary *formulary;
    const struct rules *rules;
    bool has_header;
};

static enum status wrong(const struct scan_row *fields, struct fail *why)
{
    why->line = fields->line;
    return STATUS_DATA;
}

static bool begins(const char *code, const char *beginning)
{
    return strncmp(code, beginning, strlen(beginning)) == 0;
}

/* A code that no inhaler has would be obeyed in silence by leaving everything as it is. */
static bool is_known(const struct rules *rules, const char *code)
{
    for (size_t i = 0; i < rules->products.count; i++)
        for (size_t c = 0; c < rules->products.list[i]->codes.count; c++)
            if (begins(rules->products.list[i]->codes.texts[c], code))
                return true;
    return false;
}

static bool is_there(const struct formulary *formulary, const char *code)
{
    for (size_t i = 0; i < formulary->count; i++)
        if (strcmp(formulary->list[i].code, code) == 0)
            return true;
    return false;
}

static enum status check_row(const struct formulary_reading *reading, const char *code,
                             struct view use, struct fail *why)
{
    if (!view_is(use, "yes") && !view_is(use, "no"))
        return fail_set(why, STATUS_DATA, "use of \"%s\" is neither yes nor no", code);
    if (is_there(reading->formulary, code))
        return fail_set(why, STATUS_DATA, "the code \"%s\" is there twice", code);
    if (!is_known(reading->rules, code))
        return fail_set(why, STATUS_DATA, "no inhaler has a BNF code that is or begins with \"%s\"",
                        code);
    return STATUS_OK;
}

static enum status on_row(void *context, const struct scan_row *fields, struct fail *why)
{
    struct formulary_reading *const reading = context;
    struct formulary *const formulary = reading->formulary;
    const struct view use = fields->count > USE ? view_trim(scan_field(fields, USE)) : view_none();
    const char *code;

    if (!reading->has_header) {
        reading->has_header = true;
        if (fields->count >= COLUMNS && view_is(view_trim(scan_field(fields, CODE)), "code") &&
            view_is(use, "use"))
            return STATUS_OK;
        fail_set(why, STATUS_DATA, "the header of a formulary begins with code,use");
        return wrong(fields, why);
    }
    code = arena_copy(&formulary->arena, view_trim(scan_field(fields, CODE)));
    if (code == NULL ||
        !grow(&formulary->list, &formulary->room, formulary->count + 1, sizeof *formulary->list))
        return fail_nomem(why);
    if (check_row(reading, code, use, why) != STATUS_OK)
        return wrong(fields, why);
    formulary->list[formulary->count++] = (struct formulary_entry){code, view_is(use, "yes")};
    return STATUS_OK;
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    (void)context;
    fail_set(why, STATUS_DATA, "%s", scan_fault_text(bad->fault));
    why->line = bad->line;
    return STATUS_DATA;
}

enum status formulary_read(struct formulary *formulary, const struct rules *rules, const char *path,
                           struct fail *why)
{
    struct formulary_reading reading = {.formulary = formulary, .rules = rules};
    const struct scan_sink sink = {&reading, on_row, on_bad};
    const enum status status = scan_file(path, &sink, why);

    if (status != STATUS_OK || formulary->count > 0)
        return status;
    fail_set(why, STATUS_DATA, "the formulary names no code");
    return fail_in(why, path, 0);
}

bool formulary_has(const struct formulary *formulary, const struct product *product)
{
    const struct formulary_entry *best = NULL;

    for (size_t i = 0; i < formulary->count; i++)
        for (size_t c = 0; c < product->codes.count; c++)
            if (begins(product->codes.texts[c], formulary->list[i].code) &&
                (best == NULL || strlen(formulary->list[i].code) > strlen(best->code)))
                best = &formulary->list[i];
    return best != NULL && best->use;
}

void formulary_release(struct formulary *formulary)
{
    arena_release(&formulary->arena);
    free(formulary->list);
    *formulary = (struct formulary){0};
}
