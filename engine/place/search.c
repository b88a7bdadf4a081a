#include "place/search.h"

#include "base/limits.h"
#include "base/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How an organisation answers, the best last. */
enum answer { ANSWER_NONE, ANSWER_PART, ANSWER_NAME, ANSWER_CODE };

#define LISTED 8
#define SUGGESTED 3

static struct view code_at(const struct place_search *search, int level, uint32_t number)
{
    return organisation_code(search->places, (enum level)level, number);
}

static struct view name_at(const struct place_search *search, int level, uint32_t number)
{
    return organisation_name(search->places, (enum level)level, number);
}

static bool is_code(const struct place_search *search, int level, struct view code)
{
    const struct view asked = view_of(search->text);
    const struct view padding = view_of(search->padding != NULL ? search->padding : "");

    if (view_equal_nocase(code, asked))
        return true;
    return level == LEVEL_SUB_ICB && padding.length > 0 &&
           code.length == asked.length + padding.length &&
           view_equal_nocase((struct view){code.at, asked.length}, asked) &&
           view_equal((struct view){code.at + asked.length, padding.length}, padding);
}

static enum answer answer_of(const struct place_search *search, int level, uint32_t number)
{
    const struct view asked = view_of(search->text);
    const struct view name = name_at(search, level, number);

    if (is_code(search, level, code_at(search, level, number)))
        return ANSWER_CODE;
    if (asked.length == 0)
        return ANSWER_NONE;
    if (view_equal_nocase(name, asked))
        return ANSWER_NAME;
    return view_contains_nocase(name, asked) ? ANSWER_PART : ANSWER_NONE;
}

static uint32_t count_of(const struct place_search *search, int level)
{
    return search->chosen[level] != NULL ? (uint32_t)search->places->levels[level].codes.count : 0;
}

static enum answer best_answer(const struct place_search *search)
{
    enum answer best = ANSWER_NONE;

    for (int level = 0; level < LEVELS; level++)
        for (uint32_t i = 0; i < count_of(search, level) && best != ANSWER_CODE; i++) {
            const enum answer answer = answer_of(search, level, i);

            best = answer > best ? answer : best;
        }
    return best;
}

/* A list of organisations in a sentence, cut where it is full. */
struct list {
    char text[320];
    size_t listed;
    size_t more;
};

static void list_add(struct list *list, const struct place_search *search, int level,
                     uint32_t number)
{
    const struct view code = code_at(search, level, number);
    const struct view name = name_at(search, level, number);
    const size_t length = strlen(list->text);

    if (list->listed == LISTED || length + code.length + name.length + 4 >= sizeof list->text) {
        list->more++;
        return;
    }
    snprintf(list->text + length, sizeof list->text - length, "%s%.*s%s%.*s",
             list->listed > 0 ? ", " : "", (int)code.length, code.at, name.length > 0 ? " " : "",
             (int)name.length, name.at);
    list->listed++;
}

static void list_end(struct list *list)
{
    const size_t length = strlen(list->text);

    if (list->more > 0)
        snprintf(list->text + length, sizeof list->text - length, " and %zu more", list->more);
}

/* The one level that is searched, LEVELS where there are several. */
static enum level level_searched(const struct place_search *search)
{
    enum level found = LEVELS;

    for (int level = 0; level < LEVELS; level++) {
        if (search->chosen[level] == NULL)
            continue;
        if (found != LEVELS)
            return LEVELS;
        found = (enum level)level;
    }
    return found;
}

static size_t distance_of(const struct place_search *search, int level, uint32_t number)
{
    const struct view asked = view_of(search->text);
    const size_t by_code = near_whole_distance(asked, code_at(search, level, number));
    const size_t by_name = near_distance(asked, name_at(search, level, number));

    return by_code < by_name ? by_code : by_name;
}

/* The nearest few, those at one distance in the order of levels and codes. */
static void suggest(const struct place_search *search, struct list *list)
{
    const size_t limit = near_limit(view_of(search->text));

    for (size_t distance = 1; distance <= limit && list->listed < SUGGESTED; distance++)
        for (int level = 0; level < LEVELS; level++)
            for (uint32_t i = 0; i < count_of(search, level) && list->listed < SUGGESTED; i++)
                if (distance_of(search, level, i) == distance)
                    list_add(list, search, level, i);
}

/* All there are, where they are few enough to read. */
static void list_all(const struct place_search *search, struct list *list)
{
    size_t all = 0;

    for (int level = 0; level < LEVELS; level++)
        all += count_of(search, level);
    for (int level = 0; level < LEVELS && all <= LISTED; level++)
        for (uint32_t i = 0; i < count_of(search, level); i++)
            list_add(list, search, level, i);
}

static enum status fail_none(const struct place_search *search, struct fail *why)
{
    const enum level level = level_searched(search);
    struct list list = {.text = ""};
    const char *lead = "; the nearest: ";

    suggest(search, &list);
    if (list.listed == 0) {
        list_all(search, &list);
        lead = list.listed > 0 ? "; there are: " : "";
    }
    return fail_set(why, STATUS_USAGE, "there is no %s \"%s\" %s%s%s", level_words(level, false),
                    search->text, search->where, lead, list.text);
}

static enum status fail_several(const struct place_search *search, struct fail *why)
{
    struct list list = {.text = ""};

    for (int level = 0; level < LEVELS; level++)
        for (uint32_t i = 0; i < count_of(search, level); i++)
            if (search->chosen[level][i])
                list_add(&list, search, level, i);
    list_end(&list);
    return fail_set(why, STATUS_USAGE, "\"%s\" may be more than one %s: %s; give the code",
                    search->text, level_words(level_searched(search), false), list.text);
}

/* By their names, all that were chosen are one. */
static bool have_one_name(const struct place_search *search)
{
    struct view first = {NULL, 0};

    for (int level = 0; level < LEVELS; level++)
        for (uint32_t i = 0; i < count_of(search, level); i++) {
            if (!search->chosen[level][i])
                continue;
            if (first.at != NULL && !view_equal_nocase(first, name_at(search, level, i)))
                return false;
            first = name_at(search, level, i);
        }
    return true;
}

enum status places_search(const struct place_search *search, struct fail *why)
{
    const enum answer best = best_answer(search);

    if (best == ANSWER_NONE)
        return fail_none(search, why);
    for (int level = 0; level < LEVELS; level++)
        for (uint32_t i = 0; i < count_of(search, level); i++)
            search->chosen[level][i] = answer_of(search, level, i) == best;
    return best == ANSWER_CODE || have_one_name(search) ? STATUS_OK : fail_several(search, why);
}

enum status places_find_any(const struct places *places, const char *padding, const char *text,
                            const char *where, struct places_found *found, struct fail *why)
{
    struct place_search search = {
        .places = places, .text = text, .padding = padding, .where = where};

    *found = (struct places_found){{NULL}};
    for (int level = 0; level < LEVELS; level++) {
        found->chosen[level] = calloc(places->levels[level].codes.count + 1, sizeof(bool));
        if (found->chosen[level] == NULL)
            return fail_nomem(why);
        search.chosen[level] = found->chosen[level];
    }
    return places_search(&search, why);
}

void places_found_release(struct places_found *found)
{
    for (int level = 0; level < LEVELS; level++)
        free(found->chosen[level]);
    *found = (struct places_found){{NULL}};
}
