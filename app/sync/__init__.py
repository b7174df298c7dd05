"""The door for handhelds: enrolment, push, rotation, rescue, pull (the contract's §2, 3 and 5).

A handheld's facts come in here and walk through `pipeline`; copies of records go out here.
"""
