#include "page/page_internal.h"

#include "page/svg_picture.h"
#include "table/words.h"

#include <math.h>

/* Series of the scratch. */
enum series_of { VALUE, MEAN, LOWER, UPPER, EXPECTED, LOW, HIGH, MARKS, FIRST_TARGET };

#define TARGETS_DRAWN (PAGE_SCRATCH - FIRST_TARGET)

struct drawn_trend {
    const struct page *page;
    struct chart chart;                 /* no point of it where too little is known */
    const char *causes[HISTORY_MONTHS]; /* by month of the page; NULL for common */
    const struct target_answer *targets[TARGETS_DRAWN];
    size_t target_count;
    bool has_forecast;
};

static double *line_of(const struct drawn_trend *trend, size_t which)
{
    return page_scratch(trend->page, which);
}

/* The page's own rows stand together in the results. */
static bool find_history(const struct page *page, struct history *history)
{
    *history = (struct history){.rules = page->rules};
    for (size_t i = 0; i < page->months; i++) {
        if (page->subject.months[i] == NULL)
            continue;
        if (history->count == 0)
            history->rows = page->subject.months[i];
        history->count++;
    }
    return history->count > 0;
}

static void add_chart(struct drawn_trend *trend)
{
    const struct page *const page = trend->page;
    struct history history;
    struct followed followed;

    if (page->months < 2 || !page_headline_measure(page)->followed || !find_history(page, &history))
        return;
    follow(page->figures->results, &history, page->headline, &followed);
    if (followed.series.count == 0)
        return;
    follow_chart(&followed, &page->figures->charts, &trend->chart);
    for (size_t i = 0; i < trend->chart.count; i++) {
        const struct spc_point *const point = &trend->chart.points[i];
        const size_t at = (size_t)(trend->chart.months[i] - page->first);

        line_of(trend, MEAN)[at] = point->mean;
        line_of(trend, LOWER)[at] = point->lower;
        line_of(trend, UPPER)[at] = point->upper;
        if (point->cause == SPC_COMMON || point->trial || at >= HISTORY_MONTHS)
            continue;
        line_of(trend, MARKS)[at] = trend->chart.values[i];
        trend->causes[at] = spc_cause_text(point->cause, point->side);
    }
}

/* Straight from one month to another, both known. */
static void join(double *values, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        values[i] =
            values[from] + (values[to] - values[from]) * (double)(i - from) / (double)(to - from);
}

static void add_target(struct drawn_trend *trend, const struct target_answer *answer)
{
    double *const line = line_of(trend, FIRST_TARGET + trend->target_count);

    for (size_t i = 0; i < trend->page->span; i++)
        line[i] = answer->target_value;
    trend->targets[trend->target_count++] = answer;
}

/* What is expected is known of the months in which targets are due: lines join them. */
static void add_forecast(struct drawn_trend *trend, const struct target_answer *answer)
{
    const size_t due = (size_t)(answer->target->due - trend->page->first);

    if (due < trend->page->months || due >= trend->page->span || isnan(answer->forecast) ||
        answer->target->months != 1)
        return;
    line_of(trend, EXPECTED)[due] = answer->forecast;
    line_of(trend, LOW)[due] = answer->low;
    line_of(trend, HIGH)[due] = answer->high;
    trend->has_forecast = true;
}

static void join_forecasts(struct drawn_trend *trend)
{
    const size_t last = trend->page->months - 1;
    size_t from = last;

    if (!trend->has_forecast)
        return;
    for (size_t s = EXPECTED; s <= HIGH; s++)
        line_of(trend, s)[last] = line_of(trend, VALUE)[last];
    for (size_t at = last + 1; at < trend->page->span; at++) {
        if (isnan(line_of(trend, EXPECTED)[at]))
            continue;
        for (size_t s = EXPECTED; s <= HIGH && !isnan(line_of(trend, s)[from]); s++)
            join(line_of(trend, s), from, at);
        from = at;
    }
}

static void add_targets(struct drawn_trend *trend)
{
    const struct target_answer *answer;

    for (size_t at = 0; (answer = page_next_open_target(trend->page, &at)) != NULL;) {
        if (answer->measure != trend->page->headline || isnan(answer->target_value))
            continue;
        if (trend->target_count < TARGETS_DRAWN)
            add_target(trend, answer);
        add_forecast(trend, answer);
    }
    join_forecasts(trend);
}

/* What the picture shows, in a sentence. */
static void tell_trend(const struct drawn_trend *trend, char *out, size_t size)
{
    const struct page *const page = trend->page;
    const struct measure *const measure = page_headline_measure(page);
    const int places = measure_places(measure);
    char printed[DECIMAL_TEXT];
    char first[DECIMAL_TEXT];
    char last[DECIMAL_TEXT];
    char from[MONTH_WORDS];
    char to[MONTH_WORDS];
    size_t marked = 0;
    size_t length;

    figure_print(page_figure(page, &page->subject, page->headline, 0, printed), places, first);
    figure_print(page_figure(page, &page->subject, page->headline, page->months - 1, printed),
                 places, last);
    for (size_t i = 0; i < page->months && i < HISTORY_MONTHS; i++)
        marked += trend->causes[i] != NULL;
    length =
        (size_t)snprintf(out, size, "%s: %s in %s, %s in %s.", measure->title,
                         first[0] != '\0' ? first : "no figure", month_words(page->first, from),
                         last[0] != '\0' ? last : "no figure", month_words(page->last, to));
    if (trend->chart.count > 0 && length < size)
        snprintf(
            out + length, size - length,
            " Ringed are %zu months that the control chart calls special.%s%s", marked,
            2 * marked > page->months
                ? " Those are most months: far from the mean, or in a run on one "
                  "side of it. The slope says more than the rings."
                : "",
            trend->has_forecast
                ? " What is expected when targets are due stands below the chart; lines join it."
                : "");
}

static void write_number(FILE *file, double value)
{
    char printed[DOUBLE_TEXT];

    html_figure(file, double_print(value, printed), 2);
}

static void write_row(FILE *file, const struct drawn_trend *trend, size_t month)
{
    const struct page *const page = trend->page;
    const char *const cause = month < HISTORY_MONTHS ? trend->causes[month] : NULL;
    char text[MONTH_TEXT];
    char printed[DECIMAL_TEXT];

    fprintf(file, "<tr><th scope=\"row\" class=\"code\">%s",
            month_print(page->first + (month_t)month, text));
    html_measure(file, page_headline_measure(page),
                 page_figure(page, &page->subject, page->headline, month, printed));
    page_sums(file, page, page->subject.months[month]);
    if (trend->chart.count > 0) {
        for (size_t s = MEAN; s <= UPPER; s++)
            write_number(file, line_of(trend, s)[month]);
        fprintf(file, "<td class=\"text\">%s", cause != NULL ? cause : "");
    }
    for (size_t i = 0; i < trend->target_count; i++)
        write_number(file, trend->targets[i]->target_value);
    fputs("\n", file);
}

/* A column that the live chart draws, in this look. */
static void drawn_column(FILE *file, const char *name, const char *look)
{
    fprintf(file, "<th scope=\"col\" class=\"n\" data-look=\"%s\">", look);
    html_words(file, name);
}

static void write_heads(FILE *file, const struct drawn_trend *trend)
{
    const struct measure *const measure = page_headline_measure(trend->page);
    char name[80];
    char figure[DECIMAL_TEXT];
    char printed[DOUBLE_TEXT];

    table_column(file, "Month", false);
    drawn_column(file, measure->unit, "main");
    table_column(file, sum_words(measure->numerator.sum), true);
    table_column(file, sum_words(measure->denominator.sum), true);
    if (trend->chart.count > 0) {
        drawn_column(file, "Mean", "middle");
        drawn_column(file, "Lower limit", "limit");
        drawn_column(file, "Upper limit", "limit");
        fputs("<th scope=\"col\" data-marks>Special", file);
    }
    for (size_t i = 0; i < trend->target_count; i++) {
        figure_print(double_print(trend->targets[i]->target_value, printed), 2, figure);
        snprintf(name, sizeof name, "Target %s", figure);
        drawn_column(file, name, "target");
    }
    fputs("</thead>\n<tbody>\n", file);
}

static void write_table(FILE *file, const struct drawn_trend *trend)
{
    details_begin(file, "The figures of this chart");
    table_begin(file, "trend-table", "Trend by month", "all-n");
    write_heads(file, trend);
    for (size_t i = 0; i < trend->page->months; i++)
        write_row(file, trend, i);
    table_end(file);
    details_end(file);
}

/* What is expected when targets are due; the live chart takes it from here. */
static void write_forecasts(FILE *file, const struct drawn_trend *trend)
{
    char month[MONTH_TEXT];

    if (!trend->has_forecast)
        return;
    table_begin(file, "forecast-table", "What is expected", "all-n");
    table_column(file, "Month", false);
    table_column(file, "Expected", true);
    table_column(file, "Low, 80 %", true);
    table_column(file, "High, 80 %", true);
    fputs("</thead>\n<tbody>\n", file);
    for (size_t i = 0; i < trend->target_count; i++) {
        const struct target_answer *const answer = trend->targets[i];

        if (isnan(answer->forecast) || answer->target->due <= trend->page->last ||
            answer->target->months != 1)
            continue;
        fprintf(file, "<tr><th scope=\"row\" class=\"code\">%s",
                month_print(answer->target->due, month));
        write_number(file, answer->forecast);
        write_number(file, answer->low);
        write_number(file, answer->high);
        fputs("\n", file);
    }
    table_end(file);
}

static void draw(FILE *file, const struct drawn_trend *trend, const char *sentence)
{
    const struct page *const page = trend->page;
    struct picture_line lines[4 + TARGETS_DRAWN + 1] = {
        {"this page", "main", line_of(trend, VALUE)},
        {"mean", "middle", line_of(trend, MEAN)},
        {NULL, "limit", line_of(trend, LOWER)},
        {"limits", "limit", line_of(trend, UPPER)},
        {"expected", "expected", line_of(trend, EXPECTED)},
    };
    char labels[TARGETS_DRAWN][80];
    size_t count = 5;
    const struct picture picture = {
        .id = "trend-chart",
        .title = page_headline_measure(page)->title,
        .sentence = sentence,
        .unit = page_headline_measure(page)->unit,
        .first = page->first,
        .months = page->span,
        .lines = lines,
        .line_count = count + trend->target_count,
        .low = line_of(trend, LOW),
        .high = line_of(trend, HIGH),
        .marks = line_of(trend, MARKS),
    };
    char printed[DOUBLE_TEXT];
    char figure[DECIMAL_TEXT];

    for (size_t i = 0; i < trend->target_count; i++) {
        figure_print(double_print(trend->targets[i]->target_value, printed), 2, figure);
        snprintf(labels[i], sizeof labels[i], "target %s", figure);
        lines[count++] =
            (struct picture_line){labels[i], "target", line_of(trend, FIRST_TARGET + i)};
    }
    svg_picture(file, &picture);
}

void page_write_trend(FILE *file, const struct page *page)
{
    struct drawn_trend trend = {.page = page};
    char sentence[600];

    for (size_t i = 0; i < page->span * PAGE_SCRATCH; i++)
        page->scratch[i] = (double)NAN;
    page_series(page, &page->subject, page->headline, line_of(&trend, VALUE));
    add_chart(&trend);
    add_targets(&trend);
    tell_trend(&trend, sentence, sizeof sentence);
    fputs("<figure class=\"chart\"><figcaption>", file);
    html_words(file, sentence);
    fputs("</figcaption>\n<div class=\"live\" id=\"trend-live\"></div>\n", file);
    draw(file, &trend, sentence);
    fputs("</figure>\n", file);
    write_forecasts(file, &trend);
    write_table(file, &trend);
}
