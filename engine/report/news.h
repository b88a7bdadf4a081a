#ifndef REPORT_NEWS_H
#define REPORT_NEWS_H

/* What changed this month and for whom, short enough for an e-mail: digest.txt and digest.html,
 * the same words in both.
 *     news_new(&news, parts, why)
 *     write_news_text(file, news)
 *     news_free(news)
 * A month of one practice is mostly noise.  So its changes are those of three months against the
 * same three a year before, each as sum over sum, and are ordered by what they weigh: the kilograms
 * more or less than at the rate of a year before.  A small practice cannot lead that list by
 * chance. */

#include "report/parts.h"

struct news;

MUST_USE
enum status news_new(struct news **news, const struct report_parts *parts, struct fail *why);

void write_news_text(FILE *file, const struct news *news);
void write_news_html(FILE *file, const struct news *news);

void news_free(struct news *news);

#endif
