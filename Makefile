# Canister.  Variants are whole trees under build/, so release, sanitize and fuzz
# never share an object.
#
#   make demo      install what is missing, build, run the main job on the sample
#   make check     install what is missing, build, lint, run all tests
#   make           build the program and the library
#   make test [T='scan/*']     make sanitize     make sanitize-threads     make valgrind
#   make torture [POINTS=n]     make coverage     make mutate [N=60]     make emulated
#   make fuzz [RUNS=n]     make kills [KILLS=n]     make office     make bench     make bench-forecast
#   make lint      make format     make install [PREFIX= DESTDIR=]     make clean
#   make deb       make release    make deb-trial    make cluster    (tools/package, tools/cluster)
# The build prints one short line a file; V=1 shows the commands.
Q := $(if $(V),,@)
VARIANT ?= release
BUILD   := build/$(VARIANT)
PREFIX  ?= /usr/local
INSTALL ?= install
PROGRAM := canister
VERSION := $(shell sed -n 's/.*CANISTER_VERSION "\(.*\)"/\1/p' engine/run/version.h)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla \
            -Wformat=2 -Wdouble-promotion -Wimplicit-fallthrough
TEST_WARNINGS := -Wall -Wextra
ifdef WERROR
WARNINGS += -Werror
TEST_WARNINGS += -Werror
endif

CFLAGS         ?= -O2 -g
FLAGS.release  := -D_FORTIFY_SOURCE=2 -fstack-protector-strong
FLAGS.sanitize := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS.thread   := -O1 -fsanitize=thread
FLAGS.coverage := -O0 --coverage
FLAGS.fuzz     := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
ENGINE_FLAGS   := -std=c17 -D_XOPEN_SOURCE=700 -Iinclude -Iengine -fvisibility=hidden $(WARNINGS)
TEST_FLAGS     := -std=gnu17 -D_GNU_SOURCE -Iinclude -Iengine -Itests $(TEST_WARNINGS)
PACKAGES       := libcurl libcjson libarchive libcrypto libzstd sqlite3 gsl xlsxwriter
LIBRARIES      := -pthread -lcsv -lisal $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

ENGINE_SRC := $(filter-out engine/cli/%,$(wildcard engine/*/*.c))
CLI_SRC    := $(wildcard engine/cli/*.c)
TEST_SRC   := $(filter-out tests/fuzz/% tests/api/%,$(wildcard tests/*/*.c))
FUZZ_SRC   := $(wildcard tests/fuzz/fuzz_*.c)
SAMPLE_SRC := $(wildcard datasets/sample/*.c)
object      = $(1:%.c=$(BUILD)/%.o)
PAGE_ASSETS := $(BUILD)/engine/page/page_assets.o

all: $(BUILD)/bin/$(PROGRAM) $(BUILD)/libcanister.a

# --- the two commands of the README -------------------------------------------------

demo:
	@sh tools/setup build
	@$(MAKE) --no-print-directory all sample
	rm -rf build/demo
	$(BUILD)/bin/$(PROGRAM) run build/sample/*.csv --out build/demo --fail-on rejects \
	  --targets datasets/sample/targets.json --icb QZA
	@echo
	@echo "kgCO2e per salbutamol inhaler of the made-up ICBs, latest month:"
	@awk -F, 'NR == 1 || ($$1 == "salbutamol_kgco2e_per_inhaler" && $$2 == "icb" && $$5 == "2026-07")' \
	  build/demo/measures.csv | cut -d, -f3-5,8,11
	@echo
	@echo "Anaesthetic gases of the made-up trusts, latest month (empty: cannot be calculated):"
	@awk -F, 'NR == 1 || ($$2 == "trust" && $$5 == "2026-06" && ($$1 == "gases_kgco2e" || \
	  $$1 == "desflurane_share_of_volatile_volume" || $$1 == "nitrous_oxide_waste_share"))' \
	  build/demo/measures.csv | cut -d, -f1,3,5,8-10
	@awk -F, 'NR > 1 { found[$$5]++ } END { for (f in found) print f ": " found[f] }' \
	  build/demo/gases_quality.csv | sort
	@echo
	@echo "The monthly routine, over a store: add two months, add them again, status, report of one ICB:"
	rm -f build/demo.store
	$(BUILD)/bin/$(PROGRAM) add build/sample/EPD_SNOMED_20260[67].csv \
	  build/sample/scmd_provisional_202606.csv --store build/demo.store
	$(BUILD)/bin/$(PROGRAM) add build/sample/EPD_SNOMED_202607.csv --store build/demo.store
	$(BUILD)/bin/$(PROGRAM) status --store build/demo.store
	$(BUILD)/bin/$(PROGRAM) report --store build/demo.store --icb QZB --out build/demo/icb
	@echo
	@echo "ICBs that merge: their targets go on, in the part of the successor that they were."
	$(BUILD)/bin/$(PROGRAM) targets build/sample/merger/*.csv --quiet \
	  --targets datasets/sample/merger_targets.json --organisation QYA
	@echo "All of this sample is made up (datasets/README.md). Besides the page there are build/demo/canister.xlsx,"
	@echo "digest.txt for an e-mail, and the CSV files; build/demo/icb is the report of one ICB out of the store."
	@echo "The page, to open in a browser: file://$(CURDIR)/build/demo/report.html"

check: setup
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory all test emulated torture-short

setup:
	@sh tools/setup

# --- build ------------------------------------------------------------------------------

$(BUILD)/bin/$(PROGRAM): $(call object,$(CLI_SRC)) $(BUILD)/libengine.a
	@mkdir -p $(@D)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(FLAGS.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(LIBRARIES)

# What the tests link: every symbol of the engine.
$(BUILD)/libengine.a: $(call object,$(ENGINE_SRC)) $(PAGE_ASSETS) $(BUILD)/sources
	@rm -f $@
	@echo "  ar $@"
	$(Q)$(AR) rcs $@ $(filter %.o,$^)

# What is installed: one object in which only the public API is left visible.
$(BUILD)/libcanister.a: $(call object,$(ENGINE_SRC)) $(PAGE_ASSETS) $(BUILD)/sources
	@rm -f $@
	$(Q)$(LD) -r -o $(BUILD)/canister.o $(filter %.o,$^)
	$(Q)objcopy --localize-hidden $(BUILD)/canister.o
	@echo "  ar $@"
	$(Q)$(AR) rcs $@ $(BUILD)/canister.o

$(BUILD)/engine/%.o: engine/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  cc $@"
	$(Q)$(CC) $(ENGINE_FLAGS) $(CPPFLAGS) $(CFLAGS) $(FLAGS.$(VARIANT)) -MMD -MP -c -o $@ $<

# The style and the script of report.html, as C.
build/web/fetched: tools/web/package-lock.json
	sh tools/setup web
build/web/page_assets.c: tools/web/assets.mjs engine/page/page.scss engine/page/page.js build/web/fetched
	@echo "  node $@"
	$(Q)node $< build/web/node_modules engine/page/page.scss engine/page/page.js > $@
$(PAGE_ASSETS): build/web/page_assets.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  cc $@"
	$(Q)$(CC) $(ENGINE_FLAGS) $(CFLAGS) $(FLAGS.$(VARIANT)) -MMD -MP -c -o $@ $<

# The one place that must know where it will be installed.
$(BUILD)/engine/rules/find.o: CPPFLAGS += -DCANISTER_RULES_DIR='"$(PREFIX)/share/canister/rules"'
$(BUILD)/engine/rules/find.o: $(BUILD)/prefix

$(BUILD)/tests/%.o: tests/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  cc $@"
	$(Q)$(CC) $(TEST_FLAGS) $(CPPFLAGS) $(CFLAGS) $(FLAGS.$(VARIANT)) -MMD -MP -c -o $@ $<

$(BUILD)/datasets/%.o: datasets/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  cc $@"
	$(Q)$(CC) -std=c17 $(WARNINGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Each is rewritten only when its text changes: a new flag recompiles, a removed source relinks.
define record
	@mkdir -p $(@D)
	@echo '$(strip $(1))' | cmp -s - $@ || echo '$(strip $(1))' > $@
endef
$(BUILD)/flags: FORCE
	@pkg-config --exists $(PACKAGES) || { echo "Libraries are missing. Install them with: make setup" >&2; exit 1; }
	$(call record,$(CC) $(ENGINE_FLAGS) $(TEST_FLAGS) $(CFLAGS) $(FLAGS.$(VARIANT)))
$(BUILD)/sources: FORCE
	$(call record,$(sort $(ENGINE_SRC) $(CLI_SRC) $(TEST_SRC)))
$(BUILD)/prefix: FORCE
	$(call record,$(PREFIX))

# --- the sample: made up, the same bytes every time ------------------------------------------

$(BUILD)/bin/sample: $(call object,$(SAMPLE_SRC))
	@mkdir -p $(@D)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) -o $@ $^

build/sample/made: $(BUILD)/bin/sample
	@mkdir -p $(@D)/merger
	@rm -f $(@D)/*.csv $(@D)/merger/*.csv
	$< $(@D)
	@touch $@
sample: build/sample/made

# --- tests ----------------------------------------------------------------------------------

$(BUILD)/bin/tests: $(call object,$(TEST_SRC)) $(BUILD)/libengine.a $(BUILD)/sources
	@mkdir -p $(@D)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(FLAGS.$(VARIANT)) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) $(LIBRARIES) -lcriterion

# The kernels for AVX-512 by plain C (tests/support/emulated), so that machines without it test them.
EMULATED     := build/emulated
EMULATED_SRC := engine/stream/sweep.c engine/stream/sweep_avx512.c engine/extract/prefilter.c \
                engine/extract/prefilter_avx512.c
EMULATED_ALL := '-D__builtin_cpu_supports(name)=(__builtin_strncmp(name, "avx2", 4) != 0)'
$(EMULATED)/%.o: %.c $(BUILD)/flags tests/support/emulated/immintrin.h
	@mkdir -p $(@D)
	$(CC) -Itests/support/emulated $(EMULATED_ALL) $(ENGINE_FLAGS) $(CFLAGS) $(FLAGS.$(VARIANT)) -MMD -MP -c -o $@ $<
$(EMULATED)/bin/tests: $(EMULATED_SRC:%.c=$(EMULATED)/%.o) $(call object,$(TEST_SRC)) $(BUILD)/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(FLAGS.$(VARIANT)) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) $(LIBRARIES) -lcriterion
emulated: $(EMULATED)/bin/tests
	$< --filter 'sweep/*'
	$< --filter 'prefilter/*'
-include $(EMULATED_SRC:%.c=$(EMULATED)/%.d)

# make test T='scan/*'   one suite        make test TAP=build/tests.tap   also a TAP file
test: $(BUILD)/bin/tests $(BUILD)/bin/$(PROGRAM) $(BUILD)/libcanister.a sample
	$< $(if $(T),--filter '$(T)') $(if $(TAP),--tap=$(TAP))

# Criterion calls a test with a leak a pass, so the sanitizer's own log decides.  The line that is
# left out is no finding: a test killed the program while the sanitizer looked for leaks at its end.
sanitize: setup
	@$(MAKE) --no-print-directory VARIANT=sanitize build/sanitize/bin/tests \
	  build/sanitize/bin/$(PROGRAM) build/sanitize/libcanister.a sample
	@rm -f build/sanitize/log.*
	ASAN_OPTIONS=log_path=$(CURDIR)/build/sanitize/log build/sanitize/bin/tests
	@! grep -hv 'Unable to get registers from thread' build/sanitize/log.* 2>/dev/null

# The workbook as another program reads it: opened and written again by LibreOffice (Debian's
# libreoffice-calc, 300 MB, so not a part of `check`), each number held against the CSV files.
office: all sample
	@if ! command -v soffice >/dev/null; then echo "office: skipped, there is no soffice here"; else \
	  rm -rf build/office && $(BUILD)/bin/$(PROGRAM) run --quiet build/sample/*.csv --out build/office && \
	  soffice --headless "-env:UserInstallation=file://$(CURDIR)/build/office/profile" \
	    --convert-to xlsx --outdir build/office/again build/office/canister.xlsx && \
	  /usr/bin/python3 tests/workbook/xlsx_back.py build/office build/office/again/canister.xlsx --tables; fi

# What runs on threads, under the thread sanitizer (which Criterion does not bear): a month of
# several parts, plain, gzip, zstd and ZIP; its report is the program's exit.
sanitize-threads: setup $(BUILD)/bin/national
	@$(MAKE) --no-print-directory VARIANT=thread build/thread/bin/$(PROGRAM)
	$(BUILD)/bin/national --rows 150000 --shape new > build/thread/month.csv
	gzip -1kf build/thread/month.csv && zstd -1qf build/thread/month.csv
	rm -f build/thread/month.zip && zip -q1j build/thread/month.zip build/thread/month.csv
	for month in build/thread/month.*; do \
	  build/thread/bin/$(PROGRAM) run $$month --threads 3 --quiet --out build/thread/out || exit 1; done

# A month of the sample in every packing under valgrind: memory, and that none is lost.
valgrind: setup all sample
	@mkdir -p build/valgrind
	cp build/sample/EPD_SNOMED_202607.csv build/valgrind/month.csv
	cd build/valgrind && gzip -kf month.csv && zstd -qf month.csv && rm -f month.zip && zip -q month.zip month.csv
	for month in build/valgrind/month.*; do for threads in 1 2; do \
	  valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,possible \
	    $(BUILD)/bin/$(PROGRAM) run $$month --threads $$threads --quiet --out build/valgrind/out || exit 1; \
	done; done

# make kills KILLS=400    so many kills of `canister add` at random moments; default 200
kills: all sample
	@mkdir -p build/kills
	sh tests/run/kills.sh $(CURDIR)/$(BUILD)/bin/$(PROGRAM) $(CURDIR)/build/sample build/kills $(or $(KILLS),200)

# make torture [JOBS='run add'] [POINTS=n]    each allocation and each system call fails, once and from
# then on; killed at each.  Hours; torture-short takes a few points of each loop, in a minute.
TORTURE = sh tests/run/torture/torture.sh $(CURDIR)/$(BUILD)/bin/$(PROGRAM) $(CURDIR)/build/sample
torture: all sample
	JOBS="$(JOBS)" $(TORTURE) build/torture $(POINTS)
torture-short: all sample
	ERRORS=one $(TORTURE) build/torture-short 2

# Lines and branches that the tests ran, by folder.
coverage: setup
	@rm -rf build/coverage/engine/*/*.gcda
	@$(MAKE) --no-print-directory VARIANT=coverage build/coverage/bin/tests build/coverage/bin/$(PROGRAM) \
	  build/coverage/libcanister.a sample
	-build/coverage/bin/tests $(if $(T),--filter '$(T)')
	/usr/bin/python3 tools/coverage.py build/coverage
# make mutate N=60 [SEED=1] [IN=store]    changes that no test notices
mutate: setup all sample
	/usr/bin/python3 tools/mutate.py $(or $(N),60) $(or $(SEED),1) $(IN)

# make fuzz RUNS=5000000    so many executions of each target; default 200,000
fuzz: setup
	@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang fuzz-run
fuzz-run: $(FUZZ_SRC:%.c=$(BUILD)/%)
	@for target in $^; do echo "$$target"; mkdir -p $$target.corpus; \
	  $$target -runs=$(or $(RUNS),200000) -max_len=4096 -verbosity=0 -print_final_stats=1 \
	    $$target.corpus $(wildcard tests/fuzz/seeds) 2>&1 | grep -E 'executed|ERROR|SUMMARY|error:' ; \
	  test $${PIPESTATUS[0]} -eq 0 || exit 1; done
fuzz-run: SHELL := /bin/bash
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/libengine.a
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(FLAGS.$(VARIANT)) -fsanitize=fuzzer -o $@ $^ $(LIBRARIES)

# make bench ROWS='2500000 7500000 15000000' ROUNDS=5
bench: setup all $(BUILD)/bin/national $(BUILD)/bin/mask_scan $(BUILD)/bin/inflate
	sh tools/bench/run.sh $(BUILD)/bin
	sh tools/bench/store.sh $(BUILD)/bin
	sh tools/bench/plan.sh $(BUILD)/bin
$(BUILD)/bin/national: tools/bench/national.c $(BUILD)/datasets/sample/products.o
	@mkdir -p $(@D)
	@echo "  link $@"
	$(Q)$(CC) -std=c17 -Idatasets $(WARNINGS) $(CFLAGS) -o $@ $^
# make bench-forecast SERIES=1000    coverage of the 80 % intervals, for engine/trend/README.md
bench-forecast: $(BUILD)/bin/forecast $(BUILD)/bin/$(PROGRAM) sample
	$(BUILD)/bin/$(PROGRAM) run build/sample/*.csv --quiet --out $(BUILD)/forecast
	sqlite3 :memory: '.import --csv $(BUILD)/forecast/measures.csv m' \
	  "SELECT measure || level || organisation_code, month, value FROM m WHERE measure IN \
	    ('salbutamol_kgco2e_per_inhaler', 'saba_kgco2e_per_inhaler', 'inhaler_kgco2e_per_inhaler', \
	     'mdi_share_of_non_salbutamol_items') AND value <> '' ORDER BY 1, 2" | \
	  $< $(or $(SERIES),250) -
$(BUILD)/bin/forecast: $(call object,tools/bench/forecast.c tests/support/truth.c) $(BUILD)/libengine.a
	@mkdir -p $(@D)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(FLAGS.$(VARIANT)) -o $@ $^ $(LIBRARIES)
$(BUILD)/tools/%.o: tools/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  cc $@"
	$(Q)$(CC) $(TEST_FLAGS) $(CFLAGS) $(FLAGS.$(VARIANT)) -MMD -MP -c -o $@ $<
$(BUILD)/bin/mask_scan: tools/bench/mask_scan.c
	@mkdir -p $(@D)
	@echo "  link $@"
	$(Q)$(CC) -std=c17 $(WARNINGS) $(CFLAGS) -o $@ $< -pthread
$(BUILD)/bin/inflate: tools/bench/inflate.c
	@mkdir -p $(@D)
	@echo "  link $@"
	$(Q)$(CC) -std=c17 $(WARNINGS) $(CFLAGS) -o $@ $< -lisal

# --- order ----------------------------------------------------------------------------------

SOURCES := $(wildcard include/*/*.h engine/*/*.[ch] tests/*/*.[ch] datasets/*/*.[ch] tools/*/*.[ch])
LAYERS  := base stream extract rules place cube store fetch measure trend advise figures table report workbook page run cli

format:
	@clang-format -i $(SOURCES)
lint: headers
	@echo "clang-format: $(words $(SOURCES)) files"
	@clang-format --dry-run -Werror $(SOURCES)
	sh tools/layers.sh engine $(LAYERS)
	shellcheck -e SC2013 $(wildcard tools/setup tools/*.sh tools/*/*.sh tests/*/*.sh tests/*/*/*.sh .ci/run)
	cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --std=c11 \
	  --inline-suppr -Iengine -Iinclude engine
	/usr/bin/python3 tools/schemas.py rules
	sh tools/words.sh
headers:
	@for header in $(wildcard engine/*/*.h include/*/*.h); do \
	  $(CC) -std=c17 -D_XOPEN_SOURCE=700 -Iengine -Iinclude -include $$header -x c -fsyntax-only \
	    /dev/null || exit 1; done

# --- install ----------------------------------------------------------------------------------

$(BUILD)/man/canister.1: $(BUILD)/bin/$(PROGRAM)
	@mkdir -p $(@D)
	$< man > $@
$(BUILD)/completion/canister: $(BUILD)/bin/$(PROGRAM)
	@mkdir -p $(@D)
	$< completion > $@
$(BUILD)/completion/_canister: $(BUILD)/bin/$(PROGRAM)
	@mkdir -p $(@D)
	$< completion zsh > $@
$(BUILD)/completion/canister.fish: $(BUILD)/bin/$(PROGRAM)
	@mkdir -p $(@D)
	$< completion fish > $@
$(BUILD)/canister.pc: tools/canister.pc.in $(BUILD)/prefix engine/run/version.h
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' $< > $@

RULE_FILES = $(shell cd rules && find . -name '*.json' -o -name '*.md')
COMPLETIONS = $(addprefix $(BUILD)/completion/,canister _canister canister.fish)
install: all $(BUILD)/man/canister.1 $(COMPLETIONS) $(BUILD)/canister.pc
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	  $(DESTDIR)$(PREFIX)/include/canister $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(INSTALL) -m 755 $(BUILD)/bin/$(PROGRAM) $(DESTDIR)$(PREFIX)/bin/
	$(INSTALL) -m 644 $(BUILD)/libcanister.a $(DESTDIR)$(PREFIX)/lib/
	$(INSTALL) -m 644 include/canister/*.h $(DESTDIR)$(PREFIX)/include/canister/
	$(INSTALL) -m 644 $(BUILD)/canister.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/
	$(INSTALL) -m 644 $(BUILD)/man/canister.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	$(INSTALL) -m 644 $(BUILD)/completion/canister $(DESTDIR)$(PREFIX)/share/bash-completion/completions/
	$(INSTALL) -m 644 $(BUILD)/completion/_canister $(DESTDIR)$(PREFIX)/share/zsh/site-functions/
	$(INSTALL) -m 644 $(BUILD)/completion/canister.fish \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/
	for file in $(RULE_FILES); do \
	  $(INSTALL) -D -m 644 rules/$$file $(DESTDIR)$(PREFIX)/share/canister/rules/$$file || exit 1; done

# --- packages -------------------------------------------------------------------------------

# A package for this Debian: the same tree and version, the same bytes, wherever it is built.
ARCHITECTURE = $(shell dpkg --print-architecture)
DATE         = $(shell sed -n 's/.*CANISTER_DATE "\([0-9-]*\)".*/\1/p' engine/run/version.h)
PACKAGE_TREE ?= build/package
DEB          = $(PACKAGE_TREE)/canister_$(VERSION)_$(ARCHITECTURE).deb
deb:
	@rm -rf $(PACKAGE_TREE)/stage
	@$(MAKE) --no-print-directory VARIANT=release BUILD=$(PACKAGE_TREE)/build PREFIX=/usr \
	  CFLAGS="-O2 -g -ffile-prefix-map=$(CURDIR)/=" LDFLAGS="-Wl,-z,relro,-z,now" \
	  DESTDIR=$(CURDIR)/$(PACKAGE_TREE)/stage install >/dev/null
	sh tools/package/deb.sh $(PACKAGE_TREE)/stage $(VERSION) $(DATE) $(DEB)
	@if command -v lintian >/dev/null; then lintian --fail-on error --allow-root $(DEB); \
	  else echo "deb: there is no lintian here"; fi

# The package in a clean Debian 12; as root, some minutes.
deb-trial: deb sample
	sh tools/package/trial.sh $(DEB) build/sample build/trial

# Package, browser page where one was built, change log and checksums.
RELEASE ?= build/release-$(VERSION)
release: deb
	rm -rf $(RELEASE)
	mkdir -p $(RELEASE)
	cp $(DEB) tools/CHANGES.md $(RELEASE)/
	for page in $(wildcard build/browser/canister.html build/canister.html); do cp $$page $(RELEASE)/; done
	cd $(RELEASE) && sha256sum -- * > SHA256SUMS && cat SHA256SUMS

# Twice from nothing, in two places: the same bytes.
release-check:
	@$(MAKE) --no-print-directory release PACKAGE_TREE=build/package-one RELEASE=build/release-one
	@$(MAKE) --no-print-directory release PACKAGE_TREE=build/package-two-elsewhere RELEASE=build/release-two
	diff -r build/release-one build/release-two
	@rm -rf build/package-one build/package-two-elsewhere build/release-one build/release-two
	@echo "release-check: two builds, the same bytes"

cluster: all sample
	sh tools/cluster/trial.sh $(CURDIR)/$(BUILD)/bin/$(PROGRAM) $(CURDIR)/build/sample build/cluster

clean:
	rm -rf build

-include $(patsubst %.o,%.d,$(call object,$(ENGINE_SRC) $(CLI_SRC) $(TEST_SRC) $(FUZZ_SRC) $(SAMPLE_SRC)))
.PHONY: all demo check setup sample test office sanitize sanitize-threads valgrind kills torture torture-short emulated coverage mutate fuzz fuzz-run bench bench-forecast format lint headers install deb deb-trial release release-check cluster clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:
