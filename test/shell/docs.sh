#!/bin/sh
# The SQL in the documents gives the output that is printed there.  It runs in
# a database with the demo's tables, views and data.
set -eu

DEMO_DATABASE=influencer_docs demo/run.sh >/dev/null
exec dev/doctest.sh influencer_docs README.md doc/*.md
