#ifndef REPORT_NEWS_INTERNAL_H
#define REPORT_NEWS_INTERNAL_H

/* Between news.c, what is told, and news_write.c, how. */

#include "report/news.h"

#define NEWS_SECTIONS 10
#define NEWS_LINES 10
#define NEWS_TEXT 400

struct news_section {
    const char *title;
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

#endif
