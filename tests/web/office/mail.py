"""Mail for the stories of the pages: a message of ours, a further file, a printed form that came back."""

from tests.web.office.world import HOUSE, OFFICE_DAY, World
from tragitto.kernel.codes import new_code
from tragitto.records import actions as records
from tragitto.records.models import Attachment, Mailbox, Message, Outgoing
from tragitto.schemes.models import Call

BRUNO = "bruno@pec.impresa.example"


def sent(world: World, *, key: str = "request", recipients: tuple[str, ...] = (BRUNO,)) -> Outgoing:
    """A message that the office of the first call asks to be sent."""
    mailbox = Mailbox.objects.select_related("organisation").get(address=world.call.mailbox.lower())
    draft = records.Draft(recipients, "Richiesta di integrazione", "Gentile Bruno,\nmanca un allegato.\n")
    return records.send(key=key, mailbox=mailbox, draft=draft, actor=HOUSE, at=OFFICE_DAY, about="C-REQUEST")


def scan_of(call: Call, **changes: object) -> dict[str, object]:
    """What was read of a printed main form of `call`."""
    form = call.forms.order_by("pk")[0]
    code = {
        "call": call.code, "form": form.code, "version": 1, "language": "it", "layout": "0123abcd",
        "page": 1, "corner": "TR",
    }  # fmt: skip
    proposals = {"enterprise_name": {"text": "Impianti Bianchi", "confidence": 0.91, "ticked": None}}
    found: dict[str, object] = {
        "code": code, "pages": [], "proposals": proposals, "missing": [], "is_signed_by_hand": True,
        "problem": "", "others": [],
    }  # fmt: skip
    return {**found, **changes}


def attached(message: Message, **facts: object) -> Attachment:
    """One more file of a message, with what is known of it."""
    last = message.attachments.order_by("-position").first()
    usual: dict[str, object] = {
        "name": "scansione.pdf", "media_type": "application/pdf", "format": "pdf", "document": message.raw,
    }  # fmt: skip
    position = last.position + 1 if last else 1
    return Attachment.objects.create(
        code=new_code("A"), message=message, position=position, **{**usual, **facts}
    )
