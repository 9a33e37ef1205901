"""Words without nouns, used by every room."""
