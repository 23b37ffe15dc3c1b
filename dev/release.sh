#!/bin/sh
# A release of the commit that is checked out: checks, tests, archives, and what is
# left to do by hand.
# usage: dev/release.sh            as make release does
#        dev/release.sh archives   the archives alone, as make dist does
#
# All that is wrong with the state of things is said before any test is run.
# The archives are of what is committed, the same bytes whoever makes them, from
# which the extension is built and tested once more.
#
# Environment: CHECKS, make's goals that must pass (lint test); DRAFT=1 goes on
# where what is wrong is only that this is no release yet: dates, the kept install
# script, release_status, changes that are not committed.
set -eu
umask 022
export LC_ALL=C TZ=UTC
cd "$(dirname "$0")/.."

say() { echo "$*" >&2; }

version=$(sed -n 's/^EXTVERSION = //p' Makefile)
name=influencer-$version.0
[ -e .git ] && git rev-parse --verify -q HEAD >/dev/null || { say 'A release is made of a git checkout.'; exit 1; }
commit=$(git rev-parse HEAD)
work=
trap 'status=$?; [ -z "$work" ] || rm -rf "$work"; exit $status' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
work=$(mktemp -d -t influencer-release.XXXXXX)

# Names and times of what is in them are the commit's.
archives() {
	git archive --format=zip --prefix="$name/" -o "$1/$name.zip" "$commit"
	git -c tar.umask=0022 archive --format=tar --prefix="$name/" "$commit" | gzip -9n >"$1/$name.tar.gz"
}

# The dates of CHANGELOG.md, of Debian's changelog and of the spec's.
dates() {
	sed -n "s/^## $version (\([0-9-]*\)).*/\1/p" CHANGELOG.md
	date -d "$(sed -n '/^ -- /{s/.*>  //p;q;}' debian/changelog)" +%F
	date -d "$(sed -n '/^%changelog/{n;s/^\* \([^ ]* [^ ]* [^ ]* [^ ]*\) .*/\1/p;q;}' packaging/influencer.spec)" +%F
}

# What documents say of builds before there was any release.
early_words() {
	for file in *.md doc/*.md; do
		grep -niE 'call themselves|is not released|(before|from) the (first )?release\b' "$file" | sed -n "s|^\([0-9]*\):.*|$file, line \1|p"
	done
}

# What keeps this from being a release: one line each.
unready() {
	[ -z "$(git status --porcelain)" ] || echo 'there are changes that are not committed (git status)'
	! grep -q unreleased CHANGELOG.md || echo 'CHANGELOG.md says unreleased: a date'
	! head -n 1 debian/changelog | grep -q UNRELEASED || echo 'debian/changelog says UNRELEASED'
	[ "$(dates | sort -u | wc -l)" = 1 ] || echo "CHANGELOG.md, debian/changelog and packaging/influencer.spec are of" $(dates | sort -u)
	early_words | sed 's/$/, speaks of builds before the first release/'
	grep -q '"release_status": "stable"' META.json || echo 'release_status in META.json is not stable'
	[ -f "upgrade/influencer--$version.sql" ] || echo "upgrade/influencer--$version.sql is not kept: make clean && make && cp influencer--$version.sql upgrade/"
}

# ... and what is wrong in any case.
wrong() {
	! git rev-parse -q --verify "refs/tags/v$version" >/dev/null || echo "there is a tag v$version: the next version, see upgrade/README.md"
	newest=$(git tag --list 'v*' --sort=-version:refname | head -n 1)
	newest=${newest#v}
	[ -z "$newest" ] || [ "$newest" = "$version" ] || {
		[ "$(printf '%s\n' "$newest" "$version" | sort -V | tail -n 1)" = "$version" ] || echo "$newest is released, which is newer than $version"
		[ -f "upgrade/influencer--$newest--$version.sql" ] || echo "there is no upgrade/influencer--$newest--$version.sql"
	}
}

check_state() {
	wrong >"$work/wrong"
	unready >"$work/unready"
	[ "${DRAFT:-}" = 1 ] || cat "$work/unready" >>"$work/wrong"
	if [ -s "$work/wrong" ]; then
		say "This is no release of $version yet:"
		sed 's/^/    /' "$work/wrong" >&2
		exit 1
	fi
	[ ! -s "$work/unready" ] || {
		say "A draft of $version:"
		sed 's/^/    /' "$work/unready" >&2
	}
}

# Made again, from another clone by somebody with other habits, they are the same.
check_archives() {
	archives .
	git clone -q --no-local . "$work/clone"
	mkdir "$work/again"
	(
		cd "$work/clone"
		git checkout -q --detach "$commit"
		umask 077
		sleep 2
		TZ=Pacific/Kiritimati
		dev/release.sh archives "$work/again"
	)
	for archive in "$name.zip" "$name.tar.gz"; do
		cmp "$archive" "$work/again/$archive" || { say "$archive is not reproducible"; exit 1; }
	done
	sha256sum "$name.zip" "$name.tar.gz" >"$name.sha256"
}

# What is in them builds, and passes the tests that any user can run.
check_content() {
	command -v unzip >/dev/null || say "There is no unzip here: the zip is not looked into."
	mkdir "$work/tar" "$work/zip"
	tar -xzf "$name.tar.gz" -C "$work/tar"
	if command -v unzip >/dev/null; then
		unzip -q "$name.zip" -d "$work/zip"
		diff -r "$work/tar" "$work/zip" >&2 || { say 'The archives differ.'; exit 1; }
	fi
	say 'Building and testing what is in the archive ...'
	WERROR=1 "$work/tar/$name/dev/server.sh" sh -c 'make -s -C "$BUILD" installcheck >/dev/null || { cat "$BUILD/regression.diffs"; exit 1; }'
}

say_next() {
	cat <<-END

		$name.zip and $name.tar.gz are made of $(git rev-parse --short "$commit"), with their digests in $name.sha256.
		Passed here: ${CHECKS:-lint test}, and pg_regress on the archive, with $("$(dev/pg_config.sh)" --version).
		Not run by this command, and wanted before a release where they were not run on this commit:
		    make sanitize valgrind check-fresh check-packages test-upgrade
		    make check-arch ARCH=s390x; make check-arch ARCH=i386
		    make bench, whose report is committed
	END
	if [ -s "$work/unready" ]; then
		echo "This is a draft, which is not to be tagged nor uploaded:"
		sed 's/^/    /' "$work/unready"
		return
	fi
	cat <<-END
		Then:
		    git tag -a v$version -m 'influencer $version' $(git rev-parse --short "$commit")
		    git push origin v$version
		    upload $name.zip at https://manager.pgxn.org
		    packages of the tag: dpkg-buildpackage, rpmbuild, docker build (doc/install.md)
		    with the next change to an .sql file of src/, the next version: upgrade/README.md
	END
}

if [ "${1:-}" = archives ]; then
	archives "${2:-.}"
	exit
fi
# read to the end before it begins, since tests may take long
{
	check_state
	make ${CHECKS:-lint test}
	check_archives
	check_content
	say_next
	exit
}
