#include "extract/glance_internal.h"

/* Longest month with its quotes: two words. */
#define MONTH_BYTES 16

static bool has_column(const struct binding *binding, enum role role, size_t *at)
{
    *at = (size_t)binding->at[role];
    return binding->at[role] >= 0;
}

static glance_kernel glance_words;

static glance_kernel *choose_kernel(enum sweep_path path)
{
#if defined(__x86_64__)
    if ((path == SWEEP_AUTO || path == SWEEP_AVX512) && sweep_path_works(SWEEP_AVX512) &&
        __builtin_cpu_supports("avx512vl"))
        return glance_avx512;
#endif
    (void)path;
    return glance_words;
}

static bool set_prefix(struct glance *glance, size_t i, struct view prefix)
{
    if (prefix.length > sizeof glance->prefixes[i])
        return false;
    glance->prefixes[i] = 0;
    for (size_t c = 0; c < prefix.length; c++)
        glance->prefixes[i] |= (uint64_t)(unsigned char)prefix.at[c] << 8 * c;
    glance->prefix_masks[i] = word_mask(prefix.length);
    return true;
}

void glance_set(struct glance *glance, const struct binding *binding, struct scope scope,
                enum sweep_path path)
{
    bool works = scope.count <= GLANCE_PREFIXES;

    *glance = (struct glance){.columns = binding->columns};
    works = works && has_column(binding, ROLE_month, &glance->month) &&
            has_column(binding, ROLE_bnf_code, &glance->code) &&
            has_column(binding, ROLE_items, &glance->items) &&
            has_column(binding, ROLE_actual_cost, &glance->cost);
    for (size_t i = 0; i < GLANCE_PREFIXES; i++)
        glance->prefixes[i] = 1; /* nothing masked by 0 is 1 */
    for (size_t i = 0; i < scope.count && works; i++)
        works = set_prefix(glance, i, scope.prefixes[i]);
    glance->kernel = works ? choose_kernel(path) : NULL;
}

void glance_month(struct glance *glance, const struct scan_row *fields, month_t month)
{
    struct view text;

    glance->month_before = month;
    glance->month_length = 0;
    if (glance->kernel == NULL || fields->fields != NULL)
        return;
    text = glance_field(fields->base, fields->starts, glance->month);
    if (text.length > MONTH_BYTES)
        return;
    glance->month_length = text.length;
    glance->month_text[0] = word_load(text.at) & word_mask(text.length);
    glance->month_text[1] =
        text.length > 8 ? word_load(text.at + 8) & word_mask(text.length - 8) : 0;
}

static inline bool is_month(const struct glance *glance, struct view text)
{
    const size_t behind = text.length > 8 ? text.length - 8 : 0;

    return text.length == glance->month_length && text.length > 0 &&
           (word_load(text.at) & word_mask(text.length)) == glance->month_text[0] &&
           (word_load(text.at + 8) & word_mask(behind)) == glance->month_text[1];
}

static inline bool is_in_scope(const struct glance *glance, uint64_t word)
{
    uint64_t found = 0;

    for (size_t i = 0; i < GLANCE_PREFIXES; i++)
        found |= (word & glance->prefix_masks[i]) == glance->prefixes[i];
    return found != 0;
}

/* Codes of 8 to 16 characters: appliances have 11, medicines 15. */
static inline bool is_code_elsewhere(const struct glance *glance, struct view code)
{
    if (code.length < 8 || code.length > 16)
        return false;
    return word_is_code(word_load(code.at)) && word_is_code(word_load(code.at + code.length - 8)) &&
           !is_in_scope(glance, word_load(code.at));
}

static inline bool read_items(struct view text, int64_t *items)
{
    return text.length > 0 && word_whole(text, items);
}

static inline bool read_cost(struct view text, int64_t *cost)
{
    return text.length > 0 && text.length <= WORD_SLACK && word_number(text, PLACES_MONEY, cost);
}

static inline bool look(const struct glance *glance, const char *base, const uint16_t *starts,
                        int64_t *items, int64_t *actual_cost)
{
    return is_month(glance, glance_field(base, starts, glance->month)) &&
           is_code_elsewhere(glance, glance_unquoted(glance_field(base, starts, glance->code))) &&
           read_items(glance_unquoted(glance_field(base, starts, glance->items)), items) &&
           read_cost(glance_unquoted(glance_field(base, starts, glance->cost)), actual_cost);
}

static struct glance_sums glance_words(const struct glance *glance, const struct sweep_rows *rows)
{
    return glance_each(glance, rows, look);
}

struct glance_sums glance_rows(const struct glance *glance, const struct sweep_rows *rows)
{
    return glance->kernel != NULL ? glance->kernel(glance, rows) : (struct glance_sums){0};
}
