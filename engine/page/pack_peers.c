#include "page/packs_internal.h"

#include "figures/ask.h"
#include "report/headline.h"
#include "report/html_out.h"
#include "page/svg_picture.h"

#include <math.h>
#include <stdlib.h>

static void tell(const struct pack_subject *subject, char *out, size_t size)
{
    const bool deciles = subject->peer->others->count >= PEERS_FOR_DECILES;

    snprintf(out, size, "The thick line is this practice%s.%s",
             subject->peer->icb != NULL ? ", the dark one its ICB" : "",
             deciles ? " The broken lines cut its practices into tenths, month by month: below the "
                       "lowest is the lowest tenth, above the highest the highest."
                     : " There are too few practices to cut them into tenths.");
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
        .first = subject->peer->rows.first,
        .months = subject->months,
        .lines = lines,
        .line_count = COUNT_OF(lines),
    };

    if (own == NULL || subject->months < 2) { /* a month is a row of the table below */
        free(own);
        return;
    }
    for (size_t i = 0; i < subject->months; i++) {
        const struct organisation_month *const row = peer_row(results, subject->peer, i);

        own[i] = row != NULL ? peer_value(results, row) : (double)NAN;
    }
    for (size_t i = 0; i < DECILES; i++)
        lines[i] = (struct picture_line){i == 0             ? "lowest tenth"
                                         : i == DECILES - 1 ? "highest tenth"
                                                            : NULL,
                                         "decile", subject->peer->others->lines[i]};
    lines[DECILES] = (struct picture_line){"ICB", "middle", subject->peer->others->lines[DECILES]};
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
