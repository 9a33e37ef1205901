"""The arithmetic of the selection, pure; the engine itself is `tragitto_matching`."""
