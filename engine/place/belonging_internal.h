#ifndef PLACE_BELONGING_INTERNAL_H
#define PLACE_BELONGING_INTERNAL_H

/* Between belonging.c, belonging_members.c, which keeps to what a stay counts,
 * belonging_now.c, which knows today's organisations, and belonging_standing.c, which says
 * what an organisation is. */

#include "place/belonging.h"

struct belonging {
    struct places *places;
    const struct rules *rules;
    const struct placing *placing;
    month_t today;
    struct stay *stays;
    size_t stay_count;
    month_t *first;       /* by place: its first month */
    size_t *starts;       /* by place: where its months begin in numbers; one more at the end */
    uint32_t *numbers;    /* of stays, a month after the other: looked up for each sum of a run */
    struct intern tuples; /* organisations of a stay by level, as bytes */
    uint32_t *list_of;    /* by tuple: its list of members */
    size_t list_room;
    struct intern lists; /* lists of members, as bytes */
    bool *unidentified;  /* by practice */
    size_t unidentified_room;
};

struct today; /* belonging_now.c */

MUST_USE
enum status today_new(struct today **today, struct belonging *belonging, struct fail *why);

/* Replaces the organisations of a place by today's. */
MUST_USE
enum status today_place(struct today *today, uint32_t organisations[LEVELS], struct fail *why);

void today_free(struct today *today);

/* A practice or a trust: what a register calls an organisation's own row. */
enum level base_level(const uint32_t organisations[LEVELS]);

/* The number of an organisation in a register, INTERN_NONE when it is not there. */
uint32_t register_number(const struct belonging *belonging, enum level level,
                         uint32_t organisation);

/* The number among the run's places of an organisation of the registers, with its name. */
MUST_USE
enum status take_registered(struct belonging *belonging, enum level level, uint32_t number,
                            uint32_t *organisation, struct fail *why);

/* The list of the members that these organisations make, with the groups that name them. */
MUST_USE
enum status belonging_keep_members(struct belonging *belonging, const uint32_t *organisations,
                                   uint32_t *number, struct fail *why);

#endif
