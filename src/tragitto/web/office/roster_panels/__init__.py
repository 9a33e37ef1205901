"""The parts of a person's page in the office, one module each; `order.py` says in which order they stand.

A module has `panel(actor, candidate) -> Panel | None` (None: nothing for this actor). What a panel posts goes
to views of its owner; a refused form is shown again by `views.roster.person.show(request, candidate,
instead=panel, status=...)`, where `instead` takes the place of the panel with the same template.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor


@dataclass(frozen=True)
class Panel:
    """One part of the page: its template (which finds `panel` and `candidate`, and prints no heading of its
    own above the third level), its title, and what the template reads as `panel.context.…`.
    """

    template: str
    title: str | Promise
    context: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the part is called in addresses: the name of its template."""
        return self.template.rpartition("/")[2].removesuffix(".html")


type MakesPanel = Callable[[Actor, Candidate], Panel | None]
