#ifndef STREAM_CHILD_H
#define STREAM_CHILD_H

/* Work in a process of its own: for a library that may crash, or whose faults show nowhere but in
 * what it prints.  The child sees all memory as it is now; what it changes, only the child has,
 * but for memory from child_shared. */

#include "base/fail.h"

typedef enum status child_work(void *context, struct fail *why);

/* Runs the work in a child and waits for it.
 * fails  what the work returns;
 *        STATUS_NOMEM  there is no process to be had, or the child crashed, as that library does
 *                      when memory is short
 *        STATUS_IO     the child reported success but printed an error */
MUST_USE
enum status child_do(child_work *work, void *context, struct fail *why);

/* Zeroed memory that parent and child both see; NULL without memory. */
void *child_shared(size_t size);
void child_unshare(void *shared, size_t size);

/* The process ends: no child may go on writing. */
void child_kill_all(void);

#endif
