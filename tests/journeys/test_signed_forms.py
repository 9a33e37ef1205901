"""The round trip: a blank filled by four programs, signed, sent certified, and read as it was written."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.employers.making import company
from tests.schemes.fillers import FILLERS
from tests.web.office.world import STORY, World
from tragitto.demo.mail import Posted
from tragitto.employers import queries
from tragitto.employers.models import Expression
from tragitto.employers.vocabulary import State
from tragitto.records import trusted_list
from tragitto.records.models import Attachment
from tragitto.schemes import blanks
from tragitto.schemes import queries as schemes
from tragitto.schemes.vocabulary import FieldKind
from tragitto_pec.rehearsal import Authority, Enclosure, Letter
from tragitto_pec.rehearsal.signing import Signatory
from tragitto_pec.rehearsal.trusting import trusted_list_of

pytestmark = pytest.mark.slow
FILING = next(each for each in STORY.filings if not each.delegation)
SENT_AT = STORY.moment(FILING.at) + timedelta(hours=1)
#: How a form is signed: the name it is sent by, and the file of its signed bytes.
WAYS: dict[str, Callable[[Signatory, bytes], Enclosure]] = {
    "PAdES": lambda who, pdf: Enclosure("modulo.pdf", who.sign_pdf(pdf, "signature", at=SENT_AT)),
    "p7m": lambda who, pdf: Enclosure("modulo.pdf.p7m", who.p7m(pdf, at=SENT_AT)),
    "p7m in base64": lambda who, pdf: Enclosure("modulo.pdf.p7m", who.p7m(pdf, "base64", at=SENT_AT)),
}


@pytest.fixture
def authority(world) -> Authority:
    """An authority of the trusted list, for signatures of people."""
    opening, closing = SENT_AT - timedelta(days=400), SENT_AT + timedelta(days=400)
    authority = Authority.create(
        valid_from=opening, valid_until=closing, name="Firma di prova", seed="signing"
    )
    trusted_list.store(trusted_list_of([authority], issued_at=SENT_AT - timedelta(days=10)))
    return authority


def written(world: World, number: int) -> dict[str, str]:
    """What Bruno writes, in the name of one more enterprise."""
    words = {**STORY.words_of(FILING), "enterprise_codice_fiscale": company(3_000_000 + number)}
    return {
        **words,
        "partita_iva": words["enterprise_codice_fiscale"],
        "enterprise_name": "Società Örtisei srl",
    }


def signed_filing(
    world: World, authority: Authority, filler: str, way: str, by: tuple[str, str] | None = None
) -> tuple[dict[str, str], Posted]:
    """A certified message with the main form of the call, filled by `filler` and signed in this way."""
    call = world.calls[FILING.call]
    form = call.forms.get(role="main")
    spec = schemes.form_spec(form)
    number = list(FILLERS).index(filler) * len(WAYS) + list(WAYS).index(way)
    known = {
        slot.name for slot in schemes.form_fields(call, form.code) if slot.field.kind != FieldKind.SIGNATURE
    }
    words = {name: word for name, word in written(world, number).items() if name in known and word}
    blank = blanks.blank_form(call_code=call.code, call_title=call.title["it"], form=spec, language="it")
    name, codice_fiscale = by or (words["signatory_name"], words["signatory_codice_fiscale"])
    signatory = Signatory(name, codice_fiscale, authority)
    enclosure = WAYS[way](signatory, FILLERS[filler](blank, words))
    letter = Letter(f"impresa{number}@pec.example", (call.mailbox,), "Manifestazione", "testo", (enclosure,))
    raw = world.post.provider.envelope(letter, at=SENT_AT + timedelta(minutes=number))
    return words, Posted(raw, call.mailbox, SENT_AT + timedelta(hours=2))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("filler", FILLERS)
def test_what_was_written_is_what_the_office_reads(world, authority, filler, way):
    words, posted = signed_filing(world, authority, filler, way)

    message = world.take(posted)

    expression = Expression.objects.get(employer__codice_fiscale=words["enterprise_codice_fiscale"])
    assert expression.current.message == message
    assert expression.employer.name == words["enterprise_name"]
    (file,) = Attachment.objects.filter(message=message)
    ticks = {name for name, word in words.items() if word == "yes"}
    read = {name: word for name, word in file.form["fields"].items() if name in words and name not in ticks}
    assert read == {name: word for name, word in words.items() if name not in ticks}
    assert file.form["appearance"] == {}


@pytest.mark.parametrize("way", WAYS)
def test_the_right_person_has_signed_and_only_revocation_waits_for_an_answer(world, authority, way):
    words, posted = signed_filing(world, authority, "pypdf", way)

    world.take(posted)

    assert signing_of(words) == (State.UNKNOWN, "revocation_not_checked")


def test_somebody_elses_signature_is_not_the_right_one(world, authority):
    words, posted = signed_filing(world, authority, "pypdf", "p7m", by=("Somebody Else", "RCCMNL83S18D969H"))

    world.take(posted)

    assert signing_of(words)[0] == State.UNMET


def signing_of(words: dict[str, str]) -> tuple[str, str]:
    """What was found about the signature of this enterprise's filing."""
    expression = Expression.objects.get(employer__codice_fiscale=words["enterprise_codice_fiscale"])
    (view,) = (
        each
        for each in queries.views([expression.current])[expression.current.pk]
        if each.finding.criterion.judge == "signed_by_the_right_person"
    )
    return view.finding.state, view.finding.explanation
