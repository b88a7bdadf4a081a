#include "run/store_status.h"

#include "run/kept_scope.h"

#include <stdio.h>

#include <stdlib.h>

/* The latest kept month of a group below `below`. */
static month_t latest_month(struct store *store, const char *group, month_t below)
{
    size_t count;
    const struct store_file *const files = store_files(store, &count);
    month_t latest = MONTH_NONE;

    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count; m++) {
            const struct store_part *const part = &files[i].parts[m];

            if (part->state == PART_KEPT && part->month < below && part->month > latest &&
                strcmp(files[i].group, group) == 0)
                latest = part->month;
        }
    return latest;
}

static enum status load_month(struct store *store, const char *group, month_t month,
                              struct cube *cube, struct fail *why)
{
    size_t count;
    const struct store_file *const files = store_files(store, &count);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bool used = false;

        for (size_t m = 0; m < files[i].summary.month_count && status == STATUS_OK; m++) {
            const struct store_part *const part = &files[i].parts[m];

            if (part->state != PART_KEPT || part->month != month ||
                strcmp(files[i].group, group) != 0)
                continue;
            status = store_load(store, part, cube, why);
            used = true;
        }
        if (status == STATUS_OK && used)
            status = store_load_names(store, &files[i], cube, why);
    }
    return status;
}

static int compare_texts(const void *a, const void *b)
{
    const char *const *const one = a;
    const char *const *const other = b;

    return strcmp(*one, *other);
}

/* Codes of one table that the other has not, in order. */
static enum status list_new(struct store_status *status, struct text_list *list,
                            const struct intern *codes, const struct intern *before,
                            const struct rules *rules, const struct dated_name *names,
                            struct fail *why)
{
    list->texts = arena_array(&status->arena, codes->count + 1, sizeof *list->texts);
    if (list->texts == NULL)
        return fail_nomem(why);
    for (uint32_t i = 0; i < codes->count; i++) {
        const struct view code = intern_text(codes, i);

        if (intern_find(before, code) != INTERN_NONE)
            continue;
        if (rules != NULL && rules_classify_key(rules, code, names[i].text).kind != RULES_UNKNOWN)
            continue;
        list->texts[list->count] = arena_copy(&status->arena, presentation_code(code));
        if (list->texts[list->count++] == NULL)
            return fail_nomem(why);
    }
    qsort(list->texts, list->count, sizeof *list->texts, compare_texts);
    return STATUS_OK;
}

static enum status read_news(struct store_status *status, struct store *store,
                             const struct rules *rules, struct store_news *news, struct fail *why)
{
    struct cube latest = {0};
    struct cube before = {0};
    const struct intern *const present = &latest.places.levels[news->level].codes;
    const struct intern *const others = &before.places.levels[news->level].codes;
    enum status result = load_month(store, news->group, news->latest, &latest, why);

    if (result == STATUS_OK && news->before != MONTH_NONE)
        result = load_month(store, news->group, news->before, &before, why);
    if (result == STATUS_OK)
        result = list_new(status, &news->unclassified, &latest.codes, &before.codes, rules,
                          latest.names, why);
    if (result == STATUS_OK && news->before != MONTH_NONE)
        result = list_new(status, &news->appeared, present, others, NULL, NULL, why);
    if (result == STATUS_OK && news->before != MONTH_NONE)
        result = list_new(status, &news->vanished, others, present, NULL, NULL, why);
    cube_release(&latest);
    cube_release(&before);
    return result;
}

static bool is_told(const struct store_status *status, const char *group)
{
    for (size_t i = 0; i < status->news_count; i++)
        if (strcmp(status->news[i].group, group) == 0)
            return true;
    return false;
}

static enum status add_text(struct store_status *status, struct text_list *list, const char *text,
                            struct fail *why)
{
    list->texts[list->count] = arena_copy(&status->arena, view_of(text));
    return list->texts[list->count++] != NULL ? STATUS_OK : fail_nomem(why);
}

static enum status list_provisional(struct store_status *status, const struct store_file *file,
                                    struct fail *why)
{
    char text[MONTH_TEXT + 100];
    char month[MONTH_TEXT];
    enum status result = STATUS_OK;

    for (size_t m = 0; m < file->summary.month_count && result == STATUS_OK; m++) {
        if (file->parts[m].state != PART_KEPT)
            continue;
        snprintf(text, sizeof text, "%s (%.40s, %.40s)", month_print(file->parts[m].month, month),
                 file->extract, file->series);
        result = add_text(status, &status->provisional, text, why);
    }
    return result;
}

static bool has_kept(const struct store_file *file)
{
    for (size_t m = 0; m < file->summary.month_count; m++)
        if (file->parts[m].state == PART_KEPT)
            return true;
    return false;
}

/* What a report would refuse, and what will change. */
static enum status read_standing(struct store_status *status, struct store *store,
                                 const struct rules *rules, const struct store_file *file,
                                 struct fail *why)
{
    size_t count;
    const struct store_addition *const additions = store_additions(store, &count);
    const struct series_rule *series = NULL;
    const struct era *era;
    char sentence[1024];
    enum status result = STATUS_OK;

    if (!has_kept(file))
        return STATUS_OK;
    result = kept_check(rules, file, &additions[file->addition], &status->arena, why);
    if (result == STATUS_RULE) {
        fail_print(why, sentence, sizeof sentence);
        return add_text(status, &status->wanting, sentence, why);
    }
    if (result == STATUS_OK)
        result = kept_find_era(rules, file, &era, &series, why);
    return result == STATUS_OK && series != NULL && series->provisional
               ? list_provisional(status, file, why)
               : result;
}

static enum status read_all_standing(struct store_status *status, struct store *store,
                                     const struct rules *rules, struct fail *why)
{
    size_t count;
    size_t parts = 0;
    const struct store_file *const files = store_files(store, &count);
    enum status result = STATUS_OK;

    for (size_t i = 0; i < count; i++)
        parts += files[i].summary.month_count;
    status->provisional.texts =
        arena_array(&status->arena, parts + 1, sizeof *status->provisional.texts);
    status->wanting.texts = arena_array(&status->arena, count + 1, sizeof *status->wanting.texts);
    if (status->provisional.texts == NULL || status->wanting.texts == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < count && result == STATUS_OK; i++)
        result = read_standing(status, store, rules, &files[i], why);
    qsort(status->provisional.texts, status->provisional.count, sizeof *status->provisional.texts,
          compare_texts);
    return result;
}

/* Practices, or where the rules say that a file is of hospitals, trusts. */
static enum level level_of(const struct rules *rules, const struct store_file *file)
{
    const struct series_rule *series;
    const struct era *era = NULL;
    struct fail ignored;

    return kept_find_era(rules, file, &era, &series, &ignored) == STATUS_OK && era != NULL &&
                   era->extract->subject != SUBJECT_prescribing
               ? LEVEL_TRUST
               : LEVEL_PRACTICE;
}

enum status store_status_read(struct store_status *status, struct store *store,
                              const struct rules *rules, struct fail *why)
{
    size_t count;
    const struct store_file *const files = store_files(store, &count);
    enum status result = STATUS_OK;

    *status = (struct store_status){0};
    status->news = arena_array(&status->arena, count + 1, sizeof *status->news);
    if (status->news == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        struct store_news news = {.group = files[i].group, .level = level_of(rules, &files[i])};

        news.latest = latest_month(store, news.group, INT32_MAX);
        if (files[i].companion || news.latest == MONTH_NONE || is_told(status, news.group))
            continue;
        news.before = latest_month(store, news.group, news.latest);
        result = read_news(status, store, rules, &news, why);
        status->news[status->news_count++] = news;
    }
    return result == STATUS_OK ? read_all_standing(status, store, rules, why) : result;
}

void store_status_release(struct store_status *status)
{
    arena_release(&status->arena);
    *status = (struct store_status){0};
}
