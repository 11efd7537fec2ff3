#!/bin/sh
# make test-elsewhere: on minimal Debian systems, which have a JDK, make and Maven and else nothing, do the README's two
# commands work, and do all tests pass? Prints a line for each system and user. What make has said is in
# build/elsewhere/*.log. The systems stay in build/elsewhere for the next time, until make clean.
releases=${RELEASES:-bookworm trixie}
folder=$PWD/build/elsewhere

[ "$(id -u)" = 0 ] && command -v debootstrap >/dev/null && command -v unshare >/dev/null || {
    echo 'test-elsewhere needs root, debootstrap and unshare: it makes minimal Debian systems and runs the tests in them' >&2
    exit 1
}

# make_system RELEASE: a system with what the README asks for.
make_system() {
    [ ! -d "$folder/$1" ] || return 0
    rm -rf "$folder/new" && mkdir -p "$folder" && debootstrap --variant=minbase "$1" "$folder/new" &&
        cp /etc/resolv.conf "$folder/new/etc" &&
        chroot "$folder/new" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            default-jdk-headless make maven ca-certificates &&
        chroot "$folder/new" useradd --create-home friend && mv "$folder/new" "$folder/$1"
}

# try RELEASE USER PLACE [SETTING]: copies this checkout to a place in the user's home, and does there what the README says.
# What it mounts and starts is gone in the end: it is in namespaces of its own.
try() {
    system=$folder/$1
    home=$(chroot "$system" sh -c "echo ~$2")
    rm -rf "$system$home/.m2" "${system:?}$home/$3" && mkdir -p "$system$home/$3" &&
        cp -R Makefile README.md users.txt src test "$system$home/$3" && chroot "$system" chown -R "$2:" "$home" || return
    # shellcheck disable=SC2016 # the variables are those of the shells inside
    unshare --mount --pid --fork --kill-child sh -c 'mount --rbind /dev "$1/dev" && mount -t proc proc "$1/proc" &&
        exec chroot --userspec="$2:" "$1" env -i HOME="$3" PATH=/usr/bin:/bin $5 sh -c "$6" sh "$4"' \
        sh "$system" "$2" "$home" "$3" "${4-}" \
        'cd "$HOME/$1" && make test && echo /quit | make run PORT=5000' >"$folder/$1-$2.log" 2>&1
}

status=0
for release in $releases; do
    make_system "$release" >"$folder-$release.log" 2>&1 || {
        echo "$release: cannot be made, see build/elsewhere-$release.log"
        status=1
        continue
    }
    jdk=$(chroot "$folder/$release" javac -version)
    for user in friend root; do
        start=$(date +%s)
        if [ $user = root ]; then
            try "$release" root 'Übung 4' LC_ALL=C.UTF-8
        else
            try "$release" friend 'Lab 4/peer chat'
        fi && result=passed || { result=FAILED && status=1; }
        count=$(grep -E '^[0-9]+ passed, ' "$folder/$release-$user.log")
        seconds=$(($(date +%s) - start))
        echo "$release, $jdk, $user: $result, ${count:-no test was run}, $seconds s with all downloads"
    done
done
exit $status
