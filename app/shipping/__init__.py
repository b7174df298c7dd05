"""Totes and goods leave.

Somebody scans a tote or an order, brings it to a stage and ships it. Stock leaves to the customer
whether the order is complete or not; what is missing becomes a back-order.
"""
