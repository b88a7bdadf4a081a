#ifndef EXTRACT_PRESENTATION_H
#define EXTRACT_PRESENTATION_H

/* What a row is about, as the one text by which its sums are kept apart.
 *
 * In primary care that is the BNF code; where rules tell versions of a product apart by their
 * dm+d code, and the extract has it, BNF code / dm+d code.  Hospital data say more: the same code
 * comes in different units, a return is not a small issue, and a cost that is
 * not there is not zero.  So the key of a hospital row is
 *     code US origin and marks US unit US code of the unit US site
 * with US the unit separator of ASCII, which no field may hold.  Sums of keys
 * are exact, and net and gross, known and unknown cost can be told apart
 * afterwards without another field in every sum. */

#include "base/view.h"

#include <stdbool.h>

/* Where a quantity comes from; the letter stands in the key. */
#define ORIGIN_LIST(X)                                    \
    X(PRIMARY, '\0', "primary care")                      \
    X(PHARMACY, 'p', "pharmacy")                          \
    X(ELSEWHERE, 'e', "other medicines of the same data") \
    X(SUPPLY, 's', "supply outside pharmacy")             \
    X(USE, 'u', "clinical use")

enum origin {
#define X(name, letter, text) ORIGIN_##name,
    ORIGIN_LIST(X)
#undef X
        ORIGINS
};

const char *origin_text(enum origin origin);

struct presentation {
    struct view code; /* BNF, SNOMED (VMP), or the name of a gas; empty for ELSEWHERE */
    enum origin origin;
    bool returned;     /* the quantities are below zero */
    bool unknown_cost; /* the extract gives no cost for these rows */
    struct view unit_name;
    struct view
        unit_code; /* dm+d; of primary care: of the product; of a supply: brand and size of the cylinder, with a / between */
    struct view site;
};

/* Bytes of the longest text of a presentation, and of a key. */
#define PRESENTATION_TEXT 100
#define PRESENTATION_KEY (4 * PRESENTATION_TEXT + 16)

/* True when text can be part of a key: short, and without control characters. */
bool presentation_can_hold(struct view text);

/* The key, in out (PRESENTATION_KEY bytes); every text must be one that a key can hold. */
struct view presentation_key(const struct presentation *presentation, char *out);

struct presentation presentation_of(struct view key);

/* The code alone: of a primary care key the key itself. */
struct view presentation_code(struct view key);

#endif
