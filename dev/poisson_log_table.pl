#!/usr/bin/perl
# Writes src/engagement/benchmark/poisson_log_table.c: run it from the top of the checkout.
#
# For a Poisson count with mean exp(l), l from -6 to 6 in steps of 1/4: mean and
# variance of log(count + 1/2) where the count is not 0, by summing up.
use strict;
use warnings;

my $path = 'src/engagement/benchmark/poisson_log_table.c';
my @rows;
for my $step (-24 .. 24) {
	my $mean = exp($step / 4);
	my ($all, $sum, $squares) = (0, 0, 0);
	my $log_chance = -$mean;
	for my $count (1 .. 4000) {
		$log_chance += log($mean / $count);
		my $chance = exp($log_chance);
		my $log = log($count + 0.5);
		$all += $chance;
		$sum += $chance * $log;
		$squares += $chance * $log ** 2;
	}
	my $average = $sum / $all;
	push @rows, sprintf("\t{%.9f, %.9f}", $average, $squares / $all - $average ** 2);
}

open my $out, '>', $path or die "$path: $!";
print $out <<"END", join(",\n", @rows), "\n};\n";
/*-------------------------------------------------------------------------
 *
 * poisson_log_table.c
 *		The table of poisson_log.c, written by dev/poisson_log_table.pl.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "engagement/benchmark/poisson_log.h"

const PoissonLogEntry poisson_log_table[POISSON_LOG_ENTRIES] = {
END
close $out or die "$path: $!";
