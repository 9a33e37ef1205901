"""Who on the roster looks like somebody: found by what two registrations share, compared by the rules."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from tragitto.candidates.models import Candidate, Identity, IdentityDocument, NameVariant
from tragitto.candidates.models.candidates import SENT
from tragitto.candidates.queries import people
from tragitto.candidates.rules.likely_names import (
    GIVEN_NAME_BEGINS,
    SURNAME_BEGINS,
    names_of,
)
from tragitto.candidates.rules.likeness import Facts, Like, Paper, Roster, marks, turned
from tragitto.candidates.rules.naming import TRANSLITERATION, canonical
from tragitto.candidates.vocabulary import Script
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.vocabulary import RosterStatus

#: Where a registration stands that is compared with others: not a draft, not over by the person's own will.
COMPARED = tuple(word for word in SENT if word not in {RosterStatus.MERGED, RosterStatus.WITHDRAWN})

# Whoever was born on the same day is looked at where one name sounds the same or two begin alike; whoever
# shares a number, a telephone or an address always is.
_NEAR = f"""
SELECT identity.candidate_id
FROM jsonb_to_recordset(%(births)s::jsonb)
    AS draft (born date, keys text[], family text, first text)
JOIN candidate_identity AS identity ON identity.birth_on = draft.born
    AND (identity.name_keys && draft.keys::varchar[]
        OR (draft.family <> '' AND left(identity.surnames, {SURNAME_BEGINS}) = draft.family)
        OR (draft.first <> '' AND left(identity.given_names, {GIVEN_NAME_BEGINS}) = draft.first))
UNION SELECT candidate_id FROM candidate_identity WHERE phone = ANY(%(phones)s)
UNION SELECT candidate_id FROM candidate_identity WHERE email = ANY(%(emails)s)
UNION SELECT candidate_id FROM candidate_identity_document WHERE number = ANY(%(numbers)s)
UNION SELECT candidate_id FROM candidate_identity_document WHERE personal_number = ANY(%(persons)s)
"""  # noqa: S608 two whole numbers of our own
_IDENTITY = (
    "candidate_id", "surnames", "given_names", "arabic_surnames", "arabic_given_names", "birth_on", "phone",
    "email", "town",
)  # fmt: skip
_DOCUMENT = (
    "candidate_id", "kind", "issuing_state", "number", "personal_number", "issued_on", "expires_on",
    "surnames", "given_names",
)  # fmt: skip


def like(draft: Facts, *, scheme: int) -> list[Like]:
    """Who on the roster of `scheme` may be the one of `draft`, the likeliest first. Four queries."""
    return near([draft], scheme=scheme).like(draft)


def lookalikes(actor: Actor, draft: Facts, schemes: Iterable[Scheme]) -> list[tuple[Candidate, Like]]:
    """As `like`, on several rosters, with the people themselves as far as `actor` keeps them.

    Five queries for each roster; none where `draft` says nothing to look by.
    """
    if not marks(draft):
        return []
    found = [each for scheme in schemes for each in like(draft, scheme=scheme.pk)]
    kept = Candidate.objects.kept_by(actor).select_related("identity")
    people = kept.in_bulk([each.second for each in found])
    likeliest = sorted(found, key=lambda each: (-each.score, each.second))
    return [(people[each.second], each) for each in likeliest if each.second in people]


def near(drafts: Sequence[Facts], *, scheme: int) -> Roster:
    """Everybody on the roster of `scheme` who is worth comparing with one of `drafts`, laid out for it.

    Four queries, however many; none where there is nobody to compare.
    """
    if not drafts:
        return Roster(())
    return Roster(facts_of(_near(drafts), scheme=scheme).values())


def facts_of(candidates: Iterable[int], *, scheme: int) -> dict[int, Facts]:
    """What is compared of these people, as far as they are on the roster of `scheme`. Three queries."""
    wanted = list(candidates)
    people = Identity.objects.filter(
        candidate__in=wanted, candidate__scheme=scheme, candidate__status__in=COMPARED
    )
    rows = list(people.values_list(*_IDENTITY))
    documents = _documents(wanted)
    spellings = _spellings(wanted)
    found = {}
    for key, family, first, arabic_family, arabic_first, born, phone, email, town in rows:
        papers = documents.get(key, ())
        # Another spelling in one script goes with the names in the other, which may tell people apart.
        names = {(family, first, arabic_family, arabic_first): None}
        names |= {
            (paper[7], paper[8], arabic_family, arabic_first): None for paper in papers if any(paper[7:])
        }
        for script, other_family, other_first in spellings.get(key, ()):
            latin, arabic = (family, first), (arabic_family, arabic_first)
            if script == Script.LATIN:
                latin = (other_family, other_first)
            else:
                arabic = (other_family, other_first)
            names[*latin, *arabic] = None
        found[key] = Facts(
            key=key,
            names=tuple(names_of(*each) for each in names),
            birth_on=born,
            person_number=next((paper[4] for paper in papers if paper[4]), ""),
            papers=tuple(Paper(paper[1], paper[2], paper[3], paper[5], paper[6]) for paper in papers),
            phone=phone,
            email=email.lower(),
            town=canonical(town),
        )
    return found


def is_here_already(candidate: Candidate) -> bool:
    """Whether a document of `candidate` belongs to another registration on the roster, of somebody born on
    the same day. Three queries.

    Birth and number must both be known to be told, so that nobody learns from a number alone who is here; who
    has said too many birthdays is told nothing.
    """
    if people.is_guessing(candidate.account, candidate.scheme):
        return False
    own = list(candidate.documents.values_list("kind", "number", "personal_number"))
    same = Q(pk__in=[])
    for kind, number, personal_number in own:
        same |= Q(kind=kind, number=number)
        same |= Q(personal_number=personal_number) & ~Q(personal_number="")
    others = IdentityDocument.objects.filter(
        same,
        candidate__scheme=candidate.scheme_id,
        candidate__status__in=COMPARED,
        candidate__identity__birth_on=candidate.identity.birth_on,
    )
    return bool(own) and others.exclude(candidate=candidate).exists()


def compared(scheme: int) -> QuerySet[Candidate]:
    """Everybody on the roster of `scheme` who is compared with others."""
    return Candidate.objects.filter(scheme=scheme, status__in=COMPARED)


def compared_after(scheme: int, cursor: int, limit: int) -> list[int]:
    """The keys of the next `limit` of them after the key `cursor`, in the order of keys. One query."""
    people = compared(scheme).filter(pk__gt=cursor).order_by("pk")
    return list(people.values_list("pk", flat=True)[:limit])


def _near(drafts: Sequence[Facts]) -> list[int]:
    births = [
        {
            "born": f"{born:%Y-%m-%d}",
            "keys": sorted(set().union(*(names.keys for names in draft.names))),
            "family": names.begins[0],
            "first": names.begins[1],
        }
        for draft in drafts
        if draft.birth_on and draft.names
        for born in (draft.birth_on, turned(draft.birth_on))
        if born
        for names in draft.names[:1]
    ]
    marks: dict[str, str | list[str]] = {
        "births": json.dumps(births),
        "phones": list({draft.phone for draft in drafts if draft.phone}),
        "emails": list({draft.email for draft in drafts if draft.email}),
        "numbers": list({paper.number for draft in drafts for paper in draft.papers}),
        "persons": list({draft.person_number for draft in drafts if draft.person_number}),
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, marks)
        return [key for (key,) in cursor.fetchall()]


def _documents(candidates: list[int]) -> Mapping[int, list[tuple[Any, ...]]]:
    found = defaultdict(list)
    rows = IdentityDocument.objects.filter(candidate__in=candidates).order_by("superseded_at", "pk")
    for row in rows.values_list(*_DOCUMENT):
        found[row[0]].append(row)
    return found


def _spellings(candidates: list[int]) -> Mapping[int, list[tuple[str, str, str]]]:
    found = defaultdict(list)
    # What our own table makes of the Arabic names was met nowhere.
    rows = NameVariant.objects.filter(candidate__in=candidates).exclude(found_in=TRANSLITERATION)
    for key, *spelling in rows.values_list("candidate_id", "script", "surnames", "given_names"):
        found[key].append((spelling[0], spelling[1], spelling[2]))
    return found
