"""Letters, receipts and posters as PDF/UA-1, by typst: fast, tagged, and right in Arabic."""

import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

#: Templates lie in the rooms that need them and import "/records/letters/frame.typ" from here.
ROOT = Path(__file__).parents[1]
_FACES = (
    "titillium-web-latin-400-normal",
    "titillium-web-latin-ext-400-normal",
    "titillium-web-latin-600-normal",
    "titillium-web-latin-700-normal",
    "titillium-web-latin-ext-700-normal",
    "noto-sans-arabic-arabic-400-normal",
)


def pdf(template: str, data: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The document that `template` ("employers/letters/decision.typ", below this package) makes of `data`.

    `data` holds values JSON can say, with every word already in `language`; nothing of it is read as
    markup. Tagged for screen readers (PDF/UA-1, ISO 14289-1). The same input gives the same bytes: no
    clock and no font of the machine comes in. Raises `typst.TypstError` for a template that is wrong.
    """
    told = json.dumps({**data, "language": language, "title": title}, ensure_ascii=False)
    made = typst.compile(
        str(ROOT / template),
        root=str(ROOT),
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
        sys_inputs={"data": told},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> Path:
    """The faces of the pages as TrueType, in a folder beside the other data: typst reads no web fonts."""
    folder = Path(settings.VAR) / "faces"
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FACES:
        source = finders.find(f"tragitto/fonts/{name}.woff2")
        place = folder / f"{name}.ttf"
        if isinstance(source, str) and not place.exists():
            face = TTFont(source)
            face.flavor = None
            if "-ext-" in name:
                # Two files of one family and weight: typst would see one of them alone.
                for record in face["name"].names:
                    face["name"].setName(f"{record.toUnicode()} Ext", *_ids(record))
            unwrapped = io.BytesIO()
            face.save(unwrapped, reorderTables=None)
            aside = place.with_suffix(".making")
            aside.write_bytes(unwrapped.getvalue())
            aside.replace(place)
    return folder


def _ids(record: Any) -> tuple[int, int, int, int]:
    return record.nameID, record.platformID, record.platEncID, record.langID
