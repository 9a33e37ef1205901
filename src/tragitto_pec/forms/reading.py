"""The values of a fillable form as they were read, with what is seen where that is something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tragitto_pec.paper.danger import is_suspicious


@dataclass(frozen=True, slots=True)
class FormReading:
    """The values of a form, or the problem that kept them from being read.

    ``fields`` maps the full name of each field to its value: text as typed, the export value of a
    choice, the state of a tick box or radio button without its slash, and an empty text where
    nothing is filled in or the box is ``Off``. ``call``, ``form`` and ``version`` are hidden fields
    that say which form this is. ``appearance`` holds what the page shows in a field, only where that
    differs from its value: an empty text where nothing is seen. ``flags`` name what else the file
    carries or is: ``encrypted``, ``signed``, ``unseen`` (the pages could not be drawn, so nothing is
    known of the appearance) and the words of ``paper.danger``; nothing is said about changes after a
    signature. ``problem`` is a stable word, empty when the fields were read.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    call: str = ""
    form: str = ""
    version: str = ""
    flags: tuple[str, ...] = ()
    problem: str = ""
    appearance: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether there are fields to look at."""
        return not self.problem

    @property
    def is_suspicious(self) -> bool:
        """Whether the file is to be shown only as images of its pages."""
        return is_suspicious(self.flags)

    def is_ticked(self, name: str) -> bool:
        """Whether a tick box of this name is in any state but ``Off``."""
        return bool(self.fields.get(name))
