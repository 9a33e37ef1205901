"""Makes messages with forms as the room of the records keeps them, for the stories of this room."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from stdnum import luhn

from tragitto.cases.models import ConflictStatement
from tragitto.employers.models import Expression, Finding
from tragitto.employers.queries import views
from tragitto.kernel.actors import Actor
from tragitto.records.models import Attachment, Document, Message, Transcription
from tragitto.records.vocabulary import Direction, Kind, MessageState, Verdict
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import FormRole
from tragitto_pec.forms_code import Code
from tragitto_pec.scan.reading import ScannedPage, ScanReading
from tragitto_pec.signatures.reading import FileSigner, SignatureReading
from tragitto_pec.signatures.vocabulary import (
    Chain,
    Container,
    FileVerdict,
    Integrity,
    Qualified,
    Revocation,
)

ROME = ZoneInfo("Europe/Rome")
COMPANY = "00743110157"
PERSON = "RCCMNL83S18D969H"
HOUSE = Actor.system("mail")
_numbers = count(1)


def rome(*moment: int) -> datetime:
    """A moment on the clocks of Rome."""
    return datetime(*moment, tzinfo=ROME)  # type: ignore[arg-type]


def company(number: int) -> str:
    """The codice fiscale of one more company, with its right check digit."""
    stem = f"{number:07d}015"
    return stem + luhn.calc_check_digit(stem)


#: Two more people, with the right check letters.
OTHER = "VRDLCU85T10A562E"
ANNA = "BNCNNA70A41F205S"


@dataclass
class Paper:
    """A file that comes with a message; without a form it is a picture.

    `confirmed` is what a person confirmed to stand on a printed page.
    """

    name: str
    form: dict[str, Any] | None = None
    signatures: dict[str, Any] | None = None
    scan: dict[str, Any] | None = None
    confirmed: dict[str, str | None] | None = None
    archive: dict[str, Any] | None = None


def signer(number: str = PERSON, **changes: Any) -> FileSigner:
    """A qualified signature of somebody, about which everything is known and good; with these changes."""
    whole: dict[str, Any] = {
        "name": f"NAME OF {number}",
        "codice_fiscale": number,
        "claimed_at": rome(2025, 6, 30, 18),
        "integrity": Integrity.INTACT,
        "chain": Chain.TRUSTED,
        "revocation": Revocation.GOOD,
        "qualified": Qualified.QUALIFIED,
        "covers_content": True,
    }
    return FileSigner(**whole | changes)


def signed(paper: Paper, *signers: FileSigner, verdict: FileVerdict = FileVerdict.INTACT) -> Paper:
    """The same file, signed by these; by Bruno where nobody is named."""
    reading = SignatureReading(verdict, container=Container.PADES, signers=signers or (signer(),))
    return replace(paper, signatures=reading.as_json())


def printed(paper: Paper, *, ink: bool | None = True, others: int = 0) -> Paper:
    """The same form, printed, filled in by hand and scanned, its values confirmed by a person.

    `others` is how many pages of the file are none of the form's.
    """
    assert paper.form is not None
    page = ScannedPage(1, page=1, codes=2)
    pages = (page, *(ScannedPage(number + 2, problem="no-code") for number in range(others)))
    code = Code(paper.form["call"], paper.form["form"], 1, "it", "0" * 8, 1, "TR")
    scan = msgspec.to_builtins(ScanReading(code=code, pages=pages, is_signed_by_hand=ink))
    scan["others"] = []
    confirmed = paper.form["fields"]
    return Paper(f"scan of {paper.name}", scan=scan, confirmed=confirmed)


def written(call: Call, role: str = FormRole.MAIN, **changes: Any) -> dict[str, str]:
    """What Bruno writes into the form of this role, everything asked for; None leaves a field empty."""
    values = {
        "enterprise_name": "Officine Bruno srl",
        "legal_form": "srl",
        "enterprise_codice_fiscale": COMPANY,
        "partita_iva": COMPANY,
        "ateco": "25.62",
        "seat_address": "via Roma 1",
        "seat_municipality": "Bergamo",
        "seat_province": "BG",
        "constituted_on": "01/03/2010",
        "active_since": "01/04/2010",
        "enterprise_pec": "bruno@pec.impresa.example",
        "unit_address_1": "via Roma 1",
        "unit_municipality_1": "Bergamo",
        "unit_province_1": sorted(call.region.provinces)[0],
        "signatory_name": "Bruno Bianchi",
        "signatory_codice_fiscale": PERSON,
        "signatory_role": "legal_representative",
        "contact_name": "Bruno Bianchi",
        "contact_phone": "+39035123456",
        "contact_email": "bruno@impresa.example",
        "profile_1": call.scheme.profiles.order_by("position").first().code,
        "profile_workers_1": "2",
        "profile_tasks_1": "saldatura",
        "declares_no_impediments": "Yes",
        "declares_contributions": "Yes",
        "consents_to_sharing": "Yes",
        "received_privacy_notice": "Yes",
        "signed_place": "Bergamo",
        "signed_on": "01/07/2025",
        "delegation_enterprise_codice_fiscale": COMPANY,
        "principal_name": "Anna Bianchi",
        "principal_codice_fiscale": PERSON,
        "principal_document": "CA00000AA",
        "delegate_name": "Bruno Bianchi",
        "delegate_codice_fiscale": PERSON,
        "delegates_filing": "Yes",
        "delegation_signed_on": "01/07/2025",
    }
    form = call.forms.get(role=role)
    names = [slot.name for slot in schemes.form_fields(call, form.code)]
    filled = {name: values.get(name, "") for name in names} | changes
    return {name: value for name, value in filled.items() if value is not None}


def modulo(call: Call, role: str = FormRole.MAIN, *, named: bool = True, **changes: Any) -> Paper:
    """A form of the call as its PDF was read; `named` says whether it bears the hidden names."""
    code = call.forms.get(role=role).code
    fields = written(call, role, **changes)
    hidden = {"call": call.code, "form": code} if named else {"call": "", "form": ""}
    form = {"fields": fields, "version": "1", "flags": [], "problem": "", **hidden}
    return Paper(f"{code}.pdf", form)


@dataclass
class Sent:
    """How a message reached the house."""

    at: datetime | None = field(default_factory=lambda: rome(2025, 7, 1, 12))
    to: str | tuple[str, ...] = ()
    identifier: str = ""
    sender: str = "bruno@pec.impresa.example"
    verdict: str = Verdict.VALID
    delivered_to: str = ""
    kind: str = Kind.POSTA_CERTIFICATA
    message_id: str = ""
    reference: str = ""
    replies_to: tuple[str, ...] = ()
    subject: str = ""
    direction: str = Direction.IN


def letter(call: Call, *papers: Paper, sent: Sent | None = None) -> Message:
    """A message as it is once registered and split."""
    sent, number = sent or Sent(), next(_numbers)
    at = sent.at or rome(2025, 7, 1, 12)
    is_valid = sent.verdict == Verdict.VALID
    message = Message.objects.create(
        code=f"M-{number:07d}",
        sha256=sha256(f"message {number}".encode()).hexdigest(),
        raw=_document(f"message {number}", at),
        direction=sent.direction,
        door="mail",
        arrived_at=at,
        state=MessageState.SPLIT,
        state_since=at,
        kind=sent.kind,
        verdict=sent.verdict,
        certified_at=at if is_valid else None,
        offset_minutes=120 if is_valid else None,
        identifier=(sent.identifier or f"opec.{number:06d}@pec.example") if is_valid else "",
        sender=sent.sender,
        delivered_to=sent.delivered_to,
        message_id=sent.message_id,
        reference=sent.reference,
        replies_to=list(sent.replies_to),
        subject=sent.subject,
        recipients=[sent.to] if isinstance(sent.to, str) else list(sent.to or [call.mailbox]),
    )
    for position, paper in enumerate(papers, start=1):
        attachment = Attachment.objects.create(
            code=f"A-{number:05d}{position:02d}",
            message=message,
            position=position,
            document=_document(f"{number} {position}", at),
            name=paper.name,
            media_type="application/pdf",
            form=paper.form,
            signatures=paper.signatures,
            scan=paper.scan,
            archive=paper.archive,
        )
        _confirm(attachment, paper, at)
    return message


def _confirm(attachment: Attachment, paper: Paper, at: datetime) -> None:
    if paper.confirmed is None or paper.scan is None:
        return
    code = paper.scan["code"]
    Transcription.objects.create(
        attachment=attachment,
        number=1,
        call=code["call"],
        form=code["form"],
        version="1",
        fields=paper.confirmed,
        by="U-CARLA",
        at=at,
    )


def _document(content: str, at: datetime) -> Document:
    digest = sha256(content.encode()).hexdigest()
    return Document.objects.create(
        code=f"D-{digest[:12]}", sha256=digest, size=len(content), media_type="application/pdf", kept_at=at
    )


def finding(expression: Expression, judge: str) -> Finding:
    """The finding of this judge on the version under review."""
    expression.refresh_from_db()
    found = views([expression.current_id])[expression.current_id]
    return next(view.finding for view in found if view.criterion.judge == judge)


def free_of_conflicts(expression: Expression, *officers: str) -> None:
    """These people have said that no conflict keeps them from this case; the cast unless named."""
    case, wanted = expression.case, officers or ("U-CARLA", "U-DARIO", "U-EVA")
    said = set(case.conflict_statements.values_list("officer", flat=True))
    ConflictStatement.objects.bulk_create(
        ConflictStatement(case=case, officer=officer, number=1, has_conflict=False, stated_at=case.opened_at)
        for officer in wanted
        if officer not in said
    )


def states(expression: Expression) -> dict[str, str]:
    """What holds of the version under review, by judge."""
    expression.refresh_from_db()
    found = views([expression.current_id])[expression.current_id]
    return {view.criterion.judge: view.state for view in found}
