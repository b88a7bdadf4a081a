#include "sample.h"

enum {
    TOPIC_BRAND = 101,
    TOPIC_EASYHALER,
    TOPIC_REACH,
    TOPIC_TASTE,
    TOPIC_NOISE,
    TOPIC_RATE,
    TOPIC_MONTH
};

/* Items of salbutamol inhalers a month for 100,000 patients; England had 1.2 million items for
 * 63 million people in July 2026, nebules included. */
enum { SALBUTAMOL_PER_100K = 1850 };

/* The two presentations of the high end, as in the table of products. */
enum { VENTOLIN_G = 28260, GENERIC_G = 25240 };

/* January to December, per mille: colds in winter, pollen in May, nobody in August. */
static const int32_t winter_per_mille[12] = {1130, 1060, 1020, 970,  990,  960,
                                             930,  860,  990,  1050, 1080, 1160};

/* The two ends of a practice's salbutamol, and how far it stands between them. */
struct blend {
    const struct practice *practice;
    int32_t ventolin;     /* per mille of the high end, the rest is generic */
    int32_t easyhaler;    /* per cent of the usual share of Easyhaler in the low end */
    int64_t low_shares;   /* their sum, in units of 1/100 per mille */
    int64_t high_per_10k; /* of all salbutamol inhalers */
    int64_t volume;       /* items in thousandths */
};

/* A practice's formulary: whether it prescribes the product at all, for all months. */
static bool prescribes(const struct practice *practice, uint32_t product_id)
{
    return draw_between(0, 99, TOPIC_REACH, practice->id, product_id, 0) <
           products[product_id].reach;
}

static int64_t low_share(const struct blend *blend, uint32_t product_id)
{
    const struct product *const product = &products[product_id];

    if (!prescribes(blend->practice, product_id))
        return 0;
    if (product->mix == MIX_LOW)
        return (int64_t)product->share * 100;
    return product->mix == MIX_EASYHALER ? (int64_t)product->share * blend->easyhaler : 0;
}

/* Grams per inhaler at the low end; leaves the sum of the shares in the blend. */
static int64_t low_end_g(struct blend *blend)
{
    int64_t grams = 0;

    blend->low_shares = 0;
    for (uint32_t i = 0; i < product_count; i++) {
        const int64_t share = low_share(blend, i);

        blend->low_shares += share;
        grams += share * products[i].grams;
    }
    return grams / blend->low_shares;
}

static int64_t high_end_g(const struct blend *blend)
{
    return (VENTOLIN_G * (int64_t)blend->ventolin + GENERIC_G * (int64_t)(1000 - blend->ventolin)) /
           1000;
}

static int64_t clamp(int64_t x, int64_t low, int64_t high)
{
    return x < low ? low : x > high ? high : x;
}

static int64_t season(const struct product *product, int32_t month_index)
{
    if (!product->winter && product->mix == MIX_NONE)
        return 1000;
    return winter_per_mille[sample_month(month_index) % 100 - 1];
}

/* North leans on Easyhaler; everywhere a little less salbutamol from year to year. */
static struct blend make_blend(const struct practice *practice, int32_t month_index)
{
    const enum icb icb = sub_icbs[practice->sub_icb].icb;
    const int32_t lean = icb == ICB_NORTH ? 300 : icb == ICB_SOUTH ? 130 : 100;
    struct blend blend = {
        .practice = practice,
        .ventolin = draw_between(200, 650, TOPIC_BRAND, practice->id, 0, 0),
        .easyhaler = lean * draw_between(40, 160, TOPIC_EASYHALER, practice->id, 0, 0) / 100,
    };
    const int64_t low = low_end_g(&blend);
    const int64_t high = high_end_g(&blend);
    const int64_t target = practice_target_g(practice, month_index);
    int64_t rate = draw_between(800, 1200, TOPIC_RATE, practice->id, 0, 0);

    if (practice->habit == HABIT_HEAVY)
        rate = 2400;
    blend.high_per_10k = clamp((target - low) * 10000 / (high - low), 0, 10000);
    blend.volume = (int64_t)practice->patients * SALBUTAMOL_PER_100K / 100 * rate / 1000;
    blend.volume = blend.volume * (1000 - 2 * month_index) / 1000;
    return blend;
}

static int64_t plan_salbutamol(const struct blend *blend, uint32_t product_id)
{
    const struct product *const product = &products[product_id];
    const int64_t high = blend->volume * blend->high_per_10k / 10000;

    if (product->mix != MIX_HIGH)
        return (blend->volume - high) * low_share(blend, product_id) / blend->low_shares;
    return high * (product->grams == VENTOLIN_G ? blend->ventolin : 1000 - blend->ventolin) / 1000;
}

/* The other inhalers drift as the salbutamol does: fast in North, hardly in Mid. */
static int64_t drift_per_mille(const struct product *product, enum icb icb, int32_t month_index)
{
    static const int32_t pace_per_cent[] = {
        [ICB_NORTH] = 150, [ICB_MID] = 25, [ICB_SOUTH] = 75, [ICB_NONE] = 75};

    return clamp(1000 + product->drift * month_index * pace_per_cent[icb] / 100, 50, 5000);
}

static int64_t plan_other(const struct practice *practice, uint32_t product_id, int32_t month_index)
{
    const struct product *const product = &products[product_id];
    const enum icb icb = sub_icbs[practice->sub_icb].icb;
    int64_t items = (int64_t)practice->patients * product->per_100k / 100;

    if (!prescribes(practice, product_id) || sample_month(month_index) < product->begins)
        return 0;
    items = items * draw_between(60, 140, TOPIC_TASTE, practice->id, product_id, 0) / 100;
    return items * drift_per_mille(product, icb, month_index) / 1000;
}

void prescribing_plan(const struct practice *practice, int32_t month_index,
                      int64_t plan[SAMPLE_MAX_PRODUCTS])
{
    const struct blend blend = make_blend(practice, month_index);
    const uint32_t month = (uint32_t)month_index;
    const int64_t whole_month = draw_between(960, 1040, TOPIC_MONTH, practice->id, month, 0);

    for (uint32_t i = 0; i < product_count; i++) {
        const int64_t noise = draw_between(940, 1060, TOPIC_NOISE, practice->id, i, month);

        plan[i] = products[i].mix == MIX_NONE ? plan_other(practice, i, month_index)
                                              : plan_salbutamol(&blend, i);
        plan[i] = plan[i] * season(&products[i], month_index) / 1000;
        plan[i] = plan[i] * noise / 1000 * whole_month / 1000;
    }
}
