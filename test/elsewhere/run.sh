#!/bin/sh
# make test-elsewhere: on minimal Debian systems, which have a JDK, make and Maven and else nothing, do the README's two
# commands work, and do all tests pass? Prints a line for each system and user. The output of make is in
# build/elsewhere/*.log.
target=test-elsewhere
. test/elsewhere/system.sh

# make_system RELEASE: a system with what the README asks for. Its Maven trusts the certificates that are trusted here.
make_system() {
    [ ! -d "$folder/$1" ] || return 0
    bare_system "$1" &&
        inside "$folder/new" root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            default-jdk-headless make maven ca-certificates &&
        { cp /etc/ssl/certs/java/cacerts "$folder/new/etc/ssl/certs/java/" 2>/dev/null || :; } &&
        inside "$folder/new" root useradd --create-home friend && mv "$folder/new" "$folder/$1"
}

# try RELEASE USER PLACE [SETTING]: copies this checkout to a place in the user's home, and runs the two commands there.
try() {
    system=$folder/$1
    home=$(inside "$system" root sh -c "echo ~$2")
    rm -rf "$system$home/.m2" "${system:?}$home/$3" && mkdir -p "$system$home/$3" &&
        cp -R Makefile README.md users.txt src test "$system$home/$3" &&
        inside "$system" root chown -R "$2:" "$home" || return
    # shellcheck disable=SC2016 # the variables are those of the shell inside
    inside "$system" "$2" HOME="$home" ${4:+"$4"} \
        sh -c 'cd "$HOME/$1" && make test && echo /quit | make run PORT=5000' \
        sh "$3" >"$folder/$1-$2.log" 2>&1
}

status=0
for release in $releases; do
    if ! make_system "$release" >"$folder/$release.log" 2>&1; then
        echo "$release: cannot be made, see build/elsewhere/$release.log"
        status=1
        continue
    fi
    jdk=$(inside "$folder/$release" root javac -version)
    for user in friend root; do
        case $user in root) place='Übung 4' setting=LC_ALL=C.UTF-8 ;; *) place='Lab 4/peer chat' setting= ;; esac
        start=$(date +%s)
        try "$release" $user "$place" $setting && result=passed || { result=FAILED && status=1; }
        count=$(grep -E '^[0-9]+ passed, ' "$folder/$release-$user.log")
        echo "$release, $jdk, $user, ${setting:-no locale}, ~/$place: $result; ${count:-no test was run};" \
            "$(($(date +%s) - start)) s with all downloads"
    done
done
exit $status
