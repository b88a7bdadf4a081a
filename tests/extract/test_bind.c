#include "support/cases.h"
#include "support/dice.h"
#include "support/paths.h"

#include "extract/bind.h"
#include "rules/rules.h"

#include <stdio.h>
#include <string.h>

/* The eras of the shipped rules. */
static const struct layouts *layouts(void)
{
    static struct rules *rules;
    struct fail why = {0};
    char where[4096];

    if (rules == NULL) {
        snprintf(where, sizeof where, "%s", in_root("rules"));
        const struct rules_place place = {.base = where};

        cr_assert(rules_load(&rules, &place, &why) == STATUS_OK, "%s", why.text);
    }
    return &rules->layouts;
}

#define MOST 40

struct header {
    char text[1200];
    struct view names[MOST];
    size_t count;
};

static struct header *split(const char *line)
{
    static struct header header;
    char *at = header.text;

    snprintf(header.text, sizeof header.text, "%s", line);
    header.count = 0;
    for (char *comma; (comma = strchr(at, ',')) != NULL; at = comma + 1)
        header.names[header.count++] = (struct view){at, (size_t)(comma - at)};
    header.names[header.count++] = view_of(at);
    return &header;
}

#define PLACES(icb)                                                                            \
    "YEAR_MONTH,REGIONAL_OFFICE_NAME,REGIONAL_OFFICE_CODE," icb "_NAME," icb "_CODE,PCO_NAME," \
    "PCO_CODE,PRACTICE_NAME,PRACTICE_CODE,ADDRESS_1,ADDRESS_2,ADDRESS_3,ADDRESS_4,POSTCODE,"
#define OLD                                                                         \
    "BNF_CHEMICAL_SUBSTANCE,CHEMICAL_SUBSTANCE_BNF_DESCR,BNF_CODE,BNF_DESCRIPTION," \
    "BNF_CHAPTER_PLUS_CODE,QUANTITY,ITEMS,TOTAL_QUANTITY,ADQUSAGE,NIC,ACTUAL_COST,UNIDENTIFIED"
#define RENAMED                                                                                \
    "BNF_CHEMICAL_SUBSTANCE_CODE,BNF_CHEMICAL_SUBSTANCE,BNF_PRESENTATION_CODE,"                \
    "BNF_PRESENTATION_NAME,BNF_CHAPTER_PLUS_CODE,QUANTITY,ITEMS,TOTAL_QUANTITY,ADQ_USAGE,NIC," \
    "ACTUAL_COST,UNIDENTIFIED"

static const struct {
    const char *header;
    const char *era;
} known[] = {
    {PLACES("AREA_TEAM") OLD, "epd-area-team"},
    {PLACES("AREA_TEAM") OLD ",SNOMED_CODE", "epd-area-team"},
    {PLACES("STP") OLD, "epd-stp"},
    {PLACES("STP") OLD ",SNOMED_CODE", "epd-stp"},
    {PLACES("ICB") OLD, "epd-icb"},
    {PLACES("ICB") OLD ",SNOMED_CODE", "epd-icb"},
    {PLACES("ICB") RENAMED, "epd-renamed"},
    {PLACES("ICB") RENAMED ",SNOMED_CODE", "epd-renamed"},
    {"SHA,PCT,PRACTICE,BNF CODE,BNF NAME,ITEMS,NIC,ACT COST,QUANTITY,PERIOD", "pdpi"},
    {" SHA,PCT,PRACTICE,BNF CODE,BNF NAME                                    ,ITEMS  ,NIC        "
     ",ACT COST   ,QUANTITY,PERIOD,",
     "pdpi"},
    {"SHA,PCT,PRACTICE,BNF CODE,BNF NAME,ITEMS,NIC,ACT COST,QUANTITY,PERIOD,,", "pdpi"},
};

/* The column of the header with this name, padding aside. */
static int column(const struct header *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (view_is(view_trim(header->names[i]), name))
            return (int)i;
    return -1;
}

/* name by the era, for each role that is read */
static const char *name_of(const char *era, enum role role)
{
    const bool pdpi = strcmp(era, "pdpi") == 0;
    const bool renamed = strcmp(era, "epd-renamed") == 0;
    const char *const icb = strcmp(era, "epd-stp") == 0         ? "STP_CODE"
                            : strcmp(era, "epd-area-team") == 0 ? "AREA_TEAM_CODE"
                                                                : "ICB_CODE";

    switch (role) {
    case ROLE_month:
        return pdpi ? "PERIOD" : "YEAR_MONTH";
    case ROLE_region_code:
        return "REGIONAL_OFFICE_CODE";
    case ROLE_icb_code:
        return icb;
    case ROLE_sub_icb_code:
        return pdpi ? "PCT" : "PCO_CODE";
    case ROLE_practice_code:
        return pdpi ? "PRACTICE" : "PRACTICE_CODE";
    case ROLE_bnf_code:
        return pdpi ? "BNF CODE" : renamed ? "BNF_PRESENTATION_CODE" : "BNF_CODE";
    case ROLE_bnf_name:
        return pdpi ? "BNF NAME" : renamed ? "BNF_PRESENTATION_NAME" : "BNF_DESCRIPTION";
    case ROLE_chemical_code:
        return renamed ? "BNF_CHEMICAL_SUBSTANCE_CODE" : "BNF_CHEMICAL_SUBSTANCE";
    case ROLE_chemical_name:
        return renamed ? "BNF_CHEMICAL_SUBSTANCE" : "CHEMICAL_SUBSTANCE_BNF_DESCR";
    case ROLE_quantity:
        return pdpi ? "QUANTITY" : "TOTAL_QUANTITY"; /* QUANTITY of EPD is of one item */
    case ROLE_items:
        return "ITEMS";
    case ROLE_nic:
        return "NIC";
    case ROLE_actual_cost:
        return pdpi ? "ACT COST" : "ACTUAL_COST";
    case ROLE_unidentified:
        return "UNIDENTIFIED";
    default:
        return NULL;
    }
}

static void must_bind(const struct header *header, const char *era)
{
    struct binding binding;
    struct fail why = {0};

    cr_assert(bind_header(&binding, layouts(), header->names, header->count, &why) == STATUS_OK,
              "%s: %s", era, why.text);
    cr_assert(eq(str, (char *)binding.era->id, (char *)era), "the era");
    cr_assert(eq(sz, binding.columns, header->count), "%s: columns", era);
    for (int role = 0; role < ROLES; role++) {
        const char *const name = name_of(era, (enum role)role);

        if (name == NULL)
            continue;
        cr_expect(eq(int, binding.at[role], column(header, name)), "%s: %s", era,
                  role_text((enum role)role));
        if (binding.at[role] >= 0)
            cr_expect(eq(str, (char *)binding_column(&binding, (enum role)role), (char *)name),
                      "%s: the name for messages", era);
    }
}

Test(bind, each_era_is_known_and_its_columns_found_by_name)
{
    for (size_t i = 0; i < LENGTH_OF(known); i++)
        must_bind(split(known[i].header), known[i].era);
}

Test(bind, the_order_of_columns_does_not_matter)
{
    uint64_t dice = 7;

    for (size_t i = 0; i < LENGTH_OF(known); i++) {
        for (int again = 0; again < 20; again++) {
            struct header *const header = split(known[i].header);

            for (size_t at = header->count - 1; at > 0; at--) {
                const size_t other = dice_below(&dice, at + 1);
                const struct view kept = header->names[at];

                header->names[at] = header->names[other];
                header->names[other] = kept;
            }
            must_bind(header, known[i].era);
        }
    }
}

Test(bind, one_name_means_a_code_in_one_era_and_a_name_in_the_next)
{
    struct binding before;
    struct binding after;
    struct fail why = {0};
    const struct header *header = split(PLACES("ICB") OLD);
    const int at = column(header, "BNF_CHEMICAL_SUBSTANCE");

    cr_assert(bind_header(&before, layouts(), header->names, header->count, &why) == STATUS_OK,
              "%s", why.text);
    cr_expect(eq(int, before.at[ROLE_chemical_code], at), "the code until February 2025");
    header = split(PLACES("ICB") RENAMED);
    cr_assert(bind_header(&after, layouts(), header->names, header->count, &why) == STATUS_OK, "%s",
              why.text);
    cr_expect(eq(int, after.at[ROLE_chemical_name], at + 1), "the name from March 2025");
    cr_expect(eq(int, after.at[ROLE_chemical_code], at), "the code has another column");
}

static const struct {
    const char *name;
    const char *header;
    const char *words[4]; /* all are in the sentence */
} unknown[] = {
    {"a column is missing",
     PLACES("ICB") "BNF_CHEMICAL_SUBSTANCE_CODE,BNF_CHEMICAL_SUBSTANCE,"
                   "BNF_PRESENTATION_NAME,BNF_CHAPTER_PLUS_CODE,QUANTITY,ITEMS,TOTAL_QUANTITY,ADQ_"
                   "USAGE,NIC,"
                   "ACTUAL_COST,UNIDENTIFIED",
     {"renamed", "25 of its 26 columns", "\"BNF_PRESENTATION_CODE\"", "not known there: none"}},
    {"a needed column has another name, and one more is there",
     PLACES("STP") "BNF_CHEMICAL_SUBSTANCE,CHEMICAL_SUBSTANCE_BNF_DESCR,BNF_CODE,BNF_DESCRIPTION,"
                   "BNF_CHAPTER_PLUS_CODE,QUANTITY,NUMBER,TOTAL_QUANTITY,ADQUSAGE,NIC,ACTUAL_COST,"
                   "UNIDENTIFIED,COLOUR",
     {"STPs", "needed: \"ITEMS\"", "\"NUMBER\"", "\"COLOUR\""}},
    {"a mixture of two eras",
     PLACES("AREA_TEAM") RENAMED,
     {"24 of its 26", "not known there", "\"AREA_TEAM_CODE\"", "\"AREA_TEAM_NAME\""}},
    {"no cost at all",
     "SHA,PCT,PRACTICE,BNF CODE,BNF NAME,ITEMS,QUANTITY,PERIOD",
     {"PDPI", "\"NIC\"", "\"ACT COST\"", "needed"}},
    {"a name twice", PLACES("ICB") OLD ",NIC", {"\"NIC\"", "twice", "", ""}},
    {"a padded name twice",
     "SHA,PCT,PRACTICE,BNF CODE,BNF NAME,ITEMS,NIC,ACT COST,QUANTITY,"
     "PERIOD, NIC ",
     {"\"NIC\"", "twice", "", ""}},
    {"a row without a header",
     "201403,A81001,THE DENSHAM SURGERY,TS18 1HU",
     {"no known", "", "", ""}},
    {"one column", "YEAR_MONTH;ITEMS", {"no known", "", "", ""}},
};

static void an_unknown_header_is_refused_and_the_nearest_told(void)
{
    for (size_t i = 0; i < LENGTH_OF(unknown); i++) {
        const struct header *const header = split(unknown[i].header);
        struct binding binding;
        struct fail why = {0};

        cr_expect(eq(int, (int)bind_header(&binding, layouts(), header->names, header->count, &why),
                     STATUS_DATA),
                  "%s", unknown[i].name);
        for (size_t word = 0; word < 4; word++)
            cr_expect(strstr(why.text, unknown[i].words[word]) != NULL, "%s: no '%s' in: %s",
                      unknown[i].name, unknown[i].words[word], why.text);
    }
}

Test(bind, an_unknown_header_is_refused_with_the_nearest_or_none)
{
    const struct layouts none = {.extracts = NULL};
    const struct view name = view_of("NIC");
    struct binding binding;
    struct fail why = {0};

    cr_assert(eq(int, (int)bind_header(&binding, &none, &name, 1, &why), STATUS_RULE), "%s",
              why.text);
    an_unknown_header_is_refused_and_the_nearest_told();
}
