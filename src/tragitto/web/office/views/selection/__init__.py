"""The desk of a round of selection."""
