#!/bin/sh
# pg_upgrade, dump and restore, and logical replication between major versions of
# PostgreSQL, in a Debian that has several: 15 of bookworm, 17 of trixie and 18 of
# forky, each as Debian builds it, side by side.
# usage: dev/upgrade.sh [COMMAND [ARG...]]
#
# test/shell/pg_upgrade.sh says what is compared; it takes the clusters of all
# older versions to each of VERSIONS.  Instead, COMMAND is run in that Debian, in
# the checkout.
#
# The servers' packages are installed, those with their headers only unpacked:
# they ask for a clang and an LLVM each, a gigabyte and more.
#
# Environment: VERSIONS (17 18); FRESH_CACHE, where the Debian is kept as an
# archive of 1.1 GB for a week (~/.cache/influencer); FRESH_FOLDER, where it is
# unpacked (/var/tmp).
#
# Works as root, or with user namespaces where newuidmap lets the user have
# some.  Exits with 77 where it can't be tried here.
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")/.."

say() { echo "$*" >&2; }
cannot() {
	say "Upgrades between versions can not be tried here: $*"
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

# The hook by which headers are unpacked, and not what their packages ask for.
headers='--customize-hook=chroot "$1" sh -c "cd /var/tmp && apt-get -q download postgresql-server-dev-15 postgresql-server-dev-17 postgresql-server-dev-18 && for package in postgresql-server-dev-*.deb; do dpkg -x \$package / && rm \$package; done"'

unpack() {
	$as_root mkdir "$folder/root"
	$as_root tar -xf "$cache/upgrade.tar" -C "$folder/root" --numeric-owner --exclude='./dev/*'
	copy_checkout "$folder/checkout"
	$as_root cp -R "$folder/checkout" "$folder/root/influencer"
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
			HOME=/root WITH_LLVM=no sh -c "cd /influencer && exec \"\$@\"" sh "$@"
		exit' sh "$folder/root" "$@"
}

folder=
entered=
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
folder=$(mktemp -d "${FRESH_FOLDER:-/var/tmp}/influencer-upgrade.XXXXXX")
chmod 755 "$folder"
$apart mount -t proc proc "$folder" 2>/dev/null || cannot 'this user can not have namespaces and mount in them (unshare, mount)'
find_mirrors
make_archive upgrade postgresql-15,postgresql-17,postgresql-18,make,gcc,libc6-dev,perl forky trixie bookworm "$no_cluster" "$headers"
unpack
# A signal is to be served at once, not after what is run.
# run COMMAND [ARG...]
run() {
	enter "$@" &
	entered=$!
	rc=0
	wait "$entered" || rc=$?
	entered=
	return $rc
}

# read to the end before it begins, since this file may be changed meanwhile
{
	if [ $# -gt 0 ]; then
		run "$@"
		exit
	fi
	failed=
	for version in ${VERSIONS:-17 18}; do
		say "PostgreSQL $version (minutes) ..."
		run env OLDER_ONLY=1 PG_CONFIG="/usr/lib/postgresql/$version/bin/pg_config" dev/server.sh prove -v --exec /bin/sh test/shell/pg_upgrade.sh ||
			failed="$failed $version"
	done
	[ -z "$failed" ] || say "failed:$failed"
	[ -z "$failed" ]
	exit
}
