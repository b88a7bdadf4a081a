/* The limit to measure packed input against: inflates a gzip file, or the first
 * member of a ZIP, by ISA-L to nowhere, with the CRC that any reader has to compute:
 *     inflate FILE
 *     bytes, CRC */

#include <inttypes.h>
#include <isa-l/igzip_lib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { READ_BYTES = 256 << 10, ROOM_BYTES = 1 << 20, ZIP_HEADER_BYTES = 30 };

static unsigned char packed[READ_BYTES];
static unsigned char room[ROOM_BYTES]; /* 256 KiB to 4 MiB make no difference */

/* Passes over the local header of a ZIP's first member, or returns to the start. */
static bool pass_header(FILE *file, bool *zip)
{
    unsigned char header[ZIP_HEADER_BYTES] = {0};
    long length;

    *zip = fread(header, 1, sizeof header, file) == sizeof header &&
           memcmp(header, "PK\x03\x04", 4) == 0;
    length =
        *zip ? ZIP_HEADER_BYTES + header[26] + header[27] * 256 + header[28] + header[29] * 256 : 0;
    return fseek(file, length, SEEK_SET) == 0;
}

int main(int count, char **words)
{
    static struct inflate_state state;
    FILE *const file = count == 2 ? fopen(words[1], "rb") : NULL;
    uint64_t bytes = 0;
    bool zip = false;

    if (file == NULL || !pass_header(file, &zip))
        return fputs("usage: inflate FILE\n", stderr), 64;
    setvbuf(file, NULL, _IONBF, 0);
    isal_inflate_init(&state);
    state.crc_flag = zip ? ISAL_GZIP_NO_HDR : ISAL_GZIP;
    while (state.block_state != ISAL_BLOCK_FINISH) {
        if (state.avail_in == 0) {
            state.next_in = packed;
            state.avail_in = (uint32_t)fread(packed, 1, sizeof packed, file);
        }
        state.next_out = room;
        state.avail_out = sizeof room;
        if (isal_inflate(&state) < 0 || (state.avail_out == sizeof room && state.avail_in == 0 &&
                                         state.block_state != ISAL_BLOCK_FINISH && feof(file)))
            return fputs("inflate: cut or damaged\n", stderr), 65;
        bytes += sizeof room - state.avail_out;
    }
    printf("%" PRIu64 " %08" PRIx32 "\n", bytes, state.crc);
    fclose(file);
    return 0;
}
