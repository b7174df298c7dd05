"""Lots, serials and handling units as records, and what may be sold of them."""
