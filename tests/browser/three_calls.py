"""The people of the three stories, what they file, the post between them, and their hands in the browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page

from tests.accounts.signing_in import make_person
from tests.browser.conftest import Driver
from tests.browser.tools import axe_violations
from tests.employers.making import ROME, company
from tests.web.office.world import HOUSE, STORY, World, clock_shift, enter
from tragitto.accounts.models import User
from tragitto.demo.story import Delegation, Filing
from tragitto.employers import actions as employers
from tragitto.employers.models import Expression, Letter
from tragitto.records import actions as records
from tragitto.records.models import Message
from tragitto.schemes.models import Call
from tragitto.schemes.queries import openings
from tragitto.schemes.vocabulary import FormRole
from tragitto_pec import Kind
from tragitto_pec.rehearsal import Enclosure
from tragitto_pec.rehearsal import Letter as Mail
from tragitto_pec.rehearsal.signing import Signatory

#: Where the units of the story stand, by call.
PLACES = {"lombardia-2025": ("Milano", "MI"), "veneto-2025": ("Treviso", "TV"),
          "emilia-romagna-2024": ("Bologna", "BO")}  # fmt: skip
IDENTITY_COPY = ("documento-identita.pdf",)
#: Who of the story, by the part they play: enterprise, who signs, their codice fiscale.
CAST = {
    "lacking": ("Lacunosa Meccanica S.r.l.", "Sara Zanetti", "ZNTSRA79M55L407T"),
    "third": ("Terza Saldature S.r.l.", "Elena Bianchi", "BNCLNE75C41A794P"),
    "bruno": ("Bruno Meccanica S.r.l.", "Bruno Rossi", "RSSBRN70A01F205X"),
    "delegate": ("Delegante Torneria S.r.l.", "Andrea Galli", "GLLNDR72B15L840F"),
    "late": ("Tardiva Utensileria S.r.l.", "Franco De Luca", "DLCFNC71S14F205J"),
}
#: In how many days before the day of the closing each files.
DAYS = {"lacking": 20, "third": 16, "bruno": 15, "delegate": 10}
#: Who gives a delegation: name and codice fiscale.
PRINCIPAL = ("Giulia Monti", "MNTGLI80E50D150C")


def number_of(part: str) -> str:
    """The codice fiscale of the enterprise that plays this part."""
    return company(4_000_000 + list(CAST).index(part))


@dataclass
class Stage:
    """A call, its world, and the clock of its story."""

    world: World
    call: Call
    settings: object
    driver: Driver

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Signing runs a loop of its own: the browser's must stand meanwhile."""
        self.driver.pause()
        yield
        self.driver.resume()

    @property
    def closing(self) -> datetime:
        """The first second after the last window."""
        return max(window.closes_at for window in openings(self.call)).astimezone(ROME)

    def at(self, *, days: float, hour: int = 10) -> datetime:
        """So many days after the closing (before it when negative), at a full hour of Rome."""
        return (self.closing + timedelta(days=days)).replace(hour=hour, minute=0, second=0)

    def set_clock(self, to: datetime) -> None:
        """Let the house's clock show `to`, and run."""
        self.settings.CLOCK_SHIFT = clock_shift(to)  # type: ignore[attr-defined]

    def words(self, part: str, **more: str) -> dict[str, str]:
        """What the form of this part says, place by place."""
        name, person, number = CAST[part]
        town, province = PLACES[self.call.code]
        return {
            "enterprise_name": name,
            "enterprise_codice_fiscale": number_of(part),
            "enterprise_pec": f"{part}@pec.example",
            "seat_address": "Via Prova 1",
            "seat_municipality": town,
            "seat_province": province,
            "unit_address_1": "Via Prova 1",
            "unit_municipality_1": town,
            "unit_province_1": province,
            "signatory_name": person,
            "signatory_codice_fiscale": number,
            "contact_name": person,
            "contact_email": f"{part}@impresa.example",
            "profile_1": "metal-welder",
            "profile_workers_1": "2",
            **more,
        }

    def filing(self, part: str, at: datetime, **more: str) -> Filing:
        """What this part sends by certified mail."""
        is_delegate = part in ("delegate", "lacking")
        role = {"signatory_role": "delegate"} if is_delegate else {}
        given = Delegation(*PRINCIPAL, "Carta d'identità CA00001AA", *CAST[part][1:]) if is_delegate else None
        return Filing(
            call=self.call.code,
            at=at.replace(tzinfo=None),
            sender=f"{part}@pec.example",
            says=part,
            form=self.words(part, **role, **more),
            delegation=given,
            enclosures=IDENTITY_COPY if part == "delegate" else (),
        )

    def filed_at(self, part: str) -> datetime:
        """When this part files; who is late, in the first second after the closing."""
        return self.at(days=-DAYS[part]) if part in DAYS else self.closing

    def written(self, part: str, at: datetime, **more: str) -> dict[str, str]:
        """Everything that the form of this part says, filed at this moment."""
        return STORY.words_of(self.filing(part, at, **more))

    def post(self, part: str, at: datetime, **more: str) -> Message:
        """Let this part send its form by certified mail, signed, and take the message in."""
        with self.beside():
            posted = self.world.post.filing(STORY, self.filing(part, at, **more), self.call)
        return self.world.take(posted)

    def expression(self, part: str) -> Expression:
        """What this part's filing has become."""
        found = Expression.objects.select_related("case__stage", "current", "employer")
        return found.get(call=self.call, employer__codice_fiscale=number_of(part))

    def sign_and_post(self, part: str, pdf: bytes, at: datetime) -> Message:
        """Sign the PDF that was downloaded, and send it by the rehearsal's certified mail."""
        _name, person, number = CAST[part]
        signatory = Signatory(person, number, self.world.post.certifier)
        with self.beside():
            signed = Enclosure(
                "modulo.pdf", signatory.sign_pdf(pdf, "signature", at=at - timedelta(minutes=5))
            )
        mail = Mail(f"{part}@pec.example", (self.call.mailbox,), "Manifestazione", "In allegato.", (signed,))
        raw = self.world.post.provider.envelope(mail, at=at)
        kept = records.take_in(raw, door="cli", mailbox=self.call.mailbox, actor=HOUSE, at=at)
        return Message.objects.get(pk=kept.message.pk)

    def let_it_arrive(self, letter: Letter, at: datetime) -> None:
        """Let the post take the letter along, and take in the two receipts of the provider."""
        letter.refresh_from_db()
        records.deliver(code=letter.outgoing.code, actor=HOUSE, at=at)
        for kind, after in ((Kind.ACCETTAZIONE, 20), (Kind.AVVENUTA_CONSEGNA, 50)):
            arrives = at + timedelta(seconds=after)
            raw = self._receipt(letter.outgoing.message, kind, at, arrives)
            records.take_in(raw, door="cli", mailbox=self.call.mailbox, actor=HOUSE, at=arrives)
        employers.follow_deliveries(actor=HOUSE, at=at + timedelta(minutes=1))

    def _receipt(self, sent: Message, kind: Kind, at: datetime, arrives: datetime) -> bytes:
        provider = self.world.post.provider
        mail = Mail(sent.sender, tuple(sent.recipients), sent.subject, "")
        moment = arrives.astimezone(provider.zone)
        said = replace(provider.statement(kind, mail, at), at=moment, original_message_id=sent.message_id)
        if kind is Kind.ACCETTAZIONE:
            return provider.seal(said)
        said = replace(said, delivered_to=mail.recipients[0], receipt_type="completa")
        return provider.seal(said, original=mail.as_message(at, message_id=f"<{said.identifier}>"))


@dataclass
class Hands:
    """Somebody at a browser; `barriers` is what axe found on the pages seen, each kind of page once."""

    page: Page
    site: str
    barriers: dict[str, list[str]] = field(default_factory=dict)

    def go(self, path: str) -> Page:
        """Open an address, and let axe look at it."""
        self.page.goto(f"{self.site}{path}")
        return self.look()

    def look(self, kind: str = "") -> Page:
        """Let axe look at the page, once for each kind of page."""
        kind = kind or resolve(urlsplit(self.page.url).path).view_name
        if kind not in self.barriers:
            self.barriers[kind] = axe_violations(self.page)
        return self.page

    def press(self, selector: str) -> Page:
        """Press a button or follow a link that leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        return self.look()

    def write(self, answers: dict[str, str]) -> None:
        """Fill in every control of the page that has an answer: text, choice or tick."""
        controls = self.page.locator("main form [name]").evaluate_all(
            "all => all.map(one => [one.name, one.type, one.value])"
        )
        for name, kind, value in controls:
            if name not in answers:
                continue
            where = self.page.locator(f'main form [name="{name}"]')
            if kind == "radio":
                if value == answers[name]:
                    self.page.locator(f'main form [name="{name}"][value="{value}"]').check()
            elif kind == "checkbox":
                where.set_checked(answers[name] == "yes")
            elif kind.startswith("select"):
                where.select_option(answers[name])
            else:
                where.fill(answers[name])


def hands_of(user: User, opener: Callable, site: str, language: str = "en") -> Hands:
    """`user`, signed in, at a browser of their own."""
    return Hands(opener("/", client=enter(Client(), user), language=language), site)


def bruno_with_spid() -> User:
    """Bruno Rossi, whose digital identity has his codice fiscale."""
    _name, person, number = CAST["bruno"]
    user = make_person(person)
    user.fiscal_number = number
    user.save(update_fields=["fiscal_number"])
    return user


def vouched_for(user: User) -> Client:
    """A session that an identity provider vouched for."""
    client = enter(Client(), user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "assured", "at": 1.0, "provider": "SPID", "acr": "SpidL2", "by": "fiscal_number"}
    ]
    session.save()
    return client


def filed(words: dict[str, str]) -> dict[str, object]:
    """What must be read from a form that says these words."""

    def place(stem: str, row: str = "") -> dict[str, str]:
        parts = ("address", "municipality", "province")
        return {part: words[f"{stem}_{part}{row}"] for part in parts}

    rows = [row for row in ("1", "2") if f"profile_{row}" in words]
    names = ("legal_form", "partita_iva", "ateco", "size")
    return {
        "enterprise": {
            **{name: words[name] for name in names},
            **{name: words[f"enterprise_{name}"] for name in ("name", "codice_fiscale", "pec")},
            "seat": place("seat"),
        },
        "units": [place("unit", "_1")],
        "signatory": {name: words[f"signatory_{name}"] for name in ("name", "codice_fiscale", "role")},
        "contact": {
            "name": words["contact_name"],
            "email": words["contact_email"],
            "phone": words["contact_phone"].replace(" ", ""),
        },
        "profiles": [
            {"code": words[f"profile_{row}"], "workers": int(words[f"profile_workers_{row}"])} for row in rows
        ],
        "housing": {"offered": words["housing_offered"]},
        "consents": {"sharing": True},
        "declarations": {"no_impediments": True, "privacy_notice": True, "contributions_paid": True},
        "signed": {"on": _iso(words["signed_on"]), "place": words["signed_place"]},
        "constituted_on": _iso(words["constituted_on"]),
        "active_since": _iso(words["active_since"]),
    }


def read_of(expression: Expression) -> dict[str, object]:
    """What was read from the main form of the version under review, empty places left out."""
    (main,) = (form["facts"] for form in expression.current.facts["forms"] if form["role"] == FormRole.MAIN)
    main["contact"]["phone"] = main["contact"]["phone"].replace(" ", "")
    return without_gaps(main)


def without_gaps(facts: object) -> object:
    """The same facts without what nobody answered."""
    if isinstance(facts, dict):
        return {name: without_gaps(value) for name, value in facts.items() if value is not None}
    return [without_gaps(each) for each in facts] if isinstance(facts, list) else facts


def _iso(day: str) -> str:
    return "-".join(reversed(day.split("/")))
