#include "trend/quantile.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

void sort_values(double *values, size_t count)
{
    gsl_sort(values, 1, count);
}

double quantile_of_sorted(const double *values, size_t count, double share)
{
    return gsl_stats_quantile_from_sorted_data(values, 1, count, share);
}
