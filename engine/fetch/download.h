#ifndef FETCH_DOWNLOAD_H
#define FETCH_DOWNLOAD_H

/* One offer into a folder: what is not whole is NAME.part, beside NAME.part.from, which says what
 * it is a part of.  A file gets its name when its length, its hash where the portal gives one, the
 * CRCs of an archive and its first rows were looked at; so a file under its name is a good one.
 * An interrupted download goes on where it was while the server confirms that the file is the same
 * (If-Range with ETag or Last-Modified), and begins anew otherwise. */

#include "fetch/catalogue.h"
#include "stream/sha256.h"

struct downloaded {
    char path[4096];
    char name[256];      /* of the file */
    const char *version; /* of the link it came from */
    uint64_t bytes;
    uint64_t resumed; /* of them were there before */
    char sha256[SHA256_TEXT];
};

/* folder  is there
 * fails  STATUS_IO           the portal or the way to it
 *        STATUS_DATA         what came is not the file that was asked for
 *        STATUS_CANT_CREATE  the folder cannot be written, or another program fetches the same */
MUST_USE
enum status download(struct catalogue *catalogue, const struct offer *offer, const char *folder,
                     struct downloaded *downloaded, struct fail *why);

/* Without the body: how large the file is, 0 when the server does not say. */
MUST_USE
enum status download_size(struct catalogue *catalogue, const struct offer *offer,
                          struct offer_link *link, uint64_t *bytes, struct fail *why);

#endif
