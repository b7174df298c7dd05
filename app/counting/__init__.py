"""Blind counts.

Somebody scans a place, then everything in it, then "nothing else here". Nobody tells him what
should be there, nor whether he was right. The moment of finishing anchors the place: its variance
is judged against the book of that moment, whatever arrives later.
"""
