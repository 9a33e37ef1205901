"""A case as it was handed over, in the words of the form it was filed with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tragitto.cases.models import HandOverItem
from tragitto.employers.rules import ReadForm
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import FormRole
from tragitto.web.parts.filed import Section, sections


@dataclass(frozen=True)
class Offered:
    """A position as it was handed over."""

    code: str
    profile: str
    seats: int | None


@dataclass(frozen=True)
class HandedCase:
    """What the page of one case shows, all of it from the package."""

    name: str
    sections: tuple[Section, ...]
    positions: tuple[Offered, ...]
    documents: tuple[Mapping[str, Any], ...]
    withheld: tuple[Mapping[str, str], ...]


def name_of(item: HandOverItem) -> str:
    """What the employer is called, as far as that was handed over; else the code of the filing."""
    enterprise = item.content.get("facts", {}).get("enterprise")
    name = enterprise.get("name") if isinstance(enterprise, dict) else ""
    return str(name or item.content.get("filing", ""))


def handed_case(item: HandOverItem, call: Call, language: str) -> HandedCase:
    """The case in `language`. Two queries."""
    names = {each.code: in_language(each.title, language) for each in schemes.profiles(call.scheme)}
    content = item.content
    return HandedCase(
        name=name_of(item),
        sections=tuple(_sections(call, content.get("facts", {}), names, language)),
        positions=tuple(
            Offered(one["code"], names.get(one["profile"], one["profile"]), one["seats"])
            for one in content.get("positions", ())
        ),
        documents=tuple(content.get("documents", ())),
        withheld=tuple(content.get("withheld", ())),
    )


def _sections(call: Call, facts: Mapping[str, Any], names: Mapping[str, str], language: str) -> list[Section]:
    main = call.forms.filter(role=FormRole.MAIN).first()
    if main is None:
        return []
    read = ReadForm(code=main.code, role=main.role, attachment="", facts=dict(facts))
    told = sections(schemes.form_spec(main), read, names, language)
    return [each for each in told if each.answers or each.rows]
