"""A whole warehouse day through the real sync endpoint, beside a book that knows what hands did."""
