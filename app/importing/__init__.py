"""Files from elsewhere become operations: good rows go in, bad rows come back with their problem.

Somebody exports a list from the old system and brings it. It is read twice: once to see how long
it is and where each document ends, once to ask for what it says, some two hundred operations at a
time. A row that cannot be read, or that names something unknown, is written to a file of bad rows
that can be mended and brought again. The same file twice changes nothing.
"""
