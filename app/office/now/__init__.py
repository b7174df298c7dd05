"""What goes on at this moment: orders by stage and age, walks, handhelds, what waits for a verdict.

A handful of set queries, each bounded, so that five hundred open orders cost what five do.
"""
