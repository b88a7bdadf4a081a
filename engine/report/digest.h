#ifndef REPORT_DIGEST_H
#define REPORT_DIGEST_H

/* What changed this month and for whom, short enough for an e-mail: digest.txt and digest.html,
 * the same words in both.
 *     digest_new(&digest, figures, why)
 *     write_digest_text(file, digest)
 *     digest_free(digest)
 * Changes of practices are those of figures/practice_changes.h: a small practice cannot lead that
 * list by chance. */

#include "figures/figures.h"

#include <stdio.h>

struct digest;

MUST_USE
enum status digest_new(struct digest **digest, const struct figures *figures, struct fail *why);

void write_digest_text(FILE *file, const struct digest *digest);
void write_digest_html(FILE *file, const struct digest *digest);

void digest_free(struct digest *digest);

#endif
