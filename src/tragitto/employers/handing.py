"""The page in words that lies in every package, in the four languages of the house."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from tragitto.employers.rules.packages import DATA, MANIFEST, TABLE, Cover
from tragitto.kernel.texts import LANGUAGES, Text, in_language
from tragitto.schemes.pack import FormSpec


def readme(cover: Cover, *, title: Text, office: str, recipient: str, form: FormSpec | None) -> str:
    """What the package is, on what basis, how to check it, what each column means: in each language."""
    parts = []
    for language in LANGUAGES:
        with translation.override(language):
            lines = [*_about(cover, in_language(title, language), office, recipient), "", _columns_title()]
            lines += _columns(cover, form, language)
            parts.append("\n".join(lines))
    return f"\n\n{'-' * 72}\n\n".join(parts) + "\n"


def _about(cover: Cover, title: str, office: str, recipient: str) -> Iterable[str]:
    made = cover.made_at.isoformat(timespec="seconds")
    yield title
    yield _("Package {code}, made at {at}.").format(code=cover.code, at=made)
    yield _("From: {office}").format(office=office)
    yield _("To: {recipient}").format(recipient=recipient)
    yield _("Legal basis: article {basis} of Regulation (EU) 2016/679; {citation}").format(
        basis=cover.basis, citation=cover.citation
    )
    if cover.consent:
        yield _("Every employer in it has consented to the sending; the manifest says in which version.")
    yield ""
    yield _("{data} holds what is handed over about each filing, {table} the same as a table.").format(
        data=DATA, table=TABLE
    )
    yield _("In the folder documents/ lie the forms as they came, where the call hands them over.")
    yield _("{manifest} names every file with its SHA-256, and what was withheld and why.").format(
        manifest=MANIFEST
    )
    yield _("Use it for the purpose of the call alone; if it is recalled, delete it and every copy.")


def _columns_title() -> str:
    return _("The columns of the table (N counts rows):")


def _columns(cover: Cover, form: FormSpec | None, language: str) -> Iterable[str]:
    for field in form.fields if form else ():
        word = field.fact.replace("[]", ".N")
        plain = field.fact.replace("[]", "")
        if any(plain == name or plain.startswith(f"{name}.") for name in cover.facts):
            yield f"  {word}: {in_language(field.label, language)}"
