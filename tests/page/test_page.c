#include "report/html_out.h"
#include "page/page.h"
#include "page/svg_picture.h"

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static const struct {
    const char *text, *printed;
} texts[] = {
    {"plain", "plain"},
    {"", ""},
    {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"O'Neill & \"Sons\"", "O&#39;Neill &amp; &quot;Sons&quot;"},
    {"a\x01z\x7f", "a\\x01z\\x7f"},
    {"a\nb\tc", "a\\nb\\tc"},
    {"Caf\xe9", "Caf\xc3\xa9"},
    {"Caf\xc3\xa9", "Caf\xc3\xa9"},
    {"&lt;", "&amp;lt;"},
};

Test(page, texts_are_escaped_and_always_utf8)
{
    for (size_t i = 0; i < LENGTH_OF(texts); i++) {
        char *got = NULL;
        size_t length;
        FILE *const file = open_memstream(&got, &length);

        html_words(file, texts[i].text);
        fclose(file);
        cr_expect(eq(str, got, (char *)texts[i].printed), "row %zu", i);
        free(got);
    }
}

/* Two ICBs, two months, a practice that is gone in the last. */
static const struct made rows[] = {
    {"2026-06", "A81001", "QAA", "0301011R0BEAIAP", "Ventolin", "3", "4", "6.00"},
    {"2026-06", "A81002", "QAA", "0301011R0BEAIAP", "Ventolin", "1", "1", "1.50"},
    {"2026-07", "A81001", "QAA", "0301011R0BEAIAP", "Ventolin", "5", "6", "9.00"},
    {"2026-07", "B82001", "QBB", "0301011R0BWAABZ", "Easyhaler", "2", "2", "6.60"},
};

/* The page of these rows, or NULL with the reason. */
static char *page_of(const struct made *made, size_t count, const char *icb, struct fail *why)
{
    struct cube cube = {0};
    struct figures figures;
    struct page *page = NULL;
    const struct audit audit = {.program_version = "0"};
    char *text = NULL;
    size_t length;

    made_add(&cube, made, count);
    made_figures(&figures, &cube);
    if (page_new(&page, &figures, &audit, icb, why) == STATUS_OK) {
        FILE *const file = open_memstream(&text, &length);

        write_page(file, page);
        fclose(file);
    }
    page_free(page);
    figures_release(&figures);
    cube_release(&cube);
    return text;
}

static const struct {
    const char *name;
    size_t count; /* of the rows above */
    const char *icb;
    const char *has;
    const char *has_not;
} pages[] = {
    {"one ICB is the page", 3, NULL, "<h1>QAA</h1>", "B82001"},
    {"several are the nation", 4, NULL, "<h1>England</h1>", "id=\"list-A81001\""},
    {"the nation lists ICBs", 4, NULL, "<a href=\"#members\">", "A81001"},
    {"one of several by code", 4, "QBB", "<h1>QBB</h1>", "A81001"},
    {"small letters will do", 4, "qbb", "<h1>QBB</h1>", "A81001"},
    {"its own list", 4, "QAA", "id=\"list-A81001\"", "id=\"list-B82001\""},
    {"the gone are told", 4, "QAA", "1 more practice prescribed here in", "class=\"code\">A81002"},
    {"rank needs others", 3, NULL, "the data hold one ICB", " of 1<"},
    {"a year needs months", 4, "QAA", "no figure for July 2025", NULL},
    {"a page is under policy", 4, "QAA", "default-src 'none'", "<link"},
};

Test(page, a_page_is_about_one_icb_or_the_nation)
{
    for (size_t i = 0; i < LENGTH_OF(pages); i++) {
        struct fail why = {0};
        char *const text = page_of(rows, pages[i].count, pages[i].icb, &why);

        cr_assert(text != NULL, "%s: %s", pages[i].name, why.text);
        cr_expect(strstr(text, pages[i].has) != NULL, "%s", pages[i].name);
        cr_expect(pages[i].has_not == NULL || strstr(text, pages[i].has_not) == NULL, "%s",
                  pages[i].name);
        free(text);
    }
}

static const struct {
    const char *icb, *said;
} refused[] = {
    {"QCC", "there is no ICB \"QCC\" in these months; there are: QAA QAA, QBB QBB"},
    {"Q", "\"Q\" may be more than one ICB: QAA QAA, QBB QBB; give the code"},
    {"", "there is no ICB \"\" in these months; there are: QAA QAA, QBB QBB"},
};

Test(page, an_icb_that_is_not_one_is_refused_in_a_sentence)
{
    for (size_t i = 0; i < LENGTH_OF(refused); i++) {
        struct fail why = {0};

        cr_expect(page_of(rows, LENGTH_OF(rows), refused[i].icb, &why) == NULL);
        cr_expect(why.code == STATUS_USAGE);
        cr_expect(eq(str, why.text, (char *)refused[i].said), "row %zu", i);
    }
}

/* 300 practices, 60 months, 12 products each, as a large ICB. */
Test(page, a_large_icb_of_five_years_is_under_three_megabytes)
{
    alarm(300);
    static const char *const codes[] = {"0301011R0BEAIAP", "0301011R0AAAPAP", "0301011R0BIAFAP",
                                        "0301011R0BPAHAP", "0302000C0BPABBF", "0302000C0BPACBV",
                                        "0302000K0BDACAZ", "0302000N0BBAZAZ", "0302000N0BCAEAB",
                                        "0302000C0BQAABE", "0302000V0BBAAAA", "0301011R0BWAABZ"};
    struct cube cube = {0};
    const struct audit audit = {.program_version = "0"};
    struct figures figures;
    struct page *page = NULL;
    struct fail why = {0};
    uint64_t dice = 7;
    size_t length = 0;
    char *text = NULL;
    FILE *file = open_memstream(&text, &length);

    for (int m = 0; m < 60; m++)
        for (int p = 0; p < 300; p++)
            for (size_t c = 0; c < LENGTH_OF(codes); c++) {
                char month[32], practice[16], quantity[16];
                const struct made made = {month,    practice, "QAA",    codes[c],
                                          "a name", "7",      quantity, "20.5"};

                snprintf(month, sizeof month, "%d-%02d", 2021 + (m + 7) / 12, (m + 7) % 12 + 1);
                snprintf(practice, sizeof practice, "Y%05d", p);
                snprintf(quantity, sizeof quantity, "%d", 1 + (int)(next_random(&dice) % 90));
                made_add(&cube, &made, 1);
            }
    made_figures(&figures, &cube);
    cr_assert(page_new(&page, &figures, &audit, NULL, &why) == STATUS_OK);
    write_page(file, page);
    fclose(file);
    cr_expect(length > 500000 && length < 3000000, "%zu bytes", length);
    free(text);
    page_free(page);
    figures_release(&figures);
    cube_release(&cube);
}

Test(page, a_chart_leaves_a_gap_where_a_month_is_missing_and_draws_nothing_of_nothing)
{
    const double values[] = {1, 2, (double)NAN, 4, 5};
    const double none[] = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
    struct picture_line line = {"<end>", "main", values};
    const struct picture chart = {"c",   "<title>", "says", "kg", 24312, 5,
                                  &line, 1,         NULL,   NULL, NULL};
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);

    svg_picture(file, &chart);
    fclose(file);
    cr_expect(strstr(text, "&lt;title&gt;") != NULL && strstr(text, "&lt;end&gt;") != NULL);
    cr_expect(strstr(strstr(text, "class=\"main\""), "M") != NULL);
    cr_expect(strstr(text, "nan") == NULL, "%s", text);
    free(text);
    line.values = none;
    file = open_memstream(&text, &length);
    svg_picture(file, &chart);
    fclose(file);
    cr_expect(eq(sz, length, 0));
    free(text);
}

/* In headless Chromium: page_browser.mjs tells what it looks at. */
static void browse(const char *what, const char *run, const char *icb)
{
    cr_expect(
        eq(int,
           shell("cd %s && %s && cd %s/tests/page && node page_browser.mjs "
                 "%s/build/web/node_modules %s %s/out %s",
                 scratch_folder(), run, root_folder(), root_folder(), what, scratch_folder(), icb),
           0),
        "%s", shell_output());
}

static const char *run_sample(const char *options)
{
    static char command[2048];

    snprintf(command, sizeof command,
             "%s run --quiet %s %s/build/sample/EPD_*.csv %s/build/sample/scmd_*.csv "
             "--gas-use %s/build/sample/gas_use.csv --out out",
             program(), options, root_folder(), root_folder(), root_folder());
    return command;
}

/* A target that is past and one to come, for everybody. */
static void write_plan(void)
{
    write_text(in_scratch("plan.json"),
               "{\"targets\": ["
               "{\"id\": \"past\", \"title\": \"15\", \"plan\": \"made up\", \"measure\": "
               "\"salbutamol_kgco2e_per_inhaler\", \"levels\": [\"icb\", \"nation\"], \"reach\": "
               "\"at_most\", \"value\": \"15\", \"due\": \"2026-03\", \"source\": \"made up\", "
               "\"checked\": \"2026-11-22\"},"
               "{\"id\": \"ahead\", \"title\": \"12\", \"plan\": \"made up\", \"measure\": "
               "\"salbutamol_kgco2e_per_inhaler\", \"levels\": [\"icb\", \"nation\"], \"reach\": "
               "\"at_most\", \"value\": \"12\", \"due\": \"2028-03\", \"source\": \"made up\", "
               "\"checked\": \"2026-11-22\"}]}");
}

Test(page, every_number_of_the_page_is_in_the_files_beside_it)
{
    alarm(400);
    write_plan();
    browse("figures", run_sample("--icb QZA --targets plan.json"), "QZA");
    browse("figures", run_sample("--targets plan.json"), "");
}

Test(page, it_works_by_pointer_keyboard_phone_and_paper_and_without_scripting)
{
    alarm(400);
    write_plan();
    browse("use", run_sample("--icb 'sample mid' --targets plan.json"), "QZB");
}

#define LONG_NAME                                        \
    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX" \
    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX" \
    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX" \
    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"

/* The names of four practices of the sample become what a spreadsheet or a browser might run. */
Test(page, names_that_look_like_markup_or_formulas_are_names)
{
    alarm(400);
    static char command[2048];

    write_text(in_scratch("names.json"), "[\"<script>window.hacked=1</script>\","
                                         "\"=cmd|' /C calc'!A0\","
                                         "\"O'Neill & \\\"Sons\\\"\","
                                         "\"" LONG_NAME "\"]");
    write_text(in_scratch("names.sed"),
               "s,\"ALDER BROOK MEDICAL CENTRE\",\"<script>window.hacked=1</script>\",\n"
               "s,\"BIRCH BROOK MEDICAL CENTRE\",\"=cmd|' /C calc'!A0\",\n"
               "s,\"CLOVER BROOK MEDICAL CENTRE\",\"O'Neill \\& \"\"Sons\"\"\",\n"
               "s,\"GORSE BROOK MEDICAL CENTRE\",\"" LONG_NAME "\",\n");
    snprintf(command, sizeof command,
             "for m in 202606 202607; do sed -f names.sed %s/build/sample/EPD_SNOMED_$m.csv > "
             "$m.csv; done; %s run --quiet --icb QZA 20260?.csv --out out && cp names.json out/",
             root_folder(), program());
    browse("names", command, "");
}

#define TRUST(code, name, icb) code "," name ",YZ1," icb ",,,,,,,20100401,,,,,,,,,,,0,,\n"

/* Without a register nobody knows whose a trust is, and all of the run are shown. */
static const struct {
    const char *options, *has, *has_not;
} trusts[] = {
    {"--icb QZA --register etr.csv", "A MADE UP TRUST", "class=\"code\">RZ2"},
    {"--icb QZB --register etr.csv", "ANOTHER", "class=\"code\">RZ1"},
    {"--icb QZC --register etr.csv", "<h1>NHS SAMPLE", "id=\"gases\""},
    {"--icb QZA", "class=\"code\">RZ2", "A MADE UP TRUST"},
    {"--icb QZA", "this section lists all trusts in the data", "id=\"no such thing\""},
};

Test(page, gases_are_those_of_the_trusts_of_the_icb_where_a_register_tells)
{
    write_text(in_scratch("etr.csv"),
               TRUST("RZ1", "A MADE UP TRUST", "QZA") TRUST("RZ2", "ANOTHER", "QZB"));
    for (size_t i = 0; i < LENGTH_OF(trusts); i++)
        cr_expect(eq(int,
                     shell("cd %s && %s run --quiet %s %s/build/sample/EPD_SNOMED_202606.csv "
                           "%s/build/sample/scmd_provisional_202606.csv --xlsx no --out out && "
                           "grep -q '%s' out/report.html && ! grep -q '%s' out/report.html",
                           scratch_folder(), program(), trusts[i].options, root_folder(),
                           root_folder(), trusts[i].has, trusts[i].has_not),
                     0),
                  "%zu: %s", i, shell_output());
}

Test(page, a_run_of_hospital_data_alone_has_a_page_of_its_trusts)
{
    cr_expect(
        eq(int,
           shell("cd %s && %s run --quiet %s/build/sample/scmd_final_20260[123].csv --out out && "
                 "grep -q '<h1>All trusts in the data</h1>' out/report.html && "
                 "grep -q 'gases and their carbon, January 2026 to March 2026' out/report.html && "
                 "grep -q 'id=\"gases-table\"' out/report.html && "
                 "! grep -q 'id=\"grades-table\"\\|kgCO2e per salbutamol' out/report.html",
                 scratch_folder(), program(), root_folder()),
           0),
        "%s", shell_output());
}
