"""Template tags: office."""
