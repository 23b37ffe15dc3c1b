#!/bin/sh
# Inside a pristine Debian: make and try packages of the archives in this folder.
# TAP; run by dev/check_packages.sh.
set -eu
. ./tap.sh
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
top=$PWD

say() { echo "$*" >&2; }
# try NAME COMMAND [ARG...]
try() {
	what=$1
	shift
	say "$what ..."
	"$@" >"$top/log" 2>&1 </dev/null && passed=yes || passed=no
	tail -n 50 "$top/log" >"$top/end"
	result "$what" $passed "$top/end"
}

archive=$(echo influencer-*.tar.gz)
version=${archive#influencer-}
version=${version%.0.tar.gz}
major=$(pg_config --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
bindir=$(pg_config --bindir)

#
# Debian's packages, twice: elsewhere, with other habits
#
# build_deb FOLDER
build_deb() {
	mkdir "$1"
	tar -xzf "$top/$archive" -C "$1"
	# what a Debian calls upstream has no debian/ of its own
	tar -C "$1" --sort=name --exclude=debian -czf "$1/postgresql-influencer_$version.orig.tar.gz" "influencer-$version.0"
	(
		cd "$1/influencer-$version.0"
		# for the server that is here
		pg_buildext updatecontrol
		DEB_BUILD_OPTIONS="parallel=2 ${2:-}" dpkg-buildpackage -us -uc
	)
}
build_elsewhere() (
	umask 077
	export TZ=Pacific/Kiritimati LC_ALL=C
	mkdir "$top/some.where"
	cd "$top/some.where"
	build_deb else noautodbgsym
)
try 'a .deb is built' build_deb "$top/deb"
try 'and once more, in another folder, time zone and with another umask' build_elsewhere
package=postgresql-$major-influencer
deb=$(ls "$top/deb/${package}_$version"-*.deb)
is 'the same bytes' "$(sha256sum <"$top/some.where/else/${deb##*/}")" "$(sha256sum <"$deb")"
try 'lintian has nothing to say' lintian --pedantic --tag-display-limit 0 --fail-on error,warning "$top"/deb/*.changes
grep -vE '^(N|running)' "$top/log" || :
try 'lists of packages are read' apt-get -q update
try 'autopkgtest, as debian/tests has it' autopkgtest "$deb" "$top/deb/influencer-$version.0" -- null
is 'the installed package works' "$(dpkg-query -W -f '${db:Status-Status}' "$package")" installed

#
# An RPM, laid out as those of the PostgreSQL project
#
mkdir -p "/usr/pgsql-$major/bin"
cat >"/usr/pgsql-$major/bin/pg_config" <<END
#!/bin/sh
case "\$*" in
--bindir) echo /usr/pgsql-$major/bin ;;
--pkglibdir) echo /usr/pgsql-$major/lib ;;
--sharedir) echo /usr/pgsql-$major/share ;;
--docdir) echo /usr/pgsql-$major/doc ;;
*) exec $bindir/pg_config "\$@" ;;
esac
END
chmod 755 "/usr/pgsql-$major/bin/pg_config"
build_rpm() {
	mkdir -p "$1/SOURCES"
	cp "$top/influencer-$version.0.zip" "$1/SOURCES/"
	# the requirements of the spec are packages of another distribution, where
	# debugedit takes the folder of the build out of what debuggers read
	COPT="-ffile-prefix-map=$1=." rpmbuild -bb --nodeps --define "_topdir $1" --define "pgmajor $major" "$top/deb/influencer-$version.0/packaging/influencer.spec"
}
try 'an RPM is built' build_rpm "$top/rpm"
rpm=$(find "$top/rpm/RPMS" -name "influencer_$major-$version-*.rpm" | grep -v debug)
sleep 2
try 'and once more' build_rpm "$top/rpm2"
# names, digests and modes: times are those of the build
content() { rpm -qp --dump "$1" | awk '{ print $1, $4, $5 }'; }
rpm2=$(find "$top/rpm2/RPMS" -name "influencer_$major-$version-*.rpm" | grep -v debug)
content "$rpm" >"$top/files"
content "$rpm2" | diff "$top/files" - >"$top/end" && passed=yes || passed=no
result 'the same files in it' $passed "$top/end"
is 'what it installs beside documents' "$(rpm -qlp "$rpm" | grep -vE '/doc|/licenses|/\.build-id' | tr '\n' ' ')" \
	"/usr/pgsql-$major/lib/influencer.so /usr/pgsql-$major/share/extension/influencer--$version.sql /usr/pgsql-$major/share/extension/influencer.control "
try 'rpmlint finds no error in the spec' rpmlint "$top/deb/influencer-$version.0/packaging/influencer.spec"

#
# What the Dockerfiles run, here instead of in the official image
#
# steps DOCKERFILE: its RUN lines but those of apt
steps() {
	sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$1" | sed -n 's/^RUN //p' | grep -v '^apt-get'
}
for file in Dockerfile Dockerfile.files; do
	rm -rf /influencer /installed /files
	cp -R "$top/deb/influencer-$version.0" /influencer
	steps "/influencer/packaging/$file" >"$top/steps"
	try "packaging/$file: what it runs" env PG="$major" PATH="$bindir:$PATH" sh -eu "$top/steps"
	is 'it has steps' "$(grep -c make "$top/steps")" 1
	case $file in
	*.files)
		is 'its files' "$(cd /files && find . -type f | sort | tr '\n' ' ')" \
			"./lib/influencer.so ./share/extension/influencer--$version.sql ./share/extension/influencer.control "
		;;
	*)
		is 'its files' "$(cd /installed && find . -type f | sort | tr '\n' ' ')" \
			".$(pg_config --pkglibdir)/influencer.so .$(pg_config --sharedir)/extension/influencer--$version.sql .$(pg_config --sharedir)/extension/influencer.control "
		;;
	esac
done
done_testing
