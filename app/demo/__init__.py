"""The demonstration site's own doors: they exist on a demo site served as one, nowhere else."""
