#ifndef PLACE_LINEAGE_H
#define PLACE_LINEAGE_H

/* What became of an organisation that ended: which practices (or trusts), PCNs and sub-ICBs of
 * today were of it, whoever they belong to now.
 *
 * Known from the extracts and registers: whoever counted to it in the last month that it had; and
 * from the rules of successors, which say in which sub-ICBs and trusts it goes on, so that months
 * after its end are enough.  A sub-ICB that goes on says more than a practice: one that moved into
 * it since then is of it, one that left it is not. */

#include "place/belonging.h"

/* As many successors as are named; more are there, and unnamed. */
#define LINEAGE_HEIRS 4

struct lineage {
    bool ended;                    /* else nothing of what follows says anything */
    enum level level;              /* of the organisation */
    uint32_t organisation;         /* ORGANISATION_NONE where no file of the run has it */
    const struct succession *rule; /* that says it ended, or NULL */
    month_t since;                 /* the first month without it */
    bool *of[LEVELS];              /* by organisation: it was of it */
    size_t counts[LEVELS];
    uint32_t heirs[LINEAGE_HEIRS]; /* of its level, to whom its parts belong in the last month */
    size_t heir_count;
};

/* code  of an organisation at any level but nation and group
 * base  LEVEL_PRACTICE for data of prescribing, LEVEL_TRUST for those of hospitals */
MUST_USE
enum status lineage_new(struct lineage *lineage, const struct belonging *belonging,
                        const char *code, enum level base, struct fail *why);

void lineage_release(struct lineage *lineage);

/* True for the organisation itself too, as long as it was there. */
bool lineage_has(const struct lineage *lineage, enum level level, uint32_t organisation);

#endif
