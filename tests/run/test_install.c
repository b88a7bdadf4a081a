/* What `make install` puts down is whole, works from there, and is all that a
 * program of someone else needs (tests/api/consumer.c). */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *variant(void)
{
    return strrchr(build_folder(), '/') + 1;
}

/* Flags that whoever links the library needs in this build, none in a release. */
static const char *extra_flags(void)
{
    return strstr(variant(), "sanitize") != NULL ? "-fsanitize=address,undefined" : "";
}

/* Installs into PREFIX and DESTDIR from a copy of the build, in which the one
 * object that knows the prefix is made anew: other tests go on using the build. */
static void install(const char *prefix, const char *destdir)
{
    cr_assert(eq(int,
                 shell("cd %s && mkdir build && cp -a %s/engine %s/libengine.a %s/libcanister.a "
                       "%s/flags %s/sources %s/prefix build/ && "
                       "env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make -s -C %s "
                       "VARIANT=%s BUILD=%s/build PREFIX='%s' DESTDIR='%s' install",
                       scratch_folder(), build_folder(), build_folder(), build_folder(),
                       build_folder(), build_folder(), build_folder(), root_folder(), variant(),
                       scratch_folder(), prefix, destdir),
                 0),
              "%s", shell_output());
}

static void check_files(const char *where)
{
    cr_expect(eq(int,
                 shell("cd %s && { printf '%%s\\n' 755:bin/canister 644:lib/libcanister.a "
                       "644:lib/pkgconfig/canister.pc 644:include/canister/canister.h "
                       "644:share/man/man1/canister.1 "
                       "644:share/bash-completion/completions/canister "
                       "644:share/zsh/site-functions/_canister "
                       "644:share/fish/vendor_completions.d/canister.fish; cd %s && find rules "
                       "-name '*.json' -o -name '*.md' | sed 's,^,644:share/canister/,'; } | sort "
                       "> %s/wanted && cd %s && find . -type f -printf '%%m:%%P\\n' | sort | "
                       "diff %s/wanted - && diff -r %s/rules share/canister/rules",
                       scratch_folder(), root_folder(), scratch_folder(), where, scratch_folder(),
                       root_folder()),
                 0),
              "installed files (< wanted, > there): %s", shell_output());
    cr_expect(eq(int, shell("! grep -rIlF '%s' %s", root_folder(), where), 0),
              "the checkout's own path is in an installed file: %s", shell_output());
}

#define MONTHS "EPD_SNOMED_202502.csv EPD_SNOMED_202607.csv"

/* Compiles the consumer against what is installed under `where` with pkg-config's
 * flags alone, runs it both ways, and holds it to the installed program. */
static void check_consumer(const char *where, const char *rules)
{
    cr_assert(eq(int,
                 shell("cd %s && export PKG_CONFIG_PATH=%s/lib/pkgconfig && "
                       "pc='pkg-config --define-variable=prefix=%s' && cp %s/tests/api/consumer.c ."
                       " && ${CC:-cc} -std=c17 -Wall -Wextra -Werror %s $($pc --cflags canister) "
                       "consumer.c -o consumer $($pc --static --libs canister) && "
                       "test \"$($pc --modversion canister)\" = "
                       "\"$(%s/bin/canister version | sed -n 's/^canister //p')\"",
                       scratch_folder(), where, where, root_folder(), extra_flags(), where),
                 0),
              "%s", shell_output());
    cr_expect(eq(int,
                 shell("cd %s/build/sample && export SOURCE_DATE_EPOCH=1790000000 s=%s && "
                       "%s/bin/canister run --quiet " MONTHS " --out $s/cli && %s && "
                       "$s/consumer read $s/read " MONTHS " > $s/read.txt && "
                       "$s/consumer feed $s/feed " MONTHS " > $s/feed.txt && "
                       "diff -r $s/cli $s/read && "
                       "diff -r -x audit.json -x canister.xlsx $s/cli $s/feed && "
                       "printf '%%s\\n' \".import --csv '$s/cli/measures.csv' m\" 'SELECT "
                       "measure, level, organisation_code, organisation_name, month, numerator, "
                       "denominator, value, percentile FROM m;' | sqlite3 -batch > $s/cli.txt && "
                       "test -s $s/cli.txt && cmp $s/cli.txt $s/read.txt && "
                       "cmp $s/cli.txt $s/feed.txt",
                       root_folder(), scratch_folder(), where, rules),
                 0),
              "%s", shell_output());
    write_text(in_scratch("sizes.csv"),
               "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,"
               "NUMBER_OF_PATIENTS\nX,01JAN2022,GP,Z90044,,,ALL,ALL,5000\n");
    write_text(in_scratch("groups.csv"),
               "group_code,group_name,organisation_code\nLOC,A locality,Z90044\n");
    cr_expect(eq(int,
                 shell("cd %s/build/sample && export SOURCE_DATE_EPOCH=1790000000 s=%s && "
                       "%s/bin/canister run --quiet --places now --register $s/sizes.csv --group "
                       "$s/groups.csv " MONTHS " --out $s/now && %s && "
                       "$s/consumer placed $s/placed $s/sizes.csv $s/groups.csv " MONTHS
                       " > $s/placed.txt && diff -r $s/now $s/placed && "
                       "grep -q '^inhalers_per_1000_patients|group|LOC|' $s/placed.txt && "
                       "grep -q '^practice,Z90044,.*,QZC,' $s/placed/organisations.csv",
                       root_folder(), scratch_folder(), where, rules),
                 0),
              "%s", shell_output());
    cr_expect(eq(int,
                 shell("%s && %s/consumer misuse %s/build/sample/EPD_SNOMED_202502.csv", rules,
                       scratch_folder(), root_folder()),
                 0),
              "%s", shell_output());
}

Test(install, a_prefix_holds_all_that_a_program_of_someone_else_needs)
{
    alarm(300);
    const char *const prefix = in_scratch("x");

    install(prefix, "");
    check_files(prefix);
    check_consumer(prefix, "true");
    cr_expect(eq(int,
                 shell("cd / && env -u CANISTER_RULES %s/bin/canister version | grep -q 'from "
                       "%s/bin/../share/canister'",
                       prefix, prefix),
                 0),
              "the installed program reads the installed rules");
}

Test(install, a_staged_install_works_wherever_it_is_moved)
{
    alarm(300);
    char rules[512];

    install("/usr", in_scratch("stage"));
    cr_expect(eq(int, shell("grep -rIlF '%s' %s", scratch_folder(), in_scratch("stage")), 1),
              "the stage's own path is in an installed file: %s", shell_output());
    shell("mv %s %s", in_scratch("stage/usr"), in_scratch("moved"));
    check_files(in_scratch("moved"));
    snprintf(rules, sizeof rules, "export CANISTER_RULES=%s/share/canister/rules",
             in_scratch("moved"));
    check_consumer(in_scratch("moved"), rules);
}

Test(install, the_library_defines_the_functions_of_the_header_and_no_others)
{
    cr_expect(eq(int,
                 shell("cd %s && ${CC:-cc} -E -P %s/include/canister/canister.h | "
                       "grep -oE 'canister_[a-z_]+ ?\\(' | tr -d ' (' | sort -u > wanted && "
                       "test $(wc -l < wanted) -gt 10 && nm -g --defined-only %s/libcanister.a | "
                       "sed -n 's/^[0-9a-f]* [A-Z] //p' | grep -v ^__odr_asan | sort | "
                       "diff wanted -",
                       scratch_folder(), root_folder(), build_folder()),
                 0),
              "(< header, > library) %s", shell_output());
}
