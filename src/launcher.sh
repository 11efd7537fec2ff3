#!/bin/sh
# The first lines of peerchat.jar: they start the jar with the JVM flags that were chosen by measurement (README).
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || {
    echo "peerchat: there is no $java: install a JDK, 17 or newer, or name its folder with JAVA_HOME=FOLDER" >&2
    exit 127
}
# Options meant for every JVM may contradict the flags below. PEERCHAT_JVM_OPTIONS adds flags.
unset _JAVA_OPTIONS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
# A JVM can neither open a file nor read an option if it has letters that the locale lacks.
is_utf8() { [ "$(locale charmap 2>/dev/null)" = UTF-8 ]; }
case $PWD$0$* in *[!\ -~]*)
    is_utf8 || export LC_ALL=C.UTF-8
    is_utf8 || "$java" -jar "$0" --version >/dev/null 2>&1 || {
        echo "peerchat: this path has letters that no locale here knows: $PWD/$0:" \
            "move it, or install a UTF-8 locale" >&2
        exit 1
    } ;;
esac
# A wait that times out throws an exception. It needs no stack trace, unless --verbose has to show one.
traces=-XX:-StackTraceInThrowable
for option do
    [ "$option" = --verbose ] && traces=-XX:+StackTraceInThrowable
done
# The methods of a wait are compiled early: if throw and catch are compiled together, the exception is only a jump.
early=-XX:CompileCommand=CompileThresholdScaling
exec "$java" -XX:+UseG1GC -Xms16m -Xmx48m -Xss512k -XX:-UsePerfData $traces -XX:CompileCommand=quiet \
    "$early,peerchat.PeerChat::*,0.005" "$early,peerchat.Wait*::*,0.005" "$early,peerchat.Inbox::*,0.005" \
    "$early,peerchat.Outbox::*,0.005" "$early,peerchat.Connections::*,0.005" \
    "$early,peerchat.net.PeerServer::*,0.005" "$early,peerchat.net.Connection::*,0.005" \
    "$early,sun.nio.ch.NioSocketImpl*::*,0.005" "$early,java.net.Socket*::*,0.005" \
    -Xshare:auto -XX:SharedArchiveFile="${0%.jar}.jsa" -Xlog:disable $PEERCHAT_JVM_OPTIONS -jar "$0" "$@"
