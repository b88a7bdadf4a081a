/* A program of someone else: it knows the installed header and nothing more.
 *
 *     consumer read|feed OUT EXTRACT...    analyses, prints every value, reports
 *     consumer placed OUT REGISTER GROUPS EXTRACT   the same with today's organisations
 *     consumer misuse EXTRACT              tries what must be refused
 *
 * values are the columns of measures.csv that the API tells, divided by bars. */

#include <canister/canister.h>

#include <stdio.h>
#include <string.h>

static int give_up(struct canister *run, const char *what, enum canister_status status)
{
    fprintf(stderr, "consumer: %s: %s: %s\n", what, canister_strerror(status), canister_why(run));
    canister_close(run);
    return (int)status + 1;
}

/* Feeds a file in pieces of 1, 2, 3 ... bytes, so that every cut comes up. */
static enum canister_status feed(struct canister *run, const char *path)
{
    FILE *const file = fopen(path, "rb");
    enum canister_status status;
    char piece[4099];
    size_t length = 1;
    size_t got;

    if (file == NULL)
        return CANISTER_NO_INPUT;
    status = canister_feed_begin(run, path);
    while (status == CANISTER_OK && (got = fread(piece, 1, length, file)) > 0) {
        status = canister_feed(run, piece, got);
        length = length < sizeof piece ? length + 1 : 1;
    }
    fclose(file);
    return status == CANISTER_OK ? canister_feed_end(run) : status;
}

static int print_value(void *context, const struct canister_value *value)
{
    size_t *const count = context;

    printf("%s|%s|%s|%s|%s|%s|%s|%s|%s\n", value->measure, value->level, value->organisation_code,
           value->organisation_name, value->month, value->numerator, value->denominator,
           value->value, value->percentile);
    (*count)++;
    return 0;
}

static int stop_at_once(void *context, const struct canister_value *value)
{
    *(struct canister_value *)context = *value;
    return 1;
}

/* What canister_result finds is what canister_results shows. */
static int find_again(struct canister *run)
{
    struct canister_value first;
    struct canister_value found;

    memset(&first, 0, sizeof first);
    memset(&found, 0, sizeof found);
    return canister_results(run, stop_at_once, &first) == CANISTER_OK &&
           canister_result(run, first.measure, first.level, first.organisation_code, first.month,
                           &found) == CANISTER_OK &&
           strcmp(first.value, found.value) == 0 && strcmp(first.numerator, found.numerator) == 0 &&
           canister_result(run, first.measure, "parish", first.organisation_code, first.month,
                           &found) == CANISTER_USAGE;
}

static int analyse(const char *how, char **paths, int count, const char *out)
{
    const int placed = strcmp(how, "placed") == 0;
    const struct canister_options options = {.places_now = placed};
    struct canister *run = NULL;
    enum canister_status status = canister_open(&run, &options);
    size_t values = 0;

    if (placed && status == CANISTER_OK)
        status = canister_register(run, *paths++);
    if (placed && status == CANISTER_OK)
        status = canister_group(run, *paths++);
    count -= placed ? 2 : 0;
    for (int i = 0; i < count && status == CANISTER_OK; i++)
        status = strcmp(how, "feed") == 0 ? feed(run, paths[i]) : canister_read(run, paths[i]);
    if (status == CANISTER_OK)
        status = canister_finish(run);
    if (status == CANISTER_OK)
        status = canister_results(run, print_value, &values);
    if (status == CANISTER_OK)
        status = canister_report(run, out);
    if (status != CANISTER_OK)
        return give_up(run, how, status);
    if (values == 0 || !find_again(run))
        return give_up(run, "canister_result", CANISTER_BUG);
    canister_close(run);
    return 0;
}

#define EXPECT(call, wanted)                                                          \
    do {                                                                              \
        const enum canister_status got = (call);                                      \
        if (got != (wanted)) {                                                        \
            printf("%s is %s\n", #call, canister_strerror(got));                      \
            wrong++;                                                                  \
        } else if (got != CANISTER_OK && run != NULL && *canister_why(run) == '\0') { \
            printf("%s gives no reason\n", #call);                                    \
            wrong++;                                                                  \
        }                                                                             \
    } while (0)

static int misuse_order(const char *path)
{
    struct canister *run = NULL;
    struct canister_value value;
    int wrong = 0;

    EXPECT(canister_open(&run, NULL), CANISTER_OK);
    EXPECT(canister_feed(run, "x", 1), CANISTER_USAGE);
    EXPECT(canister_feed_end(run), CANISTER_USAGE);
    EXPECT(canister_report(run, "nowhere"), CANISTER_USAGE);
    EXPECT(canister_results(run, print_value, NULL), CANISTER_USAGE);
    EXPECT(canister_result(run, "inhalers", "nation", "E92000001", "2026-07", &value),
           CANISTER_USAGE);
    EXPECT(canister_feed_begin(run, "mine"), CANISTER_OK);
    EXPECT(canister_read(run, path), CANISTER_USAGE);
    EXPECT(canister_register(run, path), CANISTER_USAGE);
    EXPECT(canister_finish(run), CANISTER_USAGE);
    EXPECT(canister_feed(run, "nonsense\n", 9), CANISTER_OK); /* may be a title above the header */
    EXPECT(canister_feed_end(run), CANISTER_DATA);
    EXPECT(canister_read(run, path), CANISTER_USAGE);
    canister_close(run);
    return wrong;
}

static int misuse_files(const char *path)
{
    const struct canister_options going = {.keep_going = 1, .replace = 1};
    const struct canister_options no_set = {.factor_set = "none"};
    const struct canister_options no_rules = {.rules = "/nonexistent"};
    struct canister *run = NULL;
    int wrong = 0;

    EXPECT(canister_open(&run, &no_set), CANISTER_USAGE);
    EXPECT(canister_read(run, path), CANISTER_USAGE);
    canister_close(run);
    EXPECT(canister_open(&run, &no_rules), CANISTER_NO_INPUT);
    canister_close(run);
    EXPECT(canister_open(&run, &going), CANISTER_OK);
    EXPECT(canister_register(run, path), CANISTER_DATA); /* no going on without it */
    EXPECT(canister_read(run, path), CANISTER_USAGE);
    canister_close(run);
    EXPECT(canister_open(&run, &going), CANISTER_OK);
    EXPECT(canister_group(run, path), CANISTER_DATA);
    canister_close(run);
    EXPECT(canister_open(&run, &going), CANISTER_OK);
    EXPECT(canister_feed_begin(run, "cut"), CANISTER_OK);
    EXPECT(canister_feed(run, "\"SHA", 4), CANISTER_OK);
    EXPECT(canister_feed_end(run), CANISTER_DATA);
    EXPECT(canister_feed_begin(run, "nonsense"), CANISTER_OK);
    EXPECT(canister_feed(run, "nonsense\n", 9), CANISTER_OK); /* may be a title above the header */
    EXPECT(canister_feed_end(run), CANISTER_DATA);
    EXPECT(canister_read(run, path), CANISTER_OK);
    EXPECT(canister_read(run, path), CANISTER_OK);
    EXPECT(canister_finish(run), CANISTER_OK);
    EXPECT(canister_finish(run), CANISTER_USAGE);
    EXPECT(canister_read(run, path), CANISTER_USAGE);
    EXPECT(canister_report(run, "/proc/nowhere/out"), CANISTER_CANT_CREATE);
    canister_close(run);
    canister_close(NULL);
    return wrong;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "misuse") == 0)
        return misuse_order(argv[2]) + misuse_files(argv[2]);
    if (argc < 4 || canister_version()[0] == '\0' || canister_why(NULL)[0] == '\0') {
        fputs("usage: consumer read|feed OUT EXTRACT...\n", stderr);
        return 64;
    }
    return analyse(argv[1], argv + 3, argc - 3, argv[2]);
}
