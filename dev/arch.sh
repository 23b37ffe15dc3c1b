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
# stays until the machine is started again.  i386 needs none on amd64.  With
# cpp-12-s390x-linux-gnu, or what it is called there, the extension is built in
# two minutes.
#
# Environment: SUITE (bookworm); FRESH_CACHE, where the Debians are kept as
# archives for a week (~/.cache/influencer); FRESH_FOLDER, where one is unpacked
# (/var/tmp), of some 2 GB; ABUSE, how many hostile values (200); TESTS, what to
# run instead (dev/test.sh).
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

# To compile under an emulator takes a quarter of an hour.  Where this machine has
# gcc's compiler for that one, of the same version, it takes the place of that
# one's own; what is around it stays, and so does what it makes.
lend_compiler() {
	theirs=$(echo "$folder"/root/usr/lib/gcc/*/*/cc1)
	version=${theirs#"$folder/root/usr/lib/gcc/"}
	ours=/usr/lib/gcc-cross/$version
	[ -x "$ours" ] || return 0
	cp -L --parents $(ldd "$ours" | grep -o '/[^ ]*') "$folder/root"
	mkdir -p "$folder/root/usr/lib/gcc-cross"
	ln -s "../gcc/${version%%/*}" "$folder/root/usr/lib/gcc-cross/${version%%/*}"
	cp "$ours" "$theirs"
}

unpack() {
	unpack_archive "$suite-$arch-postgresql"
	native || lend_compiler
	copy_checkout "$folder/root/influencer"
}

[ "$(id -u)" = 0 ] || cannot 'it takes root'
need_checkout
native || register_emulator
take_folder "$arch"
find_version
find_mirrors
make_archive "$suite-$arch-postgresql" \
	"postgresql-$version,postgresql-server-dev-$version,postgresql-$version-pgtap,libtap-parser-sourcehandler-pgtap-perl,make,gcc,libc6-dev" \
	"$suite" --arch="$arch" "$no_cluster"
unpack
[ $# -gt 0 ] || set -- dev/test.sh
in_debian env EMULATED=1 WITH_LLVM=no ABUSE="${ABUSE:-200}" TESTS="${TESTS:-}" sh -c 'cd /influencer && exec dev/server.sh "$@"' sh "$@"
