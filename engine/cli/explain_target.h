#ifndef CLI_EXPLAIN_TARGET_H
#define CLI_EXPLAIN_TARGET_H

/* What `explain` says of a target, and of a measure that the extracts cannot give. */

#include "rules/rules.h"

/* False where the word is the id of neither. */
bool explain_target(const struct rules *rules, const char *word);

#endif
