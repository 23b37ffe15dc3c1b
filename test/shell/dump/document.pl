#!/usr/bin/perl
#
# What a document would leave in a database if its reader kept all of it: the
# SQL of its blocks, with its temporary tables and views as lasting ones, and
# every query as a view.
# usage: document.pl FILE.md
#
use strict;
use warnings;

# The statements of a block, without comments.
sub statements
{
	my ($sql) = @_;
	my @found = ('');
	while ($sql =~ /\G(--[^\n]*|'(?:[^']|'')*'|"[^"]*"|\$\$.*?\$\$|;|.)/gs)
	{
		if    ($1 eq ';')    { push @found, ''; }
		elsif ($1 !~ /^--/) { $found[-1] .= $1; }
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
		if ($statement =~ /^(?:SELECT|WITH|TABLE|VALUES)\b/)
		{
			$queries++;
			print "SELECT pg_temp.keep('query_$queries', \$query\$$statement\$query\$);\n";
		}
		elsif ($statement !~ /^EXPLAIN\b/)
		{
			$statement =~ s/^CREATE TEMP(?:ORARY)? /CREATE /;
			print "$statement;\n";
		}
	}
}
