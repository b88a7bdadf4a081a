#include "rules/rules.h"

#include <stdio.h>

#define CODE_LENGTH 15
#define SUBSTANCE_LENGTH 9
#define BRAND_LENGTH 11

/* What is known and assumed about a code so far. */
struct guess {
    const struct rules *rules;
    struct view code;
    struct view name;
    int device; /* -1: not said */
    int unit;   /* -1: not said */
    const char *propellant;
    int64_t units_per_pack;
    bool refill;
    bool contradicted;
    const struct product *generic; /* its generic equivalent, or NULL */
    const struct product *kin;     /* a product of the same brand, else of the same substance */
    const char *therapeutic_class;
    const char *class_from; /* what tells the class */
    char patterns[120];     /* ids of those that told the device */
};

static bool contains_any(const struct text_list *words, struct view name)
{
    for (size_t i = 0; i < words->count; i++)
        if (view_contains_nocase(name, view_of(words->texts[i])))
            return true;
    return false;
}

static bool says(const struct name_words *words, struct view name)
{
    return contains_any(&words->words, name) && !contains_any(&words->unless, name) &&
           (words->only_with.count == 0 || contains_any(&words->only_with, name));
}

/* Two that disagree leave nothing to guess. */
static void take_number(struct guess *guess, int *mine, int other)
{
    if (other < 0)
        return;
    guess->contradicted = guess->contradicted || (*mine >= 0 && *mine != other);
    *mine = other;
}

static void take_propellant(struct guess *guess, const char *propellant)
{
    if (propellant == NULL)
        return;
    guess->contradicted = guess->contradicted ||
                          (guess->propellant != NULL && strcmp(guess->propellant, propellant) != 0);
    guess->propellant = propellant;
}

static void take_pattern(struct guess *guess, const struct device_pattern *pattern)
{
    const size_t length = strlen(guess->patterns);

    take_number(guess, &guess->device, pattern->device);
    take_number(guess, &guess->unit, pattern->unit);
    take_propellant(guess, pattern->propellant);
    guess->contradicted =
        guess->contradicted || (pattern->units_per_pack > 0 && guess->units_per_pack > 0 &&
                                pattern->units_per_pack != guess->units_per_pack);
    if (pattern->units_per_pack > 0)
        guess->units_per_pack = pattern->units_per_pack;
    guess->refill = guess->refill || pattern->refill;
    snprintf(guess->patterns + length, sizeof guess->patterns - length, "%s%s",
             length > 0 ? ", " : "", pattern->id);
}

static struct view first_characters(struct view code, size_t length)
{
    return (struct view){code.at, length};
}

static bool same_start(struct view one, struct view other, size_t length)
{
    return one.length >= length && other.length >= length &&
           view_equal(first_characters(one, length), first_characters(other, length));
}

/* First nine, "AA", and the last two twice; "A0" is none. */
static const struct product *generic_of(const struct rules *rules, struct view code)
{
    char text[CODE_LENGTH + 1];
    uint32_t number;

    memcpy(text, code.at, SUBSTANCE_LENGTH);
    memcpy(text + SUBSTANCE_LENGTH, "AA", 2);
    memcpy(text + BRAND_LENGTH, code.at + CODE_LENGTH - 2, 2);
    memcpy(text + BRAND_LENGTH + 2, code.at + CODE_LENGTH - 2, 2);
    text[CODE_LENGTH] = '\0';
    number = rules_code(rules, view_of(text));
    return number == INTERN_NONE ? NULL : rules->by_code[number];
}

/* One product that starts like the code, if all that do are of one class; NULL otherwise. */
static const struct product *agreed(const struct guess *guess, size_t length)
{
    const struct product *found = NULL;

    for (uint32_t i = 0; i < guess->rules->codes.count; i++) {
        const struct product *const product = guess->rules->by_code[i];

        if (!same_start(guess->code, intern_text(&guess->rules->codes, i), length))
            continue;
        if (found != NULL && strcmp(found->therapeutic_class, product->therapeutic_class) != 0)
            return NULL;
        found = product;
    }
    return found;
}

static bool knows_substance(const struct guess *guess)
{
    for (uint32_t i = 0; i < guess->rules->codes.count; i++)
        if (same_start(guess->code, intern_text(&guess->rules->codes, i), SUBSTANCE_LENGTH))
            return true;
    return false;
}

static void take_class(struct guess *guess, const char *therapeutic_class, const char *from)
{
    if (guess->therapeutic_class == NULL) {
        guess->therapeutic_class = therapeutic_class;
        guess->class_from = from;
    } else if (strcmp(guess->therapeutic_class, therapeutic_class) != 0) {
        guess->contradicted = true;
    }
}

/* By the generic equivalent and by the words of the name, which must agree; else by the brand, else
 * by the substance. */
static void find_class(struct guess *guess)
{
    const struct rules *const rules = guess->rules;
    const bool is_brand = memcmp(guess->code.at + SUBSTANCE_LENGTH, "AA", 2) != 0;

    if (guess->generic != NULL)
        take_class(guess, guess->generic->therapeutic_class, "the generic equivalent");
    for (size_t i = 0; i < rules->class_patterns.count; i++) {
        const struct class_pattern *const pattern = rules->class_patterns.list[i];
        bool about = false;

        for (size_t p = 0; p < pattern->prefixes.count; p++)
            about = about || view_starts(guess->code, view_of(pattern->prefixes.texts[p]));
        if (about && says(&pattern->name, guess->name))
            take_class(guess, pattern->therapeutic_class, "its name");
    }
    guess->kin = is_brand ? agreed(guess, BRAND_LENGTH) : NULL;
    if (guess->therapeutic_class == NULL && guess->kin != NULL)
        take_class(guess, guess->kin->therapeutic_class, "its brand");
    if (guess->kin == NULL)
        guess->kin = agreed(guess, SUBSTANCE_LENGTH);
    if (guess->therapeutic_class == NULL && guess->kin != NULL)
        take_class(guess, guess->kin->therapeutic_class, "its substance");
}

/* What all known products of the substance, class and device hold; NULL if they differ. */
static const char *usual_propellant(const struct guess *guess)
{
    const char *found = NULL;

    for (uint32_t i = 0; i < guess->rules->codes.count; i++) {
        const struct product *const product = guess->rules->by_code[i];

        if (!same_start(guess->code, intern_text(&guess->rules->codes, i), SUBSTANCE_LENGTH) ||
            product->device_of_kind != guess->device ||
            strcmp(product->therapeutic_class, guess->therapeutic_class) != 0)
            continue;
        if (found != NULL && strcmp(found, product->propellant) != 0)
            return NULL;
        found = product->propellant;
    }
    return found;
}

static void fill_up(struct guess *guess)
{
    const struct product *const generic = guess->generic;

    if (generic != NULL && guess->propellant == NULL)
        guess->propellant = generic->propellant;
    if (guess->propellant == NULL)
        guess->propellant = usual_propellant(guess);
    if (guess->propellant == NULL)
        guess->propellant = "unknown";
    if (guess->unit < 0 && generic != NULL)
        guess->unit = generic->unit;
    if (guess->unit < 0)
        guess->unit = guess->refill ? UNIT_CARTRIDGE : UNIT_INHALER;
    if (guess->units_per_pack == 0 && generic != NULL && generic->unit == guess->unit)
        guess->units_per_pack = generic->units_per_pack;
    if (guess->units_per_pack == 0 &&
        (guess->unit == UNIT_INHALER || guess->unit == UNIT_CARTRIDGE))
        guess->units_per_pack = 1;
}

static bool make_guess(struct guess *guess)
{
    const struct rules *const rules = guess->rules;

    if (guess->code.length != CODE_LENGTH || guess->name.length == 0 || !knows_substance(guess))
        return false;
    for (size_t i = 0; i < rules->patterns.count; i++)
        if (says(&rules->patterns.list[i]->name, guess->name))
            take_pattern(guess, rules->patterns.list[i]);
    if (guess->device < 0 || guess->device == DEVICE_UNKNOWN || guess->contradicted)
        return false;
    guess->generic = generic_of(rules, guess->code);
    if (guess->generic != NULL && guess->generic->device_of_kind != DEVICE_UNKNOWN &&
        (guess->generic->device_of_kind != guess->device ||
         guess->generic->refill != guess->refill))
        return false;
    find_class(guess);
    if (guess->therapeutic_class == NULL || guess->contradicted)
        return false;
    fill_up(guess);
    return true;
}

static uint32_t number_of_class(const struct rules *rules, const char *text)
{
    for (size_t i = 0; i < rules->class_count; i++)
        if (strcmp(rules->classes[i], text) == 0)
            return (uint32_t)i;
    return UINT32_MAX;
}

static const char *describe(const struct guess *guess, struct arena *arena)
{
    char text[600];

    snprintf(
        text, sizeof text,
        "no rule covers this code; counted provisionally as %s%s %s with propellant %s, at the "
        "default factor (grade D) of a factor set that has one: device by %s in the name, "
        "class by %s%s",
        guess->therapeutic_class, guess->refill ? " refill for a" : "",
        device_text((enum device)guess->device), guess->propellant, guess->patterns,
        guess->class_from,
        guess->units_per_pack == 0
            ? "; the number of units in one inhaler is not available, so inhalers and carbon "
              "are not counted"
            : "");
    return arena_copy(arena, view_of(text));
}

static struct product *make_product(const struct guess *guess, struct arena *arena)
{
    const struct product *const kin = guess->generic != NULL ? guess->generic : guess->kin;
    struct product *const product = arena_take(arena, sizeof *product);
    const char **const codes = arena_array(arena, 1, sizeof *codes);
    char id[CODE_LENGTH + 16];

    snprintf(id, sizeof id, "provisional-%.*s", CODE_LENGTH, guess->code.at);
    if (product == NULL || codes == NULL || (codes[0] = arena_copy(arena, guess->code)) == NULL)
        return NULL;
    *product = (struct product){
        .at = "products/patterns.json",
        .id = arena_copy(arena, view_of(id)),
        .name = arena_copy(arena, guess->name),
        .codes = {codes, 1},
        .substance = kin != NULL ? kin->substance : "",
        .therapeutic_class = guess->therapeutic_class,
        .class_number = number_of_class(guess->rules, guess->therapeutic_class),
        .device_of_kind = guess->device,
        .propellant = guess->propellant,
        .unit = guess->unit,
        .units_per_pack = guess->units_per_pack,
        .refill = guess->refill,
        .provisional = true,
        .source = "canister",
        .checked = "",
        .note = describe(guess, arena),
    };
    return product->id != NULL && product->name != NULL && product->note != NULL ? product : NULL;
}

enum status rules_provisional(const struct rules *rules, struct view code, struct view name,
                              struct arena *arena, const struct product **product, struct fail *why)
{
    struct guess guess = {.rules = rules, .code = code, .name = name, .device = -1, .unit = -1};

    *product = NULL;
    if (!make_guess(&guess) || number_of_class(rules, guess.therapeutic_class) == UINT32_MAX)
        return STATUS_OK;
    *product = make_product(&guess, arena);
    return *product != NULL ? STATUS_OK : fail_nomem(why);
}
