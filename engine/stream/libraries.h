#ifndef STREAM_LIBRARIES_H
#define STREAM_LIBRARIES_H

/* The versions of the libraries behind this door, for `version` and the audit. */

#include <stddef.h>

struct library {
    const char *name;
    const char *version;
};

/* The libraries this folder uses; *count of them. */
const struct library *stream_libraries(size_t *count);

#endif
