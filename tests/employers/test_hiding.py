"""Facts that reviewers do not see: gone from facts, evidence and sentences, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from tragitto.employers.rules import FilingFacts, ReadForm, hiding

FACTS = {
    "contact": {"name": "Bruno", "email": "bruno@impresa.example"},
    "contacts_wanted": "yes",
    "units": [{"address": "via Roma 1", "province": "BG"}, {"address": "via Po 2", "province": "MI"}],
}
FIELDS = {
    "contact.name": "contact_name",
    "contact.email": "contact_email",
    "contacts_wanted": "wanted",
    "units[].address": "unit_address",
    "units[].province": "unit_province",
}


def filed(**changes) -> FilingFacts:
    whole = {"code": "a", "role": "main", "attachment": "a.pdf", "facts": FACTS, "fields": FIELDS, **changes}
    return FilingFacts(forms=(ReadForm(**whole),))


def test_a_first_word_hides_what_begins_with_it_and_not_what_looks_alike():
    (form,) = hiding.masked(filed(), ["contact"]).forms

    assert form.facts == {key: value for key, value in FACTS.items() if key != "contact"}
    assert "contact.name" not in form.fields
    assert "contacts_wanted" in form.fields


def test_one_column_of_a_table_is_hidden_in_every_row():
    (form,) = hiding.masked(filed(), ["units.address"]).forms

    assert form.facts["units"] == [{"province": "BG"}, {"province": "MI"}]


def test_what_a_hidden_place_shows_is_hidden_as_well():
    facts = filed(appearance={"unit_address_2": "via Dora 3", "wanted": "no"})

    (form,) = hiding.masked(facts, ["units[].address"]).forms

    assert form.appearance == {"wanted": "no"}


def test_places_and_their_rows_are_recognised():
    places = hiding.hidden_places(filed(), ["units[].address", "contact.name"])

    assert places == {("a", "unit_address"), ("a", "contact_name")}
    assert hiding.is_among(("a", "unit_address_2"), places)
    assert not hiding.is_among(("a", "unit_province_2"), places)
    assert not hiding.is_among(("b", "unit_address_2"), places)


def test_hidden_values_are_veiled_in_sentences():
    values = hiding.hidden_values(filed(), ["contact"])

    assert values == {"Bruno", "bruno@impresa.example"}
    assert hiding.veiled({"name": "Bruno", "months": 3}, values) == {"name": hiding.VEIL, "months": 3}


def test_a_hidden_value_among_other_words_is_veiled_and_longer_words_are_not():
    values = hiding.hidden_values(filed(), ["contact"])

    said = hiding.veiled({"said": ["bruno and Brunone <bruno@impresa.example>"]}, values)

    assert said == {"said": [f"{hiding.VEIL} and Brunone <{hiding.VEIL}>"]}


def test_a_call_that_hides_nothing_changes_nothing():
    facts = filed()

    assert hiding.masked(facts, []) is facts


WORDS = st.sampled_from(["contact", "units", "name", "address"])
NESTED = st.recursive(
    st.text("abc", max_size=3),
    lambda inner: st.dictionaries(WORDS, inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)


@given(facts=st.dictionaries(WORDS, NESTED, max_size=3), hidden=st.lists(WORDS, max_size=2))
def test_hiding_twice_is_hiding_once_and_leaves_no_hidden_value(facts, hidden):
    once = hiding.masked(filed(facts=facts), hidden)

    assert hiding.masked(once, hidden) == once
    assert hiding.hidden_values(once, hidden) == frozenset()
