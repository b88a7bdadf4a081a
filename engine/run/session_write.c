#include "run/session_internal.h"

#include "report/csv_results.h"
#include "report/datapackage.h"
#include "run/version.h"
#include "stream/output.h"

#include <stdio.h>
#include <stdlib.h>

static struct audit make_audit(const struct session *session)
{
    struct audit audit = {
        .program_version = CANISTER_VERSION,
        .files = session->files,
        .file_count = session->file_count,
        .reject_limit = session->options.reject_limit,
        .replace = session->options.replace,
        .keep_going = session->options.keep_going,
    };
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    audit.milliseconds = (uint64_t)((now.tv_sec - session->began.tv_sec) * 1000 +
                                    (now.tv_nsec - session->began.tv_nsec) / 1000000);
    audit.libraries = run_libraries(&audit.library_count);
    return audit;
}

/* With SOURCE_DATE_EPOCH the same input gives the same bytes: that date stands
 * for now, and how long the run took is left out. */
static void date_audit(struct audit *audit, char *text, size_t size)
{
    const char *const told = getenv("SOURCE_DATE_EPOCH");
    time_t when = time(NULL);
    struct tm parts;
    int64_t seconds;

    audit->has_timing = true;
    if (told != NULL && decimal_parse(view_of(told), 0, &seconds) == DECIMAL_OK && seconds >= 0) {
        when = (time_t)seconds;
        audit->has_timing = false;
    }
    if (gmtime_r(&when, &parts) != NULL && strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0)
        audit->created = text;
}

enum status session_write(struct session *session, const char *folder, struct fail *why)
{
    static const char *const names[] = {"measures.csv", "prescribing.csv",  "products.csv",
                                        "switches.csv", "unclassified.csv", "rejects.csv",
                                        "audit.json",   "datapackage.json"};
    struct audit audit = make_audit(session);
    struct output *output = NULL;
    FILE *files[COUNT_OF(names)] = {NULL};
    char created[32];
    enum status status = output_begin(&output, folder, why);

    date_audit(&audit, created, sizeof created);
    for (size_t i = 0; i < COUNT_OF(names) && status == STATUS_OK; i++)
        status = output_open(output, names[i], &files[i], why);
    if (status == STATUS_OK) {
        write_measures(files[0], session->results);
        write_prescribing(files[1], session->results);
        write_products(files[2], session->results);
        write_switches(files[3], session->results, &session->advice);
        write_unclassified(files[4], session->results);
        write_rejects(files[5], &audit);
        write_audit(files[6], &audit, session->results);
        write_datapackage(files[7], session->results);
        status = output_commit(output, why);
    }
    output_free(output);
    return status;
}
