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

if [ "$(id -u)" = 0 ]; then
	apart='unshare --mount --pid --fork --kill-child'
	as_root=
else
	apart='unshare --map-root-user --map-auto --mount --pid --fork --kill-child'
	as_root='unshare --map-root-user --map-auto'
fi

clean_up() {
	status=$?
	trap - EXIT INT TERM HUP
	if [ -n "$entered" ]; then
		kill -s KILL "$entered" 2>/dev/null || :
		wait "$entered" 2>/dev/null || :
	fi
	[ -z "${folder:-}" ] || $as_root rm -rf "$folder" 2>/dev/null || rm -rf "$folder" || :
	exit "$status"
}

unpack() {
	$as_root mkdir "$folder/root"
	$as_root tar -xf "$cache/$suite-packages.tar" -C "$folder/root" --numeric-owner --exclude='./dev/*'
	mkdir "$folder/packages"
	dev/release.sh archives "$folder/packages"
	cp dev/check_packages/inside.sh dev/tap.sh "$folder/packages/"
	$as_root sh -c 'cp -R "$1/packages" "$1/root/" && cp /etc/resolv.conf /etc/hosts "$1/root/etc/"' sh "$folder"
}

# A command in it, in namespaces that end with it.
enter() {
	exec $apart sh -c '
		set -e
		root=$1
		shift
		mount --make-rprivate /
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
		chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/root sh -c "cd /packages && exec \"\$@\"" sh "$@"
		exit' sh "$folder/root" "$@"
}

folder=
entered=
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
folder=$(mktemp -d "${FRESH_FOLDER:-/var/tmp}/influencer-packages.XXXXXX")
chmod 755 "$folder"
$apart mount -t proc proc "$folder" 2>/dev/null || cannot 'this user can not have namespaces and mount in them (unshare, mount)'
git rev-parse --verify -q HEAD >/dev/null || cannot 'this is no git checkout, and what is packaged is a commit'
find_mirrors
make_archive "$suite-packages" \
	dpkg-dev,debhelper,postgresql-server-dev-all,build-essential,fakeroot,lintian,autopkgtest,rpm,rpmlint,unzip,make,perl,ca-certificates \
	"$suite" "$no_cluster"
[ "${1:-}" != prepare ] || exit 0
unpack
# read to the end before it begins, since this file may be changed meanwhile
{
	[ $# -gt 0 ] || set -- sh inside.sh
	# a signal is to be served at once, not after it
	enter "$@" &
	entered=$!
	status=0
	wait "$entered" || status=$?
	entered=
	exit $status
}
