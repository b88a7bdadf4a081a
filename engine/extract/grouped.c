#include "extract/grouped.h"

#define GROUPED_BYTES 40 /* of digits, sign and point: more than 64 bits hold */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct view behind(struct view text, size_t count)
{
    return (struct view){text.at + count, text.length - count};
}

static struct view without_pound(struct view text)
{
    if (text.length > 1 && text.at[0] == '\xc2' && text.at[1] == '\xa3')
        return view_trim(behind(text, 2));
    if (text.length > 0 && text.at[0] == '\xa3')
        return view_trim(behind(text, 1));
    return text;
}

/* Behind a comma of whole pounds come three digits, and no fourth. */
static bool is_group(struct view text, size_t at)
{
    if (text.length - at < 4)
        return false;
    for (size_t i = 1; i <= 3; i++)
        if (!is_digit(text.at[at + i]))
            return false;
    return text.length - at == 4 || !is_digit(text.at[at + 4]);
}

/* The digits without their commas; false where a comma is none of groups. */
static bool join_groups(struct view text, char *out, size_t *length)
{
    size_t digits = 0;
    bool grouped = false;
    bool fraction = false;

    for (size_t i = 0; i < text.length; i++) {
        const char c = text.at[i];

        if (c == ',') {
            if (fraction || digits == 0 || digits > 3 || !is_group(text, i))
                return false;
            grouped = true;
            digits = 0;
            continue;
        }
        fraction = fraction || c == '.';
        digits += !fraction && is_digit(c);
        if ((grouped && !fraction && digits > 3) || *length == GROUPED_BYTES)
            return false;
        out[(*length)++] = c;
    }
    return true;
}

enum decimal_fault grouped_parse(struct view text, int places, int64_t *value)
{
    char plain[GROUPED_BYTES + 1];
    size_t length = 0;
    struct view rest = without_pound(view_trim(text));

    if (rest.length > 0 && (rest.at[0] == '-' || rest.at[0] == '+')) {
        if (rest.at[0] == '-')
            plain[length++] = '-';
        rest = without_pound(view_trim(behind(rest, 1)));
    }
    if (rest.length == 0)
        return DECIMAL_EMPTY;
    if (!join_groups(rest, plain, &length))
        return DECIMAL_SHAPE;
    return decimal_parse((struct view){plain, length}, places, value);
}
