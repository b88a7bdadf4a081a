#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

/* Exact decimals.  Numbers are read digit by digit into integers of a fixed
 * unit and never pass through floating point:
 *     items      whole items                               int64_t
 *     quantity   thousandths of the extract's own unit     int64_t
 *     money      hundred-thousandths of a pound            int64_t
 *     carbon     milligrams of CO2e                        int64_t
 * Sums that cross organisations and pack sizes are wide_t (128 bits), so that
 * totals are exact and do not depend on the order of rows or files. */

#include "base/fail.h"
#include "base/word.h"

#include <stdbool.h>
#include <stdint.h>

#define PLACES_ITEMS 0
#define PLACES_QUANTITY 3
#define PLACES_MONEY 5
#define PLACES_CARBON 6 /* of a kilogram */

__extension__ typedef __int128 wide_t;

/* Why a text is not a number of so many places; DECIMAL_OK is 0. */
#define DECIMAL_LIST(X)                  \
    X(OK, "a number")                    \
    X(EMPTY, "empty")                    \
    X(SHAPE, "not a number")             \
    X(PLACES, "too many decimal places") \
    X(RANGE, "too large")

enum decimal_fault {
#define X(name, text) DECIMAL_##name,
    DECIMAL_LIST(X)
#undef X
};

const char *decimal_fault_text(enum decimal_fault fault);

/* Reads "12.34567", "-0.5", ".5" or "4." (NHSBSA prints whole numbers with a
 * trailing point) as an integer of 10^-places.  Zeros beyond the places are
 * accepted, anything else there is DECIMAL_PLACES: never a rounding.
 * value is set only on DECIMAL_OK. */
enum decimal_fault decimal_parse(struct view text, int places, int64_t *value);

/* The same number, or the same fault, read eight digits at a time: some 35
 * instructions without a loop instead of ten a digit.  WORD_SLACK bytes before
 * and behind the text may be read, whatever they are. */
enum decimal_fault decimal_parse_word(struct view text, int places, int64_t *value);

/* True when text is 1 to 16 of 0-9 and A-Z; false for any other length too.
 * WORD_SLACK as above. */
bool is_code_word(struct view text);

/* Total += amount; false, leaving the total alone, on overflow. */
static inline bool exact_add(int64_t *total, int64_t amount)
{
    int64_t sum;

    if (__builtin_add_overflow(*total, amount, &sum))
        return false;
    *total = sum;
    return true;
}

bool wide_add(wide_t *total, wide_t amount);

#define DECIMAL_TEXT 64 /* bytes that hold any printed number and its NUL */

/* Prints top / bottom with at most `places` decimals (0 to 12), rounded half
 * away from zero, without trailing zeros: 1/3 to six places is "0.333333", 4/2
 * is "2".  bottom > 0.  Returns out, which has DECIMAL_TEXT bytes. */
char *ratio_print(wide_t top, wide_t bottom, int places, char *out);

/* The same, and how many bytes it has: for those who print a million. */
size_t ratio_write(wide_t top, wide_t bottom, int places, char *out);

/* The same for an integer of 10^-places, in full. */
char *decimal_print(wide_t value, int places, char *out);

/* Sets *product to a * b; false on overflow. */
bool wide_multiply(wide_t a, wide_t b, wide_t *product);

/* Orders a/b against c/d, both denominators > 0, without dividing and without
 * overflow: the parts before the point first, then the rests. */
int ratio_compare(wide_t a, wide_t b, wide_t c, wide_t d);

#endif
