#include "rules/skeleton.h"

#include "rules/load.h"

#include <string.h>

/* The ids, names and codes are made up; S01 and the products named are in rules/. */
const struct rules_skeleton rules_skeletons[] = {
    {"product", "products",
     "{\n"
     "  \"id\": \"my-products\",\n"
     "  \"title\": \"Products of our own\",\n"
     "  \"source\": \"S01\",\n"
     "  \"checked\": \"2026-01-31\",\n"
     "  \"products\": [\n"
     "    {\n"
     "      \"id\": \"my-inhaler-100\",\n"
     "      \"name\": \"My inhaler 100micrograms/dose (made up)\",\n"
     "      \"codes\": [\"0301011R0ZZZZZZ\"],\n"
     "      \"substance\": \"Salbutamol\",\n"
     "      \"class\": \"SABA\",\n"
     "      \"device\": \"pMDI\",\n"
     "      \"propellant\": \"HFA134a\",\n"
     "      \"unit\": \"inhaler\",\n"
     "      \"units_per_pack\": 1,\n"
     "      \"doses\": 200,\n"
     "      \"refill\": false,\n"
     "      \"source\": \"S01\",\n"
     "      \"checked\": \"2026-01-31\",\n"
     "      \"note\": \"Replace every value; leave out units_per_pack and doses where they are not "
     "known.\"\n"
     "    }\n"
     "  ]\n"
     "}\n",
     &rules_products_table},
    {"factor", "factors",
     "{\n"
     "  \"id\": \"my-factors\",\n"
     "  \"title\": \"Factors of our own\",\n"
     "  \"source\": \"S01\",\n"
     "  \"checked\": \"2026-01-31\",\n"
     "  \"note\": \"canister run --factors my-factors uses this set; it has only what is here.\",\n"
     "  \"factors\": [\n"
     "    {\n"
     "      \"id\": \"ventolin-100-evohaler\",\n"
     "      \"products\": [\"ventolin-100-evohaler\"],\n"
     "      \"kg\": \"20\",\n"
     "      \"low\": \"15\",\n"
     "      \"high\": \"25\",\n"
     "      \"grade\": \"C\",\n"
     "      \"basis\": \"whole_life\",\n"
     "      \"derivation\": \"Made up. Say where the figure comes from.\",\n"
     "      \"source\": \"S01\",\n"
     "      \"checked\": \"2026-01-31\"\n"
     "    }\n"
     "  ]\n"
     "}\n",
     &rules_factors_table},
    {"measure", "measures",
     "{\n"
     "  \"measures\": [\n"
     "    {\n"
     "      \"id\": \"my_dry_powder_share\",\n"
     "      \"title\": \"Dry powder inhalers among SABA items\",\n"
     "      \"description\": \"Say in a sentence what is divided by what.\",\n"
     "      \"unit\": \"share of items\",\n"
     "      \"direction\": \"higher\",\n"
     "      \"share\": true,\n"
     "      \"numerator\": {\n"
     "        \"sum\": \"items\",\n"
     "        \"where\": {\"classes\": [\"SABA\"], \"devices\": [\"DPI\"]}\n"
     "      },\n"
     "      \"denominator\": {\n"
     "        \"sum\": \"items\",\n"
     "        \"where\": {\"classes\": [\"SABA\"]}\n"
     "      },\n"
     "      \"why\": \"Say why it matters.\",\n"
     "      \"caveats\": [\"Say what to know before using it.\"],\n"
     "      \"source\": \"S01\",\n"
     "      \"checked\": \"2026-01-31\",\n"
     "      \"change_log\": [{\"date\": \"2026-01-31\", \"change\": \"First version.\"}]\n"
     "    }\n"
     "  ]\n"
     "}\n",
     &rules_measures_table},
    {"target", "targets",
     "{\n"
     "  \"targets\": [\n"
     "    {\n"
     "      \"id\": \"my-salbutamol-2027-03\",\n"
     "      \"title\": \"Salbutamol inhalers at 10 kgCO2e on average by March 2027 (made up)\",\n"
     "      \"plan\": \"Name the plan that sets it.\",\n"
     "      \"measure\": \"salbutamol_kgco2e_per_inhaler\",\n"
     "      \"levels\": [\"icb\"],\n"
     "      \"within\": [\"QZA\"],\n"
     "      \"reach\": \"at_most\",\n"
     "      \"value\": \"10\",\n"
     "      \"due\": \"2027-03\",\n"
     "      \"source\": \"Name the page of the plan.\",\n"
     "      \"checked\": \"2026-01-31\",\n"
     "      \"note\": \"Leave out within for a target of every ICB.\"\n"
     "    }\n"
     "  ]\n"
     "}\n",
     &rules_targets_table},
    {"switch", "switches",
     "{\n"
     "  \"prompts\": [\n"
     "    {\n"
     "      \"id\": \"my-prompt\",\n"
     "      \"label\": \"inhalation\",\n"
     "      \"text\": \"Say what to ask or look at before the change.\",\n"
     "      \"source\": \"S01\"\n"
     "    }\n"
     "  ],\n"
     "  \"switches\": [\n"
     "    {\n"
     "      \"id\": \"my-switch\",\n"
     "      \"title\": \"From one product to another (made up)\",\n"
     "      \"change\": \"brand, same device\",\n"
     "      \"kind\": \"brand\",\n"
     "      \"dose\": \"2 puffs of 100 : 2 puffs of 100\",\n"
     "      \"evidence\": \"none\",\n"
     "      \"prompts\": [\"my-prompt\"],\n"
     "      \"pairs\": [\n"
     "        {\n"
     "          \"from\": \"airomir-100-autohaler\",\n"
     "          \"to\": \"airomir-100-inhaler\",\n"
     "          \"from_inhalers\": 1,\n"
     "          \"to_inhalers\": 1\n"
     "        }\n"
     "      ],\n"
     "      \"source\": \"S01\",\n"
     "      \"checked\": \"2026-01-31\",\n"
     "      \"note\": \"Equal doses need a source: name it, and say how many inhalers hold "
     "them.\"\n"
     "    }\n"
     "  ]\n"
     "}\n",
     &rules_switches_table},
};
const size_t rules_skeleton_count = COUNT_OF(rules_skeletons);

const struct rules_skeleton *rules_skeleton(const char *kind)
{
    for (size_t i = 0; i < rules_skeleton_count; i++)
        if (strcmp(rules_skeletons[i].kind, kind) == 0)
            return &rules_skeletons[i];
    return NULL;
}

void rules_skeleton_print(const struct rules_skeleton *skeleton, FILE *out)
{
    fputs(skeleton->text, out);
}

static void explain_choices(const struct json_field *field, FILE *out)
{
    for (size_t i = 0; i < field->choice_count; i++)
        fprintf(out, "%s%s", i == 0 ? " [" : ", ", field->choices[i]);
    if (field->choice_count > 0)
        fputc(']', out);
}

static void explain_table(const struct json_table *table, int depth, FILE *out)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct json_field *const field = &table->fields[i];

        if (field->kind == JSON_WHERE)
            continue;
        fprintf(out, "%*s%s%s: %s", 2 * depth, "", field->key, field->required ? "" : " (optional)",
                field->about);
        explain_choices(field, out);
        fputc('\n', out);
        if (field->table != NULL)
            explain_table(field->table, depth + 1, out);
    }
}

void rules_skeleton_explain(const struct rules_skeleton *skeleton, FILE *out)
{
    fprintf(out, "Save it as DIR/%s/NAME.json; canister rules check --rules DIR checks it.\n",
            skeleton->where);
    explain_table(skeleton->table, 0, out);
}
