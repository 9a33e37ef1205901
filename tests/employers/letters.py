"""Letters as the stories of this room need them: what is asked, what is announced, receipts."""

from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from tests.employers import making
from tragitto.cases.models import Case
from tragitto.employers import actions
from tragitto.employers.actions import Point
from tragitto.employers.models import Expression, Letter
from tragitto.kernel.actors import Actor
from tragitto.records.models import Outgoing, Proof
from tragitto.records.queries import content

MISSING = (Point("The copy of the identity document.", "delegation-papers"),)
OBSTACLE = (Point("No production unit lies in the region.", "unit-in-the-region"),)


def receipt(letter: Letter, at: datetime, *, outgoing: Outgoing | None = None) -> None:
    """The provider proves that the letter was delivered at `at`, in its first attempt or in this one."""
    proof = Proof.objects.get(outgoing=outgoing or letter.outgoing)
    came = making.letter(letter.expression.call, sent=making.Sent(at=at))
    Proof.objects.filter(pk=proof.pk).update(
        accepted_at=at, acceptance=came, delivered_at=at, delivery=came, is_certified=True
    )


def failed(letter: Letter, at: datetime) -> None:
    """The provider proves that the letter could not be delivered."""
    proof = Proof.objects.get(outgoing=letter.outgoing)
    came = making.letter(letter.expression.call, sent=making.Sent(at=at))
    Proof.objects.filter(pk=proof.pk).update(failed_at=at, failure=came, is_certified=True)


def words(letter: Letter) -> str:
    """What the document of the letter says."""
    assert letter.document is not None
    pages = PdfReader(BytesIO(content(letter.document))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def sent(letter: Letter, actor: Actor, at: datetime) -> Letter:
    """The letter as it stands once it has left."""
    actions.send_letter(letter=letter, actor=actor, at=at)
    return Letter.objects.select_related("expression__case__stage").get(pk=letter.pk)


def case_of(expression: Expression) -> Case:
    """The case as it now stands."""
    return Expression.objects.select_related("case__stage").get(pk=expression.pk).case
