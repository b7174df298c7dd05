"""Decisions of quality."""
