#ifndef RULES_LINK_FACTORS_H
#define RULES_LINK_FACTORS_H

/* Between link_factors.c and its parts: one basis for all factors, and one factor for the months
 * in which several versions of a product are dispensed under one code. */

#include "rules/rules.h"

/* Puts a factor into the chain of a code, by month. */
typedef enum status span_adder(const struct rules *rules, struct factor_set *set, uint32_t code,
                               const struct factor *factor, struct faults *faults);

/* Computes the addition of the set from the factors of grade A or B that have both figures, and adds
 * it, or its own, to every factor of the propellant alone.
 * fails  STATUS_RULE  one needs an addition and the set has none */
MUST_USE
enum status factors_to_whole_life(struct arena *arena, struct factor_set *set,
                                  struct faults *faults);

/* For every code of a product with versions: the factor of the one version of each month, or of the
 * several in their shares, low and high at the extremes.  A set that has a factor for the code
 * itself keeps that for all versions.
 * fails  STATUS_RULE  a version that is dispensed has no factor and another has one */
MUST_USE
enum status factors_mix_versions(struct rules *rules, struct factor_set *set, span_adder *add,
                                 struct faults *faults);

#endif
