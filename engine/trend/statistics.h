#ifndef TREND_STATISTICS_H
#define TREND_STATISTICS_H

/* The statistics library behind this folder's door. */

/* Once, before anything is computed: its own answer to a wrong call is to end the
 * process.  Every call here is checked by its result instead. */
void statistics_begin(void);

const char *statistics_version(void);

#endif
