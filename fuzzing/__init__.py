"""Looks for bytes that stop the readers of certified mail: see README.md."""
