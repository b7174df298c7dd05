"""What is decided about periods."""
