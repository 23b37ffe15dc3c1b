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

# The hook by which headers are unpacked, and not what their packages ask for.
headers='--customize-hook=chroot "$1" sh -c "cd /var/tmp && apt-get -q download postgresql-server-dev-15 postgresql-server-dev-17 postgresql-server-dev-18 && for package in postgresql-server-dev-*.deb; do dpkg -x \$package / && rm \$package; done"'

unpack() {
	unpack_archive upgrade
	copy_checkout "$folder/checkout"
	$as_root cp -R "$folder/checkout" "$folder/root/influencer"
}

need_checkout
take_folder upgrade
need_namespaces
find_mirrors
make_archive upgrade postgresql-15,postgresql-17,postgresql-18,make,gcc,libc6-dev,perl forky trixie bookworm "$no_cluster" "$headers"
unpack
# run COMMAND [ARG...], in the checkout there
run() { in_debian env WITH_LLVM=no sh -c 'cd /influencer && exec "$@"' sh "$@"; }

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
