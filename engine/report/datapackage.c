#include "report/datapackage.h"

#include "table/json_out.h"
#include "table/table.h"

static void write_fields(struct json_out *json, const struct table *table)
{
    json_open(json, "fields", '[');
    for (size_t i = 0; i < table->column_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", view_of(table->columns[i].name));
        json_text(json, "type", view_of(table->columns[i].type));
        json_text(json, "description", view_of(table->columns[i].meaning));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_open(json, "missingValues", '[');
    json_text(json, NULL, view_of(""));
    json_close(json, ']');
    if (table->key[0] == NULL)
        return;
    json_open(json, "primaryKey", '[');
    for (size_t i = 0; i < COUNT_OF(table->key) && table->key[i] != NULL; i++)
        json_text(json, NULL, view_of(table->key[i]));
    json_close(json, ']');
}

static void write_resource(struct json_out *json, const struct table *table,
                           const struct results *results)
{
    const size_t name = strlen(table->file) - strlen(".csv");

    json_open(json, NULL, '{');
    json_text(json, "name", (struct view){table->file, name});
    json_text(json, "title", view_of(table->title));
    json_text(json, "path", view_of(table->file));
    json_text(json, "profile", view_of("tabular-data-resource"));
    json_text(json, "format", view_of("csv"));
    json_text(json, "mediatype", view_of("text/csv"));
    json_text(json, "encoding", view_of("utf-8"));
    if (table->carbon == CARBON_INHALERS || table->carbon == CARBON_BOTH)
        json_text(json, "factor_set", view_of(results->factors->id));
    if (table->carbon == CARBON_GASES || table->carbon == CARBON_BOTH)
        json_text(json, "gas_factor_set", view_of(results->gas_factors->id));
    json_open(json, "dialect", '{');
    json_text(json, "lineTerminator", view_of("\n"));
    json_close(json, '}');
    json_open(json, "schema", '{');
    write_fields(json, table);
    json_close(json, '}');
    json_close(json, '}');
}

static void write_sources_of(struct json_out *json, const struct layouts *layouts)
{
    for (size_t i = 0; i < layouts->count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "title", view_of(layouts->extracts[i].title));
        json_text(json, "publisher", view_of(layouts->extracts[i].publisher));
        json_text(json, "licence", view_of(layouts->extracts[i].licence));
        json_close(json, '}');
    }
}

static void write_sources(struct json_out *json, const struct rules *rules)
{
    json_open(json, "sources", '[');
    write_sources_of(json, &rules->layouts);
    write_sources_of(json, &rules->register_layouts);
    json_close(json, ']');
}

void write_datapackage(FILE *file, const struct results *results)
{
    struct json_out json = {.file = file};

    json_open(&json, NULL, '{');
    json_text(&json, "profile", view_of("tabular-data-package"));
    json_text(&json, "name", view_of("canister-results"));
    json_text(&json, "title",
              view_of("Inhalers and anaesthetic gases and their carbon, by Canister"));
    json_text(&json, "description",
              view_of("Contains public sector information licensed under the Open Government "
                      "Licence v3.0. Source: NHS Business Services Authority and NHS England. "
                      "These are measures, not indicators. The factor set of every kgCO2e is "
                      "told as factor_set, that of gases as gas_factor_set; "
                      "salbutamol_kgco2e_per_inhaler always uses its own."));
    json_text(&json, "rules_version", view_of(results->classified.rules->version));
    json_open(&json, "licenses", '[');
    json_open(&json, NULL, '{');
    json_text(&json, "name", view_of("OGL-UK-3.0"));
    json_text(&json, "title", view_of("Open Government Licence v3.0"));
    json_text(
        &json, "path",
        view_of("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"));
    json_close(&json, '}');
    json_close(&json, ']');
    write_sources(&json, results->classified.rules);
    json_open(&json, "resources", '[');
    for (size_t i = 0; i < table_count; i++)
        write_resource(&json, tables[i], results);
    json_close(&json, ']');
    json_close(&json, '}');
}
