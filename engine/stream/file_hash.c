#include "stream/file_hash.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static enum status fail_read(const char *path, struct fail *why)
{
    fail_set(why, STATUS_IO, "cannot be read: %s", strerror(errno));
    return fail_in(why, path, 0);
}

static enum status hash_all(FILE *file, const char *path, EVP_MD_CTX *context, struct fail *why)
{
    char bytes[16384];
    size_t got;

    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        if (EVP_DigestUpdate(context, bytes, got) != 1)
            return fail_set(why, STATUS_BUG, "the hash refused %zu bytes", got);
    return ferror(file) ? fail_read(path, why) : STATUS_OK;
}

static enum status end_hash(EVP_MD_CTX *context, char out[FILE_HASH_TEXT], struct fail *why)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    if (EVP_DigestFinal_ex(context, hash, &length) != 1 || length * 2 >= FILE_HASH_TEXT)
        return fail_set(why, STATUS_BUG, "the hash gave no result");
    for (unsigned i = 0; i < length; i++)
        snprintf(out + 2 * (size_t)i, 3, "%02x", hash[i]);
    return STATUS_OK;
}

static const EVP_MD *kind_of(size_t digits)
{
    return digits == 32   ? EVP_md5()
           : digits == 40 ? EVP_sha1()
           : digits == 64 ? EVP_sha256()
                          : NULL;
}

enum status file_hash(const char *path, size_t digits, char out[FILE_HASH_TEXT], bool *known,
                      struct fail *why)
{
    const EVP_MD *const kind = kind_of(digits);
    EVP_MD_CTX *const context = EVP_MD_CTX_new();
    FILE *const file = kind != NULL ? fopen(path, "rb") : NULL;
    enum status status = STATUS_OK;

    *known = kind != NULL;
    if (context == NULL)
        status = fail_nomem(why);
    else if (*known && file == NULL)
        status = fail_read(path, why);
    else if (*known && EVP_DigestInit_ex(context, kind, NULL) != 1)
        *known = false; /* a system that forbids MD5 */
    if (status == STATUS_OK && *known)
        status = hash_all(file, path, context, why);
    if (status == STATUS_OK && *known)
        status = end_hash(context, out, why);
    if (file != NULL)
        fclose(file);
    EVP_MD_CTX_free(context);
    return status;
}

enum status file_bytes(const char *path, uint64_t *bytes, struct fail *why)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return fail_read(path, why);
    *bytes = (uint64_t)about.st_size;
    return STATUS_OK;
}
