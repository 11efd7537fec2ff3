#!/bin/sh
# Runs the grader, which is in the arguments, as somebody who may give each user of a trial a machine of its own: root
# may, and everybody else in a user namespace of their own. Where the system allows neither, it is run all the same.
may_have_hosts() {
    unshare "$@" --net --pid --mount-proc --fork ip link add cable type bridge 2>/dev/null
}

if [ "$GRADE_NETWORK" != loopback ] && ! may_have_hosts && may_have_hosts --user --map-root-user; then
    exec unshare --user --map-root-user "$@"
fi
exec "$@"
