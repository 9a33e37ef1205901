"""Writes the tree of what stands on the pages into the file (ISO 32000-1, § 14.7)."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tragitto.schemes.blanks.tagging import Piece


def add_structure(writer: PdfWriter, pieces: Iterable[Piece]) -> None:
    """Let programs read `pieces` in their order, and let who presses the tabulator follow it."""
    tree = _Tree(writer)
    for _, run in groupby(
        pieces, key=lambda piece: (piece.page, piece.role, piece.block, piece.language, piece.field)
    ):
        tree.add(list(run))
    tree.close()


class _Tree:
    """The tree while it grows: one document, and under it everything in its order."""

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.root = _element("StructTreeRoot")
        self.document = _element("StructElem", S=NameObject("/Document"), P=writer._add_object(self.root))
        self.top = writer._add_object(self.document)
        self.kids = ArrayObject()
        self.by_page: list[ArrayObject] = [ArrayObject() for _ in writer.pages]
        self.fields: list[Any] = []
        self.annotations = [
            {str(each.get_object().get("/T")): each for each in page.get("/Annots", ArrayObject())}
            for page in writer.pages
        ]

    def add(self, run: list[Piece]) -> None:
        """One element: the words of a block, or a field."""
        first = run[0]
        page = self.writer.pages[first.page - 1].indirect_reference
        element = _element("StructElem", S=NameObject(f"/{first.role}"), P=self.top, Pg=page)
        reference = self.writer._add_object(element)
        if first.language != "it":
            element[NameObject("/Lang")] = TextStringObject(first.language)
        if first.field:
            annotation = self.annotations[first.page - 1][first.field]
            element[NameObject("/K")] = _element("OBJR", Pg=page, Obj=annotation)
            number = NumberObject(len(self.by_page) + len(self.fields))
            annotation.get_object()[NameObject("/StructParent")] = number
            self.fields.append(reference)
        else:
            element[NameObject("/K")] = ArrayObject(NumberObject(piece.mcid) for piece in run)
            self.by_page[first.page - 1].extend([reference] * len(run))
        self.kids.append(reference)

    def close(self) -> None:
        """Tie the tree to the file, and each page to its part of the tree."""
        self.document[NameObject("/K")] = self.kids
        self.root[NameObject("/K")] = self.top
        numbers = ArrayObject()
        for key, parent in enumerate([*self.by_page, *self.fields]):
            numbers.extend([NumberObject(key), parent])
        self.root[NameObject("/ParentTree")] = self.writer._add_object(
            DictionaryObject({NameObject("/Nums"): numbers})
        )
        self.root[NameObject("/ParentTreeNextKey")] = NumberObject(len(numbers) // 2)
        for key, page in enumerate(self.writer.pages):
            page[NameObject("/StructParents")] = NumberObject(key)
            page[NameObject("/Tabs")] = NameObject("/S")
        catalogue = self.writer.root_object
        catalogue[NameObject("/StructTreeRoot")] = self.root.indirect_reference
        catalogue[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})


def _element(kind: str, **entries: Any) -> DictionaryObject:
    found = {NameObject("/Type"): NameObject(f"/{kind}")}
    return DictionaryObject(found | {NameObject(f"/{name}"): value for name, value in entries.items()})
