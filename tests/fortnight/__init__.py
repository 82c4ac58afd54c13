"""A busy fortnight at the desk, reckoned once more by other means."""
