#include "trend/drivers.h"

#include <math.h>

#define EVERY (1u << DRIVERS)

/* n x c, n x c x d of both periods around one product. */
struct driver_totals {
    double all[2];
    double of_class[2];
    double of_device[2];
};

static struct driver_totals totals_of(const struct driver_item *items, size_t count,
                                      const struct driver_item *item)
{
    struct driver_totals totals = {0};

    for (size_t i = 0; i < count; i++)
        for (int t = 0; t < 2; t++) {
            const bool same_class = items[i].class_number == item->class_number;

            totals.all[t] += items[i].packs[t];
            totals.of_class[t] += same_class ? items[i].packs[t] : 0;
            totals.of_device[t] +=
                same_class && items[i].device == item->device ? items[i].packs[t] : 0;
        }
    return totals;
}

/* part / whole in both periods, the one of the other where there is no whole. */
static void share(const double part[2], const double whole[2], double shares[2])
{
    for (int t = 0; t < 2; t++)
        shares[t] = whole[t] > 0 ? part[t] / whole[t] : (double)NAN;
    for (int t = 0; t < 2; t++)
        if (isnan(shares[t]))
            shares[t] = isnan(shares[1 - t]) ? 0 : shares[1 - t];
}

/* The carbon of a product for each choice of periods: bit d of the place is the
 * period of driver d. */
static void add_worths(const struct driver_item *item, const struct driver_totals *totals,
                       double worths[EVERY])
{
    double values[DRIVERS][2];

    for (int t = 0; t < 2; t++)
        values[DRIVER_VOLUME][t] = totals->all[t];
    share(totals->of_class, totals->all, values[DRIVER_CLASS]);
    share(totals->of_device, totals->of_class, values[DRIVER_DEVICE]);
    share(item->packs, totals->of_device, values[DRIVER_BRAND]);
    share(item->carbon, item->packs, values[DRIVER_FACTOR]);
    for (unsigned choice = 0; choice < EVERY; choice++) {
        double worth = 1;

        for (unsigned d = 0; d < DRIVERS; d++)
            worth *= values[d][choice >> d & 1];
        worths[choice] += worth;
    }
}

/* Of the orders in which this driver follows just these others: before! x after! / 5!. */
static double weight_of(unsigned others)
{
    static const double weights[DRIVERS] = {24.0 / 120, 6.0 / 120, 4.0 / 120, 6.0 / 120,
                                            24.0 / 120};
    int before = 0;

    for (unsigned d = 0; d < DRIVERS; d++)
        before += (int)(others >> d & 1);
    return weights[before];
}

void drivers_split(const struct driver_item *items, size_t count, double parts[DRIVERS])
{
    double worths[EVERY] = {0};

    for (size_t i = 0; i < count; i++) {
        const struct driver_totals totals = totals_of(items, count, &items[i]);

        add_worths(&items[i], &totals, worths);
    }
    for (unsigned d = 0; d < DRIVERS; d++) {
        parts[d] = 0;
        for (unsigned others = 0; others < EVERY; others++)
            if ((others >> d & 1) == 0)
                parts[d] += weight_of(others) * (worths[others | 1u << d] - worths[others]);
    }
}

void drivers_round(const double parts[DRIVERS], int64_t whole, int64_t rounded[DRIVERS])
{
    int64_t missing = whole;

    for (int d = 0; d < DRIVERS; d++) {
        rounded[d] = (int64_t)llround(parts[d]);
        missing -= rounded[d];
    }
    while (missing != 0) {
        const int way = missing > 0 ? 1 : -1;
        int most = 0;

        for (int d = 1; d < DRIVERS; d++)
            if (way * (parts[d] - (double)rounded[d]) > way * (parts[most] - (double)rounded[most]))
                most = d;
        /* doubles hold 53 bits: of a large sum more than a unit may be missing */
        rounded[most] += missing > DRIVERS || missing < -DRIVERS ? missing : way;
        missing -= missing > DRIVERS || missing < -DRIVERS ? missing : way;
    }
}

bool drivers_periods(month_t first, month_t last, struct driver_periods *periods)
{
    const month_t months = last - first + 1;
    month_t length = months > 12 ? months - 12 : months / 2;
    const month_t back = months > 12 ? 12 : length;

    if (first == MONTH_NONE || months < 2)
        return false;
    length = length > 12 ? 12 : length;
    *periods = (struct driver_periods){
        .from = {last - length + 1 - back, last - length + 1},
        .to = {last - back, last},
    };
    return true;
}
