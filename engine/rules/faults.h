#ifndef RULES_FAULTS_H
#define RULES_FAULTS_H

/* All that is wrong with the rules, so that an author mends it in one go.
 *     struct faults faults = {0};
 *     fault_add(&faults, "measures/mine.json", 7, "/measures/0/unit", "puffs", "must be a text");
 *     faults_sort(&faults);
 *     faults_release(&faults);
 * Names are here too: an id that a rule defines, and one to which a rule refers.  Those
 * to which nothing answers, or more than one, are faults, whatever else is wrong. */

#include "base/arena.h"
#include "base/fail.h"
#include "base/intern.h"

#include <stdbool.h>
#include <stdint.h>

/* name, what a message calls one of them, where an author finds them */
#define NAMES_LIST(X)                                        \
    X(SOURCE, "source", "sources.json")                      \
    X(PRODUCT, "product", "products/")                       \
    X(EXCLUSION, "rule", "products/not_inhalers.json")       \
    X(CODE, "product with the code", "products/")            \
    X(CLASS, "class", "the classes of products/")            \
    X(PATTERN, "pattern", "products/patterns.json")          \
    X(FACTOR_SET, "factor set", "factors/")                  \
    X(GAS, "gas", "products/gases.json")                     \
    X(GAS_CODE, "gas with the code", "products/gases.json")  \
    X(UNIT, "unit", "units/")                                \
    X(MEASURE, "measure", "measures/")                       \
    X(CAVEAT, "caveat", "measures/caveats.json")             \
    X(SMALL, "rule", "measures/small_denominators.json")     \
    X(TARGET, "target", "targets/")                          \
    X(PROMPT, "prompt", "switches/")                         \
    X(SWITCH, "switch", "switches/")                         \
    X(KIND, "kind of change", "plan/")                       \
    X(WORKER, "wage of", "plan/")                            \
    X(EXTRACT, "extract", "extracts/")                       \
    X(ERA, "era", "extracts/")                               \
    X(REGISTER, "register", "registers/")                    \
    X(REGISTER_LAYOUT, "layout of a register", "registers/") \
    X(UNIDENTIFIED, "rule", "places/")                       \
    X(SUCCESSION, "successor", "places/")                    \
    X(QUANTITY, "rule", "quantities/")                       \
    X(PORTAL, "portal", "portals/")                          \
    X(NATION, "nation", "extracts/")

enum names_of {
    NAMES_NONE,
#define X(name, text, where) NAMES_##name,
    NAMES_LIST(X)
#undef X
        NAMES_KINDS
};

struct fault {
    const char *file; /* "measures/mine.json" */
    uint64_t line;    /* from 1; 0 when it is about no line */
    const char *path; /* "/measures/0/unit"; "/" for the file */
    const char *id;   /* of the entry, or "" */
    const char *text;
    size_t order; /* in which it was found */
};

/* A text of a rule and its place. */
struct named {
    enum names_of of;
    const char *text;
    const char *file;
    const char *path;
    const char *id;
    uint64_t line;
};

/* What is kept of them: beyond it they are only counted. */
#define FAULTS_KEPT 200

struct faults {
    struct fail *why; /* of what is no fault of a rule: memory */
    struct arena arena;
    struct fault *list;
    size_t count; /* of list */
    size_t room;
    size_t more; /* that were found beyond FAULTS_KEPT */
    struct intern names[NAMES_KINDS];
    bool incomplete[NAMES_KINDS]; /* one of these has a fault itself: what refers to it has none */
    struct named *defined;
    size_t defined_count;
    size_t defined_room;
    struct named *referred;
    size_t referred_count;
    size_t referred_room;
    struct named *entries; /* every rule with a place, for faults found after reading */
    size_t entry_count;
    size_t entry_room;
    bool out_of_memory;
};

/* Takes copies of all texts.  A lack of memory is remembered and told by faults_settle. */
PRINTF_LIKE(6, 7)
void fault_add(struct faults *faults, const char *file, uint64_t line, const char *path,
               const char *id, const char *format, ...);

/* A name that is defined at its place; a second one with the same text is a fault.  One
 * without a file is the program's own. */
void faults_define(struct faults *faults, const struct named *name);

/* A name that something must answer to when all files have been read. */
void faults_refer(struct faults *faults, const struct named *name);

/* The place of a rule: `text` is its "file: path". */
void faults_enter(struct faults *faults, const struct named *entry);

/* A fault of a rule that is known by its "file: path". */
PRINTF_LIKE(3, 4)
enum status fault_at(struct faults *faults, const char *at, const char *format, ...);

/* Every name that nothing answers to becomes a fault, with the nearest that there is. */
void faults_check_names(struct faults *faults);

/* STATUS_RULE with the first fault, by file and line, and how many more there are;
 * STATUS_OK when there is none; STATUS_NOMEM when one could not be kept. */
MUST_USE
enum status faults_settle(struct faults *faults, struct fail *why);

/* "file:line: path (id): text" */
void fault_print(const struct fault *fault, char *out, size_t size);

void faults_release(struct faults *faults);

#endif
