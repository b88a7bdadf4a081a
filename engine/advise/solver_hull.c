#include "advise/solver_internal.h"

#include "base/grow.h"

#include <stdlib.h>

/* The options of one source, and a layer of it. */
struct layer {
    const struct solve_option *options; /* of the ask */
    size_t first;
    size_t end;
    int64_t least; /* ceiling that an option must have */
    int64_t size;
};

struct point {
    wide_t gain;
    wide_t cost;
};

static struct point point_of(const struct layer *layer, size_t option)
{
    const int64_t steps = whole_steps(&layer->options[option], layer->size);

    return (struct point){(wide_t)steps * layer->options[option].gain,
                          steps * layer->options[option].cost};
}

/* The option that costs least for what it gains beyond `at`; of equals the one that gains most. */
static uint32_t find_next(const struct layer *layer, struct point at)
{
    uint32_t best = NO_OPTION;
    struct point best_more = {0};

    for (size_t i = layer->first; i < layer->end; i++) {
        const struct point point = point_of(layer, i);
        const struct point more = {point.gain - at.gain, point.cost - at.cost};
        int order;

        if (layer->options[i].ceiling < layer->least || more.gain <= 0)
            continue;
        order = best == NO_OPTION
                    ? -1
                    : compare_prices(more.cost, more.gain, best_more.cost, best_more.gain);
        if (order < 0 || (order == 0 && more.gain > best_more.gain)) {
            best = (uint32_t)i;
            best_more = more;
        }
    }
    return best;
}

static enum status add_layer(struct increments *increments, const struct layer *layer,
                             struct fail *why)
{
    struct point at = {0};
    uint32_t from = NO_OPTION;
    uint32_t to;

    while ((to = find_next(layer, at)) != NO_OPTION) {
        const struct point next = point_of(layer, to);

        if (!grow(&increments->list, &increments->room, increments->count + 1,
                  sizeof *increments->list))
            return fail_nomem(why);
        increments->list[increments->count++] = (struct increment){
            .practice = layer->options[to].practice,
            .source = layer->options[to].source,
            .from = from,
            .to = to,
            .size = layer->size,
            .gain = next.gain - at.gain,
            .cost = next.cost - at.cost,
        };
        from = to;
        at = next;
    }
    increments->most[layer->options[layer->first].practice] += at.gain;
    return STATUS_OK;
}

/* The least ceiling above one; 0 where there is none. */
static int64_t ceiling_above(const struct layer *layer, int64_t ceiling)
{
    int64_t next = 0;

    for (size_t i = layer->first; i < layer->end; i++)
        if (layer->options[i].ceiling > ceiling && (next == 0 || layer->options[i].ceiling < next))
            next = layer->options[i].ceiling;
    return next;
}

enum status solver_increments(struct increments *increments, const struct solve_ask *ask,
                              struct fail *why)
{
    struct layer layer = {.options = ask->options};
    enum status status = STATUS_OK;

    increments->most = calloc(ask->practice_count + 1, sizeof *increments->most);
    if (increments->most == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < ask->count && status == STATUS_OK; i = layer.end) {
        int64_t below = 0;

        layer.first = i;
        for (layer.end = i; layer.end < ask->count &&
                            ask->options[layer.end].practice == ask->options[i].practice &&
                            ask->options[layer.end].source == ask->options[i].source;)
            layer.end++;
        while (status == STATUS_OK && (layer.least = ceiling_above(&layer, below)) > 0) {
            layer.size = layer.least - below;
            below = layer.least;
            status = add_layer(increments, &layer, why);
        }
    }
    return status;
}
