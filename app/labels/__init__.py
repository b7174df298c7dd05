"""Simple sheets of labels on A4: places for shelves, badges for people."""
