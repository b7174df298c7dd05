"""A real PostgreSQL and a real browser for the tests, on any machine."""
