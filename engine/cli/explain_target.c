#include "cli/explain_target.h"

#include <stdio.h>

#define MILLION 1000000

static void say(const char *label, const char *text)
{
    if (text != NULL)
        printf("  %-14s%s\n", label, text);
}

static void say_months(const char *label, month_t from, month_t to)
{
    char one[MONTH_TEXT];
    char other[MONTH_TEXT];

    printf("  %-14s%s to %s\n", label, month_print(from, one), month_print(to, other));
}

static void say_value(const struct target *target)
{
    char number[DECIMAL_TEXT];
    const char *const reach = target->at_least ? "at least" : "at most";

    if (target->has_value)
        printf("  %-14s%s %s %s\n", "is", reach,
               ratio_print(target->value, MILLION, PLACES_CARBON, number), target->measure->unit);
    if (!target->has_reduction)
        return;
    printf("  %-14s%s %s%% less than in the baseline\n", "is", reach,
           ratio_print(target->reduction, MILLION, PLACES_CARBON, number));
    say_months("baseline", target->baseline_from, target->baseline_to);
}

static void say_texts(const char *label, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        printf(i == 0 ? "  %-14s%s" : "%s%s", i == 0 ? label : ", ", list->texts[i]);
    if (list->count > 0)
        putchar('\n');
}

static void print_target(const struct target *target)
{
    printf("%s\n  %-14s%s (%s)\n", target->id, "target", target->title, target->at);
    say("set by", target->plan);
    say("measure", target->measure_id);
    say("not computed", target->not_computable);
    if (target->measure != NULL) {
        say_value(target);
        say_months(target->months == 1 ? "month" : "months",
                   target->due - (month_t)target->months + 1, target->due);
        say_texts("levels", &target->levels);
        say_texts("within", &target->within);
    }
    say("note", target->note);
    printf("  %-14s%s; checked %s\n", "source", target->source, target->checked);
}

static void print_elsewhere(const struct rules *rules, const struct elsewhere_rule *rule)
{
    const struct source_rule *const source = rules_source(rules, rule->source);

    printf("%s\n  %-14s%s (%s)\n", rule->id, "measure", rule->title, rule->at);
    say("is", rule->description);
    say("equals", rule->equals);
    say("not computed", rule->not_computable);
    printf("  %-14s%s: %s; checked %s\n", "source", rule->source, source->where, rule->checked);
}

bool explain_target(const struct rules *rules, const char *word)
{
    for (size_t i = 0; i < rules->targets.count; i++)
        if (strcmp(rules->targets.list[i]->id, word) == 0) {
            print_target(rules->targets.list[i]);
            return true;
        }
    for (size_t i = 0; i < rules->elsewhere.count; i++)
        if (strcmp(rules->elsewhere.list[i]->id, word) == 0) {
            print_elsewhere(rules, rules->elsewhere.list[i]);
            return true;
        }
    return false;
}
