#include "sample.h"

#include <stdio.h>

enum { TOPIC_ISSUE = 301, TOPIC_PRICE };

/* Hospital data begin in April 2025; what is final ends with the financial year, and the
 * provisional series goes on from two months before. */
enum {
    HOSPITAL_FIRST = 20, /* months after the first of the sample */
    FINAL_LAST = 31,
    PROVISIONAL_FIRST = 30,
    PROVISIONAL_LAST = 34,
    UDFS_FROM = 202606 /* the month whose file has the UDFS columns */
};

enum trust { TRUST_ACUTE, TRUST_TEACHING, TRUST_GENERAL, TRUST_COMMUNITY, TRUST_WOMEN, TRUSTS };

static const char *const trust_codes[TRUSTS] = {"RZ1", "RZ2", "RZ3", "RZ4", "RZ5"};

/* Codes as published, except the one that ends in 990, which no rule knows. */
struct medicine {
    const char *code, *name, *unit_code, *unit;
    int32_t monthly[TRUSTS]; /* about so many of the unit */
    int32_t step;            /* a quantity is a multiple of it: a bottle, a pack */
    int32_t pence;           /* indicative price of one */
    int32_t drift;           /* per mille of change a month */
    int32_t until;           /* last month index, 0: always */
    int32_t from;
};

static const struct medicine medicines[] = {
    {"39708611000001100",
     "Desflurane volatile liquid",
     "258773002",
     "ML",
     {9600, 4800, 2400, 0, 0},
     240,
     24,
     -160,
     29,
     0},
    {"333892001",
     "Sevoflurane volatile liquid",
     "258773002",
     "ML",
     {30000, 52500, 17500, 0, 6000},
     250,
     38,
     4,
     23,
     0},
    {"39711011000001104",
     "Sevoflurane volatile liquid",
     "258773002",
     "ML",
     {30000, 52500, 17500, 0, 6000},
     250,
     38,
     4,
     0,
     24},
    {"39717611000001102",
     "Isoflurane volatile liquid",
     "258773002",
     "ML",
     {2500, 5000, 750, 0, 0},
     250,
     9,
     -6,
     0,
     0},
    {"14680411000001109",
     "Nitrous oxide",
     "3314211000001106",
     "NO VALUE",
     {0, 9, 0, 0, 0},
     1,
     2400,
     0,
     0,
     0},
    {"4728111000001100",
     "Nitrous oxide cylinders 900litres",
     "732992001",
     "CYLINDER",
     {14, 22, 6, 0, 0},
     1,
     1900,
     -8,
     0,
     0},
    {"4176711000001108",
     "Nitrous oxide 50% / Oxygen 50% cylinders 2000litres",
     "732992001",
     "CYLINDER",
     {20, 34, 12, 0, 60},
     1,
     2100,
     0,
     0,
     0},
    {"9990000000300990",
     "MADE UP Nitrous oxide 50% / Oxygen 50% cylinders 1000litres",
     "732992001",
     "CYLINDER",
     {0, 0, 5, 0, 0},
     1,
     1500,
     0,
     0,
     0},
    {"9990000000100990",
     "MADE UP Paracetamol 500mg tablets",
     "428673006",
     "TABLET",
     {42000, 61000, 23000, 9000, 7000},
     100,
     1,
     0,
     0,
     0},
    {"9990000000200990",
     "MADE UP Sodium chloride 0.9% infusion 1litre bags",
     "428672001",
     "BAG",
     {2600, 4100, 1500, 120, 500},
     10,
     95,
     0,
     0,
     0},
};

static const char price_header[] =
    "YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,UNIT_OF_MEASURE_IDENTIFIER,"
    "UNIT_OF_MEASURE_NAME,TOTAL_QUANITY_IN_VMP_UNIT,INDICATIVE_COST\n";

static const char udfs_header[] =
    "YEAR_MONTH,ODS_CODE,VMP_SNOMED_CODE,VMP_PRODUCT_NAME,VMP_UDFS_UNIT_OF_MEASURE_IDENTIFIER,"
    "VMP_UDFS_UNIT_OF_MEASURE_NAME,TOTAL_QUANTITY_IN_VMP_UDFS_UNIT_OF_MEASURE,INDICATIVE_COST,"
    "VMP_UNIT_DOSE_UNIT_OF_MEASURE_NAME,TOTAL_QUANTITY_IN_VMP_UNIT_DOSE_UNIT_OF_MEASURE\n";

/* Whole steps, so that bottles stay bottles. */
static int64_t draw_quantity(const struct medicine *medicine, uint32_t id, uint32_t trust,
                             int32_t index)
{
    int64_t mean = medicine->monthly[trust];

    for (int32_t i = HOSPITAL_FIRST; i < index; i++)
        mean += mean * medicine->drift / 1000;
    mean = mean * draw_between(850, 1150, TOPIC_ISSUE, id, trust, (uint32_t)index) / 1000;
    return (mean + medicine->step / 2) / medicine->step * medicine->step;
}

/* What is there to be found: datasets/README.md. */
static bool is_missing(uint32_t trust, int32_t index)
{
    return trust == TRUST_GENERAL && sample_month(index) == 202511;
}

static int64_t returned(uint32_t medicine, uint32_t trust, int32_t index)
{
    if (medicine == 0 && trust == TRUST_ACUTE && sample_month(index) == 202602)
        return 1200; /* five bottles, two months after the last was issued */
    if (medicine == 2 && trust == TRUST_TEACHING && sample_month(index) == 202601)
        return 2500;
    return 0;
}

static void put_row(FILE *out, int32_t month, uint32_t trust, const struct medicine *medicine,
                    int64_t quantity, bool priced)
{
    const int64_t pence = quantity * medicine->pence;
    char cost[32] = "";

    if (priced)
        (void)snprintf(cost, sizeof cost, "%s%lld.%02lld", pence < 0 ? "-" : "",
                       (long long)(pence < 0 ? -pence : pence) / 100,
                       (long long)(pence < 0 ? -pence : pence) % 100);
    (void)fprintf(out, "%d,%s,%s,%s,%s,%s,%lld,%s", month, trust_codes[trust], medicine->code,
                  medicine->name, medicine->unit_code, medicine->unit, (long long)quantity, cost);
    if (month >= UDFS_FROM)
        (void)fprintf(out, ",%s,%lld", medicine->unit, (long long)quantity);
    (void)fputc('\n', out);
}

static void put_trust(FILE *out, uint32_t trust, int32_t index, bool provisional)
{
    const int32_t month = sample_month(index);

    for (uint32_t id = 0; id < sizeof medicines / sizeof medicines[0]; id++) {
        const struct medicine *const medicine = &medicines[id];
        const bool on =
            index >= medicine->from && (medicine->until == 0 || index <= medicine->until);
        int64_t quantity = on ? draw_quantity(medicine, id, trust, index) : 0;

        /* what is provisional lacks a little that is booked later */
        if (provisional)
            quantity = quantity * 9 / 10 / medicine->step * medicine->step;
        quantity -= returned(id, trust, index);
        if (quantity != 0)
            put_row(out, month, trust, medicine, quantity,
                    draw_between(0, 24, TOPIC_PRICE, id, trust, (uint32_t)index) > 0);
    }
}

static bool write_month(const char *folder, const char *series, int32_t index)
{
    const int32_t month = sample_month(index);
    char path[4096];
    FILE *out;
    bool written;

    if (snprintf(path, sizeof path, "%s/scmd_%s_%d.csv", folder, series, month) >= (int)sizeof path)
        return false;
    out = fopen(path, "wb");
    if (!out)
        return false;
    (void)fputs(month >= UDFS_FROM ? udfs_header : price_header, out);
    for (uint32_t trust = 0; trust < TRUSTS; trust++)
        if (!is_missing(trust, index))
            put_trust(out, trust, index, series[0] == 'p');
    written = !ferror(out);
    return fclose(out) == 0 && written;
}

static bool write_text(const char *folder, const char *name, const char *header,
                       void (*put)(FILE *out, int32_t index))
{
    char path[4096];
    FILE *out;
    bool written;

    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return false;
    out = fopen(path, "wb");
    if (!out)
        return false;
    (void)fputs(header, out);
    for (int32_t i = HOSPITAL_FIRST; i <= PROVISIONAL_LAST; i++)
        put(out, i);
    written = !ferror(out);
    return fclose(out) == 0 && written;
}

/* The manifold of RZ1 is turned off after January 2026; RZ2 knows no other way. */
static void put_supply(FILE *out, int32_t index)
{
    const int32_t month = sample_month(index);
    const int32_t cylinders = draw_between(3, 5, TOPIC_ISSUE, 99, 0, (uint32_t)index);

    if (month <= 202601)
        (void)fprintf(out, "RZ1,%d,MADE UP Infirmary,nitrous oxide,generic,J,%d,\n", month,
                      (int)cylinders);
    (void)fprintf(out, "RZ2,%d,MADE UP Royal,nitrous oxide,,,,%d\n", month,
                  (int)draw_between(52, 68, TOPIC_ISSUE, 99, 1, (uint32_t)index) * 1000);
    (void)fprintf(out, "RZ2,%d,MADE UP Maternity,Entonox,Entonox (BOC),G,%d,\n", month,
                  (int)draw_between(8, 14, TOPIC_ISSUE, 99, 2, (uint32_t)index));
}

static void put_use(FILE *out, int32_t index)
{
    const int32_t month = sample_month(index);

    (void)fprintf(out, "RZ1,%d,MADE UP Infirmary,nitrous oxide,%d\n", month,
                  (int)draw_between(2500, 3900, TOPIC_ISSUE, 98, 0, (uint32_t)index));
    (void)fprintf(out, "RZ2,%d,MADE UP Royal,nitrous oxide,%d\n", month,
                  (int)draw_between(4800, 6200, TOPIC_ISSUE, 98, 1, (uint32_t)index));
}

bool hospital_write(const char *folder)
{
    bool written =
        write_text(folder, "gas_supply.csv",
                   "organisation,month,site,gas,brand,size,cylinders,litres\n", put_supply) &&
        write_text(folder, "gas_use.csv", "organisation,month,site,gas,litres_used\n", put_use);

    for (int32_t i = HOSPITAL_FIRST; i <= FINAL_LAST && written; i++)
        written = write_month(folder, "final", i);
    for (int32_t i = PROVISIONAL_FIRST; i <= PROVISIONAL_LAST && written; i++)
        written = write_month(folder, "provisional", i);
    return written;
}
