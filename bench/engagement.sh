#!/bin/sh
# Ratios of engagement() in the server that dev/server.sh started.
# usage: dev/server.sh bench/engagement.sh [POSTS] [RUNS]
set -eu
cd "$(dirname "$0")"
exec psql -qX -v ON_ERROR_STOP=1 -v posts="${1:-10000000}" -v runs="${2:-5}" -f engagement.sql
