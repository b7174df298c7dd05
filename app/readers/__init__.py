"""Fixed RFID readers: what they read at doors and shelves, and what a person makes of it.

A reader posts tag reads with a token of its own. Reads of one tag at one gate are smoothed into
visits: at least two reads, over when it has been silent for some seconds. A visit is one operation
of the log. It never moves goods: at a dock door it becomes a proposal which a person confirms, and
only then the ordinary operation of the floor is recorded, with the read as its scan.

`README.md` tells the forms that are understood, ours among them.
"""
