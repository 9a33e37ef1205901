"""Settings, URL roots, wiring, the entry point and the process launcher."""
