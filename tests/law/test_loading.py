"""Loading the law and asking what was loaded."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.law.making import a_pack, a_row
from tragitto.kernel.actors import Actor
from tragitto.kernel.periods import Period
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.law import actions, queries
from tragitto.law.models import Holiday, Parameter
from tragitto.law.rules import NoCalendar, NoPeriod, UnknownCode, ValueNotFound, calendar_of, read_pack
from tragitto.ledger.models import Entry

pytestmark = pytest.mark.django_db

AT = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
LATER = datetime(2025, 12, 2, 10, 0, tzinfo=UTC)
HOUSE = Actor.system("cli")
OLD = a_row(value=8, end=date(2025, 12, 2))
NEW = a_row(value=15, start=date(2025, 12, 2))


def load(*rows, at=AT, **more):
    return actions.load_pack(pack=a_pack(*rows), actor=HOUSE, at=at, **more)


def test_the_shipped_pack_can_be_loaded():
    pack = read_pack()

    loaded = actions.load_pack(pack=pack, actor=HOUSE, at=AT)

    assert len(loaded.added) == len(pack.rows)
    assert Parameter.objects.count() == len(pack.rows)


def test_every_shipped_row_comes_back_as_it_was_written():
    pack = read_pack()

    actions.load_pack(pack=pack, actor=HOUSE, at=AT)

    assert {row.reference for row in Parameter.objects.all()} == {row.reference for row in pack.rows}


def test_a_second_loading_changes_nothing_and_leaves_no_entry():
    load(OLD, NEW)
    entries = Entry.objects.count()

    loaded = load(OLD, NEW, at=LATER)

    assert (loaded.added, loaded.changed, loaded.unchanged) == ((), (), 2)
    assert Entry.objects.count() == entries


def test_a_loading_is_told_to_the_ledger():
    load(OLD)

    entry = Entry.objects.get(verb="law.loaded")
    assert entry.facts == {"added": [OLD.reference], "superseded": []}


def test_a_row_worded_differently_is_not_changed_silently():
    load(OLD, NEW)

    with pytest.raises(Blocked) as refusal:
        load(OLD, replace(NEW, value=16), at=LATER)

    assert [finding.facts["row"] for finding in refusal.value.findings] == [NEW.reference]
    assert queries.parameter("trial.term", on=date(2026, 1, 1)).value == "15"


def test_a_superseded_row_stays_beside_its_successor():
    load(OLD, NEW)
    used = queries.parameter("trial.term", on=date(2026, 1, 1)).reference

    load(OLD, replace(NEW, value=16), at=LATER, supersede=True)

    assert queries.parameter("trial.term", on=date(2026, 1, 1)).value == "16"
    assert queries.by_reference(used).value == "15"
    assert str(queries.by_reference(used)) == used
    assert queries.by_reference(used).superseded_at == LATER


def test_an_unsound_pack_is_not_loaded():
    with pytest.raises(Blocked) as refusal:
        load(a_row(act=""))

    assert [finding.code for finding in refusal.value.findings] == ["citation_missing"]
    assert not Parameter.objects.exists()


def test_a_stranger_may_not_load(stranger):
    with pytest.raises(NotAllowed):
        actions.load_pack(pack=a_pack(OLD), actor=stranger, at=AT)
    with pytest.raises(NotAllowed):
        actions.load_holidays(years=[2025], actor=stranger, at=AT)


def test_carla_the_case_officer_may_not_load(carla):
    with pytest.raises(NotAllowed):
        actions.load_pack(pack=a_pack(OLD), actor=carla, at=AT)


def test_the_row_of_a_day_costs_one_query(django_assert_num_queries):
    load(OLD, NEW)

    with django_assert_num_queries(1):
        assert queries.parameter("trial.term", on=date(2025, 12, 1)).row == OLD


def test_a_day_without_a_row_names_the_gap():
    load(OLD)

    with pytest.raises(NoPeriod) as refusal:
        queries.parameter("trial.term", on=date(2025, 12, 2))

    assert str(refusal.value).endswith("the last known period ended on 2025-12-02 (excluded).")


def test_an_unknown_code_names_the_nearest():
    load(OLD)

    with pytest.raises(UnknownCode) as refusal:
        queries.parameter("trial.tern", on=AT.date())

    assert refusal.value.nearest == ("trial.term",)


def test_a_value_sought_in_vain_raises():
    load(a_row(value=None, start=None, not_found="nothing was found"))

    with pytest.raises(ValueNotFound):
        queries.parameter("trial.term", on=AT.date())


def test_periods_come_in_order_of_time():
    load(NEW, OLD)

    assert [row.value for row in queries.periods("trial.term")] == ["8", "15"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_law_of_a_day_costs_one_query_however_long(count, django_assert_num_queries):
    load(*[a_row(code=f"trial.term_{number}") for number in range(count)])

    with django_assert_num_queries(1):
        assert len(queries.all_on(AT.date())) == count


def test_the_law_of_a_day_leaves_out_other_periods():
    load(OLD, NEW)

    assert [row.value for row in queries.all_on(date(2025, 12, 2))] == ["15"]


def test_covered_days_leave_out_values_sought_in_vain():
    unknown = a_row(code="trial.other", value=None, start=None, not_found="nothing was found")
    load(OLD, unknown)

    assert queries.covered() == {"trial.term": [Period(date(2024, 1, 1), date(2025, 12, 2))]}


def test_a_reference_never_loaded_is_not_found():
    with pytest.raises(Parameter.DoesNotExist):
        queries.by_reference("trial.term@2024-01-01#000000000000")


def test_the_loaded_calendar_is_the_calendar_of_the_tables():
    actions.load_holidays(years=[2026, 2027], actor=HOUSE, at=AT)

    assert queries.calendar("IT", first_year=2026, last_year=2027, subdivision="BG") == calendar_of(
        "IT", first_year=2026, last_year=2027, subdivision="BG"
    )


def test_holidays_are_loaded_once():
    first = actions.load_holidays(years=[2026], actor=HOUSE, at=AT)
    second = actions.load_holidays(years=[2026], actor=HOUSE, at=LATER)

    assert first.added
    assert (second.added, second.changed) == ((), ())


def test_a_holiday_the_tables_no_longer_hold_is_taken_away():
    Holiday.objects.create(country="MA", day=date(2026, 5, 26), name="Fête du sacrifice", estimated=True)

    loaded = actions.load_holidays(years=[2026], actor=HOUSE, at=AT)

    assert loaded.changed == ("2026-05-26 MA",)


@pytest.mark.parametrize("place", [("IT", ""), ("IT", "ZZ")])
def test_holidays_never_loaded_are_missed(place):
    actions.load_holidays(years=[2026], actor=HOUSE, at=AT)
    country, province = place
    last = 2026 if province else 2027

    with pytest.raises(NoCalendar):
        queries.calendar(country, first_year=2026, last_year=last, subdivision=province)


def stored(**changes):
    load(a_row(code="trial.base"))
    row = Parameter.objects.get()
    row.pk = None
    fields = {"code": "trial.term", "digest": "another"} | changes
    for name, value in fields.items():
        setattr(row, name, value)
    with transaction.atomic():
        row.save(force_insert=True)


def test_a_sound_row_is_stored():
    stored()

    assert Parameter.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"code": "trial.base"}, "one_at_a_time"),
        ({"title": {"it": "Termine"}}, "title_complete"),
        ({"valid_until": date(2024, 1, 1)}, "period_not_empty"),
        ({"value": None}, "known_or_said_unknown"),
        ({"not_found": "nothing"}, "known_or_said_unknown"),
        ({"valid_from": None}, "known_or_said_unknown"),
        ({"choice": True}, "choice_has_reason"),
        ({"reason": "because"}, "choice_has_reason"),
        ({"act": ""}, "cites_an_article"),
        ({"article": ""}, "cites_an_article"),
        ({"unit": "fortnights"}, "unit_known"),
        ({"confidence": "X"}, "confidence_known"),
        ({"superseded_at": datetime(2025, 1, 1, tzinfo=UTC)}, "superseded_after_loading"),
    ],
)
def test_the_database_refuses(changes, constraint):
    with pytest.raises(IntegrityError, match=f"law_parameter_{constraint}"):
        stored(**changes)


def test_the_database_refuses_a_holiday_twice():
    Holiday.objects.create(country="IT", day=date(2026, 6, 2), name="Festa della Repubblica")

    with pytest.raises(IntegrityError, match="law_holiday_once_a_day_and_place"), transaction.atomic():
        Holiday.objects.create(country="IT", day=date(2026, 6, 2), name="Festa")
