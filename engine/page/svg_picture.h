#ifndef PAGE_SVG_PICTURE_H
#define PAGE_SVG_PICTURE_H

/* Still pictures of series by month, as SVG inside HTML: what is seen without
 * scripting and on paper.  Lines differ by their dash and by a word at their end,
 * never by colour alone; looks are classes of page.scss. */

#include "base/month.h"

#include <stddef.h>
#include <stdio.h>

struct picture_line {
    const char *label;    /* at its end; NULL for none */
    const char *look;     /* class: main, middle, decile, target, expected, limit */
    const double *values; /* by month, NaN where there is none */
};

struct picture {
    const char *id; /* of the picture and, with endings, of its texts */
    const char *title;
    const char *sentence; /* what it shows, for those who do not see it */
    const char *unit;     /* above the axis */
    month_t first;
    size_t months;
    const struct picture_line *lines;
    size_t line_count;
    const double *low; /* a range behind the lines, or NULL; by month */
    const double *high;
    const double *marks; /* points to ring, or NULL; by month */
};

/* Nothing when there is no value to draw. */
void svg_picture(FILE *file, const struct picture *chart);

/* A small trend without axes, from the lowest to the highest of its own values; says
 * nothing to a screen reader: its figures stand beside it. */
void svg_spark(FILE *file, const double *values, size_t count);

#endif
