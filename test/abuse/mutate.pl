#!/usr/bin/perl
# Mutate samples: lines of target, form, source and bytes in hexadecimal.
# usage: mutate.pl COUNT SEED <samples >mutants
#
# Each target and form gets its share of the count.  A mutant is one to five
# changes away, mostly one, from a sample: near enough to get past the first check, and with
# one check after the other failing.
use strict;
use warnings;

my ($count, $seed) = @ARGV;
srand($seed);

sub pick { return $_[int(rand(@_))] }
sub place { return int(rand(1 + $_[0])) }	# 0 .. n

my @words = map { pack('H*', $_) }
	qw(0000000000000000 ffffffffffffffff 7fffffffffffffff ffffffffffffff7f
	8000000000000000 0000000000000080 0000000000000001 0100000000000000
	7fffffff ffffff7f 80000000 ffffffff 00000000 00000001);
my @numbers = qw(0 -1 1 00 -0 +1 1.5 1e400 1e-400 NaN Infinity -Infinity 0x10
	9223372036854775807 9223372036854775808 -9223372036854775809
	18446744073709551616 340282366920938463463374607431768211456
	9999999999999999999.999999999999999999 10000000000000000000);
push @numbers, '9' x 200, '0' x 500;
my @marks = ('-', '+', ',', ',,', '=', '"', "'", '\\', '{', '}', '[', ']', '/',
	' ', "\t", '%s', '.', 'e', 'K', 'x' x 2000,
	"\xC2\xA0", "\xE2\x82\xAC", "\xC4\xB0", "\xF0\x9F\x98\x80", "\xEF\xBB\xBF");
my @nodes = (qw(null true false "" [] {} 0 -1 1.5 1e400 "NaN" "1" "-1" "1.0"
	9223372036854775807 9223372036854775808 18446744073709551616 1e18
	-9223372036854775809 99999999999999999999.999999999999999999
	"9999-12-31T23:59:60-15:59" "0000-00-00T00:00:00Z" [null] [[]] [{}] {"":{}}
	{"id":[]} "\u0001" "\ud83d\ude00"), '"' . 'y' x 3000 . '"');

# bytes

my @byte_changes = (
	sub { my $b = shift; vec($b, place(8 * length($b) - 1), 1) ^= 1 if length $b; $b },
	sub { my $b = shift; substr($b, place(length($b) - 1), 1) = pick("\x00", "\xFF", "\x7F", "\x80", "\x01", chr(rand 256)) if length $b; $b },
	# the version, and what is reserved after it
	sub { my $b = shift; vec($b, place(7), 8) = pick(0, 1, 2, 3, 4, 5, 0x81, 0xFF); $b },
	# fields, which mostly start at a multiple of four, or after the version
	sub { my $b = shift; my $w = pick(@words); my $at = field($b); $at + length $w <= length $b and substr($b, $at, length $w) = $w; $b },
	sub { my $b = shift; my ($x, $y) = (field($b), field($b)); my $n = pick(4, 8, 16);
		if (abs($x - $y) >= $n && $x + $n <= length $b && $y + $n <= length $b) {
			my $kept = substr($b, $x, $n); substr($b, $x, $n) = substr($b, $y, $n); substr($b, $y, $n) = $kept }
		$b },
	sub { my $b = shift; my ($x, $y) = (field($b), field($b)); $x + 8 <= length $b && $y + 8 <= length $b and substr($b, $x, 8) = substr($b, $y, 8); $b },
	# a sign, and a length of what is there or nearly
	sub { my $b = shift; my $at = field($b) + pick(0, 3, 7); vec($b, 8 * $at + 7, 1) ^= 1 if $at < length $b; $b },
	sub { my $b = shift; my $w = pack(pick('l<', 'l>', 's<', 's>'), length($b) - place(40) + pick(-1, 0, 1)); my $at = field($b);
		$at + length $w <= length $b and substr($b, $at, length $w) = $w; $b },
	# a count that is off by one
	sub { my $b = shift; my $at = place(length($b) - 1); substr($b, $at, 1) = chr((ord(substr($b, $at, 1)) + pick(1, 255)) % 256) if length $b; $b },
	sub { my $b = shift; substr($b, 0, place(length $b)) },
	sub { my $b = shift; $b . substr($b, -pick(1, 4, 8, 16)) },
	sub { my $b = shift; $b . join('', map { chr(rand 256) } 1 .. pick(1, 3, 8, 50)) },
	sub { my $b = shift; substr($b, place(length $b), pick(0, 1, 4, 8)) = pick('', "\x00", pick(@words)); $b },
	sub { my ($b, $other) = @_; substr($b, 0, place(length $b)) . substr($other, place(length $other)) },
	sub { join('', map { chr(rand 256) } 1 .. pick(0, 1, 8, 16, 80, 128, 200)) });

sub field { my $b = shift; return 4 * place(length($b) / 4) + pick(0, 0, 1, 2) }

# texts

my @text_changes = (
	sub { my $t = shift; substr($t, place(length $t), pick(0, 1)) = pick(@marks); $t },
	sub { my $t = shift; substr($t, place(length $t), 1) = ''; $t },
	sub { my $t = shift; replace($t, qr/\d/, sub { int rand 10 }) },
	sub { my $t = shift; replace($t, qr/\d[\d.]*/, sub { pick(@numbers) }) },
	sub { my $t = shift; replace($t, qr/\d[\d.]*/, sub { substr($_[0], 0, -1) . int rand 10 }) },
	sub { my $t = shift; replace($t, qr/\d+/, sub { pick('-', '+', '0', ' ') . $_[0] }) },
	sub { my $t = shift; my @f = split /,/, $t, -1; splice @f, place($#f), 1 if @f; join ',', @f },
	sub { my $t = shift; my @f = split /,/, $t, -1; splice @f, place(scalar @f), 0, pick(@f) if @f; join ',', @f },
	sub { my $t = shift; my @f = split /,/, $t, -1; @f[0, -1] = @f[-1, 0] if @f > 1; join ',', @f },
	sub { my $t = shift; replace($t, qr/[a-z_]+/i, sub { uc $_[0] }) },
	sub { my $t = shift; substr($t, 0, place(length $t)) },
	sub { my ($t, $other) = @_; substr($t, 0, place(length $t)) . substr($other, place(length $other)) },
	sub { my $t = shift; my $at = place(length $t); substr($t, $at, 0) = substr($t, $at, 1) x 3000; $t });

# Replace one of the matches.
sub replace
{
	my ($t, $what, $by) = @_;
	my @at;
	while ($t =~ /$what/g) { push @at, [$-[0], $+[0]] }
	return $t unless @at;
	my ($from, $to) = @{pick(@at)};
	substr($t, $from, $to - $from) = $by->(substr($t, $from, $to - $from));
	return $t;
}

# documents: changed as text, so that keys can be there twice

my @document_changes = (
	sub { my $t = shift; node($t, sub { pick(@nodes) }) },
	sub { my $t = shift; node($t, sub { '[' x $_[1] . $_[0] . ']' x $_[1] }) },
	sub { my $t = shift; node($t, sub { '{"a":' x $_[1] . $_[0] . '}' x $_[1] }) },
	sub { my ($t, $other) = @_; node($t, sub { $other }) },
	sub { my $t = shift; node($t, sub { my $n = shift; $n =~ s/^([\[{])(.+)([\]}])$/$1$2,$2$3/s; $n }) },
	sub { my $t = shift; replace($t, qr/"[^"]*": ?[^,{}\[\]]*,?/, sub { '' }) },
	sub { my $t = shift; replace($t, qr/"[^"]*":/, sub { pick('"id":', '"data":', '"items":', '"":', '"code":', '"weight":', '"name":', '"value":') }) });

# Replace one value, at any depth, by what a function makes of it.
sub node
{
	my ($t, $by) = @_;
	my (@open, @spans);
	while ($t =~ /("(?:[^"\\]|\\.)*")(\s*:)?|([\[{])|([\]}])|[-+.\w]+/g)
	{
		if (defined $3) { push @open, $-[0] }
		elsif (defined $4) { push @spans, [pop @open, $+[0]] if @open }
		elsif (!defined $2) { push @spans, [$-[0], $+[0]] }
	}
	return $t unless @spans;
	my ($from, $to) = @{pick(@spans)};
	substr($t, $from, $to - $from) = $by->(substr($t, $from, $to - $from), pick(1, 1, 2, 50, 2000));
	return $t;
}

# What can be changed in a value, and how it is written.
sub mutate
{
	my ($form, $bytes, $other) = @_;
	my ($changes, $hex) = (\@text_changes, 0);
	if ($form eq 'binary' || $form eq 'cast')
	{
		$changes = \@byte_changes;
	}
	elsif ($bytes =~ /^\\x[0-9a-f]*$/ && rand() < .8)
	{
		($changes, $hex) = (\@byte_changes, 1);
		($bytes, $other) = map { my $b = $_; $b =~ s/^\\x//; pack('H*', $b) } $bytes, $other;
	}
	elsif ($form eq 'document' ? rand() < .9 : $bytes =~ /^\s*[\[{]/ && rand() < .6)
	{
		$changes = \@document_changes;
	}
	$bytes = pick(@$changes)->($bytes, $other) for 1 .. 1 + int(rand(rand(5)));
	return $hex ? '\\x' . unpack('H*', $bytes) : $bytes;
}

my (%samples, @groups);
while (<STDIN>)
{
	chomp;
	my ($target, $form, $source, $hex) = split /\t/, $_, -1;
	push @groups, "$target\t$form" unless $samples{"$target\t$form"};
	push @{$samples{"$target\t$form"}}, [$source, pack('H*', $hex)];
}
for my $n (0 .. $count - 1)
{
	my $group = $groups[$n % @groups];
	my ($source, $bytes) = @{pick(@{$samples{$group}})};
	# large ones are no better, and take long: one in ten is enough
	($source, $bytes) = @{pick(@{$samples{$group}})} for 1 .. (length $bytes > 4000 && rand() < .9 ? 3 : 0);
	my $mutant = mutate((split /\t/, $group)[1], $bytes, pick(@{$samples{$group}})->[1]);
	print "$group\t$source\t\\\\x", unpack('H*', $mutant), "\n";
}
