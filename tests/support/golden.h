#ifndef TESTS_SUPPORT_GOLDEN_H
#define TESTS_SUPPORT_GOLDEN_H

/* Small CSV files of reference results, read by column name. */

#include <stdbool.h>
#include <stddef.h>

struct golden;

/* Aborts the test if it is not there. */
struct golden *golden_open(const char *path);
void golden_free(struct golden *golden);

size_t golden_rows(const struct golden *golden);

/* The text of a cell without its quotes; aborts for a column that is not there. */
const char *golden_text(const struct golden *golden, size_t row, const char *column);

/* NAN for "", NA and NaN. */
double golden_number(const struct golden *golden, size_t row, const char *column);

bool golden_is(const struct golden *golden, size_t row, const char *column, const char *text);

#endif
