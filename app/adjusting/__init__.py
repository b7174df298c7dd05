"""Corrections of stock by the office.

A supervisor says what is missing, what turned up, what is thrown away, always with a reason. A
small correction is posted at once; above the site's limit it waits for a second person. Nothing is
edited: what is corrected is one more posting against the variance or the scrap.
"""
