"""What the office reads: tables declared as columns, served and exported by one engine."""
