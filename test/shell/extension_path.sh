#!/bin/sh
# The extension in a folder of its own, by extension_control_path and
# dynamic_library_path, which PostgreSQL has from 18 on: nothing of it is among the
# server's files.
set -eu
. test/shell/dump/lib.sh

if [ "$("$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -lt 18 ]; then
	echo '1..0 # SKIP PostgreSQL has extension_control_path from 18 on'
	exit 0
fi
# The server's files less those of the extension.
cp -a "$WORK/tree" "$WORK/bare"
find "$WORK/bare" -name 'influencer*' -exec rm -r {} +
plain=$WORK/bare$("$PG_CONFIG" --bindir)

# As doc/install.md says, and as packaging/Dockerfile.files lays it out.  Debian's
# PostgreSQL leaves prefix alone, its folders being set one by one.
prefix=$WORK/prefix
make -s -C "$BUILD" install datadir="$prefix/share" pkglibdir="$prefix/lib" ${WITH_LLVM:+with_llvm=$WITH_LLVM} >"$WORK/install" 2>&1 && passed=yes || passed=no
result 'make install into a folder' $passed "$WORK/install"
(cd "$prefix" && find . -type f ! -name '*.bc' | sort) >"$WORK/files"
is 'its files' "$(tr '\n' ' ' <"$WORK/files")" "./lib/influencer.so ./share/extension/influencer--$(sed -n 's/^EXTVERSION = //p' Makefile).sql ./share/extension/influencer.control "

folder=$WORK/extension_path
mkdir "$folder"
[ "$(id -u)" != 0 ] || chown "$(stat -c %U "$WORK")" "$folder"
cd "$folder"
export PGPORT=5436
start() {
	$AS_OWNER $PRELOAD "$plain/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
		-o "-p $PGPORT -c listen_addresses= -c unix_socket_directories=$WORK -c fsync=off" start >/dev/null
}
stop() { $AS_OWNER "$plain/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null; }
ask() { psql -X -At -d "${2:-postgres}" -c "$1" 2>&1; }

$AS_OWNER "$plain/initdb" -D "$folder/data" -U postgres -A trust -N -E UTF8 --locale=C.UTF-8 >/dev/null
start
trap stop EXIT
is 'without the settings there is none' "$(ask 'CREATE EXTENSION influencer' | sed -n 1p)" 'ERROR:  extension "influencer" is not available'
ask "ALTER SYSTEM SET extension_control_path = '\$system:$prefix/share'" >/dev/null
ask "ALTER SYSTEM SET dynamic_library_path = '\$libdir:$prefix/lib'" >/dev/null
ask 'SELECT pg_reload_conf()' >/dev/null
# a new session reads them
tries=0
while [ "$(ask "SELECT count(*) FROM pg_available_extensions WHERE name = 'influencer'")" != 1 ] && [ $tries -lt 50 ]; do
	tries=$((tries + 1))
	sleep .1
done
is 'it is on offer once they are read, without a restart' "$(ask "SELECT count(*) FROM pg_available_extensions WHERE name = 'influencer'")" 1
createdb in_public
psql -X -q -v ON_ERROR_STOP=1 -v schema=public -d in_public -f "$checkout/test/shell/dump/objects.psql" >"$WORK/objects" 2>&1 && passed=yes || passed=no
result 'everything can be made with it' $passed "$WORK/objects"
remember in_public
dump in_public >"$WORK/dump.sql"
psql -X -At -v ON_ERROR_STOP=1 -v schema=public -d in_public -f "$checkout/test/shell/dump/check.psql" >"$WORK/check" 2>&1 || :
[ ! -s "$WORK/check" ] && passed=yes || passed=no
result 'and is at work' $passed "$WORK/check"
is 'the library is the one of the folder' "$(ask "LOAD 'influencer'; SELECT count(*) > 0 FROM regexp_split_to_table(pg_read_file('/proc/self/maps', 0, 10000000), E'\n') AS line WHERE line ~ ' $prefix/lib/influencer.so$'" in_public | tail -n 1)" t

# A dump is restored into a server that has these settings.
createdb restored
psql -X -q -v ON_ERROR_STOP=1 -d restored -f "$WORK/dump.sql" >"$WORK/restore.log" 2>&1 && passed=yes || passed=no
result 'a dump is restored' $passed "$WORK/restore.log"
compare restored in_public 'after a restore'
done_testing
