"""Verbs of the selection: one transaction each; the only place that writes."""

__all__ = ()
