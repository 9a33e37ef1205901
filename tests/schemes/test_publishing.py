"""Publishing takes a second person and no open question; afterwards only amendments change a call."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.signing_in import make_organisation
from tests.conftest import NOON
from tests.schemes.making import texts
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.records.actions import give_mailbox
from tragitto.records.models import Mailbox
from tragitto.schemes import queries
from tragitto.schemes.actions import close, correct_texts, extend_window, load, publish
from tragitto.schemes.models import Call, Choice, Window
from tragitto.schemes.vocabulary import Section

pytestmark = pytest.mark.django_db
LATER = datetime(2025, 8, 10, 22, 0, tzinfo=UTC)


@pytest.fixture
def published(rehearsed, publisher_of):
    """The rehearsed call, published by Dario."""
    return publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)


def found(refusal) -> list[str]:
    return sorted({finding.code for finding in refusal.value.findings})


def test_carla_may_not_publish(rehearsed, carla):
    with pytest.raises(NotAllowed) as refusal:
        publish(call=rehearsed, actor=carla, at=NOON)

    assert found(refusal) == ["may_not_publish"]
    assert queries.published_calls() == []


def test_a_publisher_of_another_body_may_not_publish(rehearsed):
    other = Actor(code="U-ELIF", organisation="another-body", roles=frozenset({"publisher"}))

    with pytest.raises(NotAllowed):
        publish(call=rehearsed, actor=other, at=NOON)


def test_whoever_drafted_may_not_publish(shipped, law_loaded, publisher_of):
    drafter = Actor(code="U-DARIO", roles=frozenset({"system"}))
    load(pack=shipped, actor=drafter, at=NOON, rehearsal=True)
    call = Call.objects.exclude(notice=[]).get()

    with pytest.raises(NotAllowed) as refusal:
        publish(call=call, actor=publisher_of(call), at=NOON)

    assert found(refusal) == ["second_person_needed"]


def test_gaps_block_real_publication(shipped, law_loaded, publisher_of):
    load(pack=shipped, actor=Actor.system("cli"), at=NOON)

    for call in Call.objects.all():
        with pytest.raises(Blocked) as refusal:
            publish(call=call, actor=publisher_of(call), at=NOON)
        assert found(refusal) == ["open_gap"]


def test_a_warning_without_a_choice_blocks(rehearsed, publisher_of):
    first = Choice.objects.filter(call=rehearsed, about=rehearsed.warnings[0]["about"])
    first.delete()

    with pytest.raises(Blocked) as refusal:
        publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)

    assert found(refusal) == ["undecided_warning"]


def test_a_missing_language_blocks(rehearsed, publisher_of):
    rehearsed.texts["who"].pop("ar")
    rehearsed.save(update_fields=["texts"])

    with pytest.raises(Blocked) as refusal:
        publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)

    assert found(refusal) == ["missing_language"]


def test_every_rehearsed_call_can_be_published(rehearsed, publisher_of):
    for call in Call.objects.all():
        publish(call=call, actor=publisher_of(call), at=NOON)

    assert len(queries.published_calls()) == 3


def test_publication_is_written_down_with_the_journeys(published):
    entry = Entry.objects.get(verb="call.published")

    assert (entry.subject, entry.actor, published.status) == (published.code, "U-DARIO", "published")
    assert [journey.published_at for journey in published.scheme.journeys.all()] == [NOON, NOON]


def test_the_mailbox_of_a_published_call_is_its_publishers(published):
    assert Mailbox.objects.get(address=published.mailbox.lower()).organisation == published.publisher


def test_a_call_with_another_offices_mailbox_is_not_published(rehearsed, publisher_of):
    give_mailbox(
        address=rehearsed.mailbox,
        organisation=make_organisation("another-body"),
        actor=Actor.system("test"),
        at=NOON,
    )

    with pytest.raises(Blocked) as refusal:
        publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)

    assert found(refusal) == ["records.mailbox_of_another"]
    assert queries.published_calls() == []


def test_a_call_is_published_once(published, publisher_of):
    with pytest.raises(Stale):
        publish(call=published, actor=publisher_of(published), at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        lambda call: Call.objects.filter(pk=call.pk).update(four_eyes=False),
        lambda call: Call.objects.filter(pk=call.pk).update(
            status="draft", published_at=None, published_by=""
        ),
        lambda call: Call.objects.filter(pk=call.pk).delete(),
        lambda call: call.windows.update(closes_at=LATER),
        lambda call: Window.objects.create(
            call=call, number=9, opens_at=LATER, closes_at=LATER + timedelta(1)
        ),
        lambda call: call.criteria.all().delete(),
        lambda call: call.forms.update(version=2),
        lambda call: call.choices.update(text="another"),
        lambda call: call.gaps.update(source="another"),
        lambda call: call.journey.stages.update(term=""),
        lambda call: call.journey.steps.update(needs_reason=True),
        lambda call: type(call.journey).objects.filter(pk=call.journey.pk).update(version=2),
    ],
)
def test_the_database_refuses_to_change_what_is_published(published, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change(published)


def test_an_extension_moves_the_end_and_leaves_the_row(published, publisher_of):
    (before,) = queries.openings(published)

    extend_window(
        call=published,
        number=before.number,
        closes_at=LATER,
        act="Det. 1",
        reason="more time",
        actor=publisher_of(published),
        at=NOON,
    )

    assert queries.openings(published)[0].closes_at == LATER
    assert published.windows.get().closes_at == before.closes_at
    assert queries.window_of(published, LATER - timedelta(seconds=1)) is not None
    assert queries.window_of(published, LATER) is None


def test_an_extension_never_shortens(published, publisher_of):
    with pytest.raises(Blocked) as refusal:
        extend_window(
            call=published,
            number=1,
            closes_at=NOON,
            act="",
            reason="",
            actor=publisher_of(published),
            at=NOON,
        )

    assert found(refusal) == ["not_an_extension"]


def test_an_extension_stops_before_the_next_window(rehearsed, publisher_of):
    (two,) = [call for call in Call.objects.all() if call.windows.count() == 2]
    call = publish(call=two, actor=publisher_of(two), at=NOON)

    with pytest.raises(Blocked) as refusal:
        extend_window(
            call=call, number=1, closes_at=LATER, act="", reason="", actor=publisher_of(call), at=NOON
        )

    assert found(refusal) == ["windows_overlap"]


def test_a_correction_replaces_a_section_in_all_languages(published, publisher_of):
    actor = publisher_of(published)
    with pytest.raises(Blocked):
        correct_texts(
            call=published, texts={Section.HELP: {"it": "solo"}}, act="", reason="", actor=actor, at=NOON
        )

    correct_texts(
        call=published, texts={Section.HELP: texts()}, act="Det. 2", reason="slip", actor=actor, at=NOON
    )

    assert queries.section(published, Section.HELP) == texts()
    assert queries.section(published, Section.WHO) == published.texts["who"]


def test_a_call_closes_when_its_windows_have(published, publisher_of):
    actor = publisher_of(published)
    with pytest.raises(Blocked):
        close(call=published, actor=actor, at=NOON)

    closed = close(call=published, actor=actor, at=LATER)

    assert (closed.status, closed.closed_at) == ("closed", LATER)
    assert queries.published_calls() == []


def test_a_stranger_may_not_amend(published, stranger):
    with pytest.raises(NotAllowed):
        close(call=published, actor=stranger, at=LATER)
