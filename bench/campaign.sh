#!/bin/sh
# A plan from 10,000 candidates against the union of their audiences.
# usage: bench/campaign.sh     beside a server (dev/server.sh bench/run.sh campaign)
#
# Environment: CANDIDATES (10000) and RUNS of each query (5).
set -eu

psql -qX -v ON_ERROR_STOP=1 -v candidates="${CANDIDATES:-10000}" -v runs="${RUNS:-5}" \
	-f "$(dirname "$0")/campaign.sql"
