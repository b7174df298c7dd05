"""Goods come in.

A receiver scans a purchase order, an ASN, a pallet label or simply the goods. One announced SSCC
brings a whole pallet in; an unannounced one becomes a unit that is filled by scanning its goods.
Whatever was not asked for is received all the same and shown to a supervisor.
"""
