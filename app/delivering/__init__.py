"""The built handheld app, handed out to browsers."""
