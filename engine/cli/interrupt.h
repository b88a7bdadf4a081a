#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

/* From here on SIGINT, SIGTERM and SIGHUP end the program as they always do, but first what is not
 * finished goes from the disk.  Called before any other thread begins. */
void interrupt_begin(void);

#endif
