#define _GNU_SOURCE
#include "stream/output_internal.h"

#include "base/grow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OLD ".old" /* in the temporary folder: what was at the places */
#define MOST_FOLDERS 16

/* A folder of the set, the first being the top.  All are opened before a file moves, so that the
 * way back needs neither memory nor another open file. */
struct place {
    char name[OUTPUT_NAME];
    int here;  /* -1: not open */
    int away;  /* where its old files go */
    bool made; /* by us */
};

struct old_file {
    size_t place;
    char *name;
    bool away;
};

struct by_name {
    struct output *output;
    struct place places[MOST_FOLDERS];
    size_t place_count;
    struct old_file *olds;
    size_t old_count;
    size_t old_room;
};

static bool is_seal(const struct output *output, const char *name)
{
    return output->kind != NULL && strcmp(name, output->kind->seal) == 0;
}

/* The number of the folder, a new one perhaps; MOST_FOLDERS when there are too many. */
static size_t place_of(struct by_name *by, const char *name)
{
    for (size_t i = 0; i < by->place_count; i++)
        if (strcmp(by->places[i].name, name) == 0)
            return i;
    if (by->place_count == MOST_FOLDERS) {
        errno = ENOSPC;
        return MOST_FOLDERS;
    }
    by->places[by->place_count] = (struct place){.here = -1, .away = -1};
    snprintf(by->places[by->place_count].name, OUTPUT_NAME, "%s", name);
    return by->place_count++;
}

static size_t place_of_file(struct by_name *by, const struct output_file *slot)
{
    char folder[OUTPUT_NAME];

    return place_of(by, output_subfolder(slot->name, folder, sizeof folder) ? folder : "");
}

static const char *leaf_of(const struct output_file *slot)
{
    const char *const slash = strrchr(slot->name, '/');

    return slash != NULL ? slash + 1 : slot->name;
}

static bool note_old(struct output_walk *walk, const char *name)
{
    struct by_name *const by = walk->more;
    const size_t place = place_of(by, walk->folder != NULL ? walk->folder : "");

    if (place == MOST_FOLDERS)
        return false;
    if (!grow(&by->olds, &by->old_room, by->old_count + 1, sizeof *by->olds) ||
        (by->olds[by->old_count].name = strdup(name)) == NULL) {
        errno = ENOMEM;
        return false;
    }
    by->olds[by->old_count].place = place;
    by->olds[by->old_count++].away = false;
    return true;
}

/* Both ends of the way that old files go. */
static bool open_ends(const struct by_name *by, struct place *place)
{
    char away[OUTPUT_NAME + sizeof OLD];
    const int staging = by->output->staging_fd;

    if (place->name[0] == '\0')
        snprintf(away, sizeof away, OLD);
    else
        snprintf(away, sizeof away, OLD "-%s", place->name);
    if (place->here < 0)
        place->here = output_open_folder(by->output->folder_fd, place->name);
    if (place->here < 0 || mkdirat(staging, away, 0700) != 0)
        return false;
    place->away = output_open_folder(staging, away);
    return place->away >= 0;
}

static bool find_olds(struct by_name *by)
{
    struct output_walk walk = {.output = by->output, .on_file = note_old, .more = by};

    by->places[0] =
        (struct place){.here = output_open_folder(by->output->folder_fd, "."), .away = -1};
    by->place_count = 1;
    if (by->places[0].here < 0)
        return false;
    if (by->output->kind == NULL)
        return true;
    if (!output_walk(&walk))
        return false;
    for (size_t i = 0; i < by->place_count; i++)
        if (!open_ends(by, &by->places[i]))
            return false;
    return true;
}

/* What people open first, then the seal, then all others. */
static bool put_away(struct by_name *by)
{
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < by->old_count; i++) {
            struct old_file *const old = &by->olds[i];
            const struct place *const place = &by->places[old->place];
            const int own = output_is_face(old->name)                           ? 0
                            : old->place == 0 && is_seal(by->output, old->name) ? 1
                                                                                : 2;

            if (own != turn)
                continue;
            if (renameat(place->here, old->name, place->away, old->name) != 0)
                return false;
            old->away = true;
        }
    return by->output->kind == NULL || fsync(by->places[0].here) == 0 || errno == EINVAL;
}

/* Folders that only the new set has. */
static bool make_places(struct by_name *by)
{
    for (size_t i = 0; i < by->output->count; i++) {
        const size_t number = place_of_file(by, &by->output->files[i]);
        struct place *place;

        if (number == MOST_FOLDERS)
            return false;
        place = &by->places[number];
        if (place->here >= 0)
            continue;
        place->made = mkdirat(by->places[0].here, place->name, 0777) == 0;
        if (!place->made && errno != EEXIST)
            return false;
        place->here = output_open_folder(by->places[0].here, place->name);
        if (place->here < 0)
            return false;
    }
    return true;
}

static bool place_file(struct by_name *by, struct output_file *slot)
{
    const struct place *const place = &by->places[place_of_file(by, slot)];

    slot->placed = renameat(by->output->staging_fd, slot->name, place->here, leaf_of(slot)) == 0;
    return slot->placed;
}

/* Others, then what people open, then the seal; NULL, or the file that could not be placed. */
static const struct output_file *place_all(struct by_name *by)
{
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < by->output->count; i++) {
            struct output_file *const slot = &by->output->files[i];
            const int own = is_seal(by->output, slot->name) ? 2
                            : output_is_face(slot->name)    ? 1
                                                            : 0;

            if (own == turn && !place_file(by, slot))
                return slot;
        }
    return NULL;
}

static bool sync_places(const struct by_name *by)
{
    for (size_t i = by->place_count; i-- > 0;)
        if (by->places[i].here >= 0 && fsync(by->places[i].here) != 0 && errno != EINVAL)
            return false;
    return true;
}

/* The new files go and the old ones come back; by another call where the first does not work. */
static void undo(struct by_name *by)
{
    const int error = errno;

    for (size_t i = 0; i < by->output->count; i++)
        if (by->output->files[i].placed)
            unlinkat(by->places[place_of_file(by, &by->output->files[i])].here,
                     leaf_of(&by->output->files[i]), 0);
    for (size_t i = 1; i < by->place_count; i++)
        if (by->places[i].made)
            unlinkat(by->places[0].here, by->places[i].name, AT_REMOVEDIR);
    for (size_t i = 0; i < by->old_count; i++) {
        struct old_file *const old = &by->olds[i];
        const struct place *const place = &by->places[old->place];

        if (old->away)
            old->away = renameat(place->away, old->name, place->here, old->name) != 0 &&
                        linkat(place->away, old->name, place->here, old->name, 0) != 0;
    }
    errno = error;
}

static enum status fail_by_name(struct by_name *by, const struct output_file *stuck,
                                const char *what, struct fail *why)
{
    undo(by);
    return output_fail(by->output, stuck != NULL ? stuck->name : "", STATUS_CANT_CREATE, what, why);
}

static enum status place_in_order(struct by_name *by, struct fail *why)
{
    const struct output_file *stuck;

    if (!find_olds(by) || !put_away(by))
        return fail_by_name(by, NULL, "the files of the run before cannot be moved away", why);
    if (!make_places(by))
        return fail_by_name(by, NULL, "a folder in it cannot be made", why);
    stuck = place_all(by);
    if (stuck != NULL)
        return fail_by_name(by, stuck, "cannot be renamed", why);
    if (!sync_places(by)) {
        fail_by_name(by, NULL, "cannot be written", why);
        return why->code = why->code == STATUS_CANT_CREATE ? STATUS_IO : why->code;
    }
    for (size_t i = 1; i < by->place_count; i++) /* unless there is something in it */
        unlinkat(by->places[0].here, by->places[i].name, AT_REMOVEDIR);
    return STATUS_OK;
}

enum status output_place_by_name(struct output *output, struct fail *why)
{
    struct by_name by = {.output = output};
    const enum status status = place_in_order(&by, why);

    for (size_t i = 0; i < by.place_count; i++) {
        if (by.places[i].here >= 0)
            close(by.places[i].here);
        if (by.places[i].away >= 0)
            close(by.places[i].away);
    }
    for (size_t i = 0; i < by.old_count; i++)
        free(by.olds[i].name);
    free(by.olds);
    return status;
}
