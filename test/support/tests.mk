# The tests: make test, soak, test-elsewhere. The libraries that the tests and tools need: coordinates, file, checksum.

TESTS =

JUNIT_COORDINATES = org.junit.platform:junit-platform-console-standalone:1.14.1
JUNIT_SHA256      = a09c656d60ada792cf12ed1e8dc7ead3edc98dde034332e97dfcb5b4268b9072
HDR_COORDINATES   = org.hdrhistogram:HdrHistogram:2.2.2
HDR_SHA256        = 22d1d4316c4ec13a68b559e98c8256d69071593731da96136640f864fa14fad8
GSON_COORDINATES  = com.google.code.gson:gson:2.11.0
GSON_SHA256       = 57928d6e5a6edeb2abd3770a8f95ba44dce45f3b23b7a9dc2b309c581552a78b
CSV_COORDINATES   = org.apache.commons:commons-csv:1.10.0
CSV_SHA256        = 2d06e6a07a636baf777ad8e659256f2119109dde23551c9b80c5422d424b808c
JNA_COORDINATES   = net.java.dev.jna:jna:5.19.1
JNA_SHA256        = 4fb141dd8ef6b0585ffceea4bc49602fbc6312fa977e2c488794ea3e6aafecae
COMPRESS_COORDINATES = org.apache.commons:commons-compress:1.28.0
COMPRESS_SHA256   = e1522945218456f3649a39bc4afd70ce4bd466221519dba7d378f2141a4642ca
IO_COORDINATES    = commons-io:commons-io:2.22.0
IO_SHA256         = 2b9a7b1f726fb86216dbd2c8321eabe0221dbd5b1be81c18e1cb53811b104758
LANG_COORDINATES  = org.apache.commons:commons-lang3:3.22.0
LANG_SHA256       = 2ea88052c8662bf51874f4159467ba24b040b22dfd54d2596e11936896c76192
JLINE_COORDINATES = org.jline:jline-terminal:4.5.0
JLINE_SHA256      = 50b3f0befc9c2b9aa3b37764cc02d938dd4d80234a7115b264cec58cf3b5b9dc

FETCHED_JUNIT = build/lib/junit-platform-console-standalone-1.14.1.jar
FETCHED_HDR   = build/lib/HdrHistogram-2.2.2.jar
FETCHED_GSON  = build/lib/gson-2.11.0.jar
FETCHED_CSV   = build/lib/commons-csv-1.10.0.jar
FETCHED_JNA   = build/lib/jna-5.19.1.jar
FETCHED_COMPRESS = build/lib/commons-compress-1.28.0.jar
FETCHED_IO    = build/lib/commons-io-2.22.0.jar
FETCHED_LANG  = build/lib/commons-lang3-3.22.0.jar
FETCHED_JLINE = build/lib/jline-terminal-4.5.0.jar

JUNIT        = $(FETCHED_JUNIT)
HDRHISTOGRAM = $(FETCHED_HDR)
GSON         = $(FETCHED_GSON)
COMMONS_CSV  = $(FETCHED_CSV)
JNA          = $(FETCHED_JNA)
COMPRESS     = $(FETCHED_COMPRESS)
COMMONS_IO   = $(FETCHED_IO)
COMMONS_LANG = $(FETCHED_LANG)
JLINE        = $(FETCHED_JLINE)

export JUNIT HDRHISTOGRAM GSON COMMONS_CSV JNA JLINE COMPRESS COMMONS_IO COMMONS_LANG

THE_JUNIT     = $(call escaped,$(JUNIT))
THE_HISTOGRAM = $(call escaped,$(HDRHISTOGRAM))
THE_GSON      = $(call escaped,$(GSON))
THE_CSV       = $(call escaped,$(COMMONS_CSV))
THE_JNA       = $(call escaped,$(JNA))
THE_JLINE     = $(call escaped,$(JLINE))
THE_COMPRESS  = $(call escaped,$(COMPRESS)) $(call escaped,$(COMMONS_IO)) $(call escaped,$(COMMONS_LANG))

$(FETCHED_JUNIT):
	@$(call fetch,$(JUNIT_COORDINATES),$(JUNIT_SHA256),JUNIT)
$(FETCHED_HDR):
	@$(call fetch,$(HDR_COORDINATES),$(HDR_SHA256),HDRHISTOGRAM)
$(FETCHED_GSON):
	@$(call fetch,$(GSON_COORDINATES),$(GSON_SHA256),GSON)
$(FETCHED_CSV):
	@$(call fetch,$(CSV_COORDINATES),$(CSV_SHA256),COMMONS_CSV)
$(FETCHED_JNA):
	@$(call fetch,$(JNA_COORDINATES),$(JNA_SHA256),JNA)
$(FETCHED_COMPRESS):
	@$(call fetch,$(COMPRESS_COORDINATES),$(COMPRESS_SHA256),COMPRESS)
$(FETCHED_IO):
	@$(call fetch,$(IO_COORDINATES),$(IO_SHA256),COMMONS_IO)
$(FETCHED_LANG):
	@$(call fetch,$(LANG_COORDINATES),$(LANG_SHA256),COMMONS_LANG)
$(FETCHED_JLINE):
	@$(call fetch,$(JLINE_COORDINATES),$(JLINE_SHA256),JLINE)

# The tools, which the tests start, too, and the sources of each. Whatever else lies under test/ is compiled as a test.
BENCH_PROGRAM = build/peerchat-bench.jar
DEMO_PROGRAM  = build/peerchat-demo.jar
GRADE_PROGRAM = build/peerchat-grade.jar
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
	-Dpeerchat.grade="$(GRADE_PATH)" -Dpeerchat.grade.flags='$(GRADE_FLAGS)' -Dcommons.cli="$$COMMONS_CLI"
FOR_TESTS       = $(TEST_PROGRAM) $(BENCH_PROGRAM) $(DEMO_PROGRAM) $(GRADE_PROGRAM) $(ARCHIVE) twin

.PHONY: test soak test-elsewhere test-gradescope twin

# Most chats of a test live for a second: compiling them well would cost a quarter of all CPU time.
test: $(FOR_TESTS)
	@export PEERCHAT_JVM_OPTIONS="-XX:TieredStopAtLevel=1 $$PEERCHAT_JVM_OPTIONS"; \
	$(JAVA) $(NATIVE) -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $(TEST_PROPERTIES) -cp "$(TEST_PATH)" \
	    support.RunTests $(TESTS)

soak: $(FOR_TESTS)
	@$(JAVA) $(NATIVE) $(TEST_PROPERTIES) -Dpeerchat.soak=true -cp "$(TEST_PATH)" \
	    support.RunTests $(or $(TESTS),Promise.*Test)

test-elsewhere:
	@sh test/elsewhere/run.sh

test-gradescope:
	@MAKE='$(MAKE)' sh test/elsewhere/gradescope.sh

$(TEST_PROGRAM): $(TEST_SOURCES) $(SHARED) $(PROGRAM) $(GRADE_PROGRAM) $(THE_JUNIT) $(THE_JLINE) $(THE_GSON)
	@$(call build_jar,-cp "$(PROGRAM):$$JUNIT:$(GRADE_PATH)" $(TEST_SOURCES))

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
