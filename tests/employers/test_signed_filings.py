"""Signed and printed forms on their way to an expression: which file counts, whom a signature makes known."""

import msgspec
import pytest

from tests.conftest import NOON
from tests.employers.making import (
    ANNA,
    COMPANY,
    HOUSE,
    OTHER,
    Paper,
    Sent,
    company,
    finding,
    letter,
    modulo,
    printed,
    rome,
    signed,
    signer,
    states,
)
from tragitto.employers import queries, reading
from tragitto.employers.models import Expression, Version
from tragitto.employers.rules import FilingFacts
from tragitto.ledger.models import Entry
from tragitto.records import actions as records
from tragitto.records.models import Message, Transcription
from tragitto.records.vocabulary import MessageState
from tragitto.schemes.vocabulary import FormRole
from tragitto_pec.signatures.vocabulary import Chain, FileVerdict, Qualified, Revocation

pytestmark = pytest.mark.django_db
MALLORY = "mallory@pec.another.example"
TODAY = NOON.date()
#: What Bruno writes of the one profile he asks for.
PROFILE = ("profile_1", "profile_workers_1", "profile_tasks_1")


def placed(message: Message) -> Message:
    return records.place_by_itself(code=message.code, actor=HOUSE, at=NOON)


def waits(message: Message) -> bool:
    """Whether the house leaves it to a person."""
    return placed(message).state == MessageState.SORTING


def later(number: str = "", **changes):
    """The signature of somebody on the day after the first one."""
    changes = {"claimed_at": rome(2025, 7, 1, 18), **changes}
    return signer(number, **changes) if number else signer(**changes)


# --- which file counts -------------------------------------------------------------------------------------


def test_a_form_signed_by_bruno_leaves_nothing_to_a_person(file, lombardia):
    expression = file(signed(modulo(lombardia)))

    assert set(states(expression).values()) == {"met"}


def test_bruno_sends_the_form_and_the_signed_form_and_files_once(lombardia):
    unsigned = modulo(lombardia)
    twin = signed(modulo(lombardia))
    twin.name = "modulo-a.pdf.p7m"

    message = placed(letter(lombardia, unsigned, twin))

    expression = Expression.objects.get()
    assert message.state == MessageState.FILED
    assert states(expression)["signed_by_the_right_person"] == "met"
    assert finding(expression, "signed_by_the_right_person").evidence[-1]["attachment"] == twin.name


def test_two_forms_that_say_different_things_are_two_filings_though_one_is_signed(lombardia):
    other = signed(modulo(lombardia, profile_workers_1="9"))

    assert waits(letter(lombardia, modulo(lombardia), other))


@pytest.mark.parametrize("verdict", [FileVerdict.ALTERED, FileVerdict.REFUSED])
def test_a_form_that_was_tampered_with_waits_for_a_person(lombardia, verdict):
    assert waits(letter(lombardia, signed(modulo(lombardia), verdict=verdict)))


def test_a_form_that_shows_another_employer_than_it_holds_waits_for_a_person(lombardia):
    paper = modulo(lombardia)
    paper.form["appearance"] = {"enterprise_codice_fiscale": company(9)}

    assert waits(letter(lombardia, paper))


def test_a_form_that_shows_something_else_is_taken_and_that_answer_is_unknown(file, lombardia):
    paper = signed(modulo(lombardia))
    paper.form["appearance"] = {"unit_province_1": "NA"}

    found = states(file(paper))

    assert [judge for judge, state in found.items() if state == "unknown"] == [
        "unit_in_region",
        "forms_complete",
    ]


# --- a printed form ----------------------------------------------------------------------------------------


def test_what_a_person_confirmed_on_a_scan_is_read_as_the_form(file, lombardia):
    expression = file(printed(modulo(lombardia)), Paper("carta.jpg"))

    found = states(expression)
    assert expression.employer.codice_fiscale == COMPANY
    assert found.pop("signed_by_the_right_person") == "unknown"
    assert finding(expression, "signed_by_the_right_person").explanation == "signed_by_hand"
    assert set(found.values()) == {"met"}


@pytest.mark.parametrize(
    ("empty", "illegible", "answer"),
    [
        (("profile_1",), (), "unmet"),
        ((), ("profile_1",), "unknown"),
        # Nothing in the first row, and in the second what may be the one that counts.
        (PROFILE, ("profile_2",), "unknown"),
    ],
)
def test_what_nobody_can_read_on_a_page_is_unknown_and_never_a_refusal(
    file, lombardia, empty, illegible, answer
):
    paper = printed(modulo(lombardia))
    paper.confirmed = {**paper.confirmed, **dict.fromkeys(empty, ""), **dict.fromkeys(illegible)}

    found = states(file(paper, Paper("carta.jpg")))

    assert (found["profiles_within"], found["forms_complete"]) == (answer, answer)


def test_a_scan_nobody_confirmed_says_nothing(lombardia):
    paper = printed(modulo(lombardia))
    paper.confirmed = None

    facts = reading.facts_of(letter(lombardia, paper), lombardia)

    assert (facts.forms, len(facts.unread)) == ((), 1)


def test_a_delegation_by_hand_and_a_picture_leave_both_to_a_person(file, lombardia):
    form = signed(modulo(lombardia, signatory_role="delegate"))
    delegation = printed(modulo(lombardia, FormRole.DELEGATION, principal_codice_fiscale=ANNA))

    expression = file(form, delegation, Paper("carta.jpg"))

    assert finding(expression, "signed_by_the_right_person").explanation == "signed_by_hand"
    assert finding(expression, "delegation_complete").explanation == "identity_copy_not_read"


def test_a_delegation_by_hand_without_any_copy_is_incomplete(file, lombardia):
    form = signed(modulo(lombardia, signatory_role="delegate"))
    delegation = printed(modulo(lombardia, FormRole.DELEGATION, principal_codice_fiscale=ANNA))

    expression = file(form, delegation)

    assert finding(expression, "delegation_complete").explanation == "identity_copy_missing"
    assert finding(expression, "signed_by_the_right_person").explanation == "by_hand_without_copy"
    assert Version.objects.get().is_complete is False


def test_both_forms_in_one_scan_are_two_forms(lombardia):
    paper = printed(modulo(lombardia, signatory_role="delegate"))
    second = printed(modulo(lombardia, FormRole.DELEGATION), ink=False, others=1)
    paper.scan["others"] = [second.scan]
    message = letter(lombardia, paper)
    code = second.scan["code"]
    told = {"call": code["call"], "form": code["form"], "version": "1", "fields": second.confirmed}
    Transcription.objects.create(
        attachment=message.attachments.get(), number=2, by="U-CARLA", at=NOON, **told
    )

    facts = reading.facts_of(message, lombardia)

    assert {form.role: form.is_signed_by_hand for form in facts.forms} == {"main": True, "delegation": False}
    assert (facts.unread, facts.may_hold_copy) == ((), True)


def test_a_signature_beside_its_form_is_the_form_s_and_no_file_of_its_own(file, lombardia):
    form, apart = signed(modulo(lombardia, signatory_role="delegate")), signed(Paper("modulo-a.pdf.p7s"))
    form.signatures["signed_by"], apart.signatures["signs"] = apart.name, form.name

    expression = file(form, apart)

    assert finding(expression, "delegation_complete").explanation == "form_missing"
    assert finding(expression, "signed_by_the_right_person").explanation == "delegate_without_delegation"


def test_an_archive_that_was_opened_is_no_file_that_could_be_the_form(lombardia):
    opened, closed = (
        Paper("tutto.zip", archive={"declared": 2, "opened": 2, "problem": problem})
        for problem in ("", "too-many-files")
    )

    facts = reading.facts_of(letter(lombardia, opened, closed), lombardia)

    assert facts.unread == facts.papers[1:]


# --- whom a signature makes known --------------------------------------------------------------------------


def test_who_signed_before_may_write_from_another_address(lombardia):
    placed(letter(lombardia, signed(modulo(lombardia))))
    again = signed(modulo(lombardia, profile_workers_1="9"), later())

    message = placed(letter(lombardia, again, sent=Sent(sender=MALLORY)))

    assert message.state == MessageState.FILED
    assert Expression.objects.get().versions.count() == 2


@pytest.mark.parametrize(
    "signature",
    [
        later(OTHER),
        later(chain=Chain.UNTRUSTED),
        later(qualified=Qualified.NOT_QUALIFIED),
        later(revocation=Revocation.REVOKED),
        later(is_seal=True),
        signer(claimed_at=None),
    ],
    ids=["another person", "untrusted", "not qualified", "revoked", "a seal", "without a time"],
)
def test_no_other_signature_makes_another_address_known(lombardia, signature):
    placed(letter(lombardia, signed(modulo(lombardia))))

    assert waits(letter(lombardia, signed(modulo(lombardia), signature), sent=Sent(sender=MALLORY)))


def test_nobody_brings_back_what_bruno_signed_before(lombardia):
    """Whoever has the first signed file could otherwise undo the second one."""
    first = signed(modulo(lombardia))
    placed(letter(lombardia, first))
    placed(letter(lombardia, signed(modulo(lombardia, profile_workers_1="9"), later())))

    assert waits(letter(lombardia, first, sent=Sent(sender=MALLORY)))
    assert Expression.objects.get().versions.count() == 2


def test_nobody_sends_bruno_s_one_form_once_more(lombardia):
    form = signed(modulo(lombardia))
    placed(letter(lombardia, form))

    assert waits(letter(lombardia, form, sent=Sent(sender=MALLORY)))


@pytest.mark.parametrize("names_anna", [False, True], ids=["bruno's form", "a form that names Anna"])
def test_who_only_signed_along_does_not_replace_what_bruno_filed(lombardia, names_anna):
    placed(letter(lombardia, signed(modulo(lombardia), signer(), signer(ANNA))))
    named = {"signatory_codice_fiscale": ANNA} if names_anna else {}

    again = signed(modulo(lombardia, profile_workers_1="9", **named), later(ANNA))

    assert waits(letter(lombardia, again, sent=Sent(sender=MALLORY)))
    assert Expression.objects.get().versions.count() == 1


def test_a_delegate_who_filed_before_may_write_from_another_address(lombardia):
    def filing(signature):
        delegation = modulo(
            lombardia, FormRole.DELEGATION, principal_codice_fiscale=ANNA, delegate_codice_fiscale=OTHER
        )
        form = modulo(lombardia, signatory_role="delegate", signatory_codice_fiscale=OTHER)
        return signed(form, signature), signed(delegation, signer(ANNA))

    placed(letter(lombardia, *filing(signer(OTHER))))

    message = placed(letter(lombardia, *filing(later(OTHER)), sent=Sent(sender=MALLORY)))

    assert message.state == MessageState.FILED


def test_a_signature_on_a_form_changed_afterwards_makes_nobody_known(lombardia):
    placed(letter(lombardia, signed(modulo(lombardia))))
    again = signed(modulo(lombardia), later(), verdict=FileVerdict.CHANGED_AFTER)

    assert waits(letter(lombardia, again, sent=Sent(sender=MALLORY)))


def test_a_delegate_new_to_the_office_may_write_from_the_address_known(lombardia):
    placed(letter(lombardia, signed(modulo(lombardia))))

    message = placed(letter(lombardia, signed(modulo(lombardia), later(OTHER))))

    assert message.state == MessageState.FILED


# --- what proves the employer's person ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signature", "is_unproven"),
    [(None, True), (signer(OTHER), True), (signer(chain=Chain.EXPIRED), True), (signer(), False)],
    ids=["nobody", "another", "expired", "bruno"],
)
def test_the_reviewer_is_told_when_nothing_signed_proves_who_files(
    file, lombardia, carla, signature, is_unproven
):
    paper = modulo(lombardia)

    expression = file(signed(paper, signature) if signature else paper)

    page = queries.expression_page(actor=carla, code=expression.code, on=TODAY)
    assert page.is_unproven is is_unproven
    assert Entry.objects.get(verb="expression.received").facts["is_proven"] is not is_unproven


def test_one_signed_version_proves_the_whole(file, lombardia, carla):
    file(sent=Sent(at=rome(2025, 7, 1, 9)))
    expression = file(signed(modulo(lombardia)), sent=Sent(at=rome(2025, 7, 2, 9)))

    page = queries.expression_page(actor=carla, code=expression.code, on=TODAY)

    assert [view.is_proven for view in page.versions] == [False, True]
    assert not page.is_unproven


# --- facts of earlier releases -----------------------------------------------------------------------------


def test_facts_frozen_before_signatures_were_read_are_still_read():
    old = {
        "instant": "2025-07-01T12:00:00+02:00",
        "instant_kind": "accepted",
        "identifier": "opec.1",
        "forms": [{"code": "form-a", "role": "main", "attachment": "a.pdf", "facts": {}, "fields": {}}],
        "papers": [{"attachment": "a.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "form": ""}],
        "is_addressed": True,
    }

    facts = msgspec.convert(old, FilingFacts)

    assert facts.main is not None
    assert (facts.main.signatures, facts.unread[0].is_signed) == (None, False)


def test_facts_of_a_later_release_are_read_as_far_as_they_are_known():
    assert msgspec.convert({"forms": [], "weather": "fine"}, FilingFacts) == FilingFacts()


def test_frozen_facts_come_back_as_they_went(file, lombardia):
    file(signed(modulo(lombardia), signer(proven_at=rome(2025, 6, 30, 18, 1))))

    facts = msgspec.convert(Version.objects.get().facts, FilingFacts)

    assert facts.main is not None
    assert facts.main.signatures is not None
    (one,) = facts.main.signatures.signers
    assert one.proven_at == rome(2025, 6, 30, 18, 1)
