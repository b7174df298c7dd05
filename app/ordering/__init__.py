"""Orders of customers: entered, cancelled, announced back."""
