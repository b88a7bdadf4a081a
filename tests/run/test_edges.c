/* Edges that random changes of the program found without a test. */

#include "support/cases.h"
#include "support/paths.h"

/* BNF codes of exactly the longest length are codes (of no inhaler); one more byte is none. */
Test(edges, a_code_of_the_longest_length_is_one)
{
    cr_expect(eq(int,
                 shell("cd %s && head -n 40 %s/build/sample/EPD_SNOMED_202607.csv | "
                       "awk -F'\",\"' -v OFS='\",\"' 'NR == 3 { $17 = sprintf(\"99%%030d\", 0) } "
                       "NR == 4 { $17 = sprintf(\"99%%031d\", 0) } { print }' > m.csv && "
                       "%s run m.csv --out out > said 2>&1 && "
                       "grep -q '39 rows = 37 kept + 1 out of scope + 1 rejected' said && "
                       "grep -q 'm.csv:4: row rejected: BNF_PRESENTATION_CODE' said",
                       scratch_folder(), root_folder(), program()),
                 0),
              "%s", shell_output());
}

/* The last row counts with a line end and without one. */
Test(edges, a_file_without_a_final_line_end_has_its_last_row)
{
    cr_expect(
        eq(int,
           shell("cd %s && mkdir a b && for f in EPD_SNOMED_202607 scmd_provisional_202606; do "
                 "head -n 300 %s/build/sample/$f.csv > a/$f.csv && "
                 "printf %%s \"$(cat a/$f.csv)\" > b/$f.csv && ! cmp -s a/$f.csv b/$f.csv || "
                 "exit 9; done && "
                 "for d in a b; do %s run --quiet $d/*.csv --out out.$d || exit 8; done && "
                 "for f in out.a/*.csv; do cmp $f out.b/${f#out.a/} || exit 7; done",
                 scratch_folder(), root_folder(), program()),
           0),
        "%s", shell_output());
}
