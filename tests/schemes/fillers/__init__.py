"""Fills a form in with real programs, as the people who send it in do: four makers of PDF readers.

Each takes the file and the words by the names of its fields: the value of a choice, anything for a tick.
A program that is missing skips the test on a user's machine and fails it under CI.
"""

from collections.abc import Callable, Mapping

from tests.schemes.fillers.javascript import fill_with_pdfjs
from tests.schemes.fillers.native import fill_with_pdfium
from tests.schemes.fillers.programs import fill_with_pdftk
from tests.schemes.fillers.python import fill_with_pypdf

#: A filler: the file and the words in, the filled file out.
Filler = Callable[[bytes, Mapping[str, str]], bytes]
FILLERS: dict[str, Filler] = {
    "pdf.js": fill_with_pdfjs,
    "PDFium": fill_with_pdfium,
    "pdftk": fill_with_pdftk,
    "pypdf": fill_with_pypdf,
}

__all__ = ["FILLERS", "Filler", "fill_with_pdfium", "fill_with_pdfjs", "fill_with_pdftk", "fill_with_pypdf"]
