#ifndef CLI_EXPLAIN_PLACE_H
#define CLI_EXPLAIN_PLACE_H

#include "place/registers.h"

/* Prints what registers and rules know of an organisation, at every level that has it.
 * word     its code, or a part of its name (place/search.h)
 * returns  false, having printed nothing, where nothing answers or several do: `why` has the
 *          sentence */
bool explain_place(const struct rules *rules, const struct registers *registers, const char *word,
                   struct fail *why);

#endif
