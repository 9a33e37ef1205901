"""Questions to the ledger."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db.models import F, QuerySet

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import plain
from tragitto.ledger import permissions, rules
from tragitto.ledger.models import Entry, Link


def chain() -> Iterator[rules.Written]:
    """All entries in the order of the chain, unchained ones last; one query, read as a stream."""
    entries = Entry.objects.select_related("link").order_by(F("link__position").asc(nulls_last=True), "pk")
    for entry in entries.iterator(chunk_size=2000):
        link: Link | None = getattr(entry, "link", None)
        yield rules.Written(
            number=entry.pk,
            code=entry.code,
            verb=entry.verb,
            subject=entry.subject,
            actor=entry.actor,
            door=entry.door,
            at=entry.at,
            facts=entry.facts,
            digest=bytes(entry.digest),
            position=link.position if link else None,
            previous=bytes(link.previous) if link else b"",
            hash=bytes(link.hash) if link else b"",
        )


def history(*, actor: Actor, subject: str) -> QuerySet[Entry]:
    """What happened to `subject`, newest first. One query."""
    return latest(actor=actor).filter(subject=subject)


def latest(*, actor: Actor) -> QuerySet[Entry]:
    """What happened, newest first; nothing for those who may not read it. One query."""
    entries = Entry.objects.select_related("link").order_by("-pk")
    return entries if permissions.may_read(actor) else entries.none()


def head() -> tuple[int, bytes]:
    """The last position of the chain and its hash: written down elsewhere, it betrays a shortened ledger."""
    last = Link.objects.order_by("-position").first()
    return (last.position, bytes(last.hash)) if last else (0, rules.ORIGIN)


def told_lately(
    verb: str, *, subject: str, actor: Actor, facts: Mapping[str, object], since: datetime
) -> bool:
    """Whether the same was written down of the same actor and subject since then. One query."""
    same = Entry.objects.filter(verb=verb, subject=subject, actor=actor.code, facts=plain(facts))
    return same.filter(at__gte=since).exists()


def told_of(subject: str, *verbs: str) -> QuerySet[Entry]:
    """Every one of `verbs` done to `subject`, newest first; the caller asks for whom."""
    return Entry.objects.filter(subject=subject, verb__in=verbs).order_by("-pk")


def told_for(verbs: Collection[str], *, occasion: str, since: datetime) -> set[str]:
    """Who was told since then for an occasion (`key` of the facts) that begins so; subjects. One query."""
    told = Entry.objects.filter(verb__in=verbs, at__gte=since, facts__key__startswith=occasion)
    return set(told.values_list("subject", flat=True))


def lately_told(verb: str, *, actor: Actor, facts: Mapping[str, object], since: datetime) -> set[str]:
    """The subjects of whom the same was written down of the same actor since then. One query."""
    same = Entry.objects.filter(verb=verb, actor=actor.code, facts=plain(facts), at__gte=since)
    return set(same.values_list("subject", flat=True))
