"""From the dock to a bin.

The driver scans a pallet or goods, is told a bin and why, and scans the bin. Another allowed bin
is scanned twice; a forbidden one is stopped on the screen. Where goods were put all the same,
that is where they are, and the broken rule is shown to a supervisor.
"""
