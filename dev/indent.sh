#!/bin/sh
# Give the C files PostgreSQL's own style, with its pgindent.
# usage: dev/indent.sh [--check]    --check changes nothing, shows what it would,
#                                   and fails if there is something
#
# pgindent and its list of types come with PostgreSQL 17 and later (Debian:
# postgresql-server-dev-17), whatever version the extension is built for; it is
# looked for beside pg_config and in Debian's folders, or PGINDENT names it.
# Exit status 3: it is not on this machine.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
program=${PGINDENT:-}
if [ -z "$program" ]; then
	for folder in "$("${PG_CONFIG:-pg_config}" --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin; do
		[ ! -x "$folder/pgindent" ] || program=$folder/pgindent
	done
fi
if [ ! -x "$program" ]; then
	echo 'pgindent is not here: install postgresql-server-dev-17 or later, or set PGINDENT' >&2
	exit 3
fi
bin=$(dirname "$program")
unset PGINDENT					# to pgindent it is the path of pg_bsd_indent
types=$(find "$("$bin/pg_config" --sharedir)" -name typedefs.list | head -n 1)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Names of ecpg's types are those of variables here.
grep -vxE 'decimal|date|interval|timestamp' "$types" >"$work/types"
find src -name '*.[ch]' -exec sed -nE '
	s/^\} *([A-Za-z_0-9]+);.*/\1/p
	s/^typedef [^(]*[ *]([A-Za-z_0-9]+);.*/\1/p' {} + >>"$work/types"
sort -u -o "$work/types" "$work/types"

mode=
[ "${1:-}" != --check ] || mode='--check --diff'
find src -name '*.[ch]' ! -name '*_table.c' | sort |
	PATH=$bin:$PATH xargs "$program" $mode --typedefs="$work/types" --excludes=/dev/null
