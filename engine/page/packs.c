#include "page/packs_internal.h"

#include "figures/ask.h"
#include "report/headline.h"
#include "report/html_out.h"
#include "workbook/workbook.h"

#include <limits.h>
#include <stdlib.h>

#define PACKS_FOLDER "packs/"
#define PACKS_INDEX PACKS_FOLDER "index.html"

struct packing {
    const struct figures *figures;
    const char *program_version;
    struct output *output;
    struct arena arena; /* names of files */
    struct peer_list peers;
    const struct organisation_month *nation;
    month_t latest;
    struct pack_subject *subjects;
    size_t count;
    struct fail *why;
};

/* A code as the name of a file on any system: "_2f" for bytes other than A-Z and 0-9. */
static const char *file_name(struct packing *packing, struct view code)
{
    static const char digits[] = "0123456789abcdef";
    char *const name = arena_array(&packing->arena, code.length + 1, 3);
    char *at = name;

    for (size_t i = 0; name != NULL && i < code.length; i++) {
        const unsigned char c = (unsigned char)code.at[i];

        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            *at++ = (char)c;
        } else {
            *at++ = '_';
            *at++ = digits[c >> 4];
            *at++ = digits[c & 15];
        }
    }
    return name;
}

/* The name in the set. */
static const char *with_ending(struct packing *packing, const char *name, const char *ending)
{
    const size_t room = strlen(PACKS_FOLDER) + strlen(name) + strlen(ending) + 1;
    char *const whole = arena_array(&packing->arena, room, 1);

    if (whole != NULL)
        snprintf(whole, room, PACKS_FOLDER "%s%s", name, ending);
    return whole;
}

/* Names made by file_name, and the index. */
bool is_pack_path(const char *path)
{
    const size_t folder = strlen(PACKS_FOLDER);
    const char *ending;

    if (strncmp(path, PACKS_FOLDER, folder) != 0)
        return false;
    if (path[folder] == '\0' || strcmp(path, PACKS_INDEX) == 0)
        return true;
    ending = path + folder + strspn(path + folder, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_abcdef");
    return ending > path + folder && (strcmp(ending, ".html") == 0 || strcmp(ending, ".xlsx") == 0);
}

static void find_subjects(struct packing *packing)
{
    const struct results *const results = packing->figures->results;
    const struct places *const places = &results->classified.cube->places;

    for (size_t i = 0; i < packing->peers.count; i++) {
        const struct peer *const peer = &packing->peers.list[i];

        packing->subjects[packing->count++] = (struct pack_subject){
            .figures = packing->figures,
            .peer = peer,
            .nation = packing->nation,
            .file = file_name(
                packing, organisation_code(places, LEVEL_PRACTICE, peer->rows.now->organisation)),
            .months = packing->peers.months,
        };
    }
}

static enum status write_page_of(struct packing *packing, const struct pack_subject *subject)
{
    const char *const name = with_ending(packing, subject->file, ".html");
    FILE *file = NULL;
    enum status status = name != NULL ? output_open(packing->output, name, &file, packing->why)
                                      : fail_nomem(packing->why);

    if (status != STATUS_OK)
        return status;
    write_pack_page(file, subject);
    return output_close(packing->output, file, packing->why);
}

/* Workbooks that one child process writes: a process for each would cost more than its workbook. */
#define BATCH 64
struct batch {
    struct workbook_job jobs[BATCH];
    FILE *files[BATCH];
    size_t count;
};

static enum status add_workbook_of(struct packing *packing, const struct pack_subject *subject,
                                   struct batch *batch)
{
    struct workbook_job *const job = &batch->jobs[batch->count];
    const char *const name = with_ending(packing, subject->file, ".xlsx");
    char path[PATH_MAX];
    enum status status =
        name != NULL ? output_open(packing->output, name, &batch->files[batch->count], packing->why)
                     : fail_nomem(packing->why);

    if (status == STATUS_OK)
        status = output_path(packing->output, name, path, sizeof path, packing->why);
    if (status != STATUS_OK)
        return status;
    *job = (struct workbook_job){
        .about = {.program_version = packing->program_version, .rows = &subject->peer->rows},
        .path = arena_copy(&packing->arena, view_of(path)),
        .shown = name,
    };
    batch->count++;
    return job->path != NULL ? STATUS_OK : fail_nomem(packing->why);
}

static enum status write_batch(struct packing *packing, struct batch *batch)
{
    const char *temporary;
    enum status status = output_temporary(packing->output, &temporary, packing->why);

    if (status == STATUS_OK)
        status =
            write_workbooks(packing->figures, batch->jobs, batch->count, temporary, packing->why);
    for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
        status = output_close(packing->output, batch->files[i], packing->why);
    batch->count = 0;
    return status;
}

static enum status write_all_workbooks(struct packing *packing)
{
    struct batch *const batch = calloc(1, sizeof *batch);
    enum status status = batch != NULL ? STATUS_OK : fail_nomem(packing->why);

    for (size_t i = 0; i < packing->count && status == STATUS_OK; i++) {
        status = add_workbook_of(packing, &packing->subjects[i], batch);
        if (status == STATUS_OK && (batch->count == BATCH || i + 1 == packing->count))
            status = write_batch(packing, batch);
    }
    free(batch);
    return status;
}

static void write_index_row(FILE *file, const struct pack_subject *subject)
{
    const struct results *const results = subject->figures->results;
    const struct places *const places = &results->classified.cube->places;
    const struct organisation_month *const now = subject->peer->rows.now;
    char value[DECIMAL_TEXT];

    fprintf(file, "<tr><th scope=\"row\"><a href=\"%s.html\">", subject->file);
    html_text(file, organisation_name(places, LEVEL_PRACTICE, now->organisation));
    fputs(" (", file);
    html_text(file, organisation_code(places, LEVEL_PRACTICE, now->organisation));
    fputs(")</a></th>", file);
    html_cell(file, subject->peer->icb != NULL
                        ? organisation_name(places, LEVEL_ICB, subject->peer->icb->organisation)
                        : view_none());
    fprintf(file, "</td><td class=\"n\">%s%s</td><td><a href=\"%s.xlsx\">workbook</a></td></tr>\n",
            measure_words(results, ask_headline(results), now, value),
            ask_is_small(results, ask_headline(results), now) ? SMALL_WORD : "", subject->file);
}

static enum status write_index(struct packing *packing)
{
    const struct measure *const headline = packing->figures->results->classified.rules->measures
                                               .list[ask_headline(packing->figures->results)];
    char month[MONTH_WORDS];
    FILE *file = NULL;
    const enum status status = output_open(packing->output, PACKS_INDEX, &file, packing->why);

    if (status != STATUS_OK)
        return status;
    pack_begin(file, "Practice packs");
    fprintf(file,
            "<p>%zu %s, %s.</p>\n<table>\n<thead><tr><th scope=\"col\">Practice</th><th "
            "scope=\"col\">ICB</th><th scope=\"col\" class=\"n\">",
            packing->count, level_words(LEVEL_PRACTICE, packing->count != 1),
            month_words(packing->latest, month));
    html_words(file, headline->title);
    fputs("</th><th scope=\"col\">Excel</th></tr></thead>\n<tbody>\n", file);
    for (size_t i = 0; i < packing->count; i++)
        write_index_row(file, &packing->subjects[i]);
    fputs("</tbody>\n</table>\n<p>" SMALL_SENTENCE "</p>\n", file);
    pack_end(file);
    return STATUS_OK;
}

static enum status write_set(struct packing *packing)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < packing->count && status == STATUS_OK; i++)
        status = packing->subjects[i].file != NULL ? write_page_of(packing, &packing->subjects[i])
                                                   : fail_nomem(packing->why);
    if (status == STATUS_OK)
        status = write_all_workbooks(packing);
    return status == STATUS_OK ? write_index(packing) : status;
}

enum status write_packs(const struct figures *figures, const char *program_version,
                        struct output *output, struct fail *why)
{
    const struct results *const results = figures->results;
    struct packing packing = {
        .figures = figures,
        .program_version = program_version,
        .output = output,
        .latest = ask_latest_month(results),
        .why = why,
    };
    enum status status = peers_find(&packing.peers, figures, why);

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].level == LEVEL_NATION &&
            results->organisations[i].subject == SUBJECT_prescribing &&
            results->organisations[i].month == packing.latest)
            packing.nation = &results->organisations[i];
    packing.subjects = calloc(packing.peers.count + 1, sizeof *packing.subjects);
    if (status == STATUS_OK && packing.subjects == NULL)
        status = fail_nomem(why);
    if (status == STATUS_OK) {
        find_subjects(&packing);
        status = write_set(&packing);
    }
    free(packing.subjects);
    peers_release(&packing.peers);
    arena_release(&packing.arena);
    return status;
}
