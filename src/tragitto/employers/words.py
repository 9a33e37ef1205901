"""What the closed words of this room are called where people read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.employers.vocabulary import InstantKind, LetterKind

LETTERS: dict[str, str | Promise] = {
    LetterKind.START_NOTICE: _("Notice that the review has begun"),
    LetterKind.SOCCORSO_ISTRUTTORIO: _("Request to complete the expression of interest"),
    LetterKind.PREAVVISO_DI_RIGETTO: _("Notice of the obstacles to your application"),
    LetterKind.DECISION: _("Decision on the expression of interest"),
    LetterKind.CORRECTION: _("Notice that a decision was corrected"),
}
INSTANTS: dict[str, str | Promise] = {
    InstantKind.ACCEPTED: _("acceptance by the sender's provider"),
    InstantKind.DELIVERED: _("delivery into the mailbox"),
    InstantKind.RECEIVED: _("receipt by the office"),
    InstantKind.NONE: _("no certified instant"),
}
