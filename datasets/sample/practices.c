#include "sample.h"

#include <stdio.h>
#include <string.h>

enum { TOPIC_PATIENTS = 1, TOPIC_OFFSET, TOPIC_POSTCODE, TOPIC_STREET, TOPIC_WOBBLE };

enum {
    NEVER = SAMPLE_MONTHS,
    NATIONAL = SAMPLE_SUB_ICBS, /* the place of whom nobody knows where */
    OPENS_AT = 12,
    CLOSES_AT = 20,
    MOVES_AT = 24,
    STEP_AT = 20
};

/* In the order of enum icb. */
const struct icb_name icb_names[ICB_COUNT] = {
    {"SAMPLE (MADE UP)", "YZ1", "NHS SAMPLE NORTH (MADE UP) INTEGRATED CARE BOARD", "QZA"},
    {"SAMPLE (MADE UP)", "YZ1", "NHS SAMPLE MID (MADE UP) INTEGRATED CARE BOARD", "QZB"},
    {"SAMPLE (MADE UP)", "YZ1", "NHS SAMPLE SOUTH (MADE UP) INTEGRATED CARE BOARD", "QZC"},
    {"UNIDENTIFIED", "-", "UNIDENTIFIED", "-"},
};

const struct sub_icb sub_icbs[SAMPLE_SUB_ICBS + 1] = {
    {"NHS SAMPLE NORTH ICB - Z01", "Z0100", ICB_NORTH},
    {"NHS SAMPLE MID ICB - Z03", "Z0300", ICB_MID},
    {"NHS SAMPLE SOUTH ICB - Z05", "Z0500", ICB_SOUTH},
    {"NHS SAMPLE NORTH ICB - Z02", "Z0200", ICB_NORTH},
    {"NHS SAMPLE MID ICB - Z04", "Z0400", ICB_MID},
    {"NHS SAMPLE SOUTH ICB - Z06", "Z0600", ICB_SOUTH},
    {"UNIDENTIFIED", "-", ICB_NONE},
};

static const char *const towns[] = {"SAMPLEFORD", "MADEUP ON SEA", "SPECIMEN REGIS",
                                    "TESTBURY",   "DUMMYTON",      "FIXTURE GREEN"};

/* Surgeries to whom something happens; the numbers give their sub-ICB by the remainder of 6. */
enum {
    SURGERY_AMPERSAND = 7,
    SURGERY_COMMA = 10,
    SURGERY_APOSTROPHE = 16,
    SURGERY_STAYS_HIGH = 21, /* North */
    SURGERY_OPENS = 24,      /* North */
    SURGERY_EARLY = 32,      /* South */
    SURGERY_CLOSES = 35,     /* South */
    SURGERY_MOVES = 43,      /* Mid, and South from then on */
    SURGERY_HEAVY = 50,      /* South */
    SURGERY_STEP = 55        /* Mid */
};

/* splitmix64's finaliser: passes the usual tests for a counter as input, and needs no state. */
static uint64_t stir(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

uint64_t draw(uint32_t topic, uint32_t a, uint32_t b, uint32_t c)
{
    const uint64_t who = stir(((uint64_t)topic << 32) | a);

    return stir(who ^ (((uint64_t)b << 32) | c));
}

int32_t draw_between(int32_t low, int32_t high, uint32_t topic, uint32_t a, uint32_t b, uint32_t c)
{
    const uint64_t span = (uint64_t)(high - low) + 1;

    return low + (int32_t)(draw(topic, a, b, c) % span);
}

int32_t sample_month(int32_t index)
{
    const int32_t months = (SAMPLE_FIRST_MONTH / 100) * 12 + SAMPLE_FIRST_MONTH % 100 - 1 + index;

    return months / 12 * 100 + months % 12 + 1;
}

/* Plants and places only: a name must not be a person's. */
static void name_surgery(struct practice *practice)
{
    static const char *const first[] = {
        "ALDER",  "ASPEN", "BEECH",    "BIRCH",   "BRAMBLE",  "CEDAR",  "CLOVER",  "CYPRESS",
        "ELM",    "GORSE", "HAWTHORN", "LARCH",   "MAPLE",    "MEADOW", "OAK",     "PINE",
        "POPLAR", "SEDGE", "SPRUCE",   "SORREL",  "SYCAMORE", "TEASEL", "THISTLE", "WALNUT",
        "WILLOW", "YEW",   "BRACKEN",  "COWSLIP", "FOXGLOVE", "LICHEN"};
    static const char *const second[] = {"BROOK MEDICAL CENTRE", "HILL SURGERY",
                                         "FIELD HEALTH CENTRE"};
    const size_t count = sizeof first / sizeof first[0];

    switch (practice->id) {
    case SURGERY_AMPERSAND:
        (void)snprintf(practice->name, sizeof practice->name, "DUNE & HARBOUR SURGERY");
        break;
    case SURGERY_COMMA:
        (void)snprintf(practice->name, sizeof practice->name, "QUARRY SURGERY, LOWER FIELD");
        break;
    case SURGERY_APOSTROPHE:
        (void)snprintf(practice->name, sizeof practice->name, "SHEPHERD'S GATE SURGERY");
        break;
    default:
        (void)snprintf(practice->name, sizeof practice->name, "%s %s", first[practice->id % count],
                       second[practice->id / count]);
    }
}

/* No postcode area ZZ exists. Every seventh street holds a comma, as the real ones do. */
static void place_surgery(struct practice *practice)
{
    const uint32_t id = practice->id;

    (void)snprintf(practice->street, sizeof practice->street, "%d SAMPLE %s%s",
                   (int)draw_between(1, 99, TOPIC_STREET, id, 0, 0), id % 2 ? "ROAD" : "LANE",
                   id % 7 == 3 ? ",UPPER END" : "");
    practice->town = towns[practice->sub_icb];
    (void)snprintf(practice->postcode, sizeof practice->postcode, "ZZ%d %dZZ",
                   (int)practice->sub_icb + 1, (int)draw_between(1, 9, TOPIC_POSTCODE, id, 0, 0));
}

/* Small surgeries are the more common: the square of an even draw. */
static int32_t draw_patients(uint32_t id)
{
    const int32_t x = draw_between(0, 1000, TOPIC_PATIENTS, id, 0, 0);

    return 2000 + x * x / 1000 * 18;
}

static enum habit find_habit(uint32_t id)
{
    switch (id) {
    case SURGERY_STAYS_HIGH:
        return HABIT_STAYS_HIGH;
    case SURGERY_EARLY:
        return HABIT_EARLY;
    case SURGERY_STEP:
        return HABIT_STEP;
    case SURGERY_HEAVY:
        return HABIT_HEAVY;
    default:
        return HABIT_USUAL;
    }
}

static void make_surgery(struct practice *practice, uint32_t id)
{
    *practice = (struct practice){
        .id = id,
        .patients = draw_patients(id),
        .sub_icb = (int32_t)(id % SAMPLE_SUB_ICBS),
        .opens = id == SURGERY_OPENS ? OPENS_AT : 0,
        .closes = id == SURGERY_CLOSES ? CLOSES_AT : NEVER,
        .moves_at = id == SURGERY_MOVES ? MOVES_AT : NEVER,
        .unidentified = 'N',
        .habit = find_habit(id),
        .offset_g = draw_between(-1500, 1500, TOPIC_OFFSET, id, 0, 0) +
                    draw_between(-1500, 1500, TOPIC_OFFSET, id, 1, 0),
    };
    practice->moves_to = id == SURGERY_MOVES ? practice->sub_icb + 1 : practice->sub_icb;
    (void)snprintf(practice->code, sizeof practice->code, "Z9%04u", (unsigned)id + 1);
    name_surgery(practice);
    place_surgery(practice);
}

/* The doctors whom nobody could tell: one entry for each sub-ICB, <PCO>998, and one for England. */
static void make_unidentified(struct practice *practice, uint32_t id, int32_t sub_icb)
{
    *practice = (struct practice){
        .id = id,
        .name = "UNIDENTIFIED DOCTORS",
        .code = "-",
        .street = "-",
        .town = "-",
        .postcode = "-",
        .patients = sub_icb == NATIONAL ? 1500 : 500,
        .sub_icb = sub_icb,
        .moves_to = sub_icb,
        .closes = NEVER,
        .moves_at = NEVER,
        .unidentified = 'Y',
    };
    if (sub_icb == NATIONAL)
        return;
    (void)snprintf(practice->code, sizeof practice->code, "%.3s998", sub_icbs[sub_icb].code);
    place_surgery(practice);
}

/* Takes the mean departure of an ICB out, so that the ICB follows the trend it was given. */
static void centre_offsets(struct practice practices[SAMPLE_PRACTICES], enum icb icb)
{
    int64_t weighted = 0, patients = 0;

    for (size_t i = 0; i < SAMPLE_SURGERIES; i++) {
        if (sub_icbs[practices[i].sub_icb].icb != icb)
            continue;
        weighted += (int64_t)practices[i].offset_g * practices[i].patients;
        patients += practices[i].patients;
    }
    for (size_t i = 0; patients > 0 && i < SAMPLE_SURGERIES; i++)
        if (sub_icbs[practices[i].sub_icb].icb == icb)
            practices[i].offset_g -= (int32_t)(weighted / patients);
}

void practices_make(struct practice practices[SAMPLE_PRACTICES])
{
    for (uint32_t id = 0; id < SAMPLE_SURGERIES; id++)
        make_surgery(&practices[id], id);
    for (int32_t i = 0; i <= SAMPLE_SUB_ICBS; i++)
        make_unidentified(&practices[SAMPLE_SURGERIES + i], (uint32_t)(SAMPLE_SURGERIES + i), i);
    for (enum icb icb = ICB_NORTH; icb <= ICB_SOUTH; icb++)
        centre_offsets(practices, icb);
}

const struct sub_icb *practice_home(const struct practice *practice, int32_t month_index)
{
    return &sub_icbs[month_index < practice->moves_at ? practice->sub_icb : practice->moves_to];
}

/* The three stories: a steady fall, nothing, and a fall that stalls and turns. */
static int32_t trend_g(enum icb icb, int32_t month_index)
{
    const int32_t last = SAMPLE_MONTHS - 1;
    const int32_t turn = 18;

    switch (icb) {
    case ICB_NORTH:
        return 22000 - 9900 * month_index / last;
    case ICB_MID:
        return 19000;
    case ICB_SOUTH:
        if (month_index <= turn)
            return 20000 - 2500 * month_index / turn;
        return 17500 + 500 * (month_index - turn) / (last - turn);
    case ICB_NONE:
    case ICB_COUNT:
        break;
    }
    return 20000;
}

/* A surgery that moves keeps its own story: its patients and prescribers are the same. */
int32_t practice_target_g(const struct practice *practice, int32_t month_index)
{
    const int32_t wobble =
        draw_between(-700, 700, TOPIC_WOBBLE, practice->id, (uint32_t)month_index, 0);
    const int32_t usual =
        trend_g(sub_icbs[practice->sub_icb].icb, month_index) + practice->offset_g + wobble;

    switch (practice->habit) {
    case HABIT_STAYS_HIGH:
        return 26000 + wobble;
    case HABIT_EARLY:
        return 11000 + wobble;
    case HABIT_STEP:
        return month_index < STEP_AT ? usual : usual - 7000;
    case HABIT_USUAL:
    case HABIT_HEAVY:
        break;
    }
    return usual;
}
