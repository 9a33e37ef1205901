"""Registering oneself: begin, save page by page, take over what others entered, send, throw away."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import User
from tragitto.accounts.queries import Contact, contacts_of
from tragitto.candidates.actions import answering, indexing, likeness, standing
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, Identity, LikePair
from tragitto.candidates.queries import people
from tragitto.candidates.queries.registering import asked, draft_of
from tragitto.candidates.rules import answers as rules
from tragitto.candidates.rules.pages import adult_on, missing
from tragitto.candidates.vocabulary import PageKind
from tragitto.candidates.words.pages import missing_words, problem_words
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.kernel.texts import LANGUAGES
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of, schemes_with_roster
from tragitto.schemes.vocabulary import ReasonUse, RosterStatus


@transaction.atomic
def begin(*, scheme: Scheme, language: str, birth_on: date, actor: Actor, at: datetime) -> Candidate:
    """The actor's own registration on the roster of `scheme`: the one there is, or that of others which is
    theirs (`take_over`), or a new one. Who has said too many birthdays takes over nothing more.

    Writes a registration that nobody else sees, with the birthday and how the account is reached. Raises
    `NotAllowed` for who has not signed in; `Blocked` for who is too young: then nothing is kept; and for who
    has another sign-in, with which the registration stayed that theirs was merged into.
    """
    if actor.is_system or actor == Actor.stranger(actor.door):
        raise NotAllowed(Finding("not_signed_in", _("Sign in first.")))
    # One after the other: birthdays said at once on several devices count as well.
    list(User.objects.select_for_update(no_key=True).filter(code=actor.code))
    if own := people.own(actor, scheme):
        return own
    _demand_not_merged(actor, scheme)
    spec, on = roster_of(scheme), timezone.localdate(at)
    birth = rules.tidy(PageKind.BIRTH, {"birth_on": birth_on}, rules.Asked(spec, on))
    _refuse(birth, spec.least_age)
    contact = contacts_of([actor.code]).get(actor.code, Contact("", "", ""))
    _count_birthday(scheme, actor=actor, at=at)
    waiting = _entered_by_others(scheme, contact, birth_on)
    if waiting and not people.is_guessing(actor.code, scheme):
        return take_over(candidate=waiting, language=language, actor=actor, at=at)

    try:
        with transaction.atomic():
            candidate = _created(scheme, language, actor, at)
    except IntegrityError:  # begun on another device at the same moment
        return Candidate.objects.get(scheme=scheme, account=actor.code)
    candidate.adult_on = adult_on(birth_on, spec.least_age)
    candidate.save(update_fields=["adult_on"])
    Identity.objects.create(
        candidate=candidate,
        birth_on=birth_on,
        phone=contact.phone,
        email=contact.email,
        country=spec.origin,
    )
    indexing.refresh([candidate.pk])
    told = {"scheme": scheme.code, "roster": spec.version}
    record("candidate.begun", subject=candidate.code, actor=actor, at=at, facts=told)
    return candidate


@transaction.atomic
def take_over(*, candidate: Candidate, language: str, actor: Actor, at: datetime) -> Candidate:
    """Make a registration by others the actor's own: what was entered stays, and from now on is theirs.

    Raises `NotAllowed` unless the account reads at the telephone number or the address of the registration,
    and for one that has a person of its own already.
    """
    candidate = held_unmerged(candidate)
    if candidate.account == actor.code:
        return candidate
    contact = contacts_of([actor.code]).get(actor.code, Contact("", "", ""))
    if candidate.account or not _is_reached(candidate.identity, contact):
        raise NotAllowed(_not_yours())

    candidate.account, candidate.language = actor.code, language
    candidate.revision += 1
    candidate.save(update_fields=["account", "language", "revision"])
    indexing.refresh([candidate.pk])
    record("candidate.taken_over", subject=candidate.code, actor=actor, at=at)
    return candidate


@transaction.atomic
def save_page(
    *,
    candidate: Candidate,
    page: tuple[PageKind, str],
    answers: Mapping[str, object],
    revision: int,
    actor: Actor,
    at: datetime,
) -> Candidate:
    """Save the answers of a page (its kind, and of several its key) as rows, tidied.

    `revision` is the one the actor saw; what is saved already, once more, changes nothing. Raises
    `NotAllowed` for another person's registration; `Blocked` for answers that are wrong, each finding with
    its `field`, for a page that is not asked, and for names that a keeper has confirmed; `Stale` when it was
    saved elsewhere since.
    """
    candidate = _held(candidate, actor)
    draft = draft_of(candidate, timezone.localdate(at))
    kind, key = page
    if (kind, key) not in {(each.kind, each.key) for each in draft.pages} or kind not in answering.WRITERS:
        raise Blocked(Finding("page_unknown", _("This registration does not ask that.")))
    tidied = rules.tidy(kind, answers, asked(draft, key))
    _refuse(tidied, draft.spec.least_age)
    before = draft.answers(kind, key)
    changed = sorted(name for name, value in tidied.values.items() if before.get(name) != value)
    if not changed:
        return candidate
    _refuse_stale(candidate, revision)
    answering.refuse_confirmed(candidate, kind)

    answering.WRITERS[kind](draft, key, tidied.values, actor, at)
    return _saved(candidate, kind, changed, actor=actor, at=at)


@transaction.atomic
def see_notice(
    *, candidate: Candidate, controller: str, language: str, actor: Actor, at: datetime
) -> Candidate:
    """Write down that the person was shown the notice of `controller` in force, in `language`; once for each
    version. Raises `NotAllowed`; `Blocked` for a controller that has none.
    """
    candidate = _held(candidate, actor)
    notices = roster_of(candidate.scheme).notices_on(timezone.localdate(at))
    notice = next((each for each in notices if each.controller == controller), None)
    if notice is None:
        raise Blocked(Finding("page_unknown", _("This registration does not ask that.")))
    seen = {"controller": controller, "version": notice.version}
    _row, is_new = candidate.notices.get_or_create(**seen, defaults={"language": language, "seen_at": at})
    if is_new:
        record("candidate.notice_seen", subject=candidate.code, actor=actor, at=at, facts=seen)
    return candidate


@transaction.atomic
def send(*, candidate: Candidate, actor: Actor, at: datetime) -> Candidate:
    """Send the registration: from now on the keepers of the roster see it and check it; its place counts.

    Sent once, sending again changes nothing. Raises `NotAllowed` for another person's; `Blocked` with a
    finding for each page that is still to be answered.
    """
    candidate = _held(candidate, actor)
    if candidate.is_sent:
        return candidate
    draft = draft_of(candidate, timezone.localdate(at))
    if lacking := missing(draft.pages):
        raise Blocked(
            Finding("page_missing", missing_words(page.kind), {"page": page.kind.value, "key": page.key})
            for page in lacking
        )
    standing.move(candidate=candidate, reason=ReasonUse.SENDING, actor=actor, at=at)
    likeness.note(candidates=[candidate.pk], scheme=candidate.scheme_id, actor=actor, at=at)
    return held_unmerged(candidate)


@transaction.atomic
def throw_away(*, candidate: Candidate, actor: Actor, at: datetime) -> None:
    """Throw away a registration that was not sent: nothing of it stays but the ledger's line that there was
    one. Raises `NotAllowed`; `Blocked` for one that was sent: who has sent it withdraws.
    """
    candidate = _held(candidate, actor)
    if candidate.is_sent:
        text = _("You have sent this registration. To leave the roster, withdraw on your page.")
        raise Blocked(Finding("already_sent", text))

    _erased(candidate, actor=actor, at=at)


def forget_drafts(*, actor: Actor, at: datetime) -> int:
    """Throw away registrations that were never sent, so many days after they were begun as the roster says.

    Each in a transaction of its own, looked at again under its lock. Returns how many.
    """
    gone = 0
    for scheme in schemes_with_roster():
        before = at - timedelta(days=roster_of(scheme).keeping.draft_days)
        old = Candidate.objects.filter(
            scheme=scheme, status=RosterStatus.REGISTERING, started_at__lt=before, registrations=None
        )
        for candidate in old.order_by("pk"):
            with transaction.atomic():
                again = held_unmerged(candidate)
                if not again.is_sent:
                    _erased(again, actor=actor, at=at)
                    gone += 1
    return gone


def _erased(candidate: Candidate, *, actor: Actor, at: datetime) -> None:
    for rows in (LikePair.objects.filter(first=candidate), LikePair.objects.filter(second=candidate)):
        rows.delete()
    Identity.objects.filter(candidate=candidate).delete()
    for name in answering.ROWS:
        getattr(candidate, name).all().delete()
    code = candidate.code
    candidate.delete()
    record("candidate.thrown_away", subject=code, actor=actor, at=at)


def _demand_not_merged(actor: Actor, scheme: Scheme) -> None:
    if Candidate.objects.filter(account=actor.code, scheme=scheme, merged_into__isnull=False).exists():
        text = _(
            "The office put your two registrations together. Sign in with the other telephone number or "
            "e-mail address that you gave: everything is there."
        )
        raise Blocked(Finding("merged_with_another", text))


def _created(scheme: Scheme, language: str, actor: Actor, at: datetime) -> Candidate:
    return Candidate.objects.create(
        code=new_code("R"),
        scheme=scheme,
        account=actor.code,
        language=language if language in LANGUAGES else LANGUAGES[0],
        status=RosterStatus.REGISTERING,
        status_at=at,
        started_at=at,
    )


def _entered_by_others(scheme: Scheme, contact: Contact, birth_on: date) -> Candidate | None:
    """The only registration by others of who reads there and was born that day: relatives share numbers."""
    nobodys = Candidate.objects.filter(scheme=scheme, account="", identity__birth_on=birth_on)
    lasting = nobodys.exclude(status=RosterStatus.MERGED).select_related("identity").order_by("pk")
    found = [each for each in lasting if _is_reached(each.identity, contact)]
    return found[0] if len(found) == 1 else None


def _count_birthday(scheme: Scheme, *, actor: Actor, at: datetime) -> None:
    """Write down that the account said a birthday, not which; it outlasts a registration thrown away."""
    facts = {"scheme": scheme.code}
    record(people.BIRTHDAY_SAID, subject=actor.code, actor=actor, at=at, facts=facts)


def _is_reached(identity: Identity, contact: Contact) -> bool:
    by_phone = bool(contact.phone) and contact.phone == identity.phone
    return by_phone or (bool(contact.email) and contact.email == identity.email)


def _held(candidate: Candidate, actor: Actor) -> Candidate:
    found = held_unmerged(candidate)
    if not found.account or found.account != actor.code:
        raise NotAllowed(_not_yours())
    return found


def _not_yours() -> Finding:
    return Finding("not_your_registration", _("This is another person's registration."))


def _refuse(tidied: rules.Tidied, least_age: int) -> None:
    if tidied.problems:
        raise Blocked(
            Finding(code, problem_words(code, least_age, tidied.signs.get(place, "")), {"field": place})
            for place, code in tidied.problems.items()
        )


def _refuse_stale(candidate: Candidate, revision: int) -> None:
    if revision != candidate.revision:
        text = _("This was saved from another page or device since. Look at both, and save once more.")
        raise Stale(Finding("saved_elsewhere", text, {"revision": candidate.revision}))


def _saved(
    candidate: Candidate, kind: PageKind, changed: list[str], *, actor: Actor, at: datetime
) -> Candidate:
    candidate.revision += 1
    candidate.save(update_fields=["revision"])
    if "birth_on" in changed:
        _count_birthday(candidate.scheme, actor=actor, at=at)
    if kind in answering.WRITTEN_HERE:
        indexing.refresh([candidate.pk])
        told = {"page": kind.value, "fields": changed, "revision": candidate.revision}
        record("candidate.saved", subject=candidate.code, actor=actor, at=at, facts=told)
    return candidate
