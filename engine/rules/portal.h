#ifndef RULES_PORTAL_H
#define RULES_PORTAL_H

/* Where publishers keep their files, and the days on which sources were checked. */

#include "base/view.h"
#include "extract/layout.h"

/* An entry of a rule file with the day on which its source was checked. */
struct checked_rule {
    const char *file;
    const char *at; /* "file: path" */
    const char *id; /* or "" */
    const char *source;
    const char *checked; /* YYYY-MM-DD */
};

/* Where publishers keep their files (rules/portals). */
enum portal_kind { PORTAL_CKAN, PORTAL_FILES, PORTAL_PAGES };

struct portal_file {
    const char *name;    /* of the file that is kept */
    const char *address; /* behind that of the portal; of a page: how the name in the link begins */
};

struct portal_package {
    const char *id;
    struct text_list names; /* before YYYYMM in the name of a resource */
    const char *file;       /* before YYYYMM in the name of the file that is kept */
    const char *series;     /* in rules/extracts, or NULL */
};

struct portal_dataset {
    const char *id;
    const char *title;
    const char *page; /* of a month, with {month_name}, {month} and {year}; or NULL */
    struct portal_package *packages;
    size_t package_count;
    struct portal_file *files;
    size_t file_count;
};

struct portal {
    const char *at; /* "file: path" of the rule */
    const char *id;
    const char *title;
    const char *publisher;
    const char *licence;
    const char *source;
    const char *checked;
    const char *note;
    enum portal_kind kind;
    const char *address; /* ends in / */
    struct portal_dataset *datasets;
    size_t dataset_count;
};

#endif
