#include "measure/control.h"

#include "base/grow.h"

#include <stdlib.h>

/* Published sums come out of floating point and are printed to the penny or beyond:
 * half a penny, or half a hundredth of a unit, is no difference. */
#define TOLERANCE_MONEY 500
#define TOLERANCE_QUANTITY 5

const char *finding_text(enum finding finding)
{
    static const char *const texts[] = {
#define X(name, text) text,
        FINDING_LIST(X)
#undef X
    };

    return texts[finding];
}

/* Levels at which totals are kept. */
static const enum level kept_levels[] = {LEVEL_SUB_ICB, LEVEL_ICB, LEVEL_REGION, LEVEL_NATION};

static bool is_chemical(const struct published_line *line)
{
    return view_is(line->level, "chemical");
}

/* A level that is no word of ours is a nation's name. */
static enum level level_of(const struct published_line *line)
{
    for (size_t i = 0; i < COUNT_OF(kept_levels); i++)
        if (view_is(line->level, level_text(kept_levels[i])))
            return kept_levels[i];
    return LEVEL_NATION;
}

static bool is_nation(const struct rules *rules, struct view name)
{
    for (size_t i = 0; i < rules->layouts.count; i++)
        if (view_equal_nocase(name, view_of(rules->layouts.extracts[i].nation_name)))
            return true;
    return false;
}

enum status check_levels(const struct published *published, const struct rules *rules,
                         struct fail *why)
{
    for (size_t i = 0; i < published->count; i++) {
        const struct published_line *const line = &published->lines[i];

        if (is_chemical(line) || view_is(line->level, level_text(level_of(line))) ||
            is_nation(rules, line->level))
            continue;
        fail_set(why, STATUS_DATA,
                 "level: \"%.*s\" is not chemical, sub_icb, icb, region, nation or a nation's name",
                 (int)(line->level.length < 80 ? line->level.length : 80), line->level.at);
        why->line = line->line;
        return STATUS_DATA;
    }
    return STATUS_OK;
}

/* The code decides where one is given; a name may be a code. */
static bool is_meant(const struct published_line *line, struct view code, struct view name)
{
    if (line->code.length > 0)
        return view_equal(line->code, code);
    return view_equal_nocase(line->name, name) || view_equal(line->name, code);
}

static bool is_nation_meant(const struct published_line *line, struct view code, struct view name)
{
    if (!view_is(line->level, level_text(LEVEL_NATION)) && !view_equal_nocase(line->level, name))
        return false;
    return view_equal_nocase(line->name, view_of("ALL")) || is_meant(line, code, name);
}

static bool is_organisation_meant(const struct published_line *line, const struct places *places,
                                  enum level level, uint32_t number)
{
    const struct view code = organisation_code(places, level, number);
    const struct view name = organisation_name(places, level, number);

    return level == LEVEL_NATION ? is_nation_meant(line, code, name) : is_meant(line, code, name);
}

/* What a line is about in one cube: by substance or by organisation of its level. */
struct meant {
    bool chemical;
    enum level level;
    bool *hits;
};

static enum status find_meant(struct meant *meant, const struct published_line *line,
                              const struct cube *cube, struct fail *why)
{
    const bool chemical = is_chemical(line);
    const enum level level = level_of(line);
    const size_t count = chemical ? cube->codes.count : cube->places.levels[level].codes.count;

    *meant = (struct meant){chemical, level, calloc(count + 1, sizeof *meant->hits)};
    if (meant->hits == NULL)
        return fail_nomem(why);
    for (uint32_t i = 0; i < count; i++)
        meant->hits[i] = chemical
                             ? is_meant(line, intern_text(&cube->codes, i), cube->names[i].text)
                             : is_organisation_meant(line, &cube->places, level, i);
    return STATUS_OK;
}

static bool is_hit(const struct meant *meant, const struct cube *cube, const struct cell *cell)
{
    uint32_t organisation;

    if (meant->chemical)
        return meant->hits[cell->presentation];
    organisation = place_organisation(&cube->places, cell->place, meant->level);
    return organisation != ORGANISATION_NONE && meant->hits[organisation];
}

struct sums {
    uint64_t rows;
    wide_t figures[FIGURES];
    bool unknown_cost;
    bool unknown_nic;
};

static bool add_cell(struct sums *sums, const struct cell *cell)
{
    sums->rows += cell->rows;
    sums->unknown_cost = sums->unknown_cost || cell->unknown_cost;
    sums->unknown_nic = sums->unknown_nic || cell->unknown_nic;
    return wide_add(&sums->figures[FIGURE_items], cell->items) &&
           wide_add(&sums->figures[FIGURE_nic], cell->nic) &&
           wide_add(&sums->figures[FIGURE_actual_cost], cell->actual_cost) &&
           wide_add(&sums->figures[FIGURE_total_quantity], cell->quantity);
}

static enum status add_cube(struct sums *sums, const struct published_line *line,
                            const struct cube *cube, struct fail *why)
{
    struct meant meant;
    enum status status = find_meant(&meant, line, cube, why);

    for (size_t i = 0; i < cube->count && status == STATUS_OK; i++) {
        const struct cell *const cell = &cube->cells[i];

        if ((line->month == MONTH_NONE || line->month == cell->month) &&
            is_hit(&meant, cube, cell) && !add_cell(sums, cell))
            status = fail_sum(why);
    }
    free(meant.hits);
    return status;
}

static enum finding find(const struct sums *sums, enum figure figure, int64_t published)
{
    const int places = figure_places(figure);
    const int64_t tolerance = places == PLACES_MONEY      ? TOLERANCE_MONEY
                              : places == PLACES_QUANTITY ? TOLERANCE_QUANTITY
                                                          : 0;
    const wide_t difference = sums->figures[figure] - published;

    if (sums->rows == 0)
        return FINDING_ABSENT;
    if ((figure == FIGURE_actual_cost && sums->unknown_cost) ||
        (figure == FIGURE_nic && sums->unknown_nic))
        return FINDING_UNKNOWN;
    return difference <= tolerance && -difference <= tolerance ? FINDING_AGREES : FINDING_DIFFERS;
}

static enum status compare_figure(struct comparisons *comparisons,
                                  const struct published_line *line, enum figure figure,
                                  const struct sums *sums, uint64_t partial_rows, struct fail *why)
{
    struct comparison comparison = {
        .line = line,
        .figure = figure,
        .finding = find(sums, figure, line->figures[figure]),
    };

    if (comparison.finding == FINDING_AGREES || comparison.finding == FINDING_DIFFERS)
        comparison.ours = sums->figures[figure];
    if (figure == FIGURE_nic || figure == FIGURE_total_quantity)
        comparison.unread_rows = partial_rows;
    if (!grow(&comparisons->list, &comparisons->room, comparisons->count + 1, sizeof comparison))
        return fail_nomem(why);
    comparisons->list[comparisons->count++] = comparison;
    comparisons->agreeing += comparison.finding == FINDING_AGREES;
    return STATUS_OK;
}

static enum status compare_line(struct comparisons *comparisons, const struct published_line *line,
                                const struct totals *totals, struct fail *why)
{
    struct sums sums = {.rows = 0};
    enum status status = add_cube(&sums, line, &totals->complete, why);
    const uint64_t complete_rows = sums.rows;

    if (status == STATUS_OK)
        status = add_cube(&sums, line, &totals->partial, why);
    for (int figure = 0; figure < FIGURES && status == STATUS_OK; figure++)
        if (line->has[figure])
            status = compare_figure(comparisons, line, (enum figure)figure, &sums,
                                    sums.rows - complete_rows, why);
    return status;
}

enum status compare_totals(struct comparisons *comparisons, const struct published *published,
                           const struct totals *totals, struct fail *why)
{
    enum status status = STATUS_OK;

    *comparisons = (struct comparisons){.list = NULL};
    for (size_t i = 0; i < published->count && status == STATUS_OK; i++)
        status = compare_line(comparisons, &published->lines[i], totals, why);
    if (status != STATUS_OK)
        comparisons_release(comparisons);
    return status;
}

void comparisons_release(struct comparisons *comparisons)
{
    free(comparisons->list);
    *comparisons = (struct comparisons){.list = NULL};
}
