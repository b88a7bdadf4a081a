#include "rules/load.h"

/* Eras of extracts and layouts of registers. */

/* Two eras that take the same header would make the meaning of a column a
 * matter of luck. */
static bool same_header(const struct era *a, const struct era *b)
{
    for (size_t i = 0; i < a->column_count; i++) {
        bool found = a->columns[i].optional;

        for (size_t j = 0; j < b->column_count && !found; j++)
            found = strcmp(a->columns[i].name, b->columns[j].name) == 0;
        if (!found)
            return false;
    }
    return true;
}

static enum status check_era(const struct layouts *layouts, const struct era *era,
                             struct faults *faults)
{
    for (size_t i = 0; i < layouts->count; i++) {
        const struct extract_rule *const extract = &layouts->extracts[i];

        for (size_t e = 0; e < extract->era_count; e++) {
            const struct era *const other = &extract->eras[e];

            if (other != era && other->headerless == era->headerless &&
                other->code_length == era->code_length && same_header(era, other) &&
                same_header(other, era))
                return fault_at(faults, era->at, "takes the same header as the era %s", other->id);
        }
    }
    return STATUS_OK;
}

static enum status link_layouts(const struct layouts *layouts, struct faults *faults)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < layouts->count; i++) {
        struct extract_rule *const extract = &layouts->extracts[i];

        for (size_t e = 0; e < extract->era_count; e++) {
            extract->eras[e].extract = extract;
            status = rules_both(status, check_era(layouts, &extract->eras[e], faults));
        }
    }
    return status;
}

enum status rules_link_extracts(struct rules *rules, struct faults *faults)
{
    rules->layouts.extracts = rules->extracts.list;
    rules->layouts.count = rules->extracts.count;
    return link_layouts(&rules->layouts, faults);
}

enum status rules_link_registers(struct rules *rules, struct faults *faults)
{
    return link_layouts(&rules->register_layouts, faults);
}
