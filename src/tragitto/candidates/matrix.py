"""The table of who reads what, as the page docs/roster-access.md prints it."""

from tragitto.candidates.rules.disclosure import READERS
from tragitto.candidates.vocabulary import Audience

_HEADS = {
    Audience.PERSON: "Person",
    Audience.KEEPER: "Keeper",
    Audience.REGISTRAR: "Registrar",
    Audience.EMPLOYER_BEFORE: "Firm, before",
    Audience.EMPLOYER_AFTER: "Firm, after",
    Audience.SELECTION: "Selection",
    Audience.STRANGER: "Stranger",
}


def page() -> str:
    """The page, in Markdown."""
    heads = [_HEADS[each] for each in Audience]
    rows = [
        "| " + " | ".join([f"`{field}`", *("●" if each in readers else "" for each in Audience)]) + " |"
        for field, readers in READERS.items()
    ]
    return "\n".join(
        [
            "# Who reads what on the roster",
            "",
            "Made from the table that pages, papers, exports and the API obey",
            "(`candidates/rules/disclosure.py`). *Keeper*: the organisations that keep the roster, as its",
            "file says. *Registrar*: who registered the person, about nobody else. *Firm, before* and",
            "*after* the person accepted its invitation. *Selection*: the matching, which never reads who",
            "somebody is. Nobody reads the account, the keys by",
            "which names are sought, or the rows of the search: they are used, and shown nowhere.",
            "",
            "| Field | " + " | ".join(heads) + " |",
            "|---|" + ":-:|" * len(heads),
            *rows,
            "",
        ]
    )
