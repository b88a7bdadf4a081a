#include "cli/explain_place.h"

#include "cli/words.h"
#include "cli/shown.h"
#include "place/search.h"

#include <string.h>

struct telling {
    const struct rules *rules;
    const struct registers *registers;
    enum level level;
    uint32_t number;
};

static const struct register_account *account_of(const struct telling *telling, uint32_t account)
{
    return &telling->registers->accounts[account];
}

static void print_organisation(const struct telling *telling, enum level level, uint32_t number)
{
    const struct view code = organisation_code(&telling->registers->names, level, number);
    const struct view name = organisation_name(&telling->registers->names, level, number);

    show_organisation(stdout, code, name);
}

static void print_dates(const struct standing_facts *facts)
{
    char day[DATE_TEXT];

    if (facts->open != DATE_NONE)
        printf("  %-14s%s\n", "opened", date_print(facts->open, day));
    if (facts->close != DATE_NONE)
        printf("  %-14s%s\n", "closed", date_print(facts->close, day));
}

static void print_facts(const struct telling *telling)
{
    const struct standing_facts *const facts =
        registers_facts(telling->registers, telling->level, telling->number);
    const struct register_account *account;
    char day[DATE_TEXT];

    if (facts == NULL)
        return;
    account = account_of(telling, facts->account);
    printf("  %-14s%s, of %s\n", "register", account->name, date_print(account->date, day));
    if (facts->standing != STANDING_UNKNOWN)
        printf("  %-14s%s\n", "status", standing_text(facts->standing));
    if (facts->has_setting)
        printf("  %-14s%s, %s\n", "setting", facts->setting,
               facts->is_gp ? "a GP practice" : "no GP practice: takes no part in percentiles");
    print_dates(facts);
}

static void print_membership(const struct telling *telling, const struct membership *membership)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];

    printf("  %-14s", level_text(membership->parent_level));
    print_organisation(telling, membership->parent_level, membership->parent);
    printf(", from %s",
           membership->from != DATE_NONE ? date_print(membership->from, from) : "an unknown day");
    if (membership->undated)
        printf(" (the day of the register)");
    if (membership->to != DATE_NONE)
        printf(" to %s", date_print(membership->to, to));
    printf("; %s\n", account_of(telling, membership->account)->name);
}

static void print_memberships(const struct telling *telling)
{
    size_t count;
    const struct membership *const memberships =
        registers_memberships(telling->registers, telling->level, telling->number, &count);

    for (size_t i = 0; i < count; i++)
        print_membership(telling, &memberships[i]);
}

static void print_sizes(const struct telling *telling)
{
    char month[MONTH_TEXT];
    char patients[DECIMAL_TEXT];

    for (size_t i = 0; telling->level == LEVEL_PRACTICE && i < telling->registers->size_count;
         i++) {
        const struct list_size *const size = &telling->registers->sizes[i];

        if (size->practice == telling->number)
            printf("  %-14s%s in %s, and until a later list; %s\n", "patients",
                   with_commas((uint64_t)size->patients, patients), month_print(size->month, month),
                   account_of(telling, size->account)->name);
    }
}

/* How many organisations of a level belong to this one at the day of the latest register. */
static void print_children(const struct telling *telling)
{
    const month_t today = registers_latest(telling->registers);
    size_t counts[LEVELS] = {0};
    size_t active = 0;
    char text[DECIMAL_TEXT];
    char month[MONTH_TEXT];

    for (size_t i = 0; i < telling->registers->membership_count; i++) {
        const struct membership *const membership = &telling->registers->memberships[i];

        if (membership->parent_level == telling->level && membership->parent == telling->number &&
            registers_parent(telling->registers, membership->level, membership->child,
                             telling->level, today) == membership) {
            const struct standing_facts *const facts =
                registers_facts(telling->registers, membership->level, membership->child);

            counts[membership->level]++;
            active += facts != NULL && facts->is_gp && facts->standing == STANDING_active;
        }
    }
    for (int level = 0; level < LEVELS; level++)
        if (counts[level] > 0)
            printf("  %-14s%s of level %s in %s\n", "members", with_commas(counts[level], text),
                   level_text((enum level)level), month_print(today, month));
    if (active > 0)
        printf("  %-14s%s are active GP practices\n", "of them", with_commas(active, text));
}

static bool speaks_of(const struct telling *telling, uint32_t account)
{
    const struct standing_facts *const facts =
        registers_facts(telling->registers, telling->level, telling->number);
    size_t count;
    const struct membership *const memberships =
        registers_memberships(telling->registers, telling->level, telling->number, &count);
    bool speaks = facts != NULL && facts->account == account;

    for (size_t i = 0; i < count && !speaks; i++)
        speaks = memberships[i].account == account;
    for (size_t i = 0; telling->level == LEVEL_PRACTICE && i < telling->registers->size_count; i++)
        speaks = speaks || (telling->registers->sizes[i].practice == telling->number &&
                            telling->registers->sizes[i].account == account);
    return speaks;
}

static void print_sources(const struct telling *telling)
{
    for (uint32_t i = 0; i < telling->registers->account_count; i++) {
        const struct register_account *const account = account_of(telling, i);

        if (!speaks_of(telling, i))
            continue;
        printf("  %-14s%s: ", "source", account->name);
        print_source(telling->rules, account->layout->source, account->layout->checked);
        putchar('\n');
    }
}

static void print_codes(const char *label, const struct text_list *codes)
{
    for (size_t i = 0; i < codes->count; i++)
        printf("%s%s", i == 0 ? label : " ", codes->texts[i]);
}

static void print_succession(const struct rules *rules, const struct succession *rule)
{
    printf("  %-14s%s", "successor", rule->from_code);
    if (rule->from_name != NULL)
        printf(" %s", rule->from_name);
    printf(" to %s%s%s on %s", rule->to_code != NULL ? rule->to_code : "",
           rule->to_code != NULL && rule->to_name != NULL ? " " : "",
           rule->to_name != NULL   ? rule->to_name
           : rule->to_code != NULL ? ""
                                   : "others: see the note,",
           rule->date_text);
    print_codes(", of it the sub-ICBs ", &rule->sub_icbs);
    print_codes(", of it the practices ", &rule->practices);
    print_codes(", targets follow ", &rule->continues_as);
    printf(" (%s)\n    ", rule->at);
    print_source(rules, rule->source, rule->checked);
    if (rule->note != NULL)
        printf("\n    note: %s", rule->note);
    putchar('\n');
}

static bool print_successions(const struct rules *rules, const char *code, bool named)
{
    bool any = false;

    for (size_t i = 0; i < rules->successions.count; i++) {
        const struct succession *const rule = rules->successions.list[i];

        if (strcmp(rule->from_code, code) != 0 &&
            (rule->to_code == NULL || strcmp(rule->to_code, code) != 0))
            continue;
        if (!named && !any)
            printf("%s\n", code);
        print_succession(rules, rule);
        any = true;
    }
    return any;
}

/* A practice code with nothing beside it: its own first letters stand for the sub-ICB. */
static bool print_unidentified(const struct rules *rules, const char *code)
{
    const struct unidentified_rule *const rule =
        rules_unidentified(rules, view_of(code), view_of(code));

    if (rule == NULL)
        return false;
    printf(
        "%s\n  not an organisation: extracts use it for prescribers that are not identified (with "
        "its own sub-ICB, where the rule names a suffix); it counts in all totals and in no "
        "percentile\n  rule %s (%s)\n  ",
        code, rule->id, rule->at);
    print_source(rules, rule->source, rule->checked);
    if (rule->note != NULL)
        printf("\n  note: %s", rule->note);
    putchar('\n');
    return true;
}

static void print_place(const struct telling *telling)
{
    print_organisation(telling, telling->level, telling->number);
    printf("\n  %-14s%s\n", "level", level_text(telling->level));
    print_facts(telling);
    print_memberships(telling);
    print_sizes(telling);
    print_children(telling);
    print_sources(telling);
}

static bool print_all_found(struct telling *telling, const struct places_found *found)
{
    bool any = false;

    for (int level = 0; level < LEVELS; level++) {
        const uint32_t count = (uint32_t)telling->registers->names.levels[level].codes.count;

        for (uint32_t i = 0; i < count; i++) {
            if (!found->chosen[level][i])
                continue;
            telling->level = (enum level)level;
            telling->number = i;
            print_place(telling);
            any = true;
        }
    }
    return any;
}

static bool has_code(const struct telling *telling, const char *word)
{
    bool has = false;

    for (int level = 0; level < LEVELS; level++)
        has = has || registers_find(telling->registers, telling->rules, (enum level)level,
                                    view_of(word)) != INTERN_NONE;
    return has;
}

bool explain_place(const struct rules *rules, const struct registers *registers, const char *word,
                   struct fail *why)
{
    struct telling telling = {.rules = rules, .registers = registers};
    const bool is_code = has_code(&telling, word);
    const bool is_rule = !is_code && print_unidentified(rules, word);
    struct places_found found = {{NULL}};
    bool any = is_rule;

    if (!is_code)
        any = print_successions(rules, word, is_rule) || any;
    if (!any && places_find_any(&registers->names, rules->sub_icb_padding, word,
                                "in these registers", &found, why) == STATUS_OK)
        any = print_all_found(&telling, &found);
    if (any && is_code)
        print_successions(rules, word, true);
    places_found_release(&found);
    return any;
}
