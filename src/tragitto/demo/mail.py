"""Makes the story's messages: forms filled in, sent by made-up people through a made-up provider."""

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from tragitto.demo.signing import Hand, signed
from tragitto.demo.story import Filing, Oddity, Signing, Story
from tragitto.kernel.texts import in_language
from tragitto.schemes import blanks, queries
from tragitto.schemes.models import Call, Form
from tragitto.schemes.pack import FieldSpec, FormSpec
from tragitto.schemes.rules.forms import slots
from tragitto.schemes.vocabulary import FieldKind, FormRole
from tragitto_pec import Kind
from tragitto_pec.forms_code import Place
from tragitto_pec.rehearsal import Authority, Enclosure, Letter, Provider
from tragitto_pec.rehearsal.trusting import trusted_list_of

#: The demonstration's authority is in force while the calls of the story are open.
IN_FORCE = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
LANGUAGE = "it"
#: Counted from the office's day: as long as a real list holds.
LIST_HOLDS = timedelta(days=180)


@dataclass(frozen=True)
class Posted:
    """A message as it lies in the office's mailbox, and when it came in."""

    raw: bytes
    mailbox: str
    at: datetime


@dataclass(frozen=True)
class PostOffice:
    """The made-up authority with its provider, and another one that nobody trusts."""

    authority: Authority
    provider: Provider
    impostor: Provider
    #: Certifies the signatures of the story's people.
    certifier: Authority
    #: Where the messages lie that have been made.
    folder: Path
    #: Blank forms by their key: making one takes longer than filling it in.
    blanks: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> "PostOffice":
        """The post office whose keys are kept in `folder`; made at the first start."""
        authority = _kept(folder / "demonstration-authority.pem", "Autorità della dimostrazione")
        certifier = _kept(folder / "demonstration-signatures.pem", "Certificatore della dimostrazione")
        unknown = Authority.create(
            valid_from=IN_FORCE[0], valid_until=IN_FORCE[1], name="Autorità ignota", seed="unknown"
        )
        return cls(
            authority,
            Provider.create(
                authority, name="Gestore di prova", domain="gestore.example", seed="demonstration"
            ),
            Provider.create(unknown, name="Gestore ignoto", domain="ignoto.example", seed="unknown"),
            certifier,
            folder / "demonstration-messages",
        )

    def trusted_list(self, story: Story) -> bytes:
        """A trusted list of the demonstration's own certifier, and of nobody else."""
        begun, day = story.moment(story.opened), story.moment(story.office_day)
        return trusted_list_of([self.certifier], issued_at=begun, next_update=day + LIST_HOLDS)

    def filing(self, story: Story, filing: Filing, call: Call) -> Posted:
        """The certified message of a filing: cover letter, filled and signed forms, enclosures.

        No signature comes out the same twice: the message is made once and kept in the folder, so that a
        demonstration taken up half way posts the same one again.
        """
        at = story.moment(filing.at)
        raw = self.kept(
            f"{filing.at:%Y%m%dT%H%M%S}-{filing.sender}",
            lambda: self.provider.envelope(self._letter(story, filing, call), at=at),
        )
        return Posted(raw, call.mailbox, at + timedelta(seconds=40))

    def kept(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The message that lies in the folder under `name`; made at the first time."""
        file = self.folder / f"{name}.eml"
        if not file.exists():
            self.folder.mkdir(exist_ok=True)
            aside = file.with_name(f"{file.name}.making")
            aside.write_bytes(make())
            aside.replace(file)
        return file.read_bytes()

    def _letter(self, story: Story, filing: Filing, call: Call) -> Letter:
        papers = [self._paper(call, form, filing, story) for form in _forms(call, filing)]
        papers += [Enclosure(name, _scan(name)) for name in filing.enclosures]
        return Letter(
            sender=filing.sender,
            recipients=(call.mailbox,),
            subject=(
                f"Manifestazione di interesse – {story.words_of(filing)['enterprise_name']} – "
                f"{filing.at:%d.%m.%Y}"
            ),
            text="Si trasmette in allegato la manifestazione di interesse.\nDistinti saluti",
            enclosures=tuple(papers),
        )

    def oddity(self, story: Story, oddity: Oddity, call: Call) -> Posted:
        """One of the messages that are no filing."""
        at = story.moment(oddity.at)
        letter = Letter(oddity.sender, (call.mailbox,), oddity.subject, oddity.body)
        ways: dict[str, Callable[[], bytes]] = {
            "question": lambda: self.provider.envelope(letter, at=at),
            "ordinary": lambda: self.provider.anomaly(letter.as_message(at), to=call.mailbox, at=at),
            "altered": lambda: _altered(self.provider.envelope(letter, at=at)),
            "untrusted": lambda: self.impostor.envelope(letter, at=at),
            "receipt": lambda: self.provider.receipt(
                Kind.ACCETTAZIONE,
                replace(letter, sender=call.mailbox, recipients=(oddity.sender,)),
                accepted_at=at,
            ),
            "unreadable": lambda: b"Content-Type: multipart/signed; boundary=\r\n\r\n\x00\xff broken",
        }
        return Posted(ways[oddity.kind](), call.mailbox, at + timedelta(seconds=40))

    def _paper(self, call: Call, form: Form, filing: Filing, story: Story) -> Enclosure:
        """The blank form of the call, filled in as a PDF reader would, and signed by who has to."""
        spec, answers = queries.form_spec(form), _answers(form, filing, story.words_of(filing))
        paper = Enclosure(f"{form.code}.pdf", fill(self._blank(call, form, spec), spec, answers))
        who = "principal" if form.role == FormRole.DELEGATION else "signatory"
        hand = Hand(
            self.certifier,
            answers[f"{who}_name"],
            answers[f"{who}_codice_fiscale"],
            story.moment(filing.at) - timedelta(minutes=20),
            self._place(call, spec) if filing.signing is Signing.BY_HAND else None,
        )
        return signed(paper, filing.signing, hand, filing.refilled)

    @staticmethod
    def _place(call: Call, spec: FormSpec) -> Place | None:
        return blanks.template_of(call.code, spec, LANGUAGE).signature

    def _blank(self, call: Call, form: Form, spec: FormSpec) -> bytes:
        if form.pk not in self.blanks:
            title = in_language(call.title, LANGUAGE)
            self.blanks[form.pk] = blanks.blank_form(
                call_code=call.code,
                call_title=title,
                form=spec,
                language=LANGUAGE,
                office=call.publisher.name,
            )
        return self.blanks[form.pk]


def fill(blank: bytes, spec: FormSpec, answers: Mapping[str, str]) -> bytes:
    """The blank form with `answers` (slot name → words) written into its fields; "yes" ticks a box.

    A choice holds its value and shows its label, as in the program of whoever fills it in.
    """
    places = {slot.name: slot.field for slot in slots(spec)}
    values: dict[str, Any] = {
        name: "/Yes" if places[name].kind == FieldKind.CHECKBOX else _shown(places[name], words)
        for name, words in answers.items()
        if name in places and words
    }
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
        for annotation in page.get("/Annots", ()):
            field = annotation.get_object()
            if field.get("/FT") == "/Ch" and field["/T"] in values:
                field[NameObject("/V")] = TextStringObject(answers[field["/T"]])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _shown(field: FieldSpec, words: str) -> str:
    """What the place of `words` shows: the label of the option they stand for, or themselves."""
    labels = {option.value: in_language(option.label, LANGUAGE) for option in field.options}
    return labels.get(words, words)


def _kept(file: Path, name: str) -> Authority:
    """The made-up authority whose key lies in `file`; made at the first start."""
    if file.exists():
        return Authority.load(file)
    authority = Authority.create(valid_from=IN_FORCE[0], valid_until=IN_FORCE[1], name=name)
    authority.save(file)
    return authority


def _forms(call: Call, filing: Filing) -> list[Form]:
    roles = [FormRole.MAIN] + ([FormRole.DELEGATION] if filing.delegation else [])
    return list(call.forms.filter(role__in=roles).order_by("role"))


def _answers(form: Form, filing: Filing, words: dict[str, str]) -> dict[str, str]:
    if form.role == FormRole.MAIN or filing.delegation is None:
        return words
    delegation = filing.delegation
    return {
        "delegation_enterprise_codice_fiscale": words["enterprise_codice_fiscale"],
        "principal_name": delegation.principal_name,
        "principal_codice_fiscale": delegation.principal_codice_fiscale,
        "principal_document": delegation.principal_document,
        "delegate_name": delegation.delegate_name,
        "delegate_codice_fiscale": delegation.delegate_codice_fiscale,
        "delegates_filing": "yes",
        "delegation_signed_on": filing.at.strftime("%d/%m/%Y"),
    }


def _scan(name: str) -> bytes:
    """A page that stands for a scanned document, and says so."""
    canvas: Any = Canvas(io.BytesIO(), pagesize=(340, 215), invariant=1)
    canvas.drawString(30, 150, "DOCUMENTO DI PROVA")
    canvas.drawString(30, 130, "Stands for a scanned identity document.")
    canvas.drawString(30, 110, name)
    return bytes(canvas.getpdfdata())


def _altered(raw: bytes) -> bytes:
    """The message with the day of its certification changed after it was sealed."""
    start = raw.index(b"daticert.xml")
    body = raw.index(b"\r\n\r\n", start) + 4
    end = raw.index(b"\r\n--", body)
    xml = base64.b64decode(raw[body:end]).replace(b"<giorno>30", b"<giorno>20")
    return raw[:body] + base64.encodebytes(xml).replace(b"\n", b"\r\n").rstrip() + raw[end:]
