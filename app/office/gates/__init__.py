"""What readers saw at the gates, and what a person makes of it.

`facts` reads the visits and what the book says of their tags, `judging` decides what is proposed,
what is astray and what nobody knows; `acting` records what a person confirmed. Nothing here is
kept: what somebody received with a handheld meanwhile is no proposal any more.
"""
