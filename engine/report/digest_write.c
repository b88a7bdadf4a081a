#include "report/digest_internal.h"

#include "report/html_out.h"
#include "base/text.h"

static const char closing[] =
    "These are measures, not indicators. A switch list is a starting point for a conversation: do "
    "not change anybody's inhaler because of a line in an e-mail.";
static const char licence[] =
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: "
    "NHS Business Services Authority and NHS England.";

static void put_bytes(void *context, const char *bytes, size_t length)
{
    fwrite(bytes, 1, length, context);
}

/* Names of files are of any bytes. */
static void write_line(FILE *file, const char *line)
{
    fputs("- ", file);
    visible_write(view_of(line), put_bytes, file);
    putc('\n', file);
}

void write_digest_text(FILE *file, const struct digest *digest)
{
    fprintf(file, "%s\n", digest->title);
    for (size_t i = 0; i < digest->count; i++) {
        const struct digest_section *const section = &digest->sections[i];

        if (section->count == 0)
            continue;
        fprintf(file, "\n%s\n", section->title);
        for (size_t line = 0; line < section->count; line++)
            write_line(file, section->lines[line]);
        if (section->more > 0)
            fprintf(file, "- and %zu more in %s\n", section->more, section->file);
    }
    fprintf(file, "\n%s\n%s\n", closing, licence);
}

static void write_section(FILE *file, const struct digest_section *section)
{
    fputs("<h2>", file);
    html_words(file, section->title);
    fputs("</h2>\n<ul>\n", file);
    for (size_t line = 0; line < section->count; line++) {
        fputs("<li>", file);
        html_words(file, section->lines[line]);
        fputs("</li>\n", file);
    }
    if (section->more > 0)
        fprintf(file, "<li>and %zu more in %s</li>\n", section->more, section->file);
    fputs("</ul>\n", file);
}

void write_digest_html(FILE *file, const struct digest *digest)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
          file);
    html_words(file, digest->title);
    fputs("</title>\n</head>\n"
          "<body style=\"font-family: Arial, sans-serif; line-height: 1.5; color: #212b32; "
          "max-width: 44em; margin: 1em auto; padding: 0 1em\">\n<main>\n<h1>",
          file);
    html_words(file, digest->title);
    fputs("</h1>\n", file);
    for (size_t i = 0; i < digest->count; i++)
        if (digest->sections[i].count > 0)
            write_section(file, &digest->sections[i]);
    fprintf(file, "<p>%s</p>\n<p>%s</p>\n</main>\n</body>\n</html>\n", closing, licence);
}
