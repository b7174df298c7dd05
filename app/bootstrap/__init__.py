"""From a bare Python to a running site, or to every test: standard library only.

It runs before anything is installed, so nothing here imports Flask or the rest of the package.
"""
