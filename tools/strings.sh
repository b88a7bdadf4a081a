#!/bin/sh
# usage: strings.sh [FOLDER...]     (default: engine/*/)
# Every sentence that the program can show a person, one a line as file:line: text, so that they can
# be read in one go: string literals of the C files that hold two words or more, literals that follow
# each other joined, and the texts of rules (title, note, words, reason, why).
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- engine/*/
find "$@" -name '*.c' | sort | while read -r file; do
    perl -0777 -ne '
        s{^[ \t]*#[ \t]*include.*$}{}mg;                 # no header names
        s{/\*.*?\*/}{my $c = $&; $c =~ tr/\n//cd; $c}gse; # no comments, lines kept
        while (m{"(?:[^"\\\n]|\\.)*"(?:[ \t\n]*(?:PRI[a-z0-9]+[ \t\n]*)?"(?:[^"\\\n]|\\.)*")*}g) {
            my ($text, $before) = ($&, substr($_, 0, $-[0]));
            my $line = 1 + ($before =~ tr/\n//);
            $text =~ s{(?<!\\)"[ \t\n]*(?:PRI[a-z0-9]+)?[ \t\n]*"}{}g;
            $text =~ s/^"|"$//g;
            next unless $text =~ /[A-Za-z]{2,}[ ,:;]+(?:%[-.*a-z0-9]+|[A-Za-z]{2,})/;
            next if $text =~ /^(?:SELECT|INSERT|CREATE|DELETE|UPDATE|PRAGMA|ATTACH|  ?CREATE)/;
            print "$ARGV:$line: $text\n";
        }' "$file"
done
find rules -name '*.json' | sort | while read -r file; do
    grep -nE '"(title|note|words|reason|why|caveat|text|label|not_computable|basis)": *"' "$file" |
        sed -E "s#^([0-9]+): *\"[a-z_]+\": *\"(.*)\",?\$#$file:\1: \2#" || true
done
