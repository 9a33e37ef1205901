"""Chrome: PDFium, with the mouse and the keys of a person at the screen."""

import ctypes
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf import PdfReader


def fill_with_pdfium(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The file as Chrome saves it once every field was clicked and typed into."""
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    assert document.formenv
    form = document.formenv.raw
    seen = _as_seen(pdf, values)
    for page in document:
        for annotation, name in _fields(form, page):
            if name in seen:
                _answer(form, page, annotation, seen[name])
        raw.FORM_ForceToKillFocus(form)
    stream = BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def _fields(form: Any, page: Any) -> Iterator[tuple[Any, str]]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        yield annotation, _text(raw.FPDFAnnot_GetFormFieldName, form, annotation)
        raw.FPDFPage_CloseAnnot(annotation)


def _answer(form: Any, page: Any, annotation: Any, words: str) -> None:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, box)
    middle = ((box.left + box.right) / 2, (box.bottom + box.top) / 2)
    if kind == raw.FPDF_FORMFIELD_COMBOBOX:
        # Chrome hands the keys on here as well; the list that opens is its own window.
        raw.FORM_SetFocusedAnnot(form, annotation)
        assert raw.FORM_SetIndexSelected(form, page, _option(form, annotation, words), True)
        return
    raw.FORM_OnMouseMove(form, page, 0, *middle)
    raw.FORM_OnLButtonDown(form, page, 0, *middle)
    raw.FORM_OnLButtonUp(form, page, 0, *middle)
    if kind == raw.FPDF_FORMFIELD_TEXTFIELD:
        units = words.replace("\n", "\r").encode("utf-16-le")
        for place in range(0, len(units), 2):
            raw.FORM_OnChar(form, page, int.from_bytes(units[place : place + 2], "little"), 0)


def _as_seen(pdf: bytes, values: Mapping[str, str]) -> dict[str, str]:
    """The words as a person reads them: of a choice the label, not the value behind it."""
    fields = PdfReader(BytesIO(pdf)).get_fields() or {}
    options = {name: dict(field.get("/Opt", ())) for name, field in fields.items()}
    return {name: str(options[name].get(words, words)) for name, words in values.items()}


def _option(form: Any, annotation: Any, label: str) -> int:
    count = raw.FPDFAnnot_GetOptionCount(form, annotation)
    labels = [_text(raw.FPDFAnnot_GetOptionLabel, form, annotation, place) for place in range(count)]
    return labels.index(label)


def _text(ask: Any, *arguments: Any) -> str:
    length = ask(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(*arguments, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")
