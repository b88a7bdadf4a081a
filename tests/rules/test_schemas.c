/* The schemas beside the rules are those of the readers' tables. */

#include "rules/schema.h"
#include "rules/skeleton.h"

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

static char *printed(void (*print)(const void *what, FILE *out), const void *what)
{
    char *text = NULL;
    size_t length = 0;
    FILE *const out = open_memstream(&text, &length);

    cr_assert(out != NULL, "memory");
    print(what, out);
    fclose(out);
    return text;
}

static void print_schema(const void *schema, FILE *out)
{
    rules_schema_print(schema, out);
}

static void print_skeleton(const void *skeleton, FILE *out)
{
    rules_skeleton_print(skeleton, out);
}

Test(schemas, the_committed_ones_are_what_the_program_prints)
{
    for (size_t i = 0; i < rules_schema_count; i++) {
        char *const text = printed(print_schema, &rules_schemas[i]);
        char path[4096];

        snprintf(path, sizeof path, "rules-%zu.json", i);
        write_text(in_scratch(path), text);
        cr_expect(eq(int,
                     shell("cmp '%s/%s' '%s/rules/%s.schema.json'", scratch_folder(), path,
                           root_folder(), rules_schemas[i].name),
                     0),
                  "canister rules schema %s > rules/%s.schema.json: %s", rules_schemas[i].name,
                  rules_schemas[i].name, shell_output());
        free(text);
    }
    cr_expect(eq(int,
                 shell("test $(find '%s/rules' -name '*.schema.json' | wc -l) = %zu", root_folder(),
                       rules_schema_count),
                 0),
              "there is no other schema");
}

Test(schemas, each_is_found_by_its_place_its_file_and_its_folder)
{
    cr_expect(rules_schema("measures/measures") == rules_schema("measures"), "folder");
    cr_expect(rules_schema("small_denominators") != NULL, "file");
    cr_expect(rules_schema("version") != NULL, "top");
    cr_expect(rules_schema("measure") == NULL, "nothing like it");
}

/* As they are, and each by the schema of its kind. */
Test(schemas, every_skeleton_passes_the_check)
{
    for (size_t i = 0; i < rules_skeleton_count; i++) {
        char *const text = printed(print_skeleton, &rules_skeletons[i]);
        char path[256];

        shell("mkdir -p '%s/own/%s'", scratch_folder(), rules_skeletons[i].where);
        snprintf(path, sizeof path, "own/%s/mine.json", rules_skeletons[i].where);
        write_text(in_scratch(path), text);
        cr_expect(eq(int,
                     shell("cd '%s' && CANISTER_RULES=%s/rules %s rules check --rules own",
                           scratch_folder(), root_folder(), program()),
                     0),
                  "%s: %s", rules_skeletons[i].kind, shell_output());
        cr_expect(eq(int,
                     shell("cp '%s/rules/%s/'*.schema.json '%s/own/%s/' && /usr/bin/python3 "
                           "'%s/tools/schemas.py' '%s/own'",
                           root_folder(), rules_skeletons[i].where, scratch_folder(),
                           rules_skeletons[i].where, root_folder(), scratch_folder()),
                     0),
                  "%s: %s", rules_skeletons[i].kind, shell_output());
        free(text);
    }
}
