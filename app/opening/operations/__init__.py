"""What the office says on the day the ledger begins."""
