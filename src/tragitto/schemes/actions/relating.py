"""Ties a call to others and to pages elsewhere; this changes nothing of what the call promises."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.kernel.texts import missing_languages
from tragitto.ledger.actions import record
from tragitto.schemes import permissions
from tragitto.schemes.models import Call, RelatedLink
from tragitto.schemes.pack import RelatedSpec
from tragitto.schemes.vocabulary import Relation


@transaction.atomic
def add_link(
    *,
    call: Call,
    relation: Relation,
    title: Mapping[str, str],
    other: Call | None = None,
    page: str = "",
    actor: Actor,
    at: datetime,
) -> RelatedLink:
    """Say that ``other`` or the web address ``page`` belongs to ``call``, in four languages.

    Raises ``NotAllowed``; ``Blocked`` when a language is missing, when it leads to no place, to two, to the
    call itself, or to one that is linked already.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=call.pk)
    if not permissions.may_draft(actor, call):
        raise NotAllowed(
            Finding("may_not_relate", _("Only the body of this call says what is related to it."))
        )
    present = call.related_links.filter(removed_at=None)
    if missing_languages(title):
        raise Blocked(Finding("missing_language", _("The name of a link must speak all four languages.")))
    if (other is None) == (page == ""):
        text = _("A link leads to one place: choose a call, or write an address.")
        raise Blocked(Finding("link_to_two_places", text))
    if other is not None and other.pk == call.pk:
        raise Blocked(Finding("link_to_itself", _("A call is not related to itself: choose another one.")))
    if present.filter(other=other, page=page).exists():
        raise Blocked(Finding("linked_already", _("This link is there already.")))

    link = RelatedLink.objects.create(
        call=call,
        number=call.related_links.count() + 1,
        relation=relation,
        title=dict(title),
        other=other,
        page=page,
        added_at=at,
        added_by=actor.code,
    )
    facts = {"link": link.number, "relation": link.relation, "other": other.code if other else ""}
    record("call.linked", subject=call.code, actor=actor, at=at, facts=facts)
    return link


@transaction.atomic
def remove_link(*, call: Call, number: int, actor: Actor, at: datetime) -> RelatedLink:
    """Take a link away; that it was there stays written. Raises ``NotAllowed``; ``Stale`` when it is gone."""
    call = Call.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=call.pk)
    if not permissions.may_draft(actor, call):
        raise NotAllowed(
            Finding("may_not_relate", _("Only the body of this call says what is related to it."))
        )
    link = call.related_links.filter(number=number, removed_at=None).first()
    if link is None:
        raise Stale(Finding("link_gone", _("This link is not there any more.")))

    link.removed_at, link.removed_by = at, actor.code
    link.save(update_fields=["removed_at", "removed_by"])
    record("call.unlinked", subject=call.code, actor=actor, at=at, facts={"link": link.number})
    return link


def relate(*, call: Call, links: Iterable[RelatedSpec], actor: Actor, at: datetime) -> bool:
    """Write the links of a pack or a copied call that ``call`` never had; whether any was new."""
    ever = call.related_links.select_related("other").order_by("number")
    had = [(link.other.code if link.other else "", link.page) for link in ever]
    new = [link for link in links if (link.call, link.address) not in had]
    others = {other.code: other for other in Call.objects.filter(code__in=[link.call for link in new])}
    RelatedLink.objects.bulk_create(
        RelatedLink(
            call=call,
            number=len(had) + place,
            relation=link.relation,
            title=link.title,
            other=others.get(link.call),
            page=link.address,
            added_at=at,
            added_by=actor.code,
        )
        for place, link in enumerate(new, start=1)
    )
    return bool(new)
