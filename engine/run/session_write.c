#include "run/session_internal.h"

#include "base/attr.h"
#include "report/datapackage.h"
#include "report/digest.h"
#include "page/packs.h"
#include "page/page.h"
#include "workbook/workbook.h"
#include "run/parts.h"
#include "run/version.h"
#include "stream/output.h"
#include "table/table.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct audit make_audit(const struct session *session)
{
    struct audit audit = {
        .program_version = CANISTER_VERSION,
        .reject_limit = session->options.reject_limit,
        .replace = session->options.replace,
        .keep_going = session->options.keep_going,
        .from = session->months.from,
        .to = session->months.to,
        .focus_level = level_text(session->focus.level),
        .focus = session->focus.text,
        .control = session->options.control,
        .control_sha256 = session->published.sha256,
    };
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    audit.milliseconds = (uint64_t)((now.tv_sec - session->began.tv_sec) * 1000 +
                                    (now.tv_nsec - session->began.tv_nsec) / 1000000);
    audit.libraries = run_libraries(&audit.library_count);
    return audit;
}

bool session_clock(char *out, size_t size)
{
    const char *const told = getenv("SOURCE_DATE_EPOCH");
    time_t when = time(NULL);
    struct tm parts;
    int64_t seconds;
    bool today = true;

    if (told != NULL && decimal_parse(view_of(told), 0, &seconds) == DECIMAL_OK && seconds >= 0) {
        when = (time_t)seconds;
        today = false;
    }
    if (gmtime_r(&when, &parts) == NULL || strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        out[0] = '\0';
    return today;
}

month_t session_present(void)
{
    char text[32];
    month_t month = MONTH_NONE;

    session_clock(text, sizeof text);
    return strlen(text) >= 7 && month_parse((struct view){text, 7}, &month) ? month : MONTH_NONE;
}

/* With SOURCE_DATE_EPOCH the same input gives the same bytes: that date stands
 * for now, and how long the run took is left out. */
static void date_audit(struct audit *audit, char *text, size_t size)
{
    audit->has_timing = session_clock(text, size);
    audit->created = text[0] != '\0' ? text : NULL;
}

struct writing;

/* A file of the set: a table, or another by a function of its own. */
struct set_file {
    const char *name;
    int weight; /* as that of a table: the heaviest is written first */
    void (*write)(struct writing *writing, FILE *file);
    const struct table *table; /* in the place of write */
    FILE *file;
};

#define MOST_FILES 64
#define WORKBOOK_NAME "canister.xlsx"
#define SEAL_NAME "datapackage.json"

struct writing {
    const struct session *session;
    const struct audit *audit;
    struct page *page;
    struct digest *digest;
    struct set_file files[MOST_FILES]; /* the heaviest first */
    size_t file_count;
    const char *folder;
    struct output *output;
    char workbook_path[PATH_MAX];
    enum status workbook_status; /* of the one file whose errors do not show at the commit */
    struct fail workbook_why;
    atomic_size_t next;
};

static void write_xlsx(struct writing *writing, FILE *file)
{
    char shown[PATH_MAX];
    const struct workbook_job job = {
        .about = {.program_version = CANISTER_VERSION},
        .path = writing->workbook_path,
        .shown = shown,
    };
    struct fail *const why = &writing->workbook_why;
    const char *temporary;

    (void)file; /* the library opens it by its path */
    snprintf(shown, sizeof shown, "%s/" WORKBOOK_NAME, writing->folder);
    writing->workbook_status = output_temporary(writing->output, &temporary, why);
    if (writing->workbook_status == STATUS_OK)
        writing->workbook_status =
            write_workbooks(&writing->session->figures, &job, 1, temporary, why);
}

static void write_digest_as_text(struct writing *writing, FILE *file)
{
    write_digest_text(file, writing->digest);
}

static void write_digest_as_html(struct writing *writing, FILE *file)
{
    write_digest_html(file, writing->digest);
}

static void write_account(struct writing *writing, FILE *file)
{
    write_audit(file, writing->audit, &writing->session->figures);
}

static void write_whole_page(struct writing *writing, FILE *file)
{
    write_page(file, writing->page);
}

static void write_package(struct writing *writing, FILE *file)
{
    write_datapackage(file, writing->session->figures.results);
}

/* Those that are no tables.  The last file of all is the seal of the set. */
static const struct set_file others[] = {
    {.name = WORKBOOK_NAME, .weight = 87, .write = write_xlsx},
    {.name = "digest.txt", .write = write_digest_as_text},
    {.name = "digest.html", .write = write_digest_as_html},
    {.name = "audit.json", .write = write_account},
    {.name = "report.html", .write = write_whole_page},
    {.name = SEAL_NAME, .weight = -1, .write = write_package},
};

static void *write_files(void *context)
{
    struct writing *const writing = context;
    size_t i;

    while ((i = atomic_fetch_add(&writing->next, 1)) < writing->file_count) {
        const struct set_file *const which = &writing->files[i];

        if (which->table != NULL)
            table_write(which->file, which->table, &writing->session->figures);
        else if (which->write != write_xlsx)
            which->write(writing, which->file);
    }
    return NULL;
}

/* Before there is another thread: its process is a copy of this one, and a lock of the allocator
 * that another thread held in that moment would be held in the copy for ever. */
static void write_xlsx_first(struct writing *writing)
{
    for (size_t i = 0; i < writing->file_count; i++)
        if (writing->files[i].table == NULL && writing->files[i].write == write_xlsx)
            write_xlsx(writing, writing->files[i].file);
}

/* Two of the files are nearly all of the bytes, and take 0.1 s each for a month of national size.
 * A thread that cannot be had is done without. */
static void write_all(struct writing *writing)
{
    pthread_t other;
    bool two;

    write_xlsx_first(writing);
    two = parts_threads(writing->session) > 1 &&
          pthread_create(&other, NULL, write_files, writing) == 0;
    write_files(writing);
    if (two)
        pthread_join(other, NULL);
}

static enum status write_pack_set(const struct writing *writing, struct fail *why)
{
    return write_packs(&writing->session->figures, CANISTER_VERSION, writing->output, why);
}

/* By the practices of the latest month that has any. */
static bool wants_workbook(const struct session *session)
{
    const struct results *const results = session->figures.results;
    month_t latest = MONTH_NONE;
    size_t practices = 0;

    if (session->options.workbook != WORKBOOK_AUTO)
        return session->options.workbook == WORKBOOK_YES;
    for (size_t i = 0; i < results->organisation_count; i++) {
        const struct organisation_month *const row = &results->organisations[i];

        if (row->level != LEVEL_PRACTICE || row->month < latest)
            continue;
        practices = row->month > latest ? 1 : practices + 1;
        latest = row->month;
    }
    return practices <= WORKBOOK_PRACTICES;
}

/* What a set may hold: of this run, of one with a workbook or packs, of one before. */
static bool is_of_set(const char *path)
{
    for (size_t i = 0; i < table_count; i++)
        if (strcmp(path, tables[i]->file) == 0)
            return true;
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (strcmp(path, others[i].name) == 0)
            return true;
    return is_pack_path(path);
}

static const struct output_kind result_set = {.is_ours = is_of_set, .seal = SEAL_NAME};

/* In its place by weight, behind those of the same. */
static void add_file(struct writing *writing, struct set_file file)
{
    size_t at = writing->file_count;

    assert(writing->file_count < MOST_FILES);
    for (; at > 0 && writing->files[at - 1].weight < file.weight; at--)
        writing->files[at] = writing->files[at - 1];
    writing->files[at] = file;
    writing->file_count++;
}

static void list_files(struct writing *writing, bool workbook)
{
    for (size_t i = 0; i < table_count; i++)
        add_file(writing, (struct set_file){.table = tables[i],
                                            .name = tables[i]->file,
                                            .weight = tables[i]->weight});
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (workbook || others[i].write != write_xlsx)
            add_file(writing, others[i]);
}

static enum status open_files(struct writing *writing, struct output *output, bool workbook,
                              struct fail *why)
{
    enum status status = STATUS_OK;

    list_files(writing, workbook);
    for (size_t i = 0; i < writing->file_count && status == STATUS_OK; i++)
        status = output_open(output, writing->files[i].name, &writing->files[i].file, why);
    if (status == STATUS_OK && workbook)
        status = output_path(output, WORKBOOK_NAME, writing->workbook_path,
                             sizeof writing->workbook_path, why);
    return status;
}

/* Everything into the output, which is not committed. */
static enum status write_set(struct writing *writing, struct output *output, bool workbook,
                             struct fail *why)
{
    enum status status = open_files(writing, output, workbook, why);

    writing->output = output;
    if (status == STATUS_OK)
        status = digest_new(&writing->digest, &writing->session->figures, why);
    if (status != STATUS_OK)
        return status;
    write_all(writing);
    if (writing->workbook_status != STATUS_OK)
        *why = writing->workbook_why;
    return writing->workbook_status;
}

static enum status write_results(struct writing *writing, struct fail *why)
{
    const struct session_options *const options = &writing->session->options;
    const bool workbook = wants_workbook(writing->session);
    struct output *output = NULL;
    enum status status =
        page_new(&writing->page, &writing->session->figures, writing->audit, options->icb, why);

    if (status == STATUS_OK)
        status = output_begin(&output, writing->folder, &result_set, why);
    if (status == STATUS_OK)
        status = write_set(writing, output, workbook, why);
    if (status == STATUS_OK && options->packs)
        status = write_pack_set(writing, why);
    if (status == STATUS_OK)
        status = output_commit(output, why);
    digest_free(writing->digest);
    output_free(output);
    page_free(writing->page);
    return status;
}

enum status session_write(struct session *session, const char *folder, struct fail *why)
{
    struct audit audit = make_audit(session);
    struct writing writing = {.session = session, .folder = folder, .audit = &audit};
    char created[32];

    date_audit(&audit, created, sizeof created);
    return write_results(&writing, why);
}
