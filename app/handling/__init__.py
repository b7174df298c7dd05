"""Gestures that several flows share: carrying something from here to there."""
