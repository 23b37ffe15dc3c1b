# Debians to try things in, for scripts to source: made with mmdebstrap from the
# mirror that apt uses here, and kept for a week as archives in FRESH_CACHE
# (~/.cache/influencer).  Expects say and cannot.  Begin with take_folder.
cache=${FRESH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/influencer}

# mirror PATTERN: of the sources that apt reads here, the first of Debian whose
# suite looks so.
mirror() {
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
		awk -v suite="$1" '$3 == "main" && $2 ~ suite && $1 ~ /debian/ { print $1; exit }'
}

# How apt gets at the network here, proxies and all.
write_apt_options() {
	apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries|.*[Pp]roxy)' | grep -v '""' || :
}

# The lines of sources.list of a suite.  What is not released yet has no security.
sources() {
	echo "deb $debian $1 main"
	case $1 in
	forky | sid | unstable) ;;
	*) [ -z "$security" ] || echo "deb $security $1-security main" ;;
	esac
}

find_mirrors() {
	command -v mmdebstrap >/dev/null || cannot 'mmdebstrap is not installed'
	command -v apt-get >/dev/null || cannot 'there is no apt'
	host=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	debian=$(mirror "^(${host:-stable}|stable|testing|unstable|sid)\$")
	security=$(mirror -- '-security$')
	[ -n "$debian" ] || cannot "apt knows no mirror of Debian here"
}

# make_archive NAME PACKAGES SUITE... [OPTION...]: $cache/NAME.tar, a Debian of the
# first suite with these packages (joined by commas), which may come of the
# others too.  Options begin with -- and are of mmdebstrap.
make_archive() {
	archive=$cache/$1.tar
	[ -z "$(find "$archive" -mtime -7 2>/dev/null)" ] || return 0
	say "Making a Debian, $1 (half a minute without PostgreSQL, some with) ..."
	mkdir -p "$cache"
	name=$1 include=$2 suite=$3
	shift 2
	write_apt_options >"$folder/options"
	: >"$folder/sources"
	while [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; do
		sources "$1" >>"$folder/sources"
		shift
	done
	mode=unshare
	[ "$(id -u)" != 0 ] || mode=root
	mmdebstrap --quiet --mode=$mode --variant=minbase --include="$include" "$@" \
		--aptopt="$folder/options" "$suite" "$folder/new.tar" "$folder/sources" >"$folder/mmdebstrap.log" 2>&1 || {
		tail -n 40 "$folder/mmdebstrap.log" | sed 's/^/    /' >&2
		cannot "mmdebstrap failed for $name"
	}
	mv "$folder/new.tar" "$archive"
}

# The hook by which PostgreSQL's package makes no cluster.
no_cluster='--essential-hook=mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" >"$1/etc/postgresql-common/createcluster.conf"'

# An archive of a release has no list of its files, and must not be taken for a
# folder of the checkout that it may have been unpacked in.
need_checkout() {
	[ -e .git ] && git -c safe.directory='*' rev-parse --verify -q HEAD >/dev/null || cannot 'this is no git checkout'
}

# Put the files of this checkout, as they are, into a folder.
copy_checkout() {
	mkdir -p "$1"
	git -c safe.directory='*' ls-files -z | tar --null --ignore-failed-read -cf - -T - | tar -xf - -C "$1"
}

# As root, or as a user to whom newuidmap lends some ids.
if [ "$(id -u)" = 0 ]; then
	apart='unshare --mount --pid --fork --kill-child'
	as_root=
else
	apart='unshare --map-root-user --map-auto --mount --pid --fork --kill-child'
	as_root='unshare --map-root-user --map-auto'
fi

folder=
entered=

# What was made goes, however the script ends.
clean_up() {
	status=$?
	trap - EXIT INT TERM HUP
	if [ -n "$entered" ]; then
		kill -s KILL "$entered" 2>/dev/null || :
		wait "$entered" 2>/dev/null || :
	fi
	[ -z "${folder:-}" ] || $as_root rm -rf "$folder" 2>/dev/null || rm -rf "$folder" || :
	exit "$status"
}

# take_folder NAME: $folder, to work in.
take_folder() {
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	folder=$(mktemp -d "${FRESH_FOLDER:-/var/tmp}/influencer-$1.XXXXXX")
	chmod 755 "$folder"
}

need_namespaces() {
	$apart mount -t proc proc "$folder" 2>/dev/null || cannot 'this user can not have namespaces and mount in them (unshare, mount)'
}

# unpack_archive NAME: a Debian, in $folder/root.
unpack_archive() {
	$as_root rm -rf "$folder/root"
	$as_root mkdir "$folder/root"
	$as_root tar -xf "$cache/$1.tar" -C "$folder/root" --numeric-owner --exclude='./dev/*'
}

# in_debian COMMAND [ARG...]: run it there, in namespaces that end with it.  A
# signal is to be served at once, not after what is run.
in_debian() {
	$apart sh -c '
		set -e
		root=$1
		shift
		mount --make-rprivate /
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
		# not the first process, which would have to look after orphans
		chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"
		exit' sh "$folder/root" "$@" &
	entered=$!
	ended=0
	wait "$entered" || ended=$?
	entered=
	return $ended
}
