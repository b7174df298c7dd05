"""Saying that something did not happen, and settling what contradicts itself."""
