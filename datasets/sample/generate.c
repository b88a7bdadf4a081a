#include "sample.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_USAGE = 64, EXIT_CANTCREATE = 73, EXIT_IO = 74 };

enum { TOPIC_ITEMS = 201, TOPIC_DISCOUNT };

enum { PRACTICES_PER_BLOCK = 3 };

static const char old_header[] =
    "YEAR_MONTH,REGIONAL_OFFICE_NAME,REGIONAL_OFFICE_CODE,ICB_NAME,ICB_CODE,PCO_NAME,PCO_CODE,"
    "PRACTICE_NAME,PRACTICE_CODE,ADDRESS_1,ADDRESS_2,ADDRESS_3,ADDRESS_4,POSTCODE,"
    "BNF_CHEMICAL_SUBSTANCE,CHEMICAL_SUBSTANCE_BNF_DESCR,BNF_CODE,BNF_DESCRIPTION,"
    "BNF_CHAPTER_PLUS_CODE,QUANTITY,ITEMS,TOTAL_QUANTITY,ADQUSAGE,NIC,ACTUAL_COST,UNIDENTIFIED,"
    "SNOMED_CODE\r\n";

static const char renamed_header[] =
    "\"YEAR_MONTH\",\"REGIONAL_OFFICE_NAME\",\"REGIONAL_OFFICE_CODE\",\"ICB_NAME\",\"ICB_CODE\","
    "\"PCO_NAME\",\"PCO_CODE\",\"PRACTICE_NAME\",\"PRACTICE_CODE\",\"ADDRESS_1\",\"ADDRESS_2\","
    "\"ADDRESS_3\",\"ADDRESS_4\",\"POSTCODE\",\"BNF_CHEMICAL_SUBSTANCE_CODE\","
    "\"BNF_CHEMICAL_SUBSTANCE\",\"BNF_PRESENTATION_CODE\",\"BNF_PRESENTATION_NAME\","
    "\"BNF_CHAPTER_PLUS_CODE\",QUANTITY,ITEMS,TOTAL_QUANTITY,ADQ_USAGE,NIC,ACTUAL_COST,"
    "\"UNIDENTIFIED\",SNOMED_CODE\n";

/* One file: where it goes, which month, and how the published file of that month is written. */
struct extract {
    FILE *out;
    int32_t month_index;
    int32_t month;
    bool merger;  /* of the second country */
    bool renamed; /* every field quoted, "4." for a whole number, LF */
};

/* One row, in the units of the file: quantities in thousandths, money and ADQ in 0.00001. */
struct amounts {
    int64_t quantity, items, total, adq, nic, actual_cost;
};

static void put_text(const struct extract *extract, const char *text)
{
    const bool quoted = extract->renamed || strpbrk(text, ",\"") != NULL;

    if (quoted)
        (void)fputc('"', extract->out);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"')
            (void)fputc('"', extract->out);
        (void)fputc(*at, extract->out);
    }
    (void)fputs(quoted ? "\"," : ",", extract->out);
}

/* No zeros at the end; a whole number is "4." since the renaming and 4.0 before it. */
static void put_decimal(const struct extract *extract, int64_t value, int places)
{
    char fraction[8] = "";
    int64_t unit = 1;
    int length = 0;

    for (int i = 0; i < places; i++)
        unit *= 10;
    for (int64_t rest = value % unit; rest > 0; rest = rest * 10 % unit)
        fraction[length++] = (char)('0' + rest * 10 / unit);
    if (length == 0 && !extract->renamed)
        fraction[length++] = '0';
    fraction[length] = '\0';
    (void)fprintf(extract->out, extract->renamed ? "\"%lld.%s\"," : "%lld.%s,",
                  (long long)(value / unit), fraction);
}

static void put_month(const struct extract *extract)
{
    if (extract->renamed)
        (void)fprintf(extract->out, "\"%d-%02d\",", extract->month / 100, extract->month % 100);
    else
        (void)fprintf(extract->out, "%d,", extract->month);
}

static struct home find_home(const struct extract *extract, const struct practice *practice)
{
    const struct sub_icb *home;

    if (extract->merger)
        return merger_home(practice, extract->month_index);
    home = practice_home(practice, extract->month_index);
    return (struct home){home->name, home->code, &icb_names[home->icb]};
}

static void put_place(const struct extract *extract, const struct practice *practice)
{
    const struct home home = find_home(extract, practice);
    const struct icb_name *const icb = home.icb;
    const char *const texts[] = {
        icb->region_name,  icb->region_code, icb->name,        icb->code,      home.name, home.code,
        practice->name,    practice->code,   practice->street, practice->town, "",        "",
        practice->postcode};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        put_text(extract, texts[i]);
}

/* The chemical's code is the first nine characters of a medicine's, four of an appliance's. */
static void put_product(const struct extract *extract, const struct product *product)
{
    const char *const code = product_code(product, extract->month);
    char chemical_code[10];

    (void)snprintf(chemical_code, sizeof chemical_code, "%.*s", strlen(code) == 15 ? 9 : 4, code);
    put_text(extract, chemical_code);
    put_text(extract, product_chemical(product, extract->month));
    put_text(extract, code);
    put_text(extract, product->name);
    put_text(extract, product_chapter(product));
}

static void put_amounts(const struct extract *extract, const struct amounts *amounts)
{
    put_decimal(extract, amounts->quantity, 3);
    (void)fprintf(extract->out, "%lld,", (long long)amounts->items);
    put_decimal(extract, amounts->total, 3);
    put_decimal(extract, amounts->adq, 5);
    put_decimal(extract, amounts->nic, 5);
    put_decimal(extract, amounts->actual_cost, 5);
}

/* The last digits 990 name a part of SNOMED CT that does not exist: no such code is real. */
static void put_end(const struct extract *extract, const struct practice *practice,
                    const struct product *product)
{
    const char unidentified[] = {practice->unidentified, '\0'};
    const long long snomed = 9990000000990 + 1000 * (long long)(product - products);

    put_text(extract, unidentified);
    (void)fprintf(extract->out, "%lld%s", snomed, extract->renamed ? "\n" : "\r\n");
}

static int64_t divide_to_nearest(int64_t top, int64_t bottom)
{
    return (top + bottom / 2) / bottom;
}

/* NIC is price x quantity in whole pence; a little over 93 % of it is paid. */
static struct amounts price_row(const struct extract *extract, const struct product *product,
                                int64_t quantity, int64_t items)
{
    const int64_t total = quantity * items;
    const int64_t pence =
        divide_to_nearest(total * product->price_pence, (int64_t)product->price_units * 1000);
    const int64_t paid_per_100k =
        draw_between(92800, 93600, TOPIC_DISCOUNT, (uint32_t)extract->month, 0, 0);

    return (struct amounts){
        .quantity = quantity,
        .items = items,
        .total = total,
        .adq = product->adq_units ? divide_to_nearest(total * 100, product->adq_units) : 0,
        .nic = pence * 1000,
        .actual_cost = divide_to_nearest(pence * paid_per_100k, 100),
    };
}

/* One row for each size of item; a part of an item becomes a whole one by chance, so that small
 * practices keep their mean. */
static void put_rows(const struct extract *extract, const struct practice *practice,
                     uint32_t product_id, int64_t plan)
{
    const struct product *const product = &products[product_id];
    const uint32_t month = (uint32_t)extract->month_index;

    for (uint32_t i = 0; i < PACK_SIZES; i++) {
        const struct pack_size *const size = &pack_sizes[product->pack][i];
        const uint32_t chance_id = product_id * PACK_SIZES + i;
        const int64_t share = plan * size->per_mille / 1000;
        const int64_t items =
            (share + draw_between(0, 999, TOPIC_ITEMS, practice->id, chance_id, month)) / 1000;
        const struct amounts amounts = price_row(extract, product, size->thousandths, items);

        if (items == 0 || amounts.nic == 0)
            continue;
        put_month(extract);
        put_place(extract, practice);
        put_product(extract, product);
        put_amounts(extract, &amounts);
        put_end(extract, practice, product);
    }
}

static bool is_open(const struct practice *practice, int32_t month_index)
{
    return month_index >= practice->opens && month_index < practice->closes;
}

/* A few practices of one sub-ICB, product by product: the published files are runs of such
 * blocks, and nobody may rely on a practice's rows being together. */
static void put_block(const struct extract *extract, const struct practice *const block[],
                      size_t count)
{
    int64_t plans[PRACTICES_PER_BLOCK][SAMPLE_MAX_PRODUCTS];

    for (size_t i = 0; i < count; i++)
        prescribing_plan(block[i], extract->month_index, plans[i]);
    for (uint32_t product_id = 0; product_id < product_count; product_id++)
        for (size_t i = 0; i < count; i++)
            put_rows(extract, block[i], product_id, plans[i][product_id]);
}

/* Blocks of one sub-ICB after another, as the numbers of the practices go round them. */
static void put_month_rows(const struct extract *extract, const struct practice practices[],
                           size_t practice_count)
{
    const size_t round = (size_t)SAMPLE_SUB_ICBS * PRACTICES_PER_BLOCK;

    for (size_t start = 0; start < practice_count; start += round) {
        for (size_t first = start; first < start + SAMPLE_SUB_ICBS; first++) {
            const struct practice *block[PRACTICES_PER_BLOCK];
            size_t count = 0;

            for (size_t i = first; i < start + round; i += SAMPLE_SUB_ICBS)
                if (i < practice_count && is_open(&practices[i], extract->month_index))
                    block[count++] = &practices[i];
            put_block(extract, block, count);
        }
    }
}

static int write_month(const char *folder, bool merger, int32_t month_index,
                       const struct practice practices[], size_t practice_count)
{
    struct extract extract = {
        .month_index = month_index, .month = sample_month(month_index), .merger = merger};
    char path[4096];
    const int length = snprintf(path, sizeof path, "%s%s/EPD_SNOMED_%d.csv", folder,
                                merger ? "/merger" : "", extract.month);
    bool written;

    if (length < 0 || (size_t)length >= sizeof path)
        return EXIT_CANTCREATE;
    extract.renamed = extract.month >= SAMPLE_RENAMED_FROM;
    extract.out = fopen(path, "wb");
    if (!extract.out)
        return EXIT_CANTCREATE;
    (void)fputs(extract.renamed ? renamed_header : old_header, extract.out);
    put_month_rows(&extract, practices, practice_count);
    written = !ferror(extract.out);
    return fclose(extract.out) == 0 && written ? EXIT_DONE : EXIT_IO;
}

int main(int argc, char **argv)
{
    struct practice practices[SAMPLE_PRACTICES];
    struct practice merging[MERGER_PRACTICES];

    if (argc != 2) {
        (void)fputs("usage: generate DIR\n", stderr);
        return EXIT_USAGE;
    }
    practices_make(practices);
    merger_practices(merging, practices);
    for (int32_t i = 0; i < SAMPLE_MONTHS; i++) {
        int status = write_month(argv[1], false, i, practices, SAMPLE_PRACTICES);

        if (status == EXIT_DONE && i >= MERGER_FIRST_MONTH)
            status = write_month(argv[1], true, i, merging, MERGER_PRACTICES);

        if (status != EXIT_DONE) {
            (void)fprintf(stderr, "generate: cannot write EPD_SNOMED_%d.csv into %s\n",
                          (int)sample_month(i), argv[1]);
            return status;
        }
    }
    if (!hospital_write(argv[1])) {
        (void)fprintf(stderr, "generate: cannot write the hospital months into %s\n", argv[1]);
        return EXIT_IO;
    }
    return EXIT_DONE;
}
