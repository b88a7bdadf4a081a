#include "support/cases.h"

#include "base/fail.h"

#include <string.h>

static void a_message_names_file_line_and_sentence_as_far_as_known(void)
{
    struct fail why = {0};
    char text[1024];

    cr_expect(fail_set(&why, STATUS_DATA, "month %s is not one", "2026-13") == STATUS_DATA, "code");
    fail_print(&why, text, sizeof text);
    cr_expect(eq(str, text, "month 2026-13 is not one"), "no file yet");
    cr_expect(fail_in(&why, "epd.csv", 0) == STATUS_DATA, "the code goes on");
    fail_print(&why, text, sizeof text);
    cr_expect(eq(str, text, "epd.csv: month 2026-13 is not one"), "no line");
    why.line = 18600000000;
    fail_print(&why, text, sizeof text);
    cr_expect(eq(str, text, "epd.csv:18600000000: month 2026-13 is not one"), "all of it");
    fail_in(&why, "outer.zip", 7);
    cr_expect(eq(str, why.file, "epd.csv"), "the inner file is kept");
    cr_expect(eq(u64, why.line, 18600000000), "and its line");
    fail_print(&why, text, 12);
    cr_expect(eq(str, text, "epd.csv:186"), "cut to the room there is");
}

Test(fail, a_message_names_file_line_and_sentence_of_the_newest_failure)
{
    struct fail why = {0};

    fail_set(&why, STATUS_DATA, "one");
    fail_in(&why, "a.csv", 3);
    cr_expect(fail_nomem(&why) == STATUS_NOMEM, "out of memory");
    cr_expect(why.file[0] == '\0' && why.line == 0, "the place is forgotten");
    cr_expect(ne(str, why.text, ""), "it has a sentence");
    a_message_names_file_line_and_sentence_as_far_as_known();
}

static void bytes_of_the_input_cannot_break_a_message(void)
{
    struct fail why = {0};
    char every[256];

    for (int i = 1; i < 256; i++)
        every[i - 1] = (char)i;
    every[255] = '\0';
    fail_set(&why, STATUS_DATA, "%s", every);
    cr_expect(strncmp(why.text, "\\x01\\x02", 8) == 0, "each is shown");
    cr_expect(strstr(why.text, "\\x1f !") != NULL && strstr(why.text, "~\\x7f\\x80") != NULL,
              "and characters are themselves");
    for (const char *at = why.text; *at != '\0'; at++)
        cr_expect(eq(int, (unsigned char)*at < ' ' || *at == 0x7f, 0), "none is as it was");
}

Test(fail, no_text_of_the_input_breaks_a_message)
{
    struct fail why = {0};
    char path[2000];

    memset(path, 'x', sizeof path);
    memcpy(path + sizeof path - 14, "/measures.csv", 14);
    fail_set(&why, STATUS_IO, "%s", path);
    cr_expect(eq(sz, strlen(why.text), sizeof why.text - 1), "the sentence is cut");
    fail_in(&why, path, 1);
    cr_expect(eq(sz, strlen(why.file), sizeof why.file - 1), "the path is cut");
    cr_expect(eq(str, why.file + strlen(why.file) - 13, "/measures.csv"), "at its front");
    bytes_of_the_input_cannot_break_a_message();
}

/* design 5 */
static const struct {
    enum status status;
    int exit_code;
} codes[] = {
    {STATUS_OK, 0},        {STATUS_USAGE, 64}, {STATUS_DATA, 65},  {STATUS_LIMIT, 65},
    {STATUS_NO_INPUT, 66}, {STATUS_BUG, 70},   {STATUS_NOMEM, 71}, {STATUS_CANT_CREATE, 73},
    {STATUS_IO, 74},       {STATUS_RULE, 78},
};

Test(fail, each_status_has_its_exit_code_and_a_text)
{
    for (size_t i = 0; i < LENGTH_OF(codes); i++) {
        struct fail why = {.code = codes[i].status};
        char text[128];

        cr_expect(eq(int, status_exit_code(codes[i].status), codes[i].exit_code), "row %zu", i);
        fail_print(&why, text, sizeof text);
        cr_expect(eq(str, text, (char *)status_text(codes[i].status)), "row %zu", i);
    }
    cr_expect(eq(int, status_exit_code((enum status)99), 70), "an unknown one is our bug");
}
