# Lines of TAP, for shell tests to source.

number=0

# result NAME PASSED [FILE]: PASSED is yes or not; the file tells what is wrong.
result() {
	number=$((number + 1))
	if [ "$2" = yes ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		[ $# -lt 3 ] || sed 's/^/# /' "$3" | cut -c 1-500 | head -n 50 >&2
	fi
}

# is NAME GOT EXPECTED
is() {
	number=$((number + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		echo "$2" | sed 's/^/# got      /' | cut -c 1-300 | head -n 100 >&2
		echo "# expected $3" | cut -c 1-500 >&2
	fi
}

done_testing() { echo "1..$number"; }
