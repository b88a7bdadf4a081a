#ifndef CLI_PLAN_WORDS_H
#define CLI_PLAN_WORDS_H

/* A plan in a few sentences. */

#include "advise/plan.h"

#include <stdio.h>

void tell_plan(FILE *out, const struct plan *plan);

#endif
