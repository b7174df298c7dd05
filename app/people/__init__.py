"""Who works here: people with roles, the devices they carry, their sessions and grants."""
