#!/bin/sh
# Audience sketches against postgresql-hll and plain SQL.
# usage: bench/audience.sh     beside a server (dev/server.sh bench/audience.sh)
#
# Environment: ROWS, follower rows (10 million), and RUNS of each query (3).
set -eu

psql -qX -v ON_ERROR_STOP=1 -v rows="${ROWS:-10000000}" -v runs="${RUNS:-3}" \
	-f "$(dirname "$0")/audience.sql"
