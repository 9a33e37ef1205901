"""Mallory wants to take over Bruno's enterprise; a consultant files honestly for several."""

from datetime import timedelta

import pytest

from tests.employers.making import ANNA as ANNAS_NUMBER
from tests.employers.making import COMPANY, OTHER, PERSON, Sent, company, letter, modulo, rome, signed, signer
from tests.employers.sending import AS_BRUNO, BRUNO, HOUSE, draft, expression_of, sent, taken
from tragitto.employers import actions
from tragitto.employers.actions import Declaration, Upload, submitting
from tragitto.employers.models import Expression, FilingDraft, Representation, Submission, Version
from tragitto.employers.queries import homes, representing
from tragitto.employers.rules import Identified
from tragitto.employers.vocabulary import Capacity, Confirmed, Power, SubmissionState
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound
from tragitto.schemes.queries import duty_holders
from tragitto.schemes.vocabulary import DutyKind, FormRole

pytestmark = pytest.mark.django_db
AT = rome(2024, 12, 30, 12)
LATER = AT + timedelta(hours=1)
TODAY = AT.date()
MALLORY = Actor("U-MALLORY", door="portal")
CONSULTANT = Actor("U-CONSULTANT", door="portal")
#: Mallory says to be the legal representative, and signs in as the person she is.
SHE_SAYS = {"signatory_codice_fiscale": OTHER, "signatory_name": "Mallory"}
AS_MALLORY = Identified(codice_fiscale=OTHER, means="spid")
PAPER = Upload("delega.pdf", b"%PDF-1.7 the delegation")
PLACED, SORTING = SubmissionState.PLACED, SubmissionState.SORTING


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.DOCUMENTS = str(tmp_path)


@pytest.fixture
def officer(emilia) -> Actor:
    """Carla, at the office that reviews the call of Emilia-Romagna."""
    (office, *_others) = duty_holders(emilia, DutyKind.REVIEWS)
    return Actor("U-CARLA", office.code, frozenset({"officer"}), "office")


def by_mallory(call, at=LATER, who=AS_MALLORY, **changes) -> Submission:
    return taken(sent(call, at=at, by=MALLORY, who=who, **{**SHE_SAYS, **changes}))


def by_mail(call, *papers, at=AT) -> Version:
    """Somebody files by certified mail, and a person has placed it."""
    message = letter(call, *(papers or [modulo(call)]), sent=Sent(at=at))
    return actions.receive(message=message, call=call, actor=HOUSE, at=at, is_chosen=True).version


def placed(submission: Submission) -> Version:
    """A person has placed what waited at the desk."""
    return actions.receive(
        message=submission.message, call=submission.call, actor=HOUSE, at=LATER, is_chosen=True
    ).version


def uploaded(version: Version, who: Actor) -> Representation:
    """The files of this version came on line, from this account; whom that makes known."""
    call, at = version.expression.call, version.received_at
    made = FilingDraft.objects.create(
        code=new_code("DR"),
        call=call,
        account=who.code,
        language="it",
        started_at=at,
        saved_at=at,
        sent_at=at,
    )
    Submission.objects.create(
        code=new_code("S"), draft=made, call=call, account=who.code, received_at=at, content="{}",
        sha256="0" * 64, state=PLACED, message=version.message,
    )  # fmt: skip
    known = actions.recognise(version=version, account=who.code, actor=HOUSE, at=at)
    assert known is not None
    return known


def delegated(call, head=PERSON, delegate=ANNAS_NUMBER, enterprise=COMPANY):
    """What a delegate uploads: the form they signed, and the delegation that `head` signed."""
    main = modulo(
        call,
        signatory_role="delegate",
        signatory_codice_fiscale=delegate,
        enterprise_codice_fiscale=enterprise,
    )
    leave = modulo(
        call,
        FormRole.DELEGATION,
        delegate_codice_fiscale=delegate,
        principal_codice_fiscale=head,
        delegation_enterprise_codice_fiscale=enterprise,
    )
    return signed(main, signer(delegate)), signed(leave, signer(head))


def powers_of(who: Actor, expression: Expression, on=TODAY) -> list[Power]:
    asked = (who.code, expression.employer, expression.call)
    return [power for power in Power if representing.acts_for(*asked, power, on)]


def seen_by(who: Actor, expression: Expression, on=TODAY) -> list[int]:
    page = homes.own_page(actor=who, code=expression.code, at=LATER, on=on)
    return [own.version.number for own in page.versions]


def confirm(officer: Actor, who: Actor, call, **changes) -> Representation:
    said = {
        "codice_fiscale": COMPANY,
        "enterprise_name": "Officine Bruno srl",
        "capacity": Capacity.DELEGATE,
        "principal_codice_fiscale": PERSON,
        "starts_on": TODAY - timedelta(days=90),
        "call": call,
        "paper": PAPER,
    }
    declaration = Declaration(**said | changes)
    made = actions.declare_representation(declaration=declaration, actor=who, at=AT)
    return actions.confirm_representation(representation=made, actor=officer, at=AT)


# --- an identity is no power of attorney -------------------------------------------------------------------


def test_who_names_herself_under_another_call_sees_nothing_of_the_first(lombardia, emilia):
    theirs = by_mail(lombardia).expression

    hers = expression_of(by_mallory(emilia))

    known = Representation.objects.get(account=MALLORY.code)
    assert (known.confirmed, known.call) == ("", emilia)
    assert list(representing.expressions_of(actor=MALLORY, on=TODAY)) == [hers]
    assert powers_of(MALLORY, theirs) == powers_of(MALLORY, hers) == []


def test_what_an_officer_placed_makes_nobody_a_representative(emilia):
    theirs = by_mail(emilia).expression

    version = placed(by_mallory(emilia))

    assert version.expression == theirs
    assert Representation.objects.get(account=MALLORY.code).confirmed == ""
    assert seen_by(MALLORY, theirs) == [2]
    with pytest.raises(NotAllowed):
        actions.withdraw(expression=theirs, reason="!", actor=MALLORY, at=LATER)


def test_a_signature_of_ones_own_proves_nothing_where_others_speak(emilia):
    by_mail(emilia)
    version = by_mail(emilia, signed(modulo(emilia, **SHE_SAYS), signer(OTHER)), at=LATER)

    assert uploaded(version, MALLORY).confirmed == ""


def test_nor_where_they_spoke_under_another_call(emilia, lombardia):
    by_mail(lombardia)
    version = by_mail(emilia, signed(modulo(emilia, **SHE_SAYS), signer(OTHER)), at=LATER)

    assert uploaded(version, MALLORY).confirmed == ""


def test_nor_where_the_office_knows_somebody(emilia, officer):
    confirm(officer, BRUNO, emilia)
    version = by_mail(emilia, signed(modulo(emilia, **SHE_SAYS), signer(OTHER)), at=LATER)

    assert uploaded(version, MALLORY).confirmed == ""


def test_who_came_first_sees_nothing_of_who_comes_after(emilia):
    """She signed before the enterprise ever wrote; once it does, her confirmation opens nothing."""
    version = by_mail(emilia, signed(modulo(emilia, **SHE_SAYS), signer(OTHER)))
    hers, expression = uploaded(version, MALLORY), version.expression
    assert (hers.confirmed, hers.call) == (Confirmed.SIGNATURE, emilia)
    assert powers_of(MALLORY, expression) == list(Power)

    by_mail(emilia, at=LATER)

    assert powers_of(MALLORY, expression) == []
    assert seen_by(MALLORY, expression) == [1]


def test_a_form_that_somebody_else_signed_opens_nothing_of_theirs(emilia):
    """Mallory got hold of a form that Bruno signed, and sends it from her account."""
    version = by_mail(emilia, signed(modulo(emilia)))
    uploaded(version, MALLORY)

    newer = signed(modulo(emilia, profile_workers_1="7"), signer(claimed_at=rome(2024, 12, 30, 13)))
    by_mail(emilia, newer, at=LATER)

    assert seen_by(MALLORY, version.expression) == [1]


def test_a_signature_makes_nobody_head_over_others(emilia, officer):
    version = by_mail(emilia, signed(modulo(emilia, **SHE_SAYS), signer(OTHER)))
    uploaded(version, MALLORY)
    delegate = confirm(officer, BRUNO, emilia)

    assert list(representing.of_own_employers(actor=MALLORY, on=TODAY)) == []
    with pytest.raises(NotAllowed):
        actions.revoke_representation(representation=delegate, reason="!", actor=MALLORY, at=LATER)


def test_a_head_under_one_call_ends_nothing_under_another(emilia, veneto, officer):
    confirm(officer, MALLORY, emilia, capacity=Capacity.LEGAL_REPRESENTATIVE)
    elsewhere = actions.declare_representation(
        declaration=Declaration(
            codice_fiscale=COMPANY,
            enterprise_name="x",
            capacity=Capacity.DELEGATE,
            principal_codice_fiscale=PERSON,
            starts_on=TODAY,
            call=veneto,
        ),
        actor=BRUNO,
        at=AT,
    )

    with pytest.raises(NotAllowed):
        actions.revoke_representation(representation=elsewhere, reason="!", actor=MALLORY, at=AT)


# --- honest people -----------------------------------------------------------------------------------------


def test_a_consultant_acts_for_each_enterprise_whose_head_signed(emilia):
    numbers = (COMPANY, company(7))
    versions = [by_mail(emilia, *delegated(emilia, enterprise=number)) for number in numbers]

    known = [uploaded(version, CONSULTANT) for version in versions]

    assert {one.confirmed for one in known} == {Confirmed.SIGNATURE}
    assert {one.employer.codice_fiscale for one in known} == set(numbers)
    allowed = {Power.FILE, Power.SUPPLEMENT, Power.RECEIVE}
    assert all(set(powers_of(CONSULTANT, version.expression)) == allowed for version in versions)


def test_a_head_known_from_before_vouches_for_a_new_consultant(lombardia, emilia):
    by_mail(lombardia, signed(modulo(lombardia)))

    known = uploaded(by_mail(emilia, *delegated(emilia)), CONSULTANT)

    assert known.confirmed == Confirmed.SIGNATURE


def test_the_office_opens_the_rest(emilia, officer):
    version = by_mail(emilia, *delegated(emilia))
    known = uploaded(version, CONSULTANT)
    by_mail(emilia, at=LATER)
    assert seen_by(CONSULTANT, version.expression) == [1]

    actions.add_papers(representation=known, paper=PAPER, actor=CONSULTANT, at=LATER)
    known = actions.confirm_representation(representation=known, actor=officer, at=LATER)

    assert known.confirmed == Confirmed.OFFICE
    assert seen_by(CONSULTANT, version.expression) == [1, 2]


# --- supplements -------------------------------------------------------------------------------------------


def test_a_supplement_of_who_is_not_confirmed_begins_with_their_own_words(emilia):
    theirs = by_mail(emilia, modulo(emilia, contact_phone="+39035999999")).expression
    placed(by_mallory(emilia, contact_phone="+39035111111"))
    by_mail(emilia, modulo(emilia, contact_phone="+39035888888"), at=LATER + timedelta(hours=1))

    begun = actions.start_draft(call=emilia, language="it", actor=MALLORY, at=LATER, expression=theirs)

    (answers,) = begun.answers.values()
    assert answers["contact_phone"] == "+39035111111"


def test_who_is_confirmed_begins_with_what_stands(emilia, officer):
    theirs = by_mail(emilia, modulo(emilia, contact_phone="+39035999999")).expression
    confirm(officer, BRUNO, emilia)

    begun = actions.start_draft(call=emilia, language="it", actor=BRUNO, at=LATER, expression=theirs)

    (answers,) = begun.answers.values()
    assert answers["contact_phone"] == "+39035999999"


@pytest.mark.parametrize("who", [None, AS_MALLORY])
def test_who_wrote_first_does_not_write_over_the_enterprise(emilia, who):
    by_mallory(emilia, at=AT, who=who)
    by_mail(emilia)

    again = by_mallory(emilia, who=who, profile_workers_1="9")

    assert again.state == SORTING


def test_who_sent_all_there_is_completes_it_without_a_signature(emilia):
    by_mallory(emilia, at=AT, who=None)

    assert by_mallory(emilia, who=None, profile_workers_1="9").state == PLACED


def supplement(call, number: str) -> FilingDraft:
    first = expression_of(taken(sent(call, at=AT)))
    made = draft(call, at=AT, enterprise_codice_fiscale=number)
    made.expression = first
    made.save(update_fields=["expression"])
    return made


def test_a_supplement_is_not_sent_for_another_enterprise(emilia):
    with pytest.raises(Blocked) as refusal:
        actions.submit(draft=supplement(emilia, company(7)), identified=AS_BRUNO, actor=BRUNO, at=LATER)

    assert [finding.code for finding in refusal.value.findings] == ["another_enterprise"]


def test_nor_taken_for_another_enterprise(emilia, monkeypatch):
    monkeypatch.setattr(submitting, "_of_another", lambda _draft: [])

    submission = actions.submit(
        draft=supplement(emilia, company(7)), identified=AS_BRUNO, actor=BRUNO, at=LATER
    )

    assert taken(submission).state == SORTING
    assert Expression.objects.count() == 1


def test_a_supplement_for_its_own_enterprise_is_sent_and_taken(emilia):
    submission = actions.submit(draft=supplement(emilia, COMPANY), identified=AS_BRUNO, actor=BRUNO, at=LATER)

    assert taken(submission).state == PLACED


# --- what has run out --------------------------------------------------------------------------------------


@pytest.fixture
def expired(emilia, officer) -> Expression:
    """Mallory was a delegate until today, and had filed."""
    confirm(officer, MALLORY, emilia, ends_on=TODAY)
    return expression_of(by_mallory(emilia, at=AT - timedelta(days=1)))


def test_who_was_a_delegate_sees_and_completes_nothing_after_the_last_day(expired, emilia):
    with pytest.raises(NotFound):
        homes.own_page(actor=MALLORY, code=expired.code, at=AT, on=TODAY)
    assert representing.standing(actor=MALLORY, expression=expired, on=TODAY).powers == frozenset()
    with pytest.raises(NotAllowed):
        actions.start_draft(call=emilia, language="it", actor=MALLORY, at=AT, expression=expired)


def test_on_the_last_day_they_still_do(expired, emilia):
    yesterday = AT - timedelta(days=1)

    assert actions.start_draft(
        call=emilia, language="it", actor=MALLORY, at=yesterday, expression=expired
    ).expression_id


def test_what_they_send_after_it_waits_for_a_person(expired, emilia):
    assert by_mallory(emilia).state == SORTING


def test_the_day_is_that_of_the_office(expired, emilia):
    """Half past midnight in Rome is the day before by universal time: the delegation has run out."""
    midnight = rome(2024, 12, 30, 0, 30)

    with pytest.raises(NotAllowed):
        actions.start_draft(call=emilia, language="it", actor=MALLORY, at=midnight, expression=expired)


def test_the_head_of_yesterday_ends_nothing_today(emilia, officer):
    confirm(officer, MALLORY, emilia, capacity=Capacity.LEGAL_REPRESENTATIVE, ends_on=TODAY)
    delegate = confirm(officer, BRUNO, emilia)

    with pytest.raises(NotAllowed):
        actions.revoke_representation(
            representation=delegate, reason="!", actor=MALLORY, at=rome(2024, 12, 30, 0, 30)
        )
