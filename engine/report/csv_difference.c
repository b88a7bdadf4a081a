#include "report/csv_difference.h"

#include "report/table.h"

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

static void cell_factor(struct csv_file *csv, const struct difference_word *word)
{
    if (word->factor < 0)
        cell_empty(csv);
    else
        cell_ratio(csv, word->factor, 1000000, 6);
}

static void write_words(struct csv_file *csv, const struct differences *all, uint32_t presentation)
{
    const struct difference_word *const words[] = {&all->words[0][presentation],
                                                   &all->words[1][presentation]};
    char text[64];

    cell_text(csv, view_of(difference_words(all, presentation, text)));
    for (int side = 0; side < 2; side++)
        cell_text(csv, view_of(words[side]->status));
    for (int side = 0; side < 2; side++)
        cell_text(csv, view_of(words[side]->therapeutic_class));
    for (int side = 0; side < 2; side++)
        cell_text(csv, view_of(words[side]->device));
    for (int side = 0; side < 2; side++)
        cell_factor(csv, words[side]);
}

static void write_row(struct csv_file *csv, const struct differences *all,
                      const struct difference_row *row)
{
    const struct places *const places = &all->cube->places;
    const struct presentation about =
        presentation_of(intern_text(&all->cube->codes, row->presentation));

    cell_number(csv, level_text(row->level));
    cell_code(csv, organisation_code(places, row->level, row->organisation));
    cell_text(csv, organisation_name(places, row->level, row->organisation));
    cell_code(csv, about.code);
    cell_text(csv, all->cube->names[row->presentation].text);
    cell_text(csv, about.unit_name);
    write_words(csv, all, row->presentation);
    cell_ratio(csv, row->items, 1, 0);
    for (int side = 0; side < 2; side++)
        cell_ratio(csv, row->inhalers[side], inhaler_unit(all->sides[side].rules), 6);
    for (int side = 0; side < 2; side++)
        cell_ratio(csv, row->milligrams[side], 1000000, 6);
    cell_ratio(csv, row->milligrams[1] - row->milligrams[0], 1000000, 6);
    row_end(csv);
}

void write_differences(FILE *file, const struct differences *differences)
{
    struct csv_file csv = {.file = file};

    table_header(&csv, &table_difference);
    for (size_t i = 0; i < differences->row_count; i++)
        write_row(&csv, differences, &differences->rows[i]);
}
