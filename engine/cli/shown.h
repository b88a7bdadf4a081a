#ifndef CLI_SHOWN_H
#define CLI_SHOWN_H

/* All that the program prints goes through here: a control character that came in with a name,
 * a file or a store is shown, not obeyed.  Ends of lines and tabs pass. */

#include "base/fail.h"
#include "base/view.h"

#include <stdbool.h>
#include <stdio.h>

/* stdout and stderr are ours from here on; false without memory. */
bool shown_begin(void);

/* Standard error as it is, for what the program itself says to a terminal. */
FILE *shown_terminal(void);

/* A text from outside on a line of ours: its own ends of lines are made visible too. */
void show(FILE *file, struct view text);

/* "CODE NAME", or the code alone. */
void show_organisation(FILE *file, struct view code, struct view name);

#endif
