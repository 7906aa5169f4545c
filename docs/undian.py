#!/usr/bin/env python3
"""Checks a draw of appointments: python3 undian.py daftar.txt

The file is what /undian/NUMBER/daftar shows after the draw. Needs nothing but Python 3. The rules:
  commitment   = SHA-256(seed), the seed as 64 hexadecimal digits
  entries-hash = SHA-256(all labels, sorted, joined by line feeds)
  lot          = SHA-256(seed ":" entries-hash ":" label); the smallest lot has rank 1
To know that your own entry is in it: its label is the first 16 digits of SHA-256(your entry's code).
"""
import hashlib
import sys


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def main(path):
    facts, entries = {}, []
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] == "entry":
            entries.append((int(words[1]), words[2]))
        else:
            facts[words[0]] = words[1]
    labels = sorted(label for _, label in entries)
    seed, entries_hash = facts["seed"], sha256("\n".join(labels))
    assert sha256(seed) == facts["commitment"], "the seed is not the one that was committed to"
    assert entries_hash == facts["entries-hash"], "the list is not the one that was drawn from"
    assert len(set(labels)) == len(labels), "somebody stands in the list twice"
    order = sorted(labels, key=lambda label: (sha256(f"{seed}:{entries_hash}:{label}"), label))
    assert [label for _, label in sorted(entries)] == order, "the order is not the one that the seed gives"
    print(f"{len(labels)} entries: the order is the one that the seed gives")


if __name__ == "__main__":
    main(sys.argv[1])
