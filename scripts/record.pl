#!/usr/bin/perl
# Puts placeholders into a record's files where chance and time decide, so that two records of one tree are equal:
#
#   scripts/record.pl FROM TO PATH...    FROM/PATH is read, TO/PATH is written
#
# ⟨number 1⟩ is the same number wherever it stands in one file, ⟨number 2⟩ the next; what has no number is only known to be
# there. Pages are broken into a line for each element. A file that does not begin with the office's time is left as it is.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use File::Basename qw(dirname);
use File::Path qw(make_path);

my ($from, $to, @paths) = @ARGV;

# What was met in the present file, by kind.
my %known;

sub place {
  my ($kind, $value) = @_;
  my $met = $known{$kind} //= {};
  $met->{$value} = 1 + keys %$met unless exists $met->{$value};
  return "⟨$kind $met->{$value}⟩";
}

# Twelve digits; groups stay groups.
sub number {
  my ($text) = @_;
  my ($digits, $marks) = ($text, $text);
  $digits =~ s/\D//g;
  $marks =~ s/\d//g;
  my $place = place('number', $digits);
  return $marks eq '' ? $place : $place =~ s/⟩$/ in groups⟩/r;
}

sub placed {
  my ($text, $begin, $end) = @_;
  # Pictures of codes, and of all others the lines, in which nothing below is looked for.
  $text =~ s{(<svg\b[^>]*\bclass="[^"]*\bqr\b[^"]*")[^>]*?( role="[^>]*>).*?(</svg>)}{$1$2⟨QR code⟩$3}gs;
  my @lines;
  $text =~ s/\b(?:d|points|viewBox|transform)="[^"]*"/push @lines, $&; "\x{1}$#lines\x{1}"/ge;
  # One element a line.
  $text =~ s/></>\n</g;
  # Where this office lies and listens.
  $text =~ s{/tmp/[^/\s"]*gapura-[0-9A-Fa-f]{8}}{⟨office⟩}g;
  $text =~ s/\bgapura-[0-9A-F]{8}\b/gapura-⟨random⟩/g;
  $text =~ s/127\.0\.0\.1:(?!8080\b)\d+/127.0.0.1:⟨port⟩/g;
  # What protects forms, cookies and styles, and what names the version of a file.
  $text =~ s/((?:name="_csrf" value|nonce)=")[^"]*/$1⟨token⟩/g;
  $text =~ s/'nonce-[^']*'/'nonce-⟨token⟩'/g;
  $text =~ s/(set-cookie: [^=]+=)[^;\n]+/$1⟨value⟩/g;
  $text =~ s/(etag: ).*/$1⟨digest⟩/g;
  $text =~ s{(/aset/[^"?\s]+\?)[^"\s]+}{$1⟨version⟩}g;
  # Secrets of one-time codes; codes on paper.
  $text =~ s/\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/⟨secret⟩/g;
  $text =~ s/\b[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){2}(?=<)/⟨recovery code⟩/g;
  # What browsers are asked of passkeys.
  $text =~ s/((?:&quot;|")(?:challenge|id)(?:&quot;|"):(?:&quot;|"))[A-Za-z0-9_-]{20,}/$1⟨random⟩/g;
  # Covered addresses, digests, keys, codes and identifiers.
  $text =~ s/~[0-9A-HJKMNP-TV-Z]{20,}/place('address', $&)/ge;
  $text =~ s/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/place('identifier', lc $&)/gie;
  $text =~ s{(?<![\w+/=])(?=[A-Za-z+/]*[0-9])(?=[a-z0-9+/]*[A-Z])[A-Za-z0-9+/]{40,}={0,2}}{place('digest', $&)}ge;
  $text =~ s/\b(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{16,}\b/place('digest', $&)/ge;
  $text =~ s/\b(?=[0-9]*[A-Z])[0-9A-HJKMNP-TV-Z]{13,}\b/place('code', $&)/ge;
  $text =~ s/\b(?=[0-9 -]*[A-Z])[0-9A-HJKMNP-TV-Z]{4,5}(?:[ -][0-9A-HJKMNP-TV-Z]{4,5}){3,}\b/place('code', $&)/ge;
  # Marks of networks, and what one tells the administrator.
  $text =~ s/(<code[^>]*>|<p class="hint">[^<]*: )[0-9A-HJKMNP-TV-Z]{8}(?=<)/$1⟨mark⟩/g;
  # Drawn identifiers; the invented people's NIK begin with 1808 and 9971.
  $text =~ s/(?<!\d)(?!1808|9971|179)\d{14,16}(?!\d)/place('identifier', $&)/ge;
  $text =~ s/\bProcess \d+/Process ⟨process⟩/g;
  # Drawn passwords.
  $text =~ s/\b[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){3}\b/place('password', $&)/ge;
  # Numbers by which people name things, and what proves that they may.
  $text =~ s/(?<![\d.,-])\d{4}([ \x{A0}\x{202F}-]?)\d{4}\1\d{4}(?![\d.,]*\d)/number($&)/ge;
  $text =~ s/>\d{6}</>⟨PIN⟩</g;
  # Times of day while the walk lasts, and moments to the second or finer.
  $text =~ s/(\d{4}-\d\d-\d\dT)\d\d:\d\d(?::\d\d(?:\.\d+)?)?/$1⟨time⟩/g;
  $text =~ s/(\d{8}T|\d{4}-\d\d-\d\dT)\d{6}(?:\.\d+)?/$1⟨time⟩/g;
  $text =~ s/(data-milliseconds=")\d+/$1⟨moment⟩/g;
  $text =~ s/(?<![\d.,:])([01]?\d|2[0-3])([.:])([0-5]\d)(?:[.:][0-5]\d)?(?![\d,:]|\.\d)/within($1, $3, $begin, $end) ? '⟨time⟩' : $&/ge;
  $text =~ s/\b179[4-9]\d{6}(?:\d{3})?\b/⟨moment⟩/g;
  $text =~ s/\x{1}(\d+)\x{1}/$lines[$1]/g;
  return $text;
}

sub within {
  my ($hour, $minute, $begin, $end) = @_;
  my $time = 60 * $hour + $minute;
  return $time >= $begin && $time < $end;
}

sub read_file {
  my ($path) = @_;
  open(my $file, '<', $path) or die "record.pl: $path: $!\n";
  local $/;
  return scalar <$file>;
}

for my $path (@paths) {
  %known = ();
  my $text = read_file("$from/$path");
  if ($text =~ /^office time \S+ (\d\d):(\d\d), (\d+) minutes\n/) {
    my $begin = 60 * $1 + $2;
    my $end = $begin + $3;
    my ($first, $rest) = split /\n/, $text, 2;
    $text = "$first\n" . placed($rest, $begin, $end);
  }
  make_path(dirname("$to/$path"));
  open(my $file, '>', "$to/$path") or die "record.pl: $to/$path: $!\n";
  print $file $text;
  close $file or die "record.pl: $to/$path: $!\n";
}
