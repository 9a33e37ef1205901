"""Who acts for an enterprise: said, confirmed, ended; what a filing makes known; signing together."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.conftest import NOON
from tests.employers.making import ANNA, COMPANY, OTHER, PERSON, Paper, modulo, signed, signer, written
from tragitto.employers import actions
from tragitto.employers.actions import Declaration, Upload
from tragitto.employers.models import CoSignature, Employer, Expression, FilingDraft, Representation
from tragitto.employers.queries import co_signing as signing_queries
from tragitto.employers.queries import drafts
from tragitto.employers.queries import representing as queries
from tragitto.employers.vocabulary import Capacity, Confirmed, PaperKind, Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import FormRole, Outcome

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
BRUNO = Actor("U-BRUNO", door="portal")
MALLORY = Actor("U-MALLORY", door="portal")
DELEGATION = Upload("delega.pdf", b"%PDF-1.7 the delegation")
SAYS_SO = Declaration(
    codice_fiscale=COMPANY,
    enterprise_name="Officine Bruno srl",
    capacity=Capacity.DELEGATE,
    principal_name="Anna Bianchi",
    principal_codice_fiscale=PERSON,
    starts_on=TODAY,
)


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.DOCUMENTS = str(tmp_path)


def declare(actor: Actor = BRUNO, identified: str = "", **changes: object) -> Representation:
    declaration = replace(SAYS_SO, **changes)
    return actions.declare_representation(
        declaration=declaration, identified=identified, actor=actor, at=NOON
    )


def acts(representation: Representation, power: str = Power.FILE, **changes: object) -> bool:
    asked = {
        "account": representation.account,
        "employer": representation.employer,
        "call": representation.call,
        "power": power,
        "on": TODAY,
    }
    return queries.acts_for(**asked | changes)


def codes(refusal: pytest.ExceptionInfo) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


# --- saying so ---------------------------------------------------------------------------------------------


def test_saying_so_opens_nothing():
    representation = declare()

    assert not acts(representation)
    assert representation.confirmed == ""


def test_saying_the_same_once_more_is_the_same(lombardia):
    first = declare(call=lombardia)
    again = declare(call=lombardia, paper=DELEGATION)

    assert again == first
    assert Representation.objects.get().paper.media_type == "application/pdf"


def test_what_is_filed_names_the_enterprise_not_who_said_to_act_for_it(file):
    declare(enterprise_name="Not its name at all")

    assert file().employer.name == "Officine Bruno srl"


def test_a_stranger_says_nothing():
    with pytest.raises(NotAllowed):
        declare(Actor.stranger("portal"))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"codice_fiscale": "00743110158"}, "codice_fiscale_wrong"),
        ({"enterprise_name": " "}, "name_needed"),
        ({"powers": ()}, "powers_needed"),
        ({"ends_on": TODAY}, "ends_before_it_starts"),
        ({"principal_codice_fiscale": "ANNA"}, "principal_needed"),
        ({"paper": Upload("x.exe", b"MZ\x90")}, "paper_of_another_kind"),
        ({"paper": Upload("empty.pdf", b"")}, "paper_too_large"),
    ],
)
def test_what_cannot_be_so_is_refused_in_words(changes, why):
    with pytest.raises(Blocked) as refusal:
        declare(**changes)

    assert codes(refusal) == [why]
    assert not Representation.objects.exists()


def test_a_legal_representative_holds_every_power():
    head = declare(capacity=Capacity.LEGAL_REPRESENTATIVE, powers=(Power.FILE,))

    assert head.powers == sorted(Power)


def test_a_sole_trader_is_known_by_the_own_number():
    head = declare(codice_fiscale=PERSON, capacity=Capacity.LEGAL_REPRESENTATIVE, identified=PERSON)

    assert head.confirmed == Confirmed.IDENTITY


def test_the_number_of_somebody_else_confirms_nobody():
    head = declare(codice_fiscale=PERSON, capacity=Capacity.LEGAL_REPRESENTATIVE, identified=OTHER)

    assert head.confirmed == ""


# --- confirming --------------------------------------------------------------------------------------------


@pytest.fixture
def delegate(file, lombardia) -> Representation:
    """Bruno, delegate of an enterprise that has filed, with the signed paper."""
    file()
    return declare(call=lombardia, paper=DELEGATION)


def test_the_office_confirms_what_it_has_seen(delegate, carla):
    actions.confirm_representation(representation=delegate, actor=carla, at=NOON)

    assert acts(delegate)
    assert Entry.objects.filter(verb="representation.confirmed").count() == 1


def test_confirming_twice_is_confirming_once(delegate, carla):
    for _time in range(2):
        actions.confirm_representation(representation=delegate, actor=carla, at=NOON)

    assert Entry.objects.filter(verb="representation.confirmed").count() == 1


def test_no_delegate_without_the_signed_paper(file, lombardia, carla):
    file()
    with pytest.raises(Blocked) as refusal:
        actions.confirm_representation(representation=declare(call=lombardia), actor=carla, at=NOON)

    assert codes(refusal) == ["no_delegation"]


def test_nobody_confirms_themselves(delegate, carla):
    own = replace(carla, code=delegate.account)

    with pytest.raises(NotAllowed):
        actions.confirm_representation(representation=delegate, actor=own, at=NOON)


@pytest.mark.parametrize("who", [BRUNO, MALLORY, Actor.system("task")])
def test_only_the_office_confirms(delegate, who):
    with pytest.raises(NotAllowed):
        actions.confirm_representation(representation=delegate, actor=who, at=NOON)


def test_another_office_neither_sees_nor_confirms(delegate, carla):
    elsewhere = replace(carla, organisation="another-office")

    with pytest.raises(NotFound):
        queries.representation_for(actor=elsewhere, code=delegate.code)
    with pytest.raises(NotAllowed):
        actions.confirm_representation(representation=delegate, actor=elsewhere, at=NOON)


def test_at_the_portal_everybody_sees_their_own_alone(delegate):
    assert queries.representation_for(actor=BRUNO, code=delegate.code) == delegate
    with pytest.raises(NotFound):
        queries.representation_for(actor=MALLORY, code=delegate.code)


# --- how far it reaches ------------------------------------------------------------------------------------


@pytest.fixture
def confirmed(delegate, carla) -> Representation:
    return actions.confirm_representation(representation=delegate, actor=carla, at=NOON)


def test_a_delegation_under_one_call_is_none_under_another(confirmed, veneto):
    assert not acts(confirmed, call=veneto)


def test_a_delegation_reaches_no_other_power(file, lombardia, carla):
    file()
    narrow = declare(call=lombardia, paper=DELEGATION, powers=(Power.FILE,))
    actions.confirm_representation(representation=narrow, actor=carla, at=NOON)

    assert [power for power in Power if acts(narrow, power)] == [Power.FILE]


@pytest.mark.parametrize(("day", "reaches"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_delegation_holds_from_its_day_until_its_end(file, lombardia, carla, day, reaches):
    file()
    dated = declare(call=lombardia, paper=DELEGATION, ends_on=TODAY + timedelta(days=10))
    actions.confirm_representation(representation=dated, actor=carla, at=NOON)

    assert acts(dated, on=TODAY + timedelta(days=day)) == reaches


def test_a_delegate_acts_for_several_enterprises(carla, lombardia):
    for number in (COMPANY, ANNA):
        one = declare(codice_fiscale=number, call=lombardia, paper=DELEGATION)
        actions.confirm_representation(representation=one, actor=carla, at=NOON)

    assert queries.employers_of(actor=BRUNO, on=TODAY).count() == 2
    assert queries.employers_of(actor=MALLORY, on=TODAY).count() == 0


# --- ending ------------------------------------------------------------------------------------------------


def test_ending_needs_a_reason(confirmed):
    with pytest.raises(Blocked) as refusal:
        actions.revoke_representation(representation=confirmed, reason=" ", actor=BRUNO, at=NOON)

    assert codes(refusal) == ["reason_needed"]


def test_what_was_ended_reaches_no_further_and_leaves_the_filing(confirmed, carla):
    filed = Employer.objects.get().expressions.get()

    actions.revoke_representation(representation=confirmed, reason="Left.", actor=carla, at=NOON)

    assert not acts(confirmed)
    filed.refresh_from_db()
    assert filed.versions.count() == 1
    assert not filed.case.is_closed


def test_a_stranger_ends_nothing(confirmed):
    with pytest.raises(NotAllowed):
        actions.revoke_representation(representation=confirmed, reason="!", actor=MALLORY, at=NOON)


def test_the_legal_representative_takes_the_delegation_back(confirmed, carla):
    anna = Actor("U-ANNA", door="portal")
    head = declare(anna, capacity=Capacity.LEGAL_REPRESENTATIVE)
    actions.confirm_representation(representation=head, actor=carla, at=NOON)

    ended = actions.revoke_representation(representation=confirmed, reason="Enough.", actor=anna, at=NOON)

    assert ended.revoked_by == "U-ANNA"


def test_another_delegate_takes_nothing_back(confirmed, carla, lombardia):
    other = declare(MALLORY, call=lombardia, paper=DELEGATION)
    actions.confirm_representation(representation=other, actor=carla, at=NOON)

    with pytest.raises(NotAllowed):
        actions.revoke_representation(representation=confirmed, reason="!", actor=MALLORY, at=NOON)


def test_what_was_ended_is_not_confirmed_again(confirmed, carla):
    actions.revoke_representation(representation=confirmed, reason="Left.", actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.confirm_representation(representation=confirmed, actor=carla, at=NOON)


def test_papers_are_added_by_oneself_until_it_is_confirmed(delegate, carla):
    actions.add_papers(representation=delegate, identity_copy=DELEGATION, actor=BRUNO, at=NOON)
    with pytest.raises(NotAllowed):
        actions.add_papers(representation=delegate, paper=DELEGATION, actor=MALLORY, at=NOON)
    actions.confirm_representation(representation=delegate, actor=carla, at=NOON)
    with pytest.raises(Stale):
        actions.add_papers(representation=delegate, paper=DELEGATION, actor=BRUNO, at=NOON)


# --- what a filing makes known -----------------------------------------------------------------------------

HOUSE = Actor.system("task")


def recognise(expression, identified: str = "", account: str = "U-BRUNO") -> Representation | None:
    return actions.recognise(
        version=expression.versions.last(), account=account, identified=identified, actor=HOUSE, at=NOON
    )


def test_an_identity_says_who_files_and_not_for_whom(file, lombardia):
    known = recognise(file(), identified=PERSON)

    assert (known.capacity, known.confirmed) == (Capacity.LEGAL_REPRESENTATIVE, "")
    assert (known.call, known.enterprise_name) == (lombardia, "Officine Bruno srl")


def test_a_sole_trader_who_files_is_known_by_the_own_number(file):
    known = recognise(file(enterprise_codice_fiscale=PERSON), identified=PERSON)

    assert (known.confirmed, known.powers) == (Confirmed.IDENTITY, sorted(Power))


def test_somebody_else_identified_is_only_noted(file):
    assert recognise(file(), identified=OTHER).confirmed == ""


def test_nothing_signed_and_nobody_identified_confirms_nobody(file):
    assert recognise(file()).confirmed == ""


def test_the_right_signature_confirms_the_account(file, lombardia):
    known = recognise(file(signed(modulo(lombardia))))

    assert (known.confirmed, known.call) == (Confirmed.SIGNATURE, lombardia)


def test_the_signature_of_another_confirms_nobody(file, lombardia):
    assert recognise(file(signed(modulo(lombardia), signer(OTHER)))).confirmed == ""


def delegated(call) -> list[Paper]:
    form = modulo(call, signatory_role="delegate", signatory_codice_fiscale=ANNA)
    leave = modulo(call, FormRole.DELEGATION, delegate_codice_fiscale=ANNA)
    return [signed(form, signer(ANNA)), signed(leave, signer(PERSON)), Paper("carta.jpg")]


def test_a_delegate_is_known_under_the_call_alone(file, lombardia):
    known = recognise(file(*delegated(lombardia)))

    assert (known.capacity, known.confirmed) == (Capacity.DELEGATE, Confirmed.SIGNATURE)
    assert known.call == lombardia
    assert known.powers == ["file", "receive", "supplement"]
    assert known.principal_codice_fiscale == PERSON


def test_who_prepared_what_the_legal_representative_signed_is_a_delegate(file):
    version = file().versions.get()
    who = {"codice_fiscale": PERSON, "means": "spid", "account": "U-ANNA"}
    version.facts = {**version.facts, "identified": [who]}

    known = actions.recognise(version=version, account=BRUNO.code, actor=HOUSE, at=NOON)

    assert (known.capacity, known.principal_codice_fiscale) == (Capacity.DELEGATE, PERSON)


def test_recognising_again_changes_nothing(file):
    expression = file()
    first = recognise(expression, identified=PERSON)

    assert recognise(expression, identified=PERSON) == first
    assert Representation.objects.count() == 1


def test_who_was_ended_before_is_confirmed_by_the_office_alone(file, carla, lombardia):
    expression = file(signed(modulo(lombardia)))
    first = recognise(expression)
    actions.revoke_representation(representation=first, reason="Left.", actor=carla, at=NOON)

    assert recognise(expression).confirmed == ""


def test_what_has_run_out_is_confirmed_again_by_the_office_alone(file, lombardia, carla):
    expression = file(signed(modulo(lombardia)))
    dated = declare(
        capacity=Capacity.LEGAL_REPRESENTATIVE,
        call=lombardia,
        starts_on=TODAY - timedelta(days=9),
        ends_on=TODAY,
    )
    actions.confirm_representation(representation=dated, actor=carla, at=NOON)

    again = recognise(expression)

    assert (again.confirmed, again == dated) == ("", False)


# --- what is seen at the portal ----------------------------------------------------------------------------


@pytest.fixture
def represented(file, carla) -> Expression:
    """An expression of the enterprise that Bruno represents, as the office has confirmed."""
    expression = file()
    head = declare(capacity=Capacity.LEGAL_REPRESENTATIVE)
    actions.confirm_representation(representation=head, actor=carla, at=NOON)
    return expression


def test_who_acts_sees_the_expression_and_the_stranger_none(represented):
    expression = represented

    assert queries.expression_for(actor=BRUNO, code=expression.code, on=TODAY) == expression
    with pytest.raises(NotFound):
        queries.expression_for(actor=MALLORY, code=expression.code, on=TODAY)


def test_who_was_ended_sees_it_no_more(represented, carla):
    head = Representation.objects.get()
    actions.revoke_representation(representation=head, reason="Left.", actor=carla, at=NOON)

    assert list(queries.expressions_of(actor=BRUNO, on=TODAY)) == []


# --- withdrawing -------------------------------------------------------------------------------------------


def test_the_employer_withdraws_with_a_reason(represented):
    expression = represented

    move = actions.withdraw(expression=expression, reason="No need any more.", actor=BRUNO, at=NOON)

    expression.case.refresh_from_db()
    assert expression.case.outcome == Outcome.WITHDRAWN
    assert (move.actor, move.reason) == ("U-BRUNO", "No need any more.")


def test_a_stranger_withdraws_nothing(file):
    expression = file()

    with pytest.raises(NotAllowed):
        actions.withdraw(expression=expression, reason="!", actor=MALLORY, at=NOON)


def test_a_delegate_who_files_may_not_withdraw(file, lombardia):
    expression = file(*delegated(lombardia))
    recognise(expression)

    with pytest.raises(NotAllowed):
        actions.withdraw(expression=expression, reason="!", actor=BRUNO, at=NOON)


def test_withdrawing_needs_a_reason(represented):
    with pytest.raises(Blocked):
        actions.withdraw(expression=represented, reason=" ", actor=BRUNO, at=NOON)


# --- signing together --------------------------------------------------------------------------------------


@pytest.fixture
def draft(lombardia) -> FilingDraft:
    """Bruno prepares, Anna's number stands in the delegation."""
    forms = {form.code: written(lombardia, form.role) for form in lombardia.forms.all()}
    return FilingDraft.objects.create(
        code="D-1",
        call=lombardia,
        account=BRUNO.code,
        language="it",
        answers=forms,
        started_at=NOON,
        saved_at=NOON,
    )


def ask(draft: FilingDraft, actor: Actor = BRUNO) -> CoSignature:
    return given(actions.ask_co_signature(draft=draft, actor=actor, at=NOON))


def given(token: str, at: datetime = NOON) -> CoSignature:
    return signing_queries.co_signature_for(sha256_hex(token.encode()), at)


def co_sign(signature: CoSignature, number: str = PERSON, at: datetime = NOON) -> CoSignature:
    shown = signing_queries.hash_now(signature.draft, "fr")
    return actions.co_sign(
        signature=signature,
        codice_fiscale=number,
        means="spid",
        sha256=shown,
        language="fr",
        actor=Actor("U-ANNA", door="portal"),
        at=at,
    )


def test_the_legal_representative_signs_with_the_delegate(draft):
    signature = co_sign(ask(draft))

    assert signing_queries.co_signature_of(draft) == signature
    assert (signature.codice_fiscale, signature.means) == (PERSON, "spid")


@pytest.mark.parametrize("number", ["", OTHER])
def test_nobody_else_signs_with_the_delegate(draft, number):
    with pytest.raises(NotAllowed):
        co_sign(ask(draft), number)

    assert signing_queries.co_signature_of(draft) is None


def test_a_later_answer_is_not_signed(draft):
    co_sign(ask(draft))
    draft.answers = {**draft.answers, "more": {}}

    assert signing_queries.co_signature_of(draft) is None


def test_what_changed_under_the_page_is_not_signed(draft):
    signature = ask(draft)
    FilingDraft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "more": {}})

    with pytest.raises(Stale):
        co_sign(signature)


def test_asking_anew_makes_the_old_address_useless(draft):
    first = actions.ask_co_signature(draft=draft, actor=BRUNO, at=NOON)
    actions.ask_co_signature(draft=draft, actor=BRUNO, at=NOON)

    with pytest.raises(NotFound):
        given(first)


def test_an_address_that_was_replaced_while_it_was_read_signs_nothing(draft):
    signature = ask(draft)
    ask(draft)

    with pytest.raises(Stale):
        co_sign(signature)


def test_after_two_weeks_the_address_is_worth_nothing(draft):
    token = actions.ask_co_signature(draft=draft, actor=BRUNO, at=NOON)
    late = NOON + timedelta(days=14)

    assert given(token, late - timedelta(seconds=1))
    with pytest.raises(NotFound):
        given(token, late)
    with pytest.raises(Stale):
        co_sign(given(token), at=late)


def test_a_paper_added_later_is_not_signed(draft):
    co_sign(ask(draft))
    told = {"kind": PaperKind.OTHER, "name": "more.pdf", "content": b"%PDF-1.7 more"}

    actions.attach_paper(draft=draft, **told, actor=BRUNO, at=NOON)

    assert signing_queries.co_signature_of(draft) is None


def test_declarations_that_read_otherwise_are_not_signed(draft, monkeypatch):
    co_sign(ask(draft))

    monkeypatch.setattr(drafts, "declarations", lambda *_asked: ["something else"])

    assert signing_queries.co_signature_of(draft) is None


def test_what_is_thrown_away_leaves_nobodys_signature_behind(draft):
    co_sign(ask(draft))

    actions.discard_draft(draft=draft, actor=BRUNO, at=NOON)

    assert not CoSignature.objects.exists()


def test_only_the_holder_asks(draft):
    with pytest.raises(NotAllowed):
        ask(draft, MALLORY)


def test_while_nobody_is_named_nobody_is_asked(draft):
    FilingDraft.objects.filter(pk=draft.pk).update(answers={})

    with pytest.raises(Blocked):
        ask(draft)


def test_what_was_sent_is_signed_by_nobody(draft):
    signature = ask(draft)
    FilingDraft.objects.filter(pk=draft.pk).update(sent_at=NOON)

    with pytest.raises(Stale):
        co_sign(signature)
