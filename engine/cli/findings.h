#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

/* What run and report share behind the results: --fail-on and --control. */

#include "cli/reading.h"

/* The words of --fail-on, each of them known. */
MUST_USE
enum status check_fail_on(const struct invocation *invocation, struct fail *why);

/* 1 when something is there that the caller asked to fail on. */
int find_findings(const struct running *running);

/* The table of --control on standard output; returns the exit code. */
int print_control(const struct running *running, int exit_code);

/* How many figures agree. */
void tell_control(const struct running *running);

#endif
