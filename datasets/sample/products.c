#include "sample.h"

#include <string.h>

#define SALBUTAMOL "Salbutamol"
#define SALMETEROL "Salmeterol"
#define TIOTROPIUM "Tiotropium bromide"
#define BECLOMETASONE "Beclometasone dipropionate"
#define BUDESONIDE "Budesonide"
#define FLUTICASONE "Fluticasone propionate (Inhalation)"
#define TRIPLE_OLD "Beclometdiprop/formoterol/glycopyrronium"
#define TRIPLE_NEW "BeclometDiprop/Formoterol/Glycopyrronium (Corticosteroids)"
#define PAIR_NEW "BeclometDiprop/Formoterol"

/* In thousandths, so that half a bottle of drops is a whole number. */
const struct pack_size pack_sizes[PACK_KINDS][PACK_SIZES] = {
    [PACK_RELIEVER] = {{1000, 780}, {2000, 212}, {3000, 8}},
    [PACK_PREVENTER] = {{1000, 880}, {2000, 118}, {3000, 2}},
    [PACK_CAPSULE] = {{30000, 880}, {60000, 118}, {90000, 2}},
    [PACK_NEBULE] = {{20000, 650}, {40000, 250}, {60000, 100}},
    [PACK_TABLET] = {{28000, 750}, {56000, 240}, {84000, 10}},
    [PACK_PAIN] = {{100000, 600}, {200000, 300}, {32000, 100}},
    [PACK_DRESSING] = {{5000, 500}, {10000, 400}, {2000, 100}},
    [PACK_DEVICE] = {{1000, 990}, {2000, 9}, {3000, 1}},
    [PACK_DROPS] = {{2500, 850}, {5000, 140}, {7500, 10}},
    [PACK_SYRINGE] = {{10000, 600}, {5000, 300}, {30000, 100}},
};

/* Code, name and chemical; pack, pence, for how many units, and the per cent of practices that
 * prescribe it. Names are those of the published data; prices are made up, near the Tariff's. */
/* clang-format off */
const struct product products[] = {
    /* The salbutamol of the measure: how much of each comes from the practice's mix. */
    {"0301011R0AAAPAP", "Salbutamol 100micrograms/dose inhaler CFC free",
     SALBUTAMOL, PACK_RELIEVER, 146, 1, 100, .mix = MIX_HIGH, .grams = 25240},
    {"0301011R0AABUBU", "Salbutamol 100micrograms/dose breath actuated inh CFC free",
     SALBUTAMOL, PACK_RELIEVER, 630, 1, 30, .mix = MIX_LOW, .grams = 11790, .share = 60},
    {"0301011R0BEAHAQ", "Ventolin 200micrograms/dose Accuhaler",
     SALBUTAMOL, PACK_RELIEVER, 360, 1, 30, .mix = MIX_LOW, .grams = 580, .share = 45},
    {"0301011R0BEAIAP", "Ventolin 100micrograms/dose Evohaler",
     SALBUTAMOL, PACK_RELIEVER, 150, 1, 100, .mix = MIX_HIGH, .grams = 28260},
    {"0301011R0BIAFAP", "Salamol 100micrograms/dose inhaler CFC free (Teva)",
     SALBUTAMOL, PACK_RELIEVER, 146, 1, 100, .mix = MIX_LOW, .grams = 11950, .share = 530},
    {"0301011R0BIAGBU", "Salamol 100micrograms/dose Easi-Breathe inhaler",
     SALBUTAMOL, PACK_RELIEVER, 630, 1, 70, .mix = MIX_LOW, .grams = 12080, .share = 130},
    {"0301011R0BIAHAP", "Salamol 100micrograms/dose inhaler CFC free (Arrow)",
     SALBUTAMOL, PACK_RELIEVER, 146, 1, 20, .mix = MIX_LOW, .grams = 11950, .share = 25},
    {"0301011R0BMAAAP", "Airomir 100micrograms/dose inhaler",
     SALBUTAMOL, PACK_RELIEVER, 197, 1, 20, .mix = MIX_LOW, .grams = 9720, .share = 30},
    {"0301011R0BMABBU", "Airomir 100micrograms/dose Autohaler",
     SALBUTAMOL, PACK_RELIEVER, 602, 1, 25, .mix = MIX_LOW, .grams = 9720, .share = 20},
    {"0301011R0BWAABZ", "Easyhaler Salbutamol sulfate 100micrograms/dose dry pdr inh",
     SALBUTAMOL, PACK_RELIEVER, 331, 1, 97, .mix = MIX_EASYHALER, .grams = 620, .share = 130},
    {"0301011R0BWABAQ", "Easyhaler Salbutamol sulfate 200micrograms/dose dry pdr inh",
     SALBUTAMOL, PACK_RELIEVER, 663, 1, 25, .mix = MIX_EASYHALER, .grams = 620, .share = 20},
    {"0301011R0BXAACB", "Salbulin Novolizer 100micrograms/dose inhalation powder",
     SALBUTAMOL, PACK_RELIEVER, 495, 1, 20, .mix = MIX_LOW, .grams = 3750, .share = 7},
    {"0301011R0BXABCC", "Salbulin Novolizer 100micrograms/dose inhalation pdr refill",
     SALBUTAMOL, PACK_RELIEVER, 275, 1, 15, .mix = MIX_LOW, .grams = 3750, .share = 3},

    /* Other inhalers. */
    {"0301011ABBBAAA0", "Trimbow 87microg/dose / 5microg/dose / 9microg/dose inh",
     TRIPLE_OLD, PACK_DEVICE, 4450, 1, 95, .per_100k = 430, .drift = 6},
    {"0301011ABBBABAA", "Trimbow NEXThaler 88microg/5microg/9microg/dose dry pdr inh",
     TRIPLE_OLD, PACK_DEVICE, 4450, 1, 27, .per_100k = 150, .drift = 20},
    {"0301011E0BEAAAC", "Formoterol Easyhaler 12micrograms/dose dry powder inhaler",
     "Formoterol fumarate", PACK_DEVICE, 2375, 1, 12, .per_100k = 35, .drift = -4},
    {"0301011R0BZAAAP", "AirSalb 100micrograms/dose inhaler CFC free",
     SALBUTAMOL, PACK_RELIEVER, 150, 1, 12, .per_100k = 30, .winter = true},
    {"0301011U0BBAEAE", "Serevent 50micrograms/dose Accuhaler",
     SALMETEROL, PACK_DEVICE, 3511, 1, 12, .per_100k = 10, .drift = -8},
    {"0301011U0BBAFAH", "Serevent 25micrograms/dose Evohaler",
     SALMETEROL, PACK_DEVICE, 2926, 1, 15, .per_100k = 25, .drift = -10},
    {"0301011V0BBARBB", "Bricanyl 500micrograms/dose Turbohaler",
     "Terbutaline sulfate", PACK_DEVICE, 830, 1, 25, .per_100k = 100, .drift = 3, .winter = true},
    {"0301020I0BBAJAN", "Atrovent 20micrograms/dose inhaler CFC free",
     "Ipratropium bromide", PACK_DEVICE, 556, 1, 24, .per_100k = 60, .drift = -4, .winter = true},
    {"0301020Q0BBABAB", "Spiriva 18microgram inhalation powder capsules",
     TIOTROPIUM, PACK_CAPSULE, 3350, 30, 21, .per_100k = 75, .drift = -8},
    {"0301020Q0BBACAC", "Spiriva Respimat 2.5micrograms/dose inhalation cart with dev",
     TIOTROPIUM, PACK_DEVICE, 2300, 1, 39, .per_100k = 150},
    {"0301020Q0BCAAAD", "Braltus 10microgram inhalation pdr caps with Zonda inhaler",
     TIOTROPIUM, PACK_CAPSULE, 2580, 30, 35, .per_100k = 185, .drift = -5},
    {"0301020T0BBAAAA", "Incruse Ellipta 55micrograms/dose dry powder inhaler",
     "Umeclidinium bromide", PACK_DEVICE, 2750, 1, 30, .per_100k = 135},
    {"0301040V0BBAAAA", "Duaklir 340micrograms/dose / 12micrograms/dose Genuair",
     "Aclidinium bromide/formoterol", PACK_DEVICE, 3250, 1, 18, .per_100k = 85},
    {"0301040W0BBAAAA", "Anoro Ellipta 55microg/dose / 22microg/dose dry pdr inh",
     "Umeclidinium bromide/vilanterol", PACK_DEVICE, 3250, 1, 60, .per_100k = 190, .drift = 3},
    {"0301040Y0BBAAAA", "Ultibro Breezhaler 85microg/43microg pdr caps with dev",
     "Indacaterol/glycopyrronium", PACK_CAPSULE, 3250, 30, 15, .per_100k = 65, .drift = -6},
    {"0302000C0BJAFBH", "Qvar 100micrograms/dose Easi-Breathe inhaler",
     BECLOMETASONE, PACK_DEVICE, 1695, 1, 18, .per_100k = 50, .drift = -6},
    {"0302000C0BJABBF", "Qvar 100 inhaler",
     BECLOMETASONE, PACK_DEVICE, 1721, 1, 30, .per_100k = 90, .drift = -8},
    {"0302000C0BPAABE", "Clenil Modulite 50micrograms/dose inhaler",
     BECLOMETASONE, PACK_PREVENTER, 370, 1, 40, .per_100k = 150, .drift = -4},
    {"0302000C0BPABBF", "Clenil Modulite 100micrograms/dose inhaler",
     BECLOMETASONE, PACK_PREVENTER, 742, 1, 95, .per_100k = 300, .drift = -9},
    {"0302000C0BPACBV", "Clenil Modulite 200micrograms/dose inhaler",
     BECLOMETASONE, PACK_DEVICE, 1617, 1, 36, .per_100k = 100, .drift = -8},
    {"0302000C0BQAABX", "Fostair 100micrograms/dose / 6micrograms/dose inhaler",
     BECLOMETASONE, PACK_PREVENTER, 2932, 1, 97, .per_100k = 620, .drift = -12},
    {"0302000C0BQABBZ", "Fostair 200micrograms/dose / 6micrograms/dose inhaler",
     BECLOMETASONE, PACK_DEVICE, 2932, 1, 70, .per_100k = 170, .drift = -9},
    {"0302000C0BRAABY", "Fostair NEXThaler 100microg/dose / 6microg/dose dry pdr inh",
     BECLOMETASONE, PACK_DEVICE, 2932, 1, 39, .per_100k = 215, .drift = 20},
    {"0302000C0BRABCA", "Fostair NEXThaler 200microg/dose / 6microg/dose dry pdr inh",
     BECLOMETASONE, PACK_DEVICE, 2932, 1, 24, .per_100k = 100, .drift = 18},
    {"0302000C0BUAABX", "Luforbec 100micrograms/dose / 6micrograms/dose inhaler",
     BECLOMETASONE, PACK_DEVICE, 2049, 1, 65, .per_100k = 240, .drift = 12},
    {"0302000K0BBAHAG", "Pulmicort 200 Turbohaler",
     BUDESONIDE, PACK_DEVICE, 1425, 1, 21, .per_100k = 50, .drift = -2},
    {"0302000K0BDABAM", "Symbicort 200/6 Turbohaler",
     BUDESONIDE, PACK_PREVENTER, 2800, 1, 60, .per_100k = 260, .drift = 5},
    {"0302000K0BDACAU", "Symbicort 400/12 Turbohaler",
     BUDESONIDE, PACK_DEVICE, 2800, 1, 36, .per_100k = 150},
    {"0302000K0BIABAM", "Fobumix Easyhaler 160microg / 4.5microg/dose dry pdr inh",
     BUDESONIDE, PACK_DEVICE, 2150, 1, 27, .per_100k = 150, .drift = 18},
    {"0302000N0BBBBBH", "Flixotide 50micrograms/dose Evohaler",
     FLUTICASONE, PACK_DEVICE, 654, 1, 15, .per_100k = 40, .drift = -6},
    {"0302000N0BCACAZ", "Seretide 500 Accuhaler",
     FLUTICASONE, PACK_DEVICE, 3274, 1, 24, .per_100k = 75, .drift = -8},
    {"0302000N0BCAEBF", "Seretide 125 Evohaler",
     FLUTICASONE, PACK_DEVICE, 2345, 1, 30, .per_100k = 100, .drift = -12},
    {"0302000N0BCAFBG", "Seretide 250 Evohaler",
     FLUTICASONE, PACK_DEVICE, 2932, 1, 24, .per_100k = 65, .drift = -12},
    {"0302000N0BDAABJ", "Flutiform 125micrograms/dose / 5micrograms/dose inhaler",
     FLUTICASONE, PACK_DEVICE, 2800, 1, 27, .per_100k = 110, .drift = -8},
    {"0302000N0BLACBG", "Combisal 25micrograms/dose / 250micrograms/dose inhaler",
     FLUTICASONE, PACK_DEVICE, 1699, 1, 21, .per_100k = 65},
    {"0302000V0BBABAB", "Relvar Ellipta 92microg/dose / 22microg/dose dry pdr inh",
     "Fluticasone furoate/vilanterol", PACK_DEVICE, 2200, 1, 36, .per_100k = 160, .drift = 2},
    {"0302000V0BCAAA0", "Trelegy Ellipta 92microg/55microg/22microg/dose dry pdr inh",
     "Fluticasone furoate/vilanterol", PACK_DEVICE, 4450, 1, 60, .per_100k = 230, .drift = 8},

    /* A code that no rule knows. */
    {"0302000ZZBBAAAA", "MADE UP 100micrograms/dose inhaler of the sample",
     "Made up substance", PACK_DEVICE, 1999, 1, 30, .per_100k = 40, .begins = 202605},

    /* In the inhalers' sections, and no inhalers. */
    {"0301011R0BEANAX", "Ventolin 2.5mg Nebules",
     SALBUTAMOL, PACK_NEBULE, 191, 20, 14, .per_100k = 60, .winter = true},
    {"0301020I0BBACAC", "Atrovent 500micrograms/2ml nebuliser liquid UDVs",
     "Ipratropium bromide", PACK_NEBULE, 487, 20, 15, .per_100k = 25, .winter = true},
    {"0301030S0AAAMAM", "Theophylline 200mg modified-release tablets",
     "Theophylline", PACK_TABLET, 350, 56, 18, .per_100k = 25, .drift = -4},
    {"0303020G0AAABAB", "Montelukast 10mg tablets",
     "Montelukast", PACK_TABLET, 128, 28, 16, .per_100k = 415, .drift = 2, .adq_units = 1},
    {"0303020G0AAADAD", "Montelukast 4mg granules sachets sugar free",
     "Montelukast", PACK_TABLET, 390, 28, 12, .per_100k = 20},

    /* Outside them. */
    {"0103050P0AAAAAA", "Omeprazole 20mg gastro-resistant capsules",
     "Omeprazole", PACK_TABLET, 95, 28, 14, .per_100k = 2600, .adq_units = 1},
    {"0208010L0AAABAB", "Dalteparin sodium 5,000units/0.2ml inj pre-filled syringes",
     "Dalteparin sodium", PACK_SYRINGE, 2823, 10, 15, .per_100k = 20},
    {"0307000J0AAAAAA", "Carbocisteine 375mg capsules",
     "Carbocisteine", PACK_TABLET, 412, 120, 14, .per_100k = 300, .drift = 1, .winter = true},
    {"0407010H0AAAMAM", "Paracetamol 500mg tablets",
     "Paracetamol", PACK_PAIN, 260, 100, 14, .per_100k = 900, .drift = -1, .adq_units = 6},
    {"0601022B0AAABAB", "Metformin 500mg tablets",
     "Metformin hydrochloride", PACK_TABLET, 103, 84, 10,
     .per_100k = 900, .drift = 1, .adq_units = 3},
    {"0603020T0AAACAC", "Prednisolone 5mg tablets",
     "Prednisolone", PACK_TABLET, 90, 28, 14, .per_100k = 420, .winter = true, .adq_units = 2},
    {"1106000L0AAAAAA", "Latanoprost 50micrograms/ml eye drops",
     "Latanoprost", PACK_DROPS, 165, 1, 12, .per_100k = 160},
    {"20030100183", "Tegaderm Film dressing 6cm x 7cm",
     "Wound Management & Other Dressings", PACK_DRESSING, 41, 1, 15, .per_100k = 30},
    {"20999990001", "MADE UP tape 2.5cm (1\") x 5m, white",
     "Made up dressings", PACK_DRESSING, 112, 1, 15, .per_100k = 15},
    {"21010230116", "AeroChamber Plus with mask",
     "Other Appliances", PACK_DEVICE, 872, 1, 22, .per_100k = 25},
};
/* clang-format on */

const size_t product_count = sizeof products / sizeof products[0];

_Static_assert(sizeof products / sizeof products[0] <= SAMPLE_MAX_PRODUCTS, "plans are too short");

/* The published changes of January 2024, 2025 and 2026 that meet the products above. */
struct recoding {
    int32_t from;
    const char *old_code, *new_code, *new_chemical;
};

static const struct recoding recodings[] = {
    {202401, "0302000V0BCAAA0", "0302000Z0BBAAAA", "Fluticasone/umeclidinium/vilanterol"},
    {202501, "0301011ABBBAAA0", "0302000AABBAAAA", TRIPLE_NEW},
    {202501, "0301011ABBBABAA", "0302000AABBACAC", TRIPLE_NEW},
    {202601, "0302000C0BQAABX", "0302000ABBCAAAB", PAIR_NEW},
    {202601, "0302000C0BQABBZ", "0302000ABBCABAD", PAIR_NEW},
    {202601, "0302000C0BRAABY", "0302000ABBBAAAA", PAIR_NEW},
    {202601, "0302000C0BRABCA", "0302000ABBBABAC", PAIR_NEW},
    {202601, "0302000C0BUAABX", "0302000ABBFAAAB", PAIR_NEW},
};

static const struct recoding *find_recoding(const struct product *product, int32_t month)
{
    for (size_t i = 0; i < sizeof recodings / sizeof recodings[0]; i++)
        if (month >= recodings[i].from && strcmp(recodings[i].old_code, product->code) == 0)
            return &recodings[i];
    return NULL;
}

const char *product_code(const struct product *product, int32_t month)
{
    const struct recoding *const recoding = find_recoding(product, month);

    return recoding ? recoding->new_code : product->code;
}

const char *product_chemical(const struct product *product, int32_t month)
{
    const struct recoding *const recoding = find_recoding(product, month);

    return recoding ? recoding->new_chemical : product->chemical;
}

const char *product_chapter(const struct product *product)
{
    static const char *const chapters[] = {
        "01: Gastro-Intestinal System",
        "02: Cardiovascular System",
        "03: Respiratory System",
        "04: Central Nervous System",
        "06: Endocrine System",
        "11: Eye",
        "20: Dressings",
        "21: Appliances",
    };

    for (size_t i = 0; i < sizeof chapters / sizeof chapters[0]; i++)
        if (strncmp(chapters[i], product->code, 2) == 0)
            return chapters[i];
    return "";
}
