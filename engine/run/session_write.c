#include "run/session_internal.h"

#include "report/csv_follow.h"
#include "report/csv_gases.h"
#include "report/csv_results.h"
#include "report/datapackage.h"
#include "report/digest.h"
#include "page/packs.h"
#include "page/page.h"
#include "run/parts.h"
#include "run/version.h"
#include "stream/output.h"

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
        .files = session->files,
        .file_count = session->file_count,
        .registers = &session->registers,
        .groups = &session->groups,
        .reject_limit = session->options.reject_limit,
        .replace = session->options.replace,
        .keep_going = session->options.keep_going,
        .from = session->months.from,
        .to = session->months.to,
        .focus_level = level_text(session->focus.level),
        .focus = session->focus.text,
        .control = session->options.control,
        .control_sha256 = session->published.sha256,
        .comparisons = &session->comparisons,
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

/* With SOURCE_DATE_EPOCH the same input gives the same bytes: that date stands
 * for now, and how long the run took is left out. */
static void date_audit(struct audit *audit, char *text, size_t size)
{
    audit->has_timing = session_clock(text, size);
    audit->created = text[0] != '\0' ? text : NULL;
}

/* The largest first, so that threads end together; the last is the seal of the set. */
enum result_file {
    SPC,
    PERIODS,
    SWITCHES,
    WORKBOOK,
    MEASURES,
    PRESCRIBING,
    PRODUCTS,
    ORGANISATIONS,
    TRENDS,
    ALERTS,
    STANDINGS,
    DECILES_FILE,
    OPPORTUNITIES,
    DRIVERS_FILE,
    TARGETS,
    FACTOR_SETS,
    UNCLASSIFIED,
    GASES,
    GASES_QUALITY,
    REJECTS,
    DIGEST_TEXT_FILE,
    DIGEST_HTML_FILE,
    AUDIT,
    PAGE,
    DATAPACKAGE,
    RESULT_FILES
};

struct writing {
    const struct session *session;
    struct report_parts parts;
    struct page *page;
    struct digest *digest;
    FILE *files[RESULT_FILES]; /* NULL: not wanted */
    const char *folder;
    struct output *output;
    char workbook_path[PATH_MAX];
    enum status workbook_status; /* of the one file whose errors do not show at the commit */
    struct fail workbook_why;
    atomic_size_t next;
};

static void write_xlsx(struct writing *writing)
{
    char shown[PATH_MAX];
    const struct workbook_job job = {
        .parts = {.all = writing->parts, .most_rows = WORKBOOK_ROWS},
        .path = writing->workbook_path,
        .shown = shown,
    };

    const char *temporary;
    struct fail *const why = &writing->workbook_why;

    snprintf(shown, sizeof shown, "%s/canister.xlsx", writing->folder);
    writing->workbook_status = output_temporary(writing->output, &temporary, why);
    if (writing->workbook_status == STATUS_OK)
        writing->workbook_status = write_workbooks(&job, 1, temporary, why);
}

static void write_file(struct writing *writing, enum result_file which)
{
    const struct results *const results = writing->session->results;
    FILE *const file = writing->files[which];

    switch (which) {
    case SPC:
        write_spc(file, results, &writing->session->charts);
        break;
    case PERIODS:
        write_periods(file, results);
        break;
    case TRENDS:
        write_trends(file, results);
        break;
    case ALERTS:
        write_alerts(file, results, &writing->session->alerts);
        break;
    case STANDINGS:
        write_standings(file, results, &writing->session->standings);
        break;
    case DECILES_FILE:
        write_deciles(file, results, &writing->session->standings);
        break;
    case OPPORTUNITIES:
        write_opportunities(file, results, &writing->session->opportunities);
        break;
    case DRIVERS_FILE:
        write_drivers(file, results, &writing->session->changes);
        break;
    case TARGETS:
        write_targets(file, results, &writing->session->targets);
        break;
    case FACTOR_SETS:
        write_factor_sets(file, results, &writing->session->factor_comparisons);
        break;
    case SWITCHES:
        write_switches(file, results, &writing->session->advice);
        break;
    case WORKBOOK:
        write_xlsx(writing);
        break;
    case MEASURES:
        write_measures(file, results);
        break;
    case PRESCRIBING:
        write_prescribing(file, results);
        break;
    case PRODUCTS:
        write_products(file, results);
        break;
    case ORGANISATIONS:
        write_organisations(file, results);
        break;
    case UNCLASSIFIED:
        write_unclassified(file, results);
        break;
    case GASES:
        write_gases(file, results, writing->parts.audit);
        break;
    case GASES_QUALITY:
        write_gases_quality(file, results, writing->parts.audit);
        break;
    case REJECTS:
        write_rejects(file, writing->parts.audit);
        break;
    case DIGEST_TEXT_FILE:
        write_digest_text(file, writing->digest);
        break;
    case DIGEST_HTML_FILE:
        write_digest_html(file, writing->digest);
        break;
    case AUDIT:
        write_audit(file, writing->parts.audit, results);
        break;
    case PAGE:
        write_page(file, writing->page);
        break;
    case DATAPACKAGE:
        write_datapackage(file, results);
        break;
    case RESULT_FILES:
        break;
    }
}

static void *write_files(void *context)
{
    struct writing *const writing = context;
    size_t i;

    while ((i = atomic_fetch_add(&writing->next, 1)) < RESULT_FILES)
        if (writing->files[i] != NULL)
            write_file(writing, (enum result_file)i);
    return NULL;
}

/* Two of the files are nearly all of the bytes, and take 0.1 s each for a month of national size.
 * A thread that cannot be had is done without. */
static void write_all(struct writing *writing)
{
    pthread_t other;
    const bool two = parts_threads(writing->session) > 1 &&
                     pthread_create(&other, NULL, write_files, writing) == 0;

    write_files(writing);
    if (two)
        pthread_join(other, NULL);
}

static enum status write_pack_set(const struct writing *writing, struct fail *why)
{
    const struct workbook_parts parts = {.all = writing->parts, .most_rows = WORKBOOK_ROWS};

    return write_packs(&parts, writing->output, why);
}

/* By the practices of the latest month that has any. */
static bool wants_workbook(const struct session *session)
{
    const struct results *const results = session->results;
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

static const char *const names[RESULT_FILES] = {
    [SPC] = "spc.csv",
    [PERIODS] = "periods.csv",
    [TRENDS] = "trends.csv",
    [ALERTS] = "alerts.csv",
    [STANDINGS] = "standings.csv",
    [DECILES_FILE] = "deciles.csv",
    [OPPORTUNITIES] = "opportunities.csv",
    [DRIVERS_FILE] = "drivers.csv",
    [TARGETS] = "targets.csv",
    [SWITCHES] = "switches.csv",
    [WORKBOOK] = "canister.xlsx",
    [MEASURES] = "measures.csv",
    [PRESCRIBING] = "prescribing.csv",
    [PRODUCTS] = "products.csv",
    [ORGANISATIONS] = "organisations.csv",
    [FACTOR_SETS] = "factor_sets.csv",
    [UNCLASSIFIED] = "unclassified.csv",
    [GASES] = "gases.csv",
    [GASES_QUALITY] = "gases_quality.csv",
    [REJECTS] = "rejects.csv",
    [DIGEST_TEXT_FILE] = "digest.txt",
    [DIGEST_HTML_FILE] = "digest.html",
    [AUDIT] = "audit.json",
    [PAGE] = "report.html",
    [DATAPACKAGE] = "datapackage.json",
};

/* What a set may hold: of this run, of one with a workbook or packs, of one before. */
static bool is_of_set(const char *path)
{
    for (size_t i = 0; i < RESULT_FILES; i++)
        if (strcmp(path, names[i]) == 0)
            return true;
    return is_pack_path(path);
}

static const struct output_kind result_set = {.is_ours = is_of_set, .seal = "datapackage.json"};

/* What only the written files tell. */
static enum status find_more(struct session *session, struct fail *why)
{
    enum status status;

    alerts_release(&session->alerts);
    factor_comparisons_release(&session->factor_comparisons);
    status = alerts_find(&session->alerts, session->results, &session->charts, why);
    return status == STATUS_OK
               ? factor_comparisons_find(&session->factor_comparisons, session->results, why)
               : status;
}

static enum status open_files(struct writing *writing, struct output *output, bool workbook,
                              struct fail *why)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < RESULT_FILES && status == STATUS_OK; i++)
        if (i != WORKBOOK || workbook)
            status = output_open(output, names[i], &writing->files[i], why);
    if (status == STATUS_OK && workbook)
        status = output_path(output, names[WORKBOOK], writing->workbook_path,
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
        status = digest_new(&writing->digest, &writing->parts, why);
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
    enum status status = page_new(&writing->page, &writing->parts, options->icb, why);

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
    struct writing writing = {
        .session = session,
        .folder = folder,
        .parts =
            {
                .results = session->results,
                .advice = &session->advice,
                .audit = &audit,
                .targets = &session->targets,
                .opportunities = &session->opportunities,
                .standings = &session->standings,
                .changes = &session->changes,
                .alerts = &session->alerts,
                .factor_comparisons = &session->factor_comparisons,
                .charts = &session->charts,
            },
    };
    char created[32];
    const enum status status = find_more(session, why);

    date_audit(&audit, created, sizeof created);
    return status == STATUS_OK ? write_results(&writing, why) : status;
}
