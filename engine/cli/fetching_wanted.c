#include "cli/fetching_internal.h"

#include <sys/stat.h>
#include <time.h>

/* --- what is there --------------------------------------------------------------------------- */

/* The kept file of the dataset's extract that has a month. */
static const struct store_file *find_month(const struct fetching_run *run, month_t month)
{
    size_t count = 0;
    const struct store_file *const files =
        run->store != NULL ? store_files(run->store, &count) : NULL;

    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < files[i].summary.month_count; m++)
            if (files[i].parts[m].state == PART_KEPT && files[i].parts[m].month == month &&
                strcmp(files[i].extract, run->job->dataset) == 0)
                return &files[i];
    return NULL;
}

/* Without a receipt, as of a month that was added by hand: published after it was added. */
static bool is_later(const struct fetching_run *run, const struct store_file *file,
                     const char *version)
{
    size_t count;
    const char *const added = store_additions(run->store, &count)[file->addition].added;

    return version[0] != '\0' && strncmp(version, added, 19) > 0;
}

static enum offer_state state_in_store(const struct fetching_run *run, const struct offer *offer)
{
    const struct store_file *const file = find_month(run, offer->month);
    const struct receipt *const receipt = receipts_find(&run->receipts, offer->stem);

    if (file == NULL)
        return OFFER_NEW;
    if (strcmp(file->series, offer->series) != 0)
        return offer->rank == 0 ? OFFER_BETTER : OFFER_HAVE;
    if (receipt != NULL)
        return strcmp(receipt->version, offer->version) == 0 ? OFFER_HAVE : OFFER_REPUBLISHED;
    return is_later(run, file, offer->version) ? OFFER_REPUBLISHED : OFFER_HAVE;
}

static bool is_file(const char *folder, const char *stem, const char *ending)
{
    char path[4352];
    struct stat about;

    snprintf(path, sizeof path, "%s/%s%s", folder, stem, ending);
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static enum offer_state state_in_folder(const struct fetching_run *run, const struct offer *offer)
{
    const struct receipt *const receipt = receipts_find(&run->receipts, offer->stem);

    if (!is_file(run->job->folder, offer->stem, ".zip") &&
        !is_file(run->job->folder, offer->stem, ".csv") &&
        !is_file(run->job->folder, offer->stem, ""))
        return OFFER_NEW;
    if (offer->portal->kind == PORTAL_FILES) /* nobody says whether it is a new one */
        return OFFER_NEW;
    return receipt != NULL && strcmp(receipt->version, offer->version) != 0 ? OFFER_REPUBLISHED
                                                                            : OFFER_HAVE;
}

enum offer_state fetching_state(const struct fetching_run *run, const struct offer *offer)
{
    return run->job->folder != NULL ? state_in_folder(run, offer) : state_in_store(run, offer);
}

/* --- what is wanted -------------------------------------------------------------------------- */

month_t fetching_this_month(void)
{
    const time_t now = time(NULL);
    struct tm parts;

    gmtime_r(&now, &parts);
    return month_of(parts.tm_year + 1900, parts.tm_mon + 1);
}

month_t fetching_latest(const struct catalogue *catalogue)
{
    return catalogue->count > 0 ? catalogue->offers[catalogue->count - 1].month : MONTH_NONE;
}

bool fetching_wants(const struct fetching_run *run, size_t at)
{
    const struct fetching_job *const job = run->job;
    const struct offer *const offer = &run->catalogue.offers[at];

    if (offer->month == MONTH_NONE)
        return true;
    if (offer->portal->kind == PORTAL_CKAN && at > 0 &&
        run->catalogue.offers[at - 1].month == offer->month)
        return false; /* a better package has it */
    if (wanted_names(&job->wanted, offer->month) ||
        (job->wanted.latest && offer->month == fetching_latest(&run->catalogue)))
        return true;
    return job->wanted.missing && (job->from == MONTH_NONE || offer->month >= job->from);
}

/* Months that are named must be there. */
enum status fetching_check_named(const struct fetching_run *run, struct fail *why)
{
    const struct catalogue *const all = &run->catalogue;
    char text[MONTH_TEXT];
    char latest[MONTH_TEXT];

    for (size_t i = 0; i < run->job->wanted.count; i++)
        for (month_t month = run->job->wanted.ranges[i].from;
             month <= run->job->wanted.ranges[i].to; month++) {
            bool found = all->count > 0 && all->offers[0].month == MONTH_NONE;

            for (size_t o = 0; o < all->count; o++)
                found = found || all->offers[o].month == month;
            if (!found)
                return fail_set(why, STATUS_NO_INPUT,
                                "the portal does not have %s of %s; its latest month is %s",
                                month_print(month, text), run->job->dataset,
                                all->count > 0 ? month_print(fetching_latest(all), latest)
                                               : "none");
        }
    return STATUS_OK;
}
