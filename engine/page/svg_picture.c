#include "page/svg_picture.h"

#include "base/attr.h"
#include "report/html_out.h"

#include <math.h>

/* The picture in its own units; the page scales it. */
#define WIDTH 920.0
#define HEIGHT 380.0
#define LEFT 56.0
#define RIGHT 150.0 /* room for the words at the ends of lines */
#define TOP 34.0
#define BOTTOM 34.0
#define LABELS 16
#define LABEL_STEP 17.0

struct drawing {
    FILE *file;
    const struct picture *chart;
    double low;
    double high;
    double step; /* between lines of the grid */
};

static double x_of(const struct drawing *drawing, size_t month)
{
    const double room = WIDTH - LEFT - RIGHT;

    if (drawing->chart->months < 2)
        return LEFT + room / 2;
    return LEFT + room * (double)month / (double)(drawing->chart->months - 1);
}

static double y_of(const struct drawing *drawing, double value)
{
    return TOP + (HEIGHT - TOP - BOTTOM) * (drawing->high - value) / (drawing->high - drawing->low);
}

static void stretch(struct drawing *drawing, const double *values)
{
    for (size_t i = 0; values != NULL && i < drawing->chart->months; i++) {
        if (isnan(values[i]))
            continue;
        if (isnan(drawing->low) || values[i] < drawing->low)
            drawing->low = values[i];
        if (isnan(drawing->high) || values[i] > drawing->high)
            drawing->high = values[i];
    }
}

/* About five steps of 1, 2 or 5 times a power of ten. */
static double nice_step(double span)
{
    const double rough = span / 5;
    const double power = pow(10, floor(log10(rough)));
    const double share = rough / power;

    if (share <= 1)
        return power;
    if (share <= 2)
        return 2 * power;
    return share <= 5 ? 5 * power : 10 * power;
}

static bool find_range(struct drawing *drawing)
{
    drawing->low = (double)NAN;
    drawing->high = (double)NAN;
    for (size_t i = 0; i < drawing->chart->line_count; i++)
        stretch(drawing, drawing->chart->lines[i].values);
    stretch(drawing, drawing->chart->low);
    stretch(drawing, drawing->chart->high);
    if (isnan(drawing->low))
        return false;
    if (drawing->high - drawing->low < 1e-9 * (1 + fabs(drawing->high))) {
        drawing->low -= fabs(drawing->low) * 0.1 + 0.5;
        drawing->high += fabs(drawing->high) * 0.1 + 0.5;
    }
    drawing->step = nice_step(drawing->high - drawing->low);
    drawing->low = floor(drawing->low / drawing->step) * drawing->step;
    drawing->high = ceil(drawing->high / drawing->step) * drawing->step;
    return true;
}

static void draw_value_axis(const struct drawing *drawing)
{
    const int places = drawing->step < 1 ? (int)ceil(-log10(drawing->step) - 1e-9) : 0;
    const int steps = (int)lround((drawing->high - drawing->low) / drawing->step);

    for (int i = 0; i <= steps; i++) {
        const double value = drawing->low + i * drawing->step;
        const double y = y_of(drawing, value);

        fprintf(drawing->file,
                "<path class=\"grid\" d=\"M%.0f %.1fH%.0f\"/>"
                "<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%.*f</text>\n",
                LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 5, places, value);
    }
    fprintf(drawing->file, "<text x=\"4\" y=\"16\">");
    html_words(drawing->file, drawing->chart->unit);
    fputs("</text>\n", drawing->file);
}

/* Few months are named, many have their Januaries named. */
static void draw_month_axis(const struct drawing *drawing)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct picture *const chart = drawing->chart;
    const size_t every = chart->months <= 8 ? 1 : chart->months <= 18 ? 2 : 12;

    for (size_t i = 0; i < chart->months; i++) {
        const month_t month = chart->first + (month_t)i;
        const double x = x_of(drawing, i);

        if (every == 12 ? month % 12 != 0 : i % every != 0)
            continue;
        fprintf(drawing->file, "<path class=\"axis\" d=\"M%.1f %.0fv6\"/>", x, HEIGHT - BOTTOM);
        fprintf(drawing->file, "<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">%s %d</text>\n",
                x, HEIGHT - 10, names[month % 12], month / 12);
    }
    fprintf(drawing->file, "<path class=\"axis\" d=\"M%.0f %.0fH%.0f\"/>\n", LEFT, HEIGHT - BOTTOM,
            WIDTH - RIGHT);
}

static void draw_range(const struct drawing *drawing)
{
    const struct picture *const chart = drawing->chart;
    bool open = false;

    if (chart->low == NULL || chart->high == NULL)
        return;
    fputs("<path class=\"range\" d=\"", drawing->file);
    for (size_t i = 0; i < chart->months; i++) {
        if (isnan(chart->low[i]))
            continue;
        fprintf(drawing->file, "%c%.1f %.1f", open ? 'L' : 'M', x_of(drawing, i),
                y_of(drawing, chart->high[i]));
        open = true;
    }
    for (size_t i = chart->months; i-- > 0;)
        if (!isnan(chart->low[i]))
            fprintf(drawing->file, "L%.1f %.1f", x_of(drawing, i), y_of(drawing, chart->low[i]));
    fputs("\"/>\n", drawing->file);
}

/* A month without a value breaks the line; one alone is a dot. */
static void draw_line(const struct drawing *drawing, const struct picture_line *line)
{
    const size_t months = drawing->chart->months;
    bool open = false;

    fprintf(drawing->file, "<path class=\"%s\" d=\"", line->look);
    for (size_t i = 0; i < months; i++) {
        const bool here = !isnan(line->values[i]);
        const bool next = i + 1 < months && !isnan(line->values[i + 1]);

        if (here)
            fprintf(drawing->file, "%c%.1f %.1f", open ? 'L' : 'M', x_of(drawing, i),
                    y_of(drawing, line->values[i]));
        if (here && !open && !next)
            fputs("m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0", drawing->file);
        open = here;
    }
    fputs("\"/>\n", drawing->file);
}

static void draw_marks(const struct drawing *drawing)
{
    const struct picture *const chart = drawing->chart;

    for (size_t i = 0; chart->marks != NULL && i < chart->months; i++)
        if (!isnan(chart->marks[i]))
            fprintf(drawing->file, "<circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>\n",
                    x_of(drawing, i), y_of(drawing, chart->marks[i]));
}

struct label {
    const char *text;
    double y;
};

/* From the top down, each at its line's end or below the one before. */
static void draw_labels(const struct drawing *drawing)
{
    struct label labels[LABELS];
    size_t count = 0;

    for (size_t i = 0; i < drawing->chart->line_count && count < LABELS; i++) {
        const struct picture_line *const line = &drawing->chart->lines[i];
        size_t at = count;
        double y = (double)NAN;

        for (size_t m = 0; line->label != NULL && m < drawing->chart->months; m++)
            if (!isnan(line->values[m]))
                y = y_of(drawing, line->values[m]);
        if (isnan(y))
            continue;
        for (; at > 0 && labels[at - 1].y > y; at--)
            labels[at] = labels[at - 1];
        labels[at] = (struct label){line->label, y};
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && labels[i].y < labels[i - 1].y + LABEL_STEP)
            labels[i].y = labels[i - 1].y + LABEL_STEP;
        fprintf(drawing->file, "<text x=\"%.0f\" y=\"%.1f\">", WIDTH - RIGHT + 8, labels[i].y + 5);
        html_words(drawing->file, labels[i].text);
        fputs("</text>\n", drawing->file);
    }
}

void svg_picture(FILE *file, const struct picture *chart)
{
    struct drawing drawing = {.file = file, .chart = chart};

    if (!find_range(&drawing))
        return;
    fprintf(file,
            "<svg class=\"still\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
            "aria-labelledby=\"%s-title %s-text\"><title id=\"%s-title\">",
            WIDTH, HEIGHT, chart->id, chart->id, chart->id);
    html_words(file, chart->title);
    fprintf(file, "</title><desc id=\"%s-text\">", chart->id);
    html_words(file, chart->sentence);
    fputs("</desc>\n", file);
    draw_range(&drawing);
    draw_value_axis(&drawing);
    draw_month_axis(&drawing);
    for (size_t i = 0; i < chart->line_count; i++)
        draw_line(&drawing, &chart->lines[i]);
    draw_marks(&drawing);
    draw_labels(&drawing);
    fputs("</svg>\n", file);
}

#define SPARK_HEIGHT 20
#define SPARK_STEP 2

void svg_spark(FILE *file, const double *values, size_t count)
{
    double low = (double)NAN;
    double high = (double)NAN;
    bool open = false;

    for (size_t i = 0; i < count; i++) {
        low = isnan(values[i]) || low < values[i] ? low : values[i];
        high = isnan(values[i]) || high > values[i] ? high : values[i];
    }
    fprintf(file,
            "<svg class=\"spark\" aria-hidden=\"true\" preserveAspectRatio=\"none\" "
            "viewBox=\"0 -1 %zu %d\"><path d=\"",
            count > 1 ? (count - 1) * SPARK_STEP : SPARK_STEP, SPARK_HEIGHT + 2);
    for (size_t i = 0; i < count; i++) {
        const double share = high > low ? (high - values[i]) / (high - low) : 0.5;

        if (!isnan(values[i]))
            fprintf(file, "%c%zu %.0f", open ? 'L' : 'M', i * SPARK_STEP, share * SPARK_HEIGHT);
        open = !isnan(values[i]);
    }
    fputs("\"/></svg>", file);
}
