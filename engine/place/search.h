#ifndef PLACE_SEARCH_H
#define PLACE_SEARCH_H

/* The one way from what a person types to an organisation: --icb, --practice, --organisation and
 * explain all search so.  Case never matters.  Tried in this order, the first that answers wins:
 *     its code               qza, P82001; of a sub-ICB with its padding or without
 *     its whole name         nhs sample north
 *     a part of its name     north */

#include "place/place.h"

struct place_search {
    const struct places *places;
    const char *text;
    const char *padding;  /* of the codes of sub-ICBs, or NULL */
    const char *where;    /* ends the sentence of a refusal: "in these months" */
    bool *chosen[LEVELS]; /* by organisation; NULL for a level that is not searched */
};

/* Fills chosen.  A code that several levels have means all of them, and so does a name that stands
 * for several codes (an ICB that got a new one).
 * fails  STATUS_USAGE  nothing answers (the sentence names the nearest), or names that differ do
 *                      (it lists them) */
MUST_USE
enum status places_search(const struct place_search *search, struct fail *why);

/* The same at every level; chosen is allocated here and freed by places_found_release. */
struct places_found {
    bool *chosen[LEVELS];
};

MUST_USE
enum status places_find_any(const struct places *places, const char *padding, const char *text,
                            const char *where, struct places_found *found, struct fail *why);

void places_found_release(struct places_found *found);

#endif
