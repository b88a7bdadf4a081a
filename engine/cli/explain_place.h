#ifndef CLI_EXPLAIN_PLACE_H
#define CLI_EXPLAIN_PLACE_H

#include "place/registers.h"

/* Tells what registers and rules know of the code of an organisation, at every level
 * that has it; false, and silence, when nothing does.  registers are settled. */
bool explain_place(const struct rules *rules, const struct registers *registers, const char *code);

#endif
