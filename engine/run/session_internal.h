#ifndef RUN_SESSION_INTERNAL_H
#define RUN_SESSION_INTERNAL_H

/* Between session.c, parts.c, which reads by threads, and session_write.c, which writes. */

#include "run/session.h"

#include "advise/opportunities.h"
#include "measure/drivers.h"
#include "measure/follow.h"

#include <time.h>

/* One member of the file being read, summed and not yet part of the run. */
struct member {
    struct cube cube;
    struct totals totals;
    size_t file; /* its account */
};

struct session {
    struct session_options options;
    struct rules *rules;
    const struct factor_set *factors;
    struct arena arena;
    struct cube cube;     /* of all files taken */
    struct totals totals; /* likewise; empty unless there is something to compare them with */
    struct published published;
    struct comparisons comparisons;
    struct audit_file *files;
    size_t file_count;
    size_t file_room;
    struct registers registers;
    struct groups groups;
    struct placing placing;
    struct results *results;
    struct advice_list advice;
    struct target_list targets;
    struct opportunity_list opportunities;
    struct change_list changes;
    struct chart_options charts;
    struct timespec began;
    /* the file being read: its members so far, and the one at hand */
    size_t first_member; /* its accounts begin at files[first_member] */
    struct member *members;
    size_t member_count;
    size_t member_room;
    struct extract_reader *reader;
    struct cube part;
    struct totals part_totals;
    const char *name;
};

/* A new reader and no sums for the member at hand. */
MUST_USE
enum status session_begin_again(struct session *session, struct fail *why);

#endif
