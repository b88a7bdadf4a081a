#include "place/registers_internal.h"

#include "base/grow.h"
#include "base/limits.h"
#include "extract/header.h"
#include "extract/spare_row.h"
#include "place/register_row.h"
#include "stream/kind.h"
#include "stream/scan_file.h"

#include <stdio.h>
#include <stdlib.h>

/* What a row says of an organisation, until the day of the register is known. */
struct statement {
    enum level level;
    uint32_t number;
    struct view name;
    struct standing_facts facts; /* listed only for the organisation that the row is about */
};

struct register_reading {
    struct registers *registers;
    const struct rules *rules;
    struct register_account *account;
    uint32_t number; /* of the account */
    struct binding binding;
    struct reject_limit limit;
    date_t latest;           /* of the days in rows that are not about the future */
    size_t first_membership; /* of this register */
    struct statement *pending;
    size_t pending_count;
    size_t pending_room;
    size_t refused; /* rows before a header that were none */
    struct fail refusal;
    bool stranger; /* nothing like a register */
};

/* --- what it says ---------------------------------------------------------------- */

static enum level subject_of(const struct register_reading *reading)
{
    if (reading->binding.at[ROLE_practice_code] >= 0)
        return LEVEL_PRACTICE;
    return reading->binding.at[ROLE_trust_code] >= 0 ? LEVEL_TRUST : LEVEL_PCN;
}

static date_t last_known(const struct register_row *entry)
{
    const date_t dates[] = {entry->open, entry->close, entry->joined, entry->left};
    date_t last = DATE_NONE;

    for (size_t i = 0; i < COUNT_OF(dates); i++)
        last = dates[i] > last ? dates[i] : last;
    return entry->standing == STANDING_proposed ? DATE_NONE : last;
}

static enum status keep_statement(struct register_reading *reading, enum level level,
                                  uint32_t number, struct view name,
                                  const struct standing_facts *facts, struct fail *why)
{
    const char *const kept = arena_copy(&reading->registers->arena, name);

    if (kept == NULL || !grow(&reading->pending, &reading->pending_room, reading->pending_count + 1,
                              sizeof *reading->pending))
        return fail_nomem(why);
    reading->pending[reading->pending_count++] =
        (struct statement){level, number, {kept, name.length}, *facts};
    return STATUS_OK;
}

static enum status keep_facts(struct register_reading *reading, enum level level, uint32_t number,
                              const struct register_row *entry, struct fail *why)
{
    const struct register_rule *const rule = reading->account->rule;
    const char *const setting = arena_copy(&reading->registers->arena, entry->setting);
    const struct standing_facts facts = {
        .listed = true,
        .standing = entry->standing,
        .setting = setting,
        .has_setting = reading->binding.at[ROLE_setting] >= 0,
        .is_gp = rule->gp_setting != NULL && view_is(entry->setting, rule->gp_setting),
        .open = entry->open,
        .close = entry->close,
        .account = reading->number,
    };

    if (setting == NULL)
        return fail_nomem(why);
    reading->account->active_gp_practices += facts.is_gp && facts.standing == STANDING_active;
    return keep_statement(reading, level, number, entry->name[level], &facts, why);
}

/* The number of each organisation of the row, and its name. */
static enum status keep_names(struct register_reading *reading, enum level subject,
                              const struct register_row *entry, uint32_t *numbers, struct fail *why)
{
    static const struct standing_facts nothing = {0};
    enum status status = STATUS_OK;

    for (int at = 0; at < LEVELS && status == STATUS_OK; at++) {
        const enum level level = (enum level)at;

        status = registers_put(reading->registers, level, entry->code[level], &numbers[level], why);
        if (status == STATUS_OK && level != subject && entry->name[level].length > 0 &&
            numbers[level] != ORGANISATION_NONE)
            status =
                keep_statement(reading, level, numbers[level], entry->name[level], &nothing, why);
    }
    return status;
}

/* The days of joining and leaving are those of the nearest parent that the register has. */
static struct membership make_membership(const struct register_reading *reading,
                                         const struct register_row *entry, bool nearest)
{
    struct membership membership = {.account = reading->number};

    if (nearest && reading->binding.at[ROLE_joined_date] >= 0) {
        membership.dated = entry->joined != DATE_NONE;
        membership.from = entry->joined;
        membership.to = entry->left;
    } else if (entry->listed != DATE_NONE) {
        membership.from = entry->listed;
    } else if (reading->account->rule->parents_since_open) {
        membership.from = entry->open;
        membership.to = entry->close;
    } else {
        membership.undated = true;
        membership.to = entry->close; /* settled when the day of the register is known */
    }
    return membership;
}

static enum status keep_memberships(struct register_reading *reading, enum level level,
                                    const uint32_t *numbers, const struct register_row *entry,
                                    struct fail *why)
{
    bool nearest = true;
    enum status status = STATUS_OK;

    for (enum level parent = LEVEL_PCN; parent <= LEVEL_REGION && status == STATUS_OK; parent++) {
        struct membership membership;

        if (parent == level || numbers[parent] == ORGANISATION_NONE)
            continue;
        membership = make_membership(reading, entry, nearest);
        membership.level = level;
        membership.child = numbers[level];
        membership.parent_level = parent;
        membership.parent = numbers[parent];
        status = registers_add_membership(reading->registers, &membership, why);
        nearest = false;
    }
    return status;
}

static enum status keep_entry(struct register_reading *reading, const struct register_row *entry,
                              struct fail *why)
{
    const enum level level = subject_of(reading);
    const date_t known = entry->listed != DATE_NONE ? entry->listed : last_known(entry);
    uint32_t numbers[LEVELS];
    enum status status = keep_names(reading, level, entry, numbers, why);

    if (status == STATUS_OK && numbers[level] == ORGANISATION_NONE)
        return STATUS_OK; /* a word for none */
    if (status == STATUS_OK)
        status = keep_facts(reading, level, numbers[level], entry, why);
    if (status == STATUS_OK)
        status = keep_memberships(reading, level, numbers, entry, why);
    if (status == STATUS_OK && entry->patients >= 0) {
        const struct list_size size = {numbers[level], date_month(entry->listed), entry->patients,
                                       reading->number};

        status = registers_add_size(reading->registers, &size, why);
        reading->account->patients += entry->patients;
    }
    reading->latest = known > reading->latest ? known : reading->latest;
    return status;
}

/* --- the file -------------------------------------------------------------------- */

/* "Partner\nOrganisation\nCode" is "Partner Organisation Code". */
static size_t squeeze(struct view text, char *out)
{
    size_t length = 0;

    for (size_t i = 0; i < text.length; i++) {
        const bool blank = is_blank(text.at[i]) || text.at[i] == '\n' || text.at[i] == '\r';

        if (!blank)
            out[length++] = text.at[i];
        else if (length > 0 && out[length - 1] != ' ')
            out[length++] = ' ';
    }
    while (length > 0 && out[length - 1] == ' ')
        length--;
    return length;
}

/* Rows that may be above a header. */
#define ROWS_ABOVE_HEADER 20

/* As for extracts: the first refusal counts, and a header further down explains it. */
static enum status refuse_first(struct register_reading *reading, const struct scan_row *fields,
                                struct fail *why)
{
    const char *const separator = header_separator(fields->text);

    why->line = fields->line;
    if (separator != NULL) {
        fail_set(why, STATUS_DATA,
                 "the columns are separated by %s, not by commas: save it as CSV with commas",
                 separator);
        why->line = fields->line;
        return STATUS_DATA;
    }
    if (reading->refused++ == 0) {
        reading->refusal = *why;
        reading->stranger = reading->binding.stranger;
    }
    if (reading->refused <= ROWS_ABOVE_HEADER)
        return STATUS_OK;
    *why = reading->refusal;
    return why->code;
}

static void add_note(struct register_reading *reading, enum note_kind kind, uint64_t line)
{
    struct note *const note = &reading->account->notes.counted[kind];

    note->line = note->rows == 0 ? line : note->line;
    note->rows++;
}

/* A row that cannot be used: empty, the header again, or rejected. */
static enum status refuse_row(struct register_reading *reading, const struct scan_row *fields,
                              const struct reject *reject, struct fail *why)
{
    switch (spare_row(&reading->rules->register_layouts, &reading->binding, fields)) {
    case SPARE_EMPTY:
        add_note(reading, NOTE_EMPTY, fields->line);
        return STATUS_OK;
    case SPARE_HEADER:
        add_note(reading, NOTE_HEADER, fields->line);
        return STATUS_OK;
    case SPARE_OTHER_HEADER:
        fail_set(
            why, STATUS_DATA,
            "another header: registers of different layouts were joined; give them one by one");
        why->line = fields->line;
        return STATUS_DATA;
    default:
        reading->account->rows_read++;
        return rejects_add(&reading->account->rejects, reject, why);
    }
}

/* *header is false when the first record is a row already. */
static enum status bind_first(struct register_reading *reading, const struct scan_row *fields,
                              bool *header, struct fail *why)
{
    struct view names[LIMIT_COLUMNS];
    char *const bytes = malloc(fields->text.length + 1);
    size_t used = 0;
    enum status status;

    if (bytes == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < fields->count; i++) {
        names[i] = (struct view){bytes + used, squeeze(scan_field(fields, i), bytes + used)};
        used += names[i].length;
    }
    *header =
        !bind_places(&reading->binding, &reading->rules->register_layouts, names, fields->count);
    status = *header ? bind_header(&reading->binding, &reading->rules->register_layouts, names,
                                   fields->count, why)
                     : STATUS_OK;
    if (status == STATUS_OK && *header)
        header_leftovers(reading->binding.era, names, fields->count,
                         &reading->account->notes.ignored, &reading->account->notes.missing);
    free(bytes);
    if (status != STATUS_OK)
        return refuse_first(reading, fields, why);
    if (reading->refused > 0 && *header) {
        fail_set(why, STATUS_DATA,
                 "has a title above the header, which is line %llu: delete the lines above it",
                 (unsigned long long)fields->line);
        why->line = reading->refusal.line;
        return STATUS_DATA;
    }
    if (reading->refused > 0) /* a row without a header, behind one that is none */
        return refuse_first(reading, fields, &reading->refusal);
    why->line = 0;
    reading->account->layout = reading->binding.era;
    reading->account->rule = rules_register(reading->rules, reading->binding.era);
    return STATUS_OK;
}

static enum status on_row(void *context, const struct scan_row *fields, struct fail *why)
{
    struct register_reading *const reading = context;
    struct reject reject = {0};
    struct row_check check;
    struct register_row entry;
    bool header = false;
    enum status status = STATUS_OK;

    if (reading->account->layout == NULL)
        status = bind_first(reading, fields, &header, why);
    if (status != STATUS_OK || header || reading->account->layout == NULL)
        return status;
    if (reading->account->rows_read >= LIMIT_REGISTER_ROWS)
        return fail_set(why, STATUS_LIMIT, "more than %u rows: no register has so many",
                        LIMIT_REGISTER_ROWS);
    check = (struct row_check){.rules = reading->rules,
                               .rule = reading->account->rule,
                               .binding = &reading->binding,
                               .fields = fields,
                               .reject = &reject,
                               .present = reading->registers->present};
    if (!register_row_read(&check, &entry))
        return refuse_row(reading, fields, &reject, why);
    reading->account->rows_read++;
    if (!register_row_is_wanted(&check)) {
        reading->account->rows_left_out++;
        return STATUS_OK;
    }
    reading->account->rows_used++;
    return keep_entry(reading, &entry, why);
}

static enum status on_bad(void *context, const struct scan_bad *bad, struct fail *why)
{
    struct register_reading *const reading = context;
    const struct reject reject = {
        .line = bad->line,
        .reason = (enum reject_reason)bad->fault,
        .column = "",
        .text = bad->text,
    };

    const struct scan_row as_row = {.line = bad->line, .text = bad->text};

    if (reading->account->layout == NULL) {
        reading->binding.stranger = true;
        fail_set(why, STATUS_DATA, "the first row cannot be read: %s", scan_fault_text(bad->fault));
        return refuse_first(reading, &as_row, why);
    }
    if (memchr(bad->text.at, '\r', bad->text.length) != NULL &&
        spare_is_mixed(&reading->binding, bad->text)) {
        fail_set(why, STATUS_DATA,
                 "mixed line ends: carriage returns alone end some rows; save it with one kind of "
                 "line end");
        why->line = bad->line;
        return STATUS_DATA;
    }
    if (spare_line(&reading->rules->register_layouts, &reading->binding, bad->text) ==
        SPARE_HEADER) {
        add_note(reading, NOTE_HEADER, bad->line);
        return STATUS_OK;
    }
    reading->account->rows_read++;
    return rejects_add(&reading->account->rejects, &reject, why);
}

/* "epraccur_2025-11.csv" or "ePCN_20241001.csv": the first such number in the name. */
static date_t date_in_name(const char *name)
{
    const char *const slash = strrchr(name, '/');

    for (const char *at = slash != NULL ? slash + 1 : name; *at != '\0'; at++) {
        const size_t digits = strspn(at, "0123456789");
        const size_t lengths[] = {10, 8, 7, 6};
        date_t day;
        month_t month;

        for (size_t i = 0; i < COUNT_OF(lengths) && digits >= 4; i++) {
            const struct view text = {at, lengths[i]};
            const bool fits = strlen(at) >= lengths[i] && (digits == lengths[i] || digits == 4);

            if (fits && date_parse(text, &day) && date_month(day) != MONTH_NONE)
                return day;
            if (fits && month_parse(text, &month))
                return month_last_day(month) / 100 * 100 + 1;
        }
        at += digits > 0 ? digits - 1 : 0;
    }
    return DATE_NONE;
}

static void settle_date(struct register_reading *reading)
{
    struct register_account *const account = reading->account;

    account->date = reading->latest;
    account->origin = DATE_OF_ROWS;
    if (reading->binding.at[ROLE_list_date] >= 0) {
        account->origin = DATE_OF_COLUMN;
    } else if (date_in_name(account->name) != DATE_NONE) {
        account->date = date_in_name(account->name);
        account->origin = DATE_OF_NAME;
    }
    for (size_t i = reading->first_membership; i < reading->registers->membership_count; i++) {
        struct membership *const membership = &reading->registers->memberships[i];

        if (!membership->undated)
            continue;
        membership->from = membership->to != DATE_NONE && membership->to < account->date
                               ? membership->to
                               : account->date;
    }
}

static enum status settle(struct register_reading *reading, struct fail *why)
{
    const struct register_account *const account = reading->account;
    enum status status = STATUS_OK;

    if (account->layout == NULL && reading->refused > 0) {
        *why = reading->refusal;
        return why->code;
    }
    reading->stranger = account->layout == NULL;
    if (account->layout == NULL)
        return fail_set(why, STATUS_DATA, "holds no row");
    if (account->rejects.count > reject_limit_rows(reading->limit, account->rows_read))
        return fail_set(why, STATUS_DATA,
                        "%zu of %llu rows cannot be used, the first on line %llu: %s",
                        account->rejects.count, (unsigned long long)account->rows_read,
                        (unsigned long long)account->rejects.list[0].line,
                        reject_text(account->rejects.list[0].reason));
    if (account->rows_used == 0 && account->rejects.count > 0)
        return fail_set(why, STATUS_DATA,
                        "holds no usable row: %zu of %llu cannot be used, the first on line %llu: "
                        "%s%s%s",
                        account->rejects.count, (unsigned long long)account->rows_read,
                        (unsigned long long)account->rejects.list[0].line,
                        account->rejects.list[0].column,
                        account->rejects.list[0].column[0] != '\0' ? ": " : "",
                        reject_text(account->rejects.list[0].reason));
    if (account->rows_used == 0)
        return fail_set(why, STATUS_DATA, "holds no row that says anything of an organisation");
    settle_date(reading);
    for (size_t i = 0; i < reading->pending_count && status == STATUS_OK; i++) {
        const struct statement *const said = &reading->pending[i];

        status = registers_add_name(reading->registers, said->level, said->number, said->name,
                                    date_month(account->date), why);
        if (status == STATUS_OK && said->facts.listed)
            status = registers_add_facts(reading->registers, said->level, said->number,
                                         &said->facts, why);
    }
    return status;
}

static enum status read_member(struct register_reading *reading, struct source *source,
                               struct fail *why)
{
    const struct scan_sink sink = {reading, on_row, on_bad};
    enum status status = scan_member(source, &sink, why);

    if (status == STATUS_OK)
        status = settle(reading, why);
    free(reading->pending);
    return status == STATUS_OK ? status : fail_in(why, reading->account->name, why->line);
}

static enum status begin_account(struct registers *registers, const char *name, struct fail *why)
{
    const char *const kept = arena_copy(&registers->arena, view_of(name));

    if (kept == NULL || !grow(&registers->accounts, &registers->account_room,
                              registers->account_count + 1, sizeof *registers->accounts))
        return fail_nomem(why);
    registers->accounts[registers->account_count++] = (struct register_account){.name = kept};
    return STATUS_OK;
}

/* The account that was begun last is of a member that is none. */
static void leave_out(struct registers *registers, const char *reason)
{
    struct register_account *const account = &registers->accounts[registers->account_count - 1];

    snprintf(account->skipped, sizeof account->skipped, "%s", reason);
}

static enum status read_members(struct registers *registers, const struct rules *rules,
                                struct source *source, struct reject_limit limit, struct fail *why)
{
    struct fail stranger = {.code = STATUS_OK};
    size_t taken = 0;
    bool found = false;
    enum status status;

    while ((status = source_next(source, &found, why)) == STATUS_OK && found) {
        struct register_reading reading = {.registers = registers, .rules = rules, .limit = limit};

        status = kind_check_member(source_member(source), why);
        if (status == STATUS_OK)
            status = begin_account(registers, source_name(source), why);
        if (status != STATUS_OK)
            break;
        if (source_member(source) != NULL && kind_is_junk(source_member(source))) {
            leave_out(registers, "its name says so");
            continue;
        }
        reading.number = (uint32_t)registers->account_count - 1;
        reading.account = &registers->accounts[reading.number];
        reading.first_membership = registers->membership_count;
        status = read_member(&reading, source, why);
        if (status == STATUS_DATA && reading.stranger && source_member(source) != NULL) {
            stranger = stranger.code == STATUS_OK ? *why : stranger;
            leave_out(registers, why->text);
            continue;
        }
        if (status != STATUS_OK)
            return status;
        taken++;
    }
    if (status == STATUS_OK && taken == 0 && stranger.code != STATUS_OK) {
        *why = stranger;
        return why->code;
    }
    return status;
}

enum status registers_read(struct registers *registers, const struct rules *rules, const char *path,
                           struct reject_limit limit, bool wants_sha256, struct fail *why)
{
    const size_t first = registers->account_count;
    struct source *source = NULL;
    char sha256[SHA256_TEXT] = "";
    uint64_t bytes = 0;
    enum status status = source_open(&source, path, why);

    if (status == STATUS_OK && !wants_sha256)
        source_skip_sha256(source);
    if (status == STATUS_OK)
        status = read_members(registers, rules, source, limit, why);
    if (status == STATUS_OK && registers->account_count == first)
        status = fail_set(why, STATUS_DATA, "is an archive without a file in it");
    if (status == STATUS_OK)
        status = source_end(source, sha256, &bytes, why);
    for (size_t i = first; i < registers->account_count; i++) {
        memcpy(registers->accounts[i].sha256, sha256, sizeof sha256);
        registers->accounts[i].bytes = bytes;
    }
    source_free(source);
    return status == STATUS_OK ? status : fail_in(why, source_shown(path), why->line);
}
