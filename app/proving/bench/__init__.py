"""What the product does in a second, beside what the same disk and driver could do at best.

`running` knows the benchmarks by name; `premises` furnishes a site to measure in, `gestures` lets
hands work there, `raw` writes the same rows without us.
"""
