#include "rules/load.h"

#include <stddef.h>

static const char *const grade_names[] = {
#define X(name, text) text,
    GRADE_LIST(X)
#undef X
};

static const char *const basis_names[] = {
#define X(name) #name,
    BASIS_LIST(X)
#undef X
};

_Static_assert(sizeof(enum grade) == sizeof(int) && sizeof(enum basis) == sizeof(int),
               "a choice is written as an int");

static void begin_figure(struct factor *factor)
{
    factor->low = factor->high = -1;
    factor->propellant_only = -1;
    factor->addition = (struct addition){-1, -1, -1, 0};
}

/* The figure of the propellant alone is no figure of the inhaler: it cannot be the best. */
static enum status check_basis(struct json_file *file, const struct factor *factor)
{
    const struct addition *const own = &factor->addition;
    enum status status = STATUS_OK;

    if (factor->basis == BASIS_propellant_only && factor->grade == GRADE_A)
        status = json_fail(file, "a figure of the propellant alone is of grade B at most");
    if (factor->basis == BASIS_propellant_only && factor->propellant_only >= 0)
        status = json_fail(file, "propellant_only belongs beside a figure of the whole life");
    if (factor->basis == BASIS_whole_life && own->kg >= 0)
        status = json_fail(file, "nothing is added to a figure of the whole life");
    if (own->kg >= 0 ? own->low < 0 || own->low > own->kg || own->kg > own->high
                     : own->low >= 0 || own->high >= 0)
        status = json_fail(file, "addition must lie from addition_low to addition_high");
    return status;
}

static enum status check_figure(struct json_file *file, struct factor *factor)
{
    enum status status = check_basis(file, factor);

    factor->published = factor->kg;
    if ((factor->low < 0) != (factor->high < 0))
        return json_fail(file, "must have both low and high, or neither");
    if (factor->low >= 0 && (factor->low > factor->kg || factor->kg > factor->high))
        return json_fail(file, "kg must lie from low to high");
    return status;
}

static void begin_factor(void *target)
{
    begin_figure(target);
}

/* Without codes and products it is for the product of its own id. */
static enum status take_id(struct json_file *file, struct factor *factor)
{
    if (factor->codes.count > 0 || factor->products.count > 0)
        return STATUS_OK;
    factor->products.texts = arena_array(file->arena, 1, sizeof *factor->products.texts);
    if (factor->products.texts == NULL)
        return fail_nomem(file->why);
    factor->products.texts[0] = factor->id;
    factor->products.count = 1;
    json_refer(file, NAMES_PRODUCT, factor->id);
    return STATUS_OK;
}

/* An analogue or a default without a range would look as sure as a figure for the product. */
static enum status check_range(struct json_file *file, const struct factor *factor)
{
    const bool ranged = factor->low >= 0;

    if (ranged && factor->no_range != NULL)
        return json_fail(file, "has a range, and no_range says why it has none");
    if (!ranged && factor->no_range == NULL && factor->grade >= GRADE_B2)
        return json_fail(file,
                         "grade %s needs low and high, or no_range, which says why there is "
                         "no range",
                         grade_text(factor->grade));
    return STATUS_OK;
}

static enum status check_factor(struct json_file *file, void *target, void *context)
{
    struct factor *const factor = target;
    enum status status = check_figure(file, factor);

    (void)context;
    if (factor->codes.count > 0 && factor->products.count > 0)
        status = json_fail(file, "has codes and products: give one of them");
    if (factor->version != NULL && factor->codes.count > 0)
        status = json_fail(file, "a version is one of products, not of codes");
    if (factor->version != NULL && (factor->from != MONTH_NONE || factor->to != MONTH_NONE))
        status = json_fail(file, "the months are those of the version");
    if (factor->from != MONTH_NONE && factor->to != MONTH_NONE && factor->from > factor->to)
        status = json_fail(file, "ends before it begins");
    if (check_range(file, factor) != STATUS_OK)
        status = STATUS_RULE;
    return status == STATUS_OK ? take_id(file, factor) : status;
}

/* What a factor and a default have in common; member is "" or "factor.". */
#define FIGURE_FIELDS(type, member)                                                              \
    FIELD_AS(type, "id", member id, JSON_ID, true, "an id, once in its set"),                    \
        FIELD_AS(type, "kg", member kg, JSON_KILOGRAM, true,                                     \
                 "kgCO2e of one inhaler or refill pack, as a decimal text, as published"),       \
        FIELD_AS(type, "low", member low, JSON_KILOGRAM, false,                                  \
                 "the lowest it may be, on the same basis; goes with high"),                     \
        FIELD_AS(type, "high", member high, JSON_KILOGRAM, false,                                \
                 "the highest it may be, on the same basis; goes with low"),                     \
        FIELD_AS(type, "grade", member grade, JSON_CHOICE, true,                                 \
                 "A: a figure for the product itself; B: second hand or derived; B2: the same "  \
                 "maker, device and pack in another strength; C: an analogue; D: a default",     \
                 WORDS(grade_names)),                                                            \
        FIELD_AS(type, "basis", member basis, JSON_CHOICE, true,                                 \
                 "what the figure counts: whole_life (device, propellant, use and end of life) " \
                 "or propellant_only, to which the addition of the set is added",                \
                 WORDS(basis_names)),                                                            \
        FIELD_AS(type, "addition", member addition.kg, JSON_KILOGRAM, false,                     \
                 "of propellant_only: what is added for the whole life instead of the addition " \
                 "of the set"),                                                                  \
        FIELD_AS(type, "addition_low", member addition.low, JSON_KILOGRAM, false,                \
                 "the lowest that this addition may be"),                                        \
        FIELD_AS(type, "addition_high", member addition.high, JSON_KILOGRAM, false,              \
                 "the highest that this addition may be"),                                       \
        FIELD_AS(type, "derivation", member derivation, JSON_TEXT, true,                         \
                 "where the figure comes from: a measurement, an arithmetic, an analogue"),      \
        FIELD_AS(type, "source", member source, JSON_ID, true,                                   \
                 "where the rule is from: an id of sources.json", .refers = NAMES_SOURCE),       \
        FIELD_AS(type, "checked", member checked, JSON_DATE, true,                               \
                 "the day on which its source was last looked at"),                              \
        FIELD_AS(type, "note", member note, JSON_TEXT, false,                                    \
                 "what a reader should know besides, in a sentence or two")

static const struct json_field factor_table_fields[] = {
    FIELD_WHERE(factor),
    FIELD(factor, codes, JSON_CODES, false, "BNF codes it is for; or products",
          .refers = NAMES_CODE),
    FIELD(factor, products, JSON_IDS, false,
          "products it is for, under all of their codes; the one of its own id where neither is "
          "given",
          .refers = NAMES_PRODUCT),
    FIELD(factor, version, JSON_ID, false,
          "the version of these products that it is for, as products/versions.json names it"),
    FIGURE_FIELDS(factor, ),
    FIELD(factor, no_range, JSON_TEXT, false,
          "of grade B2, C or D without low and high: why there is no range"),
    FIELD(factor, propellant_only, JSON_KILOGRAM, false,
          "beside a figure of the whole life: what is published of the propellant alone; the "
          "differences of such pairs are the addition of the set"),
    FIELD(factor, from, JSON_MONTH, false, "the first month it holds for; without it: always"),
    FIELD(factor, to, JSON_MONTH, false, "the last month it holds for; without it: until today"),
};
#define FIGURE_DEPENDS                                                            \
    "\"dependencies\": {\"low\": [\"high\"], \"high\": [\"low\"], \"addition\": " \
    "[\"addition_low\", \"addition_high\"]}"
static TABLE(factor_table, "What one inhaler or refill pack weighs", .begin = begin_factor,
             .finish = check_factor,
             .schema = "\"not\": {\"required\": [\"codes\", \"products\"]}," FIGURE_DEPENDS
                       ",\"if\": {\"properties\": {\"grade\": {\"enum\": [\"B2\", \"C\", "
                       "\"D\"]}}},\"then\": {\"anyOf\": [{\"required\": [\"low\"]}, "
                       "{\"required\": [\"no_range\"]}]}");

static void begin_default(void *target)
{
    begin_figure(&((struct factor_default *)target)->factor);
}

static enum status check_default(struct json_file *file, void *target, void *context)
{
    struct factor_default *const one = target;

    (void)context;
    if (one->factor.grade != GRADE_D)
        return json_fail(file, "a default is of grade D");
    if (check_range(file, &one->factor) != STATUS_OK)
        return STATUS_RULE;
    return check_figure(file, &one->factor);
}

static const struct json_field default_table_fields[] = {
    FIELD_AS(factor_default, "", factor.at, JSON_WHERE, false, NULL),
    FIELD(factor_default, device, JSON_CHOICE, true, "the device it is for",
          WORDS(rules_device_names)),
    FIELD_AS(factor_default, "class", therapeutic_class, JSON_TEXT, false,
             "only of this therapeutic class", .refers = NAMES_CLASS),
    FIELD(factor_default, propellant, JSON_WORD, false, "only with this propellant",
          WORDS(rules_propellant_names)),
    FIELD(factor_default, refill, JSON_FLAG, false, "true: for its refill"),
    FIGURE_FIELDS(factor_default, factor.),
};
static TABLE(default_table, "The factor of a product that no rule knows; the first that fits",
             .begin = begin_default, .finish = check_default, .schema = FIGURE_DEPENDS);

static enum status keep_set(struct json_file *file, void *target, void *context)
{
    struct factor_set *const set = target;
    struct rules *const rules = context;

    if (strcmp(set->id, "run") == 0)
        return json_fail(file, "a set cannot have the id \"run\"");
    return RULE_KEEP(file, rules->factor_sets, set);
}

static const struct json_field rules_factors_table_fields[] = {
    FIELD_WHERE(factor_set),
    FIELD(factor_set, id, JSON_ID, true, "what --factors calls the set",
          .defines = NAMES_FACTOR_SET),
    FIELD(factor_set, title, JSON_TEXT, true, "what the set is"),
    FIELD_SOURCE(factor_set),
    FIELD_CHECKED(factor_set),
    FIELD_NOTE(factor_set),
    FIELD_LIST(factor_set, "factors", factors, count, factor, true, factor_table,
               "the factors of the set"),
    FIELD_LIST(factor_set, "defaults", defaults, default_count, factor_default, false,
               default_table, "factors for products that no rule knows, by device"),
};
TABLE(rules_factors_table, "A named set of carbon factors, kgCO2e of one inhaler or refill pack",
      .finish = keep_set);

enum status rules_read_factors(struct json_file *file, const cJSON *tree, struct rules *rules)
{
    struct factor_set *const set = arena_take(file->arena, sizeof *set);

    if (set == NULL)
        return fail_nomem(file->why);
    return json_read_object(file, tree, &rules_factors_table, set, rules);
}
