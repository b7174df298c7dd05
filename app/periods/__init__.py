"""Closing the books: what is known too late is posted to the first open day, never refused."""
