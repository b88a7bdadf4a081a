#include "stream/libraries.h"

#include "base/attr.h"

#include <archive.h>
#include <csv.h>
#include <isa-l.h>
#include <openssl/crypto.h>
#include <string.h>
#include <zstd.h>

#define STRING(number) #number
#define NUMBER(number) STRING(number)

const struct library *stream_libraries(size_t *count)
{
    static struct library list[] = {
        {"libcsv", NUMBER(CSV_MAJOR) "." NUMBER(CSV_MINOR) "." NUMBER(CSV_RELEASE)},
        {"isa-l",
         NUMBER(ISAL_MAJOR_VERSION) "." NUMBER(ISAL_MINOR_VERSION) "." NUMBER(ISAL_PATCH_VERSION)},
        {"libarchive", ""},
        {"libcrypto", ""},
        {"libzstd", ""},
    };

    list[2].version = archive_version_string() + strlen("libarchive ");
    list[3].version = OpenSSL_version(OPENSSL_VERSION_STRING);
    list[4].version = ZSTD_versionString();
    *count = COUNT_OF(list);
    return list;
}
