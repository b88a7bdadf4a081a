#include "measure/gases.h"

#define MILLIGRAMS_PER_KG 1000000

const char *gas_finding_text(enum gas_finding_kind kind)
{
    static const char *const texts[] = {
#define X(name, text) text,
        GAS_FINDING_LIST(X)
#undef X
    };

    return texts[kind];
}

wide_t gas_sum_unit(const struct rules *rules, enum sum sum)
{
    switch (sum) {
    case SUM_gas_ml:
        return PICOLITRES_PER_ML;
    case SUM_gas_bottles:
        return (wide_t)PICOLITRES_PER_ML * rules->bottle_multiple;
    case SUM_nitrous_oxide_litres:
        return (wide_t)PICOLITRES_PER_LITRE * PERMILLE;
    case SUM_gas_kgco2e:
        return (wide_t)PICOLITRES_PER_LITRE * PERMILLE * MILLIGRAMS_PER_KG;
    default:
        return PICOLITRES_PER_LITRE;
    }
}

/* Litres of one cylinder: by the rules, or by its name where they do not say. */
static int64_t cylinder_litres(const struct rules *rules, const struct gas_amounts *amounts,
                               struct view name, const char **reason)
{
    const struct gas_code *const code = gas_code(amounts->gas, amounts->about.code);
    const int64_t by_rule = amounts->about.origin == ORIGIN_PHARMACY
                                ? (code != NULL ? code->litres : 0)
                                : rules_cylinder(rules, amounts->gas, amounts->about.unit_code);
    const int64_t by_name = amounts->about.origin == ORIGIN_PHARMACY ? litres_in_name(name) : 0;

    *reason = "its volume is not available: neither the rules nor its name give the litres";
    if (by_rule < 0)
        *reason = "two cylinders of that brand and size hold different volumes: give the litres";
    else if (by_rule > 0 && by_name > 0 && by_rule != by_name)
        *reason = "its volume is in doubt: the rules and its name give different litres";
    else
        return by_rule > 0 ? by_rule : by_name;
    return 0;
}

/* Picolitres of one container in thousands, 0 where that is not known. */
static int64_t container_size(const struct rules *rules, const struct gas_amounts *amounts,
                              struct view name, const char **reason)
{
    const struct gas *const gas = amounts->gas;

    if (!gas->liquid)
        return cylinder_litres(rules, amounts, name, reason) * (PICOLITRES_PER_LITRE / 1000);
    *reason = "its volume is not available: the product comes in bottles of several sizes, or of a "
              "size that no rule gives";
    return gas->one_bottle ? gas->bottle_ml * (PICOLITRES_PER_ML / 1000) : 0;
}

/* Picolitres in a thousandth of the unit; 0 with a reason where nothing tells it. */
static int64_t unit_size(const struct rules *rules, const struct gas_amounts *amounts,
                         struct view name, const char **reason)
{
    const struct unit_rule *const unit = rules_unit(
        rules, amounts->about.unit_name,
        amounts->about.origin == ORIGIN_PHARMACY ? amounts->about.unit_code : view_none());

    if (unit == NULL) {
        *reason = "no rule covers this unit, or its name and its code are two different units";
        return 0;
    }
    switch (unit->kind) {
    case UNIT_KIND_volume:
        return unit->nanolitres;
    case UNIT_KIND_container:
        return container_size(rules, amounts, name, reason);
    case UNIT_KIND_none:
        break;
    }
    *reason = "the unit is not a volume: it may mean millilitres, litres or cylinders";
    return 0;
}

/* A liquid weighs by all of its volume, a gas by the nitrous oxide in it. */
static int64_t content(const struct gas *gas)
{
    return gas->liquid ? PERMILLE : gas->nitrous_oxide;
}

bool gas_amounts_of(const struct classified *classified, const struct cell *cell,
                    const struct gas_factor_set *factors, struct gas_amounts *amounts)
{
    const struct cube *const cube = classified->cube;
    const struct gas *const gas = classified->verdicts[cell->presentation].gas;
    const struct view name = cube->names[cell->presentation].text;
    int64_t size;
    int64_t milligrams;

    *amounts = (struct gas_amounts){
        .gas = gas,
        .about = presentation_of(intern_text(&cube->codes, cell->presentation)),
    };
    if (gas == NULL) {
        amounts->reason = "no rule covers a gas of this name";
        return true;
    }
    amounts->by_name =
        amounts->about.origin == ORIGIN_PHARMACY && gas_code(gas, amounts->about.code) == NULL;
    size = unit_size(classified->rules, amounts, name, &amounts->reason);
    if (size == 0)
        return true;
    amounts->reason = NULL;
    amounts->has_volume = true;
    amounts->volume = (wide_t)cell->quantity * size; /* 64 bits times 64 bits */
    amounts->has_carbon = gas_carbon_per_litre(factors, gas, &milligrams);
    return !amounts->has_carbon ||
           wide_multiply(amounts->volume, (wide_t)milligrams * content(gas), &amounts->carbon);
}
