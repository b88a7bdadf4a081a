#include "cli/store_file.h"
#include "cli/words.h"
#include "base/text.h"
#include "cli/shown.h"
#include "run/store_status.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A kept part with its file, for the list of months. */
struct held {
    const struct store_file *file;
    const struct store_part *part;
};

static int compare_held(const void *a, const void *b)
{
    const struct held *const one = a;
    const struct held *const other = b;
    const int group = strcmp(one->file->group, other->file->group);

    if (group != 0)
        return group;
    if (one->part->month != other->part->month)
        return one->part->month < other->part->month ? -1 : 1;
    return (one->part->number > other->part->number) - (one->part->number < other->part->number);
}

static struct held *list_held(struct store *store, size_t *held_count)
{
    size_t count;
    size_t parts = 0;
    const struct store_file *const files = store_files(store, &count);
    struct held *list;

    for (size_t i = 0; i < count; i++)
        parts += files[i].summary.month_count;
    list = calloc(parts + 1, sizeof *list);
    *held_count = 0;
    for (size_t i = 0; list != NULL && i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count; m++)
            if (files[i].parts[m].state == PART_KEPT)
                list[(*held_count)++] = (struct held){&files[i], &files[i].parts[m]};
    if (list != NULL)
        qsort(list, *held_count, sizeof *list, compare_held);
    return list;
}

/* Months between two that the store has and itself has not. */
static void tell_gap(const struct held *before, const struct held *held)
{
    char first[MONTH_TEXT];
    char last[MONTH_TEXT];
    const month_t from = before->part->month + 1;
    const month_t to = held->part->month - 1;

    if (strcmp(before->file->group, held->file->group) != 0 || to < from)
        return;
    month_print(from, first);
    month_print(to, last);
    printf("  %s%s%s  missing\n", first, from < to ? " to " : "", from < to ? last : "");
}

static void tell_months(const struct held *list, size_t count)
{
    char month[MONTH_TEXT];
    char text[3][DECIMAL_TEXT];

    for (size_t i = 0; i < count; i++) {
        const struct store_file *const file = list[i].file;
        const struct store_part *const part = list[i].part;

        if (i == 0 || strcmp(list[i - 1].file->group, file->group) != 0) {
            show(stdout, view_of(file->group));
            fputc('\n', stdout);
        } else {
            tell_gap(&list[i - 1], &list[i]);
        }
        printf("  %s  %s rows, %s kept as %s sums, %zu rejected in ",
               month_print(part->month, month), with_commas(part->rows_read, text[0]),
               with_commas(part->sums.rows, text[1]), with_commas(part->cells, text[2]),
               file->summary.rejects.count);
        show(stdout, view_of(file->name));
        printf(" (%s)\n", file->extract);
    }
}

static void tell_gone(struct store *store)
{
    size_t count;
    const struct store_file *const files = store_files(store, &count);
    char month[MONTH_TEXT];
    char name[512];

    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count; m++) {
            const struct store_part *const part = &files[i].parts[m];

            if (part->state != PART_KEPT)
                printf("%s of %s was %s\n", month_print(part->month, month),
                       visible_text(view_of(files[i].name), name, sizeof name),
                       part->state == PART_REMOVED        ? "removed"
                       : store_is_passed(&files[i], part) ? "skipped: the store has a better series"
                                                          : "replaced by a later file");
        }
}

static void tell_list(const char *what, month_t month, const struct text_list *list)
{
    char text[MONTH_TEXT];

    if (list->count == 0)
        return;
    printf("%s %s (%zu):", what, month_print(month, text), list->count);
    for (size_t i = 0; i < list->count && i < 20; i++) {
        fputc(' ', stdout);
        show(stdout, view_of(list->texts[i]));
    }
    printf("%s\n", list->count > 20 ? " ..." : "");
}

static void tell_standing(const struct store_status *status)
{
    if (status->provisional.count > 0)
        printf("provisional, figures will change (%zu):", status->provisional.count);
    for (size_t i = 0; i < status->provisional.count; i++)
        printf("%s %s", i > 0 ? "," : "", status->provisional.texts[i]);
    if (status->provisional.count > 0)
        printf("\n");
    if (status->wanting.count > 0)
        printf("report will refuse these months (files: %zu):\n", status->wanting.count);
    for (size_t i = 0; i < status->wanting.count; i++)
        printf("  %s\n", status->wanting.texts[i]);
}

static void tell_news(const struct store_status *status)
{
    for (size_t i = 0; i < status->news_count; i++) {
        const struct store_news *const news = &status->news[i];

        tell_list("new codes without a rule in", news->latest, &news->unclassified);
        tell_list(news->level == LEVEL_TRUST ? "trusts new in" : "practices new in", news->latest,
                  &news->appeared);
        tell_list(news->level == LEVEL_TRUST ? "trusts missing since" : "practices missing since",
                  news->latest, &news->vanished);
    }
}

static enum status tell_size(struct store *store, struct fail *why)
{
    size_t count;
    const struct store_addition *const additions = store_additions(store, &count);
    uint64_t bytes = 0;
    char text[DECIMAL_TEXT];
    const enum status status = store_bytes(store, &bytes, why);

    if (status == STATUS_OK)
        printf("%s: %s bytes", store_path(store), with_commas(bytes, text));
    if (status == STATUS_OK && count > 0)
        printf(", last added to %s", additions[count - 1].added);
    printf("\n");
    return status;
}

static enum status tell_store(struct store *store, const struct rules *rules, struct fail *why)
{
    struct store_status news = {0};
    struct held *list = NULL;
    size_t count = 0;
    enum status status = store_begin(store, why);

    if (status == STATUS_OK)
        status = store_status_read(&news, store, rules, why);
    if (status == STATUS_OK && (list = list_held(store, &count)) == NULL)
        status = fail_nomem(why);
    if (status == STATUS_OK)
        status = tell_size(store, why);
    if (status == STATUS_OK) {
        tell_months(list, count);
        tell_gone(store);
        tell_standing(&news);
        tell_news(&news);
    }
    free(list);
    store_status_release(&news);
    return status;
}

static int run_status(const struct invocation *invocation)
{
    const struct rules_place place = {.overlay = option_value(invocation, "rules")};
    struct store *store = NULL;
    struct rules *rules = NULL;
    struct fail why = {0};
    enum status status = rules_load(&rules, &place, &why);

    if (status == STATUS_OK)
        status = open_store(invocation, STORE_READ, &store, &why);
    if (status == STATUS_OK)
        status = tell_store(store, rules, &why);
    store_close(store);
    rules_free(rules);
    return status == STATUS_OK ? close_output(0) : report_failure(&why);
}

const struct command command_status = {
    .name = "status",
    .arguments = "",
    .summary = "show what the store holds",
    .description =
        "Prints the months that the store has of each extract, with rows, sums and rejected rows, "
        "and the months missing between them; what was replaced, skipped or removed; provisional "
        "months of hospital data; months that report would refuse because today's rules need more "
        "than was kept; and for the latest month, compared with the one before, new codes without "
        "a rule and practices or trusts that appeared or disappeared.",
    .options = {OPTION_STORE, OPTION_RULES},
    .run = run_status,
};
