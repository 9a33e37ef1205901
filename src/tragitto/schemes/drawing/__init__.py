"""A journey as a picture: an own small layered layout, drawn as SVG or written as Mermaid text."""

from tragitto.schemes.drawing.layout import Arrow, Box, Layout, lay_out
from tragitto.schemes.drawing.mermaid import as_mermaid
from tragitto.schemes.drawing.svg import as_svg

__all__ = ["Arrow", "Box", "Layout", "as_mermaid", "as_svg", "lay_out"]
