"""Reads the fields of a fillable PDF by their exact names, and whether the pages show the same."""

from tragitto_pec.forms.fields import read_fields
from tragitto_pec.forms.reading import FormReading

__all__ = ["FormReading", "read_fields"]
