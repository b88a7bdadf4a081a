#ifndef PAGE_PAGE_INTERNAL_H
#define PAGE_PAGE_INTERNAL_H

/* Between page.c, which finds what the page is about, and its sections, one a file.
 * A section whose figures are not there writes nothing. */

#include "page/html_table.h"
#include "page/page.h"

/* An organisation and its figures, by month since page->first; NULL where it has none. */
struct page_row {
    uint32_t organisation;
    const struct peer_standing *standing; /* a practice's in the last month, by the headline */
    const struct organisation_month **months;
};

struct page {
    const struct figures *figures;
    const struct audit *audit;
    const struct rules *rules;
    struct arena arena;
    enum level level; /* of what the page is about */
    struct page_row subject;
    enum level member_level;  /* of what its tables list */
    struct page_row *members; /* those with a row in the last month, by code */
    size_t member_count;
    size_t gone;  /* members of earlier months that have no row in the last */
    size_t peers; /* organisations of its own level in the last month */
    month_t first;
    month_t last;
    size_t months;   /* from first to last, also those without data */
    size_t span;     /* months that charts look at: up to the last target that is to come */
    size_t headline; /* number of the measure that the page begins with */
    /* of hospital data, which have months of their own */
    struct page_row *trusts; /* by code */
    size_t trust_count;
    bool trusts_placed; /* registers tell their ICBs: only those of the page are here */
    month_t trust_first;
    month_t trust_last; /* MONTH_NONE without hospital data */
    size_t trust_months;
    double *scratch; /* PAGE_SCRATCH series of `span`, for whoever is drawing */
};

#define PAGE_SCRATCH 16
double *page_scratch(const struct page *page, size_t number);

const struct measure *page_headline_measure(const struct page *page);
struct view page_code(const struct page *page, enum level level, uint32_t organisation);
struct view page_name(const struct page *page, enum level level, uint32_t organisation);

/* The figure of a row as the CSV prints it, "" when there is none; month counts from
 * page->first and may be out of range.  out has DECIMAL_TEXT bytes. */
char *page_figure(const struct page *page, const struct page_row *row, size_t measure, size_t month,
                  char *out);

/* The same of one row, which may be NULL. */
char *row_figure(const struct page *page, const struct organisation_month *row, size_t measure,
                 char *out);

/* The same as numbers to draw, NaN when there is none; values has page->span. */
void page_series(const struct page *page, const struct page_row *row, size_t measure,
                 double *values);

/* Figure of the last month less that of the same month a year before, to six decimals. */
char *page_year_change(const struct page *page, const struct page_row *row, size_t measure,
                       char *out);

/* Two <td>: the sums above and below the line of the headline measure; dashes where the row is
 * NULL or holds a cost that is not known. */
void page_sums(FILE *file, const struct page *page, const struct organisation_month *row);

/* The name of a sum, for the head of a column: "kgCO2e". */
const char *sum_words(enum sum sum);

/* The next answer about the page's own organisation, or about one that ended and is a part of it;
 * *at begins as 0, NULL at the end. */
const struct target_answer *page_next_target(const struct page *page, size_t *at);

/* The same of the page's own organisation, without those that were due before the last month. */
const struct target_answer *page_next_open_target(const struct page *page, size_t *at);

void page_write_headline(FILE *file, const struct page *page);
void page_write_trend(FILE *file, const struct page *page);
bool page_has_changes(const struct page *page);
void page_write_changes(FILE *file, const struct page *page);
bool page_has_targets(const struct page *page);
void page_write_targets(FILE *file, const struct page *page);
bool page_has_opportunities(const struct page *page);
void page_write_opportunities(FILE *file, const struct page *page);
bool page_has_alerts(const struct page *page);
void page_write_alerts(FILE *file, const struct page *page);
void page_write_members(FILE *file, const struct page *page);
bool page_has_switches(const struct page *page);
void page_write_switches(FILE *file, const struct page *page);
void page_write_devices(FILE *file, const struct page *page);
MUST_USE
enum status page_find_trusts(struct page *page, struct fail *why);
bool page_has_gases(const struct page *page);
void page_write_gases(FILE *file, const struct page *page);
void page_write_gas_findings(FILE *file, const struct page *page);
void page_write_quality(FILE *file, const struct page *page);
void page_write_methods(FILE *file, const struct page *page);

/* A table under a heading that opens: what it holds is in the page, scripting or not. */
void details_begin(FILE *file, const char *summary);
void details_end(FILE *file);

#endif
