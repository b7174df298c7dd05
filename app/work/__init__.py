"""Who should do what next: put-away plans, pick tasks, reservations. Only records."""
