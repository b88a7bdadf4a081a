#ifndef EXTRACT_ROW_H
#define EXTRACT_ROW_H

/* The one row that every extract becomes (design 2). */

#include "base/decimal.h"
#include "base/month.h"
#include "extract/bind.h"
#include "extract/reject.h"

/* Views point into the scanner's row and live until its callback returns.  A
 * view whose `at` is NULL is a column that the extract does not have; an empty
 * one is a value it left out. */
struct row {
    month_t month;
    struct view practice_code;
    struct view practice_name;
    struct view sub_icb_code;
    struct view sub_icb_name;
    struct view icb_code;
    struct view icb_name;
    struct view region_code;
    struct view region_name;
    struct view trust_code; /* of hospital rows, which have none of the above */
    struct view bnf_code;   /* of hospital rows the key of extract/presentation.h */
    struct view bnf_name;
    struct view dmd; /* the dm+d code of a version of the product, see struct scope; else empty */
    int64_t items;
    int64_t quantity;    /* thousandths of the extract's unit, items and all */
    int64_t nic;         /* 0.00001 GBP */
    int64_t actual_cost; /* 0.00001 GBP */
    bool unknown_cost;   /* the extract gives no cost: it is 0 here and no figure; not
                            set by a prefilter, which sees only rows with a cost */
    bool unknown_nic;    /* likewise; filled for rows in scope */
    bool other_total;    /* QUANTITY times ITEMS is not TOTAL_QUANTITY; filled for rows in scope */
    bool no_code;        /* a hospital row without a product code */
    bool returned;       /* the quantity is below zero; set for hospital rows only */
};

/* The BNF sections that are kept, as code prefixes. */
struct scope {
    const struct view *prefixes;
    size_t count;
    const struct scope_version *versions; /* rows of these are kept apart by their dm+d code */
    size_t version_count;
};

/* A version of a product that the extract's dm+d code tells from others of its BNF code. */
struct scope_version {
    struct view bnf_code;
    struct view dmd;
};

enum verdict { VERDICT_KEPT, VERDICT_OUT_OF_SCOPE, VERDICT_REJECTED };

/* Reads one record.  Of every row the number of columns, month, BNF code, items
 * and actual cost are checked, because they are in the control sums; of a row
 * in scope everything.  A row without a code is out of scope, with an empty code.  An out-of-scope row has no more than those filled, a
 * rejected one nothing that can be used.  reject is filled on VERDICT_REJECTED only. */
enum verdict row_read(struct row *row, const struct binding *binding, struct scope scope,
                      const struct scan_row *fields, struct reject *reject);

/* True when the column of BNF chapters says that a row without a code is of a chapter in scope. */
bool row_is_of_scope_chapter(const struct binding *binding, struct scope scope,
                             const struct scan_row *fields);

/* The same row as published totals see it, in scope or not: its sub-ICB, ICB and
 * region, and its chemical substance in the place of the presentation.  False if its
 * quantity or NIC cannot be read; both are 0 then. */
bool row_for_totals(struct row *totals, const struct row *row, const struct binding *binding,
                    const struct scan_row *fields);

#endif
