"""A draft as it lies open before its drafter: what it says, what the check says, what can be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes import permissions, queries, rules
from tragitto.schemes.models import Call
from tragitto.schemes.pack import WholeCall
from tragitto.schemes.vocabulary import CallStatus
from tragitto.web.office.access import OfficeRequest
from tragitto.web.office.forms import acts_choices, acts_words
from tragitto.web.office.forms.acts_asked import Section
from tragitto.web.office.forms.acts_fields import Choices
from tragitto.web.office.forms.acts_sections import BY_CODE, SECTIONS
from tragitto.web.office.forms.acts_words import Said
from tragitto.web.parts.finding import found


@dataclass(frozen=True)
class Desk:
    """One section of one draft, open for changes."""

    call: Call
    section: Section
    whole: WholeCall
    problems: tuple[rules.Problem, ...]

    @property
    def rows(self) -> Sequence[Any]:
        """The things of a list; none where the part they belong to is left out."""
        part: Any = self.whole.call
        for word in self.section.rows.split("."):
            part = getattr(part, word, None)
        return part or ()

    @property
    def lacks_its_part(self) -> bool:
        """Whether the things would belong to a part that the call leaves out as yet."""
        parent = self.section.rows.split(".")[0]
        return "." in self.section.rows and getattr(self.whole.call, parent) is None

    @property
    def parent(self) -> Section:
        """The page of the part that the things belong to."""
        return BY_CODE[self.section.rows.split(".")[0]]

    def raw(self) -> dict[str, Any]:
        """The call in plain values, to be changed and read again."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self.whole.call))
        return plain

    def choices(self, request: OfficeRequest) -> Mapping[str, Choices]:
        """What can be chosen on this page."""
        return acts_choices.choices(
            self.whole,
            self.call.scheme,
            queries.regions_to_draft(request.actor),
            queries.forms_on_offer(self.call.scheme),
            on=timezone.localdate(clock.now()),
            language=get_language() or "it",
        )


def opened(request: OfficeRequest, code: str, section: str) -> Desk:
    """The section of a draft, for those who may change it; 404 where there is none, 403 for the others."""
    call = found(queries.get_call, request.actor, code)
    if call.status != CallStatus.DRAFT or section not in BY_CODE:
        raise Http404
    if not permissions.may_draft(request.actor, call):
        raise PermissionDenied
    whole = queries.whole_of(call)
    return Desk(call, BY_CODE[section], whole, tuple(queries.problems_of(whole, call.scheme)))


def belonging(section: Section, problems: Sequence[rules.Problem]) -> list[rules.Problem]:
    """The problems that the page of ``section`` is about: of the longest path that leads to them."""
    paths = [path for each in SECTIONS for path in each.paths]

    def home(problem: rules.Problem) -> str:
        leading = [path for path in paths if f"{problem.path}.".startswith(f"{path}.")]
        around = [path for path in paths if f"{path}.".startswith(f"{problem.path}.")]
        return max(leading, key=len) if leading else (around or ["act"])[0]

    return [problem for problem in problems if home(problem) in section.paths]


def name_of(row: Any, section: Section, language: str) -> Said:
    """What a thing of a list is called in it."""
    value = getattr(row, section.named)
    if isinstance(value, dict):
        return in_language(value, language)
    return acts_words.of_enum(value) if isinstance(value, Enum) else str(value)
