"""A desk with everything that can be odd about mail, for the pages that show it in a real browser."""

from dataclasses import dataclass

from tests.pec.paper.making import printed, scanned
from tests.web.office import mail
from tests.web.office.world import HOUSE, OFFICE_DAY, STORY, World
from tragitto.records.actions.documents import keep_document
from tragitto.records.models import Attachment, Document, Message, Outgoing, VirusCheck
from tragitto.records.queries import content
from tragitto_pec.rehearsal import Enclosure, Letter

SIGNER = {
    "name": "BIANCHI BRUNO", "given_name": "BRUNO", "surname": "BIANCHI",
    "codice_fiscale": "BNCBRN70A01F205X", "country": "IT", "organisation": "", "serial": "4f21ab",
    "issuer": "InfoCert Qualified Electronic Signature CA 3", "claimed_at": "2025-07-02T08:12:00+00:00",
    "proven_at": None, "integrity": "intact", "chain": "trusted", "revocation": "not-checked",
    "qualified": "qualified", "qscd": True, "is_seal": False, "layer": 1, "reasons": [],
}  # fmt: skip
SIGNED = {
    "verdict": "changed-after", "container": "pades", "layers": 1, "changes": "fields", "revision_end": 1,
    "signers": [SIGNER],
    "reasons": [
        {"code": "fields-changed", "weight": "deciding", "text": "", "facts": {"fields": "seat_municipality"}}
    ],
    "trusted_list": {
        "territory": "IT", "sequence": 210, "issued_at": "2024-11-02T10:00:00+00:00",
        "next_update": "2025-05-02T10:00:00+00:00",
    },
}  # fmt: skip


@dataclass
class Rich:
    """A message with every kind of file, and the scan among them."""

    message: Message
    scan: Attachment


def clear(world: World) -> Message:
    """A message whose place only a person can tell: a known employer's form from another address."""
    form = _form()
    return world.take(_posted(world, "altro@pec.example", Enclosure(form.name, content(form.document))))


def rich(world: World) -> Rich:
    """A message with a scanned form, a file changed after its signature, a virus, a file that acts."""
    form = _form()
    filing = next(each for each in STORY.filings if each.call == world.call.code)
    pages = scanned(printed(content(form.document))[:2], turn=0.6)
    message = world.take(_posted(world, filing.sender, Enclosure("modulo scansionato.pdf", pages)))
    given = {"form": {**form.form, "appearance": {"seat_municipality": "Bergamo"}}, "signatures": SIGNED}
    mail.attached(message, name="Modulo A firmato.pdf", document=form.document, **given)
    mail.attached(message, name="fattura.pdf.exe", document=_infected(), format="executable")
    unsafe = {"fields": {}, "flags": ["javascript", "open-action"], "problem": "no-form"}
    mail.attached(message, name="allegato.pdf", document=form.document, form=unsafe)
    return Rich(message, message.attachments.order_by("position")[0])


def sent(world: World) -> Outgoing:
    """A letter of ours that waits to be sent."""
    return mail.sent(world)


def _form() -> Attachment:
    """The form of the first filing of the story."""
    first = Message.objects.filter(filings__act="filed").order_by("pk")[0]
    return first.attachments.filter(form__isnull=False).order_by("position")[0]


def _posted(world: World, sender: str, enclosure: Enclosure):
    letter = Letter(
        sender=sender,
        recipients=(world.call.mailbox,),
        subject="Manifestazione di interesse – modulo firmato a mano",
        text="Buongiorno,\n\nsi trasmette il modulo firmato a mano.\n\nCordiali saluti\nBruno Bianchi",
        enclosures=(enclosure,),
    )
    raw = world.post.provider.envelope(letter, at=OFFICE_DAY)
    posted = world.post.oddity(STORY, STORY.oddities[0], world.call)
    return type(posted)(raw, world.call.mailbox, OFFICE_DAY)


def _infected() -> Document:
    given = {"media_type": "application/octet-stream", "actor": HOUSE, "at": OFFICE_DAY}
    document = keep_document(b"not really a virus", **given)
    VirusCheck.objects.create(
        document=document,
        outcome="infected",
        threat="Eicar-Signature",
        engine="made up",
        checked_at=OFFICE_DAY,
    )
    return document
