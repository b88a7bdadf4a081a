#include "extract/account.h"

static bool month_list_has(const struct month_list *months, month_t month)
{
    for (size_t i = 0; i < months->count; i++)
        if (months->list[i] == month)
            return true;
    return false;
}

bool audit_file_brings(const struct audit_file *file, month_t month)
{
    if (file->refused[0] != '\0' || file->companion || month_list_has(&file->replaced, month) ||
        month_list_has(&file->passed, month))
        return false;
    for (size_t i = 0; i < file->summary.month_count; i++)
        if (file->summary.months[i].month == month)
            return true;
    return false;
}
