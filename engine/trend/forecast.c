#include "trend/forecast.h"

#include "trend/trend.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define DIFFUSE 1e7     /* variance of a level and a slope nothing is known of */
#define NEGLIGIBLE 1e-4 /* weight below which a part changes no printed digit that matters */

/* In standard deviations of the noise, a month. */
static const double correlations[] = {0, 0.3, 0.6, 0.85};
static const double slope_changes[] = {0, 0.01, 0.03, 0.1};
static const double slope_chances[] = {0.4, 0.25, 0.2, 0.15};

#define PAIRS \
    (sizeof correlations / sizeof *correlations * (sizeof slope_changes / sizeof *slope_changes))

struct model {
    double rho;
    double tau;
};

/* level, slope, u */
struct state {
    double mean[3];
    double variance[3][3];
};

struct likelihood {
    double log_determinants;
    double squares; /* S */
    size_t used;    /* observations behind the two that find level and slope */
    size_t seen;
};

static void step_ahead(struct state *state, const struct model *model)
{
    double(*const p)[3] = state->variance;
    const double rho = model->rho;

    state->mean[0] += state->mean[1];
    state->mean[2] *= rho;
    p[0][0] += 2 * p[0][1] + p[1][1];
    p[0][1] += p[1][1];
    p[0][2] = rho * (p[0][2] + p[1][2]);
    p[1][1] += model->tau * model->tau;
    p[1][2] *= rho;
    p[2][2] = rho * rho * p[2][2] + 1 - rho * rho;
    p[1][0] = p[0][1];
    p[2][0] = p[0][2];
    p[2][1] = p[1][2];
}

static void observe(struct state *state, double value, struct likelihood *likelihood)
{
    double(*const p)[3] = state->variance;
    const double error = value - state->mean[0] - state->mean[2];
    double gain[3];
    double variance;

    for (int i = 0; i < 3; i++)
        gain[i] = p[i][0] + p[i][2];
    variance = gain[0] + gain[2];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            p[i][j] -= gain[i] * gain[j] / variance;
    for (int i = 0; i < 3; i++)
        state->mean[i] += gain[i] * error / variance;
    if (likelihood->seen++ < 2)
        return;
    likelihood->log_determinants += log(variance);
    likelihood->squares += error * error / variance;
    likelihood->used++;
}

static void filter(const double *values, size_t count, const struct model *model,
                   struct state *state, struct likelihood *likelihood)
{
    *likelihood = (struct likelihood){0};
    *state = (struct state){.variance = {{DIFFUSE, 0, 0}, {0, DIFFUSE, 0}, {0, 0, 1}}};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            step_ahead(state, model);
        if (!isnan(values[i]))
            observe(state, values[i], likelihood);
    }
}

/* The weighted sum of the months ahead is c0 . state now + sum_j c_j . shocks of month j,
 * where c_j gathers, from the far end back, what a state at j does to the sum:
 *     c_(j-1) = transition' c_j + weight_(j-1) (1, 0, 1). */
static struct forecast_part sum_ahead(const struct state *state, const struct model *model,
                                      const struct forecast_ask *ask)
{
    struct forecast_part part = {0};
    double c[3] = {0};
    double variance = 0;

    for (size_t j = ask->horizon; j > 0; j--) {
        c[0] += ask->weights[j - 1];
        c[2] += ask->weights[j - 1];
        variance +=
            c[1] * c[1] * model->tau * model->tau + c[2] * c[2] * (1 - model->rho * model->rho);
        c[1] += c[0];
        c[2] *= model->rho;
    }
    for (int i = 0; i < 3; i++) {
        part.centre += c[i] * state->mean[i];
        for (int k = 0; k < 3; k++)
            variance += c[i] * c[k] * state->variance[i][k];
    }
    part.scale = sqrt(fmax(0, variance));
    return part;
}

/* The season comes off; what is left is counted in standard deviations about a line. */
struct scaled {
    struct season season;
    double middle;
    double unit;
    size_t points;
};

static struct scaled scale_of(const struct forecast_ask *ask)
{
    struct scaled scaled = {.unit = 0};
    double sum = 0;
    double squares = 0;

    season_fit(ask->values, ask->count, ask->first, &scaled.season);
    for (size_t i = 0; i < ask->count; i++)
        if (!isnan(ask->values[i])) {
            sum += ask->values[i] - season_effect(&scaled.season, ask->first, i);
            scaled.points++;
        }
    scaled.middle = scaled.points > 0 ? sum / (double)scaled.points : 0;
    for (size_t i = 0; i < ask->count; i++)
        if (!isnan(ask->values[i])) {
            const double rest =
                ask->values[i] - season_effect(&scaled.season, ask->first, i) - scaled.middle;

            squares += rest * rest;
        }
    scaled.unit = scaled.points > 0 ? sqrt(squares / (double)scaled.points) : 0;
    return scaled;
}

/* What the season and the middle add to the weighted sum. */
static double constant_part(const struct forecast_ask *ask, const struct scaled *scaled)
{
    double sum = ask->known;

    for (size_t h = 1; h <= ask->horizon; h++)
        sum += ask->weights[h - 1] *
               (scaled->middle + season_effect(&scaled->season, ask->first, ask->count - 1 + h));
    return sum;
}

#define MOST_MONTHS 600

static void add_part(struct forecast *forecast, const struct scaled *scaled,
                     const struct likelihood *likelihood, struct forecast_part part,
                     double constant)
{
    const double n = (double)likelihood->used;
    const double squares = fmax(likelihood->squares, 1e-12);

    part.weight = -0.5 * likelihood->log_determinants - 0.5 * n * log(squares);
    part.centre = constant + scaled->unit * part.centre;
    part.scale *= scaled->unit * sqrt(squares / forecast->freedom);
    forecast->parts[forecast->part_count++] = part;
}

/* From logarithms to shares, those of no weight left out. */
static void weigh_parts(struct forecast *forecast)
{
    double most = -(double)INFINITY;
    double sum = 0;
    size_t kept = 0;

    for (size_t i = 0; i < forecast->part_count; i++)
        most = fmax(most, forecast->parts[i].weight);
    for (size_t i = 0; i < forecast->part_count; i++) {
        forecast->parts[i].weight = exp(forecast->parts[i].weight - most);
        if (forecast->parts[i].weight < NEGLIGIBLE)
            continue;
        sum += forecast->parts[i].weight;
        forecast->parts[kept++] = forecast->parts[i];
    }
    forecast->part_count = kept;
    for (size_t i = 0; i < kept; i++)
        forecast->parts[i].weight /= sum;
}

double forecast_at_most(const struct forecast *forecast, double value)
{
    double sum = 0;

    for (size_t i = 0; i < forecast->part_count; i++) {
        const struct forecast_part *const part = &forecast->parts[i];

        if (part->scale > 0)
            sum += part->weight *
                   gsl_cdf_tdist_P((value - part->centre) / part->scale, forecast->freedom);
        else
            sum += part->weight * (value >= part->centre);
    }
    return sum;
}

/* Between the smallest and the largest quantile of the parts; each turn halves, or
 * better, what is left. */
static double quantile(const struct forecast *forecast, double share)
{
    const double reach = gsl_cdf_tdist_Pinv(share, forecast->freedom);
    double low = (double)INFINITY;
    double high = -(double)INFINITY;

    for (size_t i = 0; i < forecast->part_count; i++) {
        const double at = forecast->parts[i].centre + reach * forecast->parts[i].scale;

        low = fmin(low, at);
        high = fmax(high, at);
    }
    for (int turn = 0; turn < 40 && high - low > 1e-9 * (fabs(low) + fabs(high)); turn++) {
        const double middle = (low + high) / 2;

        if (forecast_at_most(forecast, middle) < share)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

static void mix_models(struct forecast *forecast, const struct forecast_ask *ask,
                       const struct scaled *scaled)
{
    const double constant = constant_part(ask, scaled);
    double values[MOST_MONTHS];

    for (size_t i = 0; i < ask->count; i++)
        values[i] =
            (ask->values[i] - season_effect(&scaled->season, ask->first, i) - scaled->middle) /
            scaled->unit;
    for (size_t i = 0; i < PAIRS; i++) {
        const size_t of_slope = sizeof slope_changes / sizeof *slope_changes;
        const struct model model = {correlations[i / of_slope], slope_changes[i % of_slope]};
        struct likelihood likelihood;
        struct state state;

        filter(values, ask->count, &model, &state, &likelihood);
        likelihood.log_determinants -= 2 * log(slope_chances[i % of_slope]);
        add_part(forecast, scaled, &likelihood, sum_ahead(&state, &model, ask), constant);
    }
    weigh_parts(forecast);
}

struct forecast forecast_make(const struct forecast_ask *ask)
{
    struct forecast forecast = {0};
    struct scaled scaled;

    if (ask->count > MOST_MONTHS)
        return forecast;
    scaled = scale_of(ask);
    if (scaled.points < FORECAST_LEAST_POINTS)
        return forecast;
    forecast.exists = true;
    forecast.freedom = fmax(4, (double)scaled.points - 2 - 11 * scaled.season.strength);
    if (scaled.unit > 0) {
        mix_models(&forecast, ask, &scaled);
    } else { /* always the same: it will stay so */
        forecast.parts[forecast.part_count++] =
            (struct forecast_part){1, constant_part(ask, &scaled), 0};
    }
    forecast.centre = quantile(&forecast, 0.5);
    forecast.low = quantile(&forecast, 0.1);
    forecast.high = quantile(&forecast, 0.9);
    return forecast;
}
