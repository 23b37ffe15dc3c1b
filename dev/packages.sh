#!/bin/sh
# Make sure that what a task needs is on this machine, and install what isn't.
# usage: dev/packages.sh TASK...     where TASK is build, test, lint, valgrind or bench
#
# As root, or where sudo is, Debian's packages are installed; elsewhere the
# script says what is missing and fails.  Nothing is installed, and no network
# asked, when everything is there.
set -eu

pg_config=${PG_CONFIG:-pg_config}

have() { command -v "$1" >/dev/null 2>&1; }
have_pgxs() { have "$pg_config" && [ -f "$("$pg_config" --pgxs 2>/dev/null)" ]; }
have_server() { have "$pg_config" && [ -x "$("$pg_config" --bindir)/initdb" ]; }
have_extension() { have "$pg_config" && [ -f "$("$pg_config" --sharedir)/extension/$1.control" ]; }

# What is missing for a task, as words that debian_package understands.
missing() {
	case $1 in
	build)
		have gcc || have clang || have cc || echo gcc
		[ -e /usr/include/stdlib.h ] || echo libc
		have_pgxs || echo pgxs
		have_server || echo server
		;;
	test)
		have_extension pgtap || echo pgtap
		have_extension postgres_fdw || echo contrib
		have pg_prove || echo pg_prove
		;;
	lint)
		have cppcheck || echo cppcheck
		have prove || echo prove
		;;
	valgrind)
		have valgrind || echo valgrind
		;;
	bench)
		have_extension hll || echo hll
		;;
	*)
		echo "packages.sh: unknown task: $1" >&2
		exit 2
		;;
	esac
}

debian_package() {
	case $1 in
	gcc) echo gcc ;;
	libc) echo libc6-dev ;;
	pgxs) echo "postgresql-server-dev-$major" ;;
	server | contrib) echo "postgresql-$major" ;;
	pgtap) echo "postgresql-$major-pgtap" ;;
	pg_prove) echo libtap-parser-sourcehandler-pgtap-perl ;;
	cppcheck) echo cppcheck ;;
	prove) echo perl ;;
	valgrind) echo valgrind ;;
	hll) echo "postgresql-$major-hll" ;;
	esac
}

# The major version to install: the one that is there, or Debian's own.
find_major() {
	if have_server || have_pgxs; then
		"$pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'
	else
		apt-cache depends postgresql |
			sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | head -n 1
	fi
}

# The server's package makes and starts a cluster when it is first installed,
# unless this setting of postgresql-common says otherwise.  We want none.
without_main_cluster() {
	conf=/etc/postgresql-common/createcluster.conf
	if [ -d /etc/postgresql ]; then
		"$@"
		return
	fi
	apt_install postgresql-common
	$sudo cp -p $conf $conf.influencer
	trap '$sudo mv $conf.influencer $conf' EXIT INT TERM HUP
	echo 'create_main_cluster = false' | $sudo tee -a $conf >/dev/null
	"$@"
	$sudo mv $conf.influencer $conf
	trap - EXIT INT TERM HUP
}

apt_install() {
	$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

needs=
for task; do
	needs="$needs $(missing "$task")"
done
needs=$(echo $needs)
[ -n "$needs" ] || exit 0

if ! have apt-get; then
	echo "Missing: $needs. Please install them; this script knows Debian's packages only." >&2
	exit 1
fi
if [ "$(id -u)" = 0 ]; then
	sudo=
elif have sudo; then
	sudo=sudo
else
	sudo=none
fi

[ "$sudo" = none ] || $sudo apt-get update -qq
major=$(find_major)
packages=
for need in $needs; do
	packages="$packages $(debian_package "$need")"
done
if [ "$sudo" = none ]; then
	echo "Missing packages:$packages. Please have them installed: there is neither root nor sudo here." >&2
	exit 1
fi
echo "Installing:$packages"
without_main_cluster apt_install $packages
