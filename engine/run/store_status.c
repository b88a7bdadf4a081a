#include "run/store_status.h"

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
        if (rules != NULL && rules_classify(rules, code, names[i].text).kind != RULES_UNKNOWN)
            continue;
        list->texts[list->count] = arena_copy(&status->arena, code);
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
    const struct intern *const practices = &latest.places.levels[LEVEL_PRACTICE].codes;
    const struct intern *const others = &before.places.levels[LEVEL_PRACTICE].codes;
    enum status result = load_month(store, news->group, news->latest, &latest, why);

    if (result == STATUS_OK && news->before != MONTH_NONE)
        result = load_month(store, news->group, news->before, &before, why);
    if (result == STATUS_OK)
        result = list_new(status, &news->unclassified, &latest.codes, &before.codes, rules,
                          latest.names, why);
    if (result == STATUS_OK && news->before != MONTH_NONE)
        result = list_new(status, &news->appeared, practices, others, NULL, NULL, why);
    if (result == STATUS_OK && news->before != MONTH_NONE)
        result = list_new(status, &news->vanished, others, practices, NULL, NULL, why);
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
        struct store_news news = {.group = files[i].group};

        news.latest = latest_month(store, news.group, INT32_MAX);
        if (files[i].companion || news.latest == MONTH_NONE || is_told(status, news.group))
            continue;
        news.before = latest_month(store, news.group, news.latest);
        result = read_news(status, store, rules, &news, why);
        status->news[status->news_count++] = news;
    }
    return result;
}

void store_status_release(struct store_status *status)
{
    arena_release(&status->arena);
    *status = (struct store_status){0};
}
