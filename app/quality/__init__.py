"""Goods that must not go on: held and released by a supervisor, known to every handheld."""
