#include "support/cases.h"

#include "run/progress.h"

struct row {
    struct progress progress;
    const char *line;
};

static const struct row rows[] = {
    {{"m.csv", 0, 0, 0, 0}, "m.csv: 0 B, 0 rows, 0 rows/s"},
    {{"m.csv", 999, 0, 10, 1000}, "m.csv: 999 B, 10 rows, 10 rows/s"},
    {{"m.csv", 1000, 0, 1000, 2000}, "m.csv: 1.0 kB, 1.0 k rows, 500 rows/s"},
    {{"m.csv", 250, 1000, 50, 1000}, "m.csv: 22%, 250 B of 1.0 kB, 50 rows, 50 rows/s, 3 s left"},
    {{"m.csv", 7250000000, 7250000000, 18600000, 10000},
     "m.csv: 99%, 7.2 GB of 7.2 GB, 18.6 M rows, 1.8 M rows/s, 0 s left"},
    {{"m.csv", 3625000000, 7250000000, 9300000, 10000},
     "m.csv: 49%, 3.6 GB of 7.2 GB, 9.3 M rows, 930.0 k rows/s, 10 s left"},
    {{"m.csv", 12, 10, 1, 1}, "m.csv: 12 B, 1 row, 1.0 k rows/s"},
};

Test(progress, tells_bytes_rows_a_second_and_the_time_left)
{
    char line[300];

    for (size_t i = 0; i < LENGTH_OF(rows); i++) {
        progress_line(&rows[i].progress, line, sizeof line);
        cr_expect(eq(str, line, (char *)rows[i].line), "row %zu", i);
    }
}
