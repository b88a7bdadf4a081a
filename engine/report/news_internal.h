#ifndef REPORT_NEWS_INTERNAL_H
#define REPORT_NEWS_INTERNAL_H

/* Between news.c and news_moved.c, what is told, and news_write.c, how. */

#include "base/attr.h"
#include "report/news.h"

#define NEWS_SECTIONS 10
#define NEWS_LINES 10
#define NEWS_TEXT 400

struct news_section {
    char title[160];
    char lines[NEWS_LINES][NEWS_TEXT];
    size_t count;
    size_t more;      /* lines left out */
    const char *file; /* where they are */
};

struct news {
    char title[NEWS_TEXT];
    struct news_section sections[NEWS_SECTIONS];
    size_t count;
};

#define NAME_TEXT 120

struct news_section *news_section(struct news *news, const char *title, const char *file);

PRINTF_LIKE(2, 3)
void news_line(struct news_section *section, const char *format, ...);

/* Sections of what crossed a target, and of what began to move, in the last month. */
void news_targets(struct news *news, const struct report_parts *parts);
void news_moved(struct news *news, const struct report_parts *parts);

#endif
