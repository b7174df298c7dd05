"""Backups: one file that holds a whole installation, and a new house furnished from it.

The file is the same whichever database wrote it, so a site may also move from SQLite to
PostgreSQL by it. It is written from one snapshot while everybody goes on working, read back and
checked before it gets its name. It holds the secret that PINs and passwords were hashed with.
"""
