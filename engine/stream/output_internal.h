#ifndef STREAM_OUTPUT_INTERNAL_H
#define STREAM_OUTPUT_INTERNAL_H

/* Between output.c (files), output_folder.c (the temporary folder), output_commit.c (taking the
 * place of the old set) and output_live.c (interruption). */

#include "stream/output.h"

#include <dirent.h>
#include <sys/stat.h>

#define OUTPUT_NAME 256 /* a name in a folder, with its NUL */

struct output_file {
    char *name;
    FILE *file;
    char *buffer; /* of the file while it is open */
    bool placed;  /* has its real name */
};

struct output {
    char *folder; /* as it was given, for messages */
    char *real;   /* without links */
    int made;     /* folders made by us, from the last one up: they go if nothing is committed */
    bool committed;
    int folder_fd;
    const struct output_kind *kind; /* or NULL */
    int parent_fd;                  /* where the temporary folder is */
    bool beside;                    /* it is beside the result folder, not in it */
    int staging_fd;                 /* -1 until the first file; locked while we live */
    char staging_name[OUTPUT_NAME];
    char *staging;   /* its path */
    char *temporary; /* that of a folder in it, for libraries */
    struct output_file *files;
    size_t count;
    size_t room;
    struct output *next_live;
};

/* Errors in the set's own words: folder/name and errno's text. */
enum status output_fail(const struct output *output, const char *name, enum status code,
                        const char *what, struct fail *why);

/* Makes the temporary folder, after clearing those of dead runs. */
MUST_USE
enum status output_stage(struct output *output, struct fail *why);

/* Removes the temporary folder and all in it. */
void output_unstage(struct output *output);

/* A folder with its files and those of its folders; false when it is still there. */
bool output_remove_folder(int parent, const char *name);

/* In the temporary folder, not a part of the set. */
#define OUTPUT_WORK ".work"

/* Opens a folder in another, never through a link; -1 with errno. */
int output_open_folder(int parent, const char *name);

/* The entries of a folder but . and ..; `read` may remove them.  False when it could not be read,
 * or `read` said so. */
typedef bool output_reader(void *context, int folder, const char *name, const struct stat *about);
bool output_each(int folder, output_reader *read, void *context);

/* ".name.123.tmp", as older versions left behind; the part between the first dot and the number. */
bool output_is_old_temporary(const char *name, char *part, size_t size);

/* What people open: it goes before all others and comes after them. */
bool output_is_face(const char *name);

/* "packs" of "packs/x.html" into out; false for a plain name. */
bool output_subfolder(const char *name, char *out, size_t size);

/* Everything written: the files take their places. */
MUST_USE
enum status output_place(struct output *output, struct fail *why);

/* One walk over the files of a set in its folder and the folders in it. */
struct output_walk {
    const struct output *output;
    const char *folder; /* "packs", or NULL at the top */
    bool (*on_file)(struct output_walk *walk, const char *name);
    bool strangers_stop; /* else they are skipped */
    void *more;          /* of on_file */
};
bool output_walk(struct output_walk *walk);

/* Where the folders cannot change places. */
MUST_USE
enum status output_place_by_name(struct output *output, struct fail *why);

/* The list of sets that an interruption must clear; the lock is held while folders are made,
 * removed or change places. */
void output_live_add(struct output *output);
/* With its temporary folder. */
void output_live_remove(struct output *output);
void output_lock(void);
void output_unlock(void);

#endif
