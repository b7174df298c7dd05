"""Tallyman: what hands did in the warehouse, recorded exactly once, whatever the network did."""
