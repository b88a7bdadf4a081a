#ifndef REPORT_AUDIT_INTERNAL_H
#define REPORT_AUDIT_INTERNAL_H

/* Between audit.c and audit_places.c. */

#include "report/audit.h"
#include "report/json_out.h"

void audit_write_rejected(struct json_out *json, const struct rejects *rejects);

/* Registers, groups, and who takes part in what. */
void audit_write_places(struct json_out *json, const struct figures *figures);

#endif
