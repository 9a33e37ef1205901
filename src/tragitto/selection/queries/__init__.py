"""Questions about the selection, by what they are about."""
