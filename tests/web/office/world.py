"""The office's world for tests of its pages: law, scheme, calls, people, and messages of the demo's story."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, override_settings
from django.utils import timezone

from tests.accounts.signing_in import grant_long_ago, make_person
from tragitto.accounts.models import Organisation, User
from tragitto.accounts.queries import actor_for
from tragitto.cases.models import Case, ConflictStatement
from tragitto.demo import story
from tragitto.demo.mail import PostOffice
from tragitto.employers import actions as employers
from tragitto.employers import queries
from tragitto.employers.models import Expression
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.law import actions as law
from tragitto.law.rules import read_pack as read_law
from tragitto.records import actions as records
from tragitto.records import anchors
from tragitto.records.models import Message
from tragitto.schemes import actions as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.pack import read_pack, shipped_packs
from tragitto.schemes.vocabulary import Outcome
from tragitto.web.office.access import DOOR
from tragitto.web.signing_in import session

HOUSE = Actor.system("test")
STORY = story.told()
#: The day on which the office of the story acts, and the day before anything was filed.
OFFICE_DAY = STORY.moment(STORY.office_day)
BEFORE = STORY.moment(min(filing.at for filing in STORY.filings)) - timedelta(days=1)
YEARS = range(2024, 2028)


@dataclass
class World:
    """What stands when a test begins."""

    post: PostOffice
    calls: dict[str, Call]

    @property
    def call(self) -> Call:
        """The call that most stories are about: the first one to take filings."""
        return self.calls[STORY.filings[0].call]

    def post_filing(self, filing: story.Filing) -> Message:
        """Let a filing of the story arrive."""
        return self.take(self.post.filing(STORY, filing, self.calls[filing.call]))

    def post_oddity(self, oddity: story.Oddity) -> Message:
        """Let something else of the story arrive."""
        return self.take(self.post.oddity(STORY, oddity, self.calls[oddity.call]))

    def take(self, posted) -> Message:
        """Take a posted message in, all steps at once."""
        kept = records.take_in(posted.raw, door="cli", mailbox=posted.mailbox, actor=HOUSE, at=posted.at)
        return Message.objects.get(pk=kept.message.pk)


def build(folder: Path) -> World:
    """Load law and scheme, publish the calls, let the made-up provider be trusted."""
    law.load_pack(pack=read_law(), actor=HOUSE, at=BEFORE)
    law.load_holidays(years=YEARS, actor=HOUSE, at=BEFORE)
    for pack in shipped_packs().values():
        schemes.load(pack=read_pack(pack, rehearsal=True), actor=HOUSE, at=BEFORE, rehearsal=True)
    calls = {call.code: call for call in Call.objects.select_related("publisher").order_by("code")}
    publisher = make_person("Paola")
    for call in calls.values():
        grant_long_ago(publisher, ["publisher"], call.publisher)
        actor = actor_for(publisher, on=OFFICE_DAY.date(), door="test", organisation=call.publisher.code)
        schemes.publish(call=call, actor=actor, at=BEFORE)
    post = PostOffice.open(folder)
    (folder / anchors.FILE_NAME).write_text(anchors.text_of(post.authority.anchors().anchors))
    return World(
        post, {call.code: call for call in Call.objects.select_related("publisher").order_by("code")}
    )


@contextmanager
def building(folder: Path) -> Iterator[World]:
    """A world that is gone afterwards: built in a transaction that is never committed."""
    hashes = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(**documents(folder), PASSWORD_HASHERS=hashes), transaction.atomic():
        yield build(folder)
        transaction.set_rollback(True)


def person(name: str, *roles: str, office: Organisation) -> User:
    """Somebody of `office`, or who was there already."""
    user = User.objects.filter(full_name=name).first() or make_person(name)
    grant_long_ago(user, roles, office)
    free_of_conflicts(user, *Case.objects.filter(call__publisher=office))
    return user


def free_of_conflicts(user: User, *cases: Case) -> None:
    """`user` has said that no conflict of interest keeps them from these cases."""
    said = set(ConflictStatement.objects.filter(officer=user.code).values_list("case", flat=True))
    ConflictStatement.objects.bulk_create(
        ConflictStatement(
            case=case, officer=user.code, number=1, has_conflict=False, stated_at=case.opened_at
        )
        for case in cases
        if case.pk not in said
    )


def enter(client: Client, user: User) -> Client:
    """Sign in as the pages would have done, second factor included, and read in English."""
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    request = HttpRequest()
    request.session = client.session
    for method in ("password", "mfa"):
        record_authentication(request, user, method=method)
    session.begin(request)
    request.session.save()
    return client


def actor(user: User) -> Actor:
    """`user` as the office's pages know them."""
    return actor_for(user, on=timezone.localdate(), door=DOOR)


def settle(expression: Expression, *, actor: Actor) -> None:
    """Every finding answered in the employer's favour, through the actions."""
    free_of_conflicts(User.objects.get(code=actor.code), expression.case)
    employers.confirm_met(version=expression.current, actor=actor, at=OFFICE_DAY)
    for view in queries.unsettled(expression.current):
        answer = {"verdict": Verdict.OVERRULED, "state": State.MET, "ground": "Seen on paper."}
        employers.judge(finding=view.finding, **answer, actor=actor, at=OFFICE_DAY)


def admit(expression: Expression, *, proposer: Actor, decider: Actor) -> None:
    """Admitted by two, every finding settled, through the actions."""
    settle(expression, actor=proposer)
    free_of_conflicts(User.objects.get(code=decider.code), expression.case)
    words = {"reasons": "All is there.", "at": OFFICE_DAY}
    employers.propose(expression=expression, outcome=Outcome.ADMITTED, actor=proposer, **words)
    employers.admit(expression=expression, actor=decider, reasons=["All is there."], at=OFFICE_DAY)


def clock_shift(to: datetime) -> timedelta:
    """The setting by which the house's clock shows `to`."""
    return to - timezone.now()


def documents(folder: Path) -> dict[str, object]:
    """Settings of a house whose data lie in `folder`."""
    return {"VAR": folder, "DOCUMENTS": str(folder / "documents"), "IS_DEMONSTRATION": True}
