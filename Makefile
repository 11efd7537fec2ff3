# Builds with plain javac; everything built or fetched goes to build/. `make` alone tells what there is.
# How the tests, the benchmark, the demo and the grader are built stands beside them: test/*/*.mk.

PORT  =
USERS = users.txt
ARGS  =

# The one library of the program. A jar in hand can be named instead, then nothing is fetched.
CLI_COORDINATES = commons-cli:commons-cli:1.11.0
CLI_SHA256      = 8f7f8605d68e15bf32db61ec94eac6fdafc51b1bdbe1e0e0802b57d23f387792
FETCHED_CLI     = build/lib/commons-cli-1.11.0.jar
COMMONS_CLI     = $(FETCHED_CLI)

# Recipes read these from the environment, where a path may hold whatever it likes, blanks and quotes too.
export USERS COMMONS_CLI

# Options meant for every JVM may contradict the ones below. A JVM opens no file with letters that its locale lacks.
CLEANLY = env -u _JAVA_OPTIONS -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS LC_ALL=C.UTF-8
JDK     = "$${JAVA_HOME:+$$JAVA_HOME/bin/}"
JAVA    = $(CLEANLY) $(JDK)java
JAR     = $(CLEANLY) $(JDK)jar
MVN     = mvn
# A compiler that runs for two seconds is not worth compiling itself well. Inline: text is put together by plain calls;
# what javac does by default is prepared at run time, at every start.
JAVAC   = $(CLEANLY) $(JDK)javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC \
	--release 17 -Xlint:all -Werror -encoding UTF-8 -XDstringConcat=inline

SOURCES = $(wildcard src/peerchat/*.java src/peerchat/*/*.java)
PROGRAM = build/peerchat.jar
ARCHIVE = build/peerchat.jsa

.PHONY: help run jar clean always
.DEFAULT_GOAL := help

help:
	@echo 'make run PORT=5000   start the chat of the user with this port in the table'
	@echo '                     USERS=FILE  another table than users.txt'
	@echo '                     ARGS="..."  further options, ARGS=--help shows them'
	@echo 'make jar             build/peerchat.jar, one file to copy: java -jar peerchat.jar 5000'
	@echo 'make demo            three friends chat for half a minute; then build/demo.html shows their loops at work'
	@echo 'make test            run all tests; TESTS=P4IdleTest only these classes'
	@echo 'make test-elsewhere  the same on new minimal Debian systems (needs root, debootstrap); RELEASES="trixie"'
	@echo 'make test-gradescope test the Gradescope archive on such systems'
	@echo 'make soak            test the chat under faults and load for minutes, print a table'
	@echo 'make bench           the chat against its twin in C++, 8 minutes, as a table; PARTS="wire idle" only these'
	@echo "make grade DIR=FOLDER CMD='./a.out {port}'"
	@echo '                     grade a submission, or several (DIR="subs/*", DIR=all.zip): test/grader/README.md'
	@echo 'make gradescope      build/autograder.zip, the same for Gradescope: one file to upload'
	@echo 'make grade-selftest  test the grader for hours, each faulty chat 10 times; less: RUNS=1 DEFECTS="busy-loop"'
	@echo 'make pile-selftest   the same for a whole course: an archive, 37 submissions'
	@echo 'make clean           remove build/'
	@echo 'With any of these:   COMMONS_CLI=FILE, JUNIT=FILE, HDRHISTOGRAM=FILE, GSON=FILE, JNA=FILE, JLINE=FILE,'
	@echo '                     COMMONS_CSV=FILE, COMPRESS=FILE, COMMONS_IO=FILE, COMMONS_LANG=FILE'
	@echo '                     jars that you have: they are not fetched'
	@echo '                     JAVA_HOME=FOLDER  another JDK, 17 or newer'

# exec: a signal to make reaches the chat. The property: leaving with Ctrl-C is no error that make should report.
run: $(PROGRAM) $(ARCHIVE)
	@PEERCHAT_JVM_OPTIONS="-Dpeerchat.signal.status=0 $$PEERCHAT_JVM_OPTIONS" \
	    exec sh $(PROGRAM) $(ARGS) --users "$$USERS" $(PORT)

jar: $(PROGRAM) $(ARCHIVE)

clean:
	@rm -rf build

# Make takes a blank in a prerequisite for the end of a name.
EMPTY   =
escaped = $(subst $(EMPTY) $(EMPTY),\ ,$(1))
THE_CLI = $(call escaped,$(COMMONS_CLI))

$(PROGRAM): $(SOURCES) src/launcher.sh $(THE_CLI) Makefile
	@$(need_javac)
	@$(call build_chat,$(SOURCES))

need_javac = command -v $(JDK)javac >/dev/null || { \
	echo 'no javac: install a JDK, 17 or newer, or name one with JAVA_HOME=FOLDER' >&2; exit 1; }

# Built aside and moved in place whole: two makes at once do not disturb each other, nor a chat that is running.
aside = aside=build/aside.$$$$ && mkdir -p $$aside && trap 'rm -rf "$$aside"' EXIT

define build_chat
echo 'building $@' && $(aside) && mkdir $$aside/program && \
	$(JAVAC) -cp "$$COMMONS_CLI" -d $$aside/program $(1) && cp "$$COMMONS_CLI" $$aside/cli.jar && \
	(cd $$aside/program && case $$JAVA_HOME in ''|/*) ;; *) JAVA_HOME=$$OLDPWD/$$JAVA_HOME ;; esac && \
	    $(JAR) xf ../cli.jar org META-INF/LICENSE.txt META-INF/NOTICE.txt) && \
	$(JAR) --create --file $$aside/plain.jar --main-class peerchat.Main -C $$aside/program . && \
	cat src/launcher.sh $$aside/plain.jar > $$aside/peerchat.jar && chmod +x $$aside/peerchat.jar && \
	mv -f $$aside/peerchat.jar $@
endef

# The classes of a short talk, as the JVM would have them in memory: the chat starts and answers faster with them.
# Nothing needs this file: if it cannot be made, or does not fit the JVM, the classes are read from the jar.
build/%.jsa: build/%.jar src/archive.sh build/jdk
	@echo 'building $@' && $(aside) && sh src/archive.sh "$$PWD/$<" $$aside; mv -f $$aside/peerchat.jsa $@ 2>/dev/null || :

# Which JVM the archives are for: the file changes when the JVM does.
build/jdk: always
	@mkdir -p build && jdk=$$(ls -lLi "$$(command -v $(JDK)java)" 2>/dev/null) && \
	{ [ "$$jdk" = "$$(cat $@ 2>/dev/null)" ] || echo "$$jdk" > $@; }

$(FETCHED_CLI):
	@$(call fetch,$(CLI_COORDINATES),a jar in hand with COMMONS_CLI=FILE,\
	    $(COPY_PLUGIN):copy -Dartifact=$(CLI_COORDINATES)) && \
	{ sum=$$(sha256sum $$aside/*.jar 2>/dev/null || shasum -a 256 $$aside/*.jar 2>/dev/null) || { \
	    echo 'cannot check $(CLI_COORDINATES): neither sha256sum nor shasum is here; install coreutils' >&2; \
	    exit 1; }; } && \
	{ [ "$${sum%% *}" = '$(CLI_SHA256)' ] || { echo "$(CLI_COORDINATES) has SHA-256 $${sum%% *},\
	 expected $(CLI_SHA256): it is not the file that was meant" >&2; exit 1; }; } && \
	mv -f $$aside/*.jar $@

# fetch,WHAT,INSTEAD,GOAL: Maven brings jars to the folder $$aside.
COPY_PLUGIN = org.apache.maven.plugins:maven-dependency-plugin:3.8.1
define fetch
command -v $(MVN) >/dev/null || { \
	echo 'no Maven to fetch $(1): install it, or name $(2)' >&2; exit 1; }; \
$(aside) && mkdir -p build/lib && echo 'fetching $(1)' && \
{ env -u _JAVA_OPTIONS LC_ALL=C.UTF-8 MAVEN_OPTS="-XX:TieredStopAtLevel=1 $$MAVEN_OPTS" $(MVN) -q -B -e $(3) \
	-DoutputDirectory="$$PWD/$$aside" >$$aside/log 2>&1 || { \
	$(say_why); \
	echo 'cannot fetch $(1): connect to the network once, or name $(2)' >&2; exit 1; }; }
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

-include test/support/tests.mk test/bench/bench.mk test/demo/demo.mk test/grader/grader.mk
