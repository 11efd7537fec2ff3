# Lets two chats talk with each other, and archives the classes that one of them has loaded by then.
# Usage: sh archive.sh JAR FOLDER: makes FOLDER/peerchat.jsa
jar=$1
case $JAVA_HOME in ''|/*) ;; *) JAVA_HOME=$PWD/$JAVA_HOME ;; esac
export jar NO_COLOR=1 SHELL=/bin/sh
cd "$2" || exit
trap '' PIPE # a chat that has ended reads nothing more

# Waits until a file has these words, for 5 s at most.
await() {
    for tenth in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 \
        37 38 39 40 41 42 43 44 45 46 47 48 49 50; do
        case $(cat "$2") in *"$1"*) return ;; esac
        sleep 0.1
    done
    return 1
}

# Types the lines for the first chat, once it has its port, and runs the second chat.
talk() {
    await 'you are me' mine || return
    PEERCHAT_JVM_OPTIONS=-XX:SharedArchiveFile= sh "$jar" --users users.txt $1 <typed >theirs 2>&1 &
    friend=$!
    trap 'kill $friend; exit 1' INT TERM HUP
    if await 'friend: hello' mine; then
        printf '/users\nnobody/hello\nfriend/hello\n'
        await 'me: hello' theirs
        kill $friend
        printf 'friend/hello\n'
    else
        kill $friend 2>/dev/null
    fi
    printf '/quit\n'
}

# Most chats run on a terminal, which needs further classes.
on_terminal() {
    if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
        TERM=xterm script -qec "$1" /dev/null
    else
        sh -c "$1"
    fi
}

printf 'me/hello\n' >typed
for port in 15998 17998 19998 21998 23998; do # the next port, if another program has this one
    printf 'me 127.0.0.1 %s\nfriend 127.0.0.1 %s\n' $port $((port + 1)) >users.txt
    : >mine >theirs
    talk $((port + 1)) | {
        export PEERCHAT_JVM_OPTIONS='-XX:SharedArchiveFile= -XX:ArchiveClassesAtExit=peerchat.jsa'
        on_terminal "exec sh \"\$jar\" --users users.txt --trace --trace-file trace.json $port 2>/dev/null"
    } >mine
    [ $? = 1 ] || break
done
