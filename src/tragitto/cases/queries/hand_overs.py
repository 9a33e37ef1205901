"""What was handed over to whom: for those who hand over, and for those who received."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from tragitto.accounts.models import Organisation
from tragitto.cases.models import Case, ConsentWithdrawal, HandOver, HandOverItem
from tragitto.cases.models.hand_overs import HandOverQuerySet
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.ledger.models import Entry
from tragitto.records.models import Document
from tragitto.schemes.models import Call

#: The verbs by which a recipient's looks stand in the ledger.
LOOKED, DOWNLOADED = "hand_over.looked_at", "hand_over.downloaded"
#: The task of taking a package back.
RECALL = "recall_package"


def hand_overs_under(*, actor: Actor, call: Call) -> QuerySet[HandOver]:
    """What the actor's office handed over under `call`, the latest first, `cases` counted. One query."""
    made = _whole(HandOver.objects.visible_to(actor)).filter(call=call)
    return made if actor.is_system else made.filter(made_for=actor.organisation)


def received(*, actor: Actor) -> QuerySet[HandOver]:
    """What was handed over to the actor's organisation, the latest first, recalled ones too. One query.

    `office` = the name of the organisation that handed it over, `cases` counted, `is_withdrawn` = whether a
    consent on which it rests was withdrawn since.
    """
    return _whole(HandOver.objects.visible_to(actor)).filter(recipient__code=actor.organisation)


def get_received(*, actor: Actor, code: str) -> HandOver:
    """What was handed over under this code to the actor's organisation. Raises `NotFound`. One query."""
    return _one(received(actor=actor), code)


def get_made(*, actor: Actor, code: str) -> HandOver:
    """What the actor's office handed over under this code. Raises `NotFound`. One query."""
    made = _whole(HandOver.objects.visible_to(actor))
    return _one(made if actor.is_system else made.filter(made_for=actor.organisation), code)


def items_of(*, actor: Actor, hand_over: HandOver) -> QuerySet[HandOverItem]:
    """The cases of a package in their order; none for the recipient once it was recalled. One query.

    `is_withdrawn` = whether the consent on which it was handed over was withdrawn since.
    """
    seen = HandOverItem.objects.visible_to(actor).filter(hand_over=hand_over)
    since = ConsentWithdrawal.objects.filter(case=OuterRef("case"), recorded_at__gte=hand_over.made_at)
    seen = seen.annotate(is_withdrawn=Exists(since if hand_over.basis["consent"] else since.none()))
    return seen.select_related("case").order_by("position")


def handed_document(*, actor: Actor, hand_over: HandOver, sha256: str) -> tuple[Document, str]:
    """A document of a package with the name it has there. Raises `NotFound`. Two queries."""
    holding = items_of(actor=actor, hand_over=hand_over).filter(
        content__documents__contains=[{"sha256": sha256}]
    )
    item = holding.first()
    document = Document.objects.filter(sha256=sha256).first() if item else None
    if item is None or document is None:
        raise NotFound(sha256)
    (named, *_same) = [each for each in item.content["documents"] if each["sha256"] == sha256]
    return document, str(named["file"]).removeprefix("documents/").replace("/", "-")


def already_handed_over(*, recipient: str, duty: str, cases: Iterable[int]) -> dict[int, str]:
    """Which of `cases` the recipient holds for this duty, each with the code of its package. One query."""
    items = HandOverItem.objects.filter(
        case__in=list(cases),
        hand_over__recipient__code=recipient,
        hand_over__duty=duty,
        hand_over__recalled_at__isnull=True,
    )
    return dict(items.values_list("case", "hand_over__code"))


def withdrawn_consents(cases: Iterable[int]) -> dict[int, datetime]:
    """When the consent to hand over was last withdrawn in `cases`, by their keys. One query."""
    withdrawn = ConsentWithdrawal.objects.filter(case__in=list(cases)).order_by()
    return dict(withdrawn.values_list("case").annotate(Max("withdrawn_at")))


def held_without_consent(case: Case) -> list[HandOver]:
    """The packages, not recalled, that were handed over with this case on its consent. One query."""
    held = HandOver.objects.filter(items__case=case, recalled_at__isnull=True)
    return list(held.exclude(basis__consent="").order_by("pk"))


def use_of(*, actor: Actor, hand_over: HandOver) -> QuerySet[Entry]:
    """Who of the recipient looked at what and when, newest first; for the office that made it. One query."""
    told = Entry.objects.filter(subject=hand_over.code, verb__in=(LOOKED, DOWNLOADED)).order_by("-pk")
    is_own = actor.is_system or actor.organisation == hand_over.made_for
    return told if is_own else told.none()


def _one(hand_overs: QuerySet[HandOver], code: str) -> HandOver:
    if (found := hand_overs.filter(code=code).first()) is None:
        raise NotFound(code)
    return found


def _whole(hand_overs: HandOverQuerySet) -> QuerySet[HandOver]:
    found = hand_overs.select_related("call__scheme", "call__publisher", "recipient", "package")
    office = Organisation.objects.filter(code=OuterRef("made_for")).values("name")[:1]
    withdrawn = HandOverItem.objects.filter(
        hand_over=OuterRef("pk"), case__consent_withdrawals__recorded_at__gte=OuterRef("made_at")
    ).exclude(hand_over__basis__consent="")
    told = {"office": Subquery(office), "is_withdrawn": Exists(withdrawn)}
    return found.annotate(cases=Count("items"), **told).order_by("-made_at", "-pk")
