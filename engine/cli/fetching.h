#ifndef CLI_FETCHING_H
#define CLI_FETCHING_H

/* What fetch and update share: months of a dataset from a portal into a folder or the store. */

#include "cli/store_file.h"
#include "cli/words.h"
#include "fetch/catalogue.h"
#include "fetch/wanted.h"

struct fetching_job {
    const struct invocation *invocation; /* --rules, --tries, --wait, --stall, --store, --quiet */
    const struct rules *rules;
    const char *dataset;
    const char *folder; /* NULL: into the store */
    const char *store;  /* its path */
    struct wanted wanted;
    month_t from; /* of missing months; MONTH_NONE for all */
    bool dry_run;
    bool replace;
};

struct fetching_outcome {
    size_t fetched;     /* files */
    size_t replaced;    /* of them, months that were published again */
    size_t republished; /* left as they are, since --replace was not given */
    month_t latest;     /* that the portal has; MONTH_NONE for files without months */
};

/* Adds to the outcome.  Says what it does on standard error; a dry run prints its list. */
MUST_USE
enum status fetch_dataset(const struct fetching_job *job, struct fetching_outcome *outcome,
                          struct fail *why);

#define OPTION_TRIES                                                                      \
    {                                                                                     \
        "tries", "N", "how often a transfer is tried without progress (default: 6)", NULL \
    }
#define OPTION_WAIT                                                                              \
    {                                                                                            \
        "wait", "SECONDS", "wait before the second try; it doubles with each (default: 2)", NULL \
    }
#define OPTION_STALL                                                                   \
    {                                                                                  \
        "stall", "SECONDS",                                                            \
            "give a transfer up that is slower than 1,000 bytes a second for so long " \
            "(default: 60)",                                                           \
            NULL                                                                       \
    }

#endif
