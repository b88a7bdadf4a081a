/* --icb, --practice, --organisation and explain find an organisation by the same rules. */

#include "place/search.h"

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

static const struct entry {
    enum level level;
    const char *code;
    const char *name;
} entries[] = {
    {LEVEL_ICB, "QZA", "NHS SAMPLE NORTH"},
    {LEVEL_ICB, "QZB", "NHS SAMPLE MID"},
    {LEVEL_ICB, "QZD", "MID"},
    {LEVEL_ICB, "OLD", "NHS RENAMED"},
    {LEVEL_ICB, "NEW", "NHS RENAMED"},
    {LEVEL_SUB_ICB, "00T00", "BOLTON"},
    {LEVEL_PRACTICE, "P82001", "THE NORTH SURGERY"},
    {LEVEL_PRACTICE, "QZA", "A PRACTICE"},
};

static void fill(struct places *places)
{
    for (size_t i = 0; i < LENGTH_OF(entries); i++) {
        uint32_t number;
        struct fail why = {0};

        cr_assert(places_name(places, entries[i].level, view_of(entries[i].code),
                              view_of(entries[i].name), 24300, &number, &why) == STATUS_OK,
                  "%s", why.text);
    }
}

static const struct search_case {
    const char *text;
    int level; /* LEVELS: any */
    const char *codes;
    const char *says; /* NULL when it answers */
} searches[] = {
    {"qza", LEVEL_ICB, "QZA", NULL},
    {"QZB", LEVEL_ICB, "QZB", NULL},
    {"sample mid", LEVEL_ICB, "QZB", NULL},
    {"mid", LEVEL_ICB, "QZD", NULL}, /* a whole name goes before a part of another */
    {"Renamed", LEVEL_ICB, "OLD NEW", NULL},
    {"00t", LEVEL_SUB_ICB, "00T00", NULL},
    {"00T00", LEVELS, "00T00", NULL},
    {"qza", LEVELS, "QZA QZA", NULL}, /* a code of two levels is both */
    {"p82001", LEVELS, "P82001", NULL},
    {"sample", LEVEL_ICB, NULL,
     "\"sample\" may be more than one ICB: QZA NHS SAMPLE NORTH, QZB NHS SAMPLE MID; give the "
     "code"},
    {"north", LEVELS, NULL, "may be more than one organisation: "},
    {"sampel nroth", LEVEL_ICB, NULL,
     "there is no ICB \"sampel nroth\" in these months; the nearest: QZA NHS SAMPLE NORTH"},
    {"zzzzzzzz", LEVEL_SUB_ICB, NULL,
     "there is no sub-ICB \"zzzzzzzz\" in these months; there are: 00T00 BOLTON"},
    {"", LEVEL_ICB, NULL, "there is no ICB \"\" in these months"},
};

static void check_chosen(const struct places *places, const struct places_found *found,
                         const struct search_case *row)
{
    char codes[80] = "";

    for (int level = LEVELS; level-- > 0;)
        for (uint32_t i = 0; i < places->levels[level].codes.count; i++)
            if (found->chosen[level] != NULL && found->chosen[level][i]) {
                const struct view code = organisation_code(places, (enum level)level, i);

                snprintf(codes + strlen(codes), sizeof codes - strlen(codes), "%s%.*s",
                         codes[0] != '\0' ? " " : "", (int)code.length, code.at);
            }
    cr_expect(eq(str, codes, (char *)row->codes), "%s", row->text);
}

Test(search, finds_by_code_then_whole_name_then_a_part_of_it)
{
    struct places places = {0};

    fill(&places);
    for (size_t i = 0; i < LENGTH_OF(searches); i++) {
        const struct search_case *const row = &searches[i];
        struct place_search search = {
            .places = &places, .text = row->text, .padding = "00", .where = "in these months"};
        bool chosen[LENGTH_OF(entries)] = {false};
        struct places_found found = {{NULL}};
        struct fail why = {0};
        enum status status;

        if (row->level == LEVELS) {
            status = places_find_any(&places, "00", row->text, search.where, &found, &why);
        } else {
            search.chosen[row->level] = chosen;
            status = places_search(&search, &why);
        }
        cr_expect(eq(int, status, row->says == NULL ? STATUS_OK : STATUS_USAGE), "%s: %s",
                  row->text, why.text);
        if (row->says != NULL) {
            cr_expect(strstr(why.text, row->says) != NULL, "%s: %s", row->text, why.text);
        } else if (row->level == LEVELS) {
            check_chosen(&places, &found, row);
        } else {
            struct places_found one = {{NULL}};

            one.chosen[row->level] = chosen;
            check_chosen(&places, &one, row);
        }
        places_found_release(&found);
    }
    places_release(&places);
}

/* The same ICB by whatever is typed, and the same refusal. */
Test(search, every_command_finds_alike)
{
    static const char *const commands[] = {
        "run %s/build/sample/EPD_SNOMED_202607.csv --quiet --xlsx no --out out --icb",
        "report --store s --xlsx no --out out --icb",
        "trend %s/build/sample/EPD_SNOMED_20260[67].csv --quiet --organisation",
        "targets %s/build/sample/EPD_SNOMED_202607.csv --quiet --organisation",
    };
    char command[200];

    shell("cd %s && %s add %s/build/sample/EPD_SNOMED_202607.csv --store s --quiet",
          scratch_folder(), program(), root_folder());
    for (size_t i = 0; i < LENGTH_OF(commands); i++) {
        snprintf(command, sizeof command, commands[i], root_folder());
        for (int way = 0; way < 2; way++) {
            cr_expect(eq(int,
                         shell("cd %s && %s %s %s", scratch_folder(), program(), command,
                               way == 0 ? "qzb" : "'sample mid (made'"),
                         0),
                      "%s: %s", command, shell_output());
        }
        cr_expect(
            eq(int, shell("cd %s && %s %s 'sampel mid'", scratch_folder(), program(), command), 64),
            "%s: %s", command, shell_output());
        cr_expect(strstr(shell_output(), "\"sampel mid\" in these months; the nearest: ") != NULL,
                  "%s: %s", command, shell_output());
    }
}
