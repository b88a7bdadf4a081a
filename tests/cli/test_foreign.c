/* Text from outside is shown, never obeyed: on the terminal, on standard error and in files. */

#include "support/cases.h"
#include "support/paths.h"

#include "base/text.h"
#include "base/word.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *text;
    const char *shown;
} texts[] = {
    {"", ""},
    {"Ventolin", "Ventolin"},
    {"Caf\xc3\xa9 \xe2\x82\xac", "Caf\xc3\xa9 \xe2\x82\xac"},
    {"Caf\xe9", "Caf\xc3\xa9"}, /* Latin-1 */
    {"a\x1b[31mb\x07", "a\\x1b[31mb\\x07"},
    {"a\nb\rc\td", "a\\nb\\rc\\td"},
    {"a\x7f", "a\\x7f"},
    {"a\xc2\x9b", "a\\x9b"},       /* C1 as UTF-8 */
    {"\xe9\x9b", "\xc3\xa9\\x9b"}, /* C1 in Latin-1 */
    {"\xe2\x80\xae"
     "abc\xe2\x80\xac",
     "\\u202e"
     "abc\\u202c"},
    {"\xe2\x81\xa6\xd8\x9c\xe2\x80\x8f", "\\u2066\\u061c\\u200f"},
    {"\xe2\x80\xa8x\xef\xbb\xbf", "\\u2028x\\ufeff"},
    {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
};

static char got[256];

static void take(void *context, const char *bytes, size_t length)
{
    (void)context;
    strncat(got, bytes, length);
}

Test(foreign, what_is_no_character_is_made_visible)
{
    char text[64];

    for (size_t i = 0; i < LENGTH_OF(texts); i++) {
        got[0] = '\0';
        visible_write(view_of(texts[i].text), take, NULL);
        cr_expect(eq(str, got, (char *)texts[i].shown));
        cr_expect(eq(str, visible_text(view_of(texts[i].text), text, sizeof text),
                     (char *)texts[i].shown));
    }
}

/* A cut text ends with a whole character. */
Test(foreign, a_text_that_does_not_fit_is_cut_between_two_characters)
{
    char text[6];

    cr_expect(eq(str, visible_text(view_of("abcd\xc3\xa9"), text, sizeof text), "abcd"));
    cr_expect(eq(str, visible_text(view_of("abcdefgh"), text, sizeof text), "abcde"));
    cr_expect(eq(str, visible_text(view_of("\xe2\x82\xac\xe2\x82\xac"), text, sizeof text),
                 "\xe2\x82\xac"));
}

/* Cells of the fast path are those that nothing must be done with. */
Test(foreign, a_cell_that_stands_as_it_is_has_no_control_character)
{
    for (int byte = 0; byte < 256; byte++) {
        char eight[9] = "abcdefgh";

        eight[3] = (char)byte;
        cr_expect(eq(int, word_is_plain(word_load(eight)),
                     byte >= ' ' && byte < 0x7f && byte != ',' && byte != '"'),
                  "%02x", (unsigned)byte);
    }
}

#define EVIL "\\033]0;owned\\007\\033[31m\\302\\233x\\342\\200\\256y\\177\\355"

/* A month whose names are such, through every command that prints any; then the files. */
Test(foreign, no_command_and_no_file_passes_an_escape_sequence, .timeout = 300)
{
    static const char script[] =
        "s=%s; c=%s; cd %s\n"
        "evil=$(printf '" EVIL "')\n"
        "for m in 202601 202602 202603 202604 202605 202606 202607; do\n"
        "  head -n 200 $s/build/sample/EPD_SNOMED_$m.csv | "
        "sed \"2,\\$s/ MEDICAL CENTRE/ $evil/; s/Salbutamol 100micrograms/$evil/\" "
        "> EPD_SNOMED_$m.csv; done\n"
        "awk -F'\",\"' 'NR == 2 {print $9 > \"practice\"}' EPD_SNOMED_202607.csv\n"
        "grep -q \"$(printf '\\033')\" EPD_SNOMED_202607.csv || exit 8\n"
        "mv EPD_SNOMED_202607.csv \"a$evil.csv\" && zip -q m.zip \"a$evil.csv\"\n"
        "$c run m.zip EPD*.csv --packs --out out > o1 2>&1 || exit 7\n"
        "$c add --store store m.zip EPD*.csv > o2 2>&1 || exit 6\n"
        "$c status --store store > o3 2>&1; $c check --store store > o4 2>&1\n"
        "$c trend --organisation $(cat practice) --store store > o5 2>&1\n"
        "$c explain \"x$evil\" > o6 2>&1; $c run \"no$evil\" --out out2 > o7 2>&1\n"
        "$c diff --rules $s/rules --store store > o8 2>&1\n"
        "sed \"1s/ADDRESS_1/PR$evil/; 1s/ADDRESS_2/PR$evil/\" EPD_SNOMED_202601.csv > head.csv\n"
        "$c run head.csv --out out3 > o9 2>&1\n"
        "for f in o? $(find out out2 out3 -type f ! -name '*.xlsx'); do\n"
        "  LC_ALL=C grep -lP '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]|\\xc2[\\x80-\\x9f]|"
        "\\xe2\\x80[\\xa8-\\xae]' $f && bad=1\n"
        "  iconv -f UTF-8 -t UTF-8 $f > /dev/null || bad=1\n"
        "done\n"
        "grep -q 'x1b' o1 && grep -q 'x1b' o3 && grep -q 'x1b' o5 || { cat o1 o3 o5; exit 5; }\n"
        "test -z \"$bad\"";

    cr_expect(eq(int, shell(script, root_folder(), program(), scratch_folder()), 0), "%.2000s",
              shell_output());
}

Test(foreign, a_member_of_a_zip_named_in_utf_8_has_its_name)
{
    cr_expect(eq(int,
                 shell("cd %s && head -n 50 %s/build/sample/EPD_SNOMED_202607.csv > "
                       "Vérord_202607.csv && /usr/bin/python3 -c 'import zipfile; z = "
                       "zipfile.ZipFile(\"m.zip\", \"w\"); z.write(\"Vérord_202607.csv\"); "
                       "z.close()' && %s run m.zip --out out 2> said && "
                       "grep -q 'm.zip:Vérord_202607.csv' said",
                       scratch_folder(), root_folder(), program()),
                 0),
              "%s", shell_output());
}

/* 5,000 names of 30 kB made 7.2 GB. */
Test(foreign, a_name_longer_than_any_name_is_a_rejected_row)
{
    cr_expect(eq(int,
                 shell("cd %s && long=$(printf 'N%%.0s' $(seq 600)) && "
                       "head -n 60 %s/build/sample/EPD_SNOMED_202607.csv | "
                       "awk -F'\",\"' -v OFS='\",\"' -v long=$long 'NR == 3 { $8 = long } "
                       "NR == 5 { $8 = substr(long, 1, 500) } { print }' > m.csv && "
                       "%s run --quiet m.csv --out out && "
                       "test $(grep -c 'a name longer than any name' out/rejects.csv) = 1 && "
                       "grep -q '^\"*m.csv\"*,3,' out/rejects.csv",
                       scratch_folder(), root_folder(), program()),
                 0),
              "%s", shell_output());
}

/* It would write along with us, and the seals would be over what it wrote. */
Test(foreign, a_trigger_in_a_store_is_refused_before_anything_is_written)
{
    cr_expect(
        eq(int,
           shell("cd %s && s=%s && c=%s && "
                 "$c add --quiet --store store $s/build/sample/EPD_SNOMED_202606.csv && "
                 "sqlite3 store \"CREATE TRIGGER evil AFTER INSERT ON cell BEGIN UPDATE cell SET "
                 "items = items + 1; END\" && cp store before && "
                 "$c add --store store $s/build/sample/EPD_SNOMED_202607.csv > said 2>&1; "
                 "test $? = 65 && grep -q 'trigger, \"evil\"' said && cmp store before && "
                 "{ $c remove --store store 2026-06 > said 2>&1; test $? != 0; } && "
                 "cmp store before",
                 scratch_folder(), root_folder(), program()),
           0),
        "%s", shell_output());
}
