#ifndef CANISTER_CANISTER_H
#define CANISTER_CANISTER_H

/* Canister's public C API: national prescribing extracts in, kgCO2e per inhaler
 * and switch lists out.
 *
 *     struct canister *run;
 *     if (canister_open(&run, NULL) == CANISTER_OK &&
 *         canister_read(run, "EPD_SNOMED_202607.zip") == CANISTER_OK &&
 *         canister_finish(run) == CANISTER_OK)
 *         canister_report(run, "out");
 *     else
 *         fprintf(stderr, "%s\n", canister_why(run));
 *     canister_close(run);
 *
 * A run belongs to one thread at a time; several runs may go side by side.  The
 * library never prints and never exits.  Link with pkg-config --static canister.
 * Licence: GPL-3.0-or-later. */

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CANISTER_PUBLIC __attribute__((visibility("default")))

/* What a call came to.  Every status but CANISTER_OK comes with a sentence. */
enum canister_status {
    CANISTER_OK,
    CANISTER_USAGE,       /* the call does not make sense here */
    CANISTER_DATA,        /* an extract does not have the promised shape: it was refused whole */
    CANISTER_LIMIT,       /* an extract passes a limit of the engine: refused whole */
    CANISTER_NO_INPUT,    /* an input file or the rules could not be opened */
    CANISTER_BUG,         /* the engine broke a promise to itself */
    CANISTER_NOMEM,       /* out of memory */
    CANISTER_CANT_CREATE, /* an output file could not be created */
    CANISTER_IO,          /* a file could not be read or written to its end */
    CANISTER_RULE         /* a rule file is wrong */
};

/* All members may be zero. */
struct canister_options {
    const char *rules;      /* folder of the rules; NULL: found as `canister version` tells */
    const char *overlay;    /* folder of one's own laid over them, or NULL */
    const char *factor_set; /* NULL: "canister" */
    int replace;            /* a month that comes again replaces the earlier one */
    int keep_going;         /* a refused extract does not end the run */
    int strict;             /* a single rejected row refuses its extract */
    int no_digest;          /* leave the SHA-256 of the files out of audit.json */
    unsigned threads;       /* to read with; 0: one for each processor */
    int places_now;         /* today's organisations over all of history, not as each month was */
    const char *gas_factor_set; /* of anaesthetic gases; NULL: "nhs-2540" */
};

struct canister;

/* One measure of one organisation in one month.  Texts live until
 * canister_close; numbers are exact decimals as text, "" where there is none:
 * a rate without a denominator is absent, not zero. */
struct canister_value {
    const char *measure; /* "salbutamol_kgco2e_per_inhaler" */
    const char *level;   /* practice, pcn, sub_icb, icb, region, nation, trust or group */
    const char *organisation_code;
    const char *organisation_name;
    char month[8]; /* "YYYY-MM" */
    char numerator[64];
    char denominator[64];
    char value[64]; /* to six decimals */
    char percentile[64];
};

/* *run is set even on failure, unless memory is out (then NULL), so that
 * canister_why can tell what was wrong.  options may be NULL. */
CANISTER_PUBLIC enum canister_status canister_open(struct canister **run,
                                                   const struct canister_options *options);

/* Reads one extract: a file (plain, gzip, zstd or ZIP) or "-" for standard input. */
CANISTER_PUBLIC enum canister_status canister_read(struct canister *run, const char *path);

/* The same for the plain bytes of an extract that the caller has: begin, any
 * number of feeds cut anywhere, end.  A header that no layout knows is refused by a feed or,
 * since the first lines may be a title, by the end.  name is for messages and the audit. */
CANISTER_PUBLIC enum canister_status canister_feed_begin(struct canister *run, const char *name);
CANISTER_PUBLIC enum canister_status canister_feed(struct canister *run, const void *bytes,
                                                   size_t length);
CANISTER_PUBLIC enum canister_status canister_feed_end(struct canister *run);

/* Reads one register (epraccur, ePCN as CSV, GP list sizes or their map, etr): names,
 * PCNs, who is a GP practice, belonging over time, list sizes.  A register that is
 * refused ends the run. */
CANISTER_PUBLIC enum canister_status canister_register(struct canister *run, const char *path);

/* Reads groups of one's own, once a run: a CSV file with the header
 * group_code,group_name,organisation_code. */
CANISTER_PUBLIC enum canister_status canister_group(struct canister *run, const char *path);

/* Computes all results; afterwards nothing more can be read. */
CANISTER_PUBLIC enum canister_status canister_finish(struct canister *run);

/* Fills *value; CANISTER_USAGE if the measure or level is not known, or that
 * organisation has no row in that month ("YYYY-MM"). */
CANISTER_PUBLIC enum canister_status canister_result(struct canister *run, const char *measure,
                                                     const char *level, const char *code,
                                                     const char *month,
                                                     struct canister_value *value);

/* Calls `each` for every value in the order of measures.csv until it returns
 * something other than 0. */
CANISTER_PUBLIC enum canister_status
canister_results(struct canister *run,
                 int (*each)(void *context, const struct canister_value *value), void *context);

/* Writes measures.csv and the other result files into a folder, all or none. */
CANISTER_PUBLIC enum canister_status canister_report(struct canister *run, const char *folder);

/* What the last failing call of this run found, with file and line: a sentence.
 * run may be NULL. */
CANISTER_PUBLIC const char *canister_why(const struct canister *run);

CANISTER_PUBLIC const char *canister_strerror(enum canister_status status);
CANISTER_PUBLIC const char *canister_version(void);
CANISTER_PUBLIC void canister_close(struct canister *run);

#ifdef __cplusplus
}
#endif

#endif
