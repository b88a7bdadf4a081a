#ifndef TABLE_TABLE_H
#define TABLE_TABLE_H

/* The output tables.  Each is one file of this folder, which holds its columns, its key and what
 * writes its rows, and one line in TABLES below.  Everything else reads it from here: the CSV file,
 * datapackage.json, the sheet of the workbook, the list in `canister run --help` and in the README,
 * and the order in which threads write. */

#include "figures/excerpt.h"
#include "table/cells.h"

struct column {
    const char *name;
    const char *type; /* Frictionless: string, integer, number, yearmonth */
    const char *unit; /* of every value: "GBP", "kgCO2e", "share"; "" where it has none, or where
                         another column of the row says it */
    const char *meaning;
};

/* Which set of factors the numbers of a table depend on. */
enum table_carbon { CARBON_NONE, CARBON_INHALERS, CARBON_GASES, CARBON_BOTH };

typedef void table_rows(struct cells *cells, const struct figures *figures);

/* What a workbook is about: the run, or one practice. */
struct table_part {
    const struct figures *figures;
    struct excerpt rows;
    bool about_one;
    month_t latest;     /* of prescribing */
    month_t last;       /* of all */
    uint32_t last_rank; /* of switches, as many as fit */
};

/* For a sheet that keeps the latest months when not all rows fit: the rows one by one. */
struct table_entries {
    size_t (*count)(const struct table_part *part);
    /* MONTH_NONE when it is not for the sheet */
    month_t (*month)(const struct table_part *part, size_t entry);
    void (*row)(struct cells *cells, const struct table_part *part, size_t entry);
};

/* The sheet of canister.xlsx. */
struct table_sheet {
    const char *name;                    /* NULL: the table is not in the workbook */
    int place;                           /* the sheets are in this order */
    bool of_one;                         /* also in the workbook of one practice; needs entries */
    const char *note;                    /* what the reader of the sheet must know, or NULL */
    table_rows *rows;                    /* where they are not those of the file; NULL: they are */
    const struct table_entries *entries; /* or NULL: the first rows that fit */
};

struct table {
    const char *file; /* "measures.csv" */
    const char *title;
    const struct column *columns;
    size_t column_count;
    const char *key[6]; /* columns that make a row unique, NULL at the end; none where one of
                           them may be empty */
    enum table_carbon carbon;
    int weight; /* the heaviest file is written first, so that threads end together; 0: light */
    table_rows *rows;
    struct table_sheet sheet;
};

/* In the order of datapackage.json, and of the list in the help. */
#define TABLES(X)    \
    X(measures)      \
    X(prescribing)   \
    X(products)      \
    X(switches)      \
    X(organisations) \
    X(unclassified)  \
    X(gases)         \
    X(gases_quality) \
    X(rejects)       \
    X(periods)       \
    X(trends)        \
    X(spc)           \
    X(alerts)        \
    X(targets)       \
    X(opportunities) \
    X(drivers)       \
    X(standings)     \
    X(deciles)       \
    X(factor_sets)

#define TABLE_EXTERN_OF(name) extern const struct table table_##name;
#define TABLE_EXTERN(name) extern const struct table table_##name;
TABLES(TABLE_EXTERN)
#undef TABLE_EXTERN

extern const struct table *const tables[];
extern const size_t table_count;

/* Not files of the set: a run held against published totals, which is printed, and two sets of
 * rules beside each other, a file of its own. */
extern const struct table table_control;
extern const struct table table_difference;

/* The files of `canister plan`, in their order. */
#define PLAN_TABLES(X) \
    X(plan)            \
    X(plan_summary)    \
    X(plan_curve)      \
    X(plan_products)   \
    X(plan_path)       \
    X(plan_follow)

PLAN_TABLES(TABLE_EXTERN_OF)
extern const struct table *const plan_tables[];
extern const size_t plan_table_count;

/* The whole file, header and rows. */
void table_write(FILE *file, const struct table *table, const struct figures *figures);

/* How many rows that writes. */
size_t table_count_rows(table_rows *rows, const struct figures *figures);

/* Where a column is; there must be one. */
size_t table_find_column(const struct table *table, const char *name);

#endif
