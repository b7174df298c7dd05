"""Stock that was there before anybody scanned."""
