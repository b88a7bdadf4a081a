#ifndef RUN_VERSION_H
#define RUN_VERSION_H

#include "report/audit.h"

#define CANISTER_VERSION "0.2.0"
#define CANISTER_DATE "2026-12-01" /* of that version, for the man page */

/* All libraries the program is linked with; *count of them. */
const struct audit_library *run_libraries(size_t *count);

#endif
