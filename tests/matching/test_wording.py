"""Sentences in four languages for three audiences."""

import re
from typing import get_args

import pytest

from tragitto_matching.explaining import MEANS, Change, Contribution, Reason, ReasonCode
from tragitto_matching.instance import CRITERIA
from tragitto_matching.rematching import Move, Why
from tragitto_matching.wording import AUDIENCES, LANGUAGES, say, say_move, sentences

LEVEL = Reason(code="level", wanted=("B1",), has=("A2",), of="it")


def places(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_everything_and_nothing_else(language):
    words = sentences(language)

    assert list(words) == ["none", "separator", "reason", "contribution", "change", "move"]
    assert set(words["reason"]) == set(words["change"]) == set(get_args(ReasonCode)) == set(MEANS)
    assert list(words["contribution"]) == ["eligible", *CRITERIA]
    assert list(words["move"]) == ["left", "seat_free", "seat_new", "seat_gone", "put_out"]
    assert set(words["move"]) == {*get_args(Why), "seat_new"}
    for kind in ("reason", "contribution", "move"):
        assert {tuple(said) for said in words[kind].values()} == {AUDIENCES}


@pytest.mark.parametrize("language", ["it", "fr", "ar"])
def test_languages_say_the_same_facts(language):
    words, english = sentences(language), sentences("en")

    for kind in ("reason", "contribution", "move"):
        for code, said in english[kind].items():
            for audience, sentence in said.items():
                assert places(words[kind][code][audience]) == places(sentence), (kind, code, audience)
    for code, sentence in english["change"].items():
        assert places(words["change"][code]) == places(sentence), code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_everything_can_be_said(language, audience):
    for code in MEANS:
        wanted = ("2026-11-30",) if code == "availability" else ("x", "y")
        for has in ((), wanted):
            reason = Reason(code=code, wanted=wanted, has=has, of="z")
            for what in (reason, Change(reason=reason, means=MEANS[code])):
                assert not re.search(r"[{}]|\s\s", say(what, audience, language))
    for criterion in ("eligible", *CRITERIA):
        part = Contribution(criterion=criterion, units=3, points=4, score=12)
        assert "12" in say(part, audience, language)


def test_names_are_put_into_words():
    assert say(LEVEL, "candidate", "it", {"it": "italiano"}) == (
        "Lingua italiano: livello richiesto B1; il Suo: A2."
    )


def test_a_name_in_arabic_stays_in_one_piece():
    assert say(LEVEL, "candidate", "ar", {"it": "الإيطالية"}) == (
        "اللغة \u2068الإيطالية\u2069: المستوى المطلوب \u2068B1\u2069؛ مستواكم: \u2068A2\u2069."
    )


def test_nothing_held_is_said_as_nothing():
    reason = Reason(code="level", wanted=("B1",), of="it")

    assert say(reason, "office", "en") == "Language it: level asked B1; held: none."


def test_a_day_is_written_as_people_do():
    reason = Reason(code="availability", wanted=("2026-11-30",), has=("2027-01-09",))

    assert say(reason, "candidate", "en") == "The work starts on 30/11/2026; you can start on 09/01/2027."


def test_an_employer_is_not_told_where_somebody_else_would_go_or_why_the_office_left_them_out():
    region = Reason(code="region", wanted=("veneto",), has=("lazio",))
    out = [Reason(code="excluded"), Reason(code="placed", has=("P7",))]

    assert say(region, "employer", "en") == "The work is in veneto, which this person has not chosen."
    assert [say(reason, "employer", "en") for reason in out] == [
        "This person is not available for this position.",
        "This person is no longer available.",
    ]


def test_a_change_is_said_to_others_as_its_reason():
    change = Change(reason=LEVEL, means="learning")

    assert say(change, "office", "en") == say(LEVEL, "office", "en")
    assert say(change, "candidate", "en", {"it": "Italian"}) == (
        "A certificate or test of Italian at level B1 or more meets this condition."
    )


# Moves to another post -------------------------------------------------------------------------------------


def moved(move: Move, audience, language="en") -> str:
    return say_move(move, audience, language, posts=("P0", "P1"), people=("K0", "K1"))


MOVES = [
    Move(0, 0, -1, "left", -1),
    Move(0, 0, 1, "seat_free", 1),
    Move(0, -1, 1, "seat_free", -1),
    Move(0, 0, -1, "seat_gone", -1),
    Move(0, 0, 1, "put_out", 1),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_move_is_said_in_words_of_its_own(language, audience):
    said = [moved(move, audience, language) for move in MOVES]

    assert len(set(said)) == len(MOVES)
    assert not any(re.search(r"[{}]|\s\s", sentence) for sentence in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_made_room_is_told_to_the_office_alone(language):
    assert ["K1" in moved(MOVES[1], audience, language) for audience in AUDIENCES] == [False, False, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_employer_is_told_of_no_post(language):
    assert not any(re.search(r"P\d", moved(move, "employer", language)) for move in MOVES)


def test_a_move_says_the_seat_before_and_the_seat_now():
    assert moved(MOVES[1], "candidate") == (
        "A seat that you wish more has fallen free: P1. Until now you had: P0."
    )
    assert moved(MOVES[3], "office", "it") == "Posto tolto: P0; posto attuale: nessuno."


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="it, fr, ar, en, not in de"):
        say(LEVEL, "office", "de")
