"""Who is found on the roster, by what, in which order; and what nobody can be searched by."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates.making import (
    AMINA,
    CARLA,
    ELIF,
    NOON,
    REGISTRAR_ORGANISATION,
    SENT_AT,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.candidates.actions import indexing
from tragitto.candidates.models import CandidateSkill, Diploma, Identity, LanguageLevel, SearchRow
from tragitto.candidates.queries import search
from tragitto.candidates.rules import criteria as rules
from tragitto.candidates.rules.criteria import Criteria, Identified, Order
from tragitto.candidates.rules.facts import Told, facts_of, wanted
from tragitto.candidates.rules.lexemes import tokens
from tragitto.candidates.vocabulary import CefrLevel, Mastery
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import RosterStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme():
    return make_scheme()


def found(scheme, actor: Actor = CARLA, **asked) -> list[str]:
    page = search.page(actor=actor, scheme=scheme, criteria=Criteria(**asked))
    return [each.code for each in page.people]


def known(scheme, **changes):
    person = make_candidate(scheme, **changes)
    indexing.refresh([person.pk])
    return person


# --- by name, number, words ---


@pytest.mark.parametrize(
    "typed",
    [
        "BENALI",
        "ben ali",
        "Youssef Benali",
        "yousef",
        "بن علي",
        "يوسف",
        "BENA",
        "C-YOUSSEF",
        "c-yous",
        "0612 34 56 78",
        "+212612345678",
        "00212 6 12-34-56-78",
        "XK1234567",
        "youssef@example.org",
    ],
)
def test_a_person_is_found_by(scheme, typed):
    youssef = known(
        scheme,
        code="C-YOUSSEF",
        surnames="BENALI",
        given_names="YOUSSEF",
        arabic_surnames="بن علي",
        arabic_given_names="يوسف",
        phone="+212612345678",
        email="youssef@example.org",
        passport={"number": "XK1234567"},
    )
    known(scheme, surnames="TAZI", given_names="SALMA", arabic_surnames="التازي", arabic_given_names="سلمى")

    assert found(scheme, name=typed) == [youssef.code]


@pytest.mark.parametrize("typed", ["BENALI SALMA", "zzz", "0699999999", "C-NOBODY"])
def test_a_person_is_not_found_by(scheme, typed):
    known(scheme, surnames="BENALI", given_names="YOUSSEF", arabic_surnames="", arabic_given_names="")

    assert found(scheme, name=typed) == []


def test_a_name_is_no_word_of_a_trade_and_a_trade_no_name(scheme):
    known(scheme, surnames="TAZI", given_names="SALMA", about="Atelier de Taza")

    assert (found(scheme, words="Tazi Salma"), found(scheme, name="atelier")) == ([], [])


@pytest.mark.parametrize("typed", ["soudage", "saldatura", "welding", "اللحام", "Soudages"])
def test_a_skill_is_found_in_any_of_the_four_languages(scheme, typed):
    amina = known(scheme, profiles=[])
    CandidateSkill.objects.create(candidate=amina, skill=a_skill(scheme), mastery="alone", proof="said")
    indexing.refresh([amina.pk])

    assert found(scheme, words=typed) == [amina.code]


def a_skill(scheme) -> str:
    """A way of welding."""
    return next(
        each.code
        for each in roster_of(scheme).skills
        if "saldatura" in each.title["it"].lower()
        and "soudage" in each.title["fr"].lower()
        and "welding" in each.title["en"].lower()
        and "لحام" in each.title["ar"]
    )


def test_own_words_are_found_by_their_stem(scheme):
    amina = known(scheme, about="J'ai réparé des moteurs diesel")

    assert found(scheme, words="moteur") == [amina.code]


def test_a_word_that_is_too_common_is_left_out(scheme):
    amina = known(scheme, about="réparation de moteurs")

    assert found(scheme, words="réparation di moteurs") == [amina.code]


def test_a_telephone_number_is_one_word_however_spaced():
    assert [each.word for each in tokens("+212 6 12 34")] == ["+212 6 12 34"]


# --- by facts ---


def test_a_level_of_a_language_is_found_from_below_and_not_from_above(scheme):
    amina = known(scheme)
    LanguageLevel.objects.create(candidate=amina, tongue="it", level="B1", proof="said")
    indexing.refresh([amina.pk])

    assert found(scheme, languages={"it": CefrLevel.A2}) == [amina.code]
    assert found(scheme, languages={"it": CefrLevel.B2}) == []


def test_every_skill_asked_for_must_be_there_and_well_enough(scheme):
    amina, (first, second, *_rest) = known(scheme), [each.code for each in roster_of(scheme).skills]
    CandidateSkill.objects.create(candidate=amina, skill=first, mastery="alone", proof="said")
    indexing.refresh([amina.pk])

    assert found(scheme, skill=(first,), mastery=Mastery.GUIDED) == [amina.code]
    assert found(scheme, skill=(first,), mastery=Mastery.TEACHES) == []
    assert found(scheme, skill=(first, second)) == []


def test_a_diploma_of_a_higher_level_will_do(scheme):
    amina = known(scheme)
    Diploma.objects.create(candidate=amina, code="DI-A", title="BTS", eqf=5, proof="said")
    indexing.refresh([amina.pk])

    assert (found(scheme, eqf=4), found(scheme, eqf=6)) == ([amina.code], [])


def test_who_names_no_region_goes_to_any(scheme):
    first, second = scheme.regions.order_by("code").values_list("code", flat=True)[:2]
    anywhere, there = known(scheme), known(scheme, regions=[second])

    assert found(scheme, region=(first,)) == [anywhere.code]
    assert found(scheme, region=(second,)) == [anywhere.code, there.code]


def test_people_of_a_registrar_and_those_whom_nobody_registered(scheme):
    alone, theirs = known(scheme), known(scheme, registered_by=REGISTRAR_ORGANISATION)

    assert found(scheme, registrar=(REGISTRAR_ORGANISATION,)) == [theirs.code]
    assert found(scheme, registrar=(rules.BY_THEMSELVES,)) == [alone.code]


def test_a_document_that_expires_is_found_by_its_day(scheme):
    amina = known(scheme, passport={"expires_on": date(2027, 3, 1)})
    known(scheme, passport={"expires_on": date(2030, 3, 1)})

    assert found(scheme, expiring_by=date(2027, 3, 1)) == [amina.code]
    assert found(scheme, expiring_by=date(2027, 2, 28)) == []


def test_who_gives_no_day_is_available(scheme):
    now, later = known(scheme), known(scheme, available_from=date(2027, 5, 1))

    assert found(scheme, available_by=date(2027, 4, 30)) == [now.code]
    assert found(scheme, available_by=date(2027, 5, 1)) == [now.code, later.code]


def test_a_confirmed_identity_is_a_fact(scheme):
    amina = known(scheme)
    passport = amina.documents.get()
    Identity.objects.filter(candidate=amina).update(
        confirmed_at=NOON, confirmed_by=CARLA.code, confirmed_with=passport
    )
    indexing.refresh([amina.pk])

    assert found(scheme, identity=Identified.CONFIRMED) == [amina.code]
    assert found(scheme, identity=Identified.OPEN) == []


def test_a_status_is_asked_for_by_name_and_merged_ones_only_so(scheme):
    amina = known(scheme)
    merged = known(scheme, status=RosterStatus.MERGED, merged_into=amina)

    assert found(scheme) == [amina.code]
    assert found(scheme, status=(RosterStatus.MERGED,)) == [merged.code]


def test_what_was_not_sent_is_found_by_nobody_and_has_no_row(scheme):
    draft = known(scheme, status=RosterStatus.REGISTERING)

    assert found(scheme) == []
    assert not SearchRow.objects.filter(pk=draft.pk).exists()


# --- what nobody is searched by ---


def test_there_is_no_criterion_for_who_somebody_is():
    assert set(Criteria.__struct_fields__) == {
        "name", "words", "status", "profile", "skill", "mastery", "languages", "eqf", "region",
        "available_by", "registrar", "identity", "expiring_by", "on_list", "without", "order",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["sex", "age", "birth_on", "religion", "nationality", "standing", "family"])
def test_such_a_criterion_cannot_be_kept_either(name):
    with pytest.raises(ValueError, match=name):
        rules.of_data({name: "x"})


def test_the_facts_that_are_searched_know_nothing_of_it():
    assert {field.name for field in fields(Told)} == {
        "profiles", "skills", "languages", "eqf", "regions", "registrars", "is_confirmed",
    }  # fmt: skip


def test_where_somebody_was_born_and_of_which_state_is_not_searched(scheme):
    known(scheme, birth_place="OUARZAZATE", nationality="SYR", standing="refugee", town="Zagora")

    for typed in ("Ouarzazate", "SYR", "refugee", "Zagora"):
        assert (found(scheme, words=typed), found(scheme, name=typed)) == ([], [])


# --- in order, page by page ---


def test_the_longest_waiting_come_first(scheme):
    late, early = known(scheme), known(scheme, seniority_at=SENT_AT - timedelta(days=30))

    assert found(scheme) == [early.code, late.code]


def test_the_best_fit_comes_first_when_asked(scheme):
    once = known(scheme, about="moteur")
    often = known(scheme, about="moteur moteur moteur moteur", seniority_at=SENT_AT + timedelta(days=1))

    assert found(scheme, words="moteur", order=Order.FIT) == [often.code, once.code]


@pytest.mark.parametrize("most", [5000, 3])
@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_there_and_back(scheme, monkeypatch, most, order):
    monkeypatch.setattr(search, "MOST_COUNTED", most)
    codes = [known(scheme, about="moteur").code for _each in range(5)]
    asked = {"actor": CARLA, "scheme": scheme, "criteria": Criteria(words="moteur", order=order), "size": 2}

    first = search.page(**asked)
    second = search.page(**asked, after=first.after)
    third = search.page(**asked, after=second.after)
    back = search.page(**asked, before=third.before)

    assert [[each.code for each in page.people] for page in (first, second, third, back)] == [
        codes[:2],
        codes[2:4],
        codes[4:],
        codes[2:4],
    ]
    assert (first.before, third.after) == ("", "")
    assert (first.total, first.is_more) == ((5, False) if most > 5 else (3, True))


def test_a_person_who_is_gone_leads_to_the_first_page(scheme):
    amina = known(scheme)

    page = search.page(actor=CARLA, scheme=scheme, criteria=Criteria(), after="C-GONE")

    assert [each.code for each in page.people] == [amina.code]


# --- who may ---


@pytest.mark.parametrize("actor", [AMINA, ELIF, STRANGER, Actor("U-X", "office", frozenset({"officer"}))])
def test_only_those_who_keep_the_roster_search_it(scheme, actor):
    known(scheme, account=AMINA.code, registered_by=REGISTRAR_ORGANISATION)

    with pytest.raises(NotFound):
        found(scheme, actor)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_many(scheme, count, django_assert_num_queries):
    for _each in range(count):
        known(scheme, registered_by=REGISTRAR_ORGANISATION, about="moteur")
    found(scheme, words="moteur")

    with django_assert_num_queries(8):
        assert len(found(scheme, words="moteur")) == count


# --- the index ---


def test_putting_together_again_changes_nothing(scheme):
    amina = known(scheme, about="moteur")
    before = SearchRow.objects.values().get(pk=amina.pk)

    indexing.refresh([amina.pk, amina.pk])

    assert SearchRow.objects.values().get(pk=amina.pk) == before


def test_many_are_put_together_for_the_price_of_one(scheme, django_assert_num_queries):
    keys = [make_candidate(scheme).pk for _each in range(3)]

    with django_assert_num_queries(10):
        indexing.refresh(keys)


def test_rows_that_are_missing_or_old_are_mended(scheme):
    house = Actor.system("task")
    amina, salma = known(scheme), make_candidate(scheme)
    SearchRow.objects.filter(pk=amina.pk).update(made_by=0)

    assert indexing.mend(limit=10, actor=house, at=NOON) == 2
    assert indexing.mend(limit=10, actor=house, at=NOON) == 0
    assert set(found(scheme)) == {amina.code, salma.code}


# --- rules ---

_LEVELS = st.sampled_from(list(CefrLevel))


@given(has=_LEVELS, asked=_LEVELS)
def test_at_least_is_said_by_one_word(has, asked):
    facts = facts_of(Told(languages=[("it", has)]))
    ((group,),) = wanted(Criteria(languages={"it": asked}))

    assert (group in facts) == (asked <= has)


@given(
    words=st.text(max_size=20),
    status=st.lists(st.sampled_from(list(RosterStatus)), unique=True),
    languages=st.dictionaries(st.sampled_from(["it", "fr"]), _LEVELS),
    eqf=st.integers(0, 8),
    day=st.none() | st.dates(),
)
def test_criteria_kept_as_data_come_back_the_same(words, status, languages, eqf, day):
    criteria = Criteria(
        words=words, status=tuple(status), languages=languages, eqf=eqf, available_by=day, expiring_by=day
    )

    assert rules.of_data(rules.as_data(criteria)) == criteria
