# Debians to try things in, for scripts to source: made with mmdebstrap from the
# mirror that apt uses here, and kept for a week as archives in FRESH_CACHE
# (~/.cache/influencer).  Expects say and cannot, and a folder $folder to work in.
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

# Put the files of this checkout, as they are, into a folder.
copy_checkout() {
	mkdir -p "$1"
	git -c safe.directory='*' ls-files -z | tar --null --ignore-failed-read -cf - -T - | tar -xf - -C "$1"
}
