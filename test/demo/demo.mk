# make demo: three friends chat for half a minute.

DEMO_PATH = $(DEMO_PROGRAM):$$GSON

.PHONY: demo
demo: $(DEMO_PROGRAM) $(ARCHIVE)
	@exec $(JAVA) $(PROPERTIES) -cp "$(DEMO_PATH)" demo.Demo build

$(DEMO_PROGRAM): $(DEMO_SOURCES) $(SHARED) $(THE_GSON) test/demo/demo.mk
	@$(need_javac)
	@$(call build_jar,-sourcepath test -cp "$$GSON" $(DEMO_SOURCES))
