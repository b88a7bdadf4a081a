#include "trend/cusum.h"

#include <math.h>

#define SENSITIVITY 5

static double round_to_cents(double value)
{
    return nearbyint(value * 100) / 100;
}

struct cusum_spread {
    double mean;
    double deviation;
    size_t count;
};

/* Of the values that are there, in two passes. */
static struct cusum_spread spread_of(const double *values, size_t count)
{
    struct cusum_spread spread = {0};
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i])) {
            sum += values[i];
            spread.count++;
        }
    if (spread.count == 0)
        return spread;
    spread.mean = sum / (double)spread.count;
    sum = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            sum += (values[i] - spread.mean) * (values[i] - spread.mean);
    spread.deviation = sqrt(sum / (double)spread.count);
    return spread;
}

/* A value that is missing ends both sums. */
static void add_value(struct cusum_point *point, double value)
{
    const double slack = point->threshold / SENSITIVITY / 2;

    if (isnan(value)) {
        point->up = 0;
        point->down = 0;
        return;
    }
    point->up = round_to_cents(fmax(0, point->up + value - (point->mean + slack)));
    point->down = round_to_cents(fmin(0, point->down + value - (point->mean - slack)));
}

static void begin_again(struct cusum_point *point, const struct cusum_spread *spread)
{
    *point = (struct cusum_point){
        .begun = true, .mean = spread->mean, .threshold = SENSITIVITY * spread->deviation};
}

/* After an alert, with the window that ends before this value. */
static void follow_alert(struct cusum_point *point, const struct cusum_spread *spread, double value)
{
    struct cusum_point next;

    if (spread->count == 0)
        return;
    point->mean = spread->mean;
    next = *point;
    add_value(&next, value);
    if (point->alert > 0 ? next.up <= point->up : next.down >= point->down)
        begin_again(point, spread);
}

void cusum_run(const double *values, size_t count, size_t window, struct cusum_point *points)
{
    struct cusum_point now = {0};

    for (size_t i = 0; i < count; i++) {
        const size_t ahead = count - i < window ? count - i : window;
        const size_t back = i < window ? i : window;
        struct cusum_spread spread;

        if (!now.begun) {
            spread = spread_of(values + i, ahead);
            if (spread.count > 0)
                begin_again(&now, &spread);
        } else if (now.alert != 0) {
            spread = spread_of(values + i - back, back);
            follow_alert(&now, &spread, values[i]);
        }
        if (now.begun)
            add_value(&now, values[i]);
        now.alert = (now.up > now.threshold) - (now.down < -now.threshold);
        points[i] = now;
    }
}
