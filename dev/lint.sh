#!/bin/sh
# What a reader would complain about, as TAP: run it with prove.
# Needs cppcheck.  That everything has a COMMENT is asked of the catalog, by
# test/pgtap/all_catalog.sql.
set -u
cd "$(dirname "$0")/.." || exit 1

number=0
sources=$(find src -name '*.[ch]' | sort)
scripts=$(find src -name '*.sql' | sort)

# check NAME FUNCTION: the function prints complaints; none is a pass.
check() {
	number=$((number + 1))
	complaints=$($2 2>&1)
	if [ "${complaints#SKIP }" != "$complaints" ]; then
		echo "ok $number - $1 # $complaints"
	elif [ -z "$complaints" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		echo "$complaints" | sed 's/^/# /' >&2
	fi
}

# The server's headers are not read: these macros are what cppcheck needs.  It
# takes a struct initialised with {0} for uninitialised across functions.
run_cppcheck() {
	cppcheck --quiet --std=c11 --enable=warning,performance,portability \
		-Isrc --suppress=ctuuninitvar --inline-suppr --template='{file}:{line}: {id}: {message}' \
		-D'PG_FUNCTION_INFO_V1(f)=' -DINFLUENCER_MODULE_MAGIC= \
		-D'StaticAssertDecl(c,m)=' -D'pg_attribute_unused()=' \
		-D'INT64CONST(x)=(x##L)' -D'UINT64CONST(x)=(x##UL)' -DPGDLLEXPORT= \
		-DFLEXIBLE_ARRAY_MEMBER= -DINT64_FORMAT='"%ld"' \
		-DUINT64_FORMAT='"%lu"' -DPG_VERSION_NUM=150000 src
}

long_functions() {
	awk 'FNR == 1 { start = 0 }
		/^\{/ { start = FNR }
		/^\}/ { if (start && FNR - start > 60) print FILENAME ":" start ": " FNR - start " lines"; start = 0 }' $sources
}

not_ascii() { LC_ALL=C grep -nP '[^\x00-\x7F]' $sources; }

# What a user gives may be millions, and qsort() does not look for a cancelled query.
deaf_sorts() { grep -nE '(^|[^_[:alnum:]])qsort(_arg)?\(' $sources | grep -v 'src/base/interrupt.h'; }

# Where pgindent is; it comes with PostgreSQL 17 and later.
not_indented() {
	[ -x "${PGINDENT:-}" ] || ls "$("${PG_CONFIG:-pg_config}" --bindir)/pgindent" /usr/lib/postgresql/*/bin/pgindent 2>/dev/null | grep -q . || { echo 'SKIP no pgindent, which comes with PostgreSQL 17'; return 0; }
	dev/indent.sh --check
}

# A file includes PostgreSQL's headers, and ours by their folder; base/ none of
# the other folders.
wrong_includes() {
	for header in $(find src -name '*.h'); do
		grep -nE "#include \"$(basename "$header")\"" $sources
	done
	grep -nE '#include "(tier|engagement|top_ids|audience|campaign|composition|growth|authenticity|caption|payload)/' src/base/*
}

# Citus calls final functions without an expression that would tell their type.
call_expressions() { grep -n 'get_fn_expr_rettype' $sources; }

elogs() { grep -nE '\belog\(ERROR' $sources; }

version_checks() { grep -nE 'PG_VERSION_NUM' $sources | grep -v '^src/base/compat\.h:'; }

# Before 16, only what base/compat.h makes of PG_FUNCTION_INFO_V1 is exported.
unexported() {
	awk 'FNR == 1 { seen = 0 }
		/^#include "base\/compat\.h"/ { seen = 1 }
		/^(PG_FUNCTION_INFO_V1|EXACT_SUMS_[A-Z]+|GROWING_FUNCTIONS)\(/ && !seen { print FILENAME ":" FNR ": needs base/compat.h before it"; seen = 1 }' \
		$(find src -name '*.c')
}

# What a header declares is used by a file beside the one that defines it: code
# that nobody else uses is static.
unused_externs() {
	perl -e '
		my %text;
		for my $name (@ARGV) {
			open my $file, "<", $name or die "$name: $!";
			($text{$name} = join "", <$file>) =~ s{/\*.*?\*/}{}gs;
		}
		for my $header (grep { /\.h$/ } sort keys %text) {
			for my $name ($text{$header} =~ /^(?:pg_noreturn )?extern [^;(]*?(\w+)(?:\[[^;]*\]|\([^;]*\))?;/gm) {
				my @uses = grep { $text{$_} =~ /\b$name\b/ } keys %text;
				my $inline = () = $text{$header} =~ /\b$name\b/g;
				print "$header: $name is used in one file only\n" if @uses < 3 && $inline < 2;
			}
		}' $sources
}

# A name means one thing.
twice_defined() {
	perl -ne '
		push @{$types{$1}}, $ARGV if /^\} (\w+);/;
		END { for (sort keys %types) { print "$_: @{$types{$_}}\n" if @{$types{$_}} > 1 } }' $sources
}

# A tab goes to the next fourth column.  PostgreSQL keeps the text of a message
# in one line, so that it can be found.
long_lines() {
	perl -ne '
		chomp(my $line = $_);
		1 while $line =~ s/^([^\t]*)\t/$1 . " " x (4 - length($1) % 4)/e;
		print "$ARGV:$.: ", length $line, " columns\n" if length $line > 79 && !/"/;
		close ARGV if eof;' $sources
}

# One statement of a kind a line, so that each can be asked for its words.
statements() {
	awk '{ sub(/^--.*/, ""); printf "%s ", $0; if (/;[ \t]*$/) print FILENAME }' $scripts |
		grep -E "^[[:space:]]*CREATE $1 "
}

unlabelled() {
	statements FUNCTION | grep -vE '(IMMUTABLE|STABLE|VOLATILE) (STRICT|CALLED ON NULL INPUT) PARALLEL (SAFE|RESTRICTED|UNSAFE) .*COST [0-9]'
	statements AGGREGATE | grep -vE 'PARALLEL = '
}

replacing() { grep -nE 'CREATE OR REPLACE' $scripts; }

not_built() {
	for file in $(find src -name '*.c' | sort); do
		grep -qF "	${file%.c}.o" Makefile || echo "$file is not built"
	done
	for file in $scripts; do
		grep -qF "$file" Makefile || echo "$file is not installed"
	done
}

unpaired_tests() {
	for file in sql/*.sql expected/*.out; do
		name=$(basename "${file%.*}")
		[ -f "sql/$name.sql" ] && [ -f "expected/$name.out" ] &&
			grep -qE "^	$name( \\\\)?\$" Makefile || echo "$file"
	done
}

# A suite is of a concept, a file of src/, or of all.
unnamed_suites() {
	for suite in test/pgtap/*.sql; do
		name=$(basename "$suite" .sql)
		case $name in all_*) continue ;; esac
		find src -name "$name.sql" -o -name "$name.c" | grep -q . || echo "$suite is no concept's"
	done
}

broken_scripts() {
	for file in dev/*.sh dev/*/*.sh demo/*.sh test/*/*.sh bench/*.sh .ci/run; do
		[ -e "$file" ] || continue
		sh -n "$file"
		# what is only sourced need not be
		[ -x "$file" ] || [ "$file" = dev/tap.sh ] || [ "$file" = dev/debian.sh ] || echo "$file is not executable"
	done
}

trailing_blanks() {
	find . \( -name '*.[ch]' -o -name '*.sql' -o -name '*.sh' -o -name '*.md' \
		-o -name Makefile -o -name '*.control' \) ! -path './.git/*' \
		! -name 'influencer--*' -exec grep -nE '[[:blank:]]+$' {} +
}

spaces_for_tabs() { grep -nE '^ +[^ *]' $sources; }

# The version of a release stands in many places.
other_versions() {
	version=$(sed -n 's/^EXTVERSION = //p' Makefile)
	grep -qx "default_version = '$version'" influencer.control || echo "influencer.control is not of $version"
	sed -n '/^## /{p;q;}' CHANGELOG.md | grep -qE "^## $version( |\$)" || echo "CHANGELOG.md does not begin with $version"
	head -n 1 debian/changelog | grep -qF "($version-" || echo "debian/changelog is not of $version"
	grep -qE "^Version: +$version\$" packaging/influencer.spec || echo "packaging/influencer.spec is not of $version"
	sed -n '/^%changelog/{n;p;q;}' packaging/influencer.spec | grep -qF -- "- $version-" || echo "packaging/influencer.spec's changelog does not begin with $version"
	[ ! -f "upgrade/influencer--$version.sql" ] || grep -qE "^## $version \([0-9]{4}-[0-9]{2}-[0-9]{2}\)" CHANGELOG.md ||
		echo "$version is released, as upgrade/ has it, and CHANGELOG.md gives no date"
}

# ... and so do the servers that it is for: the oldest one, or the range.
other_servers() {
	oldest=$(sed -n 's/^#if PG_VERSION_NUM < \([0-9]*\)0000$/\1/p' src/base/compat.h | head -n 1)
	range=$(sed -n 's/.*versions supported (\([0-9]* to [0-9]*\)).*/\1/p' src/base/compat.h)
	newest=${range#* to }
	[ "${range% to *}" = "$oldest" ] || echo "src/base/compat.h: $range, and an error before $oldest"
	grep -qx "$oldest+" debian/pgversions || echo "debian/pgversions does not begin with $oldest"
	grep -qF "\"PostgreSQL\": \"$oldest.0.0\"" META.json || echo "META.json does not ask for $oldest"
	grep -qF -- "-lt $oldest ]" dev/pg_config.sh || echo "dev/pg_config.sh does not ask for $oldest"
	for file in README.md SECURITY.md doc/install.md; do
		grep -qF "PostgreSQL $range" "$file" || echo "$file does not say PostgreSQL $range"
	done
	for major in $(seq "$oldest" "$newest"); do
		grep -qE "(version|postgresql): .*\\b$major\\b" .github/workflows/test.yml || echo "the workflow has no $major"
	done
}

# What the PGXN Meta Spec 1.0.0 asks of META.json.
bad_metadata() {
	perl -MJSON::PP -e '
		my ($version) = @ARGV;
		my $meta = eval { decode_json(join "", <STDIN>) } or die "META.json: $@";
		sub bad { print "META.json: @_\n" }
		for (qw(name version abstract maintainer license provides meta-spec)) { bad("no $_") unless $meta->{$_} }
		my %numbers = (version => $meta->{version}, "meta-spec" => $meta->{"meta-spec"}{version});
		for my $name (keys %{$meta->{provides}}) {
			my $extension = $meta->{provides}{$name};
			for (qw(file version abstract docfile)) { bad("provides $name without $_") unless $extension->{$_} }
			for (grep { defined } @$extension{qw(file docfile)}) { bad("no file $_") unless -f }
			bad("$name is not of $version") unless $extension->{version} eq "$version.0";
			$numbers{$name} = $extension->{version};
		}
		my %known = map { $_ => 1 } qw(name version abstract description maintainer license provides meta-spec
			generated_by prereqs release_status resources tags no_index);
		for (keys %$meta) { bad("unknown key $_") unless $known{$_} || /^x_/i }
		bad("name $meta->{name}") unless $meta->{name} =~ m{^[^\s/\\\p{Cntrl}]{2,}$};
		bad("license is no list, URL or known name") unless ref $meta->{license} || $meta->{license} =~ /^[a-z0-9_]+$/;
		bad("is not of $version") unless $meta->{version} eq "$version.0";
		bad("does not provide $meta->{name}") unless $meta->{provides}{$meta->{name}};
		for my $phase (keys %{$meta->{prereqs} || {}}) {
			bad("prereqs: phase $phase") unless $phase =~ /^(configure|build|test|runtime|develop)$/;
			for my $kind (keys %{$meta->{prereqs}{$phase}}) {
				my $list = $meta->{prereqs}{$phase}{$kind};
				bad("prereqs: $phase: $kind") unless $kind =~ /^(requires|recommends|suggests|conflicts)$/;
				$numbers{"prerequisite $_"} = $list->{$_} for keys %$list;
			}
		}
		for (keys %numbers) { bad("$_: $numbers{$_} is no semantic version") unless $numbers{$_} =~ /^(0|\d+\.\d+\.\d+)$/ }
		bad("release_status") unless ($meta->{release_status} || "stable") =~ /^(stable|testing|unstable)$/;
		for (@{$meta->{tags}}) { bad("tag $_") if !length || length > 255 || m{[/\\\p{Cntrl}]} }
		for (ref $meta->{license} eq "HASH" ? values %{$meta->{license}} : ()) { bad("license: $_ is no URL") unless m{^https?://} }
	' "$(sed -n 's/^EXTVERSION = //p' Makefile)" <META.json
}

# Files of the project that a document names.
missing_files() {
	for file in *.md */*.md; do
		grep -oE '`[^`]*`' "$file" | grep -oE '\b(src|sql|test|bench|demo|dev|doc|upgrade)/[A-Za-z0-9_/.-]+[A-Za-z0-9_]' | grep -v -e -- | sort -u |
			while read -r name; do
				[ -e "$name" ] || echo "$file: there is no $name"
			done
	done
}

# Written by make bench, not by hand.
unmeasured() {
	grep -q '^Written by `make bench`' doc/performance.md && grep -q '^## Plans' doc/performance.md ||
		echo 'doc/performance.md is not what make bench writes'
}

check 'cppcheck has nothing to say' run_cppcheck
check 'one version everywhere' other_versions
check 'one range of servers everywhere' other_servers
check 'META.json is what PGXN asks for' bad_metadata
check 'no function is over 60 lines' long_functions
check 'C is ASCII' not_ascii
check 'C is as pgindent has it' not_indented
check 'headers are named by their folders' wrong_includes
check 'no elog(ERROR): a user gets an SQLSTATE' elogs
check 'what a user may give millions of is sorted so that it can be cancelled' deaf_sorts
check 'no function needs an expression of its call' call_expressions
check 'versions differ in compat.h only' version_checks
check 'functions for SQL are exported on all versions' unexported
check 'what headers declare is used elsewhere' unused_externs
check 'types are defined once' twice_defined
check 'C lines end at column 79, but for strings' long_lines
check 'SQL functions say volatility, NULL rule, parallel safety and cost' unlabelled
check 'plain CREATE' replacing
check 'all of src is built and installed' not_built
check 'every pg_regress test has both files and is run' unpaired_tests
check 'pgTAP suites are named by concepts' unnamed_suites
check 'shell scripts parse and can be run' broken_scripts
check 'no blanks at the ends of lines' trailing_blanks
check 'C is indented with tabs' spaces_for_tabs
check 'files that documents name are there' missing_files
check 'doc/performance.md is measured' unmeasured

echo "1..$number"
