"""Firms that people may be shown to, as the office chooses among them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from tragitto.employers import queries
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Call, Scheme
from tragitto.schemes.queries import published_calls
from tragitto.schemes.vocabulary import Disclosure


@dataclass(frozen=True)
class Firm:
    """A firm admitted under a call."""

    call: Call
    code: str
    name: str

    @property
    def key(self) -> str:
        """What stands for it in a form."""
        return f"{self.call.code} {self.code}"

    @property
    def words(self) -> str:
        """The firm and its call, for whoever chooses."""
        language = (get_language() or "it").split("-")[0]
        return f"{self.name} · {in_language(self.call.title, language)}"


def firms(actor: Actor, scheme: Scheme, disclosure: Disclosure | None = None) -> list[Firm]:
    """The firms admitted under the published calls of `scheme` that `actor` may see, by call and arrival.

    With `disclosure` only under calls that disclose so. Two queries for each call.
    """
    calls = [each for each in published_calls() if each.scheme_id == scheme.pk]
    return [
        Firm(call, expression.employer.code, expression.employer.name or expression.employer.code)
        for call in calls
        if disclosure in (None, call.disclosure)
        for expression in queries.admitted(actor=actor, call=call)
    ]
