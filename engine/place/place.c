#include "place/place.h"

#include "base/grow.h"
#include "base/latin.h"
#include "base/limits.h"

#include <stdlib.h>

const char *level_text(enum level level)
{
    static const char *const texts[] = {
#define X(name, text) text,
        LEVEL_LIST(X)
#undef X
    };

    return texts[level];
}

const char *level_words(enum level level, bool plural)
{
    switch (level) {
    case LEVEL_PRACTICE:
        return plural ? "practices" : "practice";
    case LEVEL_SUB_ICB:
        return plural ? "sub-ICBs" : "sub-ICB";
    case LEVEL_ICB:
        return plural ? "ICBs" : "ICB";
    case LEVEL_PCN:
        return plural ? "PCNs" : "PCN";
    case LEVEL_REGION:
        return plural ? "regions" : "region";
    case LEVEL_TRUST:
        return plural ? "trusts" : "trust";
    case LEVEL_NATION:
        return plural ? "nations" : "nation";
    case LEVEL_GROUP:
        return plural ? "groups" : "group";
    case LEVELS:
        break;
    }
    return plural ? "organisations" : "organisation";
}

static bool is_better(const struct dated_name *name, struct view text, month_t month)
{
    if (text.length == 0)
        return false;
    if (name->text.length == 0 || month > name->month)
        return true;
    return month == name->month && view_compare(text, name->text) < 0;
}

static enum status take_name(struct dated_name *name, struct view text, month_t month,
                             struct arena *arena, struct fail *why)
{
    if (!is_better(name, text, month))
        return STATUS_OK;
    if (!view_equal(name->text, text)) {
        const char *const copy = arena_copy(arena, text);

        if (copy == NULL)
            return fail_nomem(why);
        name->text = (struct view){copy, text.length};
    }
    name->month = month;
    return STATUS_OK;
}

/* Names longer than this are cut: no organisation or product has one. */
#define LATIN_NAME 500

static enum status take_latin(struct dated_name *name, struct view text, month_t month,
                              struct arena *arena, struct fail *why)
{
    char bytes[LATIN_NAME * LATIN_BYTES];

    text.length = text.length < LATIN_NAME ? text.length : LATIN_NAME;
    return take_name(name, (struct view){bytes, latin_to_utf8(text, bytes)}, month, arena, why);
}

enum status dated_name_offer(struct dated_name *name, struct view text, month_t month,
                             struct arena *arena, struct fail *why)
{
    if (!is_better(name, text, month))
        return STATUS_OK;
    if (view_equal(name->text, text)) {
        name->month = month;
        return STATUS_OK;
    }
    return is_utf8(text) ? take_name(name, text, month, arena, why)
                         : take_latin(name, text, month, arena, why);
}

void dated_names_forget(struct dated_name *names, size_t count, month_t month)
{
    for (size_t i = 0; i < count; i++)
        if (names[i].month == month)
            names[i].month = MONTH_NONE;
}

enum status places_name(struct places *places, enum level level, struct view code, struct view name,
                        month_t month, uint32_t *number, struct fail *why)
{
    struct organisations *const all = &places->levels[level];
    const size_t before = all->codes.count;
    enum status status;

    *number = ORGANISATION_NONE;
    if (code.at == NULL)
        return STATUS_OK;
    status = intern_put(&all->codes, code, number, why);
    if (status != STATUS_OK)
        return status;
    if (*number >= LIMIT_PLACES)
        return fail_set(why, STATUS_LIMIT, "more than %u different codes of a %s", LIMIT_PLACES,
                        level_text(level));
    if (!grow(&all->names, &all->room, all->codes.count, sizeof *all->names))
        return fail_nomem(why);
    if (all->codes.count > before)
        all->names[*number] = (struct dated_name){0};
    return dated_name_offer(&all->names[*number], name, month, &places->arena, why);
}

enum status places_put(struct places *places, const struct row_organisations *row, uint32_t *place,
                       struct fail *why)
{
    uint32_t tuple[LEVELS];
    enum status status = STATUS_OK;

    for (int level = 0; level < LEVELS && status == STATUS_OK; level++)
        status = places_name(places, (enum level)level, row->code[level], row->name[level],
                             row->month, &tuple[level], why);
    if (status == STATUS_OK)
        status = intern_put(&places->tuples, (struct view){(const char *)tuple, sizeof tuple},
                            place, why);
    if (status == STATUS_OK && *place >= LIMIT_PLACES)
        return fail_set(why, STATUS_LIMIT, "more than %u different places", LIMIT_PLACES);
    return status;
}

/* "00T" for "00T00", and the other way round. */
static uint32_t find_padded(const struct intern *codes, struct view padding, struct view code)
{
    char padded[LIMIT_CODE_BYTES];
    const size_t length = code.length + padding.length;

    if (code.length > padding.length &&
        view_equal((struct view){code.at + code.length - padding.length, padding.length}, padding))
        return intern_find(codes, (struct view){code.at, code.length - padding.length});
    if (length > sizeof padded)
        return INTERN_NONE;
    memcpy(padded, code.at, code.length);
    memcpy(padded + code.length, padding.at, padding.length);
    return intern_find(codes, (struct view){padded, length});
}

uint32_t places_find(const struct places *places, const char *sub_icb_padding, enum level level,
                     struct view code)
{
    const struct intern *const codes = &places->levels[level].codes;
    const uint32_t number = intern_find(codes, code);

    if (number != INTERN_NONE || level != LEVEL_SUB_ICB || sub_icb_padding == NULL ||
        code.length == 0)
        return number;
    return find_padded(codes, view_of(sub_icb_padding), code);
}

size_t places_count(const struct places *places)
{
    return places->tuples.count;
}

uint32_t place_organisation(const struct places *places, uint32_t place, enum level level)
{
    uint32_t number;

    memcpy(&number, intern_text(&places->tuples, place).at + (size_t)level * sizeof number,
           sizeof number);
    return number;
}

struct view organisation_code(const struct places *places, enum level level, uint32_t number)
{
    return intern_text(&places->levels[level].codes, number);
}

struct view organisation_name(const struct places *places, enum level level, uint32_t number)
{
    return places->levels[level].names[number].text;
}

/* Names travel with their own months, apart from the memberships. */
static enum status merge_names(struct places *into, const struct places *from, struct fail *why)
{
    enum status status = STATUS_OK;

    for (int at = 0; at < LEVELS; at++) {
        const enum level level = (enum level)at;
        const struct organisations *const all = &from->levels[level];

        for (uint32_t i = 0; i < all->codes.count && status == STATUS_OK; i++) {
            uint32_t number;

            status = places_name(into, level, organisation_code(from, level, i), all->names[i].text,
                                 all->names[i].month, &number, why);
        }
    }
    return status;
}

enum status places_merge(struct places *into, const struct places *from, uint32_t *numbers,
                         struct fail *why)
{
    enum status status = merge_names(into, from, why);

    for (uint32_t place = 0; place < places_count(from) && status == STATUS_OK; place++) {
        struct row_organisations row = {0};

        for (int level = 0; level < LEVELS; level++) {
            const uint32_t number = place_organisation(from, place, (enum level)level);

            if (number != ORGANISATION_NONE)
                row.code[level] = organisation_code(from, (enum level)level, number);
        }
        status = places_put(into, &row, &numbers[place], why);
    }
    return status;
}

void places_forget_month(struct places *places, month_t month)
{
    for (int level = 0; level < LEVELS; level++)
        dated_names_forget(places->levels[level].names, places->levels[level].codes.count, month);
}

void places_release(struct places *places)
{
    for (int level = 0; level < LEVELS; level++) {
        intern_release(&places->levels[level].codes);
        free(places->levels[level].names);
    }
    intern_release(&places->tuples);
    arena_release(&places->arena);
    *places = (struct places){0};
}
