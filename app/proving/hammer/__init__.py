"""Many hands at once on a real server, and a judge who reads what they were told.

`errands` are the hands, `history` what they note down, `judging` the laws it must obey.
"""
