#include "stream/sha256.h"

/* The plain SHA-256 functions, not EVP: EVP allocates on its first use, and where
 * memory is out at that moment libcrypto 3.0 crashes instead of failing. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdlib.h>

struct sha256 {
    SHA256_CTX context;
};

struct sha256 *sha256_new(void)
{
    struct sha256 *const sha256 = calloc(1, sizeof *sha256);

    if (sha256 == NULL || SHA256_Init(&sha256->context) != 1) {
        free(sha256);
        return NULL;
    }
    return sha256;
}

enum status sha256_add(struct sha256 *sha256, const void *bytes, size_t length, struct fail *why)
{
    if (SHA256_Update(&sha256->context, bytes, length) != 1)
        return fail_set(why, STATUS_BUG, "SHA-256 refused %zu bytes", length);
    return STATUS_OK;
}

enum status sha256_end(struct sha256 *sha256, char out[SHA256_TEXT], struct fail *why)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[SHA256_DIGEST_LENGTH];

    if (SHA256_Final(hash, &sha256->context) != 1)
        return fail_set(why, STATUS_BUG, "SHA-256 gave no result");
    for (size_t i = 0; i < sizeof hash; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[SHA256_TEXT - 1] = '\0';
    return STATUS_OK;
}

void sha256_free(struct sha256 *sha256)
{
    free(sha256);
}
