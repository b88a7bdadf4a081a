#ifndef REPORT_AUDIT_INTERNAL_H
#define REPORT_AUDIT_INTERNAL_H

/* Between audit.c, audit_places.c and audit_control.c. */

#include "report/audit.h"
#include "table/json_out.h"

/* What was counted beside used and rejected rows, into the object that is open. */
void audit_write_notes(struct json_out *json, const struct notes *notes, bool unknown_cost);

void audit_write_rejected(struct json_out *json, const struct rejects *rejects);

/* What the run has against published totals; nothing where none were given. */
void audit_write_control(struct json_out *json, const struct audit *audit,
                         const struct comparisons *comparisons);

/* Registers, groups, and who takes part in what. */
void audit_write_places(struct json_out *json, const struct figures *figures);

#endif
