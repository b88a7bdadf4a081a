#include "cli/plot.h"

#include <math.h>

#define ROWS 9

struct scale {
    double low;
    double high;
};

static struct scale scale_of(const struct series *series, double level)
{
    struct scale scale = {(double)INFINITY, -(double)INFINITY};

    for (size_t i = 0; i < series->count; i++) { /* fmin and fmax pass over NAN */
        scale.low = fmin(scale.low, series->values[i]);
        scale.high = fmax(scale.high, series->values[i]);
    }
    scale.low = fmin(scale.low, level);
    scale.high = fmax(scale.high, level);
    return scale;
}

/* The row of a value, the lowest 0; -1 for none. */
static int row_of(const struct scale *scale, double value)
{
    if (isnan(value))
        return -1;
    if (scale->high <= scale->low)
        return ROWS / 2;
    return (int)lround((value - scale->low) / (scale->high - scale->low) * (ROWS - 1));
}

static void plot_row(FILE *out, const struct series *series, const struct scale *scale,
                     double level, int row)
{
    const double value = scale->low + (scale->high - scale->low) * row / (ROWS - 1);
    const bool is_level = row_of(scale, level) == row;

    fprintf(out, "  %12.4g |", value);
    for (size_t i = 0; i < series->count; i++)
        fputc(row_of(scale, series->values[i]) == row ? '*' : (is_level ? '-' : ' '), out);
    fputc('\n', out);
}

void plot(FILE *out, const struct series *series, double level)
{
    const struct scale scale = scale_of(series, level);
    char first[MONTH_TEXT];
    char last[MONTH_TEXT];

    for (int row = ROWS - 1; row >= 0; row--)
        plot_row(out, series, &scale, level, row);
    fprintf(out, "  %12s  %s to %s, one column a month\n", "", month_print(series->first, first),
            month_print(series->first + (month_t)series->count - 1, last));
}
