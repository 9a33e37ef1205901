"""Tragitto runs labour-mobility schemes from the public call to the worker's first year."""
