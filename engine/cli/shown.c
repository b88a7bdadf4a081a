#define _GNU_SOURCE /* fopencookie */
#include "cli/shown.h"

#include "base/text.h"

#include <errno.h>
#include <unistd.h>

#define HELD_BYTES 4

/* One of the two streams: where it goes to, and the start of a character whose end is to come. */
struct shown {
    int fd;
    char held[HELD_BYTES];
    size_t held_count;
    bool failed;
};

static struct shown out = {.fd = STDOUT_FILENO};
static struct shown words = {.fd = STDERR_FILENO};
static FILE *terminal;

static void send(void *context, const char *bytes, size_t length)
{
    struct shown *const shown = context;

    while (length > 0 && !shown->failed) {
        const ssize_t sent = write(shown->fd, bytes, length);

        if (sent < 0 && errno != EINTR) {
            shown->failed = true;
        } else if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
}

/* Bytes of a character that begins at `at` and that has not come whole yet. */
static bool is_begun(struct view rest)
{
    const unsigned char first = (unsigned char)rest.at[0];
    const size_t whole = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;

    for (size_t i = 1; i < rest.length; i++)
        if (((unsigned char)rest.at[i] & 0xc0) != 0x80)
            return false;
    return first >= 0xc2 && first <= 0xf4 && rest.length < whole;
}

static void pass(struct shown *shown, struct view text)
{
    size_t from = 0;
    size_t at = 0;

    while (at < text.length) {
        const struct view rest = {text.at + at, text.length - at};
        const size_t step = utf8_step(rest);
        const char byte = text.at[at];

        if (step == 1 && (byte >= ' ' || byte == '\n' || byte == '\t') && byte != 0x7f) {
            at++;
            continue;
        }
        send(shown, text.at + from, at - from);
        if (step == 0 && is_begun(rest)) {
            memcpy(shown->held, rest.at, rest.length);
            shown->held_count = rest.length;
            return;
        }
        if (step == 0) {
            char named[8];

            send(shown, named,
                 (size_t)snprintf(named, sizeof named, "\\x%02x", (unsigned)(unsigned char)byte));
        } else {
            visible_write((struct view){rest.at, step}, send, shown);
        }
        at += step > 0 ? step : 1;
        from = at;
    }
    send(shown, text.at + from, at - from);
}

static ssize_t write_shown(void *context, const char *bytes, size_t length)
{
    struct shown *const shown = context;
    char joined[2 * HELD_BYTES];
    size_t used = 0;

    shown->failed = false;
    if (shown->held_count > 0) { /* with as much as makes a character whole */
        size_t count = shown->held_count;

        memcpy(joined, shown->held, count);
        while (used < length && is_begun((struct view){joined, count}))
            joined[count++] = bytes[used++];
        shown->held_count = 0;
        pass(shown, (struct view){joined, count});
    }
    if (length > used)
        pass(shown, (struct view){bytes + used, length - used});
    return shown->failed ? 0 : (ssize_t)length; /* 0 is how a cookie says that it failed */
}

/* What was held back has no end. */
static int close_shown(void *context)
{
    struct shown *const shown = context;
    char named[8];

    shown->failed = false;
    for (size_t i = 0; i < shown->held_count; i++)
        send(shown, named,
             (size_t)snprintf(named, sizeof named, "\\x%02x",
                              (unsigned)(unsigned char)shown->held[i]));
    shown->held_count = 0;
    return shown->failed ? EOF : 0;
}

bool shown_begin(void)
{
    const cookie_io_functions_t calls = {.write = write_shown, .close = close_shown};
    FILE *const new_out = fopencookie(&out, "w", calls);
    FILE *const new_words = fopencookie(&words, "w", calls);

    if (new_out == NULL || new_words == NULL)
        return false;
    setvbuf(new_words, NULL, _IOLBF, 0);
    if (isatty(STDOUT_FILENO))
        setvbuf(new_out, NULL, _IOLBF, 0);
    terminal = stderr;
    stdout = new_out;
    stderr = new_words;
    return true;
}

FILE *shown_terminal(void)
{
    return terminal;
}

static void put(void *context, const char *bytes, size_t length)
{
    fwrite(bytes, 1, length, context);
}

void show(FILE *file, struct view text)
{
    visible_write(text, put, file);
}

void show_organisation(FILE *file, struct view code, struct view name)
{
    show(file, code);
    if (name.length > 0)
        fputc(' ', file);
    show(file, name);
}
