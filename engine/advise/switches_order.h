#ifndef ADVISE_SWITCHES_ORDER_H
#define ADVISE_SWITCHES_ORDER_H

#include "advise/switches.h"

/* Sorts by practice code, month and ICB, and ranks within: what keeps the drug first. */
MUST_USE
enum status advice_rank(struct advice_list *advice, const struct results *results,
                        struct fail *why);

#endif
