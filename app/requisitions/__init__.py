"""Goods for somebody in the house.

A requester says what, how much, for whom and by when, and sees where it stands, never what lies in
the bins. A supervisor approves, perhaps less than was asked for, or says why not. What is approved
becomes an order like any other.
"""
