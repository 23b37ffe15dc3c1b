#!/usr/bin/perl
# Writes src/base/fixed_log_table.c: run it from the top of the checkout.
#
# By the first 7 bits of a mantissa m from 1 to 2: 2048 / m at the middle of
# its interval, rounded, and minus the logarithm of 1/2048 of that, in units of
# 2^-46.
use strict;
use warnings;
use Math::BigFloat;

my $path = 'src/base/fixed_log_table.c';
my @rows;
for my $slot (0 .. 127) {
	my $middle = Math::BigFloat->new(2 * $slot + 257)->bdiv(256, 60);
	my $inverse = Math::BigFloat->new(2048)->bdiv($middle, 60)->bfround(0)->bint->bstr;
	my $log = Math::BigFloat->new(2048)->bdiv($inverse, 60)->blog(undef, 60);
	my $fixed = $log->bmul(Math::BigFloat->new(2)->bpow(46))->bfround(0)->bint->bstr;
	push @rows, "\t{$inverse, INT64CONST($fixed)}";
}

open my $out, '>', $path or die "$path: $!";
print $out <<"END", join(",\n", @rows), "\n};\n";
/*-------------------------------------------------------------------------
 *
 * fixed_log_table.c
 *		The table of fixed_log(), written by dev/fixed_log_table.pl.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "base/fixed_log.h"

const FixedLogEntry fixed_log_table[FIXED_LOG_ENTRIES] = {
END
close $out or die "$path: $!";
