# make grade, make gradescope and what the grader is tested with.

DIR          =
SETTINGS     =
CMD          =
BUILD        =
TIMEOUT      =
USERS_FILE   =
USERS_HEADER =
TABLE_FILE   =
TABLE_HEAD   =
TABLE_LINE   =
TABLE        =
LOGIN        =
MESSAGE      =
QUIT         =
CLAUSE       =
WEIGHTS      =
LIMIT        =
JOBS         =
STRICT       =
SHOW         =
AGAIN        =
NETWORK      =
HIDDEN       =
DEFECTS      =
RUNS         = 10

# The grader gets them as they were written, with nothing expanded.
GRADE_SETTINGS = DIR SETTINGS CMD BUILD TIMEOUT USERS_FILE USERS_HEADER TABLE_FILE TABLE_HEAD TABLE_LINE TABLE LOGIN \
	MESSAGE QUIT CLAUSE WEIGHTS LIMIT JOBS STRICT SHOW AGAIN NETWORK HIDDEN
$(foreach name,$(GRADE_SETTINGS),$(eval grade gradescope guess-selftest: export GRADE_$(name) = $$(value $(name))))

# The grader waits most of the time: compiling it well is not worth it.
GRADE_JARS  = $$GSON:$$COMMONS_CSV:$$JNA:$$JLINE:$$COMPRESS:$$COMMONS_IO:$$COMMONS_LANG
GRADE_PATH  = $(GRADE_PROGRAM):$(GRADE_JARS)
GRADE_FLAGS = $(NATIVE) -XX:+UseSerialGC -XX:TieredStopAtLevel=1

.PHONY: grade gradescope grade-selftest guess-selftest pile-selftest
grade: $(GRADE_PROGRAM)
	@exec sh test/grader/hosts.sh $(JAVA) $(GRADE_FLAGS) -cp "$(GRADE_PATH)" grader.Grade build/grade

gradescope: $(GRADE_PROGRAM)
	@exec $(JAVA) $(GRADE_FLAGS) -cp "$(GRADE_PATH)" grader.gradescope.Autograder build/autograder.zip test/grader

SELFTEST = $(JAVA) $(GRADE_FLAGS) -cp "$(TEST_PROGRAM):$(GRADE_PATH)"

grade-selftest: $(TEST_PROGRAM)
	@exec sh test/grader/hosts.sh $(SELFTEST) grader.tests.Matrix test $(RUNS) $(DEFECTS)

guess-selftest: $(TEST_PROGRAM)
	@exec sh test/grader/hosts.sh $(SELFTEST) grader.tests.Guesses "$${GRADE_DIR:-samples}"

pile-selftest: $(TEST_PROGRAM) $(GRADE_PROGRAM)
	@exec $(JAVA) $(GRADE_FLAGS) $(TEST_PROPERTIES) -cp "$(TEST_PROGRAM):$(GRADE_PATH)" \
	    grader.tests.PileCheck test build/pile-selftest $(CLAUSE)

$(GRADE_PROGRAM): $(GRADE_SOURCES) $(SHARED) $(THE_GSON) $(THE_CSV) $(THE_JNA) $(THE_JLINE) $(THE_COMPRESS) \
		test/grader/grader.mk
	@$(need_javac)
	@$(call build_jar,-sourcepath test -cp "$(GRADE_JARS)" $(GRADE_SOURCES))
