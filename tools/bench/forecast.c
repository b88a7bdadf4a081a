/* How often the 80 % interval of a forecast holds what then came, on series whose future is
 * known:  forecast [SERIES of each kind, length and horizon [-]]
 * With - also on series of standard input. */
#include "trend/forecast.h"
#include "support/truth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t lengths[] = {12, 24, 36, 60};
static const size_t horizons[] = {1, 6, 12, 20};

struct tally {
    size_t held;
    size_t asked;
};

static double share(struct tally tally)
{
    return 100.0 * (double)tally.held / (double)tally.asked;
}

static void ask_one(enum truth_kind kind, size_t length, size_t horizon, uint64_t *state,
                    struct tally *tally)
{
    double values[TRUTH_MOST];
    double weights[64] = {0};
    struct forecast forecast;

    truth_make(kind, length + horizon, state, values);
    weights[horizon - 1] = 1;
    forecast = forecast_make(&(struct forecast_ask){
        .values = values, .count = length, .first = 24000, .weights = weights, .horizon = horizon});
    tally->asked++;
    tally->held += values[length + horizon - 1] >= forecast.low &&
                   values[length + horizon - 1] <= forecast.high;
}

/* One series of standard input, held against itself: from every month from the 18th on, 6 and 12
 * months ahead. */
static void ask_series(const double *values, size_t count, month_t first, struct tally tallies[2])
{
    for (int h = 0; h < 2; h++) {
        const size_t horizon = h == 0 ? 6 : 12;
        double weights[64] = {0};

        weights[horizon - 1] = 1;
        for (size_t length = 18; length + horizon <= count; length++) {
            const double came = values[length + horizon - 1];
            const struct forecast forecast =
                forecast_make(&(struct forecast_ask){.values = values,
                                                     .count = length,
                                                     .first = first,
                                                     .weights = weights,
                                                     .horizon = horizon});

            tallies[h].asked++;
            tallies[h].held += came >= forecast.low && came <= forecast.high;
        }
    }
}

/* Lines of "series|YYYY-MM|value", months without a gap. */
static void ask_sample(void)
{
    char line[512];
    char name[512] = "";
    double values[TRUTH_MOST];
    struct tally tallies[2] = {{0}};
    month_t first = MONTH_NONE;
    size_t count = 0;
    size_t series = 0;

    while (fgets(line, sizeof line, stdin) != NULL) {
        char *const month = strchr(line, '|') + 1;
        char *const value = strchr(month, '|') + 1;

        month[-1] = value[-1] = '\0';
        if (strcmp(line, name) != 0) {
            ask_series(values, count, first, tallies);
            series++;
            count = 0;
            month_parse(view_of(month), &first);
            strcpy(name, line);
        }
        if (count < TRUTH_MOST)
            values[count++] = strtod(value, NULL);
    }
    ask_series(values, count, first, tallies);
    printf("sample: %zu series; 6 ahead %.1f %% of %zu, 12 ahead %.1f %% of %zu\n", series,
           share(tallies[0]), tallies[0].asked, share(tallies[1]), tallies[1].asked);
}

int main(int argc, char **argv)
{
    const long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 250;
    struct tally all = {0};
    uint64_t state = 2026;

    printf("%-26s%8s", "series", "months");
    for (size_t h = 0; h < sizeof horizons / sizeof *horizons; h++)
        printf("   %2zu ahead", horizons[h]);
    printf("\n");
    for (int kind = 0; kind < TRUTH_KINDS; kind++)
        for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++) {
            printf("%-26s%8zu", truth_names[kind], lengths[n]);
            for (size_t h = 0; h < sizeof horizons / sizeof *horizons; h++) {
                struct tally tally = {0};

                for (long i = 0; i < rounds; i++)
                    ask_one((enum truth_kind)kind, lengths[n], horizons[h], &state, &tally);
                printf("   %6.1f %%", share(tally));
                all.held += tally.held;
                all.asked += tally.asked;
            }
            printf("\n");
        }
    printf("all %zu series: %.1f %%\n", all.asked, share(all));
    if (argc > 2)
        ask_sample();
    return 0;
}
