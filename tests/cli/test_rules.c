/* rules check, rules schema and rules new, as an author of rules meets them. */

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <string.h>

static int canister(const char *arguments)
{
    return shell("cd '%s' && CANISTER_RULES='%s/rules' '%s' %s", scratch_folder(), root_folder(),
                 program(), arguments);
}

static void expect_said(const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cr_expect(strstr(shell_output(), lines[i]) != NULL, "\"%s\" is not in: %s", lines[i],
                  shell_output());
}

Test(rules_cli, check_prints_every_fault_of_ones_own_files_and_how_many_there_are)
{
    static const char *const lines[] = {
        "targets.json:2: /targets/0/mesure (t): is not a key here; did you mean \"measure\"?\n",
        "targets.json:3: /targets/0/levels/0 (t): \"ibc\" is not one of the allowed values; did "
        "you "
        "mean \"icb\"?",
        "canister: the rules have 2 faults in 1 file\n"};

    write_text(in_scratch("targets.json"),
               "{\"targets\": [{\"id\": \"t\", \"title\": \"t\", \"plan\": \"p\",\n"
               "\"mesure\": \"inhalers\", \n"
               "\"levels\": [\"ibc\"], \"due\": \"2027-03\", \"value\": \"1\", \"source\": \"s\",\n"
               "\"checked\": \"2026-01-31\"}]}\n");
    cr_expect(eq(int, canister("rules check --targets targets.json"), 78), "%s", shell_output());
    expect_said(lines, LENGTH_OF(lines));
}

Test(rules_cli, check_looks_at_group_gas_use_and_gas_supply_though_one_of_them_is_wrong)
{
    static const char *const lines[] = {"groups.csv:", "use.csv:3: row rejected",
                                        "1 rows = 1 kept"};

    write_text(in_scratch("groups.csv"), "group,name\nA,B\n");
    write_text(in_scratch("use.csv"),
               "organisation,month,site,litres_used\nRXX,2026-03,A,5\nRXX,2026-13,A,5\n");
    write_text(in_scratch("supply.csv"), "organisation,month,site,gas,brand,size,cylinders,litres\n"
                                         "RXX,2026-03,A,nitrous-oxide,,,,500\n");
    cr_expect(
        canister("rules check --group groups.csv --gas-use use.csv --gas-supply supply.csv") == 65,
        "%s", shell_output());
    expect_said(lines, LENGTH_OF(lines));
    write_text(in_scratch("groups.csv"), "group_code,group_name,organisation_code\nA,B,Z90001\n");
    cr_expect(eq(int, canister("rules check --group groups.csv --gas-supply supply.csv"), 0), "%s",
              shell_output());
}

Test(rules_cli, schema_and_new_refuse_what_they_do_not_know_and_say_what_there_is)
{
    static const char *const kinds[] = {"measures/measures\n", "version\n"};

    cr_expect(eq(int, canister("rules schema"), 0), "%s", shell_output());
    expect_said(kinds, LENGTH_OF(kinds));
    cr_expect(eq(int, canister("rules schema colours"), 64), "%s", shell_output());
    cr_expect(eq(int, canister("rules new colour"), 64), "%s", shell_output());
    cr_expect(eq(int, canister("rules new"), 64), "%s", shell_output());
}

/* The file goes to a file; what its keys mean, to the person. */
Test(rules_cli, new_prints_a_file_on_standard_output_and_its_meaning_beside_it)
{
    cr_expect(eq(int, canister("rules new target > t.json 2> words"), 0), "%s", shell_output());
    cr_expect(eq(int, canister("rules check --targets t.json"), 0), "%s", shell_output());
    cr_expect(
        eq(int, shell("grep -q 'due (optional): the month in which' '%s'", in_scratch("words")), 0),
        "each key has its sentence");
}
