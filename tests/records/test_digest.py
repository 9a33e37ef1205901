"""The daily digest: what went wrong, in codes alone, for those who look after an office."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tests.records.conftest import BRUNO, OFFICE
from tests.records.made_up_mailbox import DAY, connected_mailbox, fetch, first_folder, raw, reconcile  # noqa: F401
from tragitto.accounts.models import Membership, User
from tragitto.gateways.made_up import MadeUpFolder
from tragitto.kernel.actors import Actor
from tragitto.records import actions, queries
from tragitto.records.actions.troubles import About, note
from tragitto.records.models import DigestSent
from tragitto.records.queries import Digest
from tragitto.records.vocabulary import Problem

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("task")


def digest(office: str = "office", *, until=NOON + DAY) -> Digest:
    return queries.digest(office=office, since=until - DAY, until=until)


def person(code: str, *roles: str, office: str = "office", language: str = "en", **membership) -> User:
    user = User.objects.create(
        code=code, email=f"{code.lower()}@ufficio.example", joined_at=NOON, language=language
    )
    Membership.objects.create(
        user=user,
        organisation=make_organisation(office),
        roles=list(roles),
        **{"starts_on": NOON.date(), **membership},
    )
    return user


@pytest.fixture
def trouble(inbox, mailbox):
    """A message that the server withholds."""
    mailbox.withholds = {inbox.put(raw(1))}
    fetch()


def test_where_nothing_went_wrong_it_is_empty(mailboxes):
    assert (digest().is_empty, digest().counts) == (True, {})


def test_it_counts_and_names_what_went_wrong(trouble):
    found = digest()

    assert found.counts == {Problem.MAIL_NOT_FETCHED: 1}
    assert found.lines == (
        f"{OFFICE};uid=1: A message of a mailbox could not be fetched; the house tries again by itself.",
    )


def test_what_waits_at_the_desk_since_then_has_a_line(take, submission):
    message = take(submission)

    assert digest().lines == (f"{message.code}: Nobody could tell with certainty where it belongs.",)
    later = digest(until=NOON + DAY * 3)
    assert (later.lines, later.at_the_desk) == ((), 1)


def test_what_is_still_open_from_before_is_told_again(trouble):
    assert len(digest(until=NOON + DAY * 5).lines) == 1


def test_what_has_been_mended_is_counted_and_has_no_line(trouble, mailbox):
    mailbox.withholds = set()
    fetch(NOON + DAY / 2)

    assert (digest().counts, digest().lines) == ({Problem.MAIL_NOT_FETCHED: 1}, ())


def test_what_was_solved_before_is_not(trouble, mailbox):
    mailbox.withholds = set()
    fetch(NOON + DAY)

    assert digest(until=NOON + DAY * 5).is_empty


def test_a_comparison_that_found_messages_not_in_the_house_has_a_line(trouble):
    reconcile(NOON + timedelta(hours=1))

    assert f"{OFFICE}: a folder was compared; on the server: 1, not in the house: 1" in digest().lines


def test_no_folder_is_named_for_offices_name_them_after_people(mailbox):
    folder = mailbox.held["Elif;uidvalidity=3;uid=4"] = MadeUpFolder()
    mailbox.withholds = {folder.put(raw(1))}
    reconcile(NOON + timedelta(hours=1))
    closed = About(file_name=f"{OFFICE}/Bruno/Bianchi")
    note(closed, problem=Problem.FOLDER_UNREACHABLE, detail="", actor=SYSTEM, at=NOON + timedelta(hours=2))

    lines = digest().lines

    assert [line.split(": ")[0] for line in lines] == [f"{OFFICE};uid=1", OFFICE, OFFICE]
    assert not any(word in line for line in lines for word in ("Elif", "Bruno", "uid=4", "INBOX"))


def test_another_office_is_not_told_of_it(trouble):
    assert digest("another-office").is_empty


def test_no_name_and_no_subject_is_told(take, submission, mailboxes):
    take(submission)
    note(
        About(file_name="Bruno Bianchi.eml"), problem=Problem.FILE_NOT_TAKEN, detail="", actor=SYSTEM, at=NOON
    )

    told = "\n".join(digest().lines)

    assert "TRAGITTO_INBOX: " in told
    assert not any(word in told for word in ("Bruno", BRUNO, "Manifestazione"))


def test_the_lines_are_in_the_language_of_the_moment(trouble):
    with translation.override("en"):
        in_english = digest().lines
    with translation.override("it"):
        assert isinstance(digest().lines[0], str)
        assert len(digest().lines) == len(in_english)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_six_queries_however_much_went_wrong(take, mailbox, inbox, count, django_assert_num_queries):
    for number in range(count):
        take(raw(number))
        mailbox.withholds.add(inbox.put(raw(10 + number)))
    fetch()

    with django_assert_num_queries(6):
        found = digest()

    assert len(found.lines) == count * 2


# It leaves


def send_digests(at=NOON + DAY) -> list[str]:
    return actions.send_digests(actor=SYSTEM, at=at)


def test_the_administrators_of_the_office_get_it_by_mail(trouble):
    person("U-ADA", "administrator", "officer")
    person("U-CARLA", "officer")
    person("U-ELSEWHERE", "administrator", office="another-office")

    assert send_digests() == ["office"]
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (
        ["u-ada@ufficio.example"], "[Tragitto] 1 thing about the mail needs somebody"
    )  # fmt: skip
    assert f"- {OFFICE};uid=1: A message of a mailbox" in letter.body


def test_it_leaves_once_a_day(trouble):
    person("U-ADA", "administrator")

    told = [send_digests(), send_digests(), send_digests(NOON + DAY * 2)]

    assert (told, len(mail.outbox), DigestSent.objects.count()) == ([["office"], [], ["office"]], 2, 2)


def test_where_nothing_went_wrong_nothing_leaves(mailboxes):
    person("U-ADA", "administrator")

    assert (send_digests(), mail.outbox) == ([], [])


def test_nobody_who_has_left_gets_it(trouble):
    person("U-ADA", "administrator", ends_on=(NOON + DAY).date())
    asleep = person("U-OTHER", "administrator")
    User.objects.filter(pk=asleep.pk).update(is_active=False)

    assert (send_digests(), mail.outbox) == ([], [])
