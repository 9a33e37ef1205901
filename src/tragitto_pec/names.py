"""Makes the name of a file safe to show and to offer, whatever the sender wrote."""

from __future__ import annotations

import re
import unicodedata

from tragitto_pec.limits import DEFAULT

# Marks that turn or hide text: they make "annex_fdp.exe" read as "annex_exe.pdf".
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}(?:\.p7m)*$", re.IGNORECASE)
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_DEVICES = frozenset({"con", "prn", "aux", "nul", *_PORTS})


def cleaned(name: str, fallback: str, most: int = DEFAULT.name_characters) -> str:
    """Return a name without folders, controls, direction marks or excess length; never empty."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", name[:4096]))
    text = re.split(r"[/\\]", text)[-1]
    text = _UNSAFE.sub("_", " ".join(text.split()))
    text = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cs", "Co", "Cn", "Cf"))
    text = text.strip(" .")
    if text.split(".")[0].lower() in _DEVICES:
        text = f"_{text}"
    return _shortened(text, most) or fallback


def _shortened(text: str, most: int) -> str:
    """Cut the middle and keep the extension, which tells what the file is."""
    if len(text) <= most:
        return text
    extension = found[0] if (found := _EXTENSION.search(text)) else ""
    extension = extension[-(most // 2) :]
    return text[: most - len(extension)].rstrip(" .") + extension


def on_one_line(text: str, most: int = 300) -> str:
    """Return a text fit for a terminal: one line, no controls, no direction marks."""
    plain = _INVISIBLE.sub("", " ".join(text.split()))
    shown = "".join("·" if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in plain)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
