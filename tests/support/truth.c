#include "support/truth.h"

#include "support/dice.h"

#include <math.h>

const char *const truth_names[TRUTH_KINDS] = {
    [TRUTH_LINE] = "line, independent noise", [TRUTH_LINE_LIKE] = "line, AR(1) 0.5",
    [TRUTH_LINE_CLINGS] = "line, AR(1) 0.8",  [TRUTH_SEASONS] = "line, seasons, AR(1) 0.4",
    [TRUTH_CHANGING] = "drifting slope",      [TRUTH_TAKE_UP] = "S-curve",
    [TRUTH_STALLS] = "falls, then stalls",    [TRUTH_FLAT] = "flat",
    [TRUTH_COUNTS] = "small counts",          [TRUTH_WILD] = "line, heavy tails",
};

static double uniform(uint64_t *state)
{
    return ((double)(dice_roll(state) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *state)
{
    const double radius = sqrt(-2 * log(uniform(state)));

    return radius * cos(2 * M_PI * uniform(state));
}

/* Student's t with 3 degrees, of variance 1. */
static double heavy(uint64_t *state)
{
    double squares = 0;

    for (int i = 0; i < 3; i++) {
        const double one = normal(state);

        squares += one * one;
    }
    return normal(state) / sqrt(squares / 3) / sqrt(3);
}

static double stays(enum truth_kind kind)
{
    switch (kind) {
    case TRUTH_LINE_LIKE:
        return 0.5;
    case TRUTH_LINE_CLINGS:
        return 0.8;
    case TRUTH_SEASONS:
    case TRUTH_TAKE_UP:
    case TRUTH_STALLS:
    case TRUTH_CHANGING:
        return 0.4;
    default:
        return 0;
    }
}

/* Without noise, in standard deviations of the noise. */
static void fill_course(enum truth_kind kind, size_t count, uint64_t *state, double *values)
{
    const double slope = kind == TRUTH_FLAT ? 0 : -0.3 * uniform(state);
    const double middle = (double)count * (0.2 + 0.6 * uniform(state));
    const double pace = 5 + 10 * uniform(state);
    const double swing = kind == TRUTH_SEASONS ? 1 + 2 * uniform(state) : 0;
    double level = 50;
    double drift = slope;

    for (size_t i = 0; i < count; i++) {
        if (kind == TRUTH_CHANGING)
            drift += 0.02 * normal(state);
        if (kind == TRUTH_STALLS && (double)i > middle)
            drift = 0;
        level += drift;
        values[i] = level + swing * cos(2 * M_PI * (double)i / 12);
        if (kind == TRUTH_TAKE_UP)
            values[i] = 50 - 10 / (1 + exp(-((double)i - middle) / pace));
    }
}

/* High-carbon inhalers among n of about 60, their chance falling slowly. */
static void fill_counts(size_t count, uint64_t *state, double *values)
{
    const double slope = -0.003 * uniform(state);
    double chance = 0.5 + 0.3 * uniform(state);

    for (size_t i = 0; i < count; i++) {
        const size_t n = 50 + dice_below(state, 20);
        size_t high = 0;

        chance = fmax(0.05, chance + slope);
        for (size_t k = 0; k < n; k++)
            high += uniform(state) < chance;
        values[i] = 11 + 17 * (double)high / (double)n;
    }
}

void truth_make(enum truth_kind kind, size_t count, uint64_t *state, double *values)
{
    const double rho = stays(kind);
    double noise = normal(state);

    if (kind == TRUTH_COUNTS) {
        fill_counts(count, state, values);
        return;
    }
    fill_course(kind, count, state, values);
    for (size_t i = 0; i < count; i++) {
        noise =
            rho * noise + sqrt(1 - rho * rho) * (kind == TRUTH_WILD ? heavy(state) : normal(state));
        values[i] += noise;
    }
}
