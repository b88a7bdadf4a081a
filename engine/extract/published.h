#ifndef EXTRACT_PUBLISHED_H
#define EXTRACT_PUBLISHED_H

/* Published totals that a run is held against: a CSV file with a header, such as
 *     level,name,items,actual_cost,total_quantity
 *     england,ALL,113369726,1000555532.1547463,9023977799.96
 *     icb,NHS DORSET INTEGRATED CARE BOARD,1537629,12859648.75443999,
 * Columns are found by name: level; code or name or both; month, for totals of a
 * month; and at least one of the figures.  An empty figure was not published. */

#include "base/arena.h"
#include "base/decimal.h"
#include "base/month.h"
#include "stream/sha256.h"

/* id (the column), decimal places of our unit */
#define FIGURE_LIST(X)           \
    X(items, PLACES_ITEMS)       \
    X(nic, PLACES_MONEY)         \
    X(actual_cost, PLACES_MONEY) \
    X(total_quantity, PLACES_QUANTITY)

enum figure {
#define X(name, places) FIGURE_##name,
    FIGURE_LIST(X)
#undef X
        FIGURES
};

const char *figure_text(enum figure figure);
int figure_places(enum figure figure);

struct published_line {
    uint64_t line;
    struct view level;
    struct view code; /* empty: not given */
    struct view name;
    month_t month; /* MONTH_NONE: of all months together */
    bool has[FIGURES];
    int64_t figures[FIGURES]; /* in our units, rounded where more decimals were published */
};

struct published {
    struct arena arena;
    char sha256[SHA256_TEXT];
    struct published_line *lines;
    size_t count;
    size_t room;
};

/* A zeroed struct is empty.
 * fails  STATUS_DATA      the header, or a line, cannot be used: the message has file and line
 *        STATUS_NO_INPUT  the file cannot be opened */
MUST_USE
enum status published_read(struct published *published, const char *path, struct fail *why);

void published_release(struct published *published);

#endif
