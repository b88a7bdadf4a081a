/* Fetching from a portal on the loopback (tests/support/portal.py) with each fault that portals are
 * known to have: in the end the file is right, or it is not there. */

#include "support/cases.h"
#include "support/paths.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PACKAGE "english-prescribing-dataset-epd-with-snomed-code"

static int in_folder(const char *command)
{
    return shell(
        "cd %s && export canister=%s s=%s/build/sample root=%s portal=%s/tests/support/"
        "portal.py && unset CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR && export no_proxy= "
        "http_proxy= https_proxy= all_proxy= && "
        "fetch() { timeout 60 $canister fetch --rules own --wait 0.01 --stall 2 \"$@\"; } && "
        "{ %s; }",
        scratch_folder(), program(), root_folder(), root_folder(), root_folder(), command);
}

#define EXPECT_SHELL(command) cr_expect(eq(int, in_folder(command), 0), "%s", shell_output())
#define ASSERT_SHELL(command) cr_assert(eq(int, in_folder(command), 0), "%s", shell_output())

/* The rules with the portal's address. */
#define OWN_RULES(scheme, host)                                            \
    "mkdir -p own/portals && for f in nhsbsa ods nhs-digital; do "         \
    "sed -E 's|\"https://[^/\"]*|\"" scheme "://" host ":'$(cat port)'|' " \
    "$root/rules/portals/$f.json > own/portals/$f.json; done"

#define START(options)                                                                         \
    "rm -f port; /usr/bin/python3 $portal . " options " > server.log 2>&1 & echo $! >> pids; " \
    "for i in $(seq 100); do [ -s port ] && break; sleep 0.05; done; test -s port"

/* Three months: the files july.zip and july.csv are the last one. */
static void start_portal(void)
{
    ASSERT_SHELL("mkdir -p files && for m in 202605 202606 202607; do "
                 "cp $s/EPD_SNOMED_$m.csv files/$m.csv && "
                 "(cd files && zip -qX $m.zip $m.csv); done; echo '{}' > portal.json; " START(""));
    ASSERT_SHELL(OWN_RULES("http", "127.0.0.1"));
}

static void stop_portal(void)
{
    in_folder("for p in $(cat pids); do kill $p; done");
}

/* The portal has July, with more keys of its own. */
static void offer_july(const char *keys)
{
    char text[2048];

    snprintf(text, sizeof text,
             "{\"packages\": {\"" PACKAGE "\": [{\"name\": \"EPD_SNOMED_202607\", %s}]}}", keys);
    write_text(in_scratch("portal.json"), text);
}

static const struct fault {
    const char *name;
    const char *keys;
    int exit_code;
    const char *says;
} faults[] = {
    {"nothing wrong", "\"file\": \"202607.zip\", \"zip\": true", 0, "89"},
    {"a suffix and no last_modified",
     "\"file\": \"202607.zip\", \"zip\": true, \"last_modified\": null, \"created\": "
     "\"2026-09-01\"",
     0, ""},
    {"known by name only", "\"file\": \"202607.zip\", \"zip\": true, \"by_name\": true", 0, ""},
    {"503 and 429 with Retry-After",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"503:1\", \"429:1\", \"500\", "
     "\"502\"]",
     0, "answers 429"},
    {"a server that asks for too long a wait",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"503:4000\"]", 74,
     "asks to wait 4000 seconds"},
    {"503 for ever",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": "
     "[\"503\", \"503\", \"503\", \"503\", \"503\", \"503\", \"503\"]",
     74, "answers 503, after 6 tries"},
    {"an API that is busy",
     "\"file\": \"202607.zip\", \"zip\": true, \"api_faults\": [\"503\", \"429:1\"]", 0, ""},
    {"a transfer that is cut, again and again",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": "
     "[\"drop:100\", \"drop:30000\", \"drop:1\", \"nothing\"]",
     0, "broke off"},
    {"a link that expires midway",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"drop:30000\", \"expire\"]", 0,
     "answers 403"},
    {"a link that is good for one request",
     "\"file\": \"202607.zip\", \"zip\": true, \"uses\": 1, \"faults\": "
     "[\"drop:30000\", \"drop:20000\"]",
     0, "answers 403"},
    {"a slow drip", "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"drip:20000\"]", 0,
     "too slow"},
    {"a server without Range",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"drop:30000\", \"norange\"]", 0, ""},
    {"a server that sends another part than was asked for",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"drop:30000\", \"badrange\"]", 0, ""},
    {"no ETag and no date: nothing to go on with",
     "\"file\": \"202607.zip\", \"zip\": true, \"weak\": true, \"faults\": [\"drop:30000\"]", 0,
     ""},
    {"a length that is too long",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"long:100\"]", 0, "broke off"},
    {"a length that is too short for an archive",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"short:100\"]", 65, ""},
    {"a length that is too short for a CSV file, of which the portal says the size",
     "\"file\": \"202607.csv\", \"size\": 1, \"faults\": [\"short:100\"]", 65, "the portal says 1"},
    {"no length, and cut", "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"nolength\"]", 0,
     ""},
    {"a redirect", "\"file\": \"202607.csv\", \"faults\": [\"redirect\"]", 0, ""},
    {"a redirect in a circle",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"loop\", \"loop\", \"loop\", "
     "\"loop\", "
     "\"loop\", \"loop\", \"loop\", \"loop\", \"loop\", \"loop\"]",
     74, "redirects"},
    {"a redirect to a file of this machine",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"to:file|///etc/passwd\"]", 74,
     "cannot be fetched"},
    {"a page to sign in", "\"file\": \"202607.csv\", \"faults\": [\"html\"]", 65, "web page"},
    {"a page in place of an archive",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"html\"]", 65, "web page"},
    {"a message in place of the file", "\"file\": \"202607.csv\", \"faults\": [\"json\"]", 65,
     "web page"},
    {"an empty answer", "\"file\": \"202607.csv\", \"faults\": [\"empty\"]", 0, ""},
    {"another month under the name", "\"file\": \"202606.zip\", \"zip\": true", 65,
     "the first row is not of 2026-07"},
    {"CSV in place of an archive", "\"file\": \"202607.csv\", \"zip\": true", 65, "not a ZIP"},
    {"a hash that fits not",
     "\"file\": \"202607.csv\", \"hash\": \"0123456789abcdef0123456789abcdef\"", 65,
     "the portal's hash"},
    {"404 for ever",
     "\"file\": \"202607.zip\", \"zip\": true, \"faults\": "
     "[\"404\", \"404\", \"404\", \"404\", \"404\", \"404\"]",
     74, "answers 404"},
    {"451", "\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"451\"]", 74, "answers 451"},
};

/* Whatever happened: the file is the one on the portal, or there is none; and run again without a
 * fault it is there. */
static void check_fault(const struct fault *row)
{
    char wanted[64];
    const bool zip = strstr(row->keys, "\"zip\": true") != NULL;

    snprintf(wanted, sizeof wanted, "%s", zip ? "zip" : "csv");
    offer_july(row->keys);
    cr_expect(eq(int, in_folder("rm -rf to; fetch 2026-07 --to to"), row->exit_code), "%s: %s",
              row->name, shell_output());
    cr_expect(strstr(shell_output(), row->says) != NULL, "%s: %s", row->name, shell_output());
    cr_expect(eq(int,
                 shell("cd %s && f=to/EPD_SNOMED_202607.%s && if [ %d = 0 ]; then "
                       "cmp $f files/202607.%s && ! ls to | grep part; else ! test -e $f; fi",
                       scratch_folder(), wanted, row->exit_code, wanted),
                 0),
              "%s: %s", row->name, shell_output());
}

Test(fetch, each_fault_ends_with_the_right_file_or_none)
{
    alarm(300);
    start_portal();
    for (size_t i = 0; i < LENGTH_OF(faults); i++) {
        /* faults that were taken are forgotten with the server */
        ASSERT_SHELL("for p in $(cat pids); do kill $p; done; rm pids; " START(""));
        ASSERT_SHELL(OWN_RULES("http", "127.0.0.1"));
        check_fault(&faults[i]);
    }
    stop_portal();
}

/* An interrupted fetch goes on where it was; a file that changed meanwhile starts anew. */
Test(fetch, an_interrupted_fetch_goes_on_or_begins_anew)
{
    alarm(120);
    start_portal();
    offer_july("\"file\": \"202607.zip\", \"zip\": true, \"last_modified\": \"2026-09-20\", "
               "\"faults\": [\"drop:30000\", \"drop:20000\"]");
    EXPECT_SHELL("! fetch 2026-07 --to to --tries 1 && "
                 "test $(stat -c %s to/EPD_SNOMED_202607.zip.part) = 30000 && "
                 "! test -e to/EPD_SNOMED_202607.zip");
    EXPECT_SHELL("! fetch 2026-07 --to to --tries 1 && "
                 "test $(stat -c %s to/EPD_SNOMED_202607.zip.part) = 50000");
    EXPECT_SHELL(
        "fetch 2026-07 --to to > words 2>&1 && grep -q 'gone on with' words && "
        "cmp to/EPD_SNOMED_202607.zip files/202607.zip && grep -q 'range=bytes=50000-' log");
    /* the same bytes of another file would be a file of two halves */
    ASSERT_SHELL("rm -rf to; kill $(cat pids); " START(""));
    ASSERT_SHELL(OWN_RULES("http", "127.0.0.1"));
    EXPECT_SHELL("! fetch 2026-07 --to to --tries 1 && printf x >> files/202607.zip && "
                 "(cd files && rm 202607.zip && sed 's/ALDER/OLDER/' 202607.csv > new.csv && "
                 "mv new.csv 202607.csv && zip -qX 202607.zip 202607.csv) && "
                 "fetch 2026-07 --to to && cmp to/EPD_SNOMED_202607.zip files/202607.zip");
    stop_portal();
}

Test(fetch, a_kill_at_any_moment_loses_nothing)
{
    alarm(120);
    start_portal();
    offer_july("\"file\": \"202607.zip\", \"zip\": true, \"faults\": "
               "[\"drip:9000\", \"drip:9000\", \"drip:9000\"]");
    EXPECT_SHELL(
        "for i in 1 2 3; do $canister fetch --rules own 2026-07 --to to 2> words & sleep 0.7; "
        "kill -9 $!; wait $!; ! test -e to/EPD_SNOMED_202607.zip || "
        "exit 1; done; fetch 2026-07 --to to && "
        "cmp to/EPD_SNOMED_202607.zip files/202607.zip && ! ls to | grep part");
    stop_portal();
}

#define THREE                                                                          \
    "{\"packages\": {\"" PACKAGE "\": ["                                               \
    "{\"name\": \"EPD_SNOMED_202605\", \"file\": \"202605.zip\", \"zip\": true, "      \
    "\"last_modified\": \"2026-07-20T10:00:00\"}, "                                    \
    "{\"name\": \"EPD_SNOMED_202606FINAL\", \"file\": \"202606.zip\", \"zip\": true, " \
    "\"last_modified\": \"2026-08-20T10:00:00\"}, "                                    \
    "{\"name\": \"EPD_SNOMED_202607\", \"file\": \"202607.zip\", \"zip\": true, "      \
    "\"last_modified\": \"2026-09-20T10:00:00\"}]}}"

Test(fetch, months_are_named_and_the_store_is_filled)
{
    alarm(120);
    start_portal();
    write_text(in_scratch("portal.json"), THREE);
    EXPECT_SHELL("fetch latest --store st && test \"$(sqlite3 st 'SELECT month FROM month')\" = "
                 "2026-07");
    EXPECT_SHELL("fetch missing --from 2026-06 --store st && "
                 "test \"$(sqlite3 st 'SELECT count(*) FROM month')\" = 2");
    EXPECT_SHELL(
        "fetch missing --store st && cp st was && fetch missing --store st && cmp st was "
        "&& $canister add --quiet --store one $s/EPD_SNOMED_20260[567].csv && "
        "$canister export --store one --out one.csv && "
        "$canister export --store st --out st.csv && cmp one.csv st.csv && ! ls -d st.fetching");
    EXPECT_SHELL("fetch 2026-05..2026-06 --to to && test $(ls to/*.zip | wc -l) = 2");
    EXPECT_SHELL("fetch 2026-08 --to to > words 2>&1; test $? = 66 && "
                 "grep -q 'does not have 2026-08 of epd; its latest month is 2026-07' words");
    EXPECT_SHELL("fetch july --to to > words 2>&1; test $? = 64");
    EXPECT_SHELL("rm -rf to; fetch missing --to to --dry-run > list && ! test -e to && "
                 "test $(grep -c 'bytes.*to fetch' list) = 3");
    stop_portal();
}

Test(fetch, a_month_that_was_published_again_needs_replace)
{
    alarm(120);
    start_portal();
    write_text(in_scratch("portal.json"), THREE);
    ASSERT_SHELL("fetch missing --store st --quiet && (cd files && rm 202606.zip && "
                 "sed -i 's/ALDER/OLDER/' 202606.csv && zip -qX 202606.zip 202606.csv) && "
                 "sed -i 's/2026-08-20/2026-10-02/' portal.json && cp st was");
    EXPECT_SHELL("fetch missing --store st > words 2>&1 && cmp st was && "
                 "grep -q 'EPD_SNOMED_202606: the portal published it again (2026-10-02' words");
    EXPECT_SHELL(
        "fetch missing --store st --replace && $canister add --quiet --store one "
        "$s/EPD_SNOMED_202605.csv files/202606.csv $s/EPD_SNOMED_202607.csv && "
        "$canister export --store one --out one.csv && "
        "$canister export --store st --out st.csv && cmp one.csv st.csv && "
        "test \"$(sqlite3 st \"SELECT count(*) FROM part WHERE state = 'replaced'\")\" = 1");
    EXPECT_SHELL("fetch missing --store st > words 2>&1 && ! grep again words");
    stop_portal();
}

/* A final month of hospital data is fetched over a provisional one. */
Test(fetch, a_final_month_is_fetched_over_a_provisional_one)
{
    alarm(120);
    start_portal();
    ASSERT_SHELL("cp $s/scmd_final_202603.csv $s/scmd_provisional_20260[34].csv files");
    write_text(in_scratch("portal.json"),
               "{\"packages\": {\"secondary-care-medicines-data-indicative-price\": ["
               "{\"name\": \"SCMD_PROVISIONAL_202603\", \"file\": "
               "\"scmd_provisional_202603.csv\"}, "
               "{\"name\": \"SCMD_PROVISIONAL_202604\", \"file\": "
               "\"scmd_provisional_202604.csv\"}]}}\n");
    EXPECT_SHELL("fetch missing --dataset scmd --store st && "
                 "test \"$(sqlite3 st 'SELECT series FROM month')\" = "
                 "\"$(printf 'provisional\\nprovisional')\"");
    ASSERT_SHELL("sed -i 's/{\"packages\": {/{\"packages\": {"
                 "\"finalised-secondary-care-medicines-data-scmd-with-indicative-price\": "
                 "[{\"name\": \"SCMD_FINAL_202603\", \"file\": \"scmd_final_202603.csv\"}], /' "
                 "portal.json");
    EXPECT_SHELL("fetch missing --dataset scmd --store st && "
                 "test \"$(sqlite3 st 'SELECT series FROM month')\" = "
                 "\"$(printf 'final\\nprovisional')\" && cp st was && "
                 "fetch missing --dataset scmd --store st && cmp st was");
    stop_portal();
}

/* Fixed addresses, and links on a page of the month. */
Test(fetch, registers_and_list_sizes_are_files)
{
    alarm(120);
    start_portal();
    ASSERT_SHELL(
        "printf 'PUBLICATION,X\\nGP,1\\n' > files/gp-reg-pat-prac-all.csv && "
        "sed -i 's|getReport?report=|../plain/|; s|api/|api/|' own/portals/ods.json && "
        "sed -i 's|../plain/epraccur|../plain/epraccur.csv|; s|../plain/etr|../plain/etr.csv|' "
        "own/portals/ods.json && echo 'A81001,THE SURGERY' > files/epraccur.csv && "
        "echo 'RX1,A TRUST' > files/etr.csv && "
        "echo '{\"pages\": {\"/data-and-information/publications/statistical/"
        "patients-registered-at-a-gp-practice/july-2026\": \"<a href=\\\"/plain/"
        "gp-reg-pat-prac-all.csv\\\">all</a>\"}}' > portal.json");
    EXPECT_SHELL("fetch --dataset registers --dataset list-sizes 2026-07 --to to > words 2>&1; "
                 "test $? = 0 && cmp to/epraccur.csv files/epraccur.csv && "
                 "cmp to/gp-reg-pat-prac-all_202607.csv files/gp-reg-pat-prac-all.csv || "
                 "{ cat words log; false; }");
    EXPECT_SHELL(
        "fetch --dataset registers > words 2>&1; test $? = 64 && grep -q -- '--to DIR' words");
    stop_portal();
}

/* NHS networks: a proxy, which may open TLS with an authority of its own. */
Test(fetch, a_proxy_and_an_own_authority_are_used)
{
    alarm(120);
    start_portal();
    write_text(in_scratch("portal.json"), THREE);
    ASSERT_SHELL("/usr/bin/python3 $portal . --proxy > proxy.log 2>&1 & echo $! >> pids; "
                 "for i in $(seq 100); do [ -s proxy-port ] && break; sleep 0.05; done");
    EXPECT_SHELL(
        "http_proxy=http://127.0.0.1:$(cat proxy-port) fetch latest --to to && "
        "cmp to/EPD_SNOMED_202607.zip files/202607.zip && test $(grep -c PROXY log) -ge 3");
    EXPECT_SHELL(
        "http_proxy=http://127.0.0.1:9 fetch latest --to to2 --tries 2 > words 2>&1; "
        "test $? = 74 && http_proxy=http://127.0.0.1:9 no_proxy=127.0.0.1 fetch latest --to to3");
    ASSERT_SHELL(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out ca.pem -days 2 "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost 2> openssl.log && " START(
            "--tls ca.pem key.pem"));
    ASSERT_SHELL(OWN_RULES("https", "localhost"));
    EXPECT_SHELL("fetch latest --to tls > words 2>&1; test $? = 74 && "
                 "grep -q 'certificate is not trusted' words && ! ls tls | grep -v fetched");
    EXPECT_SHELL("CURL_CA_BUNDLE=ca.pem fetch latest --to tls && "
                 "cmp tls/EPD_SNOMED_202607.zip files/202607.zip");
    EXPECT_SHELL("rm -rf tls; SSL_CERT_FILE=ca.pem fetch latest --to tls && "
                 "cmp tls/EPD_SNOMED_202607.zip files/202607.zip");
    /* no way back to plain text */
    offer_july("\"file\": \"202607.zip\", \"zip\": true, \"faults\": [\"\", \"\", "
               "\"to:http|//127.0.0.1/x\"]");
    EXPECT_SHELL(
        "rm -rf tls; CURL_CA_BUNDLE=ca.pem fetch latest --to tls > words 2>&1; test $? = 74 && "
        "grep -q 'cannot be fetched' words");
    stop_portal();
}

Test(fetch, what_the_portal_says_may_be_anything)
{
    static const char *const answers[] = {
        "{\"packages\": {\"" PACKAGE "\": []}}",
        "{\"packages\": {\"" PACKAGE "\": [{\"name\": \"EPD_SNOMED_2026\", \"file\": \"x\"}]}}",
        "{\"api_faults\": [\"html\"], \"packages\": {\"" PACKAGE "\": []}}",
        "{\"packages\": {\"" PACKAGE "\": [{\"name\": \"EPD_SNOMED_99999999\", \"file\": \"x\"}]}}",
    };

    alarm(120);
    start_portal();
    for (size_t i = 0; i < LENGTH_OF(answers); i++) {
        write_text(in_scratch("portal.json"), answers[i]);
        cr_expect(eq(int, in_folder("fetch latest --to to"), 65), "%s: %s", answers[i],
                  shell_output());
    }
    EXPECT_SHELL(
        "for p in $(cat pids); do kill $p; done; fetch latest --to to --tries 2 > words 2>&1; "
        "test $? = 74");
}

/* From an empty store over three months to a report; twice is no work; a month that was published
 * again does what README says. */
Test(fetch, update_is_the_monthly_routine)
{
    alarm(180);
    start_portal();
    write_text(in_scratch("portal.json"), THREE);
    write_text(in_scratch("update.conf"), "# made up\nstore = st\nout = reports\nicb = QZA\n");
    EXPECT_SHELL(
        "$canister update update.conf --rules own --wait 0.01 > words 2> errors; "
        "test $? = 0 && tail -1 words | grep -q '^update: 3 files added, 0 of them published "
        "again; report of QZA to 2026-07 in reports/2026-07$' && "
        "ls reports/2026-07/report.html reports/2026-07/digest.txt "
        "reports/2026-07/datapackage.json || { cat words errors; false; }");
    EXPECT_SHELL("find . -newer errors -type f > before; sleep 0.1; touch mark; "
                 "$canister update update.conf --rules own > words; test $? = 0 && "
                 "test \"$(cat words)\" = 'update: nothing new since 2026-07' && "
                 "test -z \"$(find st reports -newer mark)\"");
    /* a report that was not written is written by the next run */
    EXPECT_SHELL("rm reports/2026-07/datapackage.json && $canister update update.conf --rules own "
                 "--quiet > words && grep -q '^update: 0 files added' words && "
                 "ls reports/2026-07/datapackage.json");
    ASSERT_SHELL("(cd files && rm 202606.zip && sed -i 's/ALDER/OLDER/' 202606.csv && "
                 "zip -qX 202606.zip 202606.csv) && sed -i 's/2026-08-20/2026-10-02/' portal.json");
    EXPECT_SHELL(
        "cp st was; $canister update update.conf --rules own > words; test $? = 1 && "
        "cmp st was && grep -q '^update: nothing new since 2026-07; 1 published again' words");
    EXPECT_SHELL(
        "$canister update update.conf --rules own --replace --quiet > words; test $? = 0 && "
        "grep -q '^update: 1 file added, 1 of them published again; report' words");
    EXPECT_SHELL("$canister update update.conf --rules own > words; test $? = 0 && "
                 "grep -q '^update: nothing new' words");
    stop_portal();
    EXPECT_SHELL("$canister update update.conf --rules own --tries 1 > words; test $? = 74 && "
                 "grep -q '^update: failed: ' words");
    EXPECT_SHELL(
        "echo 'stroe = x' > bad.conf; $canister update bad.conf > words 2>&1; test $? = 64 && "
        "grep -q 'bad.conf:1: there is no key stroe' words");
    EXPECT_SHELL(
        "echo 'store = x' > bad.conf; $canister update bad.conf > words 2>&1; test $? = 64 && "
        "grep -q 'out = ... is missing' words");
}
