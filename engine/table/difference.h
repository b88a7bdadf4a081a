#ifndef TABLE_DIFFERENCE_H
#define TABLE_DIFFERENCE_H

/* diff.csv: what two sets of rules say of the same sums. */

#include "measure/difference.h"

#include <stdio.h>

void difference_write(FILE *file, const struct differences *differences);

/* The words of what changed of a presentation, with blanks between them; out has 64 bytes. */
char *difference_words(const struct differences *differences, uint32_t presentation, char *out);

#endif
