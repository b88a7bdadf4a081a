#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

/* What run and report share behind the reading: the results, --control and --fail-on. */

#include "cli/reading.h"

/* --out, which is needed, --control, --fail-on, --packs and --xlsx. */
MUST_USE
enum status read_writing_options(const struct invocation *invocation,
                                 struct session_options *options, struct fail *why);

/* Finishes the run, writes the results and says on standard error what they come to; returns the
 * exit code, exit_code where there is no reason for another. */
int compute_and_write(struct running *running, int exit_code);

#endif
