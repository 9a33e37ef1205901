"""The demonstration: everything arrives as it would in real use, and a second start finds it there."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.schemes.fillers.missing import missing
from tragitto.accounts import ports as texts
from tragitto.accounts import queries as people
from tragitto.accounts.models import TextMessage, User
from tragitto.candidates.models import (
    Batch,
    Candidate,
    Invitation,
    LikePair,
    NamedList,
    RosterList,
    SavedSearch,
    StatusChange,
)
from tragitto.candidates.queries import disclosure
from tragitto.cases.models import HandOver
from tragitto.demo import actions, roster_story, story
from tragitto.demo.story import Signing
from tragitto.employers.models import Enquiry, Expression, FilingDraft, Letter, Submission, Version
from tragitto.employers.queries.representing import employers_of
from tragitto.gateways.made_up import MadeUpPost
from tragitto.gateways.texting import SilentTexter
from tragitto.ledger import queries as ledger
from tragitto.ledger.rules import breaks
from tragitto.records import ports
from tragitto.records import queries as records
from tragitto.records.models import Attachment, Message, Outgoing, RegisterEntry, Trouble
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import RosterStatus
from tragitto.selection.models import Adoption, Round, Shortlisted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOLD = story.told()
ROSTER = roster_story.told()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the demonstration keeps its data."""
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="module")
def prepared(folder, django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """The demonstration, made once in a transaction that is never committed."""
    ours = override_settings(VAR=folder, DOCUMENTS=str(folder / "documents"), IS_DEMONSTRATION=True)
    before = texts.texter()
    texts.use(SilentTexter())
    with django_db_blocker.unblock(), ours, transaction.atomic():
        lines = actions.prepare(say=lambda line: None)
        connection.check_constraints()
        yield lines
        transaction.set_rollback(True)
    texts.use(before)


def unmet(name: str) -> set[str]:
    """The judges that found something wrong with the employer's filing."""
    return lacking(Expression.objects.get(employer__name__startswith=name).current)


def lacking(version: Version) -> set[str]:
    """The judges that found something wrong with this version."""
    found = version.findings.filter(run=version.run, state="unmet")
    return set(found.values_list("criterion__judge", flat=True))


def counts() -> tuple[int, ...]:
    rows = (Message, RegisterEntry, Expression, Candidate, StatusChange, Batch, Invitation, TextMessage)
    return tuple(each.objects.count() for each in rows)


def amina() -> Candidate:
    return Candidate.objects.get(identity__surnames="EL IDRISSI", identity__given_names="AMINA")


def test_every_call_of_the_story_is_published(prepared):
    published = set(Call.objects.filter(status="published").values_list("code", flat=True))

    assert published == {filing.call for filing in TOLD.filings}


def test_every_message_is_registered(prepared):
    came = len(TOLD.filings) + len(TOLD.oddities)
    receipts = sum(1 + request.is_delivered for request in TOLD.requests)
    on_line = sum(filing.is_sent for filing in TOLD.online)
    every = came + len(TOLD.requests) + receipts + len(TOLD.answers) + on_line

    assert (Message.objects.count(), RegisterEntry.objects.count()) == (every, every)


def test_each_office_has_its_own_mail_in_its_own_register_without_gaps(prepared):
    offices = {call.publisher.code for call in Call.objects.select_related("publisher")}

    assert set(Message.objects.values_list("office", flat=True)) == offices
    assert set(RegisterEntry.objects.values_list("register", flat=True)) == offices
    assert list(records.verify_register()) == []


def test_what_is_no_filing_waits_at_the_desk(prepared):
    by_hand = [filing for filing in TOLD.filings if filing.signing is Signing.BY_HAND]

    assert Message.objects.waiting().count() == len(TOLD.oddities) + len(by_hand)


@pytest.mark.parametrize(
    ("sender", "verdict", "qualified"),
    [
        ("brunomeccanica@pec.example", "intact", "qualified"),
        ("elenaimpianti@pec.example", "intact", "qualified"),
        ("lambro@pec.example", "changed-after", "qualified"),
        ("orobica@pec.example", "intact", "qualified"),
    ],
    ids=["inside", "wrapped", "refilled", "by somebody else"],
)
def test_forms_are_signed_as_the_story_says(prepared, sender, verdict, qualified):
    signatures = Attachment.objects.filter(message__sender=sender).order_by("pk").first().signatures

    assert (signatures["verdict"], signatures["signers"][0]["qualified"]) == (verdict, qualified)
    assert signatures["moment_is"] == "certified"


def test_a_form_refilled_after_signing_counts_as_it_was_signed(prepared):
    file = Attachment.objects.get(message__sender="lambro@pec.example")

    assert file.form["fields"]["profile_workers_1"] == "2"


def test_the_scanned_form_names_itself_and_waits_for_a_person(prepared):
    scan = Attachment.objects.filter(message__sender="gardesana@pec.example").order_by("pk").first().scan

    assert (scan["code"]["form"], scan["is_signed_by_hand"], scan["missing"]) == ("modulo-a", True, [])


@pytest.mark.parametrize(
    ("employer", "judges"),
    [
        ("De Luca", {"in_time"}),
        ("Negri", set()),
        ("Ferrari", {"constituted_and_active"}),
        ("Carpenteria", {"forms_complete"}),
        ("Quadri", set()),
        ("Stampi", {"unit_in_region"}),
        ("Luca Venturi", {"enterprise_not_private_person", "forms_complete"}),
    ],
)
def test_a_planted_mistake_is_found_by_its_judge(prepared, employer, judges):
    assert unmet(employer) == judges


def test_what_was_missing_is_asked_for_and_comes(prepared):
    first, second = Expression.objects.get(employer__name__startswith="Galli").versions.order_by("number")
    letter = Letter.objects.get(expression=first.expression)

    assert lacking(first) == {"delegation_complete"}
    assert lacking(second) == set()
    assert letter.reached_at == letter.outgoing.proofs.get().delivered_at


def test_a_filing_on_line_has_its_number_its_receipt_and_its_place(prepared):
    sent = Submission.objects.get()

    assert (sent.state, sent.message.version.expression.placed) == ("placed", sent.message.version)
    assert sent.receipt is not None
    assert sent.printed_receipt is not None


def test_a_draft_is_no_filing(prepared):
    (draft,) = FilingDraft.objects.unsent()

    assert not Submission.objects.filter(draft=draft).exists()
    assert not Expression.objects.filter(employer__codice_fiscale="FRLNNA82C52L407K").exists()


def test_who_asked_has_an_account_manager_who_called_back(prepared):
    answered, waiting = Enquiry.objects.order_by("made_at")

    assert [User.objects.get(code=each.manager).full_name for each in (answered, waiting)] == [
        "Carla Conti"
    ] * 2
    assert (answered.state, answered.contacts.count(), len(answered.needs)) == ("answered", 1, 1)
    assert (waiting.state, waiting.contacts.count()) == ("open", 0)


def test_the_coordinator_has_confirmed_what_was_handed_over(prepared):
    handed = HandOver.objects.get()
    elif_ = User.objects.get(full_name="Elif Demir")

    assert (handed.recipient.code, handed.accepted_by) == ("iom-italy", elif_.code)
    admitted = Expression.objects.filter(call=handed.call, case__outcome="admitted")
    assert handed.items.count() == admitted.count() > 0


def test_who_wrote_a_second_earlier_stands_first_though_fetched_later(prepared):
    first = Expression.objects.filter(call__code=TOLD.filings[0].call).order_by("place_instant")[:2]

    assert [each.employer.name.split()[0] for each in first] == ["Impianti", "Bruno"]


def test_a_second_message_of_an_employer_is_a_second_version(prepared):
    assert Expression.objects.get(employer__name__startswith="Bruno").versions.count() == 2


def test_the_first_reviews_are_done_by_two_people(prepared):
    admitted = Expression.objects.filter(case__outcome="admitted")

    assert admitted.count() == len(TOLD.reviewed.employers)
    assert all(each.case.decisions.get().proposed_by for each in admitted)


def test_what_the_office_wrote_is_proven_as_far_as_receipts_came(prepared):
    sent = Outgoing.objects.filter(state="sent").order_by("pk")
    (proven,), (waiting,) = (list(each.proofs.all()) for each in sent)

    assert (proven.recipient, proven.is_closed) == ("galliautomazioni@pec.example", True)
    assert (waiting.accepted_at is not None, waiting.is_closed) == (True, False)


def test_receipts_of_the_story_wait_for_nobody(prepared):
    receipts = Message.objects.exclude(receipt_for=None)

    assert [receipt.state for receipt in receipts] == ["filed"] * 3
    assert not Trouble.objects.filter(message__in=receipts, solved_at=None).exists()


def test_no_message_leaves_by_the_made_up_post(prepared):
    assert not isinstance(ports.post(), MadeUpPost)


def test_the_scanned_choices_are_read_as_their_labels(prepared):
    if shutil.which("tesseract") is None:
        missing("there is no tesseract here")
    scan = Attachment.objects.filter(message__sender="gardesana@pec.example").order_by("pk").first().scan
    words = TOLD.words_of(next(each for each in TOLD.filings if each.signing is Signing.BY_HAND))
    choices = ("size", "signatory_role", "housing_offered", "profile_1")

    assert [scan["proposals"][name]["text"] for name in choices] == [words[name] for name in choices]


def test_people_stand_everywhere_on_the_roster(prepared):
    everywhere = set(RosterStatus) - {RosterStatus.MERGED}  # two of them wait to be recognised as one

    assert set(Candidate.objects.values_list("status", flat=True)) == everywhere
    assert Candidate.objects.count() == len(ROSTER.own) + sum(each.people for each in ROSTER.lists)


def test_amina_waits_with_an_invitation_of_an_admitted_firm(prepared):
    invitation = amina().invitations.earliest("invited_at")
    firm = Expression.objects.get(employer__code=invitation.recipient)

    assert (amina().status, amina().documents.get().is_verified) == ("active", True)
    assert (invitation.answer, firm.case.outcome) == ("", "admitted")
    assert amina().identity.confirmed_by == User.objects.get(full_name="Dario Denti").code


def test_a_firm_sees_the_name_of_who_accepted_alone(prepared):
    anna, today = User.objects.get(full_name="Anna Furlan"), TOLD.office_day.date()
    actor = people.actor_for(anna, on=today, door="portal")
    firms = [each.code for each in employers_of(actor=actor, on=today)]
    shown = disclosure.shown_to(firms, on=today)

    assert [each.sheet.surnames for each in shown if each.is_named] == ["ZAHRAOUI"]
    assert {each.sheet.surnames for each in shown if not each.is_named} == {None}


def test_one_pair_looks_like_one_person(prepared):
    pair = LikePair.objects.get()

    assert pair.state == "open"
    assert {pair.first.identity.surnames, pair.second.identity.surnames} == {"BENALI", "BEN ALI"}


def test_a_list_with_mistakes_was_tried_and_not_entered(prepared):
    tried = Batch.objects.get(name=ROSTER.tried.name)

    assert tried.state == "checked"
    assert tried.counts == {"new": 1, "refused": 8, "changed": 1, "same": 1, "doubtful": 1, "kept": 1}
    assert Batch.objects.filter(state="applied").count() == len(ROSTER.lists)


def test_a_place_comes_back_with_a_placement_that_fell_through(prepared):
    changes = StatusChange.objects.filter(reason="fell-through").select_related("candidate")

    assert [each.candidate.seniority_at for each in changes] == [TOLD.moment(ROSTER.lists[0].at)]


def test_a_list_of_names_waits_for_a_second_person(prepared):
    names = NamedList.objects.get()

    assert (names.released_at, names.entries.count()) == (None, len(ROSTER.names_for.people))
    assert RosterList.objects.get().entries.count() == len(ROSTER.working_list.people)
    assert SavedSearch.objects.get().is_shared


def test_a_round_is_under_way_and_its_shortlists_are_shown(prepared):
    (begun,) = Round.objects.all()

    assert begun.is_open
    assert Shortlisted.objects.filter(published_at=None).count() == 0
    assert Adoption.objects.get().run.proof["faults"] == []


def test_what_was_written_to_people_has_left(prepared):
    assert set(TextMessage.objects.values_list("state", flat=True)) == {"sent"}


def test_the_ledger_holds(prepared):
    assert list(breaks(ledger.chain())) == []


def test_the_lines_say_who_signs_in_and_how(prepared):
    everybody = [*TOLD.people, *TOLD.guests]
    offered = [own for own in ROSTER.own if own.said]
    assert all(any(person.email in line for line in prepared) for person in everybody)
    assert all(any(own.address in line for line in prepared) for own in offered)
    assert sum("secret" in line for line in prepared) == len(TOLD.people)
    assert sum("      password" in line for line in prepared) == len(everybody)
    assert sum("/sign-in/code/" in line for line in prepared) == len(offered)


def test_a_start_taken_up_half_way_doubles_nothing(prepared, folder):
    before = counts()

    (folder / "demonstration-seeded").unlink()
    actions.prepare(say=lambda line: None)

    assert counts() == before
