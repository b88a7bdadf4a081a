#ifndef PLACE_REGISTERS_H
#define PLACE_REGISTERS_H

/* What registers of organisations say: names, states, who belongs to whom since
 * when, and list sizes.
 *     struct registers registers = {0};
 *     registers_read(&registers, rules, "epraccur.csv", limit, why)   any number of files
 *     registers_settle(&registers)
 *     registers_parent(&registers, LEVEL_PRACTICE, code, LEVEL_PCN, month)
 * A zeroed struct holds none.  A register with more bad rows than the limit fails
 * the call, and then the struct may only be released.
 *
 * A membership says that one organisation belongs to another from a day to a day.  Where
 * a register has no days for it the membership holds from the day of the register on (an
 * organisation that was closed before: on the day it closed), until a later register
 * has days that say otherwise.  A list size holds
 * from its month until the next one, however long that is. */

#include "extract/notes.h"
#include "place/place.h"
#include "rules/rules.h"

struct membership {
    enum level level;
    uint32_t child;
    enum level parent_level;
    uint32_t parent;
    date_t from;
    date_t to; /* DATE_NONE: goes on */
    uint32_t account;
    bool dated;   /* the register gives the days of this very membership */
    bool undated; /* it has no day at all: from is that of the register */
};

struct list_size {
    uint32_t practice;
    month_t month;
    int64_t patients;
    uint32_t account;
};

/* Of the latest register that lists the organisation itself. */
struct standing_facts {
    bool listed;
    enum standing standing;
    const char *setting; /* "4"; "" where the register has none */
    bool has_setting;
    bool is_gp;
    date_t open;
    date_t close;
    uint32_t account;
};

enum date_origin { DATE_OF_COLUMN, DATE_OF_NAME, DATE_OF_ROWS };

/* The account of one register: every row is in one of its numbers. */
struct register_account {
    const char *name;
    char sha256[65]; /* or empty */
    uint64_t bytes;
    const struct register_rule *rule;
    const struct era *layout;
    date_t date; /* the day it is of, as its rows say, else its name, else its latest day */
    enum date_origin origin;
    uint64_t rows_read;
    uint64_t rows_used;
    uint64_t rows_left_out; /* rows that the rule passes over, as those of one age */
    uint64_t active_gp_practices;
    int64_t patients; /* of the rows used */
    struct rejects rejects;
    struct notes notes;
    char skipped[512]; /* why a member of an archive is no register; empty if it is one */
};

struct registers {
    month_t present; /* lists of later months are rejected; MONTH_NONE: none is */
    struct arena arena;
    struct places names; /* every organisation, by level; no places */
    struct standing_facts *facts[LEVELS];
    size_t fact_room[LEVELS];
    struct membership *memberships; /* by level, child, parent level, from */
    size_t membership_count;
    size_t membership_room;
    struct list_size *sizes; /* by practice, month */
    size_t size_count;
    size_t size_room;
    struct register_account *accounts;
    size_t account_count;
    size_t account_room;
    bool tells_settings; /* a register tells which practices are GP practices */
};

/* path   a file or "-"; an archive's members are read one after the other
 * wants_sha256  whether the SHA-256 is wanted
 * fails  STATUS_DATA  no layout, a cut file, more bad rows than the limit */
MUST_USE
enum status registers_read(struct registers *registers, const struct rules *rules, const char *path,
                           struct reject_limit limit, bool wants_sha256, struct fail *why);

/* After the last file: makes the lookups below possible. */
void registers_settle(struct registers *registers);

/* The number of a code at a level, INTERN_NONE when no register has it.  The code
 * of a sub-ICB may be padded as in an extract. */
uint32_t registers_find(const struct registers *registers, const struct rules *rules,
                        enum level level, struct view code);

/* The membership that holds at the end of a month (of two the one that began last), or NULL. */
const struct membership *registers_parent(const struct registers *registers, enum level level,
                                          uint32_t child, enum level parent_level, month_t month);

/* The same, or failing that the one that ended last before it. */
const struct membership *registers_last_parent(const struct registers *registers, enum level level,
                                               uint32_t child, enum level parent_level,
                                               month_t month);

/* All memberships of an organisation: *count from the one returned on. */
const struct membership *registers_memberships(const struct registers *registers, enum level level,
                                               uint32_t child, size_t *count);

/* The list size of a practice in a month: the nearest earlier one, or NULL. */
const struct list_size *registers_size(const struct registers *registers, uint32_t practice,
                                       month_t month);

const struct standing_facts *registers_facts(const struct registers *registers, enum level level,
                                             uint32_t number);

/* The month of the latest register, MONTH_NONE without one. */
month_t registers_latest(const struct registers *registers);

void registers_release(struct registers *registers);

#endif
