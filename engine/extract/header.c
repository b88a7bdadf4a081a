#include "extract/header.h"

#include <stdio.h>

static bool counts(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t next_letter(struct view text, size_t at)
{
    while (at < text.length && !counts(text.at[at]))
        at++;
    return at;
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool header_same_name(struct view one, struct view other)
{
    size_t i = next_letter(one, 0);
    size_t j = next_letter(other, 0);

    while (i < one.length && j < other.length && fold(one.at[i]) == fold(other.at[j])) {
        i = next_letter(one, i + 1);
        j = next_letter(other, j + 1);
    }
    return i == one.length && j == other.length;
}

int header_find(const struct view *header, size_t count, struct view name)
{
    for (size_t i = 0; i < count; i++)
        if (header_same_name(header[i], name))
            return (int)i;
    return -1;
}

const struct column_rule *header_column(const struct era *era, struct view name)
{
    for (size_t i = 0; i < era->column_count; i++)
        if (header_same_name(name, view_of(era->columns[i].name)))
            return &era->columns[i];
    return NULL;
}

static bool is_used(enum role role)
{
    return role != ROLE_ignored && role != ROLE_chemical_code && role != ROLE_chemical_name &&
           role != ROLE_item_quantity && role != ROLE_chapter;
}

static bool is_in(enum role role, const enum role *roles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (roles[i] == role)
            return true;
    return false;
}

static bool era_has(const struct era *era, enum role role)
{
    for (size_t i = 0; i < era->column_count; i++)
        if (era->columns[i].role == role)
            return true;
    return false;
}

/* Without these an organisation has no name, setting or parent, and the rest still holds. */
static bool register_needs(enum role role)
{
    static const enum role spared[] = {
        ROLE_practice_name, ROLE_pcn_name, ROLE_trust_name, ROLE_region_name,
        ROLE_region_code,   ROLE_icb_name, ROLE_icb_code,   ROLE_sub_icb_name,
        ROLE_sub_icb_code,  ROLE_setting,  ROLE_open_date,
    };

    return is_used(role) && !is_in(role, spared, COUNT_OF(spared));
}

static bool extract_needs(const struct era *era, enum role role)
{
    static const enum role prescribing[] = {ROLE_month,         ROLE_year,     ROLE_month_of_year,
                                            ROLE_practice_code, ROLE_bnf_code, ROLE_items,
                                            ROLE_quantity};
    static const enum role hospital[] = {ROLE_month,     ROLE_trust_code, ROLE_vmp_code,
                                         ROLE_vmp_name,  ROLE_unit_name,  ROLE_quantity,
                                         ROLE_unit_code, ROLE_cost};

    if (era->extract->subject == SUBJECT_prescribing)
        return is_in(role, prescribing, COUNT_OF(prescribing)) ||
               (role == ROLE_icb_code && !era_has(era, ROLE_practice_code));
    return era->extract->subject != SUBJECT_hospital || is_in(role, hospital, COUNT_OF(hospital));
}

bool header_needs(const struct layouts *layouts, const struct era *era,
                  const struct column_rule *column)
{
    if (column->optional || column->role == ROLE_ignored)
        return false;
    return layouts->what != NULL ? register_needs(column->role) : extract_needs(era, column->role);
}

/* One of the costs is enough. */
static bool lacks_costs(const struct layouts *layouts, const struct era *era,
                        const struct view *header, size_t count)
{
    bool known = false;

    for (size_t i = 0; i < era->column_count; i++) {
        const struct column_rule *const column = &era->columns[i];

        if (column->role != ROLE_nic && column->role != ROLE_actual_cost)
            continue;
        known = true;
        if (header_find(header, count, view_of(column->name)) >= 0)
            return false;
    }
    return known && layouts->what == NULL;
}

/* Known by another layout of the same extract with a meaning that is used, as AREA_TEAM_NAME
 * among the columns of 2025: two layouts are mixed, and neither can be relied on. */
static bool is_foreign(const struct era *era, struct view name)
{
    const struct extract_rule *const extract = era->extract;

    for (size_t i = 0; i < extract->era_count; i++) {
        const struct column_rule *const column = header_column(&extract->eras[i], name);

        if (column != NULL && is_used(column->role))
            return true;
    }
    return false;
}

void header_fit(struct header_fit *fit, const struct layouts *layouts, const struct era *era,
                const struct view *header, size_t count)
{
    *fit = (struct header_fit){.lacking = lacks_costs(layouts, era, header, count)};
    for (size_t i = 0; i < era->column_count; i++) {
        const struct column_rule *const column = &era->columns[i];
        const bool there = header_find(header, count, view_of(column->name)) >= 0;

        fit->known += !column->optional;
        fit->found += !column->optional && there;
        fit->lacking += !there && header_needs(layouts, era, column);
    }
    for (size_t i = 0; i < count; i++) {
        if (header_column(era, header[i]) != NULL || next_letter(header[i], 0) == header[i].length)
            continue;
        fit->strange++;
        fit->foreign += is_foreign(era, header[i]);
    }
}

void header_list_add(struct header_list *list, struct view name)
{
    const size_t room = sizeof list->text - list->length;
    int written;

    list->count++;
    if (list->count > 3)
        return;
    written = snprintf(list->text + list->length, room, "%s\"%.*s\"", list->count > 1 ? ", " : "",
                       (int)(name.length < 40 ? name.length : 40), name.at);
    if (written > 0 && (size_t)written < room)
        list->length += (size_t)written;
}

void header_leftovers(const struct era *era, const struct view *header, size_t count,
                      struct header_list *strange, struct header_list *missing)
{
    *strange = (struct header_list){.count = 0};
    *missing = (struct header_list){.count = 0};
    for (size_t i = 0; i < era->column_count; i++) {
        const struct column_rule *const column = &era->columns[i];

        if (!column->optional && is_used(column->role) &&
            header_find(header, count, view_of(column->name)) < 0)
            header_list_add(missing, view_of(column->name));
    }
    for (size_t i = 0; i < count; i++)
        if (header_column(era, header[i]) == NULL && next_letter(header[i], 0) < header[i].length)
            header_list_add(strange, view_trim(header[i]));
}

const char *header_separator(struct view line)
{
    static const struct {
        char c;
        const char *name;
    } separators[] = {{';', "semicolons"}, {'\t', "tabs"}, {'|', "vertical bars"}};
    size_t commas = 0;

    for (size_t i = 0; i < line.length; i++)
        commas += line.at[i] == ',';
    for (size_t s = 0; s < COUNT_OF(separators); s++) {
        size_t count = 0;

        for (size_t i = 0; i < line.length; i++)
            count += line.at[i] == separators[s].c;
        if (count >= 2 && count > commas)
            return separators[s].name;
    }
    return NULL;
}

/* Needed columns that are not there; a cost among them where there is none. */
static void list_lacking(const struct layouts *layouts, const struct era *era,
                         const struct view *header, size_t count, struct header_list *list)
{
    const bool costs = lacks_costs(layouts, era, header, count);

    for (size_t i = 0; i < era->column_count; i++) {
        const struct column_rule *const column = &era->columns[i];
        const bool cost = column->role == ROLE_nic || column->role == ROLE_actual_cost;

        if (header_find(header, count, view_of(column->name)) < 0 &&
            (header_needs(layouts, era, column) || (cost && costs)))
            header_list_add(list, view_of(column->name));
    }
}

enum status header_refuse(const struct layouts *layouts, const struct era *nearest,
                          const struct view *header, size_t count, struct fail *why)
{
    const char *const what = layouts->what != NULL ? layouts->what : "extract";
    struct header_list strange;
    struct header_list missing;
    struct header_list lacking = {.count = 0};
    struct header_fit fit;

    header_fit(&fit, layouts, nearest, header, count);
    if (fit.found == 0)
        return fail_set(why, STATUS_DATA,
                        "no known %s has this header: none of its columns is known", what);
    header_leftovers(nearest, header, count, &strange, &missing);
    list_lacking(layouts, nearest, header, count, &lacking);
    return fail_set(why, STATUS_DATA,
                    "no known %s has this header; the nearest is %s (%s): %zu of its %zu columns "
                    "were found; missing and needed: %s; not known there: %s%s",
                    what, nearest->extract->title, nearest->title, fit.found, fit.known,
                    lacking.count > 0 ? lacking.text : "none",
                    strange.count > 0 ? strange.text : "none", strange.count > 3 ? ", ..." : "");
}
