"""Papers that several flows share: purchase orders, ASNs, orders, count sheets. Only records."""
