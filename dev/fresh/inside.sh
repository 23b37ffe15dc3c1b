#!/bin/sh
# Inside a pristine Debian: make a STATE, run the commands of README.md in it,
# and compare what is there before and after.  Lines of TAP, without numbers.
# usage: inside.sh STATE COMMANDS      run by dev/fresh.sh; COMMANDS are demo,
#                                      interrupt and test
set -eu
state=$1
commands=$2
export DEBIAN_FRONTEND=noninteractive
cd /fresh

say() { echo "        $*" >&2; }
apt() {
	apt-get -qq -y --no-install-recommends "$@" >/fresh/apt.log 2>&1 || {
		sed 's/^/# /' /fresh/apt.log
		echo "not ok - the state can be made: apt-get $*"
		exit 1
	}
}

# result NAME STATUS [FILE]
result() {
	if [ "$2" = 0 ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		[ $# -lt 3 ] || tail -n 60 "$3" | sed 's/^/# /'
	fi
}

# same NAME BEFORE AFTER
same() {
	rc=0
	diff "$2" "$3" >/fresh/diff || rc=1
	result "$1" $rc /fresh/diff
}

#
# Who does it, where, and how
#
user=root
checkout=/root/influencer
before_command=
wrapper=
session=
options=

make_user() {
	useradd -m -s /bin/bash developer
	user=developer
	checkout=/home/developer/influencer
}

put_checkout() {
	mkdir -p "$checkout"
	tar -xf /fresh/checkout.tar -C "$checkout"
	chown -R "${owner:-$user}:" "$checkout"
}

# as_user COMMAND: a login, and the command in the checkout.
as_user() {
	$session $wrapper runuser -l "$user" -c "$before_command cd '$checkout' && $1"
}

# Services may be started, as on a machine that has an init.
allow_services() {
	printf '#!/bin/sh\nexit 0\n' >/usr/sbin/policy-rc.d
	chmod 755 /usr/sbin/policy-rc.d
}

find_major() { apt-cache depends postgresql | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p'; }

# The oldest version on offer, so that there is a newer one.
install_old_postgresql() {
	major=$(find_major)
	old=$(apt-cache madison "postgresql-$major" | awk '{ print $3 }' | tail -n 1)
	apt install "postgresql-$major=$old" "postgresql-client-$major=$old" "libpq5=$old" postgresql
}

psql_as_postgres() { runuser -u postgres -- psql -qXAt -p "$port" -d postgres "$@"; }

make_cluster() {
	install_old_postgresql
	# 5432 may be taken: the network is that of the machine
	port=$(pg_lsclusters -h | awk '{ print $3; exit }')
	for try in $(seq 60); do
		! psql_as_postgres -c '' 2>/dev/null || break
		pg_ctlcluster "$major" main start >/fresh/log 2>&1 || sleep 1
	done
	psql_as_postgres -c 'CREATE TABLE precious AS SELECT i, md5(i::text) FROM generate_series(1, 10000) AS i'
}

# What must stay of it.
ask_cluster() {
	psql_as_postgres <<-'END'
		SELECT version();
		SELECT pg_postmaster_start_time();
		SELECT system_identifier FROM pg_control_system();
		SELECT count(*), md5(string_agg(p::text, ',' ORDER BY i)) FROM precious AS p;
		SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database;
		SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles;
		SELECT md5(string_agg(name || setting, ',' ORDER BY name)) FROM pg_settings;
	END
}

#
# What is there
#
processes() {
	for process in /proc/[0-9]*; do
		command=$(tr '\0' ' ' <"$process/cmdline" 2>/dev/null) || continue
		[ -z "$command" ] || echo "$command"
	done >/fresh/list
	grep -vE '^tr |^postgres: .*(autovacuum worker|idle)' /fresh/list | sort
}

clusters() {
	ls -d /etc/postgresql/*/* /var/lib/postgresql/*/* /run/postgresql/* /var/log/postgresql/* 2>/dev/null || :
	# in which the socket's lock has the server's number and start
	[ ! -x /usr/bin/pg_lsclusters ] || pg_lsclusters -h
	cat /var/lib/postgresql/*/*/postmaster.pid 2>/dev/null || :
}

temporary_files() {
	find /tmp /var/tmp /dev/shm /home /root /run/lock "$checkout" -path /proc -prune -o -printf '%p %y %m %u %g %l\n' | sort
	find "$checkout" -type f -exec md5sum {} + | sort
}

# Of files that were there before, those of /etc that packages rightly change
# are left out: accounts and what is generated.
configuration() {
	find /etc -type f ! -name '*-' -exec md5sum {} + |
		grep -vE ' /etc/(passwd|group|shadow|gshadow|subuid|subgid|ld\.so\.cache|mailcap|\.pwd\.lock)$' | sort
}

# New files of /etc that no package has, generates, or names in its scripts.
stray_configuration() {
	awk '{ print $2 }' /fresh/configuration.before | sort >/fresh/old
	cat /var/lib/dpkg/info/*.list /var/lib/dpkg/info/*.conffiles | sort -u >/fresh/owned
	configuration | awk '{ print $2 }' | sort | comm -13 /fresh/old - | comm -23 - /fresh/owned |
		grep -vE '^/etc/(ssl/certs/|alternatives/|rc.\.d/|ssl/private/ssl-cert-snakeoil\.key$|systemd/system/.*\.wants/|apt/apt\.conf\.d/02autoremove-postgresql$)' |
		while read -r file; do
			cat /var/lib/dpkg/info/*.postinst /var/lib/dpkg/info/*.config 2>/dev/null | grep -qF "$file" || echo "$file"
		done
}

installed() { dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' | sed -n 's/^installed //p' | sort; }

look() {
	for what in processes clusters temporary_files configuration installed; do
		$what >"/fresh/$what.$1"
	done
	[ "$with_cluster" = no ] || ask_cluster >"/fresh/data.$1"
}

compare() {
	# somebody may be on the way out
	for try in 1 2 3 4 5; do
		processes >/fresh/processes.after
		! cmp -s /fresh/processes.before /fresh/processes.after || break
		sleep 1
	done
	look after
	same "$1: the same processes" /fresh/processes.before /fresh/processes.after
	same "$1: the same clusters" /fresh/clusters.before /fresh/clusters.after
	same "$1: the same temporary files and checkout" /fresh/temporary_files.before /fresh/temporary_files.after
	comm -23 /fresh/configuration.before /fresh/configuration.after >/fresh/changed
	stray_configuration >>/fresh/changed
	same "$1: the same configuration" /dev/null /fresh/changed
	if [ "$upgrades" = no ]; then
		comm -23 /fresh/installed.before /fresh/installed.after >/fresh/changed
		same "$1: the same versions of what was installed" /dev/null /fresh/changed
	fi
	[ "$with_cluster" = no ] || same "$1: the same data, version and start of the cluster" /fresh/data.before /fresh/data.after
}

# try COMMAND...: a command of README.md
try() {
	say "$* ..."
	started=$(date +%s)
	rc=0
	as_user "$*" >"/fresh/log" 2>&1 || rc=$?
	say "$* took $(($(date +%s) - started)) s; $(installed | comm -13 /fresh/installed.before - | wc -l) packages came so far"
	result "$*" $rc /fresh/log
	[ $rc = 0 ]
}

try_demo() {
	if try "make demo KEEP=1 $options"; then
		connect=$(sed -n 's/^ *\(.*psql -h .*\)/\1/p' /fresh/log)
		as_user "$connect -XAt -c 'SELECT sum(profiles) FROM tier_ladder'" >/fresh/answer 2>&1 || :
		echo 979 >/fresh/answer.expected
		same 'the connection that is printed is to the demo' /fresh/answer.expected /fresh/answer
		remove=$(sed -n 's/^ *\(.*pg_ctl .* stop && rm .*\)/\1/p' /fresh/log)
		as_user "$remove" >/fresh/answer 2>&1 && rc=0 || rc=1
		result 'the server is removed as it is printed' $rc /fresh/answer
	fi
	compare demo
}

# The page stands beside README.md, where nobody may write in one state.
try_report() {
	[ "$state" != awkward ] || return 0
	try "make report $options" || :
	head -c 15 "$checkout/influencer-report.html" >/fresh/answer 2>&1 || :
	printf '<!DOCTYPE html>' >/fresh/answer.expected
	same 'the report is a page' /fresh/answer.expected /fresh/answer
	rm -f "$checkout/influencer-report.html"
	compare report
}

# As a Ctrl-C does: a signal to all processes of the group.
try_interrupt() {
	say 'make demo, interrupted ...'
	session='setsid -w'
	as_user "exec env --default-signal=INT make demo $options" >/fresh/log 2>&1 &
	interrupted=$!
	session=
	for try in $(seq 600); do
		! grep -q 'Starting a throw-away server' /fresh/log || break
		sleep .2
	done
	kill -s INT -- "-$(awk '$2 == "(make)" { print $5; exit }' /proc/[0-9]*/stat)" || :
	rc=0
	wait "$interrupted" || rc=$?
	[ $rc != 0 ] && ! grep -q 'micro' /fresh/log && rc=0 || rc=1
	result 'make demo can be interrupted' $rc /fresh/log
	compare 'interrupted demo'
}

try_test() {
	try "make test $options" || :
	tail -n 1 /fresh/log | grep -qx 'Result: PASS' && rc=0 || rc=1
	result 'the last line is a test runner'"'"'s' $rc
	compare test
}

#
# The states
#
apt update
with_cluster=no
upgrades=no
case $state in
nothing)
	allow_services
	put_checkout
	;;
cluster)
	allow_services
	make_cluster
	with_cluster=yes
	put_checkout
	;;
gone)
	allow_services
	make_cluster
	# as if that had been installed when an older one was on offer
	older=$(echo "$old" | sed 's/\.[0-9]*-/.1-/')
	sed -i "s/^Version: $old\$/Version: $older/; s/(= $old)/(= $older)/g; s/libpq5 (>= $major[.0-9]*/libpq5 (>= $major/" /var/lib/dpkg/status
	put_checkout
	with_cluster=yes
	look before
	if as_user 'make demo' >/fresh/log 2>&1; then rc=1; else rc=0; fi
	result 'make demo does not upgrade the server by itself' $rc /fresh/log
	grep -q "postgresql-$major $older -> " /fresh/log && grep -q 'apt-get install .*postgresql-server-dev' /fresh/log && grep -q UPGRADE=1 /fresh/log && rc=0 || rc=1
	result 'it says what would be upgraded, and how' $rc /fresh/log
	compare refusal
	options=UPGRADE=1
	with_cluster=no
	upgrades=yes
	try "make demo $options" || :
	exit
	;;
sudo)
	allow_services
	apt install sudo
	make_user
	echo 'developer ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers.d/developer
	put_checkout
	;;
offline)
	put_checkout
	as_user 'dev/packages.sh build test' >/fresh/log 2>&1 || { result 'packages are installed' 1 /fresh/log; exit 1; }
	rm -rf "$checkout"
	make_user
	put_checkout
	wrapper='unshare -n'
	;;
german)
	allow_services
	apt install locales
	echo 'de_DE.UTF-8 UTF-8' >/etc/locale.gen
	locale-gen >/dev/null
	before_command='export LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 LANGUAGE=de_DE:de;'
	put_checkout
	;;
awkward)
	allow_services
	apt install sudo
	make_user
	echo 'developer ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers.d/developer
	checkout='/srv/their checkout'
	owner=root
	put_checkout
	mount --bind "$checkout" "$checkout"
	mount -o remount,bind,ro "$checkout"
	mkdir -m 1777 /srv/tmp
	mount -t tmpfs -o noexec,mode=1777 tmpfs /srv/tmp
	before_command='export TMPDIR=/srv/tmp; umask 077;'
	;;
*)
	echo "not ok - there is no state $state"
	exit 1
	;;
esac
look before
for command in $commands; do
	"try_$command"
done
