#!/bin/sh
# The tests on another architecture: pg_regress, the quicker suites of pgTAP and
# some hostile values, in a Debian of that architecture, whose programs run under
# qemu.  s390x is big-endian, i386 has 32 bits.
# usage: dev/arch.sh ARCH [COMMAND [ARG...]]      ARCH is s390x, i386 or arm64
#
# Instead of the tests, COMMAND is run beside the throw-away server there.
#
# As root, since the kernel must be told of qemu (binfmt_misc, with the flag F, so
# that the emulator need not be in the Debian); what is registered for that
# stays until the machine is started again.  i386 needs none on amd64.
#
# Environment: SUITE (bookworm); FRESH_CACHE, where the Debians are kept as
# archives for a week (~/.cache/influencer); FRESH_FOLDER, where one is unpacked
# (/var/tmp), of some 2 GB; ABUSE, how many hostile values (200).
#
# Exits with 77 where it can't be tried here.
set -eu
umask 022
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")/.."
arch=${1:?usage: dev/arch.sh ARCH [COMMAND...]}
shift
suite=${SUITE:-bookworm}

say() { echo "$*" >&2; }
cannot() {
	say "The tests can not be run on $arch here: $*"
	exit 77
}
. dev/debian.sh

clean_up() {
	status=$?
	trap - EXIT INT TERM HUP
	[ -z "${folder:-}" ] || rm -rf "$folder"
	exit "$status"
}

# Does this machine run such programs by itself?
native() {
	case $arch,$(dpkg --print-architecture) in
	i386,amd64) ;;
	*) [ "$arch" = "$(dpkg --print-architecture)" ] ;;
	esac
}

# Tell the kernel of the emulator, as systemd does where it is the first process.
register_emulator() {
	case $arch in
	arm64) machine=aarch64 ;;
	*) machine=$arch ;;
	esac
	formats=/proc/sys/fs/binfmt_misc
	[ -e $formats/register ] || mount -t binfmt_misc binfmt_misc $formats 2>/dev/null ||
		cannot 'binfmt_misc can not be mounted'
	[ -e $formats/qemu-$machine ] || {
		line=$(cat "/usr/lib/binfmt.d/qemu-$machine.conf" 2>/dev/null) || cannot 'qemu-user-static is not installed'
		echo "$line" >$formats/register || cannot "the kernel takes no emulator of $machine"
	}
	grep -q '^flags: .*F' $formats/qemu-$machine || cannot "qemu-$machine is registered without the flag F"
}

# The server's package of the suite is named after its version.
find_version() {
	case $suite in
	bookworm) version=15 ;;
	trixie) version=17 ;;
	*) version=18 ;;
	esac
}

unpack() {
	mkdir "$folder/root"
	tar -xf "$cache/$suite-$arch-postgresql.tar" -C "$folder/root" --numeric-owner --exclude='./dev/*'
	copy_checkout "$folder/root/influencer"
}

# A command in it, in namespaces that end with it.
enter() {
	unshare --mount --pid --fork --kill-child sh -c '
		set -e
		root=$1
		shift
		mount --make-rprivate /
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
		chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/root EMULATED=1 WITH_LLVM=no ABUSE="$ABUSE" \
			sh -c "cd /influencer && exec dev/server.sh \"\$@\"" sh "$@"
		exit' sh "$folder/root" "$@"
}

[ "$(id -u)" = 0 ] || cannot 'it takes root'
native || register_emulator
folder=
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
folder=$(mktemp -d "${FRESH_FOLDER:-/var/tmp}/influencer-$arch.XXXXXX")
chmod 755 "$folder"
find_version
find_mirrors
make_archive "$suite-$arch-postgresql" \
	"postgresql-$version,postgresql-server-dev-$version,postgresql-$version-pgtap,libtap-parser-sourcehandler-pgtap-perl,make,gcc,libc6-dev" \
	"$suite" --arch="$arch" "$no_cluster"
unpack
[ $# -gt 0 ] || set -- dev/test.sh
export ABUSE="${ABUSE:-200}"
enter "$@"
