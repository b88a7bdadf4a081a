#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

/* Between the files of `canister explain`. */

#include "rules/rules.h"

/* "id: title; where; checked date", without a line end. */
void print_source(const struct rules *rules, const char *id, const char *checked);

/* A gas by id, name or VMP code, a unit by name or dm+d code, a set of potentials
 * by id.  False when the word is none of them. */
bool explain_gas_word(const struct rules *rules, struct view word);

#endif
