EXTENSION = influencer
EXTVERSION = 1.0
MODULE_big = influencer

# One concept, one C file. Its SQL stands beside it and is listed below.
OBJS = \
	src/influencer.o \
	src/count.o \
	src/tier_scheme.o \
	src/tier.o \
	src/tier_planner.o \
	src/rate.o \
	src/sums.o \
	src/engagement.o \
	src/benchmark.o \
	src/top_ids.o \
	src/murmur.o \
	src/theta_format.o \
	src/theta_sort.o \
	src/theta_bounds.o \
	src/audience.o \
	src/audience_state.o \
	src/audience_aggregate.o \
	src/audience_set.o \
	src/campaign_cover.o \
	src/campaign_greedy.o \
	src/campaign.o \
	src/campaign_cost.o \
	src/weight.o \
	src/composition.o \
	src/composition_aggregate.o \
	src/composition_json.o \
	src/composition_measure.o \
	src/growth.o \
	src/authenticity.o \
	src/digit_counts.o \
	src/payload.o \
	src/payload_audience.o \
	src/payload_shape.o \
	src/payload_time.o

# The install script is these files, one after the other: a file may use what
# an earlier one declares.
SQL = \
	src/influencer.sql \
	src/count.sql \
	src/tier_scheme.sql \
	src/tier.sql \
	src/tier_planner.sql \
	src/rate.sql \
	src/engagement.sql \
	src/benchmark.sql \
	src/top_ids.sql \
	src/audience.sql \
	src/campaign.sql \
	src/campaign_cost.sql \
	src/composition.sql \
	src/growth.sql \
	src/authenticity.sql \
	src/digit_counts.sql \
	src/payload.sql

REGRESS = \
	count \
	tier_scheme \
	tier \
	tier_planner \
	rate \
	engagement \
	benchmark \
	top_ids \
	audience \
	campaign \
	campaign_cost \
	composition \
	growth \
	authenticity \
	payload
REGRESS_OPTS = --load-extension=$(EXTENSION) --encoding=UTF8

DATA = $(wildcard upgrade/$(EXTENSION)--*--*.sql)
DATA_built = $(EXTENSION)--$(EXTVERSION).sql

PG_CPPFLAGS = -DEXTVERSION='"$(EXTVERSION)"'

PG_CONFIG ?= pg_config
PGXS := $(wildcard $(shell $(PG_CONFIG) --pgxs 2>/dev/null))

# demo, test, lint and bench must start on a machine that has no PostgreSQL
# yet; everything else needs PGXS.
ifneq ($(PGXS),)
include $(PGXS)

$(OBJS): Makefile $(wildcard src/*.h)

$(DATA_built): Makefile $(SQL)
	cat $(SQL) > $@
else
OWN_GOALS = dist demo test sanitize valgrind lint bench
ifneq ($(filter-out $(OWN_GOALS),$(or $(MAKECMDGOALS),all)),)
$(error $(PG_CONFIG) finds no PGXS: install the server development files of PostgreSQL (Debian: postgresql-server-dev-NN), or set PG_CONFIG)
endif
endif

# An archive of what is committed, as PGXN wants it.
dist:
	@git rev-parse --verify -q HEAD >/dev/null || { echo 'make dist needs a git checkout' >&2; exit 1; }
	git archive --format=zip --prefix=$(EXTENSION)-$(EXTVERSION).0/ \
		-o $(EXTENSION)-$(EXTVERSION).0.zip HEAD

export PG_CONFIG

.PHONY: dist demo test sanitize valgrind lint bench

# Install what is missing, start a throw-away server, load real data, report.
# KEEP=1 leaves the server up.
demo:
	@dev/packages.sh build
	@KEEP=$(KEEP) dev/server.sh demo/run.sh

# Everything that can fail, with warnings as errors, in a throw-away server.
# ABUSE=20000 tries as many hostile values, ABUSE_SEED=7 others.
test:
	@dev/packages.sh build test
	@WERROR=1 dev/server.sh dev/test.sh

# The tests again, under AddressSanitizer and UndefinedBehaviorSanitizer.
sanitize:
	@dev/packages.sh build test
	@SANITIZE=1 dev/server.sh dev/test.sh

# Those in SQL again, and fewer hostile values, under valgrind: it takes its time.
valgrind:
	@dev/packages.sh build test valgrind
	@VALGRIND=1 ABUSE=$(or $(ABUSE),1000) dev/server.sh dev/test.sh

# What a reader would complain about.
lint:
	@dev/packages.sh build lint
	@prove --exec /bin/sh dev/lint.sh

# Ratios: ours against the hand-written way, in one run; writes doc/performance.md.
bench:
	@dev/packages.sh build bench
	@dev/server.sh bench/run.sh
