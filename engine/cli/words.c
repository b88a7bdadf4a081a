#include "cli/words.h"

#include "base/text.h"
#include "cli/shown.h"
#include "run/progress.h"
#include "table/words.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REJECTS_TOLD 10
#define QUANTITIES_TOLD 10
#define MILLISECONDS_BETWEEN 200

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void progress_words_begin(struct progress_words *words, bool quiet)
{
    *words = (struct progress_words){.shown = !quiet && isatty(STDERR_FILENO)};
}

void progress_words_tick(void *context, const char *name, uint64_t done_bytes, uint64_t all_bytes,
                         uint64_t rows)
{
    struct progress_words *const words = context;
    const int64_t time = words->shown ? now() : 0;
    struct progress progress = {name, done_bytes, all_bytes, rows, 0};
    char line[300];
    char shown[300];

    if (!words->shown)
        return;
    if (words->name != name) {
        words->name = name;
        words->began = time;
        words->last = time;
    }
    if (time - words->last < MILLISECONDS_BETWEEN)
        return;
    words->last = time;
    words->drawn = true;
    progress.milliseconds = (uint64_t)(time - words->began);
    progress_line(&progress, line, sizeof line);
    fprintf(shown_terminal(), "\r\033[K%.150s", visible_text(view_of(line), shown, sizeof shown));
}

void progress_words_clear(struct progress_words *words)
{
    if (words->drawn)
        fputs("\r\033[K", shown_terminal());
    words->drawn = false;
}

char *with_commas(uint64_t number, char *out)
{
    char digits[24];
    const int length = snprintf(digits, sizeof digits, "%" PRIu64, number);
    char *at = out;

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    *at = '\0';
    return out;
}

/* Pounds and pence with commas; the audit has all the decimals. */
static char *print_pounds(int64_t cost, char *out)
{
    char rounded[DECIMAL_TEXT];
    const int64_t pence =
        (cost < 0 ? -cost : cost) / 1000 + ((cost < 0 ? -cost : cost) % 1000 >= 500);
    char *const digits = out + (cost < 0);

    out[0] = '-';
    with_commas((uint64_t)pence / 100, digits);
    snprintf(rounded, sizeof rounded, ".%02d", (int)(pence % 100));
    strcat(digits, rounded);
    return out;
}

static void tell_months(const struct extract_summary *summary)
{
    char first[MONTH_TEXT];
    char last[MONTH_TEXT];

    if (summary->month_count == 0)
        return;
    month_print(summary->months[0].month, first);
    month_print(summary->months[summary->month_count - 1].month, last);
    if (summary->month_count == 1)
        fprintf(stderr, ", %s", first);
    else
        fprintf(stderr, ", %zu months from %s to %s", summary->month_count, first, last);
}

static void tell_rejects(const char *name, const struct rejects *rejects)
{
    for (size_t i = 0; i < rejects->count && i < REJECTS_TOLD; i++) {
        const struct reject *const reject = &rejects->list[i];

        fprintf(stderr, "  %s:%" PRIu64 ": row rejected: %s%s%s\n", name, reject->line,
                reject->column, reject->column[0] != '\0' ? ": " : "", reject_text(reject->reason));
    }
    if (rejects->count > REJECTS_TOLD)
        fprintf(stderr, "  %zu more rejected %s: see rejects.csv\n", rejects->count - REJECTS_TOLD,
                plural_words(rejects->count - REJECTS_TOLD, "row", "rows"));
}

static void tell_hospital(const struct extract_summary *summary)
{
    char pounds[DECIMAL_TEXT];
    char text[2][DECIMAL_TEXT];

    if (summary->era->extract->subject != SUBJECT_hospital) {
        fprintf(stderr, "%s %s\n", with_commas(summary->month_count, text[0]),
                plural_words(summary->month_count, "month", "months"));
        return;
    }
    fprintf(stderr, "%s GBP %s; %s %s without a cost, %s of returns\n",
            summary->era->extract->cost_name, print_pounds(summary->actual_cost, pounds),
            with_commas(summary->unknown_costs, text[0]),
            plural_words(summary->unknown_costs, "row", "rows"),
            with_commas(summary->returns, text[1]));
}

/* What was counted beside kept and rejected rows. */
static void tell_notes(const struct notes *notes)
{
    char text[2][DECIMAL_TEXT];

    for (int kind = 0; kind < NOTES; kind++) {
        const struct note *const note = &notes->counted[kind];

        if (note->rows == 0)
            continue;
        fprintf(stderr, "  %s %s (first in line %s)", with_commas(note->rows, text[0]),
                note_text((enum note_kind)kind), with_commas(note->line, text[1]));
        if (note->items > 0)
            fprintf(stderr, "; %s items", with_commas((uint64_t)note->items, text[0]));
        if (note->actual_cost != 0)
            fprintf(stderr, ", GBP %s", print_pounds(note->actual_cost, text[0]));
        fputc('\n', stderr);
    }
    if (notes->ignored.count > 0)
        fprintf(stderr, "  columns ignored, which this layout does not have: %zu: %s%s\n",
                notes->ignored.count, notes->ignored.text, notes->ignored.count > 3 ? ", ..." : "");
    if (notes->missing.count > 0)
        fprintf(stderr, "  columns missing, without which some results are empty: %zu: %s%s\n",
                notes->missing.count, notes->missing.text, notes->missing.count > 3 ? ", ..." : "");
}

static void tell_thin_months(const struct extract_summary *summary)
{
    char text[1][DECIMAL_TEXT];
    char month[MONTH_TEXT];

    for (size_t i = 0; i < summary->month_count; i++)
        if (extract_month_is_thin(summary, i))
            fprintf(stderr,
                    "  %s has only %s rows of this file: look whether its rows are mistakes\n",
                    month_print(summary->months[i].month, month),
                    with_commas(summary->months[i].rows, text[0]));
}

void tell_file(const struct audit_file *file)
{
    const struct extract_summary *const summary = &file->summary;
    char text[5][DECIMAL_TEXT];
    char pounds[DECIMAL_TEXT];

    if (file->known) {
        fprintf(stderr, "%s: already in the store (identical file); skipped\n", file->name);
        return;
    }
    if (file->companion)
        fprintf(stderr, "%s: skipped: it comes with an extract and holds no rows%s%s%s\n",
                file->name, file->skipped[0] != '\0' ? " (" : "", file->skipped,
                file->skipped[0] != '\0' ? ")" : "");
    if (summary->era == NULL)
        return;
    fprintf(stderr, "%s: %s (%s)", file->name, summary->era->extract->title, summary->era->title);
    if (file->series != NULL)
        fprintf(stderr, ", %s", file->series->title);
    tell_months(summary);
    fprintf(
        stderr, "\n  %s %s = %s kept + %s out of scope + %s rejected; in all ",
        with_commas(summary->rows_read, text[0]), plural_words(summary->rows_read, "row", "rows"),
        with_commas(summary->rows_kept, text[1]), with_commas(summary->rows_out_of_scope, text[2]),
        with_commas(summary->rejects.count, text[3]));
    if (summary->era->extract->subject == SUBJECT_prescribing)
        fprintf(stderr, "%s items, %s%s\n", with_commas((uint64_t)summary->items, text[4]),
                summary->unknown_costs > 0 ? "actual cost not available" : "GBP ",
                summary->unknown_costs > 0 ? "" : print_pounds(summary->actual_cost, pounds));
    else
        tell_hospital(summary);
    if (summary->era->inferred != NULL)
        fprintf(stderr, "  inferred for this layout, not seen in a real file: %s\n",
                summary->era->inferred);
    tell_notes(&summary->notes);
    tell_thin_months(summary);
    tell_rejects(file->name, &summary->rejects);
    if (summary->last_line_open && file->refused[0] == '\0')
        fprintf(stderr, "  note: the last row has no line end; it is complete and was read\n");
    if (file->refused[0] != '\0')
        fprintf(stderr, "  refused: no row of this file is used\n");
}

void tell_register(const struct register_account *account)
{
    static const char *const origins[] = {"as its rows say", "as its name says",
                                          "the latest day in it"};
    char day[DATE_TEXT];
    char text[4][DECIMAL_TEXT];

    if (account->skipped[0] != '\0')
        fprintf(stderr, "%s: left out: it comes with a register and holds no rows of it (%s)\n",
                account->name, account->skipped);
    if (account->layout == NULL)
        return;
    fprintf(stderr, "%s: %s (%s), %s, %s\n", account->name, account->rule->layout.title,
            account->layout->title, date_print(account->date, day), origins[account->origin]);
    fprintf(stderr, "  %s %s = %s used + %s skipped + %s rejected",
            with_commas(account->rows_read, text[0]),
            plural_words(account->rows_read, "row", "rows"),
            with_commas(account->rows_used, text[1]), with_commas(account->rows_left_out, text[2]),
            with_commas(account->rejects.count, text[3]));
    if (account->active_gp_practices > 0)
        fprintf(stderr, "; %s active GP practices",
                with_commas(account->active_gp_practices, text[0]));
    if (account->patients > 0)
        fprintf(stderr, "; %s patients", with_commas((uint64_t)account->patients, text[0]));
    fputc('\n', stderr);
    tell_notes(&account->notes);
    tell_rejects(account->name, &account->rejects);
}

void print_source(const struct rules *rules, const char *id, const char *checked)
{
    const struct source_rule *const source = rules_source(rules, id);

    printf("%s: %s; %s; checked %s", id, source->title, source->where, checked);
}

static void tell_quantity(const struct results *results, const struct quantity_check *check)
{
    const struct product *const product = check->product;
    char mean[DECIMAL_TEXT];
    char limit[DECIMAL_TEXT];
    char month[MONTH_TEXT];
    const bool above = quantity_is_above(check);
    const struct view nation =
        organisation_name(&results->classified.cube->places, LEVEL_NATION, check->nation);

    ratio_print(check->quantity, check->items * 1000, 2, mean);
    decimal_print(above ? check->rule->mean_above : check->rule->mean_below, PLACES_QUANTITY,
                  limit);
    fputs("  ", stderr);
    show(stderr, nation);
    fprintf(stderr, ", %s: %s: %s per item, %s %s; ", month_print(check->month, month),
            product->name, mean, above ? "above" : "below", limit);
    if (check->divisor > 1)
        fprintf(stderr, "taken as doses and divided by %lld\n", (long long)check->divisor);
    else
        fprintf(stderr, "still taken as %ss\n", unit_text((enum unit)product->unit));
}

void tell_quantities(const struct results *results)
{
    const struct quantity_checks *const checks = &results->classified.quantities;

    if (checks->count == 0)
        return;
    fprintf(stderr,
            "quantities that may be in another unit than assumed (products by month): %zu\n",
            checks->count);
    for (size_t i = 0; i < checks->count && i < QUANTITIES_TOLD; i++)
        tell_quantity(results, &checks->list[i]);
    if (checks->count > QUANTITIES_TOLD)
        fprintf(stderr, "  %zu more: see audit.json\n", checks->count - QUANTITIES_TOLD);
}

/* "12" is a number of rows, "0.5%" a share of them (to four decimals). */
static enum status read_limit(const char *text, struct reject_limit *limit, struct fail *why)
{
    const size_t length = strlen(text);
    const bool share = length > 0 && text[length - 1] == '%';
    const struct view digits = {text, length - share};
    int64_t number = -1;

    if (decimal_parse(digits, share ? 4 : 0, &number) != DECIMAL_OK || number < 0 ||
        (share && number > 1000000))
        return fail_set(
            why, STATUS_USAGE,
            "--max-rejects takes a number of rows or a share such as 0.01%%, not \"%s\"", text);
    limit->least = share ? 0 : (uint64_t)number;
    limit->per_million = share ? (uint64_t)number : 0;
    return STATUS_OK;
}

static enum status read_asked(const struct invocation *invocation, struct rules_place *place,
                              struct fail *why)
{
    const char *text;
    size_t count = 0;

    for (size_t at = 0; (text = option_next(invocation, "target", &at)) != NULL;) {
        if (count == MOST_ASKED)
            return fail_set(why, STATUS_USAGE,
                            "--target is given more than %d times: put them into a file, for "
                            "--targets",
                            MOST_ASKED);
        place->asked[count++] = text;
    }
    return STATUS_OK;
}

enum status read_session_options(const struct invocation *invocation,
                                 struct session_options *options, struct fail *why)
{
    const char *const limit = option_value(invocation, "max-rejects");

    *options = (struct session_options){
        .rules.overlay = option_value(invocation, "rules"),
        .rules.targets = option_value(invocation, "targets"),
        .charts = option_value(invocation, "charts"),
        .factor_set = option_value(invocation, "factors"),
        .gas_factor_set = option_value(invocation, "gas-factors"),
        .reject_limit = SESSION_REJECT_LIMIT,
    };
    if (option_value(invocation, "strict") != NULL)
        options->reject_limit = (struct reject_limit){0, 0};
    if (read_asked(invocation, &options->rules, why) != STATUS_OK)
        return STATUS_USAGE;
    return limit == NULL ? STATUS_OK : read_limit(limit, &options->reject_limit, why);
}
