"""From an LLRP reader to the server: a process of its own, beside the reader or the server.

Readers that speak LLRP only cannot post what they read. The bridge starts an inventory, writes
every report to its disk under a number of its own, and posts the neutral form of `app/readers`.
What the server has not acknowledged stays on the disk; sent twice, it is known by its number.
"""
