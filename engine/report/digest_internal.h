#ifndef REPORT_DIGEST_INTERNAL_H
#define REPORT_DIGEST_INTERNAL_H

/* Between digest.c and digest_alerts.c, what is told, and digest_write.c, how. */

#include "base/attr.h"
#include "report/digest.h"

#define DIGEST_SECTIONS 10
#define DIGEST_LINES 10
#define DIGEST_TEXT 400

struct digest_section {
    char title[160];
    char lines[DIGEST_LINES][DIGEST_TEXT];
    size_t count;
    size_t more;      /* lines left out */
    const char *file; /* where they are */
};

struct digest {
    char title[DIGEST_TEXT];
    struct digest_section sections[DIGEST_SECTIONS];
    size_t count;
};

#define NAME_TEXT 120

struct digest_section *digest_section(struct digest *digest, const char *title, const char *file);

PRINTF_LIKE(2, 3)
void digest_line(struct digest_section *section, const char *format, ...);

/* Sections of what crossed a target, and of what began to move, in the last month. */
void digest_targets(struct digest *digest, const struct figures *figures);
void digest_alerts(struct digest *digest, const struct figures *figures);

#endif
