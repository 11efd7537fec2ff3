# make grade and make grade-selftest.

DIR          =
SETTINGS     =
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
AGAIN        =
NETWORK      =
DEFECTS      =
RUNS         = 10

# The grader gets them as they were written, with nothing expanded.
grade: export GRADE_DIR          = $(value DIR)
grade: export GRADE_SETTINGS     = $(value SETTINGS)
grade: export GRADE_CMD          = $(value CMD)
grade: export GRADE_BUILD        = $(value BUILD)
grade: export GRADE_TIMEOUT      = $(value TIMEOUT)
grade: export GRADE_USERS_FILE   = $(value USERS_FILE)
grade: export GRADE_USERS_HEADER = $(value USERS_HEADER)
grade: export GRADE_TABLE        = $(value TABLE)
grade: export GRADE_LOGIN        = $(value LOGIN)
grade: export GRADE_QUIT         = $(value QUIT)
grade: export GRADE_CLAUSE       = $(value CLAUSE)
grade: export GRADE_WEIGHTS      = $(value WEIGHTS)
grade: export GRADE_LIMIT        = $(value LIMIT)
grade: export GRADE_JOBS         = $(value JOBS)
grade: export GRADE_STRICT       = $(value STRICT)
grade: export GRADE_AGAIN        = $(value AGAIN)
grade: export GRADE_NETWORK      = $(value NETWORK)

# The grader waits most of the time: compiling it well is not worth it.
GRADE_PATH  = $(GRADE_PROGRAM):$$GSON:$$COMMONS_CSV:$$JNA
GRADE_FLAGS = $(NATIVE) -XX:+UseSerialGC -XX:TieredStopAtLevel=1

.PHONY: grade grade-selftest
grade: $(GRADE_PROGRAM)
	@exec sh test/grader/hosts.sh $(JAVA) $(GRADE_FLAGS) -cp "$(GRADE_PATH)" grader.Grade build/grade

grade-selftest: $(TEST_PROGRAM)
	@exec sh test/grader/hosts.sh $(JAVA) $(GRADE_FLAGS) -cp "$(TEST_PROGRAM):$(GRADE_PATH)" grader.tests.Matrix test $(RUNS) $(DEFECTS)

$(GRADE_PROGRAM): $(GRADE_SOURCES) $(SHARED) $(THE_GSON) $(THE_CSV) $(THE_JNA) test/grader/grader.mk
	@$(need_javac)
	@$(call build_jar,-sourcepath test -cp "$$GSON:$$COMMONS_CSV:$$JNA" $(GRADE_SOURCES))
