#ifndef FETCH_PART_FILE_H
#define FETCH_PART_FILE_H

/* What has come of a file so far, and of which file it is a part.
 *     part_open(&part, folder, "EPD_SNOMED_202607.zip", why)
 *     part_begin(&part, etag, modified, version, why)   a new file: what was there goes
 *     part_add(&part, bytes, length, why)
 *     part_finish(&part, path, why)                     gets its name
 *     part_close(&part) */

#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define PART_FIELD 256

struct part_file {
    char path[4096];       /* NAME.part */
    char about_path[4096]; /* NAME.part.from */
    int file;              /* locked */
    int64_t bytes;
    char etag[PART_FIELD];
    char modified[PART_FIELD];
    char version[PART_FIELD]; /* as the portal says it */
};

/* fails  STATUS_CANT_CREATE  another program has it */
MUST_USE
enum status part_open(struct part_file *part, const char *folder, const char *name,
                      struct fail *why);
MUST_USE
enum status part_begin(struct part_file *part, const char *etag, const char *modified,
                       const char *version, struct fail *why);
MUST_USE
enum status part_add(struct part_file *part, const void *bytes, size_t length, struct fail *why);

/* Written to the disk under its name; the notes about it go. */
MUST_USE
enum status part_finish(struct part_file *part, const char *path, struct fail *why);

/* It is not what it should be: nothing of it is kept. */
void part_drop(struct part_file *part);
void part_close(struct part_file *part);

/* What If-Range may compare: a strong ETag, else the date; empty when there is neither. */
const char *part_validator(const struct part_file *part);

#endif
