/* The made-up sample: a small country of three ICBs, its practices, and what they prescribe.
 *
 * Everything is drawn from a hash of who, what and when, in integers only: the same program
 * writes the same bytes on every machine.
 *
 *     product_code(&product, 202601)     "0302000ABBCAAAB", for Fostair 100/6
 */
#ifndef SAMPLE_SAMPLE_H
#define SAMPLE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SAMPLE_FIRST_MONTH = 202308,
    SAMPLE_MONTHS = 36,
    SAMPLE_RENAMED_FROM = 202503, /* the month whose file has the new column names */
    SAMPLE_SURGERIES = 84,
    SAMPLE_SUB_ICBS = 6,
    SAMPLE_PRACTICES = SAMPLE_SURGERIES + SAMPLE_SUB_ICBS + 1,
    SAMPLE_MAX_PRODUCTS = 128
};

enum icb { ICB_NORTH, ICB_MID, ICB_SOUTH, ICB_NONE, ICB_COUNT };

struct icb_name {
    const char *region_name, *region_code, *name, *code;
};

struct sub_icb {
    const char *name, *code;
    enum icb icb;
};

/* How a practice departs from its ICB. Each is there to be found by a chart. */
enum habit { HABIT_USUAL, HABIT_STAYS_HIGH, HABIT_EARLY, HABIT_STEP, HABIT_HEAVY };

struct practice {
    char name[48];
    char code[8];
    char street[40];
    const char *town;
    char postcode[24];
    uint32_t id;
    int32_t patients;
    int32_t sub_icb; /* until moves_at */
    int32_t moves_to;
    int32_t opens, closes, moves_at; /* months since the first, closes not included */
    int32_t offset_g;                /* carbon per salbutamol inhaler, against its ICB */
    enum habit habit;
    char unidentified; /* 'Y' or 'N' */
};

/* How many of a product one item holds: three sizes and how common each is. */
enum pack {
    PACK_RELIEVER,
    PACK_PREVENTER,
    PACK_CAPSULE,
    PACK_NEBULE,
    PACK_TABLET,
    PACK_PAIN,
    PACK_DRESSING,
    PACK_DEVICE,
    PACK_DROPS,
    PACK_SYRINGE,
    PACK_KINDS
};

struct pack_size {
    int32_t thousandths; /* QUANTITY of one item */
    int32_t per_mille;   /* of the items */
};

enum { PACK_SIZES = 3 };

/* The two ends between which a practice's salbutamol lies. */
enum mix { MIX_NONE, MIX_HIGH, MIX_LOW, MIX_EASYHALER };

struct product {
    const char *code, *name, *chemical; /* as in the first month */
    enum pack pack;
    int32_t price_pence, price_units; /* so many pence for so many units */
    int32_t reach;                    /* per cent of practices that prescribe it at all */
    int32_t per_100k;                 /* items a month for 100,000 patients */
    int32_t drift;                    /* per mille of change a month */
    enum mix mix;
    int32_t grams;     /* CO2e of one inhaler, the weights of the salbutamol measure */
    int32_t share;     /* per mille of the low end of the mix */
    int32_t adq_units; /* units in one average daily quantity, 0: has none */
    int32_t begins;    /* first month, 0: always */
    bool winter;       /* more in winter, as all that is in the mix */
};

/* A number in 0..2^64-1 that depends on nothing but its arguments. */
uint64_t draw(uint32_t topic, uint32_t a, uint32_t b, uint32_t c);

/* The same, low to high, both included. */
int32_t draw_between(int32_t low, int32_t high, uint32_t topic, uint32_t a, uint32_t b, uint32_t c);

/* YYYYMM of a month counted from the first. */
int32_t sample_month(int32_t index);

extern const struct icb_name icb_names[ICB_COUNT];

/* The last is where nobody knows where. */
extern const struct sub_icb sub_icbs[SAMPLE_SUB_ICBS + 1];

void practices_make(struct practice practices[SAMPLE_PRACTICES]);
const struct sub_icb *practice_home(const struct practice *practice, int32_t month_index);

/* The second country, of the last months, whose ICBs merge. */
enum { MERGER_PRACTICES = 24, MERGER_FIRST_MONTH = 16 };

/* Where a practice is: its sub-ICB and its ICB. */
struct home {
    const char *name, *code;
    const struct icb_name *icb;
};

void merger_practices(struct practice practices[MERGER_PRACTICES], const struct practice first[]);
struct home merger_home(const struct practice *practice, int32_t month_index);

/* Grams of CO2e that an inhaler of salbutamol should come to in this practice and month. */
int32_t practice_target_g(const struct practice *practice, int32_t month_index);

extern const struct product products[];
extern const size_t product_count;
extern const struct pack_size pack_sizes[PACK_KINDS][PACK_SIZES];

/* Code and chemical name in a month: each January some presentations get new ones. */
const char *product_code(const struct product *product, int32_t month);
const char *product_chemical(const struct product *product, int32_t month);
const char *product_chapter(const struct product *product);

/* Items of every product in one practice and month, in thousandths. */
void prescribing_plan(const struct practice *practice, int32_t month_index,
                      int64_t plan[SAMPLE_MAX_PRODUCTS]);

/* Hospital months (scmd_final_*.csv, scmd_provisional_*.csv), and what two trusts say of
 * supply outside pharmacy and of clinical use. */
bool hospital_write(const char *folder);

#endif
