"""HTTPS on the warehouse's own network: a local authority, a certificate, a page to trust it."""
