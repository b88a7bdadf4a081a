#ifndef PAGE_PAGE_ASSETS_H
#define PAGE_PAGE_ASSETS_H

/* What report.html carries inside itself, made by tools/web/assets.mjs from
 * page.scss, page.js and the packages of tools/web/package.json. */

#include "base/view.h"

extern const struct view page_style;       /* CSS */
extern const struct view page_script;      /* JavaScript, the chart library first */
extern const struct view page_script_hash; /* "sha256-...", for the page's policy */

#endif
