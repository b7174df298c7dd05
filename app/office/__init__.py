"""What desks and integrations see and decide: operations, exceptions, counts, stock."""
