"""Loading a pack: all or nothing, twice is once, published things do not change."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOON
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.actions import load, publish
from tragitto.schemes.models import Call, Journey, Scheme, Stage, Step
from tragitto.schemes.pack import read_pack

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("cli")


def rewrite(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def copy(shipped_folder, tmp_path):
    """A copy of the shipped pack that a test may change."""
    return shutil.copytree(shipped_folder, tmp_path / "pack")


def test_a_stranger_may_not_load(stranger, shipped, law_loaded):
    with pytest.raises(NotAllowed):
        load(pack=shipped, actor=stranger, at=NOON)

    assert not Scheme.objects.exists()


def test_the_shipped_scheme_comes_in_whole(shipped, law_loaded):
    loaded = load(pack=shipped, actor=HOUSE, at=NOON)

    scheme = Scheme.objects.get()
    assert loaded.scheme == scheme
    assert scheme.places == 500
    assert (scheme.regions.count(), scheme.profiles.count(), scheme.calls.count()) == (3, 5, 3)
    assert {call.status for call in scheme.calls.all()} == {"draft"}
    assert Stage.objects.count() == sum(len(journey.stages) for journey in shipped.journeys)
    assert Step.objects.count() == sum(len(journey.steps) for journey in shipped.journeys)


def test_a_second_loading_changes_nothing(shipped, law_loaded):
    load(pack=shipped, actor=HOUSE, at=NOON)
    entries = Entry.objects.count()

    again = load(pack=shipped, actor=HOUSE, at=NOON + timedelta(days=1))

    assert again.written == ()
    assert Entry.objects.count() == entries


def test_an_error_stops_everything(copy, law_loaded):
    rewrite(copy, "journeys/expression.toml", 'name = "findings_settled"', 'name = "findings_setled"')

    with pytest.raises(Blocked) as refusal:
        load(pack=read_pack(copy), actor=HOUSE, at=NOON)

    assert {finding.code for finding in refusal.value.findings} == {"unknown_guard"}
    assert not Scheme.objects.exists()


def test_a_changed_draft_is_written_anew(copy, law_loaded):
    load(pack=read_pack(copy), actor=HOUSE, at=NOON)
    rewrite(copy, "calls/lombardia.toml", "last_day = 2025-07-31", "last_day = 2025-08-01")
    rewrite(copy, "calls/lombardia.notice.md", "31/07/2025", "01/08/2025")
    text = (copy / "calls/lombardia.toml").read_text().replace(":2025-07-31", ":2025-08-01")
    (copy / "calls/lombardia.toml").write_text(text)

    loaded = load(pack=read_pack(copy), actor=HOUSE, at=NOON)

    (written,) = loaded.written
    window = Call.objects.get(code=written.split()[1]).windows.get()
    assert window.closes_at == datetime(2025, 8, 1, 22, 0, tzinfo=UTC)


def test_without_law_nothing_is_loaded(shipped):
    with pytest.raises(Blocked) as refusal:
        load(pack=shipped, actor=HOUSE, at=NOON)

    assert [finding.code for finding in refusal.value.findings] == ["no_law"]


def test_a_rehearsal_does_not_replace_real_drafts(shipped, law_loaded):
    load(pack=shipped, actor=HOUSE, at=NOON)

    with pytest.raises(Blocked) as refusal:
        load(pack=shipped, actor=HOUSE, at=NOON, rehearsal=True)

    assert [finding.code for finding in refusal.value.findings] == ["real_call"] * 3
    assert not Call.objects.filter(is_rehearsal=True).exists()


def test_what_was_written_in_earnest_replaces_a_rehearsal(shipped, rehearsed):
    load(pack=shipped, actor=HOUSE, at=NOON)

    assert not Call.objects.filter(is_rehearsal=True).exists()


def test_a_rehearsal_is_filled_with_stand_ins_that_stay_marked(rehearsed):
    calls = Call.objects.order_by("code")

    assert all(call.is_rehearsal and call.mailbox for call in calls)
    assert all(window.opens_at for call in calls for window in call.windows.all())
    assert all(call.gaps.filter(stand_in__isnull=False).exists() for call in calls)


def test_a_published_call_is_not_written_over(rehearsed, publisher_of, copy):
    call = rehearsed
    publish(call=call, actor=publisher_of(call), at=NOON)
    rewrite(copy, "calls/lombardia.toml", "four_eyes = true", "four_eyes = false")

    with pytest.raises(Blocked) as refusal:
        load(pack=read_pack(copy), actor=HOUSE, at=NOON, rehearsal=True)

    assert [finding.code for finding in refusal.value.findings] == ["published_call_changed"]


def test_a_published_journey_needs_a_new_version(rehearsed, publisher_of, copy):
    publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)
    rewrite(copy, "journeys/expression.toml", 'it = "Ammetti"', 'it = "Ammetti!"')

    with pytest.raises(Blocked) as refusal:
        load(pack=read_pack(copy), actor=HOUSE, at=NOON, rehearsal=True)

    assert [finding.code for finding in refusal.value.findings] == ["published_journey_changed"]


def test_a_scheme_under_a_published_call_stays(rehearsed, publisher_of, copy):
    publish(call=rehearsed, actor=publisher_of(rehearsed), at=NOON)
    rewrite(copy, "scheme.toml", "places = 500", "places = 501")

    with pytest.raises(Blocked) as refusal:
        load(pack=read_pack(copy), actor=HOUSE, at=NOON, rehearsal=True)

    assert [finding.code for finding in refusal.value.findings] == ["scheme_in_use"]


def test_an_unpublished_journey_is_written_anew(copy, law_loaded):
    load(pack=read_pack(copy), actor=HOUSE, at=NOON)
    rewrite(copy, "journeys/expression.toml", 'it = "Ammetti"', 'it = "Ammettere"')

    load(pack=read_pack(copy), actor=HOUSE, at=NOON)

    assert Journey.objects.count() == 2
    assert Step.objects.filter(label__it="Ammettere").count() == 1
