#!/usr/bin/perl
# Write src/caption/unicode_table.c: what captions need to know of characters.
# usage: dev/unicode_table.pl FOLDER >src/caption/unicode_table.c
#
# FOLDER holds UnicodeData.txt and emoji/emoji-data.txt of the Unicode Character
# Database, as Debian's package unicode-data has them in /usr/share/unicode.
# The server's own functions won't do: what they say depends on the locale and,
# before PostgreSQL 17, on the C library.
use strict;
use warnings;

my $folder = shift or die "usage: dev/unicode_table.pl FOLDER\n";
my @class = ('CHAR_SIGN') x 0x110000;
my (%base, %lower, %mark);

# Signs that hashtags may hold, as twitter-text lists them, beside _.
my @joiners = (0xB7, 0x5BE, 0x5F3, 0x5F4, 0xF0B, 0xF0C, 0x200C, 0x200D,
	0x3003, 0x301C, 0x309B, 0x309C, 0x30A0, 0x30FB, 0xA67E, 0xFF5E);

# What is blank but not by its category: the braille pattern without dots,
# which people use for empty lines, and the ASCII controls that are spaces.
my @blanks = (0x2800, 0x09 .. 0x0D, 0x85);

sub class_of {
	my ($category) = @_;
	return 'CHAR_LETTER' if $category =~ /^L/;
	return 'CHAR_MARK' if $category =~ /^M/;
	return 'CHAR_DIGIT' if $category eq 'Nd';
	return 'CHAR_BLANK' if $category =~ /^Z|^Cf/;
	return 'CHAR_SIGN';
}

open my $data, '<', "$folder/UnicodeData.txt" or die "$folder/UnicodeData.txt: $!\n";
my $first;
while (<$data>) {
	my ($code, $name, $category, undef, undef, $decomposition, @rest) = split /;/;
	$code = hex $code;
	if ($name =~ /, First>$/) { $first = $code; next }
	$class[$_] = class_of($category) for ($name =~ /, Last>$/ ? $first : $code) .. $code;
	$mark{$code} = 1 if $category eq 'Mn';
	$lower{$code} = hex $rest[7] if $rest[7] ne '';
	$base{$code} = [map { hex } split / /, $decomposition]
		if $decomposition ne '' && $decomposition !~ /^</;
}
close $data;

my $version;
open my $emoji, '<', "$folder/emoji/emoji-data.txt" or die "$folder/emoji/emoji-data.txt: $!\n";
while (<$emoji>) {
	$version = $1 if /^# Version: ([\d.]+)/;
	next unless /^([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(Emoji|Extended_Pictographic)\s/;
	for my $code (hex $1 .. hex($2 // $1)) {
		$class[$code] = 'CHAR_EMOJI' if $code > 0x7F && $class[$code] eq 'CHAR_SIGN';
	}
}
close $emoji;
$class[$_] = 'CHAR_JOINER' for @joiners;
$class[$_] = 'CHAR_BLANK' for @blanks;

# The letter without its accents, in lower case: that of the first character
# of the canonical decomposition, if only accents follow.
sub fold {
	my ($code) = @_;
	if (my $parts = $base{$code}) {
		my ($letter, @others) = @$parts;
		return fold($letter) if !grep { !$mark{$_} } @others;
	}
	return exists $lower{$code} ? fold($lower{$code}) : $code;
}
my %fold = (0x131 => 0x69, 0x17F => 0x73, 0x3C2 => 0x3C3);
for my $code (0xC0 .. 0x58F, 0x1E00 .. 0x1FFF) {
	next if $mark{$code} || $class[$code] ne 'CHAR_LETTER' || exists $fold{$code};
	my $to = fold($code);
	$fold{$code} = $to if $to != $code && $to <= 0xFFFF;
}

print <<"END";
/*-------------------------------------------------------------------------
 *
 * unicode_table.c
 *		Classes of characters and letters without accents and case, of
 *		Unicode $version, written by dev/unicode_table.pl.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "caption/unicode.h"

#define S(start)	((start) << CHAR_CLASS_BITS | CHAR_SIGN)
#define L(start)	((start) << CHAR_CLASS_BITS | CHAR_LETTER)
#define M(start)	((start) << CHAR_CLASS_BITS | CHAR_MARK)
#define D(start)	((start) << CHAR_CLASS_BITS | CHAR_DIGIT)
#define J(start)	((start) << CHAR_CLASS_BITS | CHAR_JOINER)
#define B(start)	((start) << CHAR_CLASS_BITS | CHAR_BLANK)
#define E(start)	((start) << CHAR_CLASS_BITS | CHAR_EMOJI)

/* Where a range of one class starts; the last one is a sentinel. */
END

my @starts;
for my $code (0 .. 0x10FFFF) {
	next if $code > 0 && $class[$code] eq $class[$code - 1];
	push @starts, sprintf '%s(0x%X)', substr($class[$code], 5, 1), $code;
}
push @starts, 'S(0x110000)';

# Rows of at most 79 columns.
sub rows {
	my $row = '';
	for my $entry (@_) {
		if (length($row) + length($entry) + 2 > 74) { print "\t$row\n"; $row = '' }
		$row .= ($row eq '' ? '' : ' ') . "$entry,";
	}
	print "\t$row\n";
}

print "const uint32 char_class_starts[] = {\n";
rows(@starts);
print "};\n\nconst int\tchar_class_ranges = lengthof(char_class_starts) - 1;\n";
print "\n/* Letters, in order, and what they are without accents and case. */\n";
print "const FoldedChar folded_chars[] = {\n";
rows(map { sprintf '{0x%X, 0x%X}', $_, $fold{$_} } sort { $a <=> $b } keys %fold);
print "};\n\nconst int\tfolded_chars_count = lengthof(folded_chars);\n";
