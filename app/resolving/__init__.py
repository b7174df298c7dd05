"""What a code means on this site, and what the scans of an operation prove."""
