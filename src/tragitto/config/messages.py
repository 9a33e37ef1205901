"""The catalogues of the pages' texts: compiled at the start, renewed from the code by a maintainer."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib

from tragitto.kernel.texts import LANGUAGES

#: How each language counts (Unicode CLDR); a lost header silently picks wrong plurals.
PLURALS = {
    "it": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
    ),
    "en": "nplurals=2; plural=(n != 1);",
}


class NoGettext(RuntimeError):
    """GNU gettext, which finds the texts in the code, is not installed."""


def catalogue(root: Path, language: str) -> Path:
    """Where the texts of a language are kept."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def compile_all(root: Path) -> int:
    """Compile every catalogue below `root/locale` that is newer than its compiled form; returns how many.

    Each is written aside and moved into place: a web process never reads half a catalogue.
    """
    count = 0
    for source in sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        aside = source.with_suffix(".mo.making")
        polib.pofile(str(source)).save_as_mofile(str(aside))
        aside.replace(compiled)
        count += 1
    return count


def extract(root: Path) -> polib.POFile:
    """Every text the code marks for translation; needs GNU gettext and loaded rooms. Raises `NoGettext`."""
    from django.core.management import call_command
    from django.test.utils import override_settings

    if not shutil.which("xgettext"):
        raise NoGettext(
            "GNU gettext is missing (Debian: apt install gettext): texts cannot be found in the code."
        )
    with tempfile.TemporaryDirectory() as folder, _inside(root / "src"):
        with override_settings(LOCALE_PATHS=[folder]):
            call_command(
                "makemessages", locale=["en"], keep_pot=True, no_location=True, no_wrap=True, verbosity=0
            )
        return polib.pofile(str(Path(folder) / "django.pot"))


def renew(root: Path) -> dict[str, int]:
    """Bring every catalogue in line with the code; returns how many texts each language still lacks.

    Translations are kept, new texts come in empty (English speaks as the code does), unused ones leave.
    """
    found = extract(root)
    lacking = {}
    for language in LANGUAGES:
        path = catalogue(root, language)
        known = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
        fresh = polib.POFile(wrapwidth=0)
        fresh.metadata = {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
            "Plural-Forms": PLURALS[language],
        }
        for entry in sorted(found, key=_key):
            fresh.append(_carried(entry, known.get(_key(entry)), language))
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))
        lacking[language] = len(fresh.untranslated_entries())
    return lacking


def _key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def _carried(found: polib.POEntry, known: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=found.msgctxt, msgid=found.msgid, flags=found.flags)
    if found.msgid_plural:
        entry.msgid_plural = found.msgid_plural
        forms = int(PLURALS[language].split("nplurals=")[1][0])
        kept = known.msgstr_plural if known else {}
        spoken = {0: found.msgid, 1: found.msgid_plural} if language == "en" else {}
        entry.msgstr_plural = {form: kept.get(form) or spoken.get(form, "") for form in range(forms)}
    else:
        entry.msgstr = (known.msgstr if known else "") or (found.msgid if language == "en" else "")
    return entry


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
