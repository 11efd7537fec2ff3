# make grade, make gradescope and make grade-selftest.

DIR          =
CMD          =
BUILD        =
TIMEOUT      =
USERS_FILE   =
USERS_HEADER =
TABLE        =
LOGIN        =
QUIT         =
CLAUSE       =
WEIGHTS      =
LIMIT        =
JOBS         =
STRICT       =
NETWORK      =
HIDDEN       =
DEFECTS      =
RUNS         = 10

# The grader gets them as they were written, with nothing expanded.
grade gradescope: export GRADE_DIR          = $(value DIR)
grade gradescope: export GRADE_CMD          = $(value CMD)
grade gradescope: export GRADE_BUILD        = $(value BUILD)
grade gradescope: export GRADE_TIMEOUT      = $(value TIMEOUT)
grade gradescope: export GRADE_USERS_FILE   = $(value USERS_FILE)
grade gradescope: export GRADE_USERS_HEADER = $(value USERS_HEADER)
grade gradescope: export GRADE_TABLE        = $(value TABLE)
grade gradescope: export GRADE_LOGIN        = $(value LOGIN)
grade gradescope: export GRADE_QUIT         = $(value QUIT)
grade gradescope: export GRADE_CLAUSE       = $(value CLAUSE)
grade gradescope: export GRADE_WEIGHTS      = $(value WEIGHTS)
grade gradescope: export GRADE_LIMIT        = $(value LIMIT)
grade gradescope: export GRADE_JOBS         = $(value JOBS)
grade gradescope: export GRADE_STRICT       = $(value STRICT)
grade gradescope: export GRADE_NETWORK      = $(value NETWORK)
grade gradescope: export GRADE_HIDDEN       = $(value HIDDEN)

# The grader waits most of the time: compiling it well is not worth it.
GRADE_PATH  = $(GRADE_PROGRAM):$$GSON:$$JNA
GRADE_FLAGS = $(NATIVE) -XX:+UseSerialGC -XX:TieredStopAtLevel=1

.PHONY: grade gradescope grade-selftest
grade: $(GRADE_PROGRAM)
	@exec sh test/grader/hosts.sh $(JAVA) $(GRADE_FLAGS) -cp "$(GRADE_PATH)" grader.Grade build/grade

gradescope: $(GRADE_PROGRAM)
	@exec $(JAVA) $(GRADE_FLAGS) -cp "$(GRADE_PATH)" grader.gradescope.Autograder build/autograder.zip test/grader

grade-selftest: $(TEST_PROGRAM)
	@exec sh test/grader/hosts.sh $(JAVA) $(GRADE_FLAGS) -cp "$(TEST_PROGRAM):$(GRADE_PATH)" grader.tests.Matrix test $(RUNS) $(DEFECTS)

$(GRADE_PROGRAM): $(GRADE_SOURCES) $(SHARED) $(THE_GSON) $(THE_JNA) test/grader/grader.mk
	@$(need_javac)
	@$(call build_jar,-sourcepath test -cp "$$GSON:$$JNA" $(GRADE_SOURCES))
