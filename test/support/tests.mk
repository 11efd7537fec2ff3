# The tests: make test, soak, test-elsewhere; and the libraries that the tests and tools need.

TESTS =

JUNIT        = build/lib/junit-platform-console-standalone.jar
HDRHISTOGRAM = build/lib/HdrHistogram.jar
GSON         = build/lib/gson.jar
COMMONS_CSV  = build/lib/commons-csv.jar
JNA          = build/lib/jna.jar
JLINE        = build/lib/jline-terminal.jar
COMPRESS     = build/lib/commons-compress.jar
COMMONS_IO   = build/lib/commons-io.jar
COMMONS_LANG = build/lib/commons-lang3.jar

export JUNIT HDRHISTOGRAM GSON COMMONS_CSV JNA JLINE COMPRESS COMMONS_IO COMMONS_LANG

THE_JUNIT     = $(call escaped,$(JUNIT))
THE_HISTOGRAM = $(call escaped,$(HDRHISTOGRAM))
THE_GSON      = $(call escaped,$(GSON))
THE_CSV       = $(call escaped,$(COMMONS_CSV))
THE_JNA       = $(call escaped,$(JNA))
THE_JLINE     = $(call escaped,$(JLINE))
THE_COMPRESS  = $(call escaped,$(COMPRESS)) $(call escaped,$(COMMONS_IO)) $(call escaped,$(COMMONS_LANG))

# Maven starts once for all of them; the file tells that it has, and is older than they are.
LIBRARIES = test/support/libraries
FETCHED   = build/lib/fetched

$(filter build/lib/%,$(JUNIT) $(HDRHISTOGRAM) $(GSON) $(COMMONS_CSV) $(JNA) $(JLINE) $(COMPRESS) $(COMMONS_IO) \
	$(COMMONS_LANG)): $(FETCHED)
	@[ -e $@ ] || { rm $(FETCHED) && $(MAKE) --no-print-directory $(FETCHED); }

# Not beside the other Maven: both may have to fill the same cache.
$(FETCHED): $(LIBRARIES).xml $(LIBRARIES).sha256 | $(THE_CLI)
	@$(call fetch,the libraries of the tests,the jars in hand with JUNIT=FILE and others (make shows all),\
	    -f $(LIBRARIES).xml \
	    $(COPY_PLUGIN):copy-dependencies -DexcludeTransitive -Dmdep.stripVersion) && \
	sums=$$PWD/$(LIBRARIES).sha256 && (cd $$aside && \
	    if command -v sha256sum; then sha256sum -c "$$sums"; else shasum -a 256 -c "$$sums"; fi) >$$aside/log 2>&1 || { \
	    cat $$aside/log >&2; echo 'a library is not the file that was meant: see $(LIBRARIES).sha256' >&2; exit 1; } && \
	touch $$aside/fetched && touch $$aside/*.jar && mv -f $$aside/*.jar build/lib && mv -f $$aside/fetched $@

# The tools, which the tests start, too, and the sources of each. Whatever else lies under test/ is compiled as a test.
BENCH_PROGRAM = build/peerchat-bench.jar
DEMO_PROGRAM  = build/peerchat-demo.jar
GRADE_PROGRAM = build/peerchat-grade.jar
GRADE_ARCHIVE = build/peerchat-grade.jsa
TEST_PROGRAM  = build/peerchat-test.jar
TWIN          = build/chat_server

BENCH_SOURCES = $(filter-out %Test.java,$(wildcard test/bench/*.java))
DEMO_SOURCES  = $(filter-out %Test.java,$(wildcard test/demo/*.java))
GRADE_SOURCES = $(wildcard test/grader/*.java) $(filter-out test/grader/tests/%,$(wildcard test/grader/*/*.java))
TOOL_SOURCES  = $(BENCH_SOURCES) $(DEMO_SOURCES) $(GRADE_SOURCES) $(wildcard test/bench/untraced/*.java)
TEST_SOURCES  = $(filter-out $(TOOL_SOURCES),$(wildcard test/*/*.java test/*/*/*.java test/*/*/*/*.java))
# What a tool shares with the tests, and how all are built.
SHARED        = $(wildcard test/support/*.java) Makefile test/support/tests.mk

# JNA calls the C library: newer JVMs want to be told that this is meant.
NATIVE          = --enable-native-access=ALL-UNNAMED
TEST_PATH       = $(TEST_PROGRAM):$(PROGRAM):$$JUNIT:$(GRADE_PATH)
PROPERTIES      = -Dpeerchat.jar="$$PWD/$(PROGRAM)" -Dpeerchat.twin="$$PWD/$(TWIN)"
TEST_PROPERTIES = $(PROPERTIES) -Dpeerchat.bench="$(BENCH_PATH)" -Dpeerchat.demo="$(DEMO_PATH)" \
	-Dpeerchat.grade="$(GRADE_PATH)" -Dpeerchat.grade.flags='$(GRADE_FLAGS)' \
	-Dpeerchat.grade.archive="$(GRADE_ARCHIVE)" -Dcommons.cli="$$COMMONS_CLI"
FOR_TESTS       = $(TEST_PROGRAM) $(BENCH_PROGRAM) $(DEMO_PROGRAM) $(GRADE_PROGRAM) $(ARCHIVE) $(GRADE_ARCHIVE) twin

.PHONY: test for-tests soak test-elsewhere test-gradescope twin

# Two programs are built at once: a compiler has not enough to do for two cores. Most chats of a test live for a second:
# compiling them well would cost a quarter of all CPU time. To compile them later saves a little, too.
test:
	@$(MAKE) --no-print-directory -j2 for-tests
	@export PEERCHAT_JVM_OPTIONS="-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 $$PEERCHAT_JVM_OPTIONS"; \
	$(JAVA) $(NATIVE) -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $(TEST_PROPERTIES) -cp "$(TEST_PATH)" \
	    support.RunTests $(TESTS)

for-tests: $(FOR_TESTS)
	@:

soak: $(FOR_TESTS)
	@$(JAVA) $(NATIVE) $(TEST_PROPERTIES) -Dpeerchat.soak=true -cp "$(TEST_PATH)" \
	    support.RunTests $(or $(TESTS),Promise.*Test)

test-elsewhere:
	@sh test/elsewhere/run.sh

test-gradescope:
	@MAKE='$(MAKE)' sh test/elsewhere/gradescope.sh

$(TEST_PROGRAM): $(TEST_SOURCES) $(SHARED) $(PROGRAM) $(GRADE_PROGRAM) $(THE_JUNIT) $(THE_JLINE) $(THE_GSON)
	@$(call build_jar,-cp "$(PROGRAM):$$JUNIT:$(GRADE_PATH)" $(TEST_SOURCES))

# The tests start the grader dozens of times. An archive of its classes saves a third of the CPU time of a start.
$(GRADE_ARCHIVE): $(GRADE_PROGRAM) build/jdk
	@echo 'building $@' && $(aside) && mkdir $$aside/ends && echo 'exit 3' >$$aside/ends/run && \
	GRADE_DIR=$$aside/ends GRADE_CMD='sh run {port}' $(JAVA) $(GRADE_FLAGS) \
	    -XX:ArchiveClassesAtExit=$$aside/grade.jsa -cp "$(GRADE_PATH)" grader.Grade $$aside/reports >$$aside/log 2>&1; \
	mv -f $$aside/grade.jsa $@ 2>/dev/null || :

# build_jar,OPTIONS AND SOURCES. With -sourcepath test, what a tool shares with the tests is compiled into it.
define build_jar
echo 'building $@' && $(aside) && mkdir $$aside/classes && \
	$(JAVAC) -Xlint:-classfile -d $$aside/classes $(1) && \
	$(JAR) --create --file $$aside/tool.jar -C $$aside/classes . && mv -f $$aside/tool.jar $@
endef

# Where there is no g++ there is no twin: its tests are skipped, and make bench measures Java alone.
CXX      = g++
CXXFLAGS = -std=c++17 -O2 -Wall -Wextra -Wpedantic

twin: $(if $(shell command -v $(CXX) 2>/dev/null),$(TWIN))

$(TWIN): test/cpp/chat_server.cpp test/support/tests.mk
	@echo 'building $@' && mkdir -p build && $(CXX) $(CXXFLAGS) -o $@.$$$$ $< && mv -f $@.$$$$ $@
