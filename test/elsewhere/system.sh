# shellcheck shell=sh
# Read by the scripts beside it: minimal Debian systems in build/elsewhere, and how something is run in one. They stay
# there for the next time, until make clean.
releases=${RELEASES:-bookworm trixie}
folder=$PWD/build/elsewhere

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null || ! command -v unshare >/dev/null; then
    echo "$target needs root, debootstrap and unshare, to make minimal Debian systems and run the tests there" >&2
    exit 1
fi
mkdir -p "$folder"

# inside SYSTEM USER COMMAND...: runs a command with an empty environment. It has namespaces of its own: all that is
# mounted and started for it is gone in the end.
inside() {
    # shellcheck disable=SC2016 # the variables are those of the shell inside
    unshare --mount --pid --fork --kill-child sh -c 'mount --rbind /dev "$1/dev" && mount -t proc proc "$1/proc" &&
        system=$1 user=$2 && shift 2 &&
        exec chroot --userspec="$user:" "$system" env -i PATH=/usr/sbin:/usr/bin:/bin "$@"' \
        sh "$@"
}

# bare_system RELEASE: makes one with next to nothing in it, as $folder/new.
bare_system() {
    rm -rf "$folder/new" && debootstrap --variant=minbase "$1" "$folder/new" && cp /etc/resolv.conf "$folder/new/etc"
}
