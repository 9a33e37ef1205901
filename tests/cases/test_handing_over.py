"""Handing over: to the one the call names, of admitted cases alone, accepted once, recalled with a reason."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from tests.cases.conftest import texts
from tests.conftest import NOON
from tragitto.accounts.models import Organisation
from tragitto.cases import actions, queries
from tragitto.cases.models import Case, HandOver, HandOverItem
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Duty
from tragitto.schemes.pack import HandOverSpec
from tragitto.schemes.queries import hand_overs_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def documents(settings, tmp_path):
    settings.DOCUMENTS = str(tmp_path)


@pytest.fixture
def partner(call) -> Organisation:
    """The partner who coordinates, to whom the call hands over."""
    found = Organisation.objects.create(code="partner", name="Partner", kind="coordinator")
    Duty.objects.create(scheme=call.scheme, duty="coordinates", organisation=found)
    promise = {"duty": "coordinates", "title": texts("p"), "facts": ["enterprise"]}
    call.hand_over = [{**promise, "basis": "6(1)(e)", "citation": "§ 6", "consent": "consents.sharing"}]
    call.save(update_fields=["hand_over"])
    return found


@pytest.fixture
def elif_(partner) -> Actor:
    return Actor("U-ELIF", "partner", frozenset({"partner"}), "portal")


@pytest.fixture
def admitted(reviewed, dario) -> Case:
    grounds = actions.Grounds(reasons=["It meets the call."])
    actions.decide(case=reviewed, outcome="admitted", grounds=grounds, actor=dario, at=NOON)
    actions.advance(case=reviewed, step="accept", actor=dario, at=NOON)
    reviewed.refresh_from_db()
    return reviewed


@pytest.fixture
def parcel(call, partner, admitted) -> actions.Parcel:
    (promise,) = hand_overs_of(call)
    content = {"case": admitted.code, "facts": {"enterprise": {"name": "Officine Bruno"}}, "documents": []}
    return actions.Parcel("H-ONE", partner, promise, b"zip", sha256_hex(b"manifest"), {admitted: content})


def hand_over(call, parcel, actor) -> HandOver:
    return actions.hand_over(call=call, parcel=parcel, actor=actor, at=NOON)


@pytest.fixture
def made(call, parcel, carla) -> HandOver:
    return hand_over(call, parcel, carla)


def codes(refusal) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


# --- making ------------------------------------------------------------------------------------------------


def test_it_keeps_what_was_said_of_each_case_and_its_hash(made, admitted, parcel):
    (item,) = made.items.all()

    assert (item.case, item.position, item.content) == (admitted, 1, parcel.contents[admitted])
    assert item.content_hash == sha256_hex(canonical_json(parcel.contents[admitted]))


def test_it_keeps_what_the_call_said_then(made):
    assert made.basis == {
        "title": texts("p"),
        "basis": "6(1)(e)",
        "citation": "§ 6",
        "consent": "consents.sharing",
        "facts": ["enterprise"],
        "with_documents": False,
    }


def test_the_ledger_tells_of_the_package_and_of_each_case(call, parcel, carla, admitted):
    hand_over(call, replace(parcel, left_out={"C-OTHER": "no_consent"}), carla)

    made = Entry.objects.get(verb="hand_over.made")
    assert (made.subject, made.facts["cases"], made.facts["left_out"]) == (
        "H-ONE",
        1,
        {"C-OTHER": "no_consent"},
    )
    assert Entry.objects.get(verb="case.handed_over").subject == admitted.code


def test_the_recipient_itself_hands_nothing_over(call, parcel, elif_):
    with pytest.raises(NotAllowed):
        hand_over(call, parcel, elif_)


def test_a_stranger_hands_nothing_over(call, parcel, stranger):
    with pytest.raises(NotAllowed):
        hand_over(call, parcel, stranger)


def test_nobody_without_the_duty_receives_anything(call, parcel, carla, office):
    with pytest.raises(Blocked) as refusal:
        hand_over(call, replace(parcel, recipient=office), carla)

    assert codes(refusal) == ["not_a_recipient"]
    assert list(HandOver.objects.all()) == []


def test_what_the_call_does_not_promise_is_not_handed_over(call, parcel, carla):
    more: HandOverSpec = HandOverSpec(
        duty="coordinates", title=texts("p"), facts=("enterprise", "signatory"), basis="6(1)(e)", citation=""
    )
    with pytest.raises(Blocked) as refusal:
        hand_over(call, replace(parcel, promise=more), carla)

    assert codes(refusal) == ["not_promised"]


def test_an_empty_package_is_refused(call, parcel, carla):
    with pytest.raises(Blocked) as refusal:
        hand_over(call, replace(parcel, contents={}), carla)

    assert codes(refusal) == ["nothing_to_hand_over"]


def test_a_case_that_is_not_admitted_stays_here(call, partner, reviewed, carla):
    (promise,) = hand_overs_of(call)
    parcel = actions.Parcel("H-TWO", partner, promise, b"zip", "0" * 64, {reviewed: {}})

    with pytest.raises(Blocked) as refusal:
        hand_over(call, parcel, carla)

    assert codes(refusal) == ["not_admitted"]


def test_a_case_is_handed_over_to_the_same_recipient_once(call, made, parcel, carla):
    with pytest.raises(Stale):
        hand_over(call, replace(parcel, code="H-TWO"), carla)


def test_after_a_recall_it_can_be_handed_over_again(call, made, parcel, carla):
    actions.recall_hand_over(hand_over=made, reason="A mistake.", actor=carla, at=NOON)

    assert hand_over(call, replace(parcel, code="H-TWO"), carla).items.count() == 1


# --- who sees it -------------------------------------------------------------------------------------------


def test_the_recipient_sees_the_case_in_the_package_and_nowhere_else(made, admitted, elif_):
    assert [item.case for item in queries.items_of(actor=elif_, hand_over=made)] == [admitted]
    assert list(Case.objects.visible_to(elif_)) == []


def test_the_duty_alone_opens_nothing(admitted, elif_):
    assert list(queries.received(actor=elif_)) == []
    assert list(HandOverItem.objects.visible_to(elif_)) == []


def test_neither_a_stranger_nor_another_partner_sees_it(made, stranger, elif_):
    another = replace(elif_, organisation="another")

    for somebody in (stranger, another):
        assert list(queries.received(actor=somebody)) == []
        assert list(queries.items_of(actor=somebody, hand_over=made)) == []
        with pytest.raises(NotFound):
            queries.get_received(actor=somebody, code=made.code)


def test_of_a_recalled_package_the_code_and_the_reason_stay(made, carla, elif_):
    actions.recall_hand_over(hand_over=made, reason="Consent withdrawn.", actor=carla, at=NOON)

    (line,) = queries.received(actor=elif_)
    assert (line.code, line.recall_reason) == (made.code, "Consent withdrawn.")
    assert list(queries.items_of(actor=elif_, hand_over=made)) == []
    assert queries.items_of(actor=carla, hand_over=made).count() == 1


# --- accepting, looking, recalling -------------------------------------------------------------------------


def test_the_recipient_accepts_and_a_second_time_changes_nothing(made, elif_):
    actions.accept_hand_over(hand_over=made, actor=elif_, at=NOON)
    actions.accept_hand_over(hand_over=made, actor=replace(elif_, code="U-OTHER"), at=NOON)

    made.refresh_from_db()
    assert (made.accepted_by, made.accepted_at) == ("U-ELIF", NOON)
    assert Entry.objects.filter(verb="hand_over.accepted").count() == 1


@pytest.mark.parametrize("verb", [actions.accept_hand_over, actions.look_into])
def test_nobody_else_acts_for_the_recipient(verb, made, carla, stranger, elif_):
    observer = replace(elif_, roles=frozenset({"observer"}))

    for somebody in (carla, stranger, observer, replace(elif_, organisation="another")):
        with pytest.raises(NotAllowed):
            verb(hand_over=made, actor=somebody, at=NOON)


def test_every_look_and_every_download_stands_in_the_ledger(made, carla, elif_, admitted):
    actions.look_into(hand_over=made, actor=elif_, at=NOON)
    actions.look_into(hand_over=made, case=admitted.code, actor=elif_, at=NOON)
    actions.download(hand_over=made, sha256="ab", actor=elif_, at=NOON)

    use = [(entry.verb, entry.actor, entry.facts) for entry in queries.use_of(actor=carla, hand_over=made)]
    assert use == [
        ("hand_over.downloaded", "U-ELIF", {"sha256": "ab"}),
        ("hand_over.looked_at", "U-ELIF", {"case": admitted.code}),
        ("hand_over.looked_at", "U-ELIF", {}),
    ]
    assert list(queries.use_of(actor=elif_, hand_over=made)) == []


def test_what_was_recalled_is_neither_accepted_nor_looked_at_nor_taken(made, carla, elif_):
    actions.recall_hand_over(hand_over=made, reason="A mistake.", actor=carla, at=NOON)

    for verb in (actions.accept_hand_over, actions.look_into):
        with pytest.raises(Stale):
            verb(hand_over=made, actor=elif_, at=NOON)
    with pytest.raises(Stale):
        actions.download(hand_over=made, sha256="ab", actor=elif_, at=NOON)


def test_a_recall_needs_a_reason(made, carla):
    with pytest.raises(Blocked) as refusal:
        actions.recall_hand_over(hand_over=made, reason=" ", actor=carla, at=NOON)

    assert codes(refusal) == ["reason_needed"]


def test_a_recall_is_told_once_and_of_each_case(made, carla, admitted):
    actions.recall_hand_over(hand_over=made, reason="A mistake.", actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.recall_hand_over(hand_over=made, reason="Again.", actor=carla, at=NOON)
    told = Entry.objects.filter(verb="case.hand_over_recalled")
    assert list(told.values_list("subject", flat=True)) == [admitted.code]


def test_neither_the_recipient_nor_another_office_recalls(made, carla, elif_):
    for somebody in (elif_, replace(carla, organisation="elsewhere")):
        with pytest.raises(NotAllowed):
            actions.recall_hand_over(hand_over=made, reason="Mine.", actor=somebody, at=NOON)


@pytest.mark.parametrize("facts", [{"manifest_hash": "1" * 64}, {"made_by": "U-OTHER"}])
def test_a_package_is_never_rewritten(made, facts):
    with pytest.raises(DatabaseError), transaction.atomic():
        HandOver.objects.filter(pk=made.pk).update(**facts)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query_however_many(count, call, parcel, carla, elif_, django_assert_num_queries):
    for number in range(count):
        made = hand_over(call, replace(parcel, code=f"H-{number}"), carla)
        actions.recall_hand_over(hand_over=made, reason="Again.", actor=carla, at=NOON)

    with django_assert_num_queries(1):
        lines = [(each.code, each.cases, each.recipient.name) for each in queries.received(actor=elif_)]
    with django_assert_num_queries(1):
        made_here = list(queries.hand_overs_under(actor=carla, call=call))

    assert (len(lines), len(made_here)) == (count, count)
