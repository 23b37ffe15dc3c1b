#!/bin/sh
# dev/packages.sh on machines that are made up: of apt, dpkg and sudo there are
# stubs, which say what a file of the case says and write down what they were
# asked.  dev/fresh.sh tries the real ones.
set -eu
. dev/tap.sh

top=$PWD
cases=$WORK/packages
rm -rf "$cases"
mkdir "$cases"

# start NAME: a Debian with everything but PostgreSQL, as root.
start() {
	case=$cases/$1
	rm -rf "$case"
	mkdir -p "$case/bin" "$case/postgresql" "$case/common"
	for program in sh env setsid sed awk grep cut sort uniq tr head tail mktemp rm mkdir rmdir cat stat sleep comm ls dirname basename cp touch chmod find; do
		ln -s "$(command -v $program)" "$case/bin/$program"
	done
	for program in gcc prove pg_prove; do
		printf '#!/bin/sh\n' >"$case/bin/$program"
	done
	echo 0 >"$case/uid"
	echo '  Depends: postgresql-15' >"$case/default"
	echo 'Inst postgresql-15 (15.3-0 Debian:12 [amd64])' >"$case/plan"
	cat >"$case/bin/id" <<-END
		#!/bin/sh
		[ -z "\${STUB_ROOT:-}" ] || { echo 0; exit; }
		cat "$case/uid"
	END
	cat >"$case/bin/apt-cache" <<-END
		#!/bin/sh
		[ "\${LC_ALL:-}" = C ] && cat "$case/default" || sed s/Depends/Hängt_ab_von/ "$case/default"
	END
	cat >"$case/bin/dpkg-query" <<-END
		#!/bin/sh
		case "\$*" in
		*Package*) echo 'installed postgresql-15 15.3-0' ;;
		*) cat "$case/status" 2>/dev/null || echo installed ;;
		esac
	END
	# files of the case: plan.pinned (else plan), plan.fails, update.fails, install.fails, slow
	cat >"$case/bin/apt-get" <<-END
		#!/bin/sh
		echo "\$*" >>"$case/asked"
		case " \$* " in
		*' -s '*Dir::Etc::preferences*) cat "$case/plan.pinned" 2>/dev/null && exit 100; cat "$case/plan" ;;
		*' -s '*) cat "$case/plan"; [ ! -e "$case/plan.fails" ] ;;
		*' update '*)
			if [ -s "$case/update.fails" ]; then
				head -n 1 "$case/update.fails"
				sed -i 1d "$case/update.fails"
				exit 100
			fi ;;
		*--print-uris*) echo "'http://debian/a.deb' a.deb 25000000 MD5Sum:0" ;;
		*--download-only*) ;;
		*)
			find "$case/common" -type f >"$case/seen"
			cat "$case/common"/createcluster.d/*.conf >>"$case/seen" 2>/dev/null
			if [ -e "$case/slow" ]; then : >"$case/begun"; sleep 2; fi
			: >"$case/finished"
			if [ -e "$case/install.fails" ]; then echo 'E: no luck'; exit 100; fi
			[ ! -e "$case/pg_config" ] || cp "$case/pg_config" "$case/postgresql/15/bin/"
			touch "$case/postgresql/15/include/postgres.h" "$case/postgresql/15/pgxs.mk"
			printf '#!/bin/sh\n' >"$case/postgresql/15/bin/initdb"
			cp "$case/postgresql/15/bin/initdb" "$case/postgresql/15/bin/postgres"
			chmod 755 "$case"/postgresql/15/bin/* ;;
		esac
	END
	chmod 755 "$case"/bin/id "$case"/bin/apt-* "$case"/bin/dpkg-query "$case"/bin/gcc "$case"/bin/*prove
	postgresql 15
	mv "$case/postgresql/15/bin/pg_config" "$case/pg_config"
	: >"$case/asked"
}

# postgresql MAJOR [server] [headers]: what is there of it; at least pg_config.
postgresql() {
	folder=$case/postgresql/$1
	mkdir -p "$folder/bin" "$folder/include" "$folder/extension"
	cat >"$folder/bin/pg_config" <<-END
		#!/bin/sh
		case \$1 in
		--version) [ "\${LC_ALL:-}" = C ] && echo 'PostgreSQL $1.3 (Debian $1.3-0)' ;;
		--bindir) echo "$folder/bin" ;;
		--includedir-server) echo "$folder/include" ;;
		--pgxs) echo "$folder/pgxs.mk" ;;
		--sharedir) echo "$folder" ;;
		--cc) echo gcc ;;
		esac
	END
	shift
	for part; do
		case $part in
		server)
			printf '#!/bin/sh\n' >"$folder/bin/initdb"
			cp "$folder/bin/initdb" "$folder/bin/postgres"
			;;
		headers) touch "$folder/include/postgres.h" "$folder/pgxs.mk" ;;
		esac
	done
	chmod 755 "$folder"/bin/*
}

# add_sudo ANSWER STATUS: what sudo -n -l says; without n it gives up
add_sudo() {
	cat >"$case/bin/sudo" <<-END
		#!/bin/sh
		echo "\$*" >>"$case/sudo"
		case "\$1 \$2" in
		'-n -l') echo "$1" >&2; exit $2 ;;
		-l*) exit 1 ;;
		*) STUB_ROOT=1 exec "\$@" ;;
		esac
	END
	chmod 755 "$case/bin/sudo"
	echo 1000 >"$case/uid"
}

# the environment of a case; no terminal, which sudo would ask at
in_case() {
	env -i PATH="$case/bin" TMPDIR="$case" DEBIAN_POSTGRESQL="$case/postgresql" \
		POSTGRESQL_COMMON="$case/common" DPKG_LOCK="$case/lock" LOCKS="$case/locks" LOCK_PAUSE=0 \
		${LANGUAGE_OF_CASE:-} "$@"
}
packages() {
	rc=0
	(cd / && in_case setsid -w "$top/dev/packages.sh" "$@" >"$case/out" 2>&1) || rc=$?
}

# says NAME STATUS PATTERN...: the exit status, and that all patterns are there
says() {
	name=$1
	passed=yes
	[ "$rc" = "$2" ] || passed=not
	shift 2
	for pattern; do
		grep -qE -- "$pattern" "$case/out" || passed="no $pattern"
	done
	echo "status $rc; $passed" >>"$case/out"
	result "$name" "$passed" "$case/out"
}

finished() { [ -e "$case/finished" ] && echo yes || echo no; }
left() { find "$case" -name createcluster.d -o -name '*influencer*' -o -name 'tmp.*'; }

start complete
rm -r "$case/postgresql/15"
postgresql 15 server headers
packages build
says 'nothing is asked where everything is there' 0
is 'apt is not called' "$(cat "$case/asked")" ''

for libpq_dev in '' pg_config; do
	start headers
	rm -r "$case/postgresql/15"
	postgresql 15 server
	[ -z "$libpq_dev" ] || ln -s "$case/postgresql/15/bin/pg_config" "$case/bin/pg_config"
	echo 'Inst postgresql-server-dev-15 (15.3-0 Debian:12 [amd64])' >"$case/plan"
	packages build
	says "headers are missed${libpq_dev:+, with a pg_config in the PATH}" 0 'Installing postgresql-server-dev-15$' '1 packages' '25 MB'
	is 'as the server is there, no configuration is written' "$(cat "$case/seen")" ''
done

start nothing
packages build
says 'PostgreSQL is missed' 0 'Installing postgresql-server-dev-15 postgresql-15$'
is 'no cluster is made' "$(tail -n 1 "$case/seen")" 'create_main_cluster = false'
is 'nothing of ours stays' "$(left)" ''

start common
mkdir "$case/common/createcluster.d"
echo "include_dir '/etc/postgresql-common/createcluster.d'" >"$case/common/createcluster.conf"
packages build
says 'PostgreSQL is missed, postgresql-common is there' 0
is 'no cluster is made' "$(tail -n 1 "$case/seen")" 'create_main_cluster = false'
is 'its folder stays, empty' "$(cd "$case/common" && find . | sort | tr '\n' ' ')" '. ./createcluster.conf ./createcluster.d '

start ignorant
echo '# no include' >"$case/common/createcluster.conf"
packages build
says 'where a cluster would be made, nothing is installed' 1 'create_main_cluster = false' 'apt-get install'
is 'it is not installed' "$(finished)" no

start fails
: >"$case/install.fails"
packages build
says 'apt fails, and its output is shown' 1 'E: no luck'
is 'nothing of ours stays' "$(left)" ''

for signal in INT:130 TERM:143 HUP:129; do
	start "signal"
	: >"$case/slow"
	(cd / && in_case setsid -w env --default-signal=INT,TERM,HUP sh -c 'echo $$ >"$TMPDIR/pid"; exec "$0" build' "$top/dev/packages.sh" >"$case/out" 2>&1) &
	while [ ! -e "$case/begun" ]; do sleep .1; done
	# as a Ctrl-C does: all processes of the group, of which dpkg is none
	kill -s "${signal%:*}" -- "-$(cat "$case/pid")"
	rc=0
	wait $! || rc=$?
	is "dpkg is left to finish after ${signal%:*}" "$(finished)" yes
	is 'nothing of ours stays' "$(left)" ''
	says 'it is said' "${signal#*:}" 'dpkg is at work'
done

start upgrade
rm -r "$case/postgresql/15"
postgresql 15 server
printf '%s\n' 'Inst postgresql-15 [15.3-0] (15.9-0 Debian:12 [amd64])' 'Inst postgresql-server-dev-15 (15.9-0 Debian:12 [amd64])' >"$case/plan"
echo 'E: held broken packages' >"$case/plan.pinned"
packages build
says 'an upgrade of the server is refused' 1 'postgresql-15 15.3-0 -> 15.9-0' 'apt-get install --no-install-recommends postgresql-server-dev-15$' UPGRADE=1
is 'it is not made' "$(finished)" no
in_case UPGRADE=1 "$top/dev/packages.sh" build >"$case/out" 2>&1 && rc=0 || rc=$?
says 'an upgrade is made where it is allowed' 0 'postgresql-15 15.3-0 -> 15.9-0' Installed
echo 'Remv something [1]' >>"$case/plan"
rm "$case/finished" "$case/postgresql/15/include/postgres.h"
in_case UPGRADE=1 "$top/dev/packages.sh" build >"$case/out" 2>&1 && rc=0 || rc=$?
says 'a removal is always refused' 1 'something is removed'
is 'it is not made' "$(finished)" no

start others
printf '%s\n' 'Inst libc6 [2.1] (2.2 Debian:12 [amd64])' 'Inst postgresql-15 (15.9-0 Debian:12 [amd64])' >"$case/plan"
echo 'E: held broken packages' >"$case/plan.pinned"
packages build
says 'without a server, upgrades are announced and made' 0 'libc6 2.1 -> 2.2' Installed

start impossible
: >"$case/plan.fails"
echo 'E: Unable to locate package postgresql-15' >"$case/plan"
cp "$case/plan" "$case/plan.pinned"
packages build
says 'what apt does not know is said' 1 'can not install' 'Unable to locate'

start lists
: >"$case/default"
packages build
says 'apt knows no PostgreSQL' 1 'apt knows no package postgresql'

start third_party
echo 'E: The repository https://example.invalid sid Release is not signed.' >"$case/update.fails"
packages build
says 'a source that fails does not matter' 0 'failed, at least for some' 'example.invalid' Installed

start locked_lists
yes 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt)' | head -n 3 >"$case/update.fails"
packages build
says 'a lock on the lists is waited for' 0 'locked the lists' Installed

start locked
: >"$case/lock"
echo "1: POSIX  ADVISORY  WRITE $$ fe:00:$(stat -c %i "$case/lock") 0 EOF" >"$case/locks"
packages build
says 'a lock on dpkg is waited for by apt, and that is said' 0 "process $$, .*waiting for it" Installed
is 'apt waits' "$(grep -c 'DPkg::Lock::Timeout=600' "$case/asked")" 2

start half
echo half-configured >"$case/status"
packages build
says 'an interrupted dpkg is said' 1 'dpkg --configure -a'

start old
echo '  Depends: postgresql-13' >"$case/default"
packages build
says 'an old Debian is said' 1 'is 13; influencer needs 15'

LANGUAGE_OF_CASE='LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 LANGUAGE=de_DE:de'
start german
packages build
says 'in German' 0 'Installing postgresql-server-dev-15 postgresql-15$'
LANGUAGE_OF_CASE=

start sudo
add_sudo /usr/bin/env 0
packages build
says 'sudo is announced' 0 'through sudo, which may ask for your password' Installed
start password
add_sudo 'sudo: a password is required' 1
packages build
says 'a password that nobody can type is said' 1 'there is no terminal' 'apt-get install --no-install-recommends postgresql-server-dev-15 postgresql-15'
start forbidden
add_sudo 'Sorry, user you may not run sudo on here.' 1
packages build
says 'sudo that is not allowed is said' 1 'sudo does not let you: Sorry' 'apt-get install .*postgresql-15' 'makes and starts a PostgreSQL cluster'
is 'nothing is tried' "$(finished)" no
start user
echo 1000 >"$case/uid"
packages build
says 'no sudo is said' 1 'there is no sudo here' 'apt-get install .*postgresql-15'
: >"$case/default"
packages build
says 'without lists of packages, a user is told of these' 1 'apt-get update'

start no_apt
rm "$case/bin/apt-get"
packages build
says 'no apt is said' 1 "knows Debian's packages only"

start nowhere
LANGUAGE_OF_CASE=PG_CONFIG=/nowhere/pg_config
packages build
says 'PG_CONFIG that points nowhere is said' 1 'PG_CONFIG is /nowhere/pg_config'
start thirteen
postgresql 13 server headers
LANGUAGE_OF_CASE=PG_CONFIG=$case/postgresql/13/bin/pg_config
packages build
says 'PG_CONFIG of an old version is said' 1 'of PostgreSQL 13; influencer needs 15'

# A PostgreSQL from source: packages can't complete it.
start source
postgresql 15 server headers
mv "$case/postgresql/15" "$case/source"
sed -i "s|$case/postgresql/15|$case/source|" "$case/source/bin/pg_config"
LANGUAGE_OF_CASE=PG_CONFIG=$case/source/bin/pg_config
packages build test
says 'a PostgreSQL from source without pgtap is said' 0 'has no pgtap, and is not of Debian'
rm "$case/source/include/postgres.h"
packages build
says 'a PostgreSQL from source without headers is said' 1 'has no headers'
is 'apt is not called' "$(cat "$case/asked")" ''
LANGUAGE_OF_CASE=

# Which pg_config
choice() { in_case "$top/dev/pg_config.sh" | sed "s|$case/postgresql/||"; }
start choice
rm -r "$case/postgresql/15"
postgresql 17 headers
ln -s "$case/postgresql/17/bin/pg_config" "$case/bin/pg_config"
is 'headers alone are better than nothing' "$(choice)" "$case/bin/pg_config"
postgresql 15 server
is 'a server is better, even if the pg_config in the PATH is of another' "$(choice)" 15/bin/pg_config
postgresql 16 server headers
is 'both are better' "$(choice)" 16/bin/pg_config
rm -r "$case/postgresql/16"
postgresql 13 server headers
postgresql 9.6 server headers
is 'old ones are none' "$(choice)" 15/bin/pg_config

# The Makefile by itself
start make
rm -r "$case/postgresql/15"
postgresql 15 server
touch "$case/postgresql/15/pgxs.mk"
LC_ALL=C make -n PG_CONFIG="$case/postgresql/15/bin/pg_config" >"$case/out" 2>&1 && rc=0 || rc=$?
says 'make says that there are no headers' 2 'finds no headers: install'
make -n PG_CONFIG=/nowhere/pg_config >"$case/out" 2>&1 && rc=0 || rc=$?
says 'make says that there is no pg_config' 2 'PG_CONFIG is /nowhere/pg_config, which can not be run'

# Where the server works
long=$WORK/$(printf '%060d' 0)
mkdir "$long" "$WORK/a folder"
TMPDIR=$long ROOM=999999999 dev/server.sh true >"$case/out" 2>&1 && rc=0 || rc=$?
says 'a folder whose sockets have too long names is said' 1 'too long a name' 'Set TMPDIR'
TMPDIR="$WORK/a folder" ROOM=999999999 dev/server.sh true >"$case/out" 2>&1 && rc=0 || rc=$?
says 'a folder with a blank is said' 1 'a character in its name'
says 'a full disk is said' 1 'has less than'

rm -rf "$cases"
done_testing
