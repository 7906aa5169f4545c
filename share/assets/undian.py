#!/usr/bin/env python3
"""Checks a draw of appointments: python3 undian.py daftar.txt

The file is what /undian/NUMBER/daftar shows after the draw. Needs nothing but Python 3. The rules:
  commitment   = SHA-256(seed), the seed as 64 hexadecimal digits
  entries-hash = SHA-256(all labels, sorted, joined by line feeds)
  lot          = SHA-256(seed ":" entries-hash ":" label); the smallest lot has rank 1
  places       = by rank, each gets the earliest place left of the wished day, else the earliest left of any day,
                 unless only that day was wanted (a wish that ends in "!")
The SHA-256 of the file itself stands in the office's ledger (draw-outcome).
To know that your own entry is in it: its label is the first 16 digits of SHA-256(your entry's code).
"""
import hashlib
import sys


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def require(condition, complaint):
    if not condition:
        sys.exit(complaint)


def take(left, wish):
    day = wish.rstrip("!")
    fitting = [place for place in left if place[0] == day]
    if not fitting and not wish.endswith("!"):
        fitting = left
    if not fitting:
        return ["-", "-"]
    place = fitting[0]
    left.remove(place)
    return place


def main(path):
    facts, places, entries = {}, [], []
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] == "entry":
            entries.append((int(words[1]), words[2], words[3], words[4:6]))
        elif words[0] == "place":
            places.append(words[1:3])
        else:
            facts[words[0]] = words[1]
    entries.sort()
    labels = sorted(label for _, label, _, _ in entries)
    seed, entries_hash = facts["seed"], sha256("\n".join(labels))
    require(sha256(seed) == facts["commitment"], "the seed is not the one that was committed to")
    require(entries_hash == facts["entries-hash"], "the list is not the one that was drawn from")
    require(len(set(labels)) == len(labels), "somebody stands in the list twice")
    order = sorted(labels, key=lambda label: (sha256(f"{seed}:{entries_hash}:{label}"), label))
    require([label for _, label, _, _ in entries] == order, "the order is not the one that the seed gives")
    left = sorted(places)
    for rank, label, wish, place in entries:
        require(place == take(left, wish), f"rank {rank}, {label}, has another place than the rules give")
    print(f"{len(labels)} entries, {len(places)} places: the order is the seed's, and each has the place of their rank")


if __name__ == "__main__":
    main(sys.argv[1])
