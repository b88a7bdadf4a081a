/* What is known of the real extracts beforehand must come out exactly, in
 * whatever wrapping and order of columns they come. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdlib.h>
#include <string.h>

#define NATION "nation,E92000001,England,"

struct extract {
    const char *path;
    const char *mean; /* the beginning of its line in measures.csv, behind the measure */
    const char *items;
    const char *columns; /* items and actual cost, for SQL */
};

static const struct extract extracts[] = {
    {"data/extracts/epd_201709_four_practices.csv", NATION "2017-09,28983.32,1218,23.795829,", NULL,
     "ITEMS, ACTUAL_COST"},
    {"data/extracts/epd_201710_four_practices.csv", NATION "2017-10,30881.98,1294,23.865518,", NULL,
     "ITEMS, ACTUAL_COST"},
    {"data/extracts/T201812PDPI_BNFT_seven_practices.csv",
     NATION "2018-12,57880.67,2270,25.498093,", "109831", "ITEMS, \"ACT COST\""},
};

/* Two that hold no inhaler: only their control sums are known. */
static const struct extract others[] = {
    {"data/extracts/EPD_SNOMED_202601_specimen.csv", NULL, NULL, "ITEMS, ACTUAL_COST"},
    {"data/extracts/PDPI_201410_sample.csv", NULL, NULL, "\"ITEMS  \", \"ACT COST   \""},
};

/* Ways to give the same file to the program; %1 is its path, %2 the scratch folder. */
struct form {
    const char *name;
    const char *make;     /* $file, $scratch */
    const char *argument; /* with its redirection */
};

static const struct form forms[] = {
    {"gzip", "gzip -c \"$file\" > in.gz", "in.gz"},
    {"zstd", "zstd -q -f -o in.zst \"$file\"", "in.zst"},
    {"zip", "rm -f in.zip; zip -q -j in.zip \"$file\"", "in.zip"},
    {"stored zip", "rm -f in.zip; zip -q -0 -j in.zip \"$file\"", "in.zip"},
    {"plain stdin", "cp \"$file\" in.csv", "- < in.csv"},
    {"gzip stdin", "gzip -c \"$file\" > in.gz", "- < in.gz"},
    {"zstd stdin", "zstd -q -f -o in.zst \"$file\"", "- < in.zst"},
    {"zip stdin", "rm -f in.zip; zip -q -j in.zip \"$file\"", "- < in.zip"},
    {"gzip pipe", "gzip -c \"$file\" > in.gz", "- < pipe & cat in.gz > pipe; wait $!"},
    {"zstd pipe", "zstd -q -f -o in.zst \"$file\"", "- < pipe & cat in.zst > pipe; wait $!"},
};

static const char compare[] = "for f in measures prescribing products switches unclassified; do "
                              "cmp plain/$f.csv out/$f.csv || exit 9; done";

static void run_plain(const struct extract *extract)
{
    cr_assert(eq(int,
                 shell("cd %s && rm -rf plain && %s run --quiet '%s' --out plain", scratch_folder(),
                       program(), shared(extract->path)),
                 0),
              "%s: %s", extract->path, shell_output());
}

static void expect_mean(const struct extract *extract, const char *folder)
{
    cr_expect(eq(int,
                 shell("grep -qF 'salbutamol_kgco2e_per_inhaler,%s' %s/%s/measures.csv ||"
                       "{ grep ^salb.*nation %s/%s/measures.csv; exit 9; }",
                       extract->mean, scratch_folder(), folder, scratch_folder(), folder),
                 0),
              "%s should be %s, is %s", extract->path, extract->mean, shell_output());
}

Test(real, known_means_come_out_exactly_from_every_wrapping)
{
    REQUIRE_SHARED("data/extracts");
    shell("mkfifo %s/pipe", scratch_folder());
    for (size_t i = 0; i < LENGTH_OF(extracts); i++) {
        run_plain(&extracts[i]);
        expect_mean(&extracts[i], "plain");
        for (size_t f = 0; f < LENGTH_OF(forms); f++)
            cr_expect(eq(int,
                         shell("cd %s && file='%s' && %s && rm -rf out && "
                               "{ %s run --quiet --out out %s; } && %s",
                               scratch_folder(), shared(extracts[i].path), forms[f].make, program(),
                               forms[f].argument, compare),
                         0),
                      "%s as %s: %s", extracts[i].path, forms[f].name, shell_output());
    }
}

Test(real, known_means_of_practices_come_out_exactly)
{
    static const char *const practices[][2] = {
        {"L84073", "25.5081"},
        {"L84018", "23.7620"},
        {"B85054", "23.9146"},
        {"B85010", "22.8149"},
    };

    REQUIRE_SHARED("data/extracts");
    run_plain(&extracts[0]);
    for (size_t i = 0; i < LENGTH_OF(practices); i++) {
        cr_assert(eq(int,
                     shell("awk -F, '$1 ~ /^salb/ && $2 == \"practice\" && $3 == \"%s\" "
                           "{printf \"%%.4f\", $8}' %s/plain/measures.csv",
                           practices[i][0], scratch_folder()),
                     0),
                  "%s", shell_output());
        cr_expect(eq(str, (char *)shell_output(), (char *)practices[i][1]), "practice %s",
                  practices[i][0]);
    }
}

Test(real, results_do_not_depend_on_the_order_of_columns_line_ends_or_quotes)
{
    REQUIRE_SHARED("data/extracts");
    for (size_t i = 0; i < LENGTH_OF(extracts); i++) {
        run_plain(&extracts[i]);
        for (int seed = 1; seed <= 4; seed++)
            cr_expect(eq(int,
                         shell("cd %s && /usr/bin/python3 %s/tests/real/shuffle.py '%s' s.csv %d %s"
                               " && rm -rf out && %s run --quiet s.csv --out out && %s",
                               scratch_folder(), root_folder(), shared(extracts[i].path), seed,
                               seed <= 2 ? "lf" : "crlf", program(), compare),
                         0),
                      "%s, seed %d: %s", extracts[i].path, seed, shell_output());
    }
}

/* Items and actual cost (in 0.00001 GBP) of all rows as audit.json tells them and as SQLite adds
 * them up, divided by a bar. */
static void check_control_sums(const struct extract *extract)
{
    cr_assert(eq(int,
                 shell("cd %s && %s run --quiet '%s' --out out && "
                       "jq -r '.files[0] | \"\\(.items_of_all_rows)|"
                       "\\(.actual_cost_gbp_of_all_rows * 100000 | round)\"' out/audit.json > told",
                       scratch_folder(), program(), shared(extract->path)),
                 0),
              "%s: %s", extract->path, shell_output());
    cr_assert(eq(int,
                 shell("cd %s && printf '%%s\\n' \".import --csv '%s' extract\" 'SELECT sum(items),"
                       " sum(CAST(round(cost * 100000) AS INTEGER)) FROM (SELECT 0 AS items, 0 AS "
                       "cost UNION ALL SELECT %s FROM extract);' > sum.sql && "
                       "sqlite3 -batch :memory: < sum.sql > added 2>/dev/null; diff added told",
                       scratch_folder(), shared(extract->path), extract->columns),
                 0),
              "%s (< SQLite, > audit.json): %s", extract->path, shell_output());
    if (extract->items != NULL)
        cr_expect(eq(int, shell("grep -q '^%s|' %s/told", extract->items, scratch_folder()), 0),
                  "%s: items are not %s", extract->path, extract->items);
}

Test(real, control_sums_equal_those_of_sqlite)
{
    REQUIRE_SHARED("data/extracts");
    for (size_t i = 0; i < LENGTH_OF(extracts); i++)
        check_control_sums(&extracts[i]);
    for (size_t i = 0; i < LENGTH_OF(others); i++)
        check_control_sums(&others[i]);
}

/* Codes of the sections that are neither a product's, nor excluded by a rule, nor listed. */
static const char unaccounted[] =
    "CREATE TABLE listed(bnf_code, name, month, n, items, quantity, cost, reason);\n"
    ".import --csv --skip 1 out/unclassified.csv listed\n"
    "CREATE TABLE rule AS SELECT value AS rule FROM "
    "json_each(readfile('rules/products/not_inhalers.json'), '$.rules');\n"
    "SELECT DISTINCT code, name FROM seen WHERE substr(code, 1, 4) IN ('0301', '0302', '0303')\n"
    "AND code NOT IN (SELECT bnf_code FROM listed)\n"
    "AND code NOT IN (SELECT c.value FROM "
    "json_each(readfile('rules/products/inhalers.json'), '$.products') AS p, "
    "json_each(p.value, '$.codes') AS c)\n"
    "AND code NOT IN (SELECT c.value FROM rule, json_each(rule, '$.codes') AS c)\n"
    "AND NOT EXISTS (SELECT 1 FROM rule, json_each(rule, '$.prefixes') AS p "
    "WHERE substr(code, 1, length(p.value)) = p.value AND (rule -> 'names' IS NULL OR EXISTS "
    "(SELECT 1 FROM json_each(rule, '$.names') AS n "
    "WHERE instr(lower(name), lower(n.value)) > 0)));\n"
    "SELECT 'no code was looked at' WHERE NOT EXISTS (SELECT 1 FROM seen WHERE code LIKE '030%');";

Test(real, every_code_of_the_sections_is_classified_or_listed)
{
    REQUIRE_SHARED("data/extracts");
    shell("cd %s && ln -s %s rules", scratch_folder(), in_root("rules"));
    write_text(in_scratch("unaccounted.sql"), unaccounted);
    for (size_t i = 0; i < LENGTH_OF(extracts); i++) {
        const bool pdpi = strstr(extracts[i].path, "PDPI") != NULL;
        const char *const path = shared(extracts[i].path);

        cr_assert(eq(int,
                     shell("cd %s && %s run --quiet '%s' --out out && "
                           "{ echo \".import --csv '%s' extract\"; echo 'CREATE TABLE seen AS "
                           "SELECT \"%s\" AS code, \"%s\" AS name FROM extract;'; "
                           "cat unaccounted.sql; } > all.sql && "
                           "sqlite3 -batch -bail :memory: < all.sql",
                           scratch_folder(), program(), path, path, pdpi ? "BNF CODE" : "BNF_CODE",
                           pdpi ? "BNF NAME" : "BNF_DESCRIPTION"),
                     0),
                  "%s: %s", extracts[i].path, shell_output());
        cr_expect(eq(str, (char *)shell_output(), ""), "%s: lost codes", extracts[i].path);
    }
}
