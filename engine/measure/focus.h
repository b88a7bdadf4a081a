#ifndef MEASURE_FOCUS_H
#define MEASURE_FOCUS_H

/* The results of one organisation as they stand among all.  Everything is computed over all of
 * them, so that a percentile is among all peers and the region and the nation have their whole
 * figures; what is listed are the organisation, those that it has and those that it belongs to.
 * Products, switches and what is not classified are its own. */

#include "measure/results.h"

/* As place/search.h finds an organisation.
 * padding  of the codes of sub-ICBs, or NULL
 * chosen   by organisation of the level: those that are meant
 * fails    STATUS_USAGE  there is no such organisation, or there are several */
MUST_USE
enum status focus_find(const struct focus *focus, const struct places *places, const char *padding,
                       bool *chosen, struct fail *why);

/* Between results.c and focus.c: fills results->chosen, once the places are known.
 * fails  STATUS_USAGE  there is no such organisation, or there are several */
MUST_USE
enum status focus_choose(struct results *results, struct fail *why);

/* The next step: finds what will be listed.  focus_wants then says whether an organisation is in a
 * month; without a focus all are. */
MUST_USE
enum status focus_find_wanted(struct results *results, struct fail *why);
bool focus_wants(const struct results *results, enum level level, uint32_t organisation,
                 month_t month);

/* When all is computed and ranked, and peers were looked at: leaves the rows of the others out. */
void focus_keep(struct results *results);

#endif
