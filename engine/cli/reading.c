#include "cli/reading.h"

#include "cli/store_file.h"

#include <string.h>

static void tell_files(const struct running *running, size_t first)
{
    for (size_t i = first; !running->quiet && i < session_file_count(running->session); i++)
        tell_file(session_file(running->session, i));
}

/* False when the run is over. */
static bool read_file(struct running *running, const char *path, bool keep_going, int *exit_code)
{
    const size_t first = session_file_count(running->session);
    const enum status status = session_read(running->session, path, &running->why);

    progress_words_clear(&running->words);
    tell_files(running, first);
    if (status == STATUS_OK)
        return true;
    *exit_code = report_failure(&running->why);
    return keep_going && (status == STATUS_DATA || status == STATUS_LIMIT);
}

bool read_files(struct running *running, bool keep_going, int *exit_code)
{
    static const char *const more[] = {"gas-supply", "gas-use"};
    const struct invocation *const invocation = running->invocation;

    for (size_t i = 0; i < invocation->argument_count; i++)
        if (!read_file(running, invocation->arguments[i], keep_going, exit_code))
            return false;
    for (size_t i = 0; i < COUNT_OF(more); i++) {
        const char *const path = option_value(invocation, more[i]);

        if (path != NULL && !read_file(running, path, keep_going, exit_code))
            return false;
    }
    return true;
}

bool read_registers(struct running *running, int *exit_code)
{
    const char *const groups = option_value(running->invocation, "group");
    const char *path;
    size_t at = 0;
    enum status status = STATUS_OK;

    while (status == STATUS_OK &&
           (path = option_next(running->invocation, "register", &at)) != NULL)
        status = session_register(running->session, path, &running->why);
    if (status == STATUS_OK && groups != NULL)
        status = session_group(running->session, groups, &running->why);
    if (status != STATUS_OK)
        *exit_code = report_failure(&running->why);
    for (size_t i = 0; !running->quiet && i < session_registers(running->session)->account_count;
         i++)
        tell_register(&session_registers(running->session)->accounts[i]);
    return status == STATUS_OK;
}

static void tell_list(const char *name, const struct month_list *months, const char *what)
{
    char month[MONTH_TEXT];

    for (size_t i = 0; i < months->count; i++)
        fprintf(stderr, "%s: %s %s\n", name, month_print(months->list[i], month), what);
}

void tell_settled(const struct session *session)
{
    for (size_t i = 0; i < session_file_count(session); i++) {
        const struct audit_file *const file = session_file(session, i);

        tell_list(file->name, &file->replaced, "replaced by a later file");
        tell_list(file->name, &file->passed, "skipped: a file of a better series has it");
        tell_list(file->name, &file->took, "replaces that of a lesser series");
    }
}

uint64_t count_rejects(const struct session *session)
{
    uint64_t count = 0;

    for (size_t i = 0; i < session_file_count(session); i++)
        count += session_file(session, i)->summary.rejects.count;
    for (size_t i = 0; i < session_registers(session)->account_count; i++)
        count += session_registers(session)->accounts[i].rejects.count;
    return count;
}

static size_t count_provisional(const struct session *session)
{
    size_t count = 0;

    for (size_t i = 0; i < session_file_count(session); i++) {
        const struct audit_file *const file = session_file(session, i);

        for (size_t m = 0; file->series != NULL && m < file->summary.month_count; m++)
            count +=
                file->series->provisional && audit_file_brings(file, file->summary.months[m].month);
    }
    return count;
}

/* What the reader of gases must know first; gases_quality.csv has all of it. */
static void tell_gases(const struct session *session)
{
    const struct results *const results = session_results(session);
    size_t counts[GAS_FINDINGS] = {[GAS_FINDING_PROVISIONAL] = count_provisional(session)};

    for (size_t i = 0; i < results->gas_finding_count; i++)
        counts[results->gas_findings[i].kind]++;
    for (int kind = 0; kind < GAS_FINDINGS; kind++)
        if (counts[kind] > 0 && kind != GAS_FINDING_PIPED_MISSING)
            fprintf(stderr, "gases: %s: %zu, see gases_quality.csv\n",
                    gas_finding_text((enum gas_finding_kind)kind), counts[kind]);
    if (counts[GAS_FINDING_PIPED_MISSING] > 0)
        fprintf(stderr, "gases: %s\n", GAS_PIPED_SENTENCE);
}

void tell_headline(const struct session *session)
{
    struct headline headline;

    session_headline(session, &headline);
    for (size_t i = 0; i < headline.count; i++)
        fprintf(stderr, "%s\n", headline.lines[i]);
    tell_gases(session);
}

bool has_taken(const struct session *session)
{
    for (size_t i = 0; i < session_file_count(session); i++)
        if (session_file(session, i)->refused[0] == '\0' && !session_file(session, i)->companion)
            return true;
    return false;
}

static enum status read_threads(const char *told, unsigned *threads, struct fail *why)
{
    int64_t number = 0;

    if (told == NULL)
        return STATUS_OK;
    if (decimal_parse(view_of(told), 0, &number) != DECIMAL_OK || number < 1 || number > 64)
        return fail_set(why, STATUS_USAGE, "--threads takes a number from 1 to 64, not \"%s\"",
                        told);
    *threads = (unsigned)number;
    return STATUS_OK;
}

static enum status read_view(const char *told, enum places_view *view, struct fail *why)
{
    *view = told != NULL && strcmp(told, "now") == 0 ? PLACES_NOW : PLACES_THEN;
    if (told == NULL || strcmp(told, places_view_text(*view)) == 0)
        return STATUS_OK;
    return fail_set(why, STATUS_USAGE, "--places takes then or now, not \"%s\"", told);
}

enum status read_reading_options(struct running *running, struct session_options *options)
{
    const struct invocation *const invocation = running->invocation;
    enum status status = read_session_options(invocation, options, &running->why);

    options->replace = option_value(invocation, "replace") != NULL;
    options->keep_going = option_value(invocation, "keep-going") != NULL;
    options->sha256 = true;
    options->progress = (struct session_progress){&running->words, progress_words_tick};
    if (status == STATUS_OK)
        status =
            read_threads(option_value(invocation, "threads"), &options->threads, &running->why);
    return status == STATUS_OK
               ? read_view(option_value(invocation, "places"), &options->places, &running->why)
               : status;
}

bool gather_input(struct running *running, const struct session_months *months, int *exit_code)
{
    const struct invocation *const invocation = running->invocation;
    enum status status = STATUS_OK;

    if (!read_registers(running, exit_code))
        return false;
    if (invocation->argument_count == 0)
        status = load_store(invocation, running->session, months, &running->why);
    if (status == STATUS_OK && !read_files(running, false, exit_code))
        return false;
    if (status == STATUS_OK)
        status = session_finish(running->session, &running->why);
    if (status != STATUS_OK)
        *exit_code = report_failure(&running->why);
    return status == STATUS_OK;
}
