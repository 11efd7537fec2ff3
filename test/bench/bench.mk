# make bench: the chat against its twin in C++.

PARTS      =
BENCH_PATH = $(BENCH_PROGRAM):$(TEST_PROGRAM):$$HDRHISTOGRAM:$$GSON:$$JNA
UNTRACED   = build/peerchat-untraced.jar

# What the trace costs is measured with a chat whose only trace is the one that does nothing.
UNTRACED_SOURCES = $(filter-out src/peerchat/trace/%,$(SOURCES)) src/peerchat/trace/Trace.java \
	src/peerchat/trace/TraceEvent.java $(wildcard test/bench/untraced/*.java)

.PHONY: bench
bench: $(BENCH_PROGRAM) $(ARCHIVE) $(UNTRACED) $(UNTRACED:.jar=.jsa) twin
	@$(JAVA) $(PROPERTIES) -Dpeerchat.untraced="$$PWD/$(UNTRACED)" $(NATIVE) -XX:+UseSerialGC \
	    -Xms700m -Xmx700m -cp "$(BENCH_PATH)" bench.Bench build $(PARTS)

$(UNTRACED): $(UNTRACED_SOURCES) src/launcher.sh $(THE_CLI) Makefile test/bench/bench.mk
	@$(call build_chat,$(UNTRACED_SOURCES))

$(BENCH_PROGRAM): $(BENCH_SOURCES) $(TEST_PROGRAM) $(THE_HISTOGRAM) $(THE_GSON) test/bench/bench.mk
	@$(call build_jar,-cp "$(TEST_PROGRAM):$$HDRHISTOGRAM:$$GSON" $(BENCH_SOURCES))
