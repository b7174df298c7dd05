"""Goods, a pallet or a tote are brought from one place to another, for whatever reason."""
