"""What is handled: items, their packagings, and the codes by which they are known."""
