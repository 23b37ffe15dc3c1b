#!/bin/sh
# The best ids of every group, against window functions and plain aggregates.
# usage: bench/top_ids.sh     beside a server (dev/server.sh bench/run.sh top_ids)
#
# Environment: ROWS (10 million) and RUNS of each query (5).
set -eu

psql -qX -v ON_ERROR_STOP=1 -v rows="${ROWS:-10000000}" -v runs="${RUNS:-5}" \
	-f "$(dirname "$0")/top_ids.sql"
