/* All faults of the rules at once, each with its file, line, path and entry. */

#include "rules/faults.h"
#include "rules/rules.h"

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

static struct faults faults;

/* The shipped rules with scratch's own/ over them; the status, and `faults`. */
static enum status load(void)
{
    char base[4096];
    struct rules_place place = {.base = base, .overlay = in_scratch("own"), .faults = &faults};
    struct rules *rules = NULL;
    struct fail why;
    enum status status;

    snprintf(base, sizeof base, "%s", in_root("rules"));
    faults_release(&faults);
    status = rules_load(&rules, &place, &why);
    rules_free(rules);
    return status;
}

static void write_own(const char *name, const char *text)
{
    char path[256];

    shell("mkdir -p '%s' && cd '%s' && mkdir -p measures factors products switches targets",
          in_scratch("own"), in_scratch("own"));
    snprintf(path, sizeof path, "own/%s", name);
    write_text(in_scratch(path), text);
}

static bool has_fault(const char *start)
{
    char line[2048];

    for (size_t i = 0; i < faults.count; i++) {
        fault_print(&faults.list[i], line, sizeof line);
        if (strncmp(line, start, strlen(start)) == 0)
            return true;
    }
    return false;
}

static void expect_faults(const char *const *starts, size_t count)
{
    char line[2048];

    cr_expect(load() == STATUS_RULE, "refused");
    for (size_t i = 0; i < count; i++)
        cr_expect(has_fault(starts[i]), "%s", starts[i]);
    cr_expect(eq(sz, faults.count, count), "and no others");
    for (size_t i = 0; i < faults.count && faults.count != count; i++) {
        fault_print(&faults.list[i], line, sizeof line);
        cr_log_warn("%s", line);
    }
}

Test(faults, a_measure_with_three_mistakes_tells_all_three_with_their_lines)
{
    static const char *const starts[] = {
        "measures/mine.json:7: /measures/0/directon (mine): is not a key here; did you mean "
        "\"direction\"?",
        "measures/mine.json:9: /measures/0/numerator/sum (mine): \"inhaler\" is not one of the "
        "allowed values; did you mean \"inhalers\"? Allowed: kgco2e, inhalers, packs, items, nic,",
        "measures/mine.json:13: /measures/0/numerator/where/products/1 (mine): there is no product "
        "\"ventolin-100-evohalr\" in products/; did you mean \"ventolin-100-evohaler\"?",
    };

    write_own("measures/mine.json",
              "{\"measures\": [\n"
              "  {\n"
              "  \"id\": \"mine\",\n"
              "  \"title\": \"a \\\"quoted\\\" title, with { and [ in it\",\n"
              "  \"description\": \"d\",\n"
              "  \"unit\": \"inhalers\",\n"
              "  \"directon\": \"lower\",\n"
              "  \"numerator\": {\n"
              "    \"sum\": \"inhaler\",\n"
              "    \"where\": {\"classes\": [\"SABA\"],\n"
              "      \"products\": [\n"
              "        \"ventolin-100-evohaler\",\n"
              "        \"ventolin-100-evohalr\"]}},\n"
              "  \"why\": \"w\", \"caveats\": [\"c\"], \"source\": \"S01\",\n"
              "  \"checked\": \"2026-01-31\",\n"
              "  \"change_log\": [{\"date\": \"2026-01-31\", \"change\": \"f\"}]}\n"
              "]}\n");
    expect_faults(starts, LENGTH_OF(starts));
}

Test(faults, those_of_several_files_are_told_together_in_the_order_of_files_and_lines)
{
    static const char *const starts[] = {
        "factors/mine.json:4: /factors/0 (f): kg must lie from low to high",
        "factors/mine.json:6: /factors/0/source (f): there is no source \"S-none\"",
        "switches/mine.json:3: /switches/0/prompts/0 (s): there is no prompt \"inhalaton\"",
        "switches/mine.json:4: /switches/0/pairs/0/to (s): there is no product \"nothing-like-it\"",
        "targets/mine.json:2: /targets/0 (t): names either a measure or why it is not_computable",
        "targets/mine.json:2: /targets/0 (t): months is 1 or 12",
    };

    write_own("factors/mine.json",
              "{\"id\": \"mine\", \"title\": \"t\", \"source\": \"S01\",\n"
              "\"checked\": \"2026-01-31\",\n"
              "\"factors\": [\n"
              "  {\"id\": \"f\", \"products\": [\"ventolin-100-evohaler\"], \"kg\": \"4\",\n"
              "   \"low\": \"5\", \"high\": \"6\", \"grade\": \"C\", \"basis\": \"whole_life\", "
              "\"derivation\": \"b\",\n"
              "   \"source\": \"S-none\", \"checked\": \"2026-01-31\"}]}\n");
    write_own("switches/mine.json",
              "{\"switches\": [{\"id\": \"s\", \"title\": \"t\", \"change\": \"c\",\n"
              "\"dose\": \"d\", \"evidence\": \"none\", \n"
              "\"prompts\": [\"inhalaton\"], \"pairs\": [{\"from\": \"ventolin-100-evohaler\",\n"
              "\"to\": \"nothing-like-it\", \"from_inhalers\": 1, \"to_inhalers\": 1}],\n"
              "\"source\": \"S01\", \"checked\": \"2026-01-31\"}]}\n");
    write_own(
        "targets/mine.json",
        "{\"targets\": [\n"
        "{\"id\": \"t\", \"title\": \"t\", \"plan\": \"p\", \"months\": 3, \"source\": \"s\",\n"
        "\"checked\": \"2026-01-31\"}]}\n");
    expect_faults(starts, LENGTH_OF(starts));
    for (size_t i = 1; i < faults.count; i++) {
        const int files = strcmp(faults.list[i - 1].file, faults.list[i].file);

        cr_expect(files < 0 || (files == 0 && faults.list[i - 1].line <= faults.list[i].line),
                  "in order");
    }
}

/* What cannot be read defines nothing, and that is one fault, not one for each reference. */
Test(faults, a_file_that_is_no_json_is_one_fault)
{
    static const char *const starts[] = {"sources.json:2: /: not valid JSON"};

    write_own("sources.json", "{\"sources\": [\n}\n");
    expect_faults(starts, LENGTH_OF(starts));
}

Test(faults, an_id_that_is_there_twice_says_where_it_was_first)
{
    static const char *const starts[] = {
        "products/mine.json:6: /products/0/id (ventolin-100-evohaler): \"ventolin-100-evohaler\" "
        "is there twice: first in products/inhalers.json:",
    };
    char expected[2500];
    char line[2048];
    FILE *found;

    write_own(
        "products/mine.json",
        "{\n\"id\": \"x\", \"title\": \"t\", \"source\": \"S01\", \"checked\": \"2026-01-31\",\n"
        "\"products\": [\n{\n\"name\": \"n\",\n\"id\": \"ventolin-100-evohaler\",\n"
        "\"codes\": [\"0301011R0ZZZZZZ\"], \"substance\": \"s\", \"class\": \"SABA\",\n"
        "\"device\": \"pMDI\", \"propellant\": \"none\", \"unit\": \"inhaler\",\n"
        "\"refill\": false, \"source\": \"S01\", \"checked\": \"2026-01-31\"}]}\n");
    expect_faults(starts, LENGTH_OF(starts));
    shell("cd '%s' && grep -n '\"id\": \"ventolin-100-evohaler\"' products/inhalers.json | cut -d: "
          "-f1 > '%s'",
          in_root("rules"), in_scratch("line"));
    found = fopen(in_scratch("line"), "r");
    cr_assert(found != NULL && fgets(line, sizeof line, found) != NULL, "grep finds it");
    fclose(found);
    line[strcspn(line, "\n")] = '\0';
    snprintf(expected, sizeof expected, "%s%s", starts[0], line);
    cr_expect(has_fault(expected), "as grep counts lines: %s", expected);
}

/* An author's editor is not flooded, and yet knows how many there are. */
Test(faults, beyond_a_bound_they_are_counted)
{
    enum { MANY = FAULTS_KEPT + 7 };
    static char text[MANY * 20 + 100];
    size_t length = (size_t)snprintf(text, sizeof text, "{\"targets\": [\n");

    for (int i = 0; i < MANY; i++)
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s%d", i > 0 ? ",\n" : "", i);
    snprintf(text + length, sizeof text - length, "]}");
    write_own("targets/mine.json", text);
    cr_expect(load() == STATUS_RULE, "refused");
    cr_expect(eq(sz, faults.count, FAULTS_KEPT), "kept");
    cr_expect(eq(sz, faults.more, 7), "counted");
    cr_expect(has_fault("targets/mine.json:201: /targets/199: must be an object"), "by its line");
}
