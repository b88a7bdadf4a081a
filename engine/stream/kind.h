#ifndef STREAM_KIND_H
#define STREAM_KIND_H

/* What a file is that is no table of text, by its first bytes or by the name of an archive's
 * member: people give the workbook, the web page of an error, or the archive in the archive. */

#include "base/fail.h"
#include "base/view.h"

/* "an Excel workbook (xlsx): save the sheet as CSV", or NULL for what may be text. */
const char *kind_of(struct view first);

/* Likewise for the name of a member that only Office files have. */
const char *kind_of_member(const char *member);

/* True for a member that an archive program or a file manager put there: __MACOSX/, .DS_Store,
 * Thumbs.db, a folder, a readme. */
bool kind_is_junk(const char *member);

/* fails  STATUS_DATA  the member is one of an Office file; NULL is no member */
MUST_USE
enum status kind_check_member(const char *member, struct fail *why);

/* fails  STATUS_DATA  the bytes are no text */
MUST_USE
enum status kind_check(struct view first, struct fail *why);

#endif
