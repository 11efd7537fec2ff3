# Two chats talk with each other, and the classes that one of them has loaded then are archived.
# Usage: sh archive.sh JAR FOLDER: makes FOLDER/peerchat.jsa
jar=$1
cd "$2" || exit
await() {
    for tenth in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        case $(cat "$2") in *"$1"*) return ;; esac
        sleep 0.1
    done
}
talk() {
    await 'you are me' mine
    PEERCHAT_JVM_OPTIONS=-XX:SharedArchiveFile= sh "$jar" --users users.txt $2 <typed >theirs 2>&1 &
    await 'friend: hello' mine
    printf '/users\nnobody/hello\nfriend/hello\n'
    await 'me: hello' theirs
    kill $!
    printf 'friend/hello\n/quit\n'
}
# Most chats run on a terminal, which has classes of its own. A script of another kind than this one has other options.
on_terminal() {
    case $(script --version 2>/dev/null) in
        *util-linux*) TERM=xterm script -qec "$1" /dev/null ;;
        *) sh -c "$1" ;;
    esac
}
printf 'me/hello\n' >typed
export jar
for port in 15998 17998 19998 21998 23998; do # unless another program has it
    theirs=$((port + 1))
    printf 'me 127.0.0.1 %s\nfriend 127.0.0.1 %s\n' $port $theirs >users.txt
    : >mine >theirs
    talk $port $theirs | PEERCHAT_JVM_OPTIONS='-XX:SharedArchiveFile= -XX:ArchiveClassesAtExit=peerchat.jsa' \
        on_terminal "exec sh \"\$jar\" --users users.txt --trace --trace-file trace.json $port 2>/dev/null" >mine
    [ $? = 1 ] || break
done
