#ifndef ADVISE_FORMULARY_H
#define ADVISE_FORMULARY_H

/* What may be prescribed: a CSV file `code,use` of BNF codes or their beginnings, yes or no.  The
 * longest that fits a code decides; what none fits is not in the formulary. */

#include "base/arena.h"
#include "rules/rules.h"

struct formulary_entry {
    const char *code;
    bool use;
};

struct formulary {
    struct arena arena;
    struct formulary_entry *list;
    size_t count;
    size_t room;
};

/* fails STATUS_DATA  a row is wrong, or a code is that of no inhaler of the rules */
MUST_USE
enum status formulary_read(struct formulary *formulary, const struct rules *rules, const char *path,
                           struct fail *why);

bool formulary_has(const struct formulary *formulary, const struct product *product);

void formulary_release(struct formulary *formulary);

#endif
