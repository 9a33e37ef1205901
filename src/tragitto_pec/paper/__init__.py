"""What a file is as paper: how many pages, what it carries besides, and its pages as images."""

from tragitto_pec.paper.danger import SUSPICIOUS, is_suspicious
from tragitto_pec.paper.reading import CodeSeen, PageImage, PaperReading, Sheet

__all__ = ["SUSPICIOUS", "CodeSeen", "PageImage", "PaperReading", "Sheet", "is_suspicious"]
