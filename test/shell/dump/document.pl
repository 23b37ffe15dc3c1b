#!/usr/bin/perl
#
# What a document would leave in a database if its reader kept all of it: the
# SQL of its blocks, with its temporary tables and views as lasting ones, and
# every query as a view.  A database that it creates is the one that is there.
# usage: document.pl FILE.md
#
use strict;
use warnings;

# The statements of a block, without comments, and psql's commands.
sub statements
{
	my ($sql) = @_;
	my @found = ('');
	while ($sql =~ /\G((?:(?<=\n)|^)\\[^\n]*|--[^\n]*|'(?:[^']|'')*'|"[^"]*"|\$\$.*?\$\$|;|.)/gs)
	{
		my $token = $1;
		if ($token eq ';') { push @found, ''; }
		elsif ($token =~ /^\\/) { push @found, $token, ''; }
		elsif ($token !~ /^--/) { $found[-1] .= $token; }
	}
	s/^\s+|\s+$//g for @found;
	return grep { $_ ne '' } @found;
}

local $/;
my $text = <>;
my $queries = 0;
for my $block ($text =~ /^```sql\n(.*?)^```/gms)
{
	for my $statement (statements($block))
	{
		if ($statement =~ /^\\/)
		{
			print "$statement\n" unless $statement =~ /^\\connect/;
		}
		elsif ($statement =~ /^(?:SELECT|WITH|TABLE|VALUES)\b/)
		{
			$queries++;
			print "SELECT pg_temp.keep('query_$queries', \$query\$$statement\$query\$);\n";
		}
		elsif ($statement !~ /^(?:EXPLAIN|CREATE DATABASE|CREATE EXTENSION)\b/)
		{
			$statement =~ s/^CREATE TEMP(?:ORARY)? /CREATE /;
			print "$statement;\n";
		}
	}
}
