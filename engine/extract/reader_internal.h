#ifndef EXTRACT_READER_INTERNAL_H
#define EXTRACT_READER_INTERNAL_H

/* Between the files of the reader. */

#include "extract/prefilter.h"
#include "extract/reader.h"

struct extract_reader {
    const struct layouts *layouts;
    struct scope scope;
    struct reject_limit limit;
    struct extract_sink sink;
    struct totals_sink totals; /* row is NULL where none are wanted */
    struct sweep *sweep;
    enum sweep_path path;
    struct binding binding;
    struct prefilter prefilter;
    struct extract_summary summary;
    struct repeats repeats;
    int64_t quantity; /* of rows in scope, as the store sums them */
    int64_t nic;
    month_t latest; /* of all that may be */
    char *room;     /* given out last, NULL when the first bytes were looked at */
    bool begun;
    bool stranger;  /* what was refused is nothing like an extract */
    size_t refused; /* rows before a header that were none */
    struct fail refusal;
    size_t last_month; /* index into summary.months of the row before */
    uint64_t lines;    /* of a part that is over, or of the parts that were joined */
};

/* A reader with what `like` says; midway: the bytes begin behind the header. */
MUST_USE
enum status extract_reader_make(struct extract_reader **reader, const struct extract_reader *like,
                                bool midway, struct fail *why);

/* Months are few and rows of a month come together: looks at the last one first. */
MUST_USE
enum status extract_count_month(struct extract_reader *reader, month_t month, uint64_t rows,
                                struct fail *why);

/* To the sums of all rows. */
MUST_USE
enum status extract_add_control(struct extract_summary *summary, int64_t items, int64_t actual_cost,
                                struct fail *why);

/* The first record, or one above the header. */
MUST_USE
enum status extract_read_header(struct extract_reader *reader, const struct scan_row *fields,
                                struct fail *why);
MUST_USE
enum status extract_read_bad_header(struct extract_reader *reader, const struct scan_bad *bad,
                                    struct fail *why);

/* Before the first bytes are read as text: fails where they are none. */
MUST_USE
enum status extract_check_kind(struct extract_reader *reader, const void *bytes, size_t length,
                               struct fail *why);

#endif
