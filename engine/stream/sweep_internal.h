#ifndef STREAM_SWEEP_INTERNAL_H
#define STREAM_SWEEP_INTERNAL_H

/* What the kernels of the sweep share: they differ only in how 64 bytes become
 * masks.  Bit i of a mask is byte i of the block. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SWEEP_BLOCK 64

/* Bytes indexed at a time: they and their index stay in the first-level cache,
 * and places in them fit 16 bits. */
#define SWEEP_BATCH (16 * 1024)

/* A kernel may write one block's places behind the last that count. */
#define SWEEP_SPARE 64

/* Where fields and records of a batch begin.  starts[0] is 0; each comma or line
 * end outside quotes adds the place behind it.  Record i has the fields
 * starts[ends[i - 1]] .. starts[ends[i]], with ends[-1] = 0. */
struct sweep_index {
    size_t start_count;
    size_t end_count;
    size_t bad; /* place of the first irregular byte, or SWEEP_NO_BAD */
    uint16_t starts[SWEEP_BATCH + SWEEP_SPARE];
    uint16_t ends[SWEEP_BATCH + SWEEP_SPARE];
};

#define SWEEP_NO_BAD SIZE_MAX

/* Indexes so many blocks (at most SWEEP_BATCH bytes) from the start of a record
 * on, up to the first irregular byte:
 *     a quote that opens a field elsewhere than at its start, or closes one
 *     elsewhere than at its end; a zero byte; a CR that no LF follows; a line end inside quotes
 * Every record that ends before that byte is regular. */
typedef void sweep_kernel(const char *text, size_t blocks, struct sweep_index *index);

sweep_kernel sweep_portable;
#if defined(__x86_64__)
sweep_kernel sweep_avx2;
sweep_kernel sweep_avx512;
#endif
#if defined(__aarch64__)
sweep_kernel sweep_neon;
#endif

struct sweep_masks {
    uint64_t quote;
    uint64_t comma;
    uint64_t end;     /* LF */
    uint64_t control; /* bytes 0 to 13: seldom anything but LF */
};

/* What one block leaves for the next.  A kernel keeps it in registers: counts in
 * memory made it a third slower. */
struct sweep_state {
    size_t start_count;
    size_t end_count;
    uint64_t quoted;       /* all ones inside quotes */
    uint64_t after_start;  /* 1 behind a separator: a quote may open here */
    uint64_t after_close;  /* 1 behind a closing quote */
    uint64_t after_return; /* 1 behind a CR */
};

#define SWEEP_STATE ((struct sweep_state){.start_count = 1, .after_start = 1})

#define SWEEP_INLINE __attribute__((always_inline)) static inline

/* What a block with control characters other than LF adds to its irregular bytes:
 * seldom asked for, so that other blocks do without a third of the work. */
SWEEP_INLINE uint64_t sweep_controls(struct sweep_state *state, const struct sweep_masks *masks,
                                     uint64_t quoted, uint64_t zero, uint64_t returns)
{
    const uint64_t after_return = returns << 1 | state->after_return;

    state->after_return = returns >> 63;
    return (after_return & ~masks->end) | (returns & quoted) | zero;
}

/* Where the separators of a block are.  *bad gets its irregular bytes but for those of
 * sweep_controls(); *quoted gets the bytes inside quotes, opening ones included.
 * odd_quotes  bit i: an odd number of quotes at or before i in this block
 * returns     a closing quote may stand before them as before a separator */
SWEEP_INLINE uint64_t sweep_separators(struct sweep_state *state, const struct sweep_masks *masks,
                                       uint64_t odd_quotes, uint64_t returns, uint64_t *quoted,
                                       uint64_t *bad)
{
    const uint64_t inside = odd_quotes ^ state->quoted;
    const uint64_t separator = (masks->comma | masks->end) & ~inside;
    const uint64_t close = masks->quote & ~inside;
    const uint64_t may_open = separator << 1 | state->after_start;
    const uint64_t after_close = close << 1 | state->after_close;

    *quoted = inside;
    *bad = (masks->quote & inside & ~may_open) | (after_close & ~(separator | returns)) |
           (masks->end & inside);
    state->quoted = 0 - (inside >> 63);
    state->after_start = separator >> 63;
    state->after_close = close >> 63;
    return separator;
}

/* Notes the records that end in a block; before = starts before this block.  One
 * block in six has an end of EPD: a branch that is guessed wrong once a row costs
 * less than doing the work for nothing in the other five. */
SWEEP_INLINE void sweep_note_ends(struct sweep_index *index, struct sweep_state *state,
                                  size_t before, uint64_t separator, uint64_t end)
{
    while (end != 0) {
        const uint64_t up_to = separator & (end ^ (end - 1));

        index->ends[state->end_count++] =
            (uint16_t)(before - 1 + (size_t)__builtin_popcountll(up_to));
        end &= end - 1;
    }
}

/* Notes where fields begin, one bit after the other. */
SWEEP_INLINE void sweep_note_starts(struct sweep_index *index, struct sweep_state *state, size_t at,
                                    uint64_t separator)
{
    uint16_t *starts = index->starts + state->start_count;

    state->start_count += (size_t)__builtin_popcountll(separator);
    /* eight without asking how many there are: a row of EPD has four or five in 64 bytes */
    while (separator != 0) {
        for (int i = 0; i < 8; i++) {
            starts[i] = (uint16_t)(at + 1 + (size_t)__builtin_ctzll(separator | 1ull << 63));
            separator &= separator - 1;
        }
        starts += 8;
    }
}

/* Cuts a block at its first irregular byte and ends the batch there. */
SWEEP_INLINE uint64_t sweep_cut(struct sweep_index *index, size_t at, uint64_t bad)
{
    index->bad = at + (size_t)__builtin_ctzll(bad);
    return (bad & -bad) - 1;
}

/* Behind the last block: what was found. */
SWEEP_INLINE void sweep_close(struct sweep_index *index, const struct sweep_state *state)
{
    index->start_count = state->start_count;
    index->end_count = state->end_count;
}

/* bit i: an odd number of bits at or before i */
SWEEP_INLINE uint64_t sweep_prefix_xor(uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

#endif
