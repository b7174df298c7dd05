"""Orders are walked together.

"Give me work" hands orders to one handheld; goods are reserved while it holds them. A picker is
led from stop to stop, scans the place, the goods, once an order the tote. What is not there is
reported short and looked for elsewhere; what was picked too much is brought back.
"""
