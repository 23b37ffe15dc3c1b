#!/bin/sh
# Do the two commands of README.md do what it says?  Asked in Debians that are
# made for it, so that nothing is there but what a state wants to be there.
# usage: dev/fresh.sh prepare     makes the folders that states begin with
#        dev/fresh.sh             tries all states, as TAP
#
# States (dev/fresh/inside.sh has them):
#   nothing    no PostgreSQL, as root
#   cluster    PostgreSQL with a running cluster that holds data
#   sudo       no PostgreSQL, a user with sudo
#   offline    all packages, a user without sudo, no network
#   german     no PostgreSQL, as root, messages in German
#   awkward    no PostgreSQL, a user with umask 077, a checkout that is not
#              theirs, read-only, in a folder with a blank, and a temporary
#              folder where no programs run
#   gone       as cluster, whose version is no longer on offer: refused, and
#              done with UPGRADE=1
#
# In each, make demo KEEP=1, make report and make test pass, the connection that
# the first prints is to the demo, and make demo can be interrupted.  What is running,
# clusters, configuration, the checkout and temporary files are afterwards what
# they were.
#
# Works as root, or with user namespaces where newuidmap lets the user have
# some.  What is mounted is so in a namespace of its own and goes with it.
#
# Environment: SUITES (bookworm trixie); STATES (all); COMMANDS (demo interrupt
# report test); FRESH_CACHE, where the folders to begin with are kept as archives, for a
# week (~/.cache/influencer); FRESH_FOLDER, where Debians are made (/var/tmp).
#
# prepare exits with 77 where no such folder can be made: without mmdebstrap,
# mirror, or namespaces.
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
suites=${SUITES:-bookworm trixie}
states=${STATES:-nothing cluster sudo offline german awkward gone}

say() { echo "$*" >&2; }

cannot() {
	say "No Debian can be made here: $*"
	exit 77
}

. "$here/debian.sh"

prepare() {
	need_namespaces
	commit >/dev/null || cannot 'this is no git checkout, and what is tried is a commit'
	find_mirrors
	for suite in $suites; do
		make_archive "$suite" make,ca-certificates "$suite"
	done
}

# Git's own question, whose checkout it is, does not matter here.
git_here() { git -c safe.directory="$(dirname "$here")" -C "$here/.." "$@"; }
commit() { [ -e "$here/../.git" ] && git_here rev-parse --verify -q HEAD; }

# A Debian of SUITE with the commit and what tries it in its folder fresh.
unpack() {
	unpack_archive "$1"
	mkdir "$folder/fresh"
	git_here archive --format=tar HEAD >"$folder/fresh/checkout.tar"
	cp "$here/fresh/inside.sh" /etc/resolv.conf /etc/hosts "$folder/fresh/"
	write_apt_options >"$folder/fresh/options"
	$as_root sh -c 'cp -R "$1" "$2/" && cp "$1/resolv.conf" "$1/hosts" "$2/etc/" && cp "$1/options" "$2/etc/apt/apt.conf.d/99machine"' \
		sh "$folder/fresh" "$folder/root"
	rm -rf "$folder/fresh"
}

number=0
number_lines() {
	while IFS= read -r line; do
		case $line in
		'ok - '*)
			number=$((number + 1))
			echo "ok $number - $1: ${line#ok - }"
			;;
		'not ok - '*)
			number=$((number + 1))
			echo "not ok $number - $1: ${line#not ok - }"
			;;
		*) echo "$line" ;;
		esac
	done <"$folder/tap"
}

try_all() {
	for suite in $suites; do
		for state in $states; do
			say "$suite, $state ..."
			unpack "$suite"
			in_debian sh /fresh/inside.sh "$state" "${COMMANDS:-demo interrupt report test}" >"$folder/tap" &&
				last='ok - done' || last='not ok - done'
			echo "$last" >>"$folder/tap"
			number_lines "$suite, $state"
		done
	done
	echo "1..$number"
}

take_folder fresh
# read to the end before it begins, since this file may be changed meanwhile
{
	if [ "${1:-}" = prepare ]; then
		prepare
	else
		try_all
	fi
	exit
}
