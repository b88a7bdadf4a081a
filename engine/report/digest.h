#ifndef REPORT_DIGEST_H
#define REPORT_DIGEST_H

/* What changed this month and for whom, short enough for an e-mail: digest.txt and digest.html,
 * the same words in both.
 *     digest_new(&digest, parts, why)
 *     write_digest_text(file, digest)
 *     digest_free(digest)
 * A month of one practice is mostly noise.  So its changes are those of three months against the
 * same three a year before, each as sum over sum, and are ordered by what they weigh: the kilograms
 * more or less than at the rate of a year before.  A small practice cannot lead that list by
 * chance. */

#include "report/parts.h"

struct digest;

MUST_USE
enum status digest_new(struct digest **digest, const struct report_parts *parts, struct fail *why);

void write_digest_text(FILE *file, const struct digest *digest);
void write_digest_html(FILE *file, const struct digest *digest);

void digest_free(struct digest *digest);

#endif
