#!/bin/sh
# Make sure that what a task needs is on this machine, and install what isn't.
# usage: dev/packages.sh TASK...   where TASK is build, test, lint, valgrind,
#                                  bench, fresh, arch or release
#
# As root, or where sudo is allowed, Debian's packages are installed; elsewhere
# the script says what to ask an administrator for, and fails.  Nothing is
# installed, and no network asked, when everything is there.
#
# What is installed stays as it is: packages are asked for in the version of
# what is there of the same source, so that the server's headers come in the
# server's version and no cluster is restarted.  Where these are no longer on
# offer, the script says what would be upgraded, and fails unless UPGRADE=1.
# Upgrades of other packages, on a machine without a PostgreSQL server, are
# announced and made.
#
# Environment: PG_CONFIG, UPGRADE; and for test/shell/packages.sh, where things
# are: DEBIAN_POSTGRESQL, POSTGRESQL_COMMON, DPKG_LOCK, LOCKS, LOCK_PAUSE.
set -eu
umask 022
export LC_ALL=C
debian_postgresql=${DEBIAN_POSTGRESQL:-/usr/lib/postgresql}
here=$(cd "$(dirname "$0")" && pwd)

say() { echo "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# pg_config is found again after an installation.
find_pg_config() {
	pg_config=$("$here/pg_config.sh")
	compiler=gcc
	[ -z "$pg_config" ] || compiler=$("$pg_config" --cc 2>/dev/null | sed 's/ .*//')
	: "${compiler:=gcc}"
}
have_headers() { [ -n "$pg_config" ] && [ -f "$("$pg_config" --includedir-server)/postgres.h" ] && [ -f "$("$pg_config" --pgxs)" ]; }
have_server() { [ -n "$pg_config" ] && [ -x "$("$pg_config" --bindir)/initdb" ]; }
have_extension() { [ -n "$pg_config" ] && [ -f "$("$pg_config" --sharedir)/extension/$1.control" ]; }

# What is missing for a task, as words that debian_package understands.
missing() {
	case $1 in
	build)
		have "$compiler" || echo compiler
		[ -e /usr/include/stdlib.h ] || echo libc
		have_headers || echo headers
		have_server || echo server
		;;
	test)
		have_extension pgtap || echo pgtap
		have_extension postgres_fdw || echo contrib
		have pg_prove || echo pg_prove
		have prove || echo prove
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
	fresh)
		have mmdebstrap || echo mmdebstrap
		have prove || echo prove
		have git || echo git
		;;
	arch)
		have mmdebstrap || echo mmdebstrap
		have arch-test || echo arch-test
		have qemu-s390x-static || echo qemu-user-static
		have git || echo git
		;;
	release)
		have git || echo git
		have unzip || echo unzip
		;;
	*)
		say "packages.sh: unknown task: $1"
		exit 2
		;;
	esac
}

find_missing() {
	for task; do
		missing "$task"
	done | sort -u | tr '\n' ' '
}

debian_package() {
	case $1 in
	compiler)
		case $compiler in
		*clang*) echo clang ;;
		*) echo gcc ;;
		esac
		;;
	libc) echo libc6-dev ;;
	headers) echo "postgresql-server-dev-$major" ;;
	server | contrib) echo "postgresql-$major" ;;
	pgtap) echo "postgresql-$major-pgtap" ;;
	pg_prove) echo libtap-parser-sourcehandler-pgtap-perl ;;
	prove) echo perl ;;
	hll) echo "postgresql-$major-hll" ;;
	*) echo "$1" ;;
	esac
}

# The major version to install: the one that is there, or Debian's own.
find_major() {
	if [ -n "$pg_config" ]; then
		"$pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'
	else
		apt-cache depends postgresql 2>/dev/null |
			sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | head -n 1
	fi
}

# Packages that need no PostgreSQL come without its major version.
find_packages() {
	packages=
	major=$(find_major)
	for need; do
		package=$(debian_package "$need")
		case $package in
		*-15 | *-1[6-9] | *-[2-9][0-9] | *-15-* | *-1[6-9]-* | *-[2-9][0-9]-*) ;;
		postgresql*)
			[ -n "$major" ] || return 1
			say "Debian's PostgreSQL here is $major; influencer needs 15 or later. https://apt.postgresql.org has it for older Debians."
			exit 1
			;;
		esac
		packages="$packages $package"
	done
	packages=$(echo $packages)
}

# A PostgreSQL that is not of Debian's packages can't be completed by them.
# Without pgtap the tests say themselves what they leave out.
check_foreign() {
	[ -n "$pg_config" ] || return 0
	case $("$pg_config" --bindir) in
	"$debian_postgresql"/*) return 0 ;;
	esac
	kept=
	for need in $needs; do
		case $need in
		headers | server)
			say "$pg_config is of a PostgreSQL that has no $need, and is not of Debian's packages. Install its $need, or set PG_CONFIG to another."
			exit 1
			;;
		pgtap | contrib | hll)
			say "The PostgreSQL of $pg_config has no $need, and is not of Debian's packages. Install it there; what needs it is left out."
			;;
		*) kept="$kept $need" ;;
		esac
	done
	needs=$kept
}

# Preferences for apt: a package of a source of which something is installed is
# wanted in the version of that.
write_preferences() {
	cat /etc/apt/preferences 2>/dev/null || :
	echo
	dpkg-query -W -f '${db:Status-Status} ${source:Package} ${Version}\n' |
		awk '$1 == "installed" && !seen[$2, $3]++ { printf "Package: src:%s\nPin: version %s\nPin-Priority: 991\n\n", $2, $3 }'
}

simulate() { apt-get -s "$@" install --no-install-recommends $packages >"$work/plan" 2>&1; }
changed() { sed -n 's/^Inst \([^ ]*\) \[\([^]]*\)\] (\([^ ]*\).*/    \1 \2 -> \3/p; s/^Remv \([^ ]*\).*/    \1 is removed/p' "$work/plan"; }
new() { sed -n 's/^Inst \([^ ]*\) (\([^ ]*\).*/\1=\2/p' "$work/plan"; }

# Sets keep, apt's options for what is to be done, and leaves it in $work/plan.
# Fails, with why, where apt has no way.
make_plan() {
	keep="-o Dir::Etc::preferences=$work/preferences"
	write_preferences >"$work/preferences"
	if simulate $keep && [ -z "$(changed)" ]; then
		return
	fi
	keep=
	simulate
}

server_is_there() { ls "$debian_postgresql"/*/bin/postgres >/dev/null 2>&1; }

# The command by which somebody installs this by hand, in the versions of the
# plan where apt by itself would take others.
install_command() {
	new | sort >"$work/new"
	if [ -n "$keep" ]; then
		simulate && new | sort >"$work/newest"
	else
		cp "$work/new" "$work/newest"
	fi
	pinned=$(comm -23 "$work/new" "$work/newest")
	rest=
	for package in $packages; do
		case " $(echo $pinned)" in
		*" $package="*) ;;
		*) rest="$rest $package" ;;
		esac
	done
	echo "apt-get install --no-install-recommends"$rest $pinned
}

refuse_upgrade() {
	say 'To install' $packages 'means to change packages that are there, since they are no longer on offer in their versions:'
	changed >&2
	if grep -q '^Remv ' "$work/plan"; then
		say 'As some would be removed, this script does not do it. The command is'
	else
		say 'An upgrade of a server restarts its clusters, so it is for you to decide. The command is'
	fi
	say "    $(install_command)"
	grep -q '^Remv ' "$work/plan" || say 'or run this again with UPGRADE=1 (as in make test UPGRADE=1).'
	exit 1
}

check_plan() {
	changes=$(changed)
	[ -n "$changes" ] || return 0
	if grep -q '^Remv ' "$work/plan"; then
		refuse_upgrade
	elif [ "${UPGRADE:-}" != 1 ] && server_is_there; then
		refuse_upgrade
	fi
	say 'These are upgraded:'
	say "$changes"
}

# ask_administrator WHY
ask_administrator() {
	say "$1"
	say 'Please ask an administrator to run'
	if find_packages $needs && make_plan; then
		changes=$(changed)
		say "    $(install_command)"
		[ -z "$changes" ] || say "which also upgrades
$changes"
		! new | grep -q '^postgresql-[0-9]*=' || server_is_there ||
			say 'It makes and starts a PostgreSQL cluster, unless "create_main_cluster = false" is in /etc/postgresql-common/createcluster.conf before.'
	else
		say '    apt-get update'
		say "and then run this again: it says which packages are missing ($needs) once apt knows of them."
	fi
	exit 1
}

# The lines of apt that say what is wrong, or the last ones.
complain() {
	grep -E '^(E|W|Err|dpkg: error|Errors)|unmet|Depends:' "$1" | tail -n 30 | sed 's/^/    /' >&2 || tail -n 10 "$1" | sed 's/^/    /' >&2
}

# locked FILE: somebody has the lock; holder is set to who.
locked() {
	inode=$(stat -c %i "$1" 2>/dev/null) || return 1
	holder=$(awk -v inode="$inode" '{ n = split($6, id, ":") } id[n] == inode && $5 > 0 { print $5; exit }' "${LOCKS:-/proc/locks}" 2>/dev/null)
	[ -n "$holder" ]
}

# apt waits for dpkg's lock by itself, in silence, and not for that of the lists.
await_lock() {
	! locked "$1" || say "Another program (process $holder, $(tr '\0' ' ' <"/proc/$holder/cmdline" 2>/dev/null | cut -c 1-60)) has locked $1: waiting for it, at most 10 minutes."
}

update_lists() {
	say 'Reading the lists of packages (apt-get update, some seconds) ...'
	tries=0
	await_lock /var/lib/apt/lists/lock
	while ! apt-get update -q -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 >"$work/update" 2>&1; do
		if grep -q 'Could not get lock' "$work/update" && [ $tries -lt 120 ]; then
			[ $tries -gt 0 ] || say 'Another program has locked the lists of packages: waiting for it, at most 10 minutes.'
			tries=$((tries + 1))
			sleep "${LOCK_PAUSE:-5}"
			continue
		fi
		say 'apt-get update failed, at least for some of the sources; going on with the lists that are there:'
		complain "$work/update"
		return
	done
}

# The server's package makes and starts a cluster when it is first installed,
# unless a setting of postgresql-common says otherwise.  We want none.
forbid_cluster() {
	new | grep -q '^postgresql-[0-9]*=' || return 0
	conf=${POSTGRESQL_COMMON:-/etc/postgresql-common}
	! grep -qE '^ *create_main_cluster *=? *.?(false|off|no)' "$conf/createcluster.conf" 2>/dev/null || return 0
	if [ -f "$conf/createcluster.conf" ] && ! grep -q "^ *include_dir.*createcluster\.d" "$conf/createcluster.conf"; then
		say "$conf/createcluster.conf does not read $conf/createcluster.d, so that the server's package would make and start a cluster. Put"
		say '    create_main_cluster = false'
		say "there while this script runs, or install the packages yourself:"
		say "    $(install_command)"
		exit 1
	fi
	for folder in "$conf" "$conf/createcluster.d"; do
		[ -d "$folder" ] || { mkdir "$folder" && made="$folder ${made:-}"; }
	done
	dropin=$conf/createcluster.d/zz-influencer-$$.conf
	cat >"$dropin" <<-END
		# Here while influencer's dev/packages.sh (process $$) installs packages; may be
		# removed if that process is gone.
		create_main_cluster = false
	END
}

# On every way out: nothing of ours stays.
clean_up() {
	status=$?
	trap - EXIT INT TERM HUP
	stop_reporter
	[ -z "${dropin:-}" ] || rm -f "$dropin"
	[ -z "${made:-}" ] || rmdir $made 2>/dev/null || :
	[ -z "${work:-}" ] || rm -rf "$work"
	exit "$status"
}

# apt runs in a session of its own: a Ctrl-C does not reach dpkg, which would
# leave packages half installed.  Downloads are ended at once, dpkg is waited for.
interrupted() {
	interrupted=$1
	case $phase in
	download) kill "$apt" 2>/dev/null || : ;;
	install) say 'Interrupted. dpkg is at work, and is left to finish (a minute or two) ...' ;;
	*) exit "$1" ;;
	esac
}

catch_signals() {
	phase= apt= interrupted= reporter=
	trap clean_up EXIT
	trap 'interrupted 130' INT
	trap 'interrupted 143' TERM
	trap 'interrupted 129' HUP
}

half_installed() { dpkg-query -W -f '${db:Status-Status}\n' | grep -qE '^(half-|unpacked|triggers-)'; }

# run_apt PHASE OPTION...
run_apt() {
	phase=$1
	shift
	setsid env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l NEEDRESTART_SUSPEND=1 \
		APT_LISTCHANGES_FRONTEND=none APT_LISTBUGS_FRONTEND=none \
		apt-get -y -q $keep -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold \
		-o APT::Keep-Downloaded-Packages=false --no-install-recommends "$@" install $packages >"$work/apt.log" 2>&1 </dev/null &
	apt=$!
	while :; do
		rc=0
		wait "$apt" || rc=$?
		kill -0 "$apt" 2>/dev/null || break
	done
	phase=
	[ -z "$interrupted" ] || exit "$interrupted"
	[ $rc = 0 ] || {
		say "apt-get failed ($rc):"
		tail -n 40 "$work/apt.log" | sed 's/^/    /' >&2
		! half_installed || say 'Packages are left half installed; as root, "dpkg --configure -a" finishes them.'
		exit 1
	}
}

# A line now and then, so that nobody thinks it hangs.
start_reporter() {
	(
		trap 'kill "$nap" 2>/dev/null; exit' TERM
		trap '' INT HUP
		while :; do
			sleep 20 &
			nap=$!
			wait "$nap"
			say "    $(grep -c '^Setting up' "$work/apt.log") of $count are set up, $(grep -c '^Unpacking' "$work/apt.log") unpacked ..."
		done
	) &
	reporter=$!
}
stop_reporter() {
	[ -n "${reporter:-}" ] || return 0
	kill "$reporter" 2>/dev/null || :
	wait "$reporter" 2>/dev/null || :
	reporter=
}

# As root: install what NEEDs are missing.
install() {
	work=
	catch_signals
	work=$(mktemp -d -t influencer-apt.XXXXXX)
	if half_installed; then
		say 'dpkg was interrupted some time ago, and packages are half installed. As root, run "dpkg --configure -a" first, and then "apt-get -f install" if that is not enough.'
		exit 1
	fi
	update_lists
	if ! find_packages "$@"; then
		say 'apt knows no package postgresql: are there sources in /etc/apt/sources.list or sources.list.d, with main?'
		exit 1
	fi
	if ! make_plan; then
		say 'apt can not install' $packages':'
		complain "$work/plan"
		exit 1
	fi
	check_plan
	count=$(grep -c '^Inst ' "$work/plan" || :)
	size=$(apt-get -qq -y $keep --print-uris --no-install-recommends install $packages 2>/dev/null | awk '{ bytes += $3 } END { printf "%d", bytes / 1e6 }')
	say "Installing" $packages
	say "They come to $count packages with what they depend on. Fetching $size MB ..."
	await_lock "${DPKG_LOCK:-/var/lib/dpkg/lock-frontend}"
	run_apt download --download-only
	say 'Installing them, which usually takes a minute or two ...'
	forbid_cluster
	start_reporter
	run_apt install
	stop_reporter
	say 'Installed.'
}

# Through sudo, which is asked before whether we may: it can't always say so
# without a password.
install_by_sudo() {
	command="env"
	answer=$(sudo -n -l "$command" 2>&1) && may=yes || may=no
	if [ $may = no ]; then
		case $answer in
		*"password is required"* | *"terminal is required"* | *"askpass"*)
			if ! (: </dev/tty) 2>/dev/null; then
				ask_administrator "Missing: $needs. Installing them needs root; sudo asks for a password, and there is no terminal to type it."
			fi
			;;
		*) ask_administrator "Missing: $needs. Installing them needs root, and sudo does not let you: $(echo "$answer" | head -n 1)" ;;
		esac
	fi
	say "Missing: $needs. They are installed through sudo, which may ask for your password."
	[ $may = yes ] || sudo -l "$command" >/dev/null || ask_administrator 'sudo does not let you.'
	sudo env PG_CONFIG="${pg_config:-pg_config}" UPGRADE="${UPGRADE:-}" \
		sh "$here/packages.sh" --install $needs
}

find_pg_config
if [ "${1:-}" = --install ]; then
	shift
	install "$@"
	exit
fi

needs=$(find_missing "$@")
[ -n "$needs" ] || exit 0
check_foreign
needs=$(echo $needs)
[ -n "$needs" ] || exit 0

if ! have apt-get; then
	say "Missing: $needs. Please install them; this script knows Debian's packages only."
	exit 1
fi

# Who gets a signal is the installation, which ends in good order.
trap : INT TERM HUP
if [ "$(id -u)" = 0 ]; then
	sh "$here/packages.sh" --install $needs
else
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	have sudo || ask_administrator "Missing: $needs. Installing them needs root, and there is no sudo here."
	install_by_sudo
fi

find_pg_config
needs=$(find_missing "$@")
check_foreign
needs=$(echo $needs)
if [ -n "$needs" ]; then
	say "Still missing after the installation: $needs."
	exit 1
fi
