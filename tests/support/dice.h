#ifndef TESTS_SUPPORT_DICE_H
#define TESTS_SUPPORT_DICE_H

/* Numbers that look random and are the same in every run (splitmix64). */

#include <stddef.h>
#include <stdint.h>

static inline uint64_t dice_roll(uint64_t *state)
{
    uint64_t number = *state += UINT64_C(0x9e3779b97f4a7c15);

    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

/* 0 to below - 1 */
static inline size_t dice_below(uint64_t *state, size_t below)
{
    return (size_t)(dice_roll(state) % below);
}

#endif
