#!/bin/sh
# Compositions and growth against the hand-written SQL.
# usage: bench/composition.sh     beside a server (dev/server.sh bench/composition.sh)
#
# Environment: REPORTS, jsonb reports of ten countries each (1 million), and
# RUNS of each query (5).
set -eu

psql -qXAt -v ON_ERROR_STOP=1 -v reports="${REPORTS:-1000000}" -v runs="${RUNS:-5}" \
	-f "$(dirname "$0")/composition.sql"
