"""Orders to suppliers and what they announce."""
