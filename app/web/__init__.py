"""What every route needs and no business knows: problems, access, bodies, headers."""
