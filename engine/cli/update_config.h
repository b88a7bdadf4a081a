#ifndef CLI_UPDATE_CONFIG_H
#define CLI_UPDATE_CONFIG_H

/* The file that update reads: lines of KEY = VALUE; # begins a comment.
 *     store = /srv/canister/store.sqlite
 *     out = /srv/canister/reports
 *     icb = QJ2
 *     datasets = epd scmd            (default: epd)
 *     from = 2025-04                 (the first month that is fetched)
 *     registers = /srv/canister/registers   (a folder: its CSV files are read as registers) */

#include "base/fail.h"
#include "base/month.h"

#define UPDATE_VALUE 1024
#define UPDATE_DATASETS 8

struct update_config {
    char store[UPDATE_VALUE];
    char out[UPDATE_VALUE];
    char icb[UPDATE_VALUE];
    char registers[UPDATE_VALUE];             /* empty for none */
    char datasets[UPDATE_VALUE];              /* parted by NULs */
    const char *dataset[UPDATE_DATASETS + 1]; /* ends with NULL */
    month_t from;
};

/* fails  STATUS_NO_INPUT  it cannot be read
 *        STATUS_USAGE     a line is wrong, or a key is missing or comes twice: says which */
MUST_USE
enum status update_config_read(struct update_config *config, const char *path, struct fail *why);

#endif
