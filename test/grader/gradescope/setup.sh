#!/bin/sh
# Gradescope runs this once, as root, when it makes the image: what the grader and submissions need is installed.
set -e
export DEBIAN_FRONTEND=noninteractive
install='apt-get install -y --no-install-recommends'
apt-get update
$install gcc g++ libc6-dev make python3 iproute2 util-linux
# The grader needs Java 17 or newer, which not every release has under the same name.
$install openjdk-21-jdk-headless || $install openjdk-17-jdk-headless || $install default-jdk-headless
javac --release 17 -version
