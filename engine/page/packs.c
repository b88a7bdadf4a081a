#include "page/packs_internal.h"

#include "figures/ask.h"
#include "report/headline.h"
#include "report/html_out.h"
#include "stream/output.h"
#include "workbook/workbook.h"

#include <limits.h>
#include <stdlib.h>

struct packing {
    const struct figures *figures;
    const char *program_version;
    const char *folder;
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

static const char *with_ending(struct packing *packing, const char *name, const char *ending)
{
    const size_t length = strlen(name);
    char *const whole = arena_array(&packing->arena, length + strlen(ending) + 1, 1);

    if (whole != NULL) {
        memcpy(whole, name, length);
        memcpy(whole + length, ending, strlen(ending));
    }
    return whole;
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

static enum status write_workbook_of(struct packing *packing, const struct pack_subject *subject)
{
    const char *const name = with_ending(packing, subject->file, ".xlsx");
    const struct workbook_about about = {
        .program_version = packing->program_version,
        .rows = &subject->peer->rows,
    };
    char path[PATH_MAX];
    FILE *file = NULL;
    enum status status = name != NULL ? output_open(packing->output, name, &file, packing->why)
                                      : fail_nomem(packing->why);

    if (status == STATUS_OK)
        status = output_path(packing->output, name, path, sizeof path, packing->why);
    if (status == STATUS_OK)
        status = write_workbook(packing->figures, &about, path, packing->folder, packing->why);
    return status == STATUS_OK ? output_close(packing->output, file, packing->why) : status;
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
    const enum status status = output_open(packing->output, "index.html", &file, packing->why);

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
    enum status status = output_begin(&packing->output, packing->folder, packing->why);

    for (size_t i = 0; i < packing->count && status == STATUS_OK; i++) {
        status = packing->subjects[i].file != NULL ? write_page_of(packing, &packing->subjects[i])
                                                   : fail_nomem(packing->why);
        if (status == STATUS_OK)
            status = write_workbook_of(packing, &packing->subjects[i]);
    }
    if (status == STATUS_OK)
        status = write_index(packing);
    if (status == STATUS_OK)
        status = output_commit(packing->output, packing->why);
    output_free(packing->output);
    return status;
}

enum status write_packs(const struct figures *figures, const char *program_version,
                        const char *folder, struct fail *why)
{
    const struct results *const results = figures->results;
    struct packing packing = {
        .figures = figures,
        .program_version = program_version,
        .folder = folder,
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
