#ifndef PLACE_GROUPS_H
#define PLACE_GROUPS_H

/* The user's own groups, a locality or a federation, from a CSV file:
 *     group_code,group_name,organisation_code
 *     LOC1,North locality,P82001
 *     LOC1,North locality,U79938
 * A member is a practice or any organisation whose practices are meant (PCN,
 * sub-ICB, ICB, trust); a practice may be in several groups, and is counted once
 * in each. */

#include "base/intern.h"

#include <stdbool.h>

struct group_entry {
    uint32_t group;  /* into codes */
    uint32_t member; /* into members */
    size_t next;     /* entry of the same member, GROUP_END: none */
};

#define GROUP_END SIZE_MAX

/* The entries of one member, in their order. */
struct group_chain {
    size_t first;
    size_t last;
};

struct groups {
    const char *name; /* of the file */
    struct arena arena;
    struct intern codes;
    struct view *names; /* by group */
    size_t name_room;
    struct intern members; /* codes of organisations */
    struct intern pairs;   /* of group and member, each once */
    bool *found;           /* by member: it is in the run */
    size_t found_room;
    struct group_chain *chains; /* likewise */
    size_t chain_room;
    struct group_entry *entries;
    size_t count;
    size_t room;
};

/* fails  STATUS_DATA  another header, a row without a code, a group with two names,
 *                     the same member twice in a group: with file and line */
MUST_USE
enum status groups_read(struct groups *groups, const char *path, struct fail *why);

void groups_release(struct groups *groups);

#endif
