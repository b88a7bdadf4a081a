/* The limit to measure against: a bare structural scan of a CSV file that does
 * nothing else, and does that honestly.  For every byte it computes whether it is
 * a comma, a quote or a line end and whether it stands inside quotes, and prints
 * the counts:
 *     mask_scan FILE [threads] [map|read]
 *     commas outside quotes, commas in all, line ends outside, line ends in all, quotes
 *
 * Each thread takes one stretch of the file and counts as if it began outside
 * quotes; if the stretches before it hold an odd number of quotes, "outside" is all
 * less what it counted.  map: pages populated 2 MiB ahead; read: through a buffer. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <immintrin.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

enum { STEP_BYTES = 2 << 20, READ_BYTES = 256 << 10, THREADS = 64 };

struct counts {
    uint64_t commas, commas_outside, ends, ends_outside, quotes;
    uint64_t quoted; /* 0 or all ones: the state behind the last block */
};

typedef void scan_fn(const char *text, size_t blocks, struct counts *counts);

__attribute__((always_inline)) static inline void
add_block(struct counts *counts, uint64_t comma, uint64_t end, uint64_t quote, uint64_t quoted)
{
    counts->commas += (uint64_t)__builtin_popcountll(comma);
    counts->commas_outside += (uint64_t)__builtin_popcountll(comma & ~quoted);
    counts->ends += (uint64_t)__builtin_popcountll(end);
    counts->ends_outside += (uint64_t)__builtin_popcountll(end & ~quoted);
    counts->quotes += (uint64_t)__builtin_popcountll(quote);
}

/* Bit i: an odd number of quotes at or before i. */
#define PREFIX_XOR(quote)         \
    ((uint64_t)_mm_cvtsi128_si64( \
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)(quote)), _mm_set1_epi8((char)0xff), 0)))

__attribute__((target("avx512bw,pclmul,popcnt"))) static void
scan_avx512(const char *text, size_t blocks, struct counts *total)
{
    struct counts counts = *total;

    for (size_t i = 0; i < blocks; i++) {
        const __m512i bytes = _mm512_loadu_si512(text + i * 64);
        const uint64_t quote = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"'));
        const uint64_t quoted = PREFIX_XOR(quote) ^ counts.quoted;

        _mm_prefetch(text + i * 64 + 4096, _MM_HINT_T0);
        add_block(&counts, _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(',')),
                  _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')), quote, quoted);
        counts.quoted = 0 - (quoted >> 63);
    }
    *total = counts;
}

#define MASK2(a, b, c)                                                                     \
    ((uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, _mm256_set1_epi8(c))) | \
     (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, _mm256_set1_epi8(c))) << 32)

__attribute__((target("avx2,pclmul,popcnt"))) static void scan_avx2(const char *text, size_t blocks,
                                                                    struct counts *total)
{
    struct counts counts = *total;

    for (size_t i = 0; i < blocks; i++) {
        const __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(text + i * 64));
        const __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(text + i * 64 + 32));
        const uint64_t quote = MASK2(a, b, '"');
        const uint64_t quoted = PREFIX_XOR(quote) ^ counts.quoted;

        _mm_prefetch(text + i * 64 + 4096, _MM_HINT_T0);
        add_block(&counts, MASK2(a, b, ','), MASK2(a, b, '\n'), quote, quoted);
        counts.quoted = 0 - (quoted >> 63);
    }
    *total = counts;
}

struct work {
    scan_fn *scan;
    const char *map; /* NULL: read */
    int fd;
    uint64_t from, to;
    struct counts counts;
    bool failed;
};

/* Whole blocks, then the rest of the file padded with zeros. */
static void scan_piece(struct work *work, const char *text, size_t length)
{
    char rest[64] = {0};

    work->scan(text, length / 64, &work->counts);
    if (length % 64 == 0)
        return;
    memcpy(rest, text + length / 64 * 64, length % 64);
    work->scan(rest, 1, &work->counts);
}

static void scan_mapped(struct work *work)
{
    for (uint64_t at = work->from; at < work->to; at += STEP_BYTES) {
        const uint64_t left = work->to - at;
        const size_t length = left < STEP_BYTES ? (size_t)left : STEP_BYTES;

        (void)madvise((void *)(uintptr_t)(work->map + at), length, MADV_POPULATE_READ);
        scan_piece(work, work->map + at, length);
    }
}

static void scan_read(struct work *work)
{
    char *const buffer = aligned_alloc(64, READ_BYTES);

    for (uint64_t at = work->from; at < work->to && !work->failed; at += READ_BYTES) {
        const uint64_t left = work->to - at;
        const size_t length = left < READ_BYTES ? (size_t)left : READ_BYTES;

        work->failed =
            buffer == NULL || pread(work->fd, buffer, length, (off_t)at) != (ssize_t)length;
        if (!work->failed)
            scan_piece(work, buffer, length);
    }
    free(buffer);
}

static void *run(void *context)
{
    struct work *const work = context;

    if (work->map != NULL)
        scan_mapped(work);
    else
        scan_read(work);
    return NULL;
}

static bool scan_all(struct work *works, size_t threads, uint64_t size)
{
    pthread_t ids[THREADS];
    bool failed = false;

    for (size_t i = 0; i < threads; i++) {
        works[i].from = size * i / threads / STEP_BYTES * STEP_BYTES;
        works[i].to = i + 1 == threads ? size : size * (i + 1) / threads / STEP_BYTES * STEP_BYTES;
        if (i > 0 && pthread_create(&ids[i], NULL, run, &works[i]) != 0)
            return false;
    }
    run(&works[0]);
    for (size_t i = 1; i < threads; i++)
        pthread_join(ids[i], NULL);
    for (size_t i = 0; i < threads; i++)
        failed = failed || works[i].failed;
    return !failed;
}

static struct counts add_up(const struct work *works, size_t threads)
{
    struct counts sum = {0};

    for (size_t i = 0; i < threads; i++) {
        const struct counts *const part = &works[i].counts;
        const bool flipped = sum.quotes % 2 == 1;

        sum.commas_outside += flipped ? part->commas - part->commas_outside : part->commas_outside;
        sum.ends_outside += flipped ? part->ends - part->ends_outside : part->ends_outside;
        sum.commas += part->commas;
        sum.ends += part->ends;
        sum.quotes += part->quotes;
    }
    return sum;
}

int main(int count, char **words)
{
    static struct work works[THREADS];
    const size_t threads = count > 2 ? (size_t)strtoul(words[2], NULL, 10) : 1;
    const bool mapped = count < 4 || strcmp(words[3], "map") == 0;
    const int fd = count > 1 ? open(words[1], O_RDONLY) : -1;
    struct stat about;
    struct counts sum;
    const char *map = NULL;

    if (fd < 0 || fstat(fd, &about) != 0 || about.st_size == 0 || threads < 1 || threads > THREADS)
        return fputs("usage: mask_scan FILE [threads] [map|read]\n", stderr), 64;
    __builtin_cpu_init();
    if (mapped)
        map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED || !__builtin_cpu_supports("avx2"))
        return fputs("mask_scan: no map, or no AVX2 here\n", stderr), 70;
    for (size_t i = 0; i < threads; i++)
        works[i] = (struct work){
            .scan = __builtin_cpu_supports("avx512bw") ? scan_avx512 : scan_avx2,
            .map = map,
            .fd = fd,
        };
    if (!scan_all(works, threads, (uint64_t)about.st_size))
        return fputs("mask_scan: the file could not be read\n", stderr), 74;
    sum = add_up(works, threads);
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", sum.commas_outside,
           sum.commas, sum.ends_outside, sum.ends, sum.quotes);
    return 0;
}
