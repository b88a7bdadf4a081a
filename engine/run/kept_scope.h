#ifndef RUN_KEPT_SCOPE_H
#define RUN_KEPT_SCOPE_H

/* What of an extract was kept when it was added, as a text that is stored with it: a
 * line each, as "bnf 0301" of prescribing, "vmp 39708611000001100" and "name desflurane; liquid;"
 * (with one of the second, without any of the third) of hospital extracts.  Rules change; these
 * tell whether what they want now is there. */

#include "cube/cube.h"
#include "rules/rules.h"
#include "store/store.h"

/* What the rules want of extracts of these subjects (a bit each, 1 << SUBJECT_hospital); of what
 * trusts keep of gases they want all, which needs no line.  NULL when memory is out. */
const char *kept_scope_write(const struct rules *rules, unsigned subjects, struct arena *arena);

/* By which rules of now a file of a store was read; *era is NULL for a companion, *series for a
 * file of none.
 * fails  STATUS_RULE  they are not in the rules any more */
MUST_USE
enum status kept_find_era(const struct rules *rules, const struct store_file *file,
                          const struct era **era, const struct series_rule **series,
                          struct fail *why);

/* fails  STATUS_RULE  the rules need more of a file than what was kept */
MUST_USE
enum status kept_check(const struct rules *rules, const struct store_file *file,
                       const struct store_addition *addition, struct arena *arena,
                       struct fail *why);

/* Takes out what was kept once and the rules do not want now, as if it had not been: a hospital
 * medicine is then one of the others, which are summed together. */
MUST_USE
enum status kept_scope_leave_out(const struct rules *rules, struct cube *cube, struct fail *why);

#endif
