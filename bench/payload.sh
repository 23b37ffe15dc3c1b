#!/bin/sh
# Posts and profiles from payloads against the hand-written SQL.
# usage: bench/payload.sh     beside a server (dev/server.sh bench/payload.sh)
#
# Environment: POSTS, in pages of 25 and one a row (1 million each), and RUNS of
# each query (5).
set -eu

psql -qXAt -v ON_ERROR_STOP=1 -v posts="${POSTS:-1000000}" -v runs="${RUNS:-5}" \
	-f "$(dirname "$0")/payload.sql"
