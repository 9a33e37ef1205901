"""The drawings of the icons, read once from what the assets' build left."""

import json
from functools import cache
from pathlib import Path

BUILT = Path(__file__).parent / "static" / "tragitto" / "icons.json"
#: Icons that point along the line of reading, and turn with it.
POINTING = frozenset({"it-arrow-left", "it-arrow-right", "it-chevron-right", "it-logout", "it-list"})


@cache
def drawings() -> dict[str, str]:
    """Path markup by icon name; empty while the assets are not built, so that pages still work."""
    if not BUILT.exists():
        return {}
    found: dict[str, str] = json.loads(BUILT.read_text(encoding="utf-8"))
    return found


def drawing(name: str) -> str:
    """The markup of one icon. Raises ``KeyError`` for a name that ``assets/icons.json`` does not list."""
    known = drawings()
    return known[name] if known else ""
