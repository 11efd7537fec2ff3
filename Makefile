# Builds with plain javac; everything built or fetched goes to build/. `make` alone tells what there is.

PORT  =
USERS = users.txt
ARGS  =
TESTS =

JAVA_BIN = $(if $(JAVA_HOME),$(JAVA_HOME)/bin/,)
JAVA     = $(JAVA_BIN)java
JAVAC    = $(JAVA_BIN)javac --release 17 -Xlint:all -Werror -encoding UTF-8
JAR      = $(JAVA_BIN)jar
MVN      = mvn

# A small heap and the simplest collector: the chat keeps little, and its one thread is the one that works.
JVM_FLAGS = -XX:+UseSerialGC -Xms16m -Xmx48m -Xss512k -XX:TieredStopAtLevel=1 -Xshare:auto

COPY_PLUGIN = org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy

# The one library of the program, and what the tests need: coordinates, file, checksum.
CLI_COORDINATES   = commons-cli:commons-cli:1.11.0
CLI_SHA256        = 8f7f8605d68e15bf32db61ec94eac6fdafc51b1bdbe1e0e0802b57d23f387792
JUNIT_COORDINATES = org.junit.platform:junit-platform-console-standalone:1.14.1
JUNIT_SHA256      = a09c656d60ada792cf12ed1e8dc7ead3edc98dde034332e97dfcb5b4268b9072

FETCHED_CLI   = build/lib/commons-cli-1.11.0.jar
FETCHED_JUNIT = build/lib/junit-platform-console-standalone-1.14.1.jar

# Jars in hand can be named instead, then nothing is fetched.
COMMONS_CLI = $(FETCHED_CLI)
JUNIT       = $(FETCHED_JUNIT)

SOURCES      = $(wildcard src/peerchat/*.java)
TEST_SOURCES = $(wildcard test/*/*.java)
PROGRAM      = build/peerchat.jar
TEST_PROGRAM = build/peerchat-test.jar

.PHONY: help run jar test soak clean
.DEFAULT_GOAL := help

help:
	@echo 'make run PORT=5000   start the chat of the user with this port in the table'
	@echo '                     USERS=FILE  another table than users.txt'
	@echo '                     ARGS="..."  further options, ARGS=--help shows them'
	@echo 'make jar             build/peerchat.jar, one file to copy: java -jar peerchat.jar 5000'
	@echo 'make test            run all tests; TESTS=P4IdleTest only these classes'
	@echo 'make soak            the promises under faults and load, minutes long, as a table'
	@echo 'make clean           remove build/'
	@echo 'Anywhere:            COMMONS_CLI=FILE, JUNIT=FILE  jars in hand, not fetched'
	@echo '                     JAVA_HOME=FOLDER  another JDK, 17 or newer'

# exec: a signal to make reaches the chat. The property: leaving with Ctrl-C is no error that make should report.
run: $(PROGRAM)
	@exec $(JAVA) $(JVM_FLAGS) -Dpeerchat.signal.status=0 -jar $(PROGRAM) --users '$(USERS)' $(ARGS) $(PORT)

jar: $(PROGRAM)

test soak: $(TEST_PROGRAM)
	@$(JAVA) -Dpeerchat.soak=$(if $(filter soak,$@),true,false) -Dpeerchat.jar='$(abspath $(PROGRAM))' -Dpeerchat.jvm='$(JVM_FLAGS)' -Dcommons.cli='$(abspath $(COMMONS_CLI))' \
	    -cp $(TEST_PROGRAM):$(PROGRAM):$(JUNIT) support.RunTests $(if $(filter soak,$@),$(or $(TESTS),Promise.*Test),$(TESTS))

clean:
	@rm -rf build

# Built aside and moved in place whole: two makes at once do not disturb each other, nor a chat that is running.
$(PROGRAM): $(SOURCES) $(COMMONS_CLI) Makefile
	@$(need_javac)
	@aside=build/aside.$$$$ && mkdir -p $$aside/program && trap 'rm -rf "$$aside"' EXIT && \
	$(JAVAC) -cp '$(COMMONS_CLI)' -d $$aside/program $(SOURCES) && \
	(cd $$aside/program && $(JAR) xf $(abspath $(COMMONS_CLI)) org META-INF/LICENSE.txt META-INF/NOTICE.txt) && \
	$(JAR) --create --file $$aside/peerchat.jar --main-class peerchat.Main -C $$aside/program . && \
	mv -f $$aside/peerchat.jar $@

$(TEST_PROGRAM): $(TEST_SOURCES) $(PROGRAM) $(JUNIT) Makefile
	@aside=build/aside.$$$$ && mkdir -p $$aside/test && trap 'rm -rf "$$aside"' EXIT && \
	$(JAVAC) -cp '$(PROGRAM):$(JUNIT)' -d $$aside/test $(TEST_SOURCES) && \
	$(JAR) --create --file $$aside/test.jar -C $$aside/test . && \
	mv -f $$aside/test.jar $@

$(FETCHED_CLI):
	@$(call fetch,$(CLI_COORDINATES),$(CLI_SHA256),COMMONS_CLI)

$(FETCHED_JUNIT):
	@$(call fetch,$(JUNIT_COORDINATES),$(JUNIT_SHA256),JUNIT)

need_javac = command -v $(firstword $(JAVAC)) >/dev/null || { \
	echo 'no javac: install a JDK, 17 or newer, or name one with JAVA_HOME=FOLDER' >&2; exit 1; }

# fetch,COORDINATES,SHA256,VARIABLE: brings a jar to build/lib, once, and lets no other file of that name in.
define fetch
command -v $(MVN) >/dev/null || { \
	echo 'no Maven to fetch $(1): install it, or name a jar in hand with $(3)=FILE' >&2; exit 1; }; \
aside=build/fetch.$$$$ && mkdir -p $$aside build/lib && trap 'rm -rf "$$aside"' EXIT && \
{ $(MVN) -q -B -Dstyle.color=never $(COPY_PLUGIN) -Dartifact=$(1) -DoutputDirectory="$$PWD/$$aside" >$$aside/log 2>&1 || { \
	grep -m 1 ERROR $$aside/log | cut -c 1-200 >&2; \
	echo 'cannot fetch $(1): connect to the network once, or name a jar in hand with $(3)=FILE' >&2; exit 1; }; } && \
sum=$$({ sha256sum $$aside/*.jar 2>/dev/null || shasum -a 256 $$aside/*.jar; } | cut -d' ' -f1) && \
{ [ "$$sum" = '$(2)' ] || { \
	echo '$(1) has SHA-256 '"$$sum"', expected $(2): it is not the file that was meant' >&2; exit 1; }; } && \
mv -f $$aside/*.jar $@
endef
