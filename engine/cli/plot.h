#ifndef CLI_PLOT_H
#define CLI_PLOT_H

/* A small chart in plain characters: one column a month, values as *, a level to be
 * reached as a line of -. */

#include "trend/history.h"

#include <stdio.h>

/* level  NAN for none */
void plot(FILE *out, const struct series *series, double level);

#endif
