#include "stream/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
};

struct digest *digest_new(void)
{
    struct digest *digest = calloc(1, sizeof *digest);

    if (digest == NULL)
        return NULL;
    digest->context = EVP_MD_CTX_new();
    if (digest->context == NULL || EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1) {
        digest_free(digest);
        return NULL;
    }
    return digest;
}

enum status digest_add(struct digest *digest, const void *bytes, size_t length, struct fail *why)
{
    if (EVP_DigestUpdate(digest->context, bytes, length) != 1)
        return fail_set(why, STATUS_BUG, "SHA-256 refused %zu bytes", length);
    return STATUS_OK;
}

enum status digest_end(struct digest *digest, char out[DIGEST_TEXT], struct fail *why)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    if (EVP_DigestFinal_ex(digest->context, hash, &length) != 1 || length != 32)
        return fail_set(why, STATUS_BUG, "SHA-256 gave no result");
    for (size_t i = 0; i < length; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[DIGEST_TEXT - 1] = '\0';
    return STATUS_OK;
}

void digest_free(struct digest *digest)
{
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->context);
    free(digest);
}
