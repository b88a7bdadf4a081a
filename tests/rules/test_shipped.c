#include "rules/rules.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIELDS = 32 };

/* Cuts a CSV line in place; quoted fields lose their quotes. */
static size_t cut(char *line, const char **fields)
{
    size_t count = 0;
    char *to = line;

    for (char *at = line; count < FIELDS; at++) {
        bool quoted = false;

        fields[count++] = to;
        for (; *at != '\0' && *at != '\n' && *at != '\r' && (quoted || *at != ','); at++) {
            if (*at != '"')
                *to++ = *at;
            else
                quoted = !quoted;
        }
        const bool more = *at == ',';

        *to++ = '\0';
        if (!more)
            break;
    }
    return count;
}

/* Calls `each` for every line behind the header of a table beside the checkout; how many. */
static size_t each_line(const char *path, void (*each)(const char *const *fields))
{
    char *const text = read_whole(shared(path), NULL);
    size_t count = 0;

    for (char *line = strchr(text, '\n') + 1; *line != '\0';) {
        char *const next = line + strcspn(line, "\n") + 1;
        const char *fields[FIELDS] = {0};

        cut(line, fields);
        each(fields);
        count++;
        line = next;
    }
    free(text);
    return count;
}

static struct rules_verdict verdict(const char *code, const char *name)
{
    return rules_classify(shipped_rules(), view_of(code), view_of(name));
}

/* Where the rules know better than the table: each says why in its note. */
static bool is_corrected(const char *code)
{
    static const char *const codes[] = {
        "0301011U0AAABAB", /* a disk refill is counted in blisters, as its brand is */
        "0301020I0AAAIAI", /* a refill in capsules, as its brand is */
        "0301011R0AACCCC", /* the generic of a refill */
        "0302000Y0AAAAAA", /* not identified there: the generic of Trixeo */
    };

    for (size_t i = 0; i < LENGTH_OF(codes); i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

static void expect_presentation(const char *const *fields)
{
    const struct rules_verdict found = verdict(fields[0], "");

    if (strncmp(fields[0], "0307000R0", 9) == 0) {
        cr_expect(found.kind == RULES_NOT_INHALER && strcmp(found.exclusion->id, "mannitol") == 0,
                  "%s is mannitol", fields[0]);
        return;
    }
    cr_expect(found.kind == RULES_INHALER, "%s is an inhaler", fields[0]);
    if (found.kind != RULES_INHALER || is_corrected(fields[0]))
        return;
    const char *const device = strcmp(fields[8], "BAMDI") == 0 ? "BAI" : fields[8];

    cr_expect(strcmp(device_text((enum device)found.product->device_of_kind), device) == 0 ||
                  strcmp(device, "") == 0 || strcmp(device, "unknown") == 0,
              "%s is a %s, not a %s", fields[0], device,
              device_text((enum device)found.product->device_of_kind));
    cr_expect(strcmp(found.product->therapeutic_class, fields[7]) == 0 ||
                  strcmp(fields[7], "") == 0,
              "%s is %s, not %s", fields[0], fields[7], found.product->therapeutic_class);
    cr_expect(strcmp(unit_text((enum unit)found.product->unit), fields[12]) == 0 ||
                  strcmp(found.product->unit == UNIT_CARTRIDGE ? "inhaler" : "", fields[12]) == 0,
              "%s counts in %s, not %s", fields[0], fields[12],
              unit_text((enum unit)found.product->unit));
    cr_expect(found.product->refill == (fields[15][0] == 'Y'), "%s refill %s", fields[0],
              fields[15]);
}

Test(rules, every_known_presentation_is_an_inhaler_but_mannitol)
{
    REQUIRE_SHARED("domain/inhalers/bnf_presentations.csv");
    cr_expect(eq(sz, each_line("domain/inhalers/bnf_presentations.csv", expect_presentation), 432),
              "all presentations");
}

/* Published and made: today's code reads like every older one. */
static void expect_joined(const char *const *fields)
{
    const struct rules_verdict old = verdict(fields[0], "");
    const struct rules_verdict final = verdict(fields[3], "");

    if (strlen(fields[1]) != 15 || final.kind != RULES_INHALER)
        return; /* one published code has a letter too few */
    cr_expect(old.kind == RULES_INHALER && old.product == final.product,
              "%s and %s are one product", fields[0], fields[3]);
}

static const char *const joined[][2] = {
    {"0302000AABBAAAA", "0301011ABBBAAA0"}, /* Trimbow */
    {"0302000Z0BBAAAA", "0302000V0BCAAA0"}, /* Trelegy */
    {"0301040Y0BBAAAA", "0301011AABBAAAA"}, /* Ultibro */
    {"0302000X0AAAAAA", "0301040Z0AAAAAA"}, /* indacaterol with mometasone */
    {"0301040V0BBAAAA", "0301020U0BBAAAA"}, /* Duaklir, as the data have it */
    {"0301011R0BWABAQ", "0301011R0BWABCA"}, /* Easyhaler Salbutamol 200 */
};

Test(rules, old_and_new_codes_are_one_product_with_todays_code_first)
{
    for (size_t i = 0; i < LENGTH_OF(joined); i++) {
        const struct rules_verdict now = verdict(joined[i][0], "");
        const struct rules_verdict before = verdict(joined[i][1], "");

        cr_expect(now.kind == RULES_INHALER && now.product == before.product, "%s and %s",
                  joined[i][0], joined[i][1]);
        cr_expect(now.product != NULL && strcmp(now.product->codes.texts[0], joined[i][0]) == 0,
                  "%s is today's code", joined[i][0]);
    }
    REQUIRE_SHARED("domain/inhalers/bnf_code_changes.csv");
    cr_expect(each_line("domain/inhalers/bnf_code_changes.csv", expect_joined) > 0, "some changes");
}

/* The weights of the published measure, in milligrams. */
static const struct {
    const char *code;
    int64_t milligrams;
} weights[] = {
    {"0301011R0BEAIAP", 28260000}, {"0301011R0AAAPAP", 25240000}, {"0301011R0AAAAAA", 25240000},
    {"0301011R0BIAFAP", 11950000}, {"0301011R0BIAHAP", 11950000}, {"0301011R0BIAGBU", 12080000},
    {"0301011R0AABUBU", 11790000}, {"0301011R0BMAAAP", 9720000},  {"0301011R0BMABBU", 9720000},
    {"0301011R0BXAACB", 3750000},  {"0301011R0BXABCC", 3750000},  {"0301011R0AACBCB", 3750000},
    {"0301011R0AACCCC", 3750000},  {"0301011R0BWAABZ", 620000},   {"0301011R0BWABAQ", 620000},
    {"0301011R0AABZBZ", 620000},   {"0301011R0BEAHAQ", 580000},   {"0301011R0AAAQAQ", 580000},
};

Test(rules, the_official_weights_are_18_to_the_milligram_and_no_19th)
{
    static const char *const months[] = {"2010-08", "2017-09", "2022-05", "2026-07"};
    const struct rules *const rules = shipped_rules();
    const struct factor_set *const set = rules_factor_set(rules, view_of("iif-2022"));

    cr_assert(set != NULL, "the set is there");
    for (size_t m = 0; m < LENGTH_OF(months); m++) {
        const month_t month = made_month(months[m]);
        size_t weighed = 0;

        for (uint32_t code = 0; code < rules->codes.count; code++)
            weighed += rules_factor(set, code, month) != NULL;
        cr_expect(eq(sz, weighed, LENGTH_OF(weights)), "codes with a weight in %s", months[m]);
        for (size_t i = 0; i < LENGTH_OF(weights); i++) {
            const struct factor *const factor =
                rules_factor(set, rules_code(rules, view_of(weights[i].code)), month);

            cr_expect(factor != NULL && factor->kg == weights[i].milligrams, "%s in %s",
                      weights[i].code, months[m]);
        }
    }
}

static const struct factor *todays_factor(const char *code)
{
    const struct rules *const rules = shipped_rules();

    return rules_factor(rules_factor_set(rules, view_of("canister")),
                        rules_code(rules, view_of(code)), made_month("2026-07"));
}

/* Where the rules know better than the table: each says why. */
static const struct {
    const char *code, *published, *grade;
} corrected_factors[] = {
    {"0301020Q0BBADAE", "0.114", "B"},   /* derived from a published figure: not A */
    {"0301020I0BBAJAN", "14.59", "A"},   /* Atrovent: published whole life, not S06 */
    {"0302000N0BCAEBF", "19.485", "B2"}, /* Seretide 125: S06 has the propellant alone */
    {"0302000W0BBAAAA", "0.382", "A"},   /* Enerzair: the UK figure */
};

static void expect_factor(const char *const *fields)
{
    const struct factor *const factor = todays_factor(fields[0]);
    const char *kg = fields[12];
    const char *grade = fields[15];
    int64_t milligrams = -1;

    for (size_t i = 0; i < LENGTH_OF(corrected_factors); i++)
        if (strcmp(fields[0], corrected_factors[i].code) == 0) {
            kg = corrected_factors[i].published;
            grade = corrected_factors[i].grade;
        }
    if (grade[0] != 'A' && grade[0] != 'B')
        return;
    cr_expect(decimal_parse(view_of(kg), PLACES_CARBON, &milligrams) == DECIMAL_OK, "%s: %s",
              fields[0], kg);
    cr_expect(factor != NULL && strcmp(grade_text(factor->grade), grade) == 0 &&
                  factor->published == milligrams,
              "%s has %s kg, grade %s", fields[0], kg, grade);
}

Test(rules, every_factor_of_grade_a_or_b_is_the_published_one)
{
    const struct factor *const nexthaler = todays_factor("0302000AABBACAC");

    cr_expect(nexthaler != NULL && nexthaler->kg == 889000 && nexthaler->grade == GRADE_B,
              "Trimbow NEXThaler, by its published name");
    REQUIRE_SHARED("domain/inhalers/factor_by_code.csv");
    cr_expect(eq(sz, each_line("domain/inhalers/factor_by_code.csv", expect_factor), 432),
              "all codes");
}

/* No published value of the same device and propellant is known of these. */
static bool is_cromone(const char *id)
{
    return strcmp(rules_product(shipped_rules(), view_of(id))->therapeutic_class, "cromone") == 0;
}

Test(rules, every_factor_has_a_source_and_analogues_have_a_range)
{
    const struct factor_set *const set = rules_factor_set(shipped_rules(), view_of("canister"));
    size_t good = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct factor *const factor = &set->factors[i];

        cr_expect(rules_source(shipped_rules(), factor->source) != NULL, "%s", factor->id);
        good += factor->grade <= GRADE_B;
        for (size_t p = 0; p < factor->products.count && factor->low < 0; p++)
            cr_expect(factor->grade <= GRADE_B || is_cromone(factor->products.texts[p]),
                      "%s, grade %s, has no range", factor->id, grade_text(factor->grade));
    }
    cr_expect(good >= 40 && good <= 60, "%zu of grade A or B", good);
}

/* code, name in the extract, what it is; device and propellant of an inhaler,
 * units a pack (0 unknown), or the rule that excludes it */
static const struct {
    const char *code, *name;
    enum rules_kind kind;
    const char *device, *propellant;
    int64_t pack;
    const char *rule;
} traps[] = {
    /* breath-actuated, with propellant */
    {"0301011R0BIAGBU", "", RULES_INHALER, "BAI", "HFA134a", 1, NULL},
    {"0301011R0BMABBU", "", RULES_INHALER, "BAI", "HFA134a", 1, NULL},
    {"0302000C0BJACBG", "", RULES_INHALER, "BAI", "HFA134a", 1, NULL},
    {"0302000N0BDADBP", "", RULES_INHALER, "BAI", "HFA227ea", 1, NULL},
    /* soft mist */
    {"0301011Z0BBAAAA", "", RULES_INHALER, "SMI", "none", 1, NULL},
    {"0301020Q0BBACAC", "", RULES_INHALER, "SMI", "none", 1, NULL},
    {"0301040X0BBAAAA", "", RULES_INHALER, "SMI", "none", 1, NULL},
    /* 'B/A Inha' that is a powder */
    {"0301011V0AAALAL", "Terbut Sulf_B/A Inha 500mcg (100 D)", RULES_INHALER, "DPI", "none", 1,
     NULL},
    {"0302000K0AAAMAM", "Budesonide/Formoterol_InhaB/A 200/6(120D", RULES_INHALER, "DPI", "none", 1,
     NULL},
    {"0302000C0AABSBS", "Beclomet Diprop_Inha B/A 400mcg (100 D)", RULES_INHALER, "DPI", "none", 1,
     NULL},
    /* capsules, counted singly */
    {"0301020Q0BBAAAA", "", RULES_INHALER, "DPI", "none", 30, NULL},
    {"0301020S0BBAAAA", "", RULES_INHALER, "DPI", "none", 30, NULL},
    {"0301040Y0BBAAAA", "", RULES_INHALER, "DPI", "none", 30, NULL},
    {"0301011E0BBAAAA", "", RULES_INHALER, "DPI", "none", 60, NULL},
    {"0301011E0AAAAAA", "", RULES_INHALER, "DPI", "none", 60, NULL},
    {"0301011R0BEAPAV", "", RULES_INHALER, "DPI", "none", 0, NULL},
    /* refills */
    {"0301020Q0BBABAB", "", RULES_INHALER, "refill", "none", 30, NULL},
    {"0301020Q0BBADAE", "", RULES_INHALER, "refill", "none", 1, NULL},
    {"0301011R0BXABCC", "", RULES_INHALER, "refill", "none", 1, NULL},
    {"0301011R0AACCCC", "", RULES_INHALER, "refill", "none", 1, NULL},
    /* not inhalers */
    {"0307000R0AAAAAA", "", RULES_NOT_INHALER, NULL, NULL, 0, "mannitol"},
    {"0307000R0BBAAAA", "", RULES_NOT_INHALER, NULL, NULL, 0, "mannitol"},
    {"0301011R0AABBBB", "", RULES_NOT_INHALER, NULL, NULL, 0, "nebuliser-liquids-by-code"},
    {"0301011R0ZZZAZA", "Salbutamol 2.5mg/2.5ml nebuliser liquid unit dose vials",
     RULES_NOT_INHALER, NULL, NULL, 0, "nebuliser-liquids-by-name"},
    {"0301011R0ZZZAZA", "Ventolin_NEBULES 2.5mg", RULES_NOT_INHALER, NULL, NULL, 0,
     "nebuliser-liquids-by-name"},
    {"0302000K0ZZZAZA", "Pulmicort 0.5mg Respules", RULES_NOT_INHALER, NULL, NULL, 0,
     "nebuliser-liquids-by-name"},
    {"0303020G0AAAAAA", "Montelukast 10mg tablets", RULES_NOT_INHALER, NULL, NULL, 0,
     "leukotriene-antagonists"},
    {"0302000W0BBABAB", "", RULES_NOT_INHALER, NULL, NULL, 0, "reslizumab"},
    {"0302000W0BBAAAA", "", RULES_INHALER, "DPI", "none", 30, NULL}, /* Enerzair */
    /* codes without a rule are never guessed */
    {"0301011R0ZZZAZA", "Salbutamol 100micrograms/dose inhaler", RULES_UNKNOWN, NULL, NULL, 0,
     NULL},
    {"0302000ZZBBAAAA", "Newhaler solution for inhalation cartridge with device", RULES_UNKNOWN,
     NULL, NULL, 0, NULL},
    {"0302000K0ZZZAZA", "Pulmicort 200 inhaler with Nebuchamber", RULES_UNKNOWN, NULL, NULL, 0,
     NULL},
    {"0301020Q0ZZZAZA", "", RULES_UNKNOWN, NULL, NULL, 0, NULL},
    {"0301011R0BEAIA", "", RULES_UNKNOWN, NULL, NULL, 0, NULL}, /* a letter too few */
    {"0101010R0AAAAAA", "Simeticone nebuliser", RULES_UNKNOWN, NULL, NULL, 0, NULL},
};

Test(rules, mistakes_seen_in_public_tools_are_not_made)
{
    for (size_t i = 0; i < LENGTH_OF(traps); i++) {
        const struct rules_verdict found = verdict(traps[i].code, traps[i].name);

        cr_expect(found.kind == traps[i].kind, "%s %s: kind %d", traps[i].code, traps[i].name,
                  (int)found.kind);
        if (found.kind != traps[i].kind)
            continue;
        if (found.kind == RULES_NOT_INHALER)
            cr_expect(strcmp(found.exclusion->id, traps[i].rule) == 0, "%s: %s", traps[i].code,
                      found.exclusion->id);
        if (found.kind != RULES_INHALER)
            continue;
        cr_expect(strcmp(device_text(product_device(found.product)), traps[i].device) == 0,
                  "%s is a %s", traps[i].code, device_text(product_device(found.product)));
        cr_expect(strcmp(found.product->propellant, traps[i].propellant) == 0, "%s holds %s",
                  traps[i].code, found.product->propellant);
        cr_expect(eq(i64, found.product->units_per_pack, traps[i].pack), "%s", traps[i].code);
    }
}

/* The same traps, for every product there is. */
Test(rules, no_product_contradicts_its_own_device)
{
    const struct rules *const rules = shipped_rules();

    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const product = rules->products.list[i];
        const bool pressurised =
            product->device_of_kind == DEVICE_PMDI || product->device_of_kind == DEVICE_BAI;

        cr_expect(product->device_of_kind == DEVICE_UNKNOWN ||
                      pressurised == (strcmp(product->propellant, "none") != 0),
                  "%s: a %s with propellant %s", product->id,
                  device_text((enum device)product->device_of_kind), product->propellant);
        cr_expect(strstr(product->name, "Respimat") == NULL ||
                      product->device_of_kind == DEVICE_SMI,
                  "%s is a soft mist inhaler", product->id);
        cr_expect(product->unit != UNIT_INHALER || !product->refill,
                  "%s: a refill is not counted in inhalers", product->id);
        cr_expect(product->unit != UNIT_CAPSULE || product->units_per_pack == 0 ||
                      product->units_per_pack == 30 || product->units_per_pack == 60,
                  "%s: %lld capsules", product->id, (long long)product->units_per_pack);
    }
}

/* Under a code that no rule knows every known product is told by its name as what it is, or not at
 * all. */
Test(rules, the_name_of_a_known_product_tells_nothing_that_is_wrong)
{
    const struct rules *const rules = shipped_rules();
    struct arena arena = {0};
    size_t told = 0;

    for (size_t i = 0; i < rules->products.count; i++) {
        const struct product *const known = rules->products.list[i];
        const struct product *found = NULL;
        struct fail why = {0};
        char code[16];

        snprintf(code, sizeof code, "%.9sZZ%s", known->codes.texts[0], known->codes.texts[0] + 11);
        cr_assert(rules_code(rules, view_of(code)) == INTERN_NONE, "%s", code);
        cr_assert(eq(int,
                     (int)rules_provisional(rules, view_of(code), view_of(known->name), &arena,
                                            &found, &why),
                     (int)STATUS_OK));
        if (found == NULL)
            continue;
        told++;
        cr_expect(found->device_of_kind == known->device_of_kind, "%s: a %s", known->name,
                  device_text((enum device)found->device_of_kind));
        cr_expect(found->refill == known->refill, "%s: refill", known->name);
        cr_expect(eq(str, (char *)found->therapeutic_class, (char *)known->therapeutic_class), "%s",
                  known->name);
    }
    cr_expect(told > 200, "%zu are told", told);
    arena_release(&arena);
}
