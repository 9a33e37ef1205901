"""Questions about the roster; every one asked for somebody."""
