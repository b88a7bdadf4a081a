#include "extract/prefilter_internal.h"

/* Longest month with its quotes: two words. */
#define MONTH_BYTES 16

static bool has_column(const struct binding *binding, enum role role, size_t *at)
{
    *at = (size_t)binding->at[role];
    return binding->at[role] >= 0;
}

static prefilter_kernel prefilter_words;

static prefilter_kernel *choose_kernel(enum sweep_path path)
{
#if defined(__x86_64__)
    if ((path == SWEEP_AUTO || path == SWEEP_AVX512) && sweep_path_works(SWEEP_AVX512) &&
        __builtin_cpu_supports("avx512vl"))
        return prefilter_avx512;
#endif
    (void)path;
    return prefilter_words;
}

static bool set_prefix(struct prefilter *prefilter, size_t i, struct view prefix)
{
    if (prefix.length > sizeof prefilter->prefixes[i])
        return false;
    prefilter->prefixes[i] = 0;
    for (size_t c = 0; c < prefix.length; c++)
        prefilter->prefixes[i] |= (uint64_t)(unsigned char)prefix.at[c] << 8 * c;
    prefilter->prefix_masks[i] = word_mask(prefix.length);
    return true;
}

void prefilter_set(struct prefilter *prefilter, const struct binding *binding, struct scope scope,
                   enum sweep_path path)
{
    bool works = scope.count <= PREFILTER_PREFIXES;

    *prefilter = (struct prefilter){.columns = binding->columns};
    works = works && has_column(binding, ROLE_month, &prefilter->month) &&
            has_column(binding, ROLE_bnf_code, &prefilter->code) &&
            has_column(binding, ROLE_items, &prefilter->items) &&
            has_column(binding, ROLE_actual_cost, &prefilter->cost);
    for (size_t i = 0; i < PREFILTER_PREFIXES; i++)
        prefilter->prefixes[i] = 1; /* nothing masked by 0 is 1 */
    for (size_t i = 0; i < scope.count && works; i++)
        works = set_prefix(prefilter, i, scope.prefixes[i]);
    prefilter->kernel = works ? choose_kernel(path) : NULL;
}

void prefilter_month(struct prefilter *prefilter, const struct scan_row *fields, month_t month)
{
    struct view text;

    prefilter->month_before = month;
    prefilter->month_length = 0;
    if (prefilter->kernel == NULL || fields->fields != NULL)
        return;
    text = prefilter_field(fields->base, fields->starts, prefilter->month);
    if (text.length > MONTH_BYTES)
        return;
    prefilter->month_length = text.length;
    prefilter->month_text[0] = word_load(text.at) & word_mask(text.length);
    prefilter->month_text[1] =
        text.length > 8 ? word_load(text.at + 8) & word_mask(text.length - 8) : 0;
}

static inline bool is_month(const struct prefilter *prefilter, struct view text)
{
    const size_t behind = text.length > 8 ? text.length - 8 : 0;

    return text.length == prefilter->month_length && text.length > 0 &&
           (word_load(text.at) & word_mask(text.length)) == prefilter->month_text[0] &&
           (word_load(text.at + 8) & word_mask(behind)) == prefilter->month_text[1];
}

static inline bool is_in_scope(const struct prefilter *prefilter, uint64_t word)
{
    uint64_t found = 0;

    for (size_t i = 0; i < PREFILTER_PREFIXES; i++)
        found |= (word & prefilter->prefix_masks[i]) == prefilter->prefixes[i];
    return found != 0;
}

/* Codes of 8 to 16 characters: appliances have 11, medicines 15. */
static inline bool is_code_elsewhere(const struct prefilter *prefilter, struct view code)
{
    if (code.length < 8 || code.length > 16)
        return false;
    return word_is_code(word_load(code.at)) && word_is_code(word_load(code.at + code.length - 8)) &&
           !is_in_scope(prefilter, word_load(code.at));
}

static inline bool read_items(struct view text, int64_t *items)
{
    return text.length > 0 && word_whole(text, items);
}

static inline bool read_cost(struct view text, int64_t *cost)
{
    return text.length > 0 && text.length <= WORD_SLACK && word_number(text, PLACES_MONEY, cost);
}

static inline bool look(const struct prefilter *prefilter, const char *base, const uint16_t *starts,
                        int64_t *items, int64_t *actual_cost)
{
    return is_month(prefilter, prefilter_field(base, starts, prefilter->month)) &&
           is_code_elsewhere(prefilter,
                             prefilter_unquoted(prefilter_field(base, starts, prefilter->code))) &&
           read_items(prefilter_unquoted(prefilter_field(base, starts, prefilter->items)), items) &&
           read_cost(prefilter_unquoted(prefilter_field(base, starts, prefilter->cost)),
                     actual_cost);
}

static struct prefilter_sums prefilter_words(const struct prefilter *prefilter,
                                             const struct sweep_rows *rows)
{
    return prefilter_each(prefilter, rows, look);
}

struct prefilter_sums prefilter_rows(const struct prefilter *prefilter,
                                     const struct sweep_rows *rows)
{
    return prefilter->kernel != NULL ? prefilter->kernel(prefilter, rows)
                                     : (struct prefilter_sums){0};
}
