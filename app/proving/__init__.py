"""Proof that the product keeps its word, shipped with it: rebuild, a day, benchmarks.

`handheld` is a handheld in Python that speaks the real protocol; `day` lets a crew of them work a
day; `rebuild` replays the log; `bench` measures.
"""
