"""The readable difference of two versions: fact by fact, row by row; and what it never does."""

from hypothesis import given
from hypothesis import strategies as st

from tragitto.employers.rules import FilingFacts, Paper, ReadForm
from tragitto.employers.rules.difference import (
    Change,
    Difference,
    FactChange,
    PaperChange,
    RowChange,
    difference,
)


def facts(*papers: Paper, **said: object) -> FilingFacts:
    return FilingFacts(forms=(ReadForm("a", "main", "a.pdf", said),), papers=papers)


def paper(name: str, content: str) -> Paper:
    return Paper(name, content)


def test_the_same_says_nothing():
    assert difference(facts(name="x"), facts(name="x")).is_empty


def test_when_and_how_it_was_sent_is_no_difference():
    one, other = FilingFacts(identifier="a"), FilingFacts(identifier="b", is_online=True)

    assert difference(one, other).is_empty


def test_a_fact_is_changed_added_and_taken_away():
    old = facts(enterprise={"name": "Bruno", "pec": "b@x"}, share=None)
    new = facts(enterprise={"name": "Bruno srl"}, share="2")

    assert difference(old, new).facts == (
        FactChange("a", "enterprise.name", Change.CHANGED, "Bruno", "Bruno srl"),
        FactChange("a", "enterprise.pec", Change.REMOVED, "b@x", None),
        FactChange("a", "share", Change.ADDED, None, "2"),
    )


def test_a_box_without_a_tick_says_nothing():
    assert difference(facts(consents=False), facts()).is_empty


def test_a_choice_of_several_is_one_fact():
    found = difference(facts(languages=["it"]), facts(languages=["it", "fr"]))

    assert found.facts == (FactChange("a", "languages", Change.CHANGED, ["it"], ["it", "fr"]),)


UNIT_A = {"address": "via Roma", "province": "BG"}
UNIT_B = {"address": "via Milano", "province": "MI"}


def test_a_row_that_only_moved_has_not_changed():
    assert difference(facts(units=[UNIT_A, UNIT_B]), facts(units=[UNIT_B, UNIT_A])).is_empty


def test_a_row_comes_and_goes():
    found = difference(facts(units=[UNIT_A]), facts(units=[UNIT_B]))

    assert found.rows == (
        RowChange("a", "units", 1, Change.REMOVED, UNIT_A),
        RowChange("a", "units", 1, Change.ADDED, UNIT_B),
    )


def test_a_row_that_shares_something_was_changed():
    new = {"address": "via Roma 2", "province": "BG"}

    found = difference(facts(units=[UNIT_B, UNIT_A]), facts(units=[UNIT_B, new]))

    assert found == Difference(
        facts=(FactChange("a", "address", Change.CHANGED, "via Roma", "via Roma 2", "units", 2),)
    )


def test_a_form_that_came_is_named_once():
    new = FilingFacts(forms=(*facts(name="x").forms, ReadForm("b", "delegation", "b.pdf", {"x": "y"})))

    assert difference(facts(name="x"), new) == Difference(forms=(("b", Change.ADDED),))


def test_papers_are_known_by_what_is_in_them():
    old, new = (
        facts(paper("a.pdf", "1"), paper("b.pdf", "2")),
        facts(paper("c.pdf", "1"), paper("d.pdf", "3")),
    )

    assert difference(old, new).papers == (
        PaperChange("b.pdf", Change.REMOVED),
        PaperChange("d.pdf", Change.ADDED),
    )


words = st.sampled_from(["", "x", "y", "z"])
rows = st.lists(st.fixed_dictionaries({}, optional={"p": words, "q": words}), max_size=4)
filings = st.builds(lambda name, units: facts(name=name, units=units), words, rows)


@given(filings)
def test_nothing_differs_from_itself(one):
    assert difference(one, one).is_empty


@given(filings, filings)
def test_both_ways_tell_as_much(one, other):
    there, back = difference(one, other), difference(other, one)

    assert len(there.rows) == len(back.rows)
    assert there.is_empty == back.is_empty


@given(filings, st.randoms())
def test_the_order_of_rows_does_not_matter(one, random):
    units = list(one.forms[0].rows("units"))
    random.shuffle(units)

    assert difference(one, facts(name=one.forms[0].value("name"), units=units)).is_empty
