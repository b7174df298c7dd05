"""Where goods can be: sites, zones, and places with coordinates, capacity and rules."""
