#include "extract/bind.h"

#include "extract/header.h"

const char *role_text(enum role role)
{
    static const char *const texts[] = {
#define X(name) #name,
        ROLE_LIST(X)
#undef X
    };

    return texts[role];
}

static bool holds_any(const struct text_list *texts, struct view name)
{
    for (size_t i = 0; i < texts->count; i++)
        if (view_contains_nocase(name, view_of(texts->texts[i])))
            return true;
    return false;
}

bool name_fits(const struct name_pattern *pattern, struct view name)
{
    return view_contains_nocase(name, view_of(pattern->name)) && holds_any(&pattern->with, name) &&
           !holds_any(&pattern->without, name);
}

static struct view last_part(const char *path)
{
    const char *const slash = strrchr(path, '/');

    return view_of(slash != NULL ? slash + 1 : path);
}

const struct series_rule *series_of(const struct extract_rule *extract, const char *file)
{
    for (size_t i = 0; i < extract->series_count; i++)
        if (holds_any(&extract->series[i].names, last_part(file)))
            return &extract->series[i];
    return NULL;
}

/* True when the first fits better.  A layout that lacks a needed column, or is mixed with
 * another, fits none; of two that fit equally the later one is taken. */
static bool fits_better(const struct header_fit *one, const struct header_fit *other)
{
    const bool use = one->lacking == 0 && one->foreign == 0;
    const bool other_use = other->lacking == 0 && other->foreign == 0;

    if (use != other_use)
        return use;
    if (use && one->strange != other->strange)
        return one->strange < other->strange;
    if (one->found * other->known != other->found * one->known)
        return one->found * other->known > other->found * one->known;
    return one->strange <= other->strange;
}

/* By the share of its names that are found, or the one that can be used. */
static const struct era *nearest_era(const struct layouts *layouts, const struct view *header,
                                     size_t count, struct header_fit *fit)
{
    const struct era *nearest = NULL;

    for (size_t i = 0; i < layouts->count; i++) {
        for (size_t e = 0; e < layouts->extracts[i].era_count; e++) {
            const struct era *const era = &layouts->extracts[i].eras[e];
            struct header_fit found;

            if (era->headerless)
                continue;
            header_fit(&found, layouts, era, header, count);
            if (nearest == NULL || fits_better(&found, fit)) {
                nearest = era;
                *fit = found;
            }
        }
    }
    return nearest;
}

/* A known column twice leaves open which of them counts. */
static enum status refuse_repeated(const struct era *era, const struct view *header, size_t count,
                                   struct fail *why)
{
    for (size_t i = 0; i < count; i++) {
        const struct column_rule *const column = header_column(era, header[i]);

        if (column != NULL && column->name[0] != '\0' &&
            header_find(header, count, header[i]) != (int)i)
            return fail_set(why, STATUS_DATA, "the column \"%s\" is in the header twice",
                            column->name);
    }
    return STATUS_OK;
}

enum status bind_header(struct binding *binding, const struct layouts *layouts,
                        const struct view *header, size_t count, struct fail *why)
{
    struct header_fit fit = {0};

    *binding = (struct binding){.columns = count};
    binding->era = nearest_era(layouts, header, count, &fit);
    if (binding->era == NULL)
        return fail_set(why, STATUS_RULE, "the rules describe no %s",
                        layouts->what != NULL ? layouts->what : "extract");
    binding->stranger = 2 * fit.found < fit.known;
    if (fit.lacking > 0 || fit.foreign > 0)
        return header_refuse(layouts, binding->era, header, count, why);
    for (size_t role = 0; role < ROLES; role++)
        binding->at[role] = -1;
    for (size_t i = 0; i < binding->era->column_count; i++) {
        const struct column_rule *const column = &binding->era->columns[i];

        binding->at[column->role] = header_find(header, count, view_of(column->name));
    }
    return refuse_repeated(binding->era, header, count, why);
}

static bool starts_with_any(struct view text, const struct text_list *starts)
{
    for (size_t i = 0; i < starts->count; i++)
        if (view_starts(text, view_of(starts->texts[i])))
            return true;
    return starts->count == 0;
}

/* Optional columns stand at the end of a headerless era. */
static bool has_shape(const struct era *era, const struct view *fields, size_t count)
{
    size_t needed = 0;

    for (size_t i = 0; i < era->column_count; i++)
        needed += !era->columns[i].optional;
    return era->headerless && count >= needed && count <= era->column_count &&
           view_trim(fields[0]).length == (size_t)era->code_length &&
           starts_with_any(view_trim(fields[0]), &era->code_starts);
}

static const struct era *shaped_era(const struct layouts *layouts, const struct view *fields,
                                    size_t count)
{
    for (size_t i = 0; i < layouts->count; i++)
        for (size_t e = 0; e < layouts->extracts[i].era_count; e++)
            if (has_shape(&layouts->extracts[i].eras[e], fields, count))
                return &layouts->extracts[i].eras[e];
    return NULL;
}

bool bind_places(struct binding *binding, const struct layouts *layouts, const struct view *fields,
                 size_t count)
{
    const struct era *const era = shaped_era(layouts, fields, count);

    if (era == NULL)
        return false;
    *binding = (struct binding){.era = era, .columns = count};
    for (size_t role = 0; role < ROLES; role++)
        binding->at[role] = -1;
    for (size_t i = 0; i < count; i++)
        binding->at[era->columns[i].role] = (int)i;
    return true;
}

const char *binding_column(const struct binding *binding, enum role role)
{
    for (size_t i = 0; i < binding->era->column_count; i++)
        if (binding->era->columns[i].role == role)
            return binding->era->columns[i].name;
    return "";
}

bool is_companion(const struct layouts *layouts, const char *member)
{
    for (size_t i = 0; i < layouts->count; i++) {
        const struct text_list *const names = &layouts->extracts[i].companions;

        for (size_t n = 0; n < names->count; n++)
            if (strstr(member, names->texts[n]) != NULL)
                return true;
    }
    return false;
}
