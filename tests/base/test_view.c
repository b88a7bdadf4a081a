#include "support/cases.h"

#include "base/view.h"

static const struct {
    const char *text;
    const char *trimmed;
} padded[] = {
    {"", ""},
    {"a", "a"},
    {"  a b  ", "a b"},
    {"\t a\t", "a"},
    {"   ", ""},
    {" SHA", "SHA"},
    {"NIC        ", "NIC"},
    {"\na\n", "\na\n"},
    {"\ra", "\ra"},
    {"a\xc2\xa0", "a\xc2\xa0"},
};

Test(view, trims_blanks_and_tabs_at_both_ends_only)
{
    for (size_t i = 0; i < LENGTH_OF(padded); i++)
        cr_expect(view_is(view_trim(view_of(padded[i].text)), padded[i].trimmed), "\"%s\"",
                  padded[i].text);
    cr_expect(eq(sz, view_trim(view_none()).length, 0), "nothing");
}

static const struct {
    const char *text;
    const char *needle;
    bool found;
} searches[] = {
    {"Salamol_Inha 100mcg", "inha", true},
    {"Salamol_Inha 100mcg", "SALAMOL", true},
    {"Salamol_Inha 100mcg", "100MCG", true},
    {"Salamol_Inha 100mcg", "100mcgs", false},
    {"aab", "ab", true},
    {"abc", "", true},
    {"", "", true},
    {"", "a", false},
    {"ab", "abc", false},
    {"a[b", "a{b", false}, /* 0x5b and 0x7b differ in the bit of the case only */
    {"a@b", "a`b", false},
};

Test(view, finds_a_text_whatever_its_case)
{
    for (size_t i = 0; i < LENGTH_OF(searches); i++)
        cr_expect(view_contains_nocase(view_of(searches[i].text), view_of(searches[i].needle)) ==
                      searches[i].found,
                  "\"%s\" in \"%s\"", searches[i].needle, searches[i].text);
}

/* In order; each differs from all others. */
static const char *const ordered[] = {"", "A", "AA", "AB", "B", "a", "a ", "\x7f", "\x80", "\xff"};

static void order_and_equality_agree_bytewise(void)
{
    for (size_t i = 0; i < LENGTH_OF(ordered); i++) {
        for (size_t j = 0; j < LENGTH_OF(ordered); j++) {
            const int order = view_compare(view_of(ordered[i]), view_of(ordered[j]));
            const int sign = (order > 0) - (order < 0);

            cr_expect(eq(int, sign, (i > j) - (i < j)), "%zu against %zu", i, j);
            cr_expect(view_equal(view_of(ordered[i]), view_of(ordered[j])) == (i == j),
                      "%zu against %zu", i, j);
        }
    }
    cr_expect(view_equal(view_none(), view_of("")), "nothing is empty");
    cr_expect(view_equal((struct view){"a\0b", 3}, (struct view){"a\0c", 3}) == false, "zero byte");
}

Test(view, order_equality_and_prefixes_are_bytewise)
{
    cr_expect(view_starts(view_of("0301011"), view_of("0301")), "a prefix");
    cr_expect(view_starts(view_of("0301"), view_of("0301")), "itself");
    cr_expect(view_starts(view_of("0301"), view_of("")), "nothing");
    cr_expect(not(view_starts(view_of("030"), view_of("0301"))), "longer than the text");
    cr_expect(not(view_starts(view_of("0302011"), view_of("0301"))), "another");
    order_and_equality_agree_bytewise();
}
