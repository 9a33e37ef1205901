"""Which messages the house takes by itself, which wait at the desk, and what is suggested there."""

import pytest
from django.utils.translation import override

from tests.conftest import NOON
from tests.employers.making import (
    COMPANY,
    HOUSE,
    Paper,
    Sent,
    company,
    finding,
    free_of_conflicts,
    letter,
    modulo,
    states,
)
from tragitto.employers import actions
from tragitto.employers.models import Expression, Version
from tragitto.employers.vocabulary import State
from tragitto.employers.vocabulary import Verdict as Judged
from tragitto.kernel.refusals import Blocked
from tragitto.records import actions as records
from tragitto.records.models import Message
from tragitto.records.queries import suggestions
from tragitto.records.vocabulary import Kind, MessageState, Verdict

pytestmark = pytest.mark.django_db


def placed(message: Message) -> Message:
    """The message after the house tried to place it by itself."""
    return records.place_by_itself(code=message.code, actor=HOUSE, at=NOON)


def place(message: Message, actor, **choice: str) -> Message:
    return records.place(message=message, taker="expression", choice=choice, actor=actor, at=NOON)


def test_a_filing_beyond_doubt_is_taken_under_the_call_its_form_names(lombardia):
    message = placed(letter(lombardia, modulo(lombardia)))

    expression = Expression.objects.get()
    assert message.state == MessageState.FILED
    assert expression.call == lombardia
    assert message.filings.get().where == expression.code


def test_without_the_hidden_name_the_mailbox_decides(veneto):
    placed(letter(veneto, modulo(veneto, named=False)))

    assert Expression.objects.get().call == veneto


def test_the_address_may_be_written_in_capitals(lombardia):
    placed(letter(lombardia, modulo(lombardia), sent=Sent(to=lombardia.mailbox.upper())))

    assert Expression.objects.count() == 1


def waits(message: Message) -> bool:
    return placed(message).state == MessageState.SORTING and not Version.objects.exists()


def test_a_form_of_another_call_than_the_addressed_one_waits(lombardia, veneto):
    assert waits(letter(lombardia, modulo(veneto)))


def test_a_message_to_another_address_waits(lombardia):
    assert waits(letter(lombardia, modulo(lombardia), sent=Sent(to="altro@pec.example")))


def test_a_scan_waits(lombardia):
    assert waits(letter(lombardia, Paper("scansione.pdf")))


def test_a_wrong_codice_fiscale_waits(lombardia):
    assert waits(letter(lombardia, modulo(lombardia, enterprise_codice_fiscale="00743110158")))


def test_two_main_forms_in_one_message_wait(lombardia):
    other = modulo(lombardia, enterprise_codice_fiscale=company(2))

    assert waits(letter(lombardia, modulo(lombardia), other))


@pytest.mark.parametrize(
    "sent",
    [
        Sent(verdict=Verdict.UNCERTIFIED, kind=Kind.ANOMALIA),
        Sent(verdict=Verdict.UNTRUSTED),
        Sent(verdict=Verdict.ALTERED),
        Sent(kind=Kind.AVVENUTA_CONSEGNA),
    ],
    ids=["anomaly", "untrusted", "altered", "receipt"],
)
def test_what_proves_nothing_waits(lombardia, sent):
    assert waits(letter(lombardia, modulo(lombardia), sent=sent))


def test_between_two_open_calls_of_one_mailbox_the_house_does_not_choose(lombardia, veneto):
    both = Sent(to=(lombardia.mailbox, veneto.mailbox))

    assert waits(letter(lombardia, modulo(lombardia, named=False), sent=both))


# --- who writes --------------------------------------------------------------------------------------------

MALLORY = "mallory@pec.another.example"


def test_a_further_version_from_the_same_certified_sender_is_taken(lombardia):
    placed(letter(lombardia, modulo(lombardia)))

    again = placed(letter(lombardia, modulo(lombardia), sent=Sent(sender="Bruno@PEC.impresa.example")))

    assert again.state == MessageState.FILED
    assert Expression.objects.get().versions.count() == 2


@pytest.mark.parametrize("region", ["lombardia", "veneto", "emilia-romagna"])
def test_nobody_replaces_a_filing_with_anothers_codice_fiscale(calls, region):
    call = calls[region]
    placed(letter(call, modulo(call)))
    before = Expression.objects.values().get()

    message = placed(letter(call, modulo(call, contact_email="m@evil.example"), sent=Sent(sender=MALLORY)))

    assert message.state == MessageState.SORTING
    assert Expression.objects.values().get() == before


def test_the_desk_is_told_that_another_address_wrote(lombardia):
    placed(letter(lombardia, modulo(lombardia)))

    message = placed(letter(lombardia, modulo(lombardia), sent=Sent(sender=MALLORY)))

    with override("en"):
        best = suggestions(message)[0]
        assert best.where_code == Expression.objects.get().code
        assert "another address" in best.reason


def test_a_person_places_what_another_address_sent(lombardia, carla):
    placed(letter(lombardia, modulo(lombardia)))
    message = placed(letter(lombardia, modulo(lombardia), sent=Sent(sender=MALLORY)))

    place(message, carla, call=lombardia.code)

    assert Expression.objects.get().versions.count() == 2


def test_an_address_nobody_certified_vouches_for_no_later_message(lombardia, carla):
    """Whoever writes an ordinary mail may put any address above it."""
    placed(letter(lombardia, modulo(lombardia)))
    ordinary = Sent(sender=MALLORY, verdict=Verdict.UNCERTIFIED, kind=Kind.ORDINARIA)
    place(placed(letter(lombardia, modulo(lombardia), sent=ordinary)), carla, call=lombardia.code)

    message = placed(letter(lombardia, modulo(lombardia), sent=Sent(sender=MALLORY)))

    assert message.state == MessageState.SORTING


def test_the_house_adds_no_version_of_another_sender_whatever_its_takers_say(lombardia):
    placed(letter(lombardia, modulo(lombardia)))
    message = letter(lombardia, modulo(lombardia), sent=Sent(sender=MALLORY))

    with pytest.raises(Blocked) as refusal:
        actions.receive(message=message, call=lombardia, actor=HOUSE, at=NOON)

    assert [each.code for each in refusal.value.findings] == ["another_sender"]


# --- a person at the desk ----------------------------------------------------------------------------------


def test_a_person_places_a_scan_and_says_who_files(lombardia, carla):
    message = placed(letter(lombardia, Paper("scansione.pdf")))

    place(message, carla, call=lombardia.code, codice_fiscale=company(4), name="Officine Quattro")

    assert Expression.objects.get().employer.name == "Officine Quattro"


def test_what_went_to_another_mailbox_is_in_time_only_when_a_person_says_so(lombardia, carla, dario):
    message = placed(letter(lombardia, modulo(lombardia), sent=Sent(to="altro@pec.example")))
    place(message, carla, call=lombardia.code)
    expression = Expression.objects.get()
    free_of_conflicts(expression)
    found = finding(expression, "in_time")

    answer = {"verdict": Judged.OVERRULED, "state": State.MET, "ground": "Forwarded by the other office."}
    actions.judge(finding=found, **answer, actor=dario, at=NOON)

    assert (found.state, found.explanation) == (State.UNKNOWN, "addressed_elsewhere")
    assert states(expression)["in_time"] == State.MET


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ({"codice_fiscale": "00743110158", "name": "X"}, "codice_fiscale_wrong"),
        ({"codice_fiscale": COMPANY}, "name_needed"),
        ({}, "enterprise_unknown"),
    ],
)
def test_a_person_cannot_place_it_with_nobody_behind(lombardia, carla, choice, why):
    message = placed(letter(lombardia, Paper("scansione.pdf")))

    with pytest.raises(Blocked) as refusal:
        place(message, carla, call=lombardia.code, **choice)

    assert [each.code for each in refusal.value.findings] == [why]


def test_no_draft_and_no_invention_can_be_chosen(lombardia, carla):
    message = placed(letter(lombardia, Paper("scansione.pdf")))

    with pytest.raises(Blocked) as refusal:
        place(message, carla, call="no-such-call")

    assert [each.code for each in refusal.value.findings] == ["call_unknown"]
