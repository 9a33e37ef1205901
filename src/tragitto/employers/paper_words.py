"""What the papers uploaded beside a filing on line are called."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tragitto.employers.vocabulary import PaperKind

if TYPE_CHECKING:
    from django.utils.functional import Promise

PAPERS: Mapping[str, "str | Promise"] = {
    PaperKind.SIGNED_FORM: _("The signed form"),
    PaperKind.SIGNED_DELEGATION: _("The signed delegation"),
    PaperKind.IDENTITY_COPY: _("Copy of an identity document"),
    PaperKind.OTHER: _("Another paper"),
}
