#include "stream/digest.h"

/* The plain SHA-256 functions, not EVP: EVP allocates on its first use, and where
 * memory is out at that moment libcrypto 3.0 crashes instead of failing. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdlib.h>

struct digest {
    SHA256_CTX context;
};

struct digest *digest_new(void)
{
    struct digest *const digest = calloc(1, sizeof *digest);

    if (digest == NULL || SHA256_Init(&digest->context) != 1) {
        free(digest);
        return NULL;
    }
    return digest;
}

enum status digest_add(struct digest *digest, const void *bytes, size_t length, struct fail *why)
{
    if (SHA256_Update(&digest->context, bytes, length) != 1)
        return fail_set(why, STATUS_BUG, "SHA-256 refused %zu bytes", length);
    return STATUS_OK;
}

enum status digest_end(struct digest *digest, char out[DIGEST_TEXT], struct fail *why)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[SHA256_DIGEST_LENGTH];

    if (SHA256_Final(hash, &digest->context) != 1)
        return fail_set(why, STATUS_BUG, "SHA-256 gave no result");
    for (size_t i = 0; i < sizeof hash; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[DIGEST_TEXT - 1] = '\0';
    return STATUS_OK;
}

void digest_free(struct digest *digest)
{
    free(digest);
}
