#!/bin/sh
# Print the pg_config of the PostgreSQL to build for, or nothing where there is
# none.  Fails where PG_CONFIG names none or one that is too old.
#
# PG_CONFIG decides, if it is set to other than pg_config.  Otherwise the
# pg_config in the PATH and those in Debian's folders, newest first, are looked
# at: /usr/bin/pg_config is of the newest server-dev or of libpq-dev, which may
# be of another major version than the server.  The first that has both headers
# and a server is taken, else the first with a server, else the first with
# headers.  The programs alone say nothing: postgresql-client-NN has pg_config.
set -eu
export LC_ALL=C

major() { "$1" --version 2>/dev/null | sed -n 's/^PostgreSQL \([0-9]*\).*/\1/p'; }
has_server() { [ -x "$("$1" --bindir)/initdb" ]; }
has_headers() { [ -f "$("$1" --includedir-server)/postgres.h" ] && [ -f "$("$1" --pgxs)" ]; }

if [ "${PG_CONFIG:-pg_config}" != pg_config ]; then
	version=$(major "$PG_CONFIG") || version=
	if [ -z "$version" ]; then
		echo "PG_CONFIG is $PG_CONFIG, which is no pg_config that can be run." >&2
		exit 1
	elif [ "$version" -lt 15 ]; then
		echo "PG_CONFIG is $PG_CONFIG, of PostgreSQL $version; influencer needs 15 or later." >&2
		exit 1
	fi
	found=$(command -v "$PG_CONFIG")
	echo "$(cd "$(dirname "$found")" && pwd)/$(basename "$found")"
	exit
fi

with_server=
with_headers=
for candidate in "$(command -v pg_config || :)" \
	$(ls -d "${DEBIAN_POSTGRESQL:-/usr/lib/postgresql}"/*/bin/pg_config 2>/dev/null | sort -rV); do
	version=$(major "$candidate") || version=
	[ "${version:-0}" -ge 15 ] || continue
	if has_server "$candidate"; then
		if has_headers "$candidate"; then
			echo "$candidate"
			exit
		fi
		: "${with_server:=$candidate}"
	elif has_headers "$candidate"; then
		: "${with_headers:=$candidate}"
	fi
done
echo "${with_server:-$with_headers}"
