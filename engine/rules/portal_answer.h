#ifndef RULES_PORTAL_ANSWER_H
#define RULES_PORTAL_ANSWER_H

/* What a CKAN portal answers to package_show and resource_show, as JSON.  A portal is not ours:
 * unknown keys are passed, wrong types count as missing, and only what is needed must be there. */

#include "base/arena.h"
#include "base/fail.h"

#include <stdint.h>

/* Texts are empty where the portal says nothing. */
struct portal_resource {
    const char *id;
    const char *name;
    const char *url;
    const char *zip_url;
    const char *hash;
    const char *version; /* last_modified, or where that is empty created */
    int64_t bytes;       /* of what is at url; 0 when not known */
};

/* The resources of a package, or the one resource of resource_show.
 * fails  STATUS_DATA  not JSON, no success, or nothing in it; says what the portal said */
MUST_USE
enum status portal_answer_read(struct arena *arena, const char *text, size_t length,
                               struct portal_resource **resources, size_t *count, struct fail *why);

#endif
