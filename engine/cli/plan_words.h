#ifndef CLI_PLAN_WORDS_H
#define CLI_PLAN_WORDS_H

/* A plan in a few sentences. */

#include "advise/plan_follow.h"

#include <stdio.h>

void tell_plan(FILE *out, const struct plan *plan);

/* What became of an earlier plan; plan is that of what is left. */
void tell_follow(FILE *out, const struct plan_follow *follow, const struct plan *plan);

#endif
