#include "cube/totals.h"

enum status totals_add(struct totals *totals, const struct row *row, bool complete,
                       struct view nation_code, struct view nation_name, struct fail *why)
{
    return cube_add(complete ? &totals->complete : &totals->partial, row, nation_code, nation_name,
                    why);
}

enum status totals_merge(struct totals *into, const struct totals *from, struct fail *why)
{
    const enum status status = cube_merge(&into->complete, &from->complete, why);

    return status == STATUS_OK ? cube_merge(&into->partial, &from->partial, why) : status;
}

void totals_drop_month(struct totals *totals, month_t month)
{
    cube_drop_month(&totals->complete, month);
    cube_drop_month(&totals->partial, month);
}

void totals_release(struct totals *totals)
{
    cube_release(&totals->complete);
    cube_release(&totals->partial);
}
