#!/bin/sh
# The packages, made and tried in a pristine Debian: .deb twice, the same bytes;
# lintian; autopkgtest; an RPM twice, as the PostgreSQL project's own are laid out;
# and what the Dockerfiles run.
# usage: dev/check_packages.sh prepare              makes the Debian
#        dev/check_packages.sh [COMMAND [ARG...]]   tries all, as TAP
#
# What is packaged is what is committed.  dev/check_packages/inside.sh does it;
# instead, COMMAND is run in that Debian, in the folder /packages.
#
# Environment: SUITE (bookworm); FRESH_CACHE, where the Debian is kept as an archive
# of 1.5 GB for a week (~/.cache/influencer); FRESH_FOLDER, where it is unpacked
# (/var/tmp).
#
# Works as root, or with user namespaces where newuidmap lets the user have
# some.  Exits with 77 where it can't be tried here.
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")/.."
suite=${SUITE:-bookworm}

say() { echo "$*" >&2; }
cannot() {
	say "Packages can not be tried here: $*"
	exit 77
}
. dev/debian.sh

unpack() {
	unpack_archive "$suite-packages"
	mkdir "$folder/packages"
	dev/release.sh archives "$folder/packages"
	cp dev/check_packages/inside.sh dev/tap.sh "$folder/packages/"
	$as_root sh -c 'cp -R "$1/packages" "$1/root/" && cp /etc/resolv.conf /etc/hosts "$1/root/etc/"' sh "$folder"
}

take_folder packages
need_namespaces
need_checkout
find_mirrors
make_archive "$suite-packages" \
	dpkg-dev,debhelper,postgresql-server-dev-all,build-essential,fakeroot,lintian,autopkgtest,rpm,rpmlint,unzip,make,perl,ca-certificates \
	"$suite" "$no_cluster"
[ "${1:-}" != prepare ] || exit 0
unpack
# read to the end before it begins, since this file may be changed meanwhile
{
	[ $# -gt 0 ] || set -- sh inside.sh
	in_debian sh -c 'cd /packages && exec "$@"' sh "$@"
	exit
}
