#ifndef RUN_KEPT_SCOPE_H
#define RUN_KEPT_SCOPE_H

/* What of an extract was kept when it was added, as a text that stands with it in the store: a
 * line each, as "bnf 0301".  Rules change; these tell whether what they want now is there. */

#include "cube/cube.h"
#include "rules/rules.h"

/* What the rules want; NULL when memory is out. */
const char *kept_scope_write(const struct rules *rules, struct arena *arena);

/* The first line of `wanted` that `kept` does not hold; empty when it holds all. */
struct view kept_scope_missing(const char *kept, const char *wanted);

/* Takes out what was kept once and the rules do not want now: as if it had not been. */
void kept_scope_leave_out(const struct rules *rules, struct cube *cube);

#endif
