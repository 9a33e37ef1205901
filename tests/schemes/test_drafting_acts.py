"""Verification before publication, and links beside a call."""

import msgspec
import pytest

from tests.conftest import NOON
from tests.schemes.making import texts
from tests.schemes.test_drafting import found, of, revised
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes import queries
from tragitto.schemes.actions import add_link, load, publish, remove_link, verify
from tragitto.schemes.models import Call
from tragitto.schemes.pack import RelatedSpec
from tragitto.schemes.vocabulary import CheckKind, Relation

pytestmark = pytest.mark.django_db
BOTH = (CheckKind.ADMINISTRATIVE, CheckKind.LEGAL)


@pytest.fixture
def draft(rehearsed) -> Call:
    """The rehearsed call, which Carla made ask for both verifications."""
    return revised(rehearsed, checks=BOTH)


def verified(call: Call, kind: CheckKind = CheckKind.LEGAL, *, actor: Actor | None = None, **more):
    told = {"is_passed": True, "note": "", "seen": call.content_hash, **more}
    return verify(call=call, kind=kind, **told, actor=actor or of(call, "U-FRANCO", "reviewer"), at=NOON)


def test_publication_waits_for_each_verification(draft, publisher_of):
    verified(draft, CheckKind.ADMINISTRATIVE)

    with pytest.raises(Blocked) as refusal:
        publish(call=draft, actor=publisher_of(draft), at=NOON)

    assert [finding.facts["kind"] for finding in refusal.value.findings] == ["legal"]


def test_a_draft_that_passed_both_is_published(draft, publisher_of):
    for kind in BOTH:
        verified(draft, kind)

    assert publish(call=draft, actor=publisher_of(draft), at=NOON).is_published


def test_a_changed_draft_is_verified_anew(draft):
    verified(draft)

    changed = revised(draft, proposer="Another function")

    assert queries.checks_missing(changed) == [*BOTH]


def test_what_was_passed_and_then_sent_back_is_not_passed(draft):
    verified(draft)
    verified(draft, is_passed=False, note="Paragraph 5 names no hour.")

    assert queries.checks_missing(draft) == [*BOTH]


def test_nobody_verifies_what_they_drafted(draft):
    with pytest.raises(NotAllowed) as refusal:
        verified(draft, actor=of(draft))

    assert found(refusal) == ["second_person_needed"]


def test_another_body_verifies_nothing(draft):
    with pytest.raises(NotAllowed) as refusal:
        verified(draft, actor=Actor("U-SARA", "another-office", frozenset({"reviewer"})))

    assert found(refusal) == ["may_not_verify"]


def test_an_observer_verifies_nothing(draft):
    with pytest.raises(NotAllowed):
        verified(draft, actor=of(draft, "U-OLGA", "observer"))


def test_what_was_read_must_be_what_is_passed(draft):
    revised(draft, proposer="Another function")

    with pytest.raises(Stale) as refusal:
        verified(draft)

    assert found(refusal) == ["draft_moved_on"]


def test_a_draft_is_sent_back_with_a_note_or_not_at_all(draft):
    with pytest.raises(Blocked) as refusal:
        verified(draft, is_passed=False, note="  ")

    assert found(refusal) == ["note_missing"]


def test_a_verification_nobody_asks_for_is_refused(rehearsed):
    with pytest.raises(Blocked) as refusal:
        verified(rehearsed)

    assert found(refusal) == ["check_not_asked"]


def test_an_unfinished_draft_is_not_passed_but_can_be_sent_back(draft):
    unfinished = revised(draft, review_term="no.such.term")

    with pytest.raises(Blocked) as refusal:
        verified(unfinished)

    assert found(refusal) == ["term_without_law"]
    assert verified(unfinished, is_passed=False, note="Which term?").number == 1


def test_a_verification_is_written_down(draft):
    verified(draft)

    entry = Entry.objects.get(verb="call.verified")
    assert (entry.facts["kind"], entry.facts["content"]) == ("legal", draft.content_hash)


def linked(call: Call, **more):
    told = {"relation": Relation.FUNDING, "title": texts("Fund"), "page": "https://fund.example"}
    return add_link(call=call, at=NOON, **{**told, "actor": of(call), **more})


def test_a_link_is_added_to_a_published_call_and_taken_away(rehearsed, publisher_of):
    publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)

    link = linked(rehearsed)
    assert queries.related_links(rehearsed) == [link]

    remove_link(call=rehearsed, number=link.number, actor=of(rehearsed), at=NOON)
    assert queries.related_links(rehearsed) == []
    assert queries.links_ever(rehearsed) == [link]


def test_a_link_taken_away_may_come_back_under_a_new_number(rehearsed):
    remove_link(call=rehearsed, number=linked(rehearsed).number, actor=of(rehearsed), at=NOON)

    assert linked(rehearsed).number == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": {"it": "Fondo"}}, "missing_language"),
        ({"page": ""}, "link_to_two_places"),
    ],
)
def test_a_wrong_link_is_refused(rehearsed, more, code):
    with pytest.raises(Blocked) as refusal:
        linked(rehearsed, **more)

    assert found(refusal) == [code]


def test_a_call_is_related_neither_to_itself_nor_to_two_places(rehearsed):
    with pytest.raises(Blocked) as itself:
        linked(rehearsed, other=rehearsed, page="")
    with pytest.raises(Blocked) as both:
        linked(rehearsed, other=rehearsed)

    assert (found(itself), found(both)) == (["link_to_itself"], ["link_to_two_places"])


def test_a_link_is_there_once(rehearsed):
    linked(rehearsed)

    with pytest.raises(Blocked) as refusal:
        linked(rehearsed)

    assert found(refusal) == ["linked_already"]


def test_a_link_that_is_gone_is_not_taken_away_again(rehearsed):
    with pytest.raises(Stale):
        remove_link(call=rehearsed, number=7, actor=of(rehearsed), at=NOON)


def test_another_body_links_nothing(rehearsed):
    stranger = Actor("U-SARA", "another-office", frozenset({"publisher"}))

    with pytest.raises(NotAllowed):
        linked(rehearsed, actor=stranger)
    with pytest.raises(NotAllowed):
        remove_link(call=rehearsed, number=linked(rehearsed).number, actor=stranger, at=NOON)


def test_links_of_a_pack_come_once_and_stay_away_once_removed(rehearsed, shipped):
    other = next(spec.code for spec in shipped.calls if spec.code != rehearsed.code)
    related = (RelatedSpec(relation=Relation.SAME_SCHEME, title=texts(), call=other),)
    specs = tuple(
        msgspec.structs.replace(spec, related=related) if spec.code == rehearsed.code else spec
        for spec in shipped.calls
    )
    pack, house = msgspec.structs.replace(shipped, calls=specs), Actor.system("cli")

    first = load(pack=pack, actor=house, at=NOON, rehearsal=True)
    (link,) = queries.related_links(rehearsed)
    remove_link(call=rehearsed, number=link.number, actor=of(rehearsed), at=NOON)
    second = load(pack=pack, actor=house, at=NOON, rehearsal=True)

    assert (first.written, second.written) == ((f"links of {rehearsed.code}",), ())
    assert queries.related_links(rehearsed) == []
