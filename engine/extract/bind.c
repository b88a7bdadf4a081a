#include "extract/bind.h"

#include <stdio.h>

const char *role_text(enum role role)
{
    static const char *const texts[] = {
#define X(name) #name,
        ROLE_LIST(X)
#undef X
    };

    return texts[role];
}

/* True when the bytes are `name`, which is UTF-8, in Latin-1: Northern Ireland's
 * pound sign is one byte in some months and two in others. */
static bool is_latin1_of(struct view bytes, struct view name)
{
    size_t at = 0;

    for (size_t i = 0; i < name.length; i++, at++) {
        unsigned char c = (unsigned char)name.at[i];

        if (c == 0xc2 || c == 0xc3) /* the two of U+0080 to U+00FF */
            c = (unsigned char)(((c & 3) << 6) | (name.at[++i] & 0x3f));
        if (at == bytes.length || (unsigned char)bytes.at[at] != c)
            return false;
    }
    return at == bytes.length;
}

static bool same_name(struct view in_header, struct view name)
{
    return view_equal(in_header, name) || is_latin1_of(in_header, name);
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

static int find_name(const struct view *header, size_t count, struct view name)
{
    for (size_t i = 0; i < count; i++)
        if (same_name(view_trim(header[i]), name))
            return (int)i;
    return -1;
}

static bool era_knows(const struct era *era, struct view name)
{
    for (size_t i = 0; i < era->column_count; i++)
        if (same_name(name, view_of(era->columns[i].name)))
            return true;
    return false;
}

/* Columns that the era needs and the header lacks, and the other way round. */
static size_t count_differences(const struct era *era, const struct view *header, size_t count)
{
    size_t differences = 0;

    for (size_t i = 0; i < era->column_count; i++)
        differences += !era->columns[i].optional &&
                       find_name(header, count, view_of(era->columns[i].name)) < 0;
    for (size_t i = 0; i < count; i++)
        differences += !era_knows(era, view_trim(header[i]));
    return differences;
}

static const struct era *nearest_era(const struct layouts *layouts, const struct view *header,
                                     size_t count, size_t *differences)
{
    const struct era *nearest = NULL;

    for (size_t i = 0; i < layouts->count; i++) {
        for (size_t e = 0; e < layouts->extracts[i].era_count; e++) {
            const struct era *const era = &layouts->extracts[i].eras[e];
            const size_t found = count_differences(era, header, count);

            if (!era->headerless && (nearest == NULL || found < *differences)) {
                nearest = era;
                *differences = found;
            }
        }
    }
    return nearest;
}

/* A list of names in a sentence, cut after a few. */
struct list {
    char text[160];
    size_t length;
    size_t count;
};

static void list_name(struct list *list, struct view name)
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

static const char *what_of(const struct layouts *layouts)
{
    return layouts->what != NULL ? layouts->what : "extract";
}

static enum status refuse(const char *what, const struct era *era, const struct view *header,
                          size_t count, struct fail *why)
{
    struct list missing = {0};
    struct list strange = {0};

    for (size_t i = 0; i < era->column_count; i++)
        if (!era->columns[i].optional &&
            find_name(header, count, view_of(era->columns[i].name)) < 0)
            list_name(&missing, view_of(era->columns[i].name));
    for (size_t i = 0; i < count; i++)
        if (!era_knows(era, view_trim(header[i])))
            list_name(&strange, view_trim(header[i]));
    return fail_set(why, STATUS_DATA,
                    "no known %s has this header; the nearest is %s (%s); "
                    "it lacks %zu of those columns%s%s and has %zu others%s%s",
                    what, era->extract->title, era->title, missing.count,
                    missing.count > 0 ? ": " : "", missing.text, strange.count,
                    strange.count > 0 ? ": " : "", strange.text);
}

/* Columns without a name, behind the last comma, mean nothing however many there are. */
static enum status refuse_repeated(const struct view *header, size_t count, struct fail *why)
{
    for (size_t i = 0; i < count; i++) {
        const struct view name = view_trim(header[i]);

        if (name.length > 0 && find_name(header, count, name) != (int)i)
            return fail_set(why, STATUS_DATA, "the column \"%.*s\" appears twice in the header",
                            (int)(name.length < 80 ? name.length : 80), name.at);
    }
    return STATUS_OK;
}

enum status bind_header(struct binding *binding, const struct layouts *layouts,
                        const struct view *header, size_t count, struct fail *why)
{
    size_t differences = 0;
    enum status status;

    *binding = (struct binding){.columns = count};
    binding->era = nearest_era(layouts, header, count, &differences);
    if (binding->era == NULL)
        return fail_set(why, STATUS_RULE, "the rules describe no %s", what_of(layouts));
    if (differences > 0)
        return refuse(what_of(layouts), binding->era, header, count, why);
    status = refuse_repeated(header, count, why);
    for (size_t role = 0; role < ROLES; role++)
        binding->at[role] = -1;
    for (size_t i = 0; i < binding->era->column_count; i++) {
        const struct column_rule *const column = &binding->era->columns[i];

        binding->at[column->role] = find_name(header, count, view_of(column->name));
    }
    return status;
}

/* Optional columns stand at the end of a headerless era. */
static bool has_shape(const struct era *era, const struct view *fields, size_t count)
{
    size_t needed = 0;

    for (size_t i = 0; i < era->column_count; i++)
        needed += !era->columns[i].optional;
    return era->headerless && count >= needed && count <= era->column_count &&
           view_trim(fields[0]).length == (size_t)era->code_length;
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
