/* The same input gives the same bytes, however it is given. */

#include "support/cases.h"
#include "support/made.h"
#include "support/paths.h"

/* Four months over both eras of the sample, one of which brings new codes. */
#define MONTHS "202412.csv 202501.csv 202502.csv 202503.csv"

static void prepare(void)
{
    cr_assert(eq(int,
                 shell("cd %s && for m in 202412 202501 202502 202503; do "
                       "ln -s %s/build/sample/EPD_SNOMED_$m.csv $m.csv; done && "
                       "%s run --quiet " MONTHS " --out first",
                       scratch_folder(), root_folder(), program()),
                 0),
              "%s", shell_output());
}

struct way {
    const char *name;
    const char *make;      /* a shell command in the scratch folder */
    const char *arguments; /* of run */
};

static const struct way ways[] = {
    {"again", "true", MONTHS},
    {"backwards", "true", "202503.csv 202502.csv 202501.csv 202412.csv"},
    {"shuffled", "true", "202501.csv 202503.csv 202412.csv 202502.csv"},
    {"one archive", "zip -q all.zip " MONTHS, "all.zip"},
    {"other archive", "zip -q back.zip 202503.csv 202501.csv 202412.csv 202502.csv", "back.zip"},
    {"archive, plain", "zip -q two.zip 202412.csv 202503.csv", "202502.csv two.zip 202501.csv"},
    {"archive, pipe", "zip -q in.zip " MONTHS, "- < in.zip"},
    {"zstd, pipe", "zstd -q -f 202502.csv -o in.zst",
     "202412.csv 202501.csv - 202503.csv < in.zst"},
    {"one long file", "{ cat 202502.csv; tail -q -n +2 202501.csv 202412.csv; } > long.csv",
     "long.csv 202503.csv"},
    {"rows reversed",
     "for m in 202412 202503; do { head -n 1 $m.csv; tail -n +2 $m.csv | tac; } > r$m.csv; done",
     "r202412.csv 202501.csv 202502.csv r202503.csv"},
    {"replaced", "true", "--replace 202501.csv " MONTHS},
};

Test(sameness, figures_do_not_depend_on_how_the_months_are_given)
{
    prepare();
    for (size_t i = 0; i < LENGTH_OF(ways); i++)
        cr_expect(eq(int,
                     shell("cd %s && rm -rf out && %s && %s run --quiet --out out %s && "
                           "for f in measures prescribing products switches unclassified rejects; "
                           "do cmp first/$f.csv out/$f.csv || exit 9; done",
                           scratch_folder(), ways[i].make, program(), ways[i].arguments),
                     0),
                  "%s: %s", ways[i].name, shell_output());
}

Test(sameness, two_runs_give_the_same_bytes_in_every_file)
{
    prepare();
    cr_expect(eq(int,
                 shell("cd %s && export SOURCE_DATE_EPOCH=1790000000 TZ=Asia/Tokyo LC_ALL=C && "
                       "%s run --quiet " MONTHS " --out one && sleep 1.1 && TZ=UTC LC_ALL=C.UTF-8 "
                       "%s run --quiet " MONTHS " --out two && diff -r one two && "
                       "test $(ls one | wc -l) -eq %zu && "
                       "grep -q '2026-09-21T14:13:20Z' one/audit.json",
                       scratch_folder(), program(), program(), files_of_a_run()),
                 0),
              "%s", shell_output());
}

Test(sameness, closed_standard_streams_change_nothing)
{
    prepare();
    cr_expect(eq(int,
                 shell("cd %s && %s run " MONTHS " --out out <&- >&- 2>&- && "
                       "for f in measures prescribing products switches unclassified rejects; "
                       "do cmp first/$f.csv out/$f.csv || exit 9; done",
                       scratch_folder(), program()),
                 0),
              "%s", shell_output());
}
