#include "base/fail.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *status_text(enum status code)
{
    switch (code) {
#define X(name, exit_code, text) \
    case STATUS_##name:          \
        return text;
        STATUS_LIST(X)
#undef X
    }
    return "an unknown status";
}

int status_exit_code(enum status code)
{
    switch (code) {
#define X(name, exit_code, text) \
    case STATUS_##name:          \
        return exit_code;
        STATUS_LIST(X)
#undef X
    }
    return 70;
}

enum status fail_set(struct fail *why, enum status code, const char *format, ...)
{
    char text[sizeof why->text];
    va_list args;

    why->code = code;
    why->line = 0;
    why->file[0] = '\0';
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    /* a text from the input must not break the one-line form of a message */
    visible_text(view_of(text), why->text, sizeof why->text);
    return code;
}

enum status fail_in(struct fail *why, const char *file, uint64_t line)
{
    const size_t length = strlen(file);
    const size_t room = sizeof why->file - 1;

    if (why->file[0] != '\0')
        return why->code;
    snprintf(why->file, sizeof why->file, "%s", file + (length > room ? length - room : 0));
    why->line = line;
    return why->code;
}

enum status fail_nomem(struct fail *why)
{
    return fail_set(why, STATUS_NOMEM, "out of memory");
}

enum status fail_sum(struct fail *why)
{
    return fail_set(why, STATUS_LIMIT, "a sum does not fit into 128 bits");
}

void fail_print(const struct fail *why, char *out, size_t size)
{
    const char *text = why->text[0] != '\0' ? why->text : status_text(why->code);
    char file[4 * sizeof why->file];

    visible_text(view_of(why->file), file, sizeof file);

    if (why->file[0] == '\0')
        snprintf(out, size, "%s", text);
    else if (why->line == 0)
        snprintf(out, size, "%s: %s", file, text);
    else
        snprintf(out, size, "%s:%" PRIu64 ": %s", file, why->line, text);
}
