/* Every path of sweep.h says of any bytes, in pieces of any size, what libcsv's scanner says of
 * them in one piece.  The first two bytes choose the size of the pieces. */

#include "support/transcript.h"

#include <stdint.h>

static const size_t pieces[] = {1, 2, 7, 63, 64, 65, 127, 200, 4096, 1 << 20};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct transcript plain = {0};
    size_t piece;

    if (length < 2)
        return 0;
    piece = bytes[0] < 128 ? pieces[bytes[0] % COUNT_OF(pieces)] : 1 + bytes[1];
    bytes += 2;
    length -= 2;
    transcript_plain(&plain, bytes, length);
    for (enum sweep_path path = SWEEP_PLAIN; path < SWEEP_PATHS; path++) {
        struct transcript other = {0};

        if (!sweep_path_works(path))
            continue;
        transcript_sweep(&other, path, bytes, length, piece);
        if (!transcript_same(&plain, &other))
            abort();
        transcript_release(&other);
    }
    transcript_release(&plain);
    return 0;
}
