#include "page/packs_internal.h"

#include "report/headline.h"
#include "report/html_out.h"

#include <limits.h>
#include <stdlib.h>

#define PACKS_FOLDER "packs/"
#define PACKS_INDEX PACKS_FOLDER "index.html"

struct packing {
    const struct workbook_parts *parts;
    struct output *output;
    struct arena arena; /* names of files */
    uint32_t *icbs;     /* by practice */
    const struct organisation_month *nation;
    month_t first;
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

/* The rows behind `from` that are of the practice; they stand together, in the same order in all
 * three lists, which is that of the codes. */
static void find_rows(const struct packing *packing, struct pack *pack)
{
    const struct results *const results = packing->parts->all.results;
    const struct advice_list *const advice = packing->parts->all.advice;
    const uint32_t practice =
        pack->now->organisation; /* of prescribing: hospitals are no practices */

    for (size_t i = pack->first_row;
         i < results->organisation_count && results->organisations[i].level == LEVEL_PRACTICE &&
         results->organisations[i].organisation == practice;
         i++)
        pack->row_count++;
    for (size_t i = pack->first_use;
         i < results->use_count && results->uses[i].level == LEVEL_PRACTICE &&
         results->uses[i].organisation == practice;
         i++)
        pack->use_count++;
    for (size_t i = pack->first_advice; i < advice->count && advice->list[i].practice == practice;
         i++)
        pack->advice_count++;
}

static void add_subject(struct packing *packing, const struct pack *pack)
{
    const struct results *const results = packing->parts->all.results;
    const struct places *const places = &results->classified.cube->places;
    const struct view code = organisation_code(places, LEVEL_PRACTICE, pack->now->organisation);
    const uint32_t icb = packing->icbs[pack->now->organisation];

    if (pack->now->month != packing->latest ||
        !is_met(results, LEVEL_PRACTICE, pack->now->organisation))
        return; /* no longer there, or nobody to visit */
    packing->subjects[packing->count++] = (struct pack_subject){
        .parts = packing->parts,
        .pack = *pack,
        .icb = icb != ORGANISATION_NONE
                   ? results_find(results, SUBJECT_prescribing, LEVEL_ICB,
                                  organisation_code(places, LEVEL_ICB, icb), packing->latest)
                   : NULL,
        .icb_number = icb,
        .nation = packing->nation,
        .file = file_name(packing, code),
    };
}

/* One walk through the three lists. */
static void find_subjects(struct packing *packing)
{
    const struct results *const results = packing->parts->all.results;
    struct pack pack = {.first = packing->first};

    while (pack.first_row < results->organisation_count &&
           results->organisations[pack.first_row].level == LEVEL_PRACTICE) {
        pack.now = &results->organisations[pack.first_row];
        find_rows(packing, &pack);
        pack.now = &results->organisations[pack.first_row + pack.row_count - 1];
        add_subject(packing, &pack);
        pack.first_row += pack.row_count;
        pack.first_use += pack.use_count;
        pack.first_advice += pack.advice_count;
        pack.row_count = pack.use_count = pack.advice_count = 0;
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
        .parts = *packing->parts,
        .path = arena_copy(&packing->arena, view_of(path)),
        .shown = name,
    };
    job->parts.pack = &subject->pack;
    batch->count++;
    return job->path != NULL ? STATUS_OK : fail_nomem(packing->why);
}

static enum status write_batch(struct packing *packing, struct batch *batch)
{
    const char *temporary;
    enum status status = output_temporary(packing->output, &temporary, packing->why);

    if (status == STATUS_OK)
        status = write_workbooks(batch->jobs, batch->count, temporary, packing->why);
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
    const struct results *const results = subject->parts->all.results;
    const struct places *const places = &results->classified.cube->places;
    const struct organisation_month *const now = subject->pack.now;
    char value[DECIMAL_TEXT];

    fprintf(file, "<tr><th scope=\"row\"><a href=\"%s.html\">", subject->file);
    html_text(file, organisation_name(places, LEVEL_PRACTICE, now->organisation));
    fputs(" (", file);
    html_text(file, organisation_code(places, LEVEL_PRACTICE, now->organisation));
    fputs(")</a></th>", file);
    html_cell(file, subject->icb != NULL
                        ? organisation_name(places, LEVEL_ICB, subject->icb->organisation)
                        : view_none());
    fprintf(file, "</td><td class=\"n\">%s%s</td><td><a href=\"%s.xlsx\">workbook</a></td></tr>\n",
            measure_words(results, results_headline(results), now, value),
            is_small_in(results, results_headline(results), now) ? SMALL_WORD : "", subject->file);
}

static enum status write_index(struct packing *packing)
{
    const struct measure *const headline = packing->parts->all.results->classified.rules->measures
                                               .list[results_headline(packing->parts->all.results)];
    char month[MONTH_WORDS];
    FILE *file = NULL;
    const enum status status = output_open(packing->output, PACKS_INDEX, &file, packing->why);

    if (status != STATUS_OK)
        return status;
    pack_begin(file, "Practice packs");
    fprintf(file,
            "<p>%zu practices, %s.</p>\n<table>\n<thead><tr><th scope=\"col\">Practice</th>"
            "<th scope=\"col\">ICB</th><th scope=\"col\" class=\"n\">",
            packing->count, month_words(packing->latest, month));
    html_words(file, headline->title);
    fputs("</th><th scope=\"col\">For Excel</th></tr></thead>\n<tbody>\n", file);
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

enum status write_packs(const struct workbook_parts *parts, struct output *output, struct fail *why)
{
    const struct results *const results = parts->all.results;
    const size_t practices = results->classified.cube->places.levels[LEVEL_PRACTICE].codes.count;
    struct packing packing = {
        .parts = parts,
        .output = output,
        .icbs = calloc(practices + 1, sizeof *packing.icbs),
        .subjects = calloc(practices + 1, sizeof *packing.subjects),
        .first = results_first(results),
        .latest = results_latest(results),
        .why = why,
    };
    enum status status =
        packing.icbs != NULL && packing.subjects != NULL ? STATUS_OK : fail_nomem(why);

    for (size_t i = 0; i < results->organisation_count; i++)
        if (results->organisations[i].level == LEVEL_NATION &&
            results->organisations[i].subject == SUBJECT_prescribing &&
            results->organisations[i].month == packing.latest)
            packing.nation = &results->organisations[i];
    if (status == STATUS_OK) {
        results_icbs(results, packing.latest, packing.icbs);
        find_subjects(&packing);
        status = peers_find(packing.subjects, packing.count,
                            (size_t)(packing.latest - packing.first) + 1, &packing.arena, why);
    }
    if (status == STATUS_OK)
        status = write_set(&packing);
    free(packing.icbs);
    free(packing.subjects);
    arena_release(&packing.arena);
    return status;
}
