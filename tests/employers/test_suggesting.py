"""Where a message at the desk may belong: each place once, with all its reasons, ready to accept."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.conftest import NOON
from tests.employers.making import (
    HOUSE,
    OTHER,
    PERSON,
    Paper,
    Sent,
    company,
    letter,
    modulo,
    printed,
    rome,
    signed,
    signer,
)
from tragitto.employers.models import Expression
from tragitto.employers.suggesters import clues
from tragitto.records import actions as records
from tragitto.records.models import Mailbox, Message, Outgoing
from tragitto.records.queries import suggestions
from tragitto.records.registries import Suggestion
from tragitto.records.vocabulary import Direction, Kind, MessageState, Verdict

pytestmark = pytest.mark.django_db
STRANGER = "x@pec.example"
ELSEWHERE = "altro@pec.example"
FIRST = "opec.first@pec.example"


def placed(message: Message) -> Message:
    return records.place_by_itself(code=message.code, actor=HOUSE, at=NOON)


def sent_elsewhere(**how) -> Sent:
    """From and to addresses nobody knows."""
    return Sent(**{"to": ELSEWHERE, "sender": STRANGER, **how})


def suggested(message: Message) -> list[Suggestion]:
    with override("en"):
        return suggestions(placed(message))


@pytest.fixture
def filed(lombardia) -> Expression:
    """Bruno has filed once."""
    placed(letter(lombardia, modulo(lombardia), sent=Sent(message_id="<first@bruno>", identifier=FIRST)))
    return Expression.objects.get()


def test_nothing_is_suggested_for_a_message_about_nothing(lombardia, filed):
    assert suggested(letter(lombardia, Paper("x.pdf"), sent=sent_elsewhere())) == []


def test_one_place_is_named_once_with_all_its_reasons(lombardia, filed, carla):
    ordinary = Sent(verdict=Verdict.UNCERTIFIED, kind=Kind.ORDINARIA)
    message = letter(lombardia, modulo(lombardia), sent=ordinary)

    (place,) = suggested(message)

    assert (place.where_code, place.strength) == (filed.code, 90)
    assert place.label == f"{filed.code} · Officine Bruno srl"
    assert [reason.split()[:3] for reason in place.reasons] == [
        ["The", "form", "bears"],
        ["A", "form", "that"],
        ["The", "message", "went"],
        ["Earlier", "messages", "of"],
    ]
    assert place.reason == " ".join(place.reasons)
    message.refresh_from_db()
    records.place(message=message, taker=place.taker, choice=place.choice, actor=carla, at=NOON)
    assert filed.versions.count() == 2


def test_a_first_filing_is_suggested_under_its_call(lombardia, carla):
    message = letter(lombardia, modulo(lombardia), sent=sent_elsewhere())

    (place,) = suggested(message)

    assert (place.where_code, place.strength) == (lombardia.code, 80)
    assert "Officine Bruno" in place.label
    message.refresh_from_db()
    records.place(message=message, taker=place.taker, choice=place.choice, actor=carla, at=NOON)
    assert Expression.objects.get().call == lombardia


@pytest.mark.parametrize(
    "how",
    [
        {"reference": "<first@bruno>"},
        {"replies_to": ("<?>", "<first@bruno>")},
        {"replies_to": ("<opec.first@pec.example>",)},
    ],
)
def test_an_answer_to_a_message_belongs_where_that_one_went(lombardia, filed, how):
    (place,) = suggested(letter(lombardia, sent=sent_elsewhere(**how)))

    assert (place.where_code, place.strength) == (filed.code, 95)


@pytest.mark.parametrize("about", ["case", "expression"])
def test_an_answer_to_what_the_office_wrote_belongs_to_its_case(lombardia, filed, about):
    mailbox, _ = Mailbox.objects.get_or_create(
        address=lombardia.mailbox, defaults={"organisation": lombardia.publisher, "door": "mail"}
    )
    asked = letter(lombardia, sent=sent_elsewhere(message_id="<asked@office>", direction=Direction.OUT))
    code = filed.case.code if about == "case" else filed.code
    Outgoing.objects.create(
        code="O-1",
        key="ask",
        message=asked,
        mailbox=mailbox,
        about=code,
        state="queued",
        state_since=NOON,
        next_try_at=NOON,
    )

    (place,) = suggested(letter(lombardia, sent=sent_elsewhere(reference="<asked@office>")))

    assert (place.where_code, place.strength) == (filed.code, 95)


def test_a_message_does_not_answer_itself(lombardia, filed):
    own = sent_elsewhere(message_id="<first@bruno>", reference="<first@bruno>")

    assert suggested(letter(lombardia, sent=own)) == []


@pytest.mark.parametrize("written", ["Integrazione {} del 3 luglio", "re: {}", "[{}]"])
def test_a_code_in_the_subject_names_the_place(lombardia, filed, written):
    subject = written.format(filed.case.code.lower())

    (place,) = suggested(letter(lombardia, sent=sent_elsewhere(subject=subject)))

    assert (place.where_code, place.strength) == (filed.code, 93)


def test_a_code_in_the_name_of_a_file_names_the_place(lombardia, filed):
    message = letter(lombardia, Paper(f"integrazione_{filed.code}.pdf"), sent=sent_elsewhere())

    assert [place.where_code for place in suggested(message)] == [filed.code]


@pytest.mark.parametrize("written", ["X{}", "{}7"])
def test_a_code_within_another_word_is_none(lombardia, filed, written):
    subject = written.format(filed.code)

    assert suggested(letter(lombardia, sent=sent_elsewhere(subject=subject))) == []


def test_the_code_printed_on_a_scan_names_its_call(lombardia):
    paper = printed(modulo(lombardia))
    paper.confirmed = None

    (place,) = suggested(letter(lombardia, paper, sent=sent_elsewhere()))

    assert (place.where_code, place.strength) == (lombardia.code, 85)
    assert place.reasons == (
        "The code printed on a scanned page names this call.",
        "Confirm what stands on the printed form first: a filing keeps what was read of it.",
    )


def test_a_confirmed_scan_names_its_employer(lombardia, filed):
    message = letter(lombardia, printed(modulo(lombardia)), sent=sent_elsewhere())

    (place,) = suggested(message)

    assert (place.where_code, place.strength) == (filed.code, 90)


def test_who_signed_before_is_known_whatever_is_signed(lombardia):
    placed(letter(lombardia, signed(modulo(lombardia))))
    message = letter(lombardia, signed(Paper("risposta.pdf")), sent=sent_elsewhere())

    (place,) = suggested(message)

    assert (place.where_code, place.strength) == (Expression.objects.get().code, 70)


@pytest.mark.parametrize(
    "paper",
    [signed(Paper("risposta.pdf"), signer(OTHER)), signed(Paper("risposta.pdf"), signer(chain="untrusted"))],
    ids=["another", "not proven"],
)
def test_who_is_nobody_s_signer_names_no_place(lombardia, paper):
    placed(letter(lombardia, signed(modulo(lombardia))))

    assert suggested(letter(lombardia, paper, sent=sent_elsewhere())) == []


@pytest.mark.parametrize(("number", "is_said"), [(OTHER, False), (PERSON, True)])
def test_the_desk_is_told_when_the_person_named_signed_what_another_address_sent(
    lombardia, filed, number, is_said
):
    paper = signed(modulo(lombardia), signer(number))

    (place,) = suggested(letter(lombardia, paper, sent=Sent(sender=STRANGER)))

    assert place.where_code == filed.code
    assert "another address" in place.reason
    assert ("qualified signature of the person it names" in place.reason) is is_said


def test_the_sender_of_an_ordinary_mail_is_a_weaker_reason(lombardia, filed):
    certified = letter(lombardia, sent=Sent(to=ELSEWHERE))
    ordinary = letter(lombardia, sent=Sent(to=ELSEWHERE, verdict=Verdict.UNCERTIFIED, kind=Kind.ORDINARIA))

    assert [suggested(message)[0].strength for message in (certified, ordinary)] == [50, 30]


def test_the_desk_is_warned_when_the_form_names_another_enterprise(lombardia, filed):
    """Bruno's accountant writes from Bruno's address for another customer."""
    other = modulo(lombardia, enterprise_codice_fiscale=company(8), partita_iva=company(8))
    ordinary = Sent(subject=f"Re: {filed.code}", verdict=Verdict.UNCERTIFIED, kind=Kind.ORDINARIA)
    message = letter(lombardia, other, sent=ordinary)

    places = {place.where_code: place for place in suggested(message)}

    assert list(places) == [lombardia.code, filed.code]
    assert places[filed.code].strength == 40
    assert places[filed.code].reasons[0].startswith("But its form names another enterprise")


def test_a_clue_that_fails_leaves_the_others(lombardia, filed, monkeypatch):
    def fails(looked: object) -> list[clues.Clue]:
        raise ZeroDivisionError

    monkeypatch.setattr("tragitto.employers.suggesters.FINDERS", (fails, clues.by_sender))

    (place,) = suggested(letter(lombardia, sent=Sent(to=ELSEWHERE)))

    assert place.where_code == filed.code


@pytest.mark.parametrize("count", [1, 3])
def test_suggesting_costs_the_same_however_many_have_filed(lombardia, count, django_assert_num_queries):
    for number in range(1, count + 1):
        papers = signed(
            modulo(lombardia, enterprise_codice_fiscale=company(number), partita_iva=company(number))
        )
        at = rome(2025, 7, 1, 9) + timedelta(minutes=number)
        placed(letter(lombardia, papers, sent=Sent(at=at, message_id=f"<{number}@bruno>")))
    files = [signed(modulo(lombardia, enterprise_codice_fiscale=company(1))), *[Paper("x.pdf")] * count]
    how = Sent(reference="<1@bruno>", subject=Expression.objects.first().code, to=lombardia.mailbox)
    message = letter(lombardia, *files, *files, sent=how)

    with django_assert_num_queries(17):
        found = suggestions(message)

    assert len(found) == count
    assert message.state == MessageState.SPLIT
