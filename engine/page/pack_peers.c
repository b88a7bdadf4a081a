#include "page/packs_internal.h"

#include "trend/quantile.h"
#include "measure/rank.h"
#include "figures/ask.h"
#include "report/headline.h"
#include "report/html_out.h"
#include "page/svg_picture.h"

#include <math.h>
#include <stdlib.h>

#define LEAST_FOR_DECILES 10

/* The headline of a row, NAN where it has none. */
static double value_of(const struct results *results, const struct organisation_month *row)
{
    const struct rules *const rules = results->classified.rules;
    const struct measure *const measure = rules->measures.list[ask_headline(results)];
    const struct measure_value *const value = measure_value_of(row, measure);

    return value != NULL ? measure_number(rules, measure, value) : (double)NAN;
}

static const struct organisation_month *row_in(const struct pack_subject *subject, size_t month)
{
    const struct results *const results = subject->figures->results;
    const struct excerpt *const rows = &subject->rows;

    for (size_t i = 0; i < rows->row_count; i++) {
        const struct organisation_month *const row = &results->organisations[rows->first_row + i];

        if (row->month == rows->first + (month_t)month)
            return row;
    }
    return NULL;
}

/* All subjects of one ICB and what they have, month by month. */
struct gathering {
    struct pack_subject *subjects;
    size_t count;
    size_t months;
    const struct peers *peers;
    double *values; /* room for all subjects */
};

static void fill_month(const struct gathering *gathering, size_t month,
                       double *const lines[PEER_LINES])
{
    size_t count = 0;

    for (size_t i = 0; i < gathering->count; i++) {
        const struct pack_subject *const subject = &gathering->subjects[i];
        const struct organisation_month *const row =
            subject->peers == gathering->peers ? row_in(subject, month) : NULL;

        if (row == NULL)
            continue;
        gathering->values[count] = value_of(subject->figures->results, row);
        count += isnan(gathering->values[count]) ? 0 : 1;
    }
    sort_values(gathering->values, count);
    for (size_t d = 0; d < DECILES; d++)
        lines[d][month] = count >= LEAST_FOR_DECILES
                              ? quantile_of_sorted(gathering->values, count, (double)(d + 1) / 10)
                              : (double)NAN;
}

/* Its own figure, which is not the middle of its practices. */
static void fill_icb(const struct gathering *gathering, const struct pack_subject *subject,
                     double *line)
{
    for (size_t i = 0; i < gathering->months; i++) {
        const struct organisation_month *const row =
            subject->icb != NULL ? ask_in_month(subject->figures->results, subject->icb,
                                                subject->rows.first + (month_t)i)
                                 : NULL;

        line[i] = row != NULL ? value_of(subject->figures->results, row) : (double)NAN;
    }
}

static enum status fill_peers(struct gathering *gathering, struct peers *peers,
                              const struct pack_subject *subject, struct arena *arena,
                              struct fail *why)
{
    double *lines[PEER_LINES];

    for (size_t i = 0; i < PEER_LINES; i++) {
        lines[i] = arena_array(arena, gathering->months, sizeof *lines[i]);
        if (lines[i] == NULL)
            return fail_nomem(why);
        peers->lines[i] = lines[i];
    }
    for (size_t month = 0; month < gathering->months; month++)
        fill_month(gathering, month, lines);
    fill_icb(gathering, subject, lines[DECILES]);
    return STATUS_OK;
}

/* Gives the same peers to all of the subject's ICB, from it on: those before have theirs. */
static void share_peers(struct gathering *gathering, struct peers *peers, size_t from)
{
    for (size_t i = from; i < gathering->count; i++)
        if (gathering->subjects[i].icb_number == peers->icb) {
            gathering->subjects[i].peers = peers;
            gathering->subjects[i].months = gathering->months;
            peers->count++;
        }
    gathering->peers = peers;
}

enum status peers_find(struct pack_subject *subjects, size_t count, size_t months,
                       struct arena *arena, struct fail *why)
{
    struct gathering gathering = {
        .subjects = subjects,
        .count = count,
        .months = months,
        .values = calloc(count + 1, sizeof(double)),
    };
    enum status status = gathering.values != NULL ? STATUS_OK : fail_nomem(why);

    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct peers *const peers =
            subjects[i].peers == NULL ? arena_take(arena, sizeof *peers) : NULL;

        if (subjects[i].peers != NULL)
            continue;
        if (peers == NULL) {
            status = fail_nomem(why);
            break;
        }
        peers->icb = subjects[i].icb_number;
        share_peers(&gathering, peers, i);
        status = fill_peers(&gathering, peers, &subjects[i], arena, why);
    }
    free(gathering.values);
    return status;
}

static void tell(const struct pack_subject *subject, char *out, size_t size)
{
    const bool deciles = subject->peers->count >= LEAST_FOR_DECILES;

    snprintf(
        out, size, "The thick line shows this practice%s.%s",
        subject->icb != NULL ? ", the dark line its ICB" : "",
        deciles
            ? " The broken lines divide the practices of the ICB into ten equal groups each month: "
              "the lowest 10% are below the lowest line, the highest 10% above the highest."
            : " The ICB has too few practices for lines of tenths.");
}

void write_peers(FILE *file, const struct pack_subject *subject)
{
    const struct results *const results = subject->figures->results;
    const struct measure *const measure =
        results->classified.rules->measures.list[ask_headline(results)];
    struct picture_line lines[PEER_LINES + 1];
    double *const own = calloc(subject->months + 1, sizeof *own);
    char sentence[400];
    const struct picture picture = {
        .id = "peers",
        .title = measure->title,
        .sentence = sentence,
        .unit = measure->unit,
        .first = subject->rows.first,
        .months = subject->months,
        .lines = lines,
        .line_count = COUNT_OF(lines),
    };

    if (own == NULL || subject->months < 2) { /* a month is a row of the table below */
        free(own);
        return;
    }
    for (size_t i = 0; i < subject->months; i++) {
        const struct organisation_month *const row = row_in(subject, i);

        own[i] = row != NULL ? value_of(results, row) : (double)NAN;
    }
    for (size_t i = 0; i < DECILES; i++)
        lines[i] = (struct picture_line){i == 0             ? "lowest 10%"
                                         : i == DECILES - 1 ? "highest 10%"
                                                            : NULL,
                                         "decile", subject->peers->lines[i]};
    lines[DECILES] = (struct picture_line){"ICB", "middle", subject->peers->lines[DECILES]};
    lines[PEER_LINES] = (struct picture_line){"this practice", "main", own};
    tell(subject, sentence, sizeof sentence);
    fputs("<div class=\"together\"><h2>", file);
    html_words(file, measure->title);
    fputs(" among peers</h2>\n<p>", file);
    html_words(file, sentence);
    fputs("</p>\n<div class=\"chart\">", file);
    svg_picture(file, &picture);
    fputs("</div></div>\n", file);
    free(own);
}
