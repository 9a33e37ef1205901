"""What a list of names may say of each person: fields that the firm may read after a yes, and no others."""

from collections.abc import Sequence

from tragitto.candidates.rules.sheets import Sheet

#: The columns in their order; the first two are the name as the passport has it.
COLUMNS = ("surnames", "given_names", "arabic_surnames", "arabic_given_names", "profiles", "languages",
           "available_from", "regions")  # fmt: skip


def line(columns: Sequence[str], sheet: Sheet) -> list[str]:
    """What a list says of a person, a text for each column: codes where a language has words."""
    return [_said(column, sheet) for column in columns]


def _said(column: str, sheet: Sheet) -> str:
    if column == "profiles":
        return " ".join(each.profile or "" for each in sheet.profiles)
    if column == "languages":
        return ", ".join(f"{each.tongue} {each.level}" for each in sheet.languages)
    value = getattr(sheet, column)
    if isinstance(value, (list, tuple)):
        return " ".join(value)
    return str(value) if value else ""
