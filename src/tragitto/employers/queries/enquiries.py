"""Questions about requests for information: whose they are, what waits, what the firms need."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from tragitto.accounts import queries as accounts
from tragitto.accounts.models import Organisation, User
from tragitto.accounts.vocabulary import Role
from tragitto.agenda.models import Task
from tragitto.employers.models import Assignment, Contact, Enquiry, Portfolio
from tragitto.employers.rules.managers import Candidate
from tragitto.employers.vocabulary import EnquiryState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call, Scheme
from tragitto.schemes.vocabulary import CallStatus

#: What an account manager has to do about a request: the word of its task.
CALL_BACK = "call_back"
_SALT = "tragitto.employers.enquiry"
_OVER = (EnquiryState.CLOSED, EnquiryState.CONVERTED)


@dataclass(frozen=True)
class EnquiryPage:
    """One request with all that happened to it, and what its people are called."""

    enquiry: Enquiry
    task: Task | None
    assignments: tuple[Assignment, ...]
    contacts: tuple[Contact, ...]
    names: dict[str, str]


@dataclass(frozen=True)
class Needed:
    """How many people of one profile the enterprises of one province say that they need."""

    profile: str
    province: str
    enterprises: int
    workers: int
    first_start: str


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_of(code: str) -> str:
    """The secret in the address at which an enterprise sees its request; nothing of it is stored."""
    return salted_hmac(_SALT, code, algorithm="sha256").hexdigest()


def get_for(actor: Actor, code: str) -> Enquiry:
    """The request of this code; raises `NotFound` when there is none the actor may see. One query."""
    return _one(_whole(Enquiry.objects.visible_to(actor)).filter(code=code), code)


def with_secret(secret: str) -> Enquiry:
    """The request behind a secret address; raises `NotFound`. One query."""
    return _one(_whole(Enquiry.objects.all()).filter(token_hash=hash_of(secret)), "secret")


def own(actor: Actor) -> QuerySet[Enquiry]:
    """What the person asked while signed in, the latest first, with its next date as `due_at`. One query."""
    mine = Enquiry.objects.filter(account=actor.code) if actor.code else Enquiry.objects.none()
    return _with_task(_whole(mine)).order_by("-made_at", "pk")


def waiting(
    *, actor: Actor, at: datetime, whose: str = "", call: str = "", state: str = ""
) -> QuerySet[Enquiry]:
    """The requests of the actor's office, each with its task's `due_at` and `level`. One query.

    `whose`: "mine", "nobody" (not given to anybody), "overdue", "over"; all open ones otherwise. Those that
    were passed on stand first, then those that are due first.
    """
    rows = _with_task(_whole(Enquiry.objects.visible_to(actor)))
    rows = rows.filter(state__in=_OVER) if whose == "over" else rows.exclude(state__in=_OVER)
    narrowed = {
        "mine": Q(manager=actor.code),
        "nobody": Q(manager=""),
        "overdue": Q(due_at__lt=at),
    }.get(whose)
    rows = rows.filter(narrowed) if narrowed else rows
    rows = rows.filter(call__code=call) if call else rows
    rows = rows.filter(state=state) if state else rows
    return rows.order_by(F("level").desc(nulls_last=True), F("due_at").asc(nulls_last=True), "made_at", "pk")


def tally(*, actor: Actor, at: datetime) -> dict[str, int]:
    """How many open requests there are: all, mine, nobody's, overdue. One query."""
    rows = _with_task(Enquiry.objects.visible_to(actor).exclude(state__in=_OVER))
    return rows.aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(manager=actor.code)),
        nobody=Count("pk", filter=Q(manager="")),
        overdue=Count("pk", filter=Q(due_at__lt=at)),
    )


def enquiry_page(*, actor: Actor, code: str) -> EnquiryPage:
    """One request with its task, who had it, what was said. Five queries, however much was said."""
    enquiry = get_for(actor, code)
    assignments = tuple(enquiry.assignments.order_by("number"))
    contacts = tuple(enquiry.contacts.order_by("number"))
    people = [enquiry.manager, *(each.manager for each in assignments)]
    people += [each.given_by for each in assignments] + [each.recorded_by for each in contacts]
    return EnquiryPage(enquiry, task_of(enquiry), assignments, contacts, accounts.names_of(people))


def task_of(enquiry: Enquiry) -> Task | None:
    """What is to be done about the request, by when, by whom; None when nothing is. One query."""
    return Task.objects.open().filter(subject=enquiry.code, kind=CALL_BACK).first()


def may_manage(office: str, *, on: date) -> list[User]:
    """Who may be an account manager of this office on that day: its case officers, by name. One query."""
    in_force = Q(memberships__ends_on=None) | Q(memberships__ends_on__gt=on)
    found = User.objects.filter(
        in_force,
        is_active=True,
        memberships__organisation__code=office,
        memberships__starts_on__lte=on,
        memberships__roles__contains=[Role.OFFICER],
    )
    return list(found.distinct().order_by("full_name", "code"))


def portfolios(*, actor: Actor) -> QuerySet[Portfolio]:
    """Who looks after what in the actor's office, those in force and those to come first. One query."""
    rows = Portfolio.objects.select_related("scheme", "organisation")
    own_ones = rows if actor.is_system else rows.filter(organisation__code=actor.organisation)
    return own_ones.order_by(F("ends_on").desc(nulls_first=True), "manager", "pk")


def portfolio_for(actor: Actor, code: str) -> Portfolio:
    """The portfolio of this code in the actor's office; raises `NotFound`. One query."""
    if (portfolio := portfolios(actor=actor).filter(code=code).first()) is None:
        raise NotFound(code)
    return portfolio


def schemes_of(actor: Actor) -> list[Scheme]:
    """The schemes in which the actor's office publishes calls, and so is asked, by code. One query."""
    return list(Scheme.objects.filter(calls__publisher__code=actor.organisation).distinct().order_by("code"))


def asked_calls(actor: Actor) -> list[Call]:
    """The published calls of the actor's office that take requests for information, by code. One query."""
    own = Call.objects.filter(publisher__code=actor.organisation, status=CallStatus.PUBLISHED)
    whole = own.select_related("scheme", "region", "publisher").order_by("code")
    return [call for call in whole if schemes.enquiries_of(call) is not None]


def asked_call(actor: Actor, code: str) -> Call:
    """One of `asked_calls`. Raises `NotFound`. One query."""
    call = next((each for each in asked_calls(actor) if each.code == code), None)
    if call is None:
        raise NotFound(code)
    return call


def candidates(scheme: Scheme, organisation: Organisation, *, on: date) -> list[Candidate]:
    """The portfolios in force on that day, each with what its manager has to do. Four queries."""
    present = {user.code for user in may_manage(organisation.code, on=on)}
    in_force = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Portfolio.objects.filter(in_force, scheme=scheme, organisation=organisation, starts_on__lte=on)
    rows = rows.filter(manager__in=present).order_by("code")
    managers = {row.manager for row in rows}
    given = Assignment.objects.filter(manager__in=managers, enquiry__organisation=organisation)
    last = dict(given.values_list("manager").annotate(Max("given_at")).order_by("manager"))
    still = Enquiry.objects.filter(organisation=organisation, manager__in=managers, state=EnquiryState.OPEN)
    load = dict(still.values_list("manager").annotate(Count("pk")).order_by("manager"))
    return [
        Candidate(
            manager=row.manager,
            portfolio=row.code,
            provinces=frozenset(row.provinces),
            divisions=frozenset(row.divisions),
            share=row.share,
            open_enquiries=load.get(row.manager, 0),
            last_given_at=last.get(row.manager),
        )
        for row in rows
    ]


def needs(*, actor: Actor, call: str = "") -> list[Needed]:
    """What the enterprises need, profile by profile and province by province: what courses are planned on.

    A request that was closed without a filing is counted too, for the need was there. One query.
    """
    rows = Enquiry.objects.visible_to(actor).exclude(needs=[])
    rows = rows.filter(call__code=call) if call else rows
    return _summed(rows.order_by("pk").values_list("code", "needs"))


def _summed(rows: Iterable[tuple[str, list[dict[str, object]]]]) -> list[Needed]:
    enterprises: dict[tuple[str, str], set[str]] = {}
    workers: dict[tuple[str, str], int] = {}
    starts: dict[tuple[str, str], str] = {}
    for code, lines in rows:
        for line in lines:
            key = str(line["profile"]), str(line["province"])
            enterprises.setdefault(key, set()).add(code)
            workers[key] = workers.get(key, 0) + int(str(line["workers"]))
            start = str(line.get("start") or "")
            starts[key] = min(filter(None, (starts.get(key, ""), start)), default="")
    return [
        Needed(profile, province, len(enterprises[profile, province]), count, starts[profile, province])
        for (profile, province), count in sorted(workers.items())
    ]


def _with_task(rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    task = Task.objects.open().filter(subject=OuterRef("code"), kind=CALL_BACK)
    return rows.annotate(due_at=Subquery(task.values("due_at")[:1]), level=Subquery(task.values("level")[:1]))


def _whole(rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    return rows.select_related("scheme", "call__publisher", "call__region", "organisation", "draft")


def _one(rows: QuerySet[Enquiry], code: str) -> Enquiry:
    if (enquiry := rows.first()) is None:
        raise NotFound(code)
    return enquiry
