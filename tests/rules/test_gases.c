#include "rules/rules.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

/* kgCO2e by the table that the domain notes computed apart from this program:
 * of a bottle (240 and 250 ml) and of a litre of gas. */
static const struct {
    const char *set, *gas, *kilograms;
} derived[] = {
    {"nhs-2540", "desflurane", "893.064"},
    {"nhs-2540", "sevoflurane", "49.4"},
    {"nhs-2540", "isoflurane", "190.74"},
    {"nhs-2540", "nitrous-oxide", "0.558154"},
    {"nhs-2540", "nitrous-oxide-oxygen", "0.279077"},
    {"rcoa", "desflurane", "956.352"},
    {"rcoa", "sevoflurane", "77.9"},
    {"rcoa", "isoflurane", "211.31"},
    {"rcoa", "nitrous-oxide", "0.496345"},
    {"rcoa", "nitrous-oxide-oxygen", "0.248173"},
    {"ar5", "desflurane", "629.364"},
    {"ar5", "sevoflurane", "82.08"},
    {"ar5", "isoflurane", "183.634"},
    {"ar5", "nitrous-oxide", "0.496345"},
    {"ar5", "nitrous-oxide-oxygen", "0.248173"},
    {"ar6", "desflurane", "910.644"},
    {"ar6", "sevoflurane", "74.1"},
    {"ar6", "isoflurane", "201.586"},
    {"ar6", "nitrous-oxide", "0.511329"},
    {"ar6", "nitrous-oxide-oxygen", "0.255665"},
};

Test(gases, the_carbon_of_every_set_follows_from_potential_density_and_container)
{
    const struct rules *const rules = shipped_rules();

    for (size_t i = 0; i < LENGTH_OF(derived); i++) {
        const struct gas *const gas = rules_gas(rules, view_of(derived[i].gas));
        const struct gas_factor_set *const set =
            rules_gas_factor_set(rules, view_of(derived[i].set));
        int64_t milligrams = 0;
        char printed[DECIMAL_TEXT];

        cr_assert(gas != NULL && set != NULL && gas_carbon_per_litre(set, gas, &milligrams),
                  "%s of %s", derived[i].set, derived[i].gas);
        ratio_print((wide_t)milligrams * (gas->liquid ? gas->bottle_ml : gas->nitrous_oxide),
                    (wide_t)1000000 * 1000, 6, printed);
        cr_expect(strcmp(printed, derived[i].kilograms) == 0, "%s of %s: %s, not %s",
                  derived[i].gas, derived[i].set, printed, derived[i].kilograms);
    }
}

Test(gases, without_a_potential_or_a_density_there_is_no_carbon)
{
    static const char *const none[][2] = {
        {"nhs-2540", "enflurane"},
        {"nhs-2540", "halothane"},
        {"rcoa", "enflurane"},
        {"ar6", "halothane"},
    };
    const struct rules *const rules = shipped_rules();

    for (size_t i = 0; i < LENGTH_OF(none); i++) {
        int64_t milligrams = 7;

        cr_expect(gas_carbon_per_litre(rules_gas_factor_set(rules, view_of(none[i][0])),
                                       rules_gas(rules, view_of(none[i][1])), &milligrams) == false,
                  "%s of %s", none[i][1], none[i][0]);
        cr_expect(milligrams == 7, "nothing is set");
    }
}

static const struct {
    const char *name, *dmd, *id;
} printed_units[] = {
    {"ML", "258773002", "ml"},
    {"ml", "", "ml"},
    {"Ml", "", "ml"},
    {"", "258770004", "litre"},
    {"LITRE", "258770004", "litre"},
    {"NO VALUE", "3314211000001106", "no-value"},
    {"CYLINDER", "732992001", "cylinder"},
    {"FURLONG", "258773002", "ml"}, /* the code is known, the name is not */
    {"ML", "258770004", "none"},    /* of two units */
    {"FURLONG", "", "none"},
    {"MILLILITR", "", "none"},
    {"", "", "none"},
};

Test(gases, a_unit_is_known_by_its_name_or_code_and_refused_where_they_differ)
{
    const struct rules *const rules = shipped_rules();

    for (size_t i = 0; i < LENGTH_OF(printed_units); i++) {
        const struct unit_rule *const unit =
            rules_unit(rules, view_of(printed_units[i].name), view_of(printed_units[i].dmd));

        const char *const id = unit != NULL ? unit->id : "none";

        cr_expect(strcmp(id, printed_units[i].id) == 0, "row %zu is %s", i, id);
    }
}

static const struct {
    const char *name;
    int64_t litres;
} named[] = {
    {"Nitrous oxide 50% / Oxygen 50% cylinders 2000litres", 2000},
    {"Nitrous oxide 50% / Oxygen 50% cylinders 794 litres", 794},
    {"Nitrous oxide cylinders size 2 900litre", 900},
    {"Nitrous oxide 50% / Oxygen 50%", 0},
    {"Nitrous oxide cylinders size E", 0},
    {"1000litre bags", 1000},
    {"litres", 0},
    {"99999999999999999999999litres", 0},
    {"", 0},
};

Test(gases, litres_are_read_from_a_name_where_it_tells_them)
{
    for (size_t i = 0; i < LENGTH_OF(named); i++)
        cr_expect(litres_in_name(view_of(named[i].name)) == named[i].litres, "%s: %lld",
                  named[i].name, (long long)litres_in_name(view_of(named[i].name)));
}

static const struct {
    const char *gas, *brand_size;
    int64_t litres;
} cylinders[] = {
    {"nitrous-oxide", "generic/E", 1800},
    {"nitrous-oxide", "GENERIC/j", 18000},
    {"nitrous-oxide", "Entonox (BOC)/G", 0}, /* a cylinder of another gas */
    {"nitrous-oxide-oxygen", "Entonox (BOC)/G", 5000},
    {"nitrous-oxide-oxygen", "Entonox (BOC)/F", 2000},
    {"nitrous-oxide-oxygen", "Equanox (Linde Gas UK)/F", 2000},
    {"nitrous-oxide-oxygen", "Equanox (Linde Gas UK)/J", -1}, /* 10600 or 14500 */
    {"nitrous-oxide-oxygen", "Equanox (Linde Gas UK)/HX", 0},
    {"nitrous-oxide-oxygen", "/", 0},
};

Test(gases, a_cylinder_is_known_by_brand_and_size_together)
{
    const struct rules *const rules = shipped_rules();

    for (size_t i = 0; i < LENGTH_OF(cylinders); i++)
        cr_expect(rules_cylinder(rules, rules_gas(rules, view_of(cylinders[i].gas)),
                                 view_of(cylinders[i].brand_size)) == cylinders[i].litres,
                  "%s of %s", cylinders[i].brand_size, cylinders[i].gas);
}

static const struct {
    const char *code, *name, *gas;
} products[] = {
    {"39708611000001100", "", "desflurane"},
    {"333892001", "", "sevoflurane"},
    {"39711011000001104", "", "sevoflurane"},
    {"999000000100990", "Desflurane volatile liquid", "desflurane"},
    {"999000000100990", "SEVOFLURANE INHALATION VAPOUR LIQUID", "sevoflurane"},
    {"999000000100990", "Nitrous oxide cylinders size Z", "nitrous-oxide"},
    {"999000000100990", "Nitrous oxide 50% / Oxygen 50% cylinders", "nitrous-oxide-oxygen"},
    {"999000000100990", "Desflurane patient leaflet", "none"},
    {"999000000100990", "Paracetamol 500mg tablets", "none"},
};

Test(gases, a_product_is_known_by_its_code_and_else_by_its_name)
{
    const struct rules *const rules = shipped_rules();

    for (size_t i = 0; i < LENGTH_OF(products); i++) {
        const struct presentation about = {.code = view_of(products[i].code),
                                           .origin = ORIGIN_PHARMACY};
        char key[PRESENTATION_KEY];
        const struct rules_verdict verdict =
            rules_classify_key(rules, presentation_key(&about, key), view_of(products[i].name));

        const char *const id = verdict.gas != NULL ? verdict.gas->id : "none";

        cr_expect(strcmp(id, products[i].gas) == 0, "row %zu is %s", i, id);
    }
}

/* Codes, cylinders and potentials as the tables of the domain notes have them. */
Test(gases, all_codes_and_cylinders_of_the_published_lists_are_here)
{
    REQUIRE_SHARED("domain/gases/dmd_codes.csv");
    cr_expect(eq(int,
                 shell("cd '%s' && d=$(dirname '%s') && "
                       "printf '%%s\\n' \".import --csv '$d/dmd_codes.csv' d\" "
                       "\".import --csv '$d/cylinders.csv' c\" "
                       "\"SELECT code FROM d WHERE kind = 'vmp' EXCEPT SELECT "
                       "json_extract(k.value, '$.code') FROM "
                       "json_each(readfile('rules/products/gases.json'), '$.gases') g, "
                       "json_each(g.value, '$.codes') k;\" "
                       "\"SELECT size, litres_of_gas + 0 FROM c EXCEPT SELECT "
                       "json_extract(y.value, '$.size'), json_extract(y.value, '$.litres') FROM "
                       "json_each(readfile('rules/products/gases.json'), '$.cylinders') y;\" "
                       "| sqlite3 -batch | tee /dev/stderr | wc -l | grep -qx 0",
                       root_folder(), shared("domain/gases/dmd_codes.csv")),
                 0),
              "missing: %s", shell_output());
}
