#ifndef PLACE_REGISTERS_INTERNAL_H
#define PLACE_REGISTERS_INTERNAL_H

/* Between registers.c, which keeps and finds, and register_file.c, which reads. */

#include "place/registers.h"

/* The number of an organisation, new or known; ORGANISATION_NONE for an empty code. */
MUST_USE
enum status registers_put(struct registers *registers, enum level level, struct view code,
                          uint32_t *number, struct fail *why);

/* A name with the month of its register. */
MUST_USE
enum status registers_add_name(struct registers *registers, enum level level, uint32_t number,
                               struct view name, month_t month, struct fail *why);

MUST_USE
enum status registers_add_membership(struct registers *registers,
                                     const struct membership *membership, struct fail *why);

MUST_USE
enum status registers_add_size(struct registers *registers, const struct list_size *size,
                               struct fail *why);

/* Keeps them unless a register of a later day has spoken. */
MUST_USE
enum status registers_add_facts(struct registers *registers, enum level level, uint32_t number,
                                const struct standing_facts *facts, struct fail *why);

#endif
