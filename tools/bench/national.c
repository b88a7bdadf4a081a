/* Writes a made-up English month of national size, for benchmarks only:
 *     national --rows 18600000 --shape new --seed 1 > month.csv
 *
 * Shapes as they are published: `new` (since March 2025: nearly every field
 * quoted, whole numbers with a trailing point, LF) and `old` (ICB era: quotes only
 * around fields with a comma).  106 sub-ICBs, 9,300 practices, 20,000 presentations, 3.9 % of the
 * rows in BNF 0301 and 0302.  Rows come in short blocks of one sub-ICB, a few
 * practices of it interleaved, presentations in code order and several
 * quantities of each.  The same arguments give the same bytes on every machine. */

#include "sample/sample.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ICBS = 42,
    SUB_ICBS = 106,
    PRACTICES = 9300,
    PRESENTATIONS = 20000,
    INHALERS = 780, /* 3.9 % of the presentations, drawn as often as the others */
    HEAD_BYTES = 520,
    TAIL_BYTES = 260,
    OUT_BYTES = 1 << 20,
    ROW_BYTES = 2048
};

struct options {
    uint64_t rows;
    uint64_t seed;
    bool old;
    bool crlf;
};

struct text {
    size_t length;
    char at[HEAD_BYTES];
};

static struct text practices[PRACTICES];         /* columns 1 to 14 of its rows */
static struct text presentations[PRESENTATIONS]; /* columns 15 to 19 */
static uint64_t snomed[PRESENTATIONS];

static char out[OUT_BYTES];
static size_t out_length;

static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t state;

static uint64_t roll(uint64_t below)
{
    state = mix(state);
    return (state >> 32) * below >> 32; /* below < 2^32 */
}

/* One field of a row's head or tail, quoted as the shape wants it. */
static void add_field(struct text *text, bool old, const char *value)
{
    const char *const quote = !old || strchr(value, ',') != NULL ? "\"" : "";
    const int written = snprintf(text->at + text->length, sizeof text->at - text->length, "%s%s%s,",
                                 quote, value, quote);

    text->length += (size_t)written;
    if (text->length >= sizeof text->at) {
        fputs("national: a field is too long\n", stderr);
        exit(70);
    }
}

static const char *const towns[] = {"OLDHAM",        "GREAT YARMOUTH", "BATH",   "STOCKTON",
                                    "WEST BROMWICH", "HULL",           "EXETER", "KINGSTON"};
static const char *const streets[] = {"ROCK STREET", "WEST END LANE,ROSSINGTON", "HIGH STREET",
                                      "STATION ROAD", "THE HEALTH CENTRE, MILL LANE"};
static const char *const regions[][2] = {{"NORTH WEST", "Y62"},
                                         {"MIDLANDS", "Y60"},
                                         {"SOUTH WEST", "Y58"},
                                         {"LONDON", "Y56"},
                                         {"EAST OF ENGLAND", "Y61"},
                                         {"SOUTH EAST", "Y59"},
                                         {"NORTH EAST AND YORKSHIRE", "Y63"}};

static void make_practice(struct text *text, uint64_t number, bool old)
{
    const uint64_t sub_icb = number * SUB_ICBS / PRACTICES;
    const uint64_t icb = sub_icb * ICBS / SUB_ICBS;
    const char *const *const region = regions[icb * 7 / ICBS];
    char word[128];

    add_field(text, old, old ? "202407" : "2026-07");
    add_field(text, old, region[0]);
    add_field(text, old, region[1]);
    snprintf(word, sizeof word, "NHS %s%s %s INTEGRATED CARE BOARD", towns[icb % 8],
             icb % 3 == 0 ? ", SWINDON AND" : " AND", towns[(icb + 3) % 8]);
    add_field(text, old, word);
    snprintf(word, sizeof word, "Q%c%c", (int)('A' + icb / 26), (int)('A' + icb % 26));
    add_field(text, old, word);
    snprintf(word, sizeof word, "NHS %s ICB - %02" PRIu64 "%c", towns[icb % 8], sub_icb % 100,
             (int)('A' + sub_icb / 100));
    add_field(text, old, word);
    snprintf(word, sizeof word, "%02" PRIu64 "%c00", sub_icb % 100, (int)('A' + sub_icb / 100));
    add_field(text, old, word);
    snprintf(word, sizeof word, "%s SURGERY %" PRIu64, towns[number % 8], number);
    add_field(text, old, word);
    snprintf(word, sizeof word, "%c%05" PRIu64, (int)('A' + number % 25), number * 9 % 100000);
    add_field(text, old, word);
    snprintf(word, sizeof word, "%s CENTRE", towns[number % 7]);
    add_field(text, old, word);
    add_field(text, old, streets[number % 5]);
    add_field(text, old, towns[(number + 1) % 8]);
    add_field(text, old, number % 2 == 0 ? "" : "LANCASHIRE");
    snprintf(word, sizeof word, "%c%c%" PRIu64 " %" PRIu64 "UL", (int)('A' + number % 20), 'L',
             number % 30 + 1, number % 9);
    add_field(text, old, word);
}

/* Every eighth inhaler is one that the rules know, as long as the sample has another. */
static const struct product *known_inhaler(uint64_t number)
{
    for (size_t i = 0; i < product_count && number % 8 == 0; i++) {
        if (strncmp(products[i].code, "0301", 4) != 0 && strncmp(products[i].code, "0302", 4) != 0)
            continue;
        if (number == 0)
            return &products[i];
        number -= 8;
    }
    return NULL;
}

/* Codes ascend with the number, as BNF codes do in a block of the real file. */
static void make_presentation(struct text *text, uint64_t number, bool old)
{
    static const char *const drugs[] = {"Salbutamol", "Dalteparin sodium", "Amitriptyline",
                                        "Beclometasone dipropionate", "Omeprazole"};
    const uint64_t first = 5000; /* of the inhalers */
    const bool inhaler = number >= first && number < first + INHALERS;
    const uint64_t section = number < first ? 101 + number * 200 / first
                             : inhaler      ? 301 + (number - first) / (INHALERS / 2)
                                            : 401 + (number - first) * 1500 / PRESENTATIONS;
    const struct product *const known = inhaler ? known_inhaler(number - first) : NULL;
    char code[40];
    char word[160];

    snprintf(code, sizeof code, "%04" PRIu64 "%03" PRIu64 "%c%c", section, number / 26 % 1000,
             (int)('A' + number / 26 / 26 % 26), '0');
    add_field(text, old, code);
    add_field(text, old, drugs[number % 5]);
    if (number % 12 == 11 && !inhaler)
        snprintf(code, sizeof code, "2%03" PRIu64 "%07" PRIu64, section % 1000, number);
    else
        snprintf(code + 9, sizeof code - 9, "AA%c%c%c%c", (int)('A' + number / 26 % 26),
                 (int)('A' + number % 26), (int)('A' + number / 26 % 26), (int)('A' + number % 26));
    add_field(text, old, known != NULL ? known->code : code);
    snprintf(word, sizeof word, "%s %" PRIu64 "%s no %" PRIu64, drugs[number % 5],
             (number % 9 + 1) * 50, number % 10 == 0 ? ",000units/0.2ml" : "mg tablets", number);
    add_field(text, old, known != NULL ? known->name : word);
    add_field(text, old,
              number % 17 == 0 ? "07: Obstetrics, Gynaecology and Urinary-Tract Disorders"
                               : "03: Respiratory System");
}

static void put(const void *bytes, size_t length)
{
    memcpy(out + out_length, bytes, length);
    out_length += length;
}

static void put_whole(uint64_t number)
{
    char digits[24];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    put(digits + at, sizeof digits - at);
}

/* Units of 10^-5, as NHSBSA prints them: "4." and "5.96231" when new, "4.0" when old. */
static void put_decimal(uint64_t number, bool old)
{
    uint64_t fraction = number % 100000;

    if (!old)
        put("\"", 1);
    put_whole(number / 100000);
    put(".", 1);
    if (old && fraction == 0)
        put("0", 1);
    for (uint64_t place = 10000; fraction > 0; place /= 10) {
        out[out_length++] = (char)('0' + fraction / place);
        fraction %= place;
    }
    if (!old)
        put("\"", 1);
    put(",", 1);
}

static void flush(void)
{
    if (fwrite(out, 1, out_length, stdout) != out_length) {
        perror("national");
        exit(74);
    }
    out_length = 0;
}

static void put_row(const struct options *options, uint64_t practice, uint64_t presentation)
{
    static const uint64_t sizes[] = {1, 2, 7, 14, 28, 30, 56, 60, 84, 100, 112, 200};
    const bool old = options->old;
    const uint64_t quantity = sizes[roll(12)];
    const uint64_t items = roll(12) == 0 ? 1 + roll(99) : 1 + roll(5);
    const uint64_t nic = (1 + mix(presentation) % 2000) * (quantity / 28 + 1) * items * 1000;

    if (OUT_BYTES - out_length < ROW_BYTES)
        flush();
    put(practices[practice].at, practices[practice].length);
    put(presentations[presentation].at, presentations[presentation].length);
    put_decimal(quantity * 100000, old);
    put_whole(items);
    put(",", 1);
    put_decimal(quantity * items * 100000, old);
    put_decimal(presentation % 3 == 0 ? 0 : quantity * items * 100000 / 3, old);
    put_decimal(nic, old);
    put_decimal(nic * 93 / 100 + roll(100000), old);
    put(old ? "N" : "\"N\"", old ? 1 : 3);
    if (!old) {
        put(",", 1);
        put_whole(snomed[presentation]);
    }
    put(options->crlf ? "\r\n" : "\n", options->crlf ? 2 : 1);
}

/* One block: up to three neighbours, through the presentations in order. */
static uint64_t put_block(const struct options *options, uint64_t rows_left)
{
    const uint64_t sub_icb = roll(SUB_ICBS);
    const uint64_t first = sub_icb * PRACTICES / SUB_ICBS + roll(PRACTICES / SUB_ICBS - 3);
    const uint64_t neighbours = 1 + roll(3);
    uint64_t written = 0;

    for (uint64_t at = roll(60); at < PRESENTATIONS; at += 1 + roll(90)) {
        for (uint64_t i = 0; i < neighbours; i++) {
            for (uint64_t times = roll(4); times > 0; times--) {
                if (written == rows_left)
                    return written;
                put_row(options, first + i, at);
                written++;
            }
        }
    }
    return written;
}

static void put_header(const struct options *options)
{
    static const char old[] =
        "YEAR_MONTH,REGIONAL_OFFICE_NAME,REGIONAL_OFFICE_CODE,ICB_NAME,ICB_CODE,PCO_NAME,PCO_CODE,"
        "PRACTICE_NAME,PRACTICE_CODE,ADDRESS_1,ADDRESS_2,ADDRESS_3,ADDRESS_4,POSTCODE,"
        "BNF_CHEMICAL_SUBSTANCE,CHEMICAL_SUBSTANCE_BNF_DESCR,BNF_CODE,BNF_DESCRIPTION,"
        "BNF_CHAPTER_PLUS_CODE,QUANTITY,ITEMS,TOTAL_QUANTITY,ADQUSAGE,NIC,ACTUAL_COST,UNIDENTIFIED";
    static const char new[] =
        "\"YEAR_MONTH\",\"REGIONAL_OFFICE_NAME\",\"REGIONAL_OFFICE_CODE\",\"ICB_NAME\","
        "\"ICB_CODE\",\"PCO_NAME\",\"PCO_CODE\",\"PRACTICE_NAME\",\"PRACTICE_CODE\","
        "\"ADDRESS_1\",\"ADDRESS_2\",\"ADDRESS_3\",\"ADDRESS_4\",\"POSTCODE\","
        "\"BNF_CHEMICAL_SUBSTANCE_CODE\",\"BNF_CHEMICAL_SUBSTANCE\",\"BNF_PRESENTATION_CODE\","
        "\"BNF_PRESENTATION_NAME\",\"BNF_CHAPTER_PLUS_CODE\",QUANTITY,ITEMS,TOTAL_QUANTITY,"
        "ADQ_USAGE,NIC,ACTUAL_COST,\"UNIDENTIFIED\",SNOMED_CODE";

    if (options->old)
        put(old, sizeof old - 1);
    else
        put(new, sizeof new - 1);
    put(options->crlf ? "\r\n" : "\n", options->crlf ? 2 : 1);
}

static bool read_options(struct options *options, int count, char **words)
{
    for (int i = 1; i < count; i++) {
        const char *const value = i + 1 < count ? words[i + 1] : "";

        if (strcmp(words[i], "--crlf") == 0) {
            options->crlf = true;
            continue;
        }
        if (strcmp(words[i], "--rows") == 0)
            options->rows = strtoull(value, NULL, 10);
        else if (strcmp(words[i], "--seed") == 0)
            options->seed = strtoull(value, NULL, 10);
        else if (strcmp(words[i], "--shape") == 0 &&
                 (strcmp(value, "old") == 0 || strcmp(value, "new") == 0))
            options->old = value[0] == 'o';
        else
            return false;
        i++;
    }
    return true;
}

int main(int count, char **words)
{
    struct options options = {.rows = 1000000, .seed = 1};

    if (!read_options(&options, count, words)) {
        fputs("usage: national [--rows N] [--shape new|old] [--seed N] [--crlf] > FILE\n", stderr);
        return 64;
    }
    state = mix(options.seed);
    for (uint64_t i = 0; i < PRACTICES; i++)
        make_practice(&practices[i], i, options.old);
    for (uint64_t i = 0; i < PRESENTATIONS; i++) {
        make_presentation(&presentations[i], i, options.old);
        snomed[i] = UINT64_C(100000000001) + mix(i) % UINT64_C(40000000000000000);
    }
    put_header(&options);
    for (uint64_t done = 0; done < options.rows;)
        done += put_block(&options, options.rows - done);
    flush();
    return fflush(stdout) == 0 ? 0 : 74;
}
