#include "page/page_internal.h"

#include "place/search.h"

#include <stdlib.h>

/* Who stands where in a run: by organisation number. */
struct search {
    struct page *page;
    unsigned char *seen; /* of member_level: bits of enum seen */
    uint32_t *row;       /* 1 + index into members */
    size_t count;
    struct fail *why;
};

enum seen { SEEN_BEFORE = 1, SEEN_LAST = 2 };

static const struct places *places_of(const struct page *page)
{
    return &page->figures->results->classified.cube->places;
}

struct view page_code(const struct page *page, enum level level, uint32_t organisation)
{
    return organisation_code(places_of(page), level, organisation);
}

struct view page_name(const struct page *page, enum level level, uint32_t organisation)
{
    if (organisation == ORGANISATION_NONE)
        return view_of(page->trust_count > 0 ? "The trusts of this run"
                                             : "No prescribing in this run");
    return organisation_name(places_of(page), level, organisation);
}

static void find_months(struct page *page)
{
    const struct results *const results = page->figures->results;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const month_t month = results->organisations[i].month;

        if (results->organisations[i].subject != SUBJECT_prescribing)
            continue;
        if (page->first == MONTH_NONE || month < page->first)
            page->first = month;
        if (month > page->last)
            page->last = month;
    }
    page->months = page->first == MONTH_NONE ? 0 : (size_t)(page->last - page->first) + 1;
}

/* The first of prescribing that is told at the end of a run. */
static void find_headline(struct page *page)
{
    for (size_t m = page->rules->measures.count; m-- > 0;) {
        const struct measure *const measure = page->rules->measures.list[m];

        if (measure->subject == SUBJECT_prescribing && measure->headline)
            page->headline = m;
    }
}

static bool has_last_row(const struct page *page, uint32_t icb)
{
    return results_find(page->figures->results, SUBJECT_prescribing, LEVEL_ICB,
                        page_code(page, LEVEL_ICB, icb), page->last) != NULL;
}

/* Of an ICB that got a new code both are found: the page is about the one of the last month. */
static enum status find_icb(const struct page *page, const char *asked, uint32_t *icb,
                            struct fail *why)
{
    const uint32_t count = (uint32_t)places_of(page)->levels[LEVEL_ICB].codes.count;
    struct place_search search = {.places = places_of(page),
                                  .text = asked,
                                  .padding = page->rules->sub_icb_padding,
                                  .where = "in these months"};
    bool *const chosen = calloc(count + 1, sizeof *chosen);
    enum status status;

    if (chosen == NULL)
        return fail_nomem(why);
    search.chosen[LEVEL_ICB] = chosen;
    status = places_search(&search, why);
    *icb = ORGANISATION_NONE;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++)
        if (chosen[i] && (*icb == ORGANISATION_NONE || has_last_row(page, i)))
            *icb = i;
    free(chosen);
    return status;
}

/* The organisations of a level that have a row in the last month, unidentified ones apart. */
static size_t count_last(const struct page *page, enum level level, uint32_t *one)
{
    const struct results *const results = page->figures->results;
    size_t count = 0;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (row->subject != SUBJECT_prescribing || row->level != level ||
            row->month != page->last ||
            !belonging_is_peer(results->belonging, level, row->organisation))
            continue;
        *one = row->organisation;
        count++;
    }
    return count;
}

/* The highest level below the nation of which there is more than one. */
static enum level list_level(const struct page *page)
{
    static const enum level levels[] = {LEVEL_ICB, LEVEL_SUB_ICB};
    uint32_t one;

    for (size_t i = 0; i < COUNT_OF(levels); i++)
        if (count_last(page, levels[i], &one) > 1)
            return levels[i];
    return LEVEL_PRACTICE;
}

/* Of several nations the one with most below the line of the headline. */
static uint32_t largest_nation(const struct page *page, uint32_t nation)
{
    const struct results *const results = page->figures->results;
    wide_t most = 0;

    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        const struct measure_value *const value =
            measure_value_of(row, page_headline_measure(page));

        if (row->level != LEVEL_NATION || row->month != page->last || value == NULL ||
            value->denominator <= most)
            continue;
        most = value->denominator;
        nation = row->organisation;
    }
    return nation;
}

static enum status choose_subject(struct page *page, const char *icb, struct fail *why)
{
    uint32_t one = ORGANISATION_NONE;
    enum status status = STATUS_OK;

    page->member_level = LEVEL_PRACTICE;
    if (icb != NULL) {
        page->level = LEVEL_ICB;
        status = find_icb(page, icb, &page->subject.organisation, why);
        page->peers = count_last(page, LEVEL_ICB, &one);
        return status;
    }
    page->peers = count_last(page, LEVEL_ICB, &one);
    page->level = page->peers == 1 ? LEVEL_ICB : LEVEL_NATION;
    if (page->level == LEVEL_NATION) {
        page->peers = count_last(page, LEVEL_NATION, &one);
        one = largest_nation(page, one);
        page->member_level = list_level(page);
    }
    page->subject.organisation = one;
    return STATUS_OK;
}

/* Who belongs to the subject, in the view of the run. */
static void find_members(struct search *search)
{
    const struct page *const page = search->page;
    const struct results *const results = page->figures->results;
    const struct cube *const cube = results->classified.cube;

    for (size_t i = 0; i < cube->count; i++) {
        const struct cell *const cell = &cube->cells[i];
        const uint32_t member = cell_organisation(results, cell, page->member_level);

        if (member != ORGANISATION_NONE &&
            cell_organisation(results, cell, page->level) == page->subject.organisation)
            search->seen[member] |= cell->month == page->last ? SEEN_LAST : SEEN_BEFORE;
    }
}

static enum status make_row(struct page *page, struct page_row *row, uint32_t organisation,
                            struct fail *why)
{
    row->organisation = organisation;
    row->months = arena_array(&page->arena, page->months + 1, sizeof(struct organisation_month *));
    return row->months != NULL ? STATUS_OK : fail_nomem(why);
}

/* Rows come sorted by level and code, so members do as well. */
static enum status fill_row(struct search *search, const struct organisation_month *month)
{
    struct page *const page = search->page;
    const size_t at = (size_t)(month->month - page->first);

    if (month->level == page->level && month->organisation == page->subject.organisation)
        page->subject.months[at] = month;
    if (month->level != page->member_level || (search->seen[month->organisation] & SEEN_LAST) == 0)
        return STATUS_OK;
    if (search->row[month->organisation] == 0) {
        const enum status status =
            make_row(page, &page->members[page->member_count], month->organisation, search->why);

        if (status != STATUS_OK)
            return status;
        search->row[month->organisation] = (uint32_t)++page->member_count;
    }
    page->members[search->row[month->organisation] - 1].months[at] = month;
    return STATUS_OK;
}

static enum status fill_rows(struct search *search)
{
    struct page *const page = search->page;
    const struct results *const results = page->figures->results;
    enum status status = make_row(page, &page->subject, page->subject.organisation, search->why);

    for (size_t i = 0; i < results->organisation_count && status == STATUS_OK; i++)
        if (results->organisations[i].subject == SUBJECT_prescribing)
            status = fill_row(search, &results->organisations[i]);
    return status;
}

/* The standings of all measures, levels and spans are one list. */
static void find_standings(struct search *search)
{
    struct page *const page = search->page;
    const struct spread_list *const standings = &page->figures->standings;

    for (size_t i = 0; i < standings->count; i++) {
        const struct peer_standing *const standing = &standings->list[i];
        const struct spread *const among = &standings->spreads[standing->among];

        if (among->measure == page->headline && among->level == LEVEL_PRACTICE &&
            page->member_level == LEVEL_PRACTICE && among->from == page->last &&
            among->to == page->last && search->row[standing->organisation] > 0)
            page->members[search->row[standing->organisation] - 1].standing = standing;
    }
}

/* A target far ahead would leave no room for what has been. */
#define MONTHS_AHEAD 36

static void find_span(struct page *page)
{
    const struct target_answer *answer;

    page->span = page->months;
    for (size_t at = 0; (answer = page_next_open_target(page, &at)) != NULL;) {
        const month_t ahead = answer->target->due - page->last;

        if (answer->measure == page->headline && ahead > 0 && ahead <= MONTHS_AHEAD &&
            page->months + (size_t)ahead > page->span)
            page->span = page->months + (size_t)ahead;
    }
}

static enum status find_rows(struct page *page, struct fail *why)
{
    struct search search = {
        .page = page,
        .count = places_of(page)->levels[page->member_level].codes.count,
        .why = why,
    };
    size_t members = 0;
    enum status status;

    search.seen = arena_take(&page->arena, search.count + 1);
    search.row = arena_array(&page->arena, search.count + 1, sizeof *search.row);
    if (search.seen == NULL || search.row == NULL)
        return fail_nomem(why);
    find_members(&search);
    for (size_t i = 0; i < search.count; i++) {
        members += (search.seen[i] & SEEN_LAST) != 0;
        page->gone += search.seen[i] == SEEN_BEFORE;
    }
    page->members = arena_array(&page->arena, members + 1, sizeof *page->members);
    page->scratch = arena_array(&page->arena, page->span * PAGE_SCRATCH + 1, sizeof *page->scratch);
    if (page->members == NULL || page->scratch == NULL)
        return fail_nomem(why);
    status = fill_rows(&search);
    if (status == STATUS_OK)
        find_standings(&search);
    return status;
}

enum status page_new(struct page **page, const struct figures *figures, const struct audit *audit,
                     const char *icb, struct fail *why)
{
    struct page *const made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    made->figures = figures;
    made->audit = audit;
    made->rules = figures->results->classified.rules;
    find_months(made);
    find_headline(made);
    status = choose_subject(made, icb, why);
    if (status == STATUS_OK) {
        find_span(made);
        status = find_rows(made, why);
    }
    if (status == STATUS_OK)
        status = page_find_trusts(made, why);
    if (status != STATUS_OK) {
        page_free(made);
        return status;
    }
    *page = made;
    return STATUS_OK;
}

void page_free(struct page *page)
{
    if (page == NULL)
        return;
    arena_release(&page->arena);
    free(page);
}
