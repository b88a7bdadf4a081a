#ifndef TABLE_ROWS_H
#define TABLE_ROWS_H

/* Single rows of the tables, for who shows some of them: page and packs, and the charts of the
 * workbook. */

#include "table/table.h"

void measures_row(struct cells *cells, const struct results *results, const struct measure *measure,
                  const struct organisation_month *row);
void prescribing_row(struct cells *cells, const struct results *results, const struct use *use);
void products_row(struct cells *cells, const struct results *results,
                  const struct product_month *row);
void switches_row(struct cells *cells, const struct results *results, const struct advice *advice);
void organisations_row(struct cells *cells, const struct results *results,
                       const struct organisation_period *period);
void unclassified_row(struct cells *cells, const struct results *results,
                      const struct unclassified *row);
void targets_row(struct cells *cells, const struct results *results,
                 const struct target_answer *answer);
void alerts_row(struct cells *cells, const struct results *results, const struct alert *one);
void gases_row(struct cells *cells, const struct figures *figures, const struct gas_row *row);
void gases_quality_row(struct cells *cells, const struct results *results,
                       const struct gas_finding *finding);

/* The findings that no list has: months that will come again with other figures. */
void gases_quality_provisional(struct cells *cells, const struct figures *figures);

/* What an entry of the sheet of measures is about. */
size_t measures_entry_measure(const struct table_part *part, size_t entry);
const struct organisation_month *measures_entry_row(const struct table_part *part, size_t entry);

/* The value of a measure by another factor set as factor_sets.csv has it; "" where that set weighs
 * none of it.  carbon is one of the three of factor_comparisons; out has DECIMAL_TEXT bytes. */
char *factor_sets_print(const struct results *results, const struct factor_comparison *one,
                        wide_t carbon, char *out);

/* The rows of one chart in the sheet of spc; false where it has none. */
struct spc_found {
    size_t first; /* counted from 0 */
    size_t count;
    struct series series;
};

bool spc_find_in_sheet(const struct figures *figures, size_t measure,
                       const struct organisation_month *whose, struct spc_found *found);

/* Of control: false where the run has nothing to hold against the published figure, and that
 * figure. */
bool control_has_ours(const struct comparison *comparison);
wide_t control_published(const struct comparison *comparison);

#endif
