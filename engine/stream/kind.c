#include "stream/kind.h"

struct signature {
    const char *bytes;
    size_t length;
    const char *kind;
};

#define BYTES(text) text, sizeof(text) - 1

static const struct signature signatures[] = {
    {BYTES("PK\3\4"),
     "a ZIP archive or an Excel workbook (xlsx) inside another file: unpack it, or "
     "save the sheet as CSV"},
    {BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
     "an old Excel workbook (xls) or another Office file: save the sheet as CSV"},
    {BYTES("%PDF"), "a PDF: a table in CSV is needed"},
    {BYTES("PAR1"), "a Parquet file: write it as CSV"},
    {BYTES("SQLite format 3"), "an SQLite database: write its table as CSV"},
    {BYTES("{\\rtf"), "a rich text document (RTF): save it as CSV"},
    {BYTES("7z\xbc\xaf\x27\x1c"), "a 7z archive: unpack it"},
    {BYTES("Rar!"), "a RAR archive: unpack it"},
    {BYTES("BZh"), "a bzip2 file: unpack it"},
    {BYTES("\xfd"
           "7zXZ"),
     "an xz file: unpack it"},
    {BYTES("\x1f\x8b"), "a gzip file inside another archive: unpack it"},
    {BYTES("\x28\xb5\x2f\xfd"), "a zstd file inside another archive: unpack it"},
    {BYTES("\x89PNG"), "a picture (PNG)"},
    {BYTES("\xff\xd8\xff"), "a picture (JPEG)"},
    {BYTES("\xff\xfe"), "UTF-16 text: save it as UTF-8"},
    {BYTES("\xfe\xff"), "UTF-16 text: save it as UTF-8"},
    {BYTES("\0\5\x16\7"), "a resource file of macOS (AppleDouble), without data"},
};

/* Every other byte of UTF-16 without a mark is zero, where the text is English. */
static bool is_utf16(struct view first)
{
    size_t zeros[2] = {0, 0};
    const size_t looked = first.length < 64 ? first.length : 64;

    for (size_t i = 0; i < looked; i++)
        zeros[i % 2] += first.at[i] == '\0';
    return looked >= 16 && (zeros[0] * 3 > looked || zeros[1] * 3 > looked);
}

static struct view without_blanks(struct view first)
{
    if (first.length >= 3 && memcmp(first.at, "\xef\xbb\xbf", 3) == 0)
        first = (struct view){first.at + 3, first.length - 3};
    while (first.length > 0 &&
           (is_blank(first.at[0]) || first.at[0] == '\n' || first.at[0] == '\r'))
        first = (struct view){first.at + 1, first.length - 1};
    return first;
}

/* '{' and '[' begin no header, and a name that begins with '<' is a tag. */
static const char *kind_of_markup(struct view text)
{
    static const size_t looked = 2000;

    if (text.length < 2)
        return NULL;
    if (text.at[0] == '{' || text.at[0] == '[')
        return "JSON, as an API gives it: download the CSV";
    if (text.at[0] != '<')
        return NULL;
    if (text.length > looked)
        text.length = looked;
    if (view_contains_nocase(text, view_of("<html")) ||
        view_contains_nocase(text, view_of("<!doctype html")))
        return "a web page (HTML), perhaps of an error or a login: download the file itself";
    return "XML or a web page: a table in CSV is needed";
}

const char *kind_of(struct view first)
{
    for (size_t i = 0; i < COUNT_OF(signatures); i++)
        if (first.length >= signatures[i].length &&
            memcmp(first.at, signatures[i].bytes, signatures[i].length) == 0)
            return signatures[i].kind;
    if (is_utf16(first))
        return "UTF-16 text: save it as UTF-8";
    return kind_of_markup(without_blanks(first));
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

const char *kind_of_member(const char *member)
{
    static const char *const office[] = {
        "[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/", "customXml/"};

    for (size_t i = 0; i < COUNT_OF(office); i++)
        if (begins(member, office[i]))
            return "an Excel workbook (xlsx) or another Office file: save the sheet as CSV";
    if (strcmp(member, "mimetype") == 0 || begins(member, "META-INF/") ||
        strcmp(member, "content.xml") == 0)
        return "an OpenDocument spreadsheet (ods): save the sheet as CSV";
    return NULL;
}

bool kind_is_junk(const char *member)
{
    static const char *const names[] = {".DS_Store", "Thumbs.db", "desktop.ini"};
    static const char *const starts[] = {"._", "readme", "license", "licence"};
    const char *const slash = strrchr(member, '/');
    const char *const name = slash != NULL ? slash + 1 : member;

    if (begins(member, "__MACOSX/") || strstr(member, "/__MACOSX/") != NULL || name[0] == '\0')
        return true;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (view_equal_nocase(view_of(name), view_of(names[i])))
            return true;
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (strlen(name) >= strlen(starts[i]) &&
            view_equal_nocase((struct view){name, strlen(starts[i])}, view_of(starts[i])))
            return true;
    return false;
}

enum status kind_check(struct view first, struct fail *why)
{
    const char *const kind = kind_of(first);

    return kind == NULL ? STATUS_OK : fail_set(why, STATUS_DATA, "is %s", kind);
}

enum status kind_check_member(const char *member, struct fail *why)
{
    const char *const kind = member != NULL ? kind_of_member(member) : NULL;

    return kind == NULL ? STATUS_OK : fail_set(why, STATUS_DATA, "is %s", kind);
}
