#!/bin/sh
# Run a command beside a throw-away PostgreSQL server that has this extension.
# usage: dev/server.sh COMMAND [ARG...]
#
# The server is a copy of the installed one's programs in a folder of its own,
# where everything else is linked to the installed files.  PostgreSQL finds its
# files relative to its programs, so the extension is installed into that folder
# (make install DESTDIR=...) and the machine's own installation, its clusters
# and an influencer already installed there stay as they are.  The server
# listens on a Unix socket in the folder only.
#
# COMMAND runs in the checkout with PGHOST, PGPORT and PGUSER set, with BUILD,
# a folder with the sources and what was built from them, and WORK, the folder
# that is removed in the end.  For more servers of the same kind, there are
# SERVER_BIN, the folder of the programs, AS_OWNER, what to put before them, and
# PRELOAD, what to put before the one that starts a server.  PATH begins with
# that server's own programs.  A command that makes a database for people to
# look at writes its name to $WORK/database.
#
# Environment: PG_CONFIG; TMPDIR, where the folder is made if that is possible;
# ROOM, how many MB it must have (400); WERROR=1 makes warnings errors;
# WITH_LLVM=no builds without bitcode, which is quicker;
# SANITIZE=1 builds and runs with AddressSanitizer and
# UndefinedBehaviorSanitizer, ASAN_MORE being further options; VALGRIND=1 runs the server under valgrind;
# SERVER_OPTIONS, additional options of the server; KEEP=1 leaves the server up
# and says how to use and to remove it.
set -eu

# Whoever's server it is reads what we write, and messages are compared.
umask 022
export LC_ALL=C.UTF-8
unset LANGUAGE

top=$(cd "$(dirname "$0")/.." && pwd)
pg_config=$("$top/dev/pg_config.sh")
if [ -z "$pg_config" ]; then
	echo 'There is no PostgreSQL with headers here: dev/packages.sh build installs it.' >&2
	exit 1
fi
PG_CONFIG=$pg_config
export PG_CONFIG
for name in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p'); do
	unset "$name"
done
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES DESTDIR 2>/dev/null || true
bindir=$("$pg_config" --bindir)
sharedir=$("$pg_config" --sharedir)
pkglibdir=$("$pg_config" --pkglibdir)
PATH=$bindir:$PATH

say() { echo "$*" >&2; }

# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
	owner=$(id -un postgres 2>/dev/null || echo nobody)
	as_owner="runuser -u $owner --"
else
	owner=$(id -un)
	as_owner=
fi

# unfit FOLDER: why the server can't work there, or else WORK is made in it.
# A socket's path has at most 107 bytes, those of pg_upgrade included.
unfit() {
	why=
	case $1 in
	/*) ;;
	*) why='is no absolute path' ;;
	esac
	case $1 in
	*[!A-Za-z0-9/._+~-]*) why='has a character in its name that PostgreSQL does not take everywhere' ;;
	esac
	[ ${#1} -le 60 ] || why='has too long a name for a socket'
	[ -z "$why" ] || return 0
	if ! WORK=$(mktemp -d "$1/influencer.XXXXXX" 2>/dev/null); then
		why='can not be written to'
		return 0
	fi
	chmod 755 "$WORK"
	printf '#!/bin/sh\nexit 0\n' >"$WORK/try"
	chmod 755 "$WORK/try"
	if ! $as_owner "$WORK/try" 2>/dev/null; then
		why="does not let ${owner} run programs"
	elif [ "$(df -Pm "$WORK" | awk 'NR == 2 { print $4 }')" -lt "${ROOM:-400}" ]; then
		why="has less than ${ROOM:-400} MB left"
	else
		rm "$WORK/try"
		return 1
	fi
	rm -rf "$WORK"
	return 0
}

# WORK, in the first folder that will do.
make_work_folder() {
	for folder in "${TMPDIR:-/tmp}" /tmp /var/tmp /dev/shm "${HOME:-/}"; do
		unfit "$folder" || return 0
		say "$folder $why."
	done
	say 'There is no folder to work in. Set TMPDIR to one.'
	exit 1
}

stop_server() {
	[ ! -f "$WORK/data/postmaster.pid" ] ||
		$as_owner "$tree$bindir/pg_ctl" -D "$WORK/data" -m immediate -w stop >/dev/null || true
}

# The server is not built for valgrind, which finds a lot in it: what counts are
# errors with a function of ours on the stack, whose source has a name.
report_valgrind() {
	[ -d "$WORK/valgrind" ] || return 0
	awk '/^==[0-9]+== *$/ || FNR == 1 { if (ours) print block; block = ""; ours = 0 }
		{ block = block "\n" $0 }
		/\(src\/[a-z_\/]+\.[ch]:[0-9]+\)/ { ours = 1 }
		END { if (ours) print block }' "$WORK"/valgrind/*.log | tee "$WORK/valgrind.errors" >&2
	[ ! -s "$WORK/valgrind.errors" ] || status=1
}

clean_up() {
	status=$?
	trap - EXIT INT TERM HUP
	[ -n "$WORK" ] || exit "$status"
	cd /
	report_valgrind
	if grep -E -A 20 'AddressSanitizer|runtime error:|terminated by signal' "$WORK/log" >&2 2>/dev/null; then
		status=1
	fi
	if [ "${KEEP:-}" = 1 ] && [ "$status" = 0 ]; then
		cat <<-END

			The server is still up. Connect with
			    $bindir/psql -h $WORK -p $PGPORT -U $PGUSER -d $(cat "$WORK/database" 2>/dev/null || echo "$PGDATABASE")
			and remove it with
			    ${as_owner:+$as_owner }$tree$bindir/pg_ctl -D $WORK/data -m immediate stop && rm -r $WORK
		END
	else
		stop_server
		rm -rf "$WORK"
	fi
	exit "$status"
}
WORK=
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

make_work_folder
BUILD=$WORK/build
tree=$WORK/tree
export WORK BUILD

# Link all that a folder of the installed server holds, but no influencer.
link_folder() {
	mkdir -p "$tree$1"
	for file in "$1"/*; do
		case $file in
		*/influencer*) ;;
		*) ln -s "$file" "$tree$file" ;;
		esac
	done
}

make_tree() {
	link_folder "$sharedir"
	rm "$tree$sharedir/extension"
	link_folder "$sharedir/extension"
	link_folder "$pkglibdir"
	if [ -d "$pkglibdir/bitcode" ]; then
		rm "$tree$pkglibdir/bitcode"
		link_folder "$pkglibdir/bitcode"
	fi
	mkdir -p "$tree$bindir"
	cp "$bindir/postgres" "$bindir/initdb" "$bindir/pg_ctl" "$tree$bindir/"
}

# The server's own headers are not ours to warn about.
copt=
if [ "${WERROR:-}" = 1 ]; then
	copt="-Wall -Wextra -Werror -isystem $("$pg_config" --includedir-server)"
fi

# A sanitizer's library must be loaded before everything else.  There it waits
# for ever in the first bindtextdomain, so that the server goes without
# translations.
preload=
if [ "${SANITIZE:-}" = 1 ]; then
	copt="$copt -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"
	cat >"$WORK/untranslated.c" <<-'END'
		char *bindtextdomain(const char *domain, const char *folder) { (void) domain; return (char *) folder; }
		char *textdomain(const char *domain) { return (char *) domain; }
	END
	gcc -shared -fPIC -o "$WORK/untranslated.so" "$WORK/untranslated.c"
	preload="env LD_PRELOAD=$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so):$WORK/untranslated.so ASAN_OPTIONS=detect_leaks=0:abort_on_error=1${ASAN_MORE:+:$ASAN_MORE}"
fi

# Valgrind names our sources as src/...
if [ "${VALGRIND:-}" = 1 ]; then
	copt="$copt -g"
	preload="env PGCTLTIMEOUT=600 valgrind --quiet --trace-children=yes --leak-check=no --error-limit=no --num-callers=40 --fullpath-after=$BUILD/ --log-file=$WORK/valgrind/%p.log"
fi

llvm=${WITH_LLVM:+with_llvm=$WITH_LLVM}

# Build a copy, so that the checkout stays as it is.
build() {
	mkdir "$BUILD"
	for name in Makefile influencer.control src sql expected upgrade; do
		[ ! -e "$top/$name" ] || cp -R "$top/$name" "$BUILD/"
	done
	chmod -R u+w,a+rX "$BUILD"
	make -s -C "$BUILD" clean >/dev/null
	make -s -j2 -C "$BUILD" $llvm COPT="$copt"
	make -s -C "$BUILD" install $llvm COPT="$copt" DESTDIR="$tree" >/dev/null
}

start_server() {
	mkdir -m 700 "$WORK/data"
	: >"$WORK/log"
	[ "${VALGRIND:-}" != 1 ] || mkdir "$WORK/valgrind"
	if [ "$(id -u)" = 0 ]; then
		chown "$owner" "$WORK" "$WORK"/data "$WORK"/log
		[ ! -d "$WORK/valgrind" ] || chown "$owner" "$WORK/valgrind"
	fi
	cd "$WORK"
	$as_owner "$tree$bindir/initdb" -D "$WORK/data" -U postgres -A trust -N \
		-E UTF8 --locale=C.UTF-8 >"$WORK/initdb.log" 2>&1 ||
		{ cat "$WORK/initdb.log" >&2; exit 1; }
	$as_owner $preload "$tree$bindir/pg_ctl" -D "$WORK/data" -l "$WORK/log" -w -o \
		"-c listen_addresses= -c unix_socket_directories=$WORK -c unix_socket_permissions=0700 -c fsync=off ${SERVER_OPTIONS:-}" \
		start >/dev/null || { cat "$WORK/log" >&2; exit 1; }
}

say "Building the extension with $("$pg_config" --version), in $WORK (half a minute) ..."
make_tree
build
say 'Starting a throw-away server ...'
start_server

SERVER_BIN=$tree$bindir
AS_OWNER=$as_owner
PRELOAD=$preload
export SERVER_BIN AS_OWNER PRELOAD
export PGHOST="$WORK" PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
cd "$top"
"$@"
