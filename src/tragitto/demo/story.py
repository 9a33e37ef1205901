"""The demonstration's story as typed data: who takes part, who files what and when."""

from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who signs in with a second factor: with these roles at every publisher of a call, or at
    `organisation`.
    """

    email: str
    name: str
    language: str
    role_in_words: str
    roles: tuple[str, ...]
    organisation: str = ""


class Delegation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the second form says when a delegate signs."""

    principal_name: str
    principal_codice_fiscale: str
    principal_document: str
    delegate_name: str
    delegate_codice_fiscale: str


class Signing(StrEnum):
    """How the forms of a filing are signed by the one who has to."""

    INSIDE = "inside"
    WRAPPED = "wrapped"
    NONE = "none"
    #: Filled in anew after it was signed.
    REFILLED = "refilled"
    #: By somebody whom the form does not name.
    ANOTHER = "another"
    #: Printed, signed by hand and scanned.
    BY_HAND = "by_hand"


class Filing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"sender": "from"}):
    """A filled form sent by certified mail at a local time; `repeats` takes the fields of an earlier one."""

    call: str
    at: datetime
    sender: str
    says: str
    form: dict[str, str]
    delegation: Delegation | None = None
    enclosures: tuple[str, ...] = ()
    repeats: str = ""
    signing: Signing = Signing.INSIDE
    #: Fields filled in anew after the form was signed.
    refilled: dict[str, str] = {}


class Oddity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"sender": "from"}):
    """Something else that comes into a mailbox."""

    kind: str
    call: str
    at: datetime
    sender: str
    subject: str
    body: str


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing the office asks for, and the judge whose finding it is about."""

    judge: str
    text: str


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A letter that asks an employer to complete the filing; one not delivered yet was only accepted."""

    employer: str
    written_by: str
    at: datetime
    points: tuple[Asked, ...]
    is_delivered: bool = True


class Guest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who signs in at the portal: for an organisation in roles, or for nobody but themselves."""

    email: str
    name: str
    language: str
    role_in_words: str
    fiscal_number: str = ""
    organisation: str = ""
    roles: tuple[str, ...] = ()


class OnLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A filing that a guest writes on line; one that is not sent stays a draft."""

    call: str
    at: datetime
    account: str
    says: str
    form: dict[str, str]
    #: What they signed in with; empty where no digital identity vouches for them.
    means: str = ""
    is_sent: bool = True


class Represented(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A guest says that they are the legal representative of a firm; the office has seen the papers."""

    call: str
    account: str
    enterprise_name: str
    codice_fiscale: str
    at: datetime
    confirmed_by: str
    confirmed_at: datetime


class Looking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an account manager looks after at the publisher of a call."""

    call: str
    manager: str
    given_by: str
    at: datetime
    provinces: tuple[str, ...] = ()


class Enquiry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request for information; with `note` the account manager has called back, and noted the needs."""

    call: str
    at: datetime
    asking: dict[str, str]
    account: str = ""
    called_at: datetime | None = None
    note: str = ""
    needs: tuple[dict[str, str | int], ...] = ()


class HandedOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the office hands over, and who of the recipient confirms that it has come."""

    call: str
    duty: str
    made_by: str
    at: datetime
    accepted_by: str
    accepted_at: datetime


class Reviewed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reviews done before the office's day begins: these employers are admitted."""

    at: datetime
    judged_by: str
    decided_by: str
    ground: str
    reasons: str
    employers: tuple[str, ...]


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole story."""

    opened: datetime
    office_day: datetime
    zone: str
    first_office: str
    people: tuple[Person, ...]
    usual: dict[str, str]
    filings: tuple[Filing, ...]
    oddities: tuple[Oddity, ...]
    reviewed: Reviewed
    requests: tuple[Request, ...]
    #: What employers send by certified mail in answer to a request.
    answers: tuple[Filing, ...]
    guests: tuple[Guest, ...]
    online: tuple[OnLine, ...]
    represented: tuple[Represented, ...]
    portfolios: tuple[Looking, ...]
    enquiries: tuple[Enquiry, ...]
    hand_overs: tuple[HandedOver, ...]

    def moment(self, local: datetime) -> datetime:
        """A local time of the story as an instant."""
        return local.replace(tzinfo=ZoneInfo(self.zone))

    def words_of(self, filing: Filing | OnLine) -> dict[str, str]:
        """Every field the filing's form says: the usual ones, an earlier filing's, its own."""
        repeats = filing.repeats if isinstance(filing, Filing) else ""
        earlier = [
            other.form
            for other in self.filings
            if repeats and other.form.get("enterprise_codice_fiscale") == repeats
        ]
        words = self.usual | (earlier[0] if earlier else {}) | filing.form
        number = words.get("enterprise_codice_fiscale", "")
        derived = {
            "signed_on": filing.at.strftime("%d/%m/%Y"),
            "signed_place": words.get("seat_municipality", ""),
            # For a company the two numbers are mostly one; a private person has none.
            "partita_iva": number if number.isdigit() else "",
        }
        return derived | words


def told() -> Story:
    """The story of `story.toml`."""
    return msgspec.toml.decode(files("tragitto.demo").joinpath("story.toml").read_bytes(), type=Story)
