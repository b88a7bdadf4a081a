#include "run/version.h"

#include "fetch/http.h"
#include "trend/statistics.h"
#include "workbook/xlsx_out.h"
#include "store/store.h"
#include "stream/libraries.h"

#define MOST_LIBRARIES 16

const struct audit_library *run_libraries(size_t *count)
{
    static struct audit_library list[MOST_LIBRARIES];
    size_t streams;
    const struct library *const stream = stream_libraries(&streams);

    *count = 0;
    for (size_t i = 0; i < streams && *count + 5 < MOST_LIBRARIES; i++)
        list[(*count)++] = (struct audit_library){stream[i].name, stream[i].version};
    list[(*count)++] = (struct audit_library){"cJSON", rules_json_version()};
    list[(*count)++] = (struct audit_library){"SQLite", store_library_version()};
    list[(*count)++] = (struct audit_library){"libcurl", http_library_version()};
    list[(*count)++] = (struct audit_library){"gsl", statistics_version()};
    list[(*count)++] = (struct audit_library){"libxlsxwriter", xlsx_library_version()};
    return list;
}
