#ifndef RULES_REGISTER_H
#define RULES_REGISTER_H

/* What is known of organisations: registers, codes of nobody in particular, and which
 * organisation took the place of which.  rules/registers/ and rules/places/. */

#include "base/date.h"
#include "extract/layout.h"

/* What a letter in a register's column of states means. */
#define STANDING_LIST(X) \
    X(active)            \
    X(closed)            \
    X(dormant)           \
    X(proposed)

enum standing {
#define X(name) STANDING_##name,
    STANDING_LIST(X)
#undef X
        STANDING_UNKNOWN
};

/* "active", ..., "" for unknown. */
const char *standing_text(enum standing standing);

struct status_rule {
    const char *code;
    enum standing standing;
};

/* Only rows in which this column holds this text are read. */
struct only_rule {
    enum role role;
    const char *is;
};

/* A register of organisations: its layouts are eras, as those of an extract. */
struct register_rule {
    struct extract_rule layout; /* its group and nation are not used */
    struct status_rule *statuses;
    size_t status_count;
    struct only_rule *only;
    size_t only_count;
    const char *gp_setting;  /* the prescribing setting that is a GP practice, or NULL */
    bool parents_since_open; /* parents hold from the opening date on, not only from the
                                date of the register */
    const char *note;
};

/* Codes that stand for prescribers whom nobody could tell. */
struct unidentified_rule {
    const char *at;
    const char *id;
    struct text_list codes; /* at any level */
    const char *suffix;     /* of a practice code that begins as its sub-ICB's, or NULL */
    int64_t characters;     /* so many characters of that; 0 without a suffix */
    const char *source;
    const char *checked;
    const char *note;
};

/* From a day on one organisation stands for another. */
struct succession {
    const char *at;
    const char *id;
    const char *level; /* level_text of place/place.h */
    const char *from_code;
    const char *from_name;
    const char *to_code;           /* NULL where it is not known: found by name */
    const char *to_name;           /* neither: split, or not decided yet */
    struct text_list sub_icbs;     /* of an ICB that was split: only these */
    struct text_list practices;    /* of one that was split inside a sub-ICB: only these */
    struct text_list continues_as; /* sub-ICBs and trusts in which it goes on: its targets follow */
    const char *date_text;
    date_t date; /* compiled */
    const char *source;
    const char *checked;
    const char *note;
};

#endif
