"""The whole way: a really signed message with the call's own fillable form becomes an expression."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.employers.making import HOUSE, OTHER, PERSON, finding, rome, states, written
from tragitto.employers.models import Expression
from tragitto.records import actions as records
from tragitto.records import anchors, trusted_list
from tragitto.records.vocabulary import MessageState
from tragitto.schemes import queries as schemes
from tragitto.schemes.blanks import blank_form
from tragitto.schemes.models import Call
from tragitto_pec.rehearsal import Authority, Enclosure, Letter, Provider
from tragitto_pec.rehearsal.signing import Signatory
from tragitto_pec.rehearsal.trusting import trusted_list_of

pytestmark = pytest.mark.django_db
AT = rome(2025, 7, 31, 23, 59, 59)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.create(
        valid_from=datetime(2025, 1, 1, tzinfo=UTC),
        valid_until=datetime(2027, 1, 1, tzinfo=UTC),
        seed="house",
    )


@pytest.fixture
def sent(settings, tmp_path, authority, lombardia) -> Callable[..., bytes]:
    """A message to the call's mailbox with the form as Bruno filled it in, accepted at some moment."""
    settings.IS_DEMONSTRATION, settings.VAR = True, tmp_path / "var"
    settings.VAR.mkdir()
    settings.DOCUMENTS = str(tmp_path / "documents")
    (settings.VAR / anchors.FILE_NAME).write_text(anchors.text_of(authority.anchors().anchors))
    provider = Provider.create(authority, seed="house")

    def _sent(at: datetime, signed: Callable[[bytes], bytes] = bytes, **changes: str) -> bytes:
        enclosure = Enclosure("modulo.pdf", signed(filled(lombardia, **changes)))
        bruno = "bruno@pec.impresa.example"
        letter = Letter(
            bruno, (lombardia.mailbox,), "Manifestazione di interesse", "In allegato.", (enclosure,)
        )
        return provider.envelope(letter, at=at)

    return _sent


def filled(call: Call, **changes: str) -> bytes:
    """The call's own blank, filled in by its fields' names."""
    form = call.forms.get(role="main")
    spec = schemes.form_spec(form)
    blank = blank_form(call_code=call.code, call_title=call.title["it"], form=spec, language="it")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(blank)))
    values = {name: value for name, value in written(call, **changes).items() if value}
    boxes = {field.name for field in spec.fields if field.kind == "checkbox"}
    values = {name: "/Yes" if name in boxes else value for name, value in values.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def take_in(raw: bytes):
    return records.take_in(raw, door="mail", actor=HOUSE, at=rome(2025, 8, 4, 9)).message


def test_a_message_of_the_last_second_arrives_as_an_expression_in_time(sent):
    message = take_in(sent(AT))

    found = states(Expression.objects.get())
    assert message.state == MessageState.FILED
    assert found.pop("signed_by_the_right_person") == "unknown"
    assert set(found.values()) == {"met"}


def test_the_next_second_is_late_though_the_office_read_both_on_the_same_monday(sent):
    take_in(sent(rome(2025, 8, 1)))

    assert states(Expression.objects.get())["in_time"] == "unmet"


@pytest.fixture
def trusting(sent, authority) -> None:
    """The deployment trusts those whom the made-up authority certifies, too."""
    xml = trusted_list_of([authority], issued_at=datetime(2025, 6, 1, tzinfo=UTC))
    trusted_list.store(xml)


def as_p7m(who: Signatory) -> Callable[[bytes], bytes]:
    return lambda pdf: who.p7m(pdf, at=AT)


def in_the_pdf(who: Signatory) -> Callable[[bytes], bytes]:
    return lambda pdf: who.sign_pdf(pdf, at=AT)


@pytest.mark.parametrize("sign", [as_p7m, in_the_pdf])
@pytest.mark.parametrize(
    ("number", "answer"),
    [(PERSON, ("unknown", "revocation_not_checked")), (OTHER, ("unmet", "signed_by_another"))],
    ids=["bruno", "another"],
)
def test_who_really_signed_the_form_is_found_in_it(sent, trusting, authority, sign, number, answer):
    take_in(sent(AT, sign(Signatory("Bruno Bianchi", number, authority))))

    judged = finding(Expression.objects.get(), "signed_by_the_right_person")
    assert (judged.state, judged.explanation) == answer
    assert judged.evidence[-1]["value"] == f"Bruno Bianchi · {number}"


def test_without_a_trusted_list_no_signature_is_called_good(sent, authority):
    take_in(sent(AT, as_p7m(Signatory("Bruno Bianchi", PERSON, authority))))

    judged = finding(Expression.objects.get(), "signed_by_the_right_person")
    assert (judged.state, judged.explanation) == ("unknown", "certificate_not_checked")


def test_a_signed_form_with_one_letter_changed_waits_for_a_person(sent, trusting, authority):
    bruno = Signatory("Bruno Bianchi", PERSON, authority)
    touched = sent(AT, lambda pdf: bruno.p7m(pdf, at=AT).replace(b"Officine Bruno", b"Officine Bruna"))

    assert take_in(touched).state == MessageState.SORTING


def test_a_seal_that_was_touched_makes_no_filing(sent):
    message = take_in(sent(AT).replace(b"Manifestazione", b"manifestazione"))

    assert message.state == MessageState.SORTING
    assert not Expression.objects.exists()
