#include "cli/command.h"

#include "rules/schema.h"
#include "rules/skeleton.h"

#include <string.h>

static enum status no_such(struct fail *why, const char *what, const char *name, const char *first,
                           const char *command)
{
    return fail_set(why, STATUS_USAGE,
                    "there is no %s \"%.60s\"; canister %s lists them, such as %s", what, name,
                    command, first);
}

static void list_schemas(void)
{
    for (size_t i = 0; i < rules_schema_count; i++)
        printf("%s\n", rules_schemas[i].name);
}

static int run_rules_schema(const struct invocation *invocation)
{
    const struct rules_schema *schema;
    struct fail why;

    if (invocation->argument_count == 0)
        list_schemas();
    for (size_t i = 0; i < invocation->argument_count; i++) {
        schema = rules_schema(invocation->arguments[i]);
        if (schema == NULL) {
            no_such(&why, "schema", invocation->arguments[i], rules_schemas[0].name,
                    "rules schema");
            return report_failure(&why);
        }
        rules_schema_print(schema, stdout);
    }
    return close_output(0);
}

const struct command command_rules_schema = {
    .name = "rules schema",
    .arguments = "[NAME...]",
    .summary = "print the JSON Schema of a kind of rule file",
    .description =
        "Prints the JSON Schema (draft 7) of a kind of rule file, with a sentence about each key: "
        "an editor that knows it completes keys and marks mistakes. Without NAME it lists the "
        "kinds. The rules that come with canister have the same schemas beside them.",
    .run = run_rules_schema,
};

static int run_rules_new(const struct invocation *invocation)
{
    const struct rules_skeleton *skeleton;
    struct fail why;

    if (invocation->argument_count > 1) {
        fail_set(&why, STATUS_USAGE, "one kind of rule at a time: canister rules new %s",
                 invocation->arguments[0]);
        return report_failure(&why);
    }
    skeleton = rules_skeleton(invocation->arguments[0]);
    if (skeleton == NULL) {
        no_such(&why, "skeleton", invocation->arguments[0], rules_skeletons[0].kind,
                "rules new --help");
        return report_failure(&why);
    }
    rules_skeleton_print(skeleton, stdout);
    rules_skeleton_explain(skeleton, stderr);
    return close_output(0);
}

const struct command command_rules_new = {
    .name = "rules new",
    .arguments = "product|factor|measure|target|switch",
    .summary = "print a rule file to fill in",
    .description =
        "Prints a small rule file that passes canister rules check, to be changed: product, "
        "factor, "
        "measure, target or switch. JSON has no comments, so what each key means is printed on "
        "standard error, with where the file goes. An example: mkdir -p mine/measures; canister "
        "rules new measure > mine/measures/mine.json; canister rules check --rules mine.",
    .needs_argument = true,
    .run = run_rules_new,
};
