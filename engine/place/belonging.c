#include "place/belonging_internal.h"

#include "base/grow.h"

#include <stdlib.h>

const char *places_view_text(enum places_view view)
{
    return view == PLACES_NOW ? "now" : "then";
}

enum level base_level(const uint32_t organisations[LEVELS])
{
    return organisations[LEVEL_PRACTICE] == ORGANISATION_NONE &&
                   organisations[LEVEL_TRUST] != ORGANISATION_NONE
               ? LEVEL_TRUST
               : LEVEL_PRACTICE;
}

uint32_t register_number(const struct belonging *belonging, enum level level, uint32_t organisation)
{
    if (belonging->placing->registers == NULL || organisation == ORGANISATION_NONE)
        return INTERN_NONE;
    return registers_find(belonging->placing->registers, belonging->rules, level,
                          organisation_code(belonging->places, level, organisation));
}

enum status take_registered(struct belonging *belonging, enum level level, uint32_t number,
                            uint32_t *organisation, struct fail *why)
{
    const struct places *const names = &belonging->placing->registers->names;
    const struct dated_name *const name = &names->levels[level].names[number];
    const struct view code = organisation_code(names, level, number);
    const uint32_t known =
        places_find(belonging->places, belonging->rules->sub_icb_padding, level, code);

    return places_name(belonging->places, level,
                       known != INTERN_NONE ? organisation_code(belonging->places, level, known)
                                            : code,
                       name->text, name->month, organisation, why);
}

/* --- stays ------------------------------------------------------------------------ */

static void read_place(const struct belonging *belonging, uint32_t place, uint32_t *organisations)
{
    for (int level = 0; level < LEVELS; level++)
        organisations[level] = place_organisation(belonging->places, place, (enum level)level);
}

static void add_stay(struct belonging *belonging, const struct presence *presence)
{
    belonging->stays[belonging->stay_count++] =
        (struct stay){.presence = *presence, .patients = -1, .home = true};
    if (presence->month > belonging->today)
        belonging->today = presence->month;
}

/* The months of each place, from its first to its last. */
static enum status find_spans(struct belonging *belonging, struct fail *why)
{
    const size_t places = places_count(belonging->places);
    month_t *const last = calloc(places + 1, sizeof *last);

    belonging->first = calloc(places + 1, sizeof *belonging->first);
    belonging->starts = calloc(places + 2, sizeof *belonging->starts);
    if (last == NULL || belonging->first == NULL || belonging->starts == NULL) {
        free(last);
        return fail_nomem(why);
    }
    for (size_t i = 0; i < belonging->stay_count; i++) {
        const struct presence *const at = &belonging->stays[i].presence;
        month_t *const first = &belonging->first[at->place];

        if (*first == MONTH_NONE || at->month < *first)
            *first = at->month;
        if (at->month > last[at->place])
            last[at->place] = at->month;
    }
    for (size_t i = 0; i < places; i++)
        belonging->starts[i + 1] =
            belonging->starts[i] +
            (belonging->first[i] == MONTH_NONE ? 0 : (size_t)(last[i] - belonging->first[i]) + 1);
    free(last);
    return STATUS_OK;
}

static enum status index_stays(struct belonging *belonging, struct fail *why)
{
    const size_t places = places_count(belonging->places);
    enum status status = find_spans(belonging, why);

    if (status != STATUS_OK)
        return status;
    belonging->numbers = calloc(belonging->starts[places] + 1, sizeof *belonging->numbers);
    if (belonging->numbers == NULL)
        return fail_nomem(why);
    for (size_t i = 0; i < belonging->stay_count; i++) {
        const struct presence *const at = &belonging->stays[i].presence;

        belonging->numbers[belonging->starts[at->place] +
                           (size_t)(at->month - belonging->first[at->place])] = (uint32_t)i;
    }
    return STATUS_OK;
}

const struct stay *belonging_stay(const struct belonging *belonging, uint32_t place, month_t month)
{
    return &belonging->stays[belonging->numbers[belonging->starts[place] +
                                                (size_t)(month - belonging->first[place])]];
}

size_t belonging_count(const struct belonging *belonging)
{
    return belonging->stay_count;
}

const struct stay *belonging_at(const struct belonging *belonging, size_t index)
{
    return &belonging->stays[index];
}

/* Most rows first, then by codes, so that the order of files does not matter. */
static bool is_better_home(const struct belonging *belonging, const struct stay *stay,
                           const struct stay *than)
{
    int order = 0;

    if (stay->presence.rows != than->presence.rows)
        return stay->presence.rows > than->presence.rows;
    for (int level = 0; level < LEVELS && order == 0; level++) {
        const uint32_t one =
            place_organisation(belonging->places, stay->presence.place, (enum level)level);
        const uint32_t other =
            place_organisation(belonging->places, than->presence.place, (enum level)level);

        order = one == ORGANISATION_NONE || other == ORGANISATION_NONE
                    ? (one == ORGANISATION_NONE) - (other == ORGANISATION_NONE)
                    : view_compare(organisation_code(belonging->places, (enum level)level, one),
                                   organisation_code(belonging->places, (enum level)level, other));
    }
    return order < 0;
}

/* Of the places of one practice (or trust) in one month one is its home. */
static enum status find_homes(struct belonging *belonging, struct fail *why)
{
    const size_t count = belonging->stay_count;
    struct intern bases = {0};
    uint32_t *const homes = calloc(count + 1, sizeof *homes);
    enum status status = homes != NULL ? STATUS_OK : fail_nomem(why);

    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        struct stay *const stay = &belonging->stays[i];
        uint32_t organisations[LEVELS];
        uint32_t key[3];
        uint32_t number;
        const size_t before = bases.count;

        read_place(belonging, stay->presence.place, organisations);
        key[0] = (uint32_t)base_level(organisations);
        key[1] = organisations[key[0]];
        key[2] = (uint32_t)stay->presence.month;
        status = intern_put(&bases, (struct view){(const char *)key, sizeof key}, &number, why);
        if (status != STATUS_OK)
            break;
        if (bases.count > before) {
            homes[number] = i;
        } else if (is_better_home(belonging, stay, &belonging->stays[homes[number]])) {
            belonging->stays[homes[number]].home = false;
            homes[number] = i;
        } else {
            stay->home = false;
        }
    }
    intern_release(&bases);
    free(homes);
    return status;
}

/* --- practices ----------------------------------------------------------------------- */

static enum status note_unidentified(struct belonging *belonging, const uint32_t *organisations,
                                     struct fail *why)
{
    const struct places *const places = belonging->places;
    const uint32_t practice = organisations[LEVEL_PRACTICE];
    const uint32_t sub_icb = organisations[LEVEL_SUB_ICB];
    const size_t before = belonging->unidentified_room;

    if (practice == ORGANISATION_NONE)
        return STATUS_OK;
    if (!grow(&belonging->unidentified, &belonging->unidentified_room, (size_t)practice + 1,
              sizeof *belonging->unidentified))
        return fail_nomem(why);
    if (belonging->unidentified_room > before)
        memset(belonging->unidentified + before, 0, belonging->unidentified_room - before);
    if (rules_unidentified(belonging->rules, organisation_code(places, LEVEL_PRACTICE, practice),
                           sub_icb == ORGANISATION_NONE
                               ? view_none()
                               : organisation_code(places, LEVEL_SUB_ICB, sub_icb)))
        belonging->unidentified[practice] = true;
    return STATUS_OK;
}

static void note_patients(const struct belonging *belonging, struct stay *stay,
                          const uint32_t *organisations)
{
    const uint32_t practice =
        register_number(belonging, LEVEL_PRACTICE, organisations[LEVEL_PRACTICE]);
    const struct list_size *const size =
        practice == INTERN_NONE
            ? NULL
            : registers_size(belonging->placing->registers, practice, stay->presence.month);

    if (size == NULL || size->patients == 0)
        return; /* nobody to divide by: its inhalers must not stand above others' patients */
    stay->patients = size->patients;
    stay->patients_month = size->month;
}

/* What the extract lacks, from registers whose word holds for that month. */
static enum status fill_from_registers(struct belonging *belonging, month_t month,
                                       uint32_t *organisations, struct fail *why)
{
    const enum level base = base_level(organisations);
    const uint32_t number = register_number(belonging, base, organisations[base]);
    uint32_t ignored;
    enum status status = STATUS_OK;

    if (number == INTERN_NONE)
        return STATUS_OK;
    status = take_registered(belonging, base, number, &ignored, why); /* for its name */
    for (enum level level = LEVEL_PCN; level <= LEVEL_REGION && status == STATUS_OK; level++) {
        const struct membership *const membership =
            organisations[level] != ORGANISATION_NONE
                ? NULL
                : registers_parent(belonging->placing->registers, base, number, level, month);

        if (membership != NULL)
            status =
                take_registered(belonging, level, membership->parent, &organisations[level], why);
    }
    return status;
}

/* --- the whole ------------------------------------------------------------------------ */

static enum status place_stay(struct belonging *belonging, struct today *today, struct stay *stay,
                              struct fail *why)
{
    uint32_t organisations[LEVELS];
    enum status status;

    read_place(belonging, stay->presence.place, organisations);
    note_patients(belonging, stay, organisations);
    status = note_unidentified(belonging, organisations, why);
    if (status == STATUS_OK && today != NULL)
        status = today_place(today, organisations, why);
    else if (status == STATUS_OK)
        status = fill_from_registers(belonging, stay->presence.month, organisations, why);
    return status == STATUS_OK
               ? belonging_keep_members(belonging, organisations, &stay->members, why)
               : status;
}

static enum status place_all(struct belonging *belonging, struct fail *why)
{
    struct today *today = NULL;
    enum status status = STATUS_OK;

    if (belonging->placing->view == PLACES_NOW)
        status = today_new(&today, belonging, why);
    for (size_t i = 0; i < belonging->stay_count && status == STATUS_OK; i++)
        status = place_stay(belonging, today, &belonging->stays[i], why);
    today_free(today);
    return status;
}

enum status belonging_new(struct belonging **belonging, struct places *places,
                          const struct rules *rules, const struct placing *placing,
                          const struct presence *list, size_t count, struct fail *why)
{
    struct belonging *const made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL || (made->stays = calloc(count + 1, sizeof *made->stays)) == NULL) {
        free(made);
        return fail_nomem(why);
    }
    made->places = places;
    made->rules = rules;
    made->placing = placing;
    if (placing->registers != NULL)
        made->today = registers_latest(placing->registers);
    for (size_t i = 0; i < count; i++)
        add_stay(made, &list[i]);
    status = index_stays(made, why);
    if (status == STATUS_OK)
        status = find_homes(made, why);
    if (status == STATUS_OK)
        status = place_all(made, why);
    if (status != STATUS_OK) {
        belonging_free(made);
        return status;
    }
    *belonging = made;
    return STATUS_OK;
}

void belonging_free(struct belonging *belonging)
{
    if (belonging == NULL)
        return;
    free(belonging->first);
    free(belonging->starts);
    free(belonging->numbers);
    intern_release(&belonging->lists);
    intern_release(&belonging->tuples);
    free(belonging->list_of);
    free(belonging->stays);
    free(belonging->unidentified);
    free(belonging);
}
