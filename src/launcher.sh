#!/bin/sh
# The first lines of peerchat.jar, which starts itself: with the JVM flags that were chosen by measurement (README).
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || {
    echo "peerchat: there is no $java: install a JDK, 17 or newer, or name its folder with JAVA_HOME=FOLDER" >&2
    exit 127
}
# A wait that ends with nothing is an exception. It needs no stack trace, unless --verbose is to show one.
traces=-XX:-StackTraceInThrowable
for option do
    [ "$option" = --verbose ] && traces=-XX:+StackTraceInThrowable
done
# Within code that is compiled together such an exception is a jump: the path of a wait is compiled early.
early=-XX:CompileCommand=CompileThresholdScaling
exec "$java" -XX:+UseSerialGC -Xms16m -Xmx48m -Xss512k -XX:-UsePerfData $traces -XX:CompileCommand=quiet \
    "$early,peerchat.Conn*::*,0.005" "$early,peerchat.P*::*,0.005" \
    "$early,sun.nio.ch.NioSocketImpl*::*,0.005" "$early,java.net.Socket*::*,0.005" \
    -Xshare:auto -XX:SharedArchiveFile="${0%.jar}.jsa" -Xlog:disable $PEERCHAT_JVM_OPTIONS -jar "$0" "$@"
