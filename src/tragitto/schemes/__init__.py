"""Schemes, calls, windows, forms, journeys, criteria and texts: all that is published."""
