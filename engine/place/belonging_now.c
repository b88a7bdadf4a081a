#include "place/belonging_internal.h"

#include <stdlib.h>

/* The latest that is known of an organisation's parent at a level. */
struct latest {
    month_t month; /* MONTH_NONE: nothing */
    uint32_t organisation;
    bool divided; /* in that month several: of a sub-ICB or an ICB only */
};

struct today {
    struct belonging *belonging;
    size_t counts[LEVELS];         /* organisations when this was made */
    struct latest *latest[LEVELS]; /* counts[level] rows of LEVELS */
    uint32_t *memo[LEVELS];        /* of a practice or trust, LEVELS organisations; */
    bool *known[LEVELS];           /* where this is set */
};

static struct latest *latest_of(const struct today *today, enum level level, uint32_t organisation,
                                enum level parent)
{
    return organisation < today->counts[level]
               ? &today->latest[level][(size_t)organisation * LEVELS + parent]
               : NULL;
}

/* PDPI says 00T and EPD 00T00 of one sub-ICB: the longer one stands for both. */
static uint32_t canonical(const struct today *today, enum level level, uint32_t organisation)
{
    const struct places *const places = today->belonging->places;
    const char *const padding = today->belonging->rules->sub_icb_padding;
    char padded[64];
    struct view code;
    uint32_t longer;

    if (level != LEVEL_SUB_ICB || organisation == ORGANISATION_NONE || padding == NULL)
        return organisation;
    code = organisation_code(places, level, organisation);
    if (code.length + strlen(padding) > sizeof padded)
        return organisation;
    memcpy(padded, code.at, code.length);
    memcpy(padded + code.length, padding, strlen(padding));
    longer = intern_find(&places->levels[level].codes,
                         (struct view){padded, code.length + strlen(padding)});
    return longer != INTERN_NONE ? longer : organisation;
}

/* --- evidence ---------------------------------------------------------------------- */

static void offer(struct latest *latest, month_t month, uint32_t organisation)
{
    if (latest == NULL || organisation == ORGANISATION_NONE || month < latest->month)
        return;
    latest->divided =
        month == latest->month && (latest->divided || latest->organisation != organisation);
    latest->month = month;
    latest->organisation = organisation;
}

/* What an extract says of a practice (or trust), of its sub-ICB and of its ICB. */
static void offer_stay(struct today *today, const struct stay *stay)
{
    const struct places *const places = today->belonging->places;
    uint32_t organisations[LEVELS];
    enum level base;

    for (int level = 0; level < LEVELS; level++)
        organisations[level] =
            canonical(today, (enum level)level,
                      place_organisation(places, stay->presence.place, (enum level)level));
    base = base_level(organisations);
    for (enum level parent = LEVEL_PCN; parent <= LEVEL_REGION; parent++) {
        const month_t month = stay->presence.month;

        offer(latest_of(today, base, organisations[base], parent), month, organisations[parent]);
        if (organisations[LEVEL_SUB_ICB] != ORGANISATION_NONE && parent > LEVEL_SUB_ICB)
            offer(latest_of(today, LEVEL_SUB_ICB, organisations[LEVEL_SUB_ICB], parent), month,
                  organisations[parent]);
        if (organisations[LEVEL_ICB] != ORGANISATION_NONE && parent > LEVEL_ICB)
            offer(latest_of(today, LEVEL_ICB, organisations[LEVEL_ICB], parent), month,
                  organisations[parent]);
    }
}

/* How late the word of a membership is: the day it ended, else the day of its register. */
static month_t membership_month(const struct belonging *belonging,
                                const struct membership *membership)
{
    const month_t month =
        membership->to != DATE_NONE
            ? date_month(membership->to)
            : date_month(belonging->placing->registers->accounts[membership->account].date);

    return month < belonging->today ? month : belonging->today;
}

/* A register of a later month than the extracts knows better; of the same one not. */
static enum status offer_registered(struct today *today, enum level base, uint32_t organisation,
                                    struct fail *why)
{
    struct belonging *const belonging = today->belonging;
    const uint32_t number = register_number(belonging, base, organisation);
    uint32_t ignored;
    enum status status = STATUS_OK;

    if (number == INTERN_NONE)
        return STATUS_OK;
    status = take_registered(belonging, base, number, &ignored, why); /* for its name */
    for (enum level parent = LEVEL_PCN; parent <= LEVEL_REGION && status == STATUS_OK; parent++) {
        struct latest *const latest = latest_of(today, base, organisation, parent);
        const struct membership *const membership = registers_last_parent(
            belonging->placing->registers, base, number, parent, belonging->today);

        if (membership == NULL || (latest->month != MONTH_NONE &&
                                   membership_month(belonging, membership) <= latest->month))
            continue;
        latest->month = membership_month(belonging, membership);
        status = take_registered(belonging, parent, membership->parent, &latest->organisation, why);
    }
    return status;
}

/* --- successors ----------------------------------------------------------------------- */

/* The organisation that extracts or registers of the time since the rule call so. */
static uint32_t find_named(const struct organisations *all, const struct succession *rule)
{
    uint32_t found = ORGANISATION_NONE;

    for (uint32_t i = 0; rule->to_name != NULL && i < all->codes.count; i++)
        if (all->names[i].month >= date_month(rule->date) &&
            view_equal_nocase(all->names[i].text, view_of(rule->to_name)))
            found = i;
    return found;
}

/* By its code; by its name where the files have the name under another code; where they have
 * neither it gets the code of the rule.  ORGANISATION_NONE where the rule knows neither. */
static enum status find_successor(struct today *today, const struct succession *rule,
                                  enum level level, uint32_t *successor, struct fail *why)
{
    struct belonging *const belonging = today->belonging;
    const struct organisations *const all = &belonging->places->levels[level];

    *successor = find_named(all, rule);
    if (rule->to_code == NULL || (*successor != ORGANISATION_NONE &&
                                  intern_find(&all->codes, view_of(rule->to_code)) == INTERN_NONE))
        return STATUS_OK;
    return places_name(belonging->places, level, view_of(rule->to_code),
                       rule->to_name != NULL ? view_of(rule->to_name) : view_of(""),
                       date_month(rule->date), successor, why);
}

static bool lists(const struct text_list *list, struct view code)
{
    for (size_t i = 0; i < list->count; i++)
        if (view_is(code, list->texts[i]))
            return true;
    return false;
}

/* What is known of whom a succession is looked for. */
struct heir {
    uint32_t practice; /* ORGANISATION_NONE where it is none, or does not matter */
    uint32_t sub_icb;
};

/* True where the organisation is the rule's, and the day of the rule is past. */
static bool is_due(const struct today *today, const struct succession *rule, enum level level,
                   uint32_t organisation)
{
    return strcmp(rule->level, level_text(level)) == 0 && organisation != ORGANISATION_NONE &&
           date_month(rule->date) <= today->belonging->today &&
           view_is(organisation_code(today->belonging->places, level, organisation),
                   rule->from_code);
}

/* The same, and the heir is of the part that the rule is about. */
static bool concerns(const struct today *today, const struct succession *rule, enum level level,
                     uint32_t organisation, const struct heir *heir)
{
    const struct places *const places = today->belonging->places;

    if (!is_due(today, rule, level, organisation))
        return false;
    if (rule->practices.count > 0)
        return heir->practice != ORGANISATION_NONE &&
               lists(&rule->practices, organisation_code(places, LEVEL_PRACTICE, heir->practice));
    for (size_t i = 0; i < rule->sub_icbs.count; i++)
        if (heir->sub_icb != ORGANISATION_NONE &&
            places_find(places, today->belonging->rules->sub_icb_padding, LEVEL_SUB_ICB,
                        view_of(rule->sub_icbs.texts[i])) == heir->sub_icb)
            return true;
    return rule->sub_icbs.count == 0;
}

/* Follows the rules, which stand by date, from what was known in a month. */
static enum status succeed(struct today *today, enum level level, month_t known,
                           const struct heir *heir, uint32_t *organisation, struct fail *why)
{
    const struct rules *const rules = today->belonging->rules;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->successions.count && status == STATUS_OK; i++) {
        const struct succession *const rule = rules->successions.list[i];
        uint32_t successor = ORGANISATION_NONE;

        if (date_month(rule->date) <= known || !concerns(today, rule, level, *organisation, heir))
            continue;
        status = find_successor(today, rule, level, &successor, why);
        if (successor != ORGANISATION_NONE)
            *organisation = successor;
    }
    return status;
}

/* --- a practice or a trust ---------------------------------------------------------------- */

/* Where a parent is known for a later month, and undivided, it stands for its children. */
static void follow(const struct today *today, enum level level, uint32_t organisation,
                   enum level parent, struct latest *known)
{
    const struct latest *const latest =
        organisation == ORGANISATION_NONE ? NULL : latest_of(today, level, organisation, parent);

    if (latest != NULL && latest->month > known->month && !latest->divided)
        *known = *latest;
}

static enum status find_today(struct today *today, enum level base, uint32_t organisation,
                              uint32_t *found, struct fail *why)
{
    struct latest known[LEVELS];
    struct heir heir = {base == LEVEL_PRACTICE ? organisation : ORGANISATION_NONE,
                        ORGANISATION_NONE};
    uint32_t icb;
    enum status status;

    for (int level = 0; level < LEVELS; level++)
        known[level] = *latest_of(today, base, organisation, (enum level)level);
    for (enum level level = LEVEL_PCN; level <= LEVEL_SUB_ICB; level++)
        found[level] = known[level].month == MONTH_NONE
                           ? ORGANISATION_NONE
                           : canonical(today, level, known[level].organisation);
    status = succeed(today, LEVEL_SUB_ICB, known[LEVEL_SUB_ICB].month, &heir, &found[LEVEL_SUB_ICB],
                     why);
    heir.sub_icb = found[LEVEL_SUB_ICB];
    follow(today, LEVEL_SUB_ICB, found[LEVEL_SUB_ICB], LEVEL_ICB, &known[LEVEL_ICB]);
    icb = known[LEVEL_ICB].month == MONTH_NONE ? ORGANISATION_NONE : known[LEVEL_ICB].organisation;
    found[LEVEL_ICB] = icb;
    if (status == STATUS_OK)
        status = succeed(today, LEVEL_ICB, known[LEVEL_ICB].month, &heir, &found[LEVEL_ICB], why);
    follow(today, LEVEL_ICB, found[LEVEL_ICB], LEVEL_REGION, &known[LEVEL_REGION]);
    found[LEVEL_REGION] = known[LEVEL_REGION].month == MONTH_NONE
                              ? ORGANISATION_NONE
                              : known[LEVEL_REGION].organisation;
    return status;
}

/* A successor's own parents; what is not known of it stays as it was. */
static enum status take_over(struct today *today, enum level base, uint32_t successor,
                             uint32_t *found, struct fail *why)
{
    uint32_t own[LEVELS];
    enum status status;

    if (successor >= today->counts[base])
        return STATUS_OK;
    status = offer_registered(today, base, successor, why);
    for (int level = 0; level < LEVELS; level++)
        own[level] = ORGANISATION_NONE;
    if (status == STATUS_OK)
        status = find_today(today, base, successor, own, why);
    for (enum level level = LEVEL_PCN; level <= LEVEL_REGION; level++)
        if (own[level] != ORGANISATION_NONE)
            found[level] = own[level];
    return status;
}

/* The organisation that stands for a practice or trust today, and its parents. */
static enum status remember(struct today *today, enum level base, uint32_t organisation,
                            struct fail *why)
{
    uint32_t *const found = &today->memo[base][(size_t)organisation * LEVELS];
    uint32_t successor = organisation;
    enum status status;

    for (int level = 0; level < LEVELS; level++)
        found[level] = ORGANISATION_NONE;
    today->known[base][organisation] = true;
    status = succeed(today, base, MONTH_NONE, &(struct heir){ORGANISATION_NONE, ORGANISATION_NONE},
                     &successor, why);
    if (status == STATUS_OK)
        status = offer_registered(today, base, organisation, why);
    if (status == STATUS_OK)
        status = find_today(today, base, organisation, found, why);
    if (status == STATUS_OK && successor != organisation)
        status = take_over(today, base, successor, found, why);
    found[base] = successor;
    return status;
}

enum status today_place(struct today *today, uint32_t organisations[LEVELS], struct fail *why)
{
    const enum level base = base_level(organisations);
    const uint32_t organisation = organisations[base];
    enum status status = STATUS_OK;

    if (organisation == ORGANISATION_NONE)
        return STATUS_OK;
    if (!today->known[base][organisation])
        status = remember(today, base, organisation, why);
    organisations[base] = today->memo[base][(size_t)organisation * LEVELS + base];
    for (enum level level = LEVEL_PCN; level <= LEVEL_REGION; level++)
        organisations[level] = today->memo[base][(size_t)organisation * LEVELS + level];
    return status;
}

/* --- making --------------------------------------------------------------------------------- */

/* Successors by code get their number first, so that everything has its row. */
static enum status name_successors(struct today *today, struct fail *why)
{
    struct belonging *const belonging = today->belonging;
    const struct rules *const rules = belonging->rules;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < rules->successions.count && status == STATUS_OK; i++) {
        const struct succession *const rule = rules->successions.list[i];

        for (int at = 0; at < LEVELS && status == STATUS_OK; at++) {
            const enum level level = (enum level)at;
            const uint32_t from =
                intern_find(&belonging->places->levels[level].codes, view_of(rule->from_code));
            uint32_t ignored;

            if (from != INTERN_NONE && is_due(today, rule, level, from))
                status = find_successor(today, rule, level, &ignored, why);
        }
    }
    return status;
}

static enum status make_rows(struct today *today, struct fail *why)
{
    for (int level = 0; level < LEVELS; level++) {
        const size_t count = today->belonging->places->levels[level].codes.count;

        today->counts[level] = count;
        today->latest[level] = calloc(count * LEVELS + 1, sizeof *today->latest[level]);
        today->memo[level] = calloc(count * LEVELS + 1, sizeof *today->memo[level]);
        today->known[level] = calloc(count + 1, sizeof *today->known[level]);
        if (today->latest[level] == NULL || today->memo[level] == NULL ||
            today->known[level] == NULL)
            return fail_nomem(why);
    }
    return STATUS_OK;
}

enum status today_new(struct today **today, struct belonging *belonging, struct fail *why)
{
    struct today *const made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        return fail_nomem(why);
    *today = made;
    made->belonging = belonging;
    status = name_successors(made, why);
    if (status == STATUS_OK)
        status = make_rows(made, why);
    for (size_t i = 0; i < belonging->stay_count && status == STATUS_OK; i++)
        if (belonging->stays[i].home)
            offer_stay(made, &belonging->stays[i]);
    return status;
}

void today_free(struct today *today)
{
    if (today == NULL)
        return;
    for (int level = 0; level < LEVELS; level++) {
        free(today->latest[level]);
        free(today->memo[level]);
        free(today->known[level]);
    }
    free(today);
}
