#ifndef CLI_EXPLAIN_INHALER_H
#define CLI_EXPLAIN_INHALER_H

#include "rules/rules.h"

/* Prints what a product is under one of its codes: versions, quantity, factors with their basis,
 * measures and switches. */
void explain_inhaler(const struct rules *rules, const struct product *product, uint32_t code);

#endif
