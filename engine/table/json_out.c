#include "table/json_out.h"

#include "base/text.h"

#include <inttypes.h>

static void put_escaped(void *context, const char *bytes, size_t length)
{
    FILE *const file = context;

    size_t step;

    for (size_t i = 0; i<length; i += step> 0 ? step : 1) {
        const uint32_t hidden = hidden_character((struct view){bytes + i, length - i}, &step);

        if (bytes[i] == '"' || bytes[i] == '\\')
            fprintf(file, "\\%c", bytes[i]);
        else if (hidden != 0 || bytes[i] == '\0')
            fprintf(file, "\\u%04" PRIx32, hidden);
        else
            fwrite(bytes + i, 1, step > 0 ? step : 1, file);
    }
}

static void put_text(struct json_out *json, struct view text)
{
    fputc('"', json->file);
    utf8_write(text, put_escaped, json->file);
    fputc('"', json->file);
}

static void begin(struct json_out *json, const char *key)
{
    if (json->depth > 0) {
        fputs(json->first ? "\n" : ",\n", json->file);
        for (int i = 0; i < json->depth; i++)
            fputs("  ", json->file);
    }
    json->first = false;
    if (key != NULL) {
        put_text(json, view_of(key));
        fputs(": ", json->file);
    }
}

void json_open(struct json_out *json, const char *key, char bracket)
{
    begin(json, key);
    fputc(bracket, json->file);
    json->depth++;
    json->first = true;
}

void json_close(struct json_out *json, char bracket)
{
    json->depth--;
    if (!json->first) {
        fputc('\n', json->file);
        for (int i = 0; i < json->depth; i++)
            fputs("  ", json->file);
    }
    fputc(bracket, json->file);
    json->first = false;
    if (json->depth == 0)
        fputc('\n', json->file);
}

void json_text(struct json_out *json, const char *key, struct view text)
{
    begin(json, key);
    put_text(json, text);
}

void json_number(struct json_out *json, const char *key, const char *printed)
{
    begin(json, key);
    fputs(printed, json->file);
}

void json_integer(struct json_out *json, const char *key, uint64_t number)
{
    begin(json, key);
    fprintf(json->file, "%" PRIu64, number);
}

void json_ratio(struct json_out *json, const char *key, wide_t top, wide_t bottom, int places)
{
    char printed[DECIMAL_TEXT];

    json_number(json, key, ratio_print(top, bottom, places, printed));
}

void json_flag(struct json_out *json, const char *key, bool flag)
{
    json_number(json, key, flag ? "true" : "false");
}

void json_null(struct json_out *json, const char *key)
{
    json_number(json, key, "null");
}
