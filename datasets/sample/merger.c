#include "sample.h"

#include <stdio.h>

/* A second country, in files of its own: three ICBs that in April 2026 become two.  East goes
 * whole into East and West; West is split, half into that one and half into Coast; the old Coast
 * gets a new code.  The sub-ICBs stay, as those of England did. */

enum {
    MERGES_AT = 32, /* April 2026 */
    CLOSES_AT = 30,
    OPENS_AT = 33,
    NEVER = SAMPLE_MONTHS,
    FIRST_ID = 200 /* so that the draws are others */
};

enum { EAST, WEST, COAST, EAST_AND_WEST, NEW_COAST };

static const struct icb_name names[] = {
    {"SAMPLE (MADE UP)", "YZ2", "NHS SAMPLE EAST (MADE UP) INTEGRATED CARE BOARD", "QYA"},
    {"SAMPLE (MADE UP)", "YZ2", "NHS SAMPLE WEST (MADE UP) INTEGRATED CARE BOARD", "QYB"},
    {"SAMPLE (MADE UP)", "YZ2", "NHS SAMPLE COAST (MADE UP) INTEGRATED CARE BOARD", "QYC"},
    {"SAMPLE (MADE UP)", "YZ2", "NHS SAMPLE EAST AND WEST (MADE UP) INTEGRATED CARE BOARD",
     "Y1Z1Y"},
    {"SAMPLE (MADE UP)", "YZ2", "NHS SAMPLE NEW COAST (MADE UP) INTEGRATED CARE BOARD", "Y2Z2Y"},
};

/* By the sub-ICB of the first country whose story a practice takes: North, Mid, South, twice. */
static const struct {
    const char *name, *code;
    int before, after;
} homes[SAMPLE_SUB_ICBS] = {
    {"NHS SAMPLE EAST ICB - Y01", "Y0100", EAST, EAST_AND_WEST},
    {"NHS SAMPLE WEST ICB - Y03", "Y0300", WEST, EAST_AND_WEST},
    {"NHS SAMPLE COAST ICB - Y05", "Y0500", COAST, NEW_COAST},
    {"NHS SAMPLE EAST ICB - Y02", "Y0200", EAST, EAST_AND_WEST},
    {"NHS SAMPLE WEST ICB - Y04", "Y0400", WEST, NEW_COAST},
    {"NHS SAMPLE COAST ICB - Y06", "Y0600", COAST, NEW_COAST},
};

void merger_practices(struct practice practices[MERGER_PRACTICES], const struct practice first[])
{
    for (uint32_t i = 0; i < MERGER_PRACTICES; i++) {
        struct practice *const practice = &practices[i];

        *practice = first[i];
        practice->id = FIRST_ID + i;
        practice->opens = i == 9 ? OPENS_AT : 0;       /* in Y02, after the merger */
        practice->closes = i == 6 ? CLOSES_AT : NEVER; /* in Y01, before it */
        practice->moves_at = NEVER;
        practice->moves_to = practice->sub_icb;
        (void)snprintf(practice->code, sizeof practice->code, "Z95%03u", (unsigned)i + 1);
    }
}

struct home merger_home(const struct practice *practice, int32_t month_index)
{
    const int32_t home = practice->sub_icb;

    return (struct home){homes[home].name, homes[home].code,
                         &names[month_index < MERGES_AT ? homes[home].before : homes[home].after]};
}
