"""Amina consents to one thing and another, and takes it back: at once nothing rests on it."""

import pytest

from tests.candidates.making import AMINA, CARLA, ELIF, NOON, STRANGER, make_candidate, make_scheme
from tragitto.candidates.actions.consenting import give, withdraw
from tragitto.candidates.models import Candidate, Consent
from tragitto.candidates.queries import consents
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect

pytestmark = pytest.mark.django_db
EFFECT = ConsentEffect.EMPLOYERS_SEE_ANONYMOUS


@pytest.fixture
def spec():
    return roster_of(make_scheme())


@pytest.fixture
def candidate():
    return make_candidate(make_scheme(), account=AMINA.code, registered_by="anapec")


def code_of(spec, effect=EFFECT) -> str:
    (code,) = consents.codes_for(spec, effect)
    return code


def test_a_consent_has_the_words_that_were_read(candidate, spec):
    consent = give(candidate=candidate, code=code_of(spec), language="ar", actor=AMINA, at=NOON)

    assert (consent.roster_version, consent.language, consent.given_at) == (spec.version, "ar", NOON)
    assert list(Entry.objects.filter(verb="candidate.consented").values_list("facts", flat=True)) == [
        {"consent": code_of(spec), "roster": spec.version}
    ]


def test_given_twice_is_given_once(candidate, spec):
    for _time in range(2):
        give(candidate=candidate, code=code_of(spec), language="ar", actor=AMINA, at=NOON)

    assert Consent.objects.count() == 1


@pytest.mark.parametrize("effect", list(ConsentEffect))
def test_each_consent_allows_its_own_effect_alone(candidate, spec, effect):
    give(candidate=candidate, code=code_of(spec, effect), language="fr", actor=AMINA, at=NOON)

    allowed = [each for each in ConsentEffect if consents.allows(candidate, spec, each)]
    assert allowed == [effect]


def test_taken_back_it_allows_nothing_from_that_moment(candidate, spec):
    give(candidate=candidate, code=code_of(spec), language="fr", actor=AMINA, at=NOON)

    withdraw(candidate=candidate, code=code_of(spec), actor=AMINA, at=NOON)

    assert not consents.allows(candidate, spec, EFFECT)
    assert list(Candidate.objects.filter(consents.allowing(spec, EFFECT))) == []
    assert consents.in_force(candidate) == {}


def test_who_allows_is_found_among_many(candidate, spec):
    make_candidate(make_scheme())
    give(candidate=candidate, code=code_of(spec), language="fr", actor=AMINA, at=NOON)

    assert list(Candidate.objects.filter(consents.allowing(spec, EFFECT))) == [candidate]


def test_given_again_after_it_was_taken_back_it_is_a_new_one(candidate, spec):
    give(candidate=candidate, code=code_of(spec), language="fr", actor=AMINA, at=NOON)
    withdraw(candidate=candidate, code=code_of(spec), actor=AMINA, at=NOON)

    give(candidate=candidate, code=code_of(spec), language="it", actor=AMINA, at=NOON)

    told = Consent.objects.order_by("pk").values_list("language", "withdrawn_at")
    assert list(told) == [("fr", NOON), ("it", None)]


def test_what_was_never_given_is_taken_back_without_a_word(candidate, spec):
    withdraw(candidate=candidate, code=code_of(spec), actor=AMINA, at=NOON)

    assert Consent.objects.count() == 0
    assert not Entry.objects.filter(verb="candidate.consent_withdrawn").exists()


@pytest.mark.parametrize("who", [CARLA, ELIF, STRANGER], ids=["keeper", "registrar", "stranger"])
def test_nobody_consents_for_another(candidate, spec, who):
    with pytest.raises(NotAllowed):
        give(candidate=candidate, code=code_of(spec), language="fr", actor=who, at=NOON)
    with pytest.raises(NotAllowed):
        withdraw(candidate=candidate, code=code_of(spec), actor=who, at=NOON)


def test_a_consent_that_is_not_asked_is_refused(candidate):
    with pytest.raises(Blocked) as refusal:
        give(candidate=candidate, code="all-my-data", language="fr", actor=AMINA, at=NOON)

    assert [finding.code for finding in refusal.value.findings] == ["consent_unknown"]
