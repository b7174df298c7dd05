"""One file a gesture."""
