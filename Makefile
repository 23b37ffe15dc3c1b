EXTENSION = influencer
EXTVERSION = 1.0
MODULE_big = influencer

# A folder is a concept, a C file one thing in it; see src/README.md.
OBJS = \
	src/influencer.o \
	src/base/count.o \
	src/base/exact_sums.o \
	src/base/fixed_log_table.o \
	src/base/growing_array.o \
	src/base/json.o \
	src/base/normal_nodes.o \
	src/base/quantile.o \
	src/base/token.o \
	src/base/written_count.o \
	src/tier/tier_scheme.o \
	src/tier/tier_label.o \
	src/tier/tier.o \
	src/tier/tier_match.o \
	src/tier/tier_condition.o \
	src/tier/tier_query.o \
	src/tier/tier_planner.o \
	src/tier/tier_selectivity.o \
	src/engagement/rate.o \
	src/engagement/summary/engagement_summary.o \
	src/engagement/summary/engagement_aggregate.o \
	src/engagement/summary/engagement_averages.o \
	src/engagement/summary/engagement_figures.o \
	src/engagement/ratio/rate_ratio.o \
	src/engagement/ratio/profile_ratios.o \
	src/engagement/ratio/common_rate_ratio.o \
	src/engagement/benchmark/poisson_log_table.o \
	src/engagement/benchmark/poisson_log.o \
	src/engagement/benchmark/benchmark.o \
	src/engagement/benchmark/benchmark_cells.o \
	src/engagement/benchmark/benchmark_line.o \
	src/engagement/benchmark/benchmark_variances.o \
	src/engagement/benchmark/benchmark_draws.o \
	src/engagement/benchmark/benchmark_counts.o \
	src/engagement/benchmark/benchmark_model.o \
	src/engagement/benchmark/shrinkage.o \
	src/engagement/benchmark/shrinkage_bound.o \
	src/engagement/benchmark/fit_cache.o \
	src/engagement/benchmark/ranking.o \
	src/engagement/benchmark/value_benchmark.o \
	src/engagement/forecast/forecast_mean.o \
	src/engagement/forecast/forecast_spread.o \
	src/engagement/forecast/forecast_cache.o \
	src/engagement/forecast/forecast_outlook.o \
	src/engagement/forecast/forecast.o \
	src/engagement/forecast/forecast_total.o \
	src/engagement/forecast/campaign_forecast.o \
	src/engagement/maturity/maturity.o \
	src/engagement/maturity/maturity_aggregate.o \
	src/engagement/maturity/maturity_ladder.o \
	src/engagement/maturity/maturity_figures.o \
	src/top_ids/top_ids_state.o \
	src/top_ids/top_ids.o \
	src/audience/murmur.o \
	src/audience/theta_format.o \
	src/audience/theta_sort.o \
	src/audience/theta_bounds.o \
	src/audience/audience.o \
	src/audience/audience_state.o \
	src/audience/audience_aggregate.o \
	src/audience/audience_set.o \
	src/audience/frequency_state.o \
	src/audience/frequency.o \
	src/campaign/reach_model.o \
	src/campaign/net_reach.o \
	src/campaign/plan_rules_read.o \
	src/campaign/plan_rules.o \
	src/campaign/plan_limits.o \
	src/campaign/plan_complete.o \
	src/campaign/plan_cover.o \
	src/campaign/plan_reached.o \
	src/campaign/plan_bound.o \
	src/campaign/plan_greedy.o \
	src/campaign/plan_exchange.o \
	src/campaign/plan_search.o \
	src/campaign/plan_report.o \
	src/campaign/campaign_check.o \
	src/campaign/plan_markets.o \
	src/campaign/plan_groups.o \
	src/campaign/plan_order.o \
	src/campaign/campaign_state.o \
	src/campaign/campaign_rows.o \
	src/campaign/campaign_plan.o \
	src/composition/weight.o \
	src/composition/composition_form.o \
	src/composition/composition_state.o \
	src/composition/composition.o \
	src/composition/composition_share.o \
	src/composition/composition_aggregate.o \
	src/composition/composition_json_reader.o \
	src/composition/composition_text.o \
	src/composition/composition_json.o \
	src/composition/composition_measure.o \
	src/composition/composition_keys.o \
	src/growth/growth.o \
	src/growth/growth_aggregate.o \
	src/growth/growth_figures.o \
	src/growth/growth_rate.o \
	src/growth/growth_series.o \
	src/growth/growth_crossed.o \
	src/growth/growth_anomalies.o \
	src/authenticity/authenticity.o \
	src/authenticity/digit_counts.o \
	src/caption/unicode.o \
	src/caption/unicode_table.o \
	src/caption/caption_text.o \
	src/caption/scan.o \
	src/caption/scan_tag.o \
	src/caption/scan_address.o \
	src/caption/phrase.o \
	src/caption/tags.o \
	src/caption/asks.o \
	src/caption/sponsored.o \
	src/caption/sponsored_list.o \
	src/caption/comment_kind.o \
	src/caption/promotion_list.o \
	src/caption/niche.o \
	src/payload/mapping_path.o \
	src/payload/mapping_rows.o \
	src/payload/mapping_compiler.o \
	src/payload/mapping_condition.o \
	src/payload/mapping_column.o \
	src/payload/payload_mapping.o \
	src/payload/payload_shapes.o \
	src/payload/payload_shapes_table.o \
	src/payload/payload_time.o \
	src/payload/payload_value.o \
	src/payload/payload_enum.o \
	src/payload/payload_error.o \
	src/payload/payload_condition.o \
	src/payload/payload_collect.o \
	src/payload/payload_row.o \
	src/payload/payload_element.o \
	src/payload/payload_place.o \
	src/payload/payload_unread.o \
	src/payload/payload_reader.o \
	src/payload/payload_call.o \
	src/payload/post_metrics.o \
	src/payload/profile_metrics.o \
	src/payload/country_table.o \
	src/payload/country.o \
	src/payload/report_label.o \
	src/payload/report_sections.o \
	src/payload/report_weights.o \
	src/payload/report_instagram.o \
	src/payload/report_forms.o \
	src/payload/report_reader.o \
	src/payload/audience_metrics.o

# The install script is these files, one after the other: a file may use what
# an earlier one declares.
SQL = \
	src/influencer.sql \
	src/base/count.sql \
	src/tier/tier_scheme.sql \
	src/tier/tier.sql \
	src/tier/tier_planner.sql \
	src/engagement/rate.sql \
	src/engagement/summary/engagement_summary.sql \
	src/engagement/ratio/rate_ratio.sql \
	src/engagement/ratio/common_rate_ratio.sql \
	src/engagement/benchmark/benchmark.sql \
	src/engagement/forecast/forecast.sql \
	src/engagement/benchmark/value_benchmark.sql \
	src/engagement/maturity/maturity.sql \
	src/top_ids/top_ids.sql \
	src/audience/audience.sql \
	src/audience/frequency.sql \
	src/campaign/plan_rules.sql \
	src/campaign/campaign_plan.sql \
	src/campaign/cost.sql \
	src/campaign/net_reach.sql \
	src/composition/composition.sql \
	src/growth/growth.sql \
	src/growth/growth_series.sql \
	src/authenticity/authenticity.sql \
	src/authenticity/digit_counts.sql \
	src/caption/caption.sql \
	src/payload/payload.sql

REGRESS = \
	count \
	tier_scheme \
	tier \
	tier_planner \
	rate \
	engagement_summary \
	rate_ratio \
	common_rate_ratio \
	benchmark \
	forecast \
	value_benchmark \
	maturity \
	top_ids \
	audience \
	frequency \
	plan_rules \
	campaign_plan \
	cost \
	net_reach \
	composition \
	growth \
	growth_series \
	growth_anomalies \
	authenticity \
	caption \
	payload
REGRESS_OPTS = --load-extension=$(EXTENSION) --encoding=UTF8

DATA = $(wildcard upgrade/$(EXTENSION)--*--*.sql)
DATA_built = $(EXTENSION)--$(EXTVERSION).sql

PG_CPPFLAGS = -DEXTVERSION='"$(EXTVERSION)"' -I$(srcdir)/src
# Only what PostgreSQL must find is exported; PGXS sees to that from 16 on.
# Doubles have 53 bits everywhere, also where the x87 would compute with more,
# and every operation rounds, also where a processor multiplies and adds in one:
# results are the same bytes on all machines.
PG_CFLAGS = -fvisibility=hidden -ffp-contract=off $(if $(filter i%86,$(host_cpu)),-msse2 -mfpmath=sse)

PG_CONFIG ?= pg_config
PGXS := $(wildcard $(shell $(PG_CONFIG) --pgxs 2>/dev/null))
POSTGRES_H := $(wildcard $(shell $(PG_CONFIG) --includedir-server 2>/dev/null)/postgres.h)

# Our own goals must start on a machine that has no PostgreSQL yet; everything
# else needs PGXS and the headers, which Debian has in a package of their own.
OWN_GOALS = dist release demo report test test-upgrade sanitize fuzz valgrind lint indent bench accuracy check-fresh check-packages check-arch
ifneq ($(and $(PGXS),$(POSTGRES_H)),)
include $(PGXS)

# Bitcode is compiled for the machine that it runs on.
BITCODE_CFLAGS += -ffp-contract=off

$(OBJS): Makefile $(wildcard src/*/*.h src/*/*/*.h)

$(DATA_built): Makefile $(SQL)
	cat $(SQL) > $@
else
ifneq ($(filter-out $(OWN_GOALS),$(or $(MAKECMDGOALS),all)),)
PG_VERSION := $(shell $(PG_CONFIG) --version 2>/dev/null)
ifeq ($(PG_VERSION),)
$(error PG_CONFIG is $(PG_CONFIG), which can not be run: install the server development files of PostgreSQL (Debian: postgresql-server-dev-NN), or set PG_CONFIG)
else
$(error $(PG_CONFIG), of $(PG_VERSION), finds no $(if $(PGXS),headers,PGXS): install the server development files of that version (Debian: postgresql-server-dev-NN), or set PG_CONFIG)
endif
endif
endif

# Archives of what is committed, the zip as PGXN wants it.
dist:
	@dev/release.sh archives

export PG_CONFIG

.PHONY: $(OWN_GOALS)

# Install what is missing, start a throw-away server, load real data, report.
# KEEP=1 leaves the server up; UPGRADE=1 allows that an installed PostgreSQL is
# upgraded.
demo:
	@dev/packages.sh build
	@KEEP=$(KEEP) dev/server.sh demo/run.sh
	@echo 'make report draws pictures of it, into influencer-report.html.'

# The same data as a page of pictures, influencer-report.html.
report:
	@dev/packages.sh build
	@KEEP=$(KEEP) dev/server.sh demo/page.sh influencer-report.html

# Everything that can fail, with warnings as errors, in a throw-away server.
# ABUSE=20000 tries as many hostile values, ABUSE_SEED=7 others.
test:
	@dev/packages.sh build test
	@WERROR=1 ROOM=1000 dev/server.sh dev/test.sh

# pg_upgrade and other ways from PostgreSQL 15 to 17, and from these to 18, in a
# Debian that has all of them; see dev/upgrade.sh.  VERSIONS=18 tries less.
test-upgrade:
	@dev/packages.sh fresh
	@dev/upgrade.sh

# Checks, tests, archives, and what is left to do by hand; see dev/release.sh.
# CHECKS='lint test sanitize' runs more; DRAFT=1 goes on where this is no release yet.
release:
	@dev/packages.sh release
	@dev/release.sh

# The tests again, under AddressSanitizer and UndefinedBehaviorSanitizer.
sanitize:
	@dev/packages.sh build test
	@SANITIZE=1 dev/server.sh dev/test.sh

# A million hostile values of every type, under both: hours. VALUES=20000 tries
# fewer, TYPES=tier,composition not all, FUZZ_SEED=7 others.
fuzz:
	@dev/packages.sh build test
	@SANITIZE=1 ASAN_MORE=malloc_context_size=3 dev/server.sh test/abuse/fuzz.sh

# Those in SQL again, and fewer hostile values, under valgrind: it takes its time.
valgrind:
	@dev/packages.sh build test valgrind
	@VALGRIND=1 ABUSE=$(or $(ABUSE),1000) dev/server.sh dev/test.sh

# What a reader would complain about.
lint:
	@dev/packages.sh build lint
	@prove --exec /bin/sh dev/lint.sh

# PostgreSQL's own style, by its pgindent (CHECK=1 only shows what it would do).
indent:
	@dev/indent.sh $(if $(CHECK),--check)

# Ratios: ours against the hand-written way, in one run; writes doc/performance.md.
bench:
	@dev/packages.sh build bench
	@dev/server.sh bench/run.sh

# How well the ranking finds the truth, in simulations; writes doc/accuracy.md.
accuracy:
	@dev/packages.sh build
	@dev/server.sh bench/accuracy.sh

# The two commands above, in Debians made for it; see dev/fresh.sh.
# SUITES=bookworm STATES='nothing cluster' tries less.
check-fresh:
	@dev/packages.sh fresh
	@dev/fresh.sh prepare
	@prove -v --exec /bin/sh dev/fresh.sh

# .deb and RPM, twice and tried, and what the Dockerfiles run; see
# dev/check_packages.sh.  SUITE=trixie
check-packages:
	@dev/packages.sh fresh
	@dev/check_packages.sh prepare
	@prove -v --exec /bin/sh dev/check_packages.sh

# The tests on another architecture, under qemu; see dev/arch.sh.
# ARCH=s390x, i386 or arm64
check-arch:
	@dev/packages.sh arch
	@dev/arch.sh $(or $(ARCH),$(error ARCH is s390x, i386 or arm64))
