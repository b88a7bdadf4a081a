#include "table/table_internal.h"

#include "table/difference.h"

static const struct column columns[] = {
    ORGANISATION_COLUMNS,
    {"product_code", "string", "", "code of the presentation, BNF or dm+d"},
    {"product_name", "string", "", "name in the latest month that has one"},
    {"unit", "string", "", "of a hospital quantity: what was summed apart"},
    {"changed", "string", "",
     "what is told otherwise: status, class, device, inhalers, factor, carbon"},
    {"status_before", "string", "",
     "inhaler, refill, gas, not an inhaler, unknown, other medicine or out of scope"},
    {"status_after", "string", "", "the same by the later rules"},
    {"therapeutic_class_before", "string", "", "therapeutic class"},
    {"therapeutic_class_after", "string", "", "the same by the later rules"},
    {"device_before", "string", "", "device"},
    {"device_after", "string", "", "the same by the later rules"},
    {"kgco2e_per_unit_before", "number", "kgCO2e",
     "factor of an inhaler, refill pack or litre of a gas in the latest month that has one"},
    {"kgco2e_per_unit_after", "number", "kgCO2e", "the same by the later rules"},
    {"items", "integer", "items", "items of all months asked for"},
    {"inhalers_before", "number", "inhalers", "inhalers, without refills"},
    {"inhalers_after", "number", "inhalers", "the same by the later rules"},
    {"kgco2e_before", "number", "kgCO2e",
     "carbon; rounded so that rows sum to their organisation's total"},
    {"kgco2e_after", "number", "kgCO2e", "the same by the later rules"},
    {"kgco2e_change", "number", "kgCO2e", "after less before"},
};

char *difference_words(const struct differences *differences, uint32_t presentation, char *out)
{
    size_t length = 0;

    out[0] = '\0';
    for (int what = 0; what < DIFFERENCES; what++)
        if ((differences->changed[presentation] >> what & 1) != 0)
            length += (size_t)snprintf(out + length, 64 - length, "%s%s", length > 0 ? " " : "",
                                       difference_text((enum difference)what));
    return out;
}

static void cell_factor(struct cells *cells, const struct difference_word *word)
{
    if (word->factor < 0)
        cell_empty(cells);
    else
        cell_ratio(cells, word->factor, 1000000, 6);
}

static void write_words(struct cells *cells, const struct differences *all, uint32_t presentation)
{
    const struct difference_word *const words[] = {&all->words[0][presentation],
                                                   &all->words[1][presentation]};
    char text[64];

    cell_text(cells, view_of(difference_words(all, presentation, text)));
    for (int side = 0; side < 2; side++)
        cell_text(cells, view_of(words[side]->status));
    for (int side = 0; side < 2; side++)
        cell_text(cells, view_of(words[side]->therapeutic_class));
    for (int side = 0; side < 2; side++)
        cell_text(cells, view_of(words[side]->device));
    for (int side = 0; side < 2; side++)
        cell_factor(cells, words[side]);
}

static void write_row(struct cells *cells, const struct differences *all,
                      const struct difference_row *row)
{
    const struct places *const places = &all->cube->places;
    const struct presentation about =
        presentation_of(intern_text(&all->cube->codes, row->presentation));

    cell_number(cells, level_text(row->level));
    cell_code(cells, organisation_code(places, row->level, row->organisation));
    cell_text(cells, organisation_name(places, row->level, row->organisation));
    cell_code(cells, about.code);
    cell_text(cells, all->cube->names[row->presentation].text);
    cell_text(cells, about.unit_name);
    write_words(cells, all, row->presentation);
    cell_ratio(cells, row->items, 1, 0);
    for (int side = 0; side < 2; side++)
        cell_ratio(cells, row->inhalers[side], inhaler_unit(all->sides[side].rules), 6);
    for (int side = 0; side < 2; side++)
        cell_ratio(cells, row->milligrams[side], 1000000, 6);
    cell_ratio(cells, row->milligrams[1] - row->milligrams[0], 1000000, 6);
    cells_row_end(cells);
}

void difference_write(FILE *file, const struct differences *differences)
{
    struct cells cells = cells_csv(file, &table_difference);

    for (size_t i = 0; i < differences->row_count; i++)
        write_row(&cells, differences, &differences->rows[i]);
}

const struct table table_difference = {
    .file = "diff.csv",
    .title = "What rules change",
    TABLE_COLUMNS(columns),
    .key = {"level", "organisation_code"},
    .carbon = CARBON_BOTH,
};
