#!/bin/sh
# make test-gradescope: on minimal Debian systems, as Gradescope's images begin, does setup.sh install what is needed,
# and does every submission get its results there? Prints a line for each system.
target=test-gradescope
. test/elsewhere/system.sh
status=0
for release in $releases; do
    system=$folder/gradescope-$release
    log=$system.log
    result='cannot be made'
    if { [ -d "$system" ] || { bare_system "$release" && mv "$folder/new" "$system"; }; } >"$log" 2>&1; then
        result='setup.sh has failed'
        cp test/grader/gradescope/setup.sh "$system/root" &&
            inside "$system" root /root/setup.sh >>"$log" 2>&1 && result=FAILED &&
            GRADESCOPE_SYSTEM=$system ${MAKE:-make} test TESTS=AutograderTest >>"$log" 2>&1 && result=passed
    fi
    [ "$result" = passed ] || status=1
    count=$(grep -E '^[0-9]+ passed, ' "$log")
    echo "$release: $result; ${count:-see build/elsewhere/gradescope-$release.log}"
done
exit $status
