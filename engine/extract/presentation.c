#include "extract/presentation.h"

#define SEPARATOR '\x1f'
#define VERSION_SEPARATOR '/' /* no BNF code has one; readable for those who open a store */
#define RETURNED 'r'
#define UNKNOWN_COST 'c'

static const char letters[] = {
#define X(name, letter, text) letter,
    ORIGIN_LIST(X)
#undef X
};

const char *origin_text(enum origin origin)
{
    static const char *const texts[] = {
#define X(name, letter, text) text,
        ORIGIN_LIST(X)
#undef X
    };

    return texts[origin];
}

bool presentation_can_hold(struct view text)
{
    if (text.length > PRESENTATION_TEXT)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] < ' ')
            return false;
    return true;
}

static char *put(char *at, struct view text)
{
    if (text.length > 0) /* its `at` may be NULL then */
        memcpy(at, text.at, text.length);
    return at + text.length;
}

struct view presentation_key(const struct presentation *presentation, char *out)
{
    const struct view more[] = {presentation->unit_name, presentation->unit_code,
                                presentation->site};
    char *at = put(out, presentation->code);

    if (presentation->origin == ORIGIN_PRIMARY) {
        if (presentation->unit_code.length == 0)
            return presentation->code;
        *at++ = VERSION_SEPARATOR;
        at = put(at, presentation->unit_code);
        return (struct view){out, (size_t)(at - out)};
    }
    *at++ = SEPARATOR;
    *at++ = letters[presentation->origin];
    if (presentation->returned)
        *at++ = RETURNED;
    if (presentation->unknown_cost)
        *at++ = UNKNOWN_COST;
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        *at++ = SEPARATOR;
        at = put(at, more[i]);
    }
    return (struct view){out, (size_t)(at - out)};
}

/* The text up to the next separator, which is passed over. */
static struct view take(struct view *rest)
{
    const char *const end = rest->length > 0 ? memchr(rest->at, SEPARATOR, rest->length) : NULL;
    const struct view text = {rest->at, end != NULL ? (size_t)(end - rest->at) : rest->length};
    const size_t passed = text.length + (end != NULL);

    *rest = (struct view){rest->at + passed, rest->length - passed};
    return text;
}

static const char *find(struct view text, char separator)
{
    return text.length > 0 ? memchr(text.at, separator, text.length) : NULL;
}

/* BNF code / dm+d code. */
static struct presentation primary_of(struct view key)
{
    const char *const end = find(key, VERSION_SEPARATOR);

    if (end == NULL)
        return (struct presentation){.code = key};
    return (struct presentation){
        .code = {key.at, (size_t)(end - key.at)},
        .unit_code = {end + 1, key.length - (size_t)(end - key.at) - 1},
    };
}

struct presentation presentation_of(struct view key)
{
    if (find(key, SEPARATOR) == NULL)
        return primary_of(key);

    struct view rest = key;
    struct presentation presentation = {.code = take(&rest)};
    const struct view marks = take(&rest);

    for (int origin = 1; origin < ORIGINS && marks.length > 0; origin++)
        if (marks.at[0] == letters[origin])
            presentation.origin = (enum origin)origin;
    for (size_t i = 1; i < marks.length; i++) {
        presentation.returned = presentation.returned || marks.at[i] == RETURNED;
        presentation.unknown_cost = presentation.unknown_cost || marks.at[i] == UNKNOWN_COST;
    }
    presentation.unit_name = take(&rest);
    presentation.unit_code = take(&rest);
    presentation.site = take(&rest);
    return presentation;
}

struct view presentation_code(struct view key)
{
    return find(key, SEPARATOR) == NULL ? primary_of(key).code : take(&key);
}
