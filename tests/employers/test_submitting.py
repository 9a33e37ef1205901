"""Sending on line: acknowledged once at the server's moment, then taken in like any other filing."""

import json
from copy import copy
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.employers.making import ANNA as NUMBER_OF_ANNA
from tests.employers.making import PERSON, Sent, letter, modulo, rome, states
from tests.employers.sending import (
    ANNA,
    AS_BRUNO,
    BRUNO,
    HOUSE,
    answered,
    draft,
    entry_of,
    expression_of,
    sent,
    taken,
)
from tragitto.employers import actions
from tragitto.employers.actions import submitting, taking_in
from tragitto.employers.models import (
    CoSignature,
    DraftPaper,
    Expression,
    FilingDraft,
    Representation,
    Submission,
)
from tragitto.employers.queries import submissions as queries
from tragitto.employers.rules import Identified
from tragitto.employers.vocabulary import InstantKind, PaperKind, SubmissionState
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.records import receipts
from tragitto.records.models import Message
from tragitto.records.queries import content
from tragitto.records.vocabulary import MessageState
from tragitto.schemes.vocabulary import FormRole

IN_TIME = rome(2024, 12, 30, 12)
AS_ANNA = Identified(codice_fiscale=NUMBER_OF_ANNA, means="spid")
SIGNATURE = "signed_by_the_right_person"
OTHER_NAME = {"signatory_name": "Anna Bianchi", "signatory_codice_fiscale": NUMBER_OF_ANNA}


def submit(it, by=BRUNO, at=IN_TIME, who=AS_BRUNO):
    return actions.submit(draft=it, identified=who, actor=by, at=at)


def codes_of(refusal):
    return [finding.code for finding in refusal.value.findings]


def main_of(version):
    """The main form as it was read."""
    (form,) = [each for each in version.facts["forms"] if each["role"] == FormRole.MAIN]
    return form


# --- sending ---


def test_sending_writes_down_what_was_said_and_when(emilia):
    it = draft(emilia)

    submission = submit(it)

    told = json.loads(submission.content)
    (form,) = told["forms"]
    assert (submission.received_at, submission.state) == (IN_TIME, SubmissionState.RECEIVED)
    assert submission.sha256 == sha256_hex(submission.content.encode())
    assert (told["code"], told["call"], told["account"]) == (submission.code, emilia.code, BRUNO.code)
    assert form["answers"]["enterprise_name"] == "Officine Bruno srl"
    assert form["answers"]["declares_contributions"] == "Yes"
    assert told["identified"] == [
        {
            "account": "U-BRUNO",
            "codice_fiscale": PERSON,
            "means": "spid",
            "language": "it",
            "at": IN_TIME.isoformat(),
        }
    ]
    assert FilingDraft.objects.get(pk=it.pk).sent_at == IN_TIME


def test_what_was_declared_is_kept_in_the_words_that_were_shown(emilia):
    told = json.loads(submit(draft(emilia)).content)

    (form,) = told["declarations"]
    assert "DPR 445/2000" in form["terms"]["it"]
    assert {each["place"] for each in form["declared"]} >= {"declares_contributions", "consents_to_sharing"}


def test_what_was_written_after_the_press_is_never_sent_as_of_the_press(emilia):
    """Two devices: one presses and waits, the other saves meanwhile."""
    later = IN_TIME + timedelta(seconds=1)
    it = draft(emilia, at=later)

    assert submit(it, at=IN_TIME).received_at == later


def a_late_paper(it, at):
    DraftPaper.objects.create(
        draft=it,
        code="P-LATE",
        kind=PaperKind.OTHER,
        name="late.pdf",
        sha256=sha256_hex(b"late"),
        size=4,
        content=b"late",
        added_at=at,
    )


def a_late_signature(it, at):
    CoSignature.objects.create(
        draft=it,
        code="N-LATE",
        token_hash="late",
        asked_at=IN_TIME,
        sha256=sha256_hex(b"late"),
        account=ANNA.code,
        codice_fiscale=NUMBER_OF_ANNA,
        means="spid",
        signed_at=at,
    )


@pytest.mark.parametrize("add", [a_late_paper, a_late_signature])
def test_what_was_added_after_the_press_moves_the_moment_too(emilia, add):
    later = IN_TIME + timedelta(seconds=1)
    it = draft(emilia)
    add(it, later)

    assert submit(it).received_at == later


def test_the_same_draft_again_is_the_same_filing(emilia):
    it = draft(emilia)

    first, second = submit(it), submit(it, at=IN_TIME + timedelta(minutes=1))

    assert first == second
    assert Submission.objects.get().received_at == IN_TIME


def test_the_ledger_tells_codes_alone(emilia):
    submission = submit(draft(emilia))

    entry = Entry.objects.get(verb="filing.sent")
    assert (entry.subject, entry.actor, entry.at) == (submission.code, BRUNO.code, IN_TIME)
    assert sorted(entry.facts) == ["call", "draft", "sha256"]


def test_nobody_sends_anothers_draft(emilia):
    with pytest.raises(NotAllowed):
        submit(draft(emilia), by=ANNA)

    assert Submission.objects.count() == 0


def test_the_house_itself_sends_nothing_for_anybody(emilia):
    with pytest.raises(NotAllowed):
        submit(draft(emilia), by=HOUSE)


def test_a_draft_that_lacks_something_is_not_sent(emilia):
    with pytest.raises(Blocked) as refusal:
        submit(draft(emilia, enterprise_name=None))

    assert codes_of(refusal) == ["not_answered"]
    assert Submission.objects.count() == 0


def test_a_draft_thrown_away_is_not_sent(emilia):
    it = draft(emilia)
    FilingDraft.objects.filter(pk=it.pk).update(discarded_at=IN_TIME)

    with pytest.raises(Blocked) as refusal:
        submit(it)

    assert codes_of(refusal) == ["discarded"]


def test_a_call_by_certified_mail_alone_takes_nothing_on_line(lombardia):
    with pytest.raises(Blocked) as refusal:
        submit(draft(lombardia, unit_municipality_1="Bergamo", unit_province_1="BG"))

    assert codes_of(refusal) == ["not_on_line"]


def test_a_call_not_published_takes_nothing(emilia):
    it = draft(emilia)
    it.call = copy(it.call)
    it.call.status = "draft"

    assert [finding.code for finding in submitting.unfit(it, IN_TIME)] == ["not_on_line"]


def test_before_the_call_opens_the_answers_are_kept_and_nothing_is_sent(emilia):
    with pytest.raises(Blocked) as refusal:
        submit(draft(emilia), at=rome(2024, 6, 30, 23, 59, 59))

    assert codes_of(refusal) == ["not_open_yet"]


def test_what_was_sent_cannot_be_rewritten(emilia):
    submission = submit(draft(emilia))

    for change in ({"content": "{}"}, {"received_at": IN_TIME - timedelta(hours=1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Submission.objects.filter(pk=submission.pk).update(**change)


def test_sending_costs_the_same_however_many_papers(emilia, django_assert_num_queries):
    submit(draft(emilia, account=ANNA.code), by=ANNA)
    it = queries.sendable(BRUNO, draft(emilia).code)

    with django_assert_num_queries(7):
        submit(it)


# --- what becomes of it ---


def test_what_was_sent_becomes_an_expression_at_the_moment_we_acknowledged_it(emilia):
    submission = taken(sent(emilia, at=IN_TIME))

    expression = expression_of(submission)
    version = expression.current
    assert submission.state == SubmissionState.PLACED
    assert (version.instant, version.instant_kind) == (IN_TIME, InstantKind.RECEIVED)
    assert (version.identifier, expression.place_identifier) == (submission.code, submission.code)
    assert expression.employer.name == "Officine Bruno srl"


def test_the_register_names_the_enterprise_the_office_and_our_moment(emilia):
    entry = entry_of(taken(sent(emilia, at=IN_TIME)))

    assert (entry.number, entry.sender) == (1, "Officine Bruno srl")
    assert entry.recipients == [emilia.publisher.name]
    assert (entry.original_at, entry.document_sha256) == (IN_TIME, Submission.objects.get().sha256)


def test_who_is_known_by_identity_needs_no_signature(emilia):
    submission = taken(sent(emilia, at=IN_TIME))

    assert states(expression_of(submission))[SIGNATURE] == "met"


def test_a_password_says_nothing_of_who_files(emilia):
    submission = taken(sent(emilia, at=IN_TIME, who=None))

    assert states(expression_of(submission))[SIGNATURE] == "unmet"


def test_who_is_not_the_person_named_has_not_signed(emilia):
    submission = taken(sent(emilia, at=IN_TIME, by=ANNA, who=AS_ANNA))

    assert states(expression_of(submission))[SIGNATURE] == "unmet"


def test_who_filed_by_identity_is_noted_and_confirmed_by_nobody(emilia):
    taken(sent(emilia, at=IN_TIME))

    known = Representation.objects.get()
    assert (known.account, known.confirmed, known.call) == (BRUNO.code, "", emilia)


def test_one_second_too_late_is_taken_and_judged_late(emilia):
    submission = taken(sent(emilia, at=rome(2025, 1, 1, 0, 0, 0)))

    assert states(expression_of(submission))["in_time"] == "unmet"


def test_the_last_instant_of_the_day_is_in_time(emilia):
    submission = taken(sent(emilia, at=rome(2024, 12, 31, 23, 59, 59, 999999)))

    assert states(expression_of(submission))["in_time"] == "met"


def test_the_answers_are_read_as_those_of_the_form_as_pdf(emilia):
    """The same words, on line and in a file, are the same facts."""
    ours = main_of(expression_of(taken(sent(emilia, at=IN_TIME))).current)
    places = {slot: words for slot, words in answered(emilia).items() if isinstance(words, str)}
    by_mail = letter(emilia, modulo(emilia, **places), sent=Sent(at=IN_TIME))

    filed = actions.receive(message=by_mail, call=emilia, actor=HOUSE, at=IN_TIME, is_chosen=True)

    theirs = main_of(filed.version)
    assert (ours["facts"], ours["missing"]) == (theirs["facts"], theirs["missing"])


def test_taking_in_again_changes_nothing(emilia):
    submission = sent(emilia, at=IN_TIME)
    for _each in range(3):
        actions.take_in_submission(code=submission.code, actor=HOUSE, at=IN_TIME, by_job=False)
    taken(submission)

    assert Message.objects.count() == Expression.objects.count() == entry_of(submission).number == 1


def test_the_same_account_may_complete_what_it_sent(emilia):
    taken(sent(emilia, at=IN_TIME))

    second = taken(sent(emilia, at=IN_TIME + timedelta(hours=1), profile_workers_1="5"))

    assert second.state == SubmissionState.PLACED
    assert expression_of(second).versions.count() == 2


def test_another_account_waits_for_a_person_and_keeps_its_moment(emilia):
    taken(sent(emilia, at=IN_TIME))

    second = taken(sent(emilia, at=IN_TIME + timedelta(hours=1), by=ANNA, who=AS_ANNA))

    assert (second.state, second.message.state) == (SubmissionState.SORTING, MessageState.SORTING)
    assert Expression.objects.get().versions.count() == 1
    assert second.receipt is not None


def test_placed_by_a_person_it_counts_from_its_moment(emilia):
    taken(sent(emilia, at=IN_TIME))
    later = IN_TIME + timedelta(hours=1)
    waiting = taken(sent(emilia, at=later, by=ANNA, who=AS_ANNA))

    filed = actions.receive(
        message=waiting.message, call=emilia, actor=HOUSE, at=later + timedelta(days=1), is_chosen=True
    )

    waiting.refresh_from_db()
    assert (filed.version.instant, waiting.state) == (later, SubmissionState.PLACED)


def test_a_confirmed_representative_is_no_stranger(emilia):
    first = expression_of(taken(sent(emilia, at=IN_TIME)))
    Representation.objects.create(
        code="R-ANNA",
        employer=first.employer,
        account=ANNA.code,
        capacity="legal_representative",
        powers=["supplement"],
        starts_on=IN_TIME.date(),
        declared_at=IN_TIME,
        confirmed="office",
        confirmed_by="U-CARLA",
        confirmed_at=IN_TIME,
    )

    second = taken(sent(emilia, at=IN_TIME + timedelta(hours=1), by=ANNA, who=None))

    assert second.state == SubmissionState.PLACED


def test_an_enterprise_named_as_somebodys_certified_address_opens_no_door(emilia):
    """What somebody types as a name must not pass for the certified sender of earlier mail."""
    by_mail = letter(emilia, modulo(emilia), sent=Sent(at=IN_TIME))
    actions.receive(message=by_mail, call=emilia, actor=HOUSE, at=IN_TIME)

    second = taken(
        sent(emilia, at=IN_TIME + timedelta(hours=1), by=ANNA, who=None, enterprise_name=by_mail.sender)
    )

    assert second.state == SubmissionState.SORTING


def test_content_changed_behind_our_back_is_not_registered(emilia, monkeypatch):
    submission = sent(emilia, at=IN_TIME)
    monkeypatch.setattr("tragitto.employers.actions.taking_in.sha256_hex", lambda _raw: "0" * 64)

    with pytest.raises(taking_in.ContentChanged):
        actions.take_in_submission(code=submission.code, actor=HOUSE, at=IN_TIME)

    assert Message.objects.count() == 0


# --- receipts ---


def test_the_receipt_states_number_moment_and_content(emilia):
    submission = taken(sent(emilia, at=IN_TIME))

    facts = receipts.checked(content(submission.receipt), receipts.public_keys())
    assert facts["filing"] == submission.code
    assert facts["received_at"] == "2024-12-30T12:00:00.000000+01:00"
    assert facts["content_sha256"] == submission.sha256
    assert facts["protocol"]["number"] == entry_of(submission).number


def test_the_printed_receipt_is_a_pdf(emilia):
    submission = taken(sent(emilia, at=IN_TIME))

    assert content(submission.printed_receipt).startswith(b"%PDF-1.7")


def test_the_receipt_does_not_wait_for_the_judges(emilia):
    submission = sent(emilia, at=IN_TIME)

    given = actions.take_in_submission(code=submission.code, actor=HOUSE, at=IN_TIME, by_job=False)

    assert given.receipt is not None
    assert Expression.objects.count() == 0


def test_a_receipt_given_stays(emilia):
    submission = taken(sent(emilia, at=IN_TIME))

    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(receipt=submission.printed_receipt)


# --- questions ---


def test_nobody_else_sees_what_was_sent(emilia, stranger):
    submission = sent(emilia, at=IN_TIME)

    for other in (ANNA, stranger):
        with pytest.raises(NotFound):
            queries.submission_page(other, submission.code)


def test_what_waits_is_named_in_the_order_of_arrival(emilia):
    later = sent(emilia, at=IN_TIME + timedelta(seconds=1))
    earlier = sent(emilia, at=IN_TIME)

    assert queries.waiting_to_be_taken_in() == [earlier.code, later.code]


def test_a_further_profile_row_is_read(emilia):
    more = {"profile_2": answered(emilia)["profile_1"], "profile_workers_2": "3", "profile_tasks_2": "tornio"}

    submission = taken(sent(emilia, at=IN_TIME, **more))

    rows = main_of(expression_of(submission).current)["facts"]["profiles"]
    assert [row["workers"] for row in rows] == [2, 3]
