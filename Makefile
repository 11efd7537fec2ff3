# Builds with plain javac; everything built or fetched goes to build/. `make` alone tells what there is.

PORT  =
USERS = users.txt
ARGS  =
TESTS =
DEFECTS =

# Recipes read these from the environment, where a path may hold whatever it likes, blanks and quotes too.
export USERS COMMONS_CLI JUNIT HDRHISTOGRAM GSON JNA JLINE

# Options meant for every JVM may contradict the ones below. A JVM opens no file with letters that its locale lacks.
CLEANLY = env -u _JAVA_OPTIONS -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS LC_ALL=C.UTF-8
JDK     = "$${JAVA_HOME:+$$JAVA_HOME/bin/}"
JAVA    = $(CLEANLY) $(JDK)java
# A compiler that runs for two seconds is not worth compiling itself well. Inline: text is put together by plain calls;
# what javac does by default is prepared at run time, at every start.
JAVAC   = $(CLEANLY) $(JDK)javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC \
	--release 17 -Xlint:all -Werror -encoding UTF-8 -XDstringConcat=inline
JAR     = $(CLEANLY) $(JDK)jar
MVN     = mvn

CXX      = g++
CXXFLAGS = -std=c++17 -O2 -Wall -Wextra -Wpedantic

COPY_PLUGIN = org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy

# The one library of the program, and what the tests and the benchmark need: coordinates, file, checksum.
CLI_COORDINATES   = commons-cli:commons-cli:1.11.0
CLI_SHA256        = 8f7f8605d68e15bf32db61ec94eac6fdafc51b1bdbe1e0e0802b57d23f387792
JUNIT_COORDINATES = org.junit.platform:junit-platform-console-standalone:1.14.1
JUNIT_SHA256      = a09c656d60ada792cf12ed1e8dc7ead3edc98dde034332e97dfcb5b4268b9072
HDR_COORDINATES   = org.hdrhistogram:HdrHistogram:2.2.2
HDR_SHA256        = 22d1d4316c4ec13a68b559e98c8256d69071593731da96136640f864fa14fad8
GSON_COORDINATES  = com.google.code.gson:gson:2.11.0
GSON_SHA256       = 57928d6e5a6edeb2abd3770a8f95ba44dce45f3b23b7a9dc2b309c581552a78b
JNA_COORDINATES   = net.java.dev.jna:jna:5.19.1
JNA_SHA256        = 4fb141dd8ef6b0585ffceea4bc49602fbc6312fa977e2c488794ea3e6aafecae
JLINE_COORDINATES = org.jline:jline-terminal:4.5.0
JLINE_SHA256      = 50b3f0befc9c2b9aa3b37764cc02d938dd4d80234a7115b264cec58cf3b5b9dc

FETCHED_CLI   = build/lib/commons-cli-1.11.0.jar
FETCHED_JUNIT = build/lib/junit-platform-console-standalone-1.14.1.jar
FETCHED_HDR   = build/lib/HdrHistogram-2.2.2.jar
FETCHED_GSON  = build/lib/gson-2.11.0.jar
FETCHED_JNA   = build/lib/jna-5.19.1.jar
FETCHED_JLINE = build/lib/jline-terminal-4.5.0.jar

# Jars in hand can be named instead, then nothing is fetched.
COMMONS_CLI  = $(FETCHED_CLI)
JUNIT        = $(FETCHED_JUNIT)
HDRHISTOGRAM = $(FETCHED_HDR)
GSON         = $(FETCHED_GSON)
JNA          = $(FETCHED_JNA)
JLINE        = $(FETCHED_JLINE)

# The same as prerequisites, where make would take a blank for the end of a name.
EMPTY          =
escaped        = $(subst $(EMPTY) $(EMPTY),\ ,$(1))
THE_CLI        = $(call escaped,$(COMMONS_CLI))
THE_JUNIT      = $(call escaped,$(JUNIT))
THE_HISTOGRAM  = $(call escaped,$(HDRHISTOGRAM))
THE_GSON       = $(call escaped,$(GSON))
THE_JNA        = $(call escaped,$(JNA))
THE_JLINE      = $(call escaped,$(JLINE))

# How a submission is built, started, left and graded: given to the grader as it was written, with nothing expanded.
GRADE_VARIABLES = DIR CMD BUILD TIMEOUT USERS_FILE USERS_HEADER TABLE LOGIN QUIT CLAUSE WEIGHTS LIMIT JOBS STRICT
$(foreach name,$(GRADE_VARIABLES),$(eval $(name) =)$(eval grade: export GRADE_$(name) = $$(value $(name))))

SOURCES       = $(wildcard src/peerchat/*.java src/peerchat/*/*.java)
TOOL_SOURCES  = $(BENCH_SOURCES) $(DEMO_SOURCES) $(GRADE_SOURCES) $(wildcard test/bench/untraced/*.java)
TEST_SOURCES  = $(filter-out $(TOOL_SOURCES),$(wildcard test/*/*.java test/*/*/*.java test/*/*/*/*.java))
BENCH_SOURCES = $(wildcard test/bench/*.java)
DEMO_SOURCES  = $(wildcard test/demo/*.java)
GRADE_SOURCES = $(wildcard test/grade/*.java test/report/*.java test/verdict/*.java)
PROGRAM       = build/peerchat.jar
ARCHIVE       = build/peerchat.jsa
UNTRACED      = build/peerchat-untraced.jar
TEST_PROGRAM  = build/peerchat-test.jar
BENCH_PROGRAM = build/peerchat-bench.jar
DEMO_PROGRAM  = build/peerchat-demo.jar
GRADE_PROGRAM = build/peerchat-grade.jar
TWIN          = build/chat_server

.PHONY: help run jar test test-elsewhere soak bench demo grade grade-selftest twin clean always
.DEFAULT_GOAL := help

help:
	@echo 'make run PORT=5000   start the chat of the user with this port in the table'
	@echo '                     USERS=FILE  another table than users.txt'
	@echo '                     ARGS="..."  further options, ARGS=--help shows them'
	@echo 'make jar             build/peerchat.jar, one file to copy: java -jar peerchat.jar 5000'
	@echo 'make demo            three friends chat for half a minute; then build/demo.html shows how one loop did it'
	@echo 'make test            run all tests; TESTS=P4IdleTest only these classes'
	@echo 'make test-elsewhere  the same on minimal Debian systems, which it makes (root, debootstrap); RELEASES="trixie"'
	@echo 'make soak            the promises under faults and load, minutes long, as a table'
	@echo 'make bench           the chat against its twin in C++, 6 minutes, as a table; PARTS="wire idle" only these'
	@echo "make grade DIR=FOLDER CMD='./a.out {port}'"
	@echo '                     grade a submission, or several (DIR="subs/*"); the README has the other settings'
	@echo 'make grade-selftest  grade the grader: every known defect, ten times, half an hour; DEFECTS="busy-loop" only these'
	@echo 'make clean           remove build/'
	@echo 'Anywhere:            COMMONS_CLI=FILE, JUNIT=FILE, HDRHISTOGRAM=FILE, GSON=FILE, JNA=FILE, JLINE=FILE'
	@echo '                     jars in hand, not fetched'
	@echo '                     JAVA_HOME=FOLDER  another JDK, 17 or newer'

# exec: a signal to make reaches the chat. The property: leaving with Ctrl-C is no error that make should report.
run: $(PROGRAM) $(ARCHIVE)
	@PEERCHAT_JVM_OPTIONS="-Dpeerchat.signal.status=0 $$PEERCHAT_JVM_OPTIONS" \
	    exec sh $(PROGRAM) --users "$$USERS" $(ARGS) $(PORT)

jar: $(PROGRAM) $(ARCHIVE)

PROPERTIES = -Dpeerchat.jar="$$PWD/$(PROGRAM)" -Dpeerchat.twin="$$PWD/$(TWIN)"
DEMO_PATH  = $(DEMO_PROGRAM):$$GSON
GRADE_PATH = $(GRADE_PROGRAM):$$GSON:$$JNA
TEST_PATH  = $(TEST_PROGRAM):$(PROGRAM):$$JUNIT:$$JLINE:$(GRADE_PATH)
BENCH_PATH = $(BENCH_PROGRAM):$(TEST_PROGRAM):$$HDRHISTOGRAM:$$GSON:$$JNA

demo: $(DEMO_PROGRAM) $(ARCHIVE)
	@exec $(JAVA) $(PROPERTIES) -cp "$(DEMO_PATH)" demo.Demo build

# JNA calls the C library: newer JVMs want to be told that this is meant. The grader waits most of the time.
NATIVE      = --enable-native-access=ALL-UNNAMED
GRADE_FLAGS = $(NATIVE) -XX:+UseSerialGC -XX:TieredStopAtLevel=1

grade: $(GRADE_PROGRAM)
	@exec $(JAVA) $(GRADE_FLAGS) -cp "$(GRADE_PATH)" grade.Grade build/grade

grade-selftest: $(TEST_PROGRAM)
	@exec $(JAVA) $(GRADE_FLAGS) -cp "$(TEST_PROGRAM):$(GRADE_PATH)" grading.Matrix test 10 $(DEFECTS)

TEST_PROPERTIES = $(PROPERTIES) -Dpeerchat.bench="$(BENCH_PATH)" -Dpeerchat.demo="$(DEMO_PATH)" \
	-Dpeerchat.grade="$(GRADE_PATH)" -Dpeerchat.grade.flags='$(GRADE_FLAGS)' -Dcommons.cli="$$COMMONS_CLI"
FOR_TESTS       = $(TEST_PROGRAM) $(BENCH_PROGRAM) $(DEMO_PROGRAM) $(GRADE_PROGRAM) $(ARCHIVE) twin

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

bench: $(BENCH_PROGRAM) $(ARCHIVE) $(UNTRACED) $(UNTRACED:.jar=.jsa) twin
	@$(JAVA) $(PROPERTIES) -Dpeerchat.untraced="$$PWD/$(UNTRACED)" $(NATIVE) -XX:+UseSerialGC \
	    -Xms700m -Xmx700m -cp "$(BENCH_PATH)" bench.Bench build $(PARTS)

# Where there is no g++ there is no twin: its tests are skipped, and make bench measures Java alone.
twin: $(if $(shell command -v $(CXX) 2>/dev/null),$(TWIN))

clean:
	@rm -rf build

$(PROGRAM): $(SOURCES) src/launcher.sh $(THE_CLI) Makefile
	@$(need_javac)
	@$(call build_chat,$(SOURCES))

# The benchmark's measure of the trace: the chat with a trace that does nothing as the only one.
UNTRACED_SOURCES = $(filter-out src/peerchat/trace/%,$(SOURCES)) $(wildcard test/bench/untraced/*.java) \
	src/peerchat/trace/Trace.java src/peerchat/trace/TraceEvent.java

$(UNTRACED): $(UNTRACED_SOURCES) src/launcher.sh $(THE_CLI) Makefile
	@$(call build_chat,$(UNTRACED_SOURCES))

# Built aside and moved in place whole: two makes at once do not disturb each other, nor a chat that is running.
# build_chat,SOURCES
define build_chat
echo 'building $@' && aside=build/aside.$$$$ && mkdir -p $$aside/program && trap 'rm -rf "$$aside"' EXIT && \
	$(JAVAC) -cp "$$COMMONS_CLI" -d $$aside/program $(1) && cp "$$COMMONS_CLI" $$aside/cli.jar && \
	(cd $$aside/program && case $$JAVA_HOME in ''|/*) ;; *) JAVA_HOME=$$OLDPWD/$$JAVA_HOME ;; esac && \
	    $(JAR) xf ../cli.jar org META-INF/LICENSE.txt META-INF/NOTICE.txt) && \
	$(JAR) --create --file $$aside/plain.jar --main-class peerchat.Main -C $$aside/program . && \
	cat src/launcher.sh $$aside/plain.jar > $$aside/peerchat.jar && chmod +x $$aside/peerchat.jar && \
	mv -f $$aside/peerchat.jar $@
endef

# The classes of a short run, on a port that is free, as the JVM would have them in memory: it starts faster with them.
# Nothing needs this file: if it cannot be made, or does not fit the JVM, the classes are read from the jar.
build/%.jsa: build/%.jar build/jdk
	@echo 'building $@' && aside=build/aside.$$$$ && mkdir -p $$aside && trap 'rm -rf "$$aside"' EXIT && \
	printf '/users\nnobody/hello\nfriend/hello\n/quit\n' > $$aside/typed && \
	for port in 15999 17999 19999 21999 23999; do \
	    printf 'me 127.0.0.1 %s\nfriend 127.0.0.1 1\n' $$port > $$aside/users.txt; \
	    PEERCHAT_JVM_OPTIONS='-XX:SharedArchiveFile= -XX:ArchiveClassesAtExit='$$aside/peerchat.jsa \
	        sh "$$PWD/$<" --users $$aside/users.txt --trace --trace-file $$aside/trace.json $$port \
	        < $$aside/typed >/dev/null 2>&1; \
	    [ $$? = 1 ] || break; \
	done; \
	mv -f $$aside/peerchat.jsa $@ 2>/dev/null || :

# Which JVM the archives are for: the file changes when the JVM does.
build/jdk: always
	@mkdir -p build && jdk=$$(ls -lLi "$$(command -v $(JDK)java)" 2>/dev/null) && \
	{ [ "$$jdk" = "$$(cat $@ 2>/dev/null)" ] || echo "$$jdk" > $@; }

always:

$(TWIN): test/cpp/chat_server.cpp Makefile
	@echo 'building $@' && mkdir -p build && $(CXX) $(CXXFLAGS) -o $@.$$$$ $< && mv -f $@.$$$$ $@

$(TEST_PROGRAM): $(TEST_SOURCES) $(PROGRAM) $(GRADE_PROGRAM) $(THE_JUNIT) $(THE_JLINE) $(THE_GSON) Makefile
	@echo 'building $@' && aside=build/aside.$$$$ && mkdir -p $$aside/test && trap 'rm -rf "$$aside"' EXIT && \
	$(JAVAC) -Xlint:-classfile -cp "$(PROGRAM):$$JUNIT:$$JLINE:$(GRADE_PATH)" -d $$aside/test $(TEST_SOURCES) && \
	$(JAR) --create --file $$aside/test.jar -C $$aside/test . && \
	mv -f $$aside/test.jar $@

$(BENCH_PROGRAM): $(BENCH_SOURCES) $(TEST_PROGRAM) $(THE_HISTOGRAM) $(THE_GSON)
	@echo 'building $@' && aside=build/aside.$$$$ && mkdir -p $$aside/bench && trap 'rm -rf "$$aside"' EXIT && \
	$(JAVAC) -Xlint:-classfile -cp "$(TEST_PROGRAM):$$HDRHISTOGRAM:$$GSON" -d $$aside/bench $(BENCH_SOURCES) && \
	$(JAR) --create --file $$aside/bench.jar -C $$aside/bench . && \
	mv -f $$aside/bench.jar $@

# What it shares with the tests is compiled into it, but not JUnit: a lecture needs no tests.
$(DEMO_PROGRAM): $(DEMO_SOURCES) $(wildcard test/support/*.java) $(THE_GSON) Makefile
	@$(need_javac)
	@echo 'building $@' && aside=build/aside.$$$$ && mkdir -p $$aside/demo && trap 'rm -rf "$$aside"' EXIT && \
	$(JAVAC) -Xlint:-classfile -sourcepath test -cp "$$GSON" -d $$aside/demo $(DEMO_SOURCES) && \
	$(JAR) --create --file $$aside/demo.jar -C $$aside/demo . && \
	mv -f $$aside/demo.jar $@

$(GRADE_PROGRAM): $(GRADE_SOURCES) $(wildcard test/support/*.java) $(THE_GSON) $(THE_JNA) Makefile
	@$(need_javac)
	@echo 'building $@' && aside=build/aside.$$$$ && mkdir -p $$aside/grade && trap 'rm -rf "$$aside"' EXIT && \
	$(JAVAC) -Xlint:-classfile -sourcepath test -cp "$$GSON:$$JNA" -d $$aside/grade $(GRADE_SOURCES) && \
	$(JAR) --create --file $$aside/grade.jar -C $$aside/grade . && \
	mv -f $$aside/grade.jar $@

$(FETCHED_CLI):
	@$(call fetch,$(CLI_COORDINATES),$(CLI_SHA256),COMMONS_CLI)

$(FETCHED_JUNIT):
	@$(call fetch,$(JUNIT_COORDINATES),$(JUNIT_SHA256),JUNIT)

$(FETCHED_HDR):
	@$(call fetch,$(HDR_COORDINATES),$(HDR_SHA256),HDRHISTOGRAM)

$(FETCHED_GSON):
	@$(call fetch,$(GSON_COORDINATES),$(GSON_SHA256),GSON)

$(FETCHED_JNA):
	@$(call fetch,$(JNA_COORDINATES),$(JNA_SHA256),JNA)

$(FETCHED_JLINE):
	@$(call fetch,$(JLINE_COORDINATES),$(JLINE_SHA256),JLINE)

need_javac = command -v $(JDK)javac >/dev/null || { \
	echo 'no javac: install a JDK, 17 or newer, or name one with JAVA_HOME=FOLDER' >&2; exit 1; }

# fetch,COORDINATES,SHA256,VARIABLE: brings a jar to build/lib, once, and lets no other file of that name in.
define fetch
command -v $(MVN) >/dev/null || { \
	echo 'no Maven to fetch $(1): install it, or name a jar in hand with $(3)=FILE' >&2; exit 1; }; \
aside=build/fetch.$$$$ && mkdir -p $$aside build/lib && trap 'rm -rf "$$aside"' EXIT && \
echo 'fetching $(1)' && \
{ env -u _JAVA_OPTIONS LC_ALL=C.UTF-8 $(MVN) -q -B -e $(COPY_PLUGIN) -Dartifact=$(1) \
	-DoutputDirectory="$$PWD/$$aside" >$$aside/log 2>&1 || { \
	$(say_why); \
	echo 'cannot fetch $(1): connect to the network once, or name a jar in hand with $(3)=FILE' >&2; exit 1; }; } && \
{ sum=$$(sha256sum $$aside/*.jar 2>/dev/null || shasum -a 256 $$aside/*.jar 2>/dev/null) || { \
	echo 'cannot check $(1): neither sha256sum nor shasum is here; install coreutils' >&2; exit 1; }; } && \
{ [ "$${sum%% *}" = '$(2)' ] || { \
	echo "$(1) has SHA-256 $${sum%% *}, expected $(2): it is not the file that was meant" >&2; exit 1; }; } && \
mv -f $$aside/*.jar $@
endef

# Prints the first error that Maven tells, without the frame around it, and its cause; all of the log if it has none.
define say_why
why=; cause=; while read -r line; do case $$line in \
	*'Caused by: '*) cause=$${line#*Caused by: };; \
	*'[ERROR] '?*) [ -n "$$why" ] || { why=$${line#*\[ERROR\] }; why=$${why#*standalone-pom: }; };; \
	esac; done <$$aside/log; \
case $$why in *"$${cause##*: }"*) cause=;; esac; \
{ [ -z "$$why" ] && cat $$aside/log || echo "$${why% -> \[*}$${cause:+ $$cause}"; } >&2
endef
