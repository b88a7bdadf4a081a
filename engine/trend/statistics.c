#include "trend/statistics.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>

void statistics_begin(void)
{
    gsl_set_error_handler_off();
}

const char *statistics_version(void)
{
    return gsl_version;
}
