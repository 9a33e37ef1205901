"""The whole story of each of the three calls in a real browser: filed, reviewed in order, handed over."""

import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts.signing_in import grant_long_ago, make_person
from tests.browser.office_hands import begin, confirm, names_in, office, propose, settle, term_of, write
from tests.browser.three_calls import (
    CAST,
    DAYS,
    Hands,
    Stage,
    bruno_with_spid,
    filed,
    hands_of,
    read_of,
    vouched_for,
    without_gaps,
)
from tests.employers.making import states
from tests.web.office import world as making
from tests.web.office.handing import DUTY
from tests.web.office.world import HOUSE, STORY
from tragitto.accounts.models import Organisation
from tragitto.cases.models import HandOver
from tragitto.employers import actions
from tragitto.employers.models import FilingDraft, Submission
from tragitto.employers.vocabulary import LetterKind
from tragitto.gateways.made_up import MadeUpMailbox, MadeUpPost
from tragitto.law import actions as law
from tragitto.ledger.models import Entry
from tragitto.records import ports, trusted_list
from tragitto.schemes import queries as schemes
from tragitto.schemes.queries import duty_holders, takes_online
from tragitto.schemes.vocabulary import DutyKind, FormRole

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
CALLS = ("lombardia-2025", "veneto-2025", "emilia-romagna-2024")


@pytest.fixture
def stage(transactional_db, driver, settings, tmp_path, request) -> Iterator[Stage]:
    """Law, calls, trusted people and a post that sends nothing, a month before the closing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, value in making.documents(tmp_path).items():
        setattr(settings, name, value)
    world = making.build(tmp_path)
    law.load_holidays(years=range(2028, 2029), actor=HOUSE, at=making.BEFORE)
    trusted_list.store(world.post.trusted_list(STORY))
    call = world.calls[request.param]
    before = ports.post()
    ports.use(MadeUpPost({call.mailbox.lower(): MadeUpMailbox()}))
    stage = Stage(world, call, settings, driver)
    stage.set_clock(stage.at(days=-30))
    yield stage
    ports.use(before)


STAFF = (("Carla", "officer"), ("Dario", "reviewer"), ("Rita", "reviewer"))
ADMITTED = ("third", "bruno", "delegate")
OUTCOMES = {**dict.fromkeys(ADMITTED, "admitted"), "lacking": "refused", "late": "inadmissible"}
#: The third asks for one more welder's helper, so many days before the closing.
SUPPLEMENT, MORE = -5, {"profile_2": "electrical-installer", "profile_workers_2": "1"}
#: That nobody has asked whether a certificate was revoked, the house says itself.
_ASKED = {"signed_by_the_right_person": "unknown"}
FOUND = {
    online: {
        "lacking": {**_ASKED, "delegation_complete": "unmet"},
        "third": _ASKED,
        "bruno": {} if online else _ASKED,
        "delegate": {**_ASKED, "delegation_complete": "unknown"},
        "late": {"in_time": "unmet", **_ASKED},
    }
    for online in (True, False)
}
_RECEIVED = ["expression.received", "expression.evaluated", "expression.placed"]
_FILED = ["case.opened", *_RECEIVED, "deadline.set", "case.moved"]
_JUDGED = ["case.conflict_stated", *["expression.judged"] * 9]
_DECIDED = ["case.step_proposed", "case.conflict_stated", "case.decided"]
_ENDED = ["deadline.met", "case.moved"]
_HANDED = ["expression.admitted", "case.handed_over"]
_WRITTEN = ["letter.written", "letter.sent"]
_ASKED_FOR = [*_WRITTEN, "deadline.set", "deadline.suspended", "case.moved", "letter.arrived"]
_ANNOUNCED = [
    *_WRITTEN, "deadline.met", "deadline.set", "deadline.resumed", "deadline.replaced", "deadline.set",
    "deadline.suspended", "case.moved", "letter.arrived",
]  # fmt: skip
_ADMITTED = [*_FILED, *_JUDGED, *_DECIDED, "position.opened", *_ENDED, *_HANDED]
#: Every step in the life of each filing and of its letters, the same under every call and by either door.
LEDGER = {
    "lacking": [
        *_FILED, *_JUDGED, "case.conflict_stated", *_ASKED_FOR, *_ANNOUNCED, *_DECIDED,
        "deadline.met", *_ENDED, "expression.refused",
    ],
    "third": [*_FILED, *_RECEIVED, *_JUDGED, *_DECIDED, *["position.opened"] * 2, *_ENDED, *_HANDED],
    "bruno": _ADMITTED,
    "delegate": _ADMITTED,
    "late": [*_FILED, *_JUDGED, *_DECIDED, *_ENDED, "expression.inadmissible"],
}  # fmt: skip


def at_the_office(stage: Stage, name: str, role: str, open_page, site: str) -> Hands:
    """Somebody of the office that reviews the call, in this role alone."""
    user = make_person(name)
    grant_long_ago(user, [role], stage.call.publisher)
    return hands_of(user, open_page, site)


def elif_at_home(stage: Stage, open_page, site: str) -> Hands:
    """Elif, of the organisation that coordinates the scheme."""
    user = make_person("Elif")
    (holder,) = duty_holders(stage.call, DutyKind.COORDINATES)
    grant_long_ago(user, ["partner"], Organisation.objects.get(code=holder.code))
    return hands_of(user, open_page, site)


# --- Bruno ------------------------------------------------------------------------------------------------


def bruno_writes(stage: Stage, bruno: Hands) -> FilingDraft:
    """Bruno begins at the page of the call and answers page by page."""
    at = stage.filed_at("bruno")
    stage.set_clock(at)
    bruno.go(reverse("public:call", args=[stage.call.code]))
    bruno.press(f'main a[href="{reverse("portal:draft_start", args=[stage.call.code])}"]')
    bruno.press("main form button.btn-primary")
    draft = FilingDraft.objects.get()
    bruno.press("main a.btn-primary")
    words = stage.written("bruno", at)
    for _page in range(12):
        if bruno.page.url.endswith(reverse("portal:draft", args=[draft.code])):
            break
        bruno.write(words)
        bruno.press('main form button[value="on"]')
    bruno.go(reverse("portal:draft_check", args=[draft.code]))
    expect(bruno.page.locator(".error-summary")).to_have_count(0)
    return draft


def bruno_sends(stage: Stage, bruno: Hands, draft: FilingDraft) -> None:
    """On line where the call takes it; else the PDF, signed, by certified mail."""
    if takes_online(stage.call):
        bruno.press("main form button.btn-lg")
        sent = Submission.objects.get(draft=draft)
        actions.take_in_at_once(submission=sent, actor=HOUSE, at=sent.received_at + timedelta(seconds=5))
        bruno.page.reload()
        sent.refresh_from_db()
        expect(bruno.page.get_by_text(sent.message.entry.reference).first).to_be_visible()
        return
    main = stage.call.forms.get(role="main").code
    link = bruno.page.locator(f'a[href="{reverse("portal:draft_pdf", args=[draft.code, main])}"]')
    with bruno.page.expect_download() as waiting:
        link.click()
    pdf = Path(waiting.value.path()).read_bytes()
    stage.sign_and_post("bruno", pdf, stage.at(days=-DAYS["bruno"], hour=11))


# --- the acts of the story --------------------------------------------------------------------------------


def everybody_files(stage: Stage, bruno: Hands) -> None:
    """Fetched in another order than they were sent in, the late one before two of the others."""
    stage.post("delegate", stage.at(days=-DAYS["delegate"]))
    bruno_sends(stage, bruno, bruno_writes(stage, bruno))
    stage.post("late", stage.closing)
    for part in ("third", "lacking"):
        stage.post(part, stage.at(days=-DAYS[part]))
    stage.post("third", stage.at(days=SUPPLEMENT), **MORE)


def the_office_reviews(stage: Stage, carla: Hands, dario: Hands, rita: Hands) -> None:
    """In the queue's order: one is asked to complete, three are admitted, the late one is inadmissible."""
    dario.go(office("call_queue", stage.call.code))
    expect(names_in(dario)).to_have_text([CAST[part][0] for part in CAST])
    lacking = stage.expression("lacking")
    begin(dario, lacking)
    settle(dario, lacking)
    begin(carla, stage.expression("lacking"))
    write(carla, stage, lacking, LetterKind.SOCCORSO_ISTRUTTORIO)
    carla.go(office("agenda"))
    for part in ADMITTED:
        decide(stage, part, "admitted", dario, rita)
    decide(stage, "late", "inadmissible", dario, rita)


def the_office_refuses(stage: Stage, carla: Hands, dario: Hands, rita: Hands) -> None:
    """What was asked for never came: a notice, and the refusal once the law lets it."""
    lacking = stage.expression("lacking")
    notice = office("write_letter", lacking.code, LetterKind.PREAVVISO_DI_RIGETTO)
    carla.go(office("expression", lacking.code))
    expect(carla.page.locator(f'a[href="{notice}"]')).to_have_count(0)
    stage.set_clock(term_of(lacking) + timedelta(hours=1))
    write(carla, stage, lacking, LetterKind.PREAVVISO_DI_RIGETTO)
    propose(dario, lacking, "refused")
    begin(rita, stage.expression("lacking"))
    rita.press('button[name="confirm"]')
    expect(rita.page.locator(".error-summary")).to_be_visible()
    assert not stage.expression("lacking").case.is_closed
    stage.set_clock(term_of(lacking) + timedelta(hours=1))
    rita.go(office("expression", lacking.code))
    confirm(rita)


def the_office_hands_over(stage: Stage, carla: Hands) -> HandOver:
    carla.go(office("hand_overs", stage.call.code))
    carla.press(f'a[href*="/{DUTY}/"]')
    expect(names_in(carla)).to_have_text([CAST[part][0] for part in ADMITTED])
    carla.press('form[action$="making"] button')
    package = HandOver.objects.get(call=stage.call)
    carla.go(office("hand_over", package.code))
    return package


def elif_receives(stage: Stage, package: HandOver, elif_: Hands) -> None:
    """Exactly the package: its list, its data, the facts of one filing; and nothing of the office's."""
    elif_.go(reverse("portal:received"))
    expect(names_in(elif_)).to_have_text([package.code])
    elif_.press("main table tbody a")
    expect(names_in(elif_)).to_have_text([CAST[part][0] for part in ADMITTED])
    with elif_.page.expect_download() as waiting:
        elif_.page.locator("main a.btn-primary").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        data = json.loads(archive.read("data.json"))
    handed = {case["filing"]: without_gaps(case["facts"]) for case in data["cases"]}
    assert handed == {stage.expression(part).code: promised(stage, part) for part in ADMITTED}
    elif_.press('form[action$="acceptance"] button')
    elif_.press("main table tbody th a")
    expect(elif_.page.locator("h1")).to_have_text(CAST[ADMITTED[0]][0])
    elif_.page.goto(f"{elif_.site}{office('expression', stage.expression('bruno').code)}")
    expect(elif_.page.locator("main")).not_to_contain_text(CAST["bruno"][0])


def decide(stage: Stage, part: str, outcome: str, dario: Hands, rita: Hands) -> None:
    """Dario judges and proposes, Rita confirms."""
    begin(dario, stage.expression(part))
    settle(dario, stage.expression(part))
    propose(dario, stage.expression(part), outcome)
    begin(rita, stage.expression(part))
    confirm(rita)


def promised(stage: Stage, part: str) -> object:
    """What the call lets go to the coordinator, of what this part filed."""
    facts = stage.expression(part).current.facts["forms"]
    (main,) = (form["facts"] for form in facts if form["role"] == FormRole.MAIN)
    (spec,) = (each for each in schemes.hand_overs_of(stage.call) if each.duty == DUTY)
    return without_gaps({name: main[name] for name in spec.facts})


def ledger_of(stage: Stage, part: str) -> list[str]:
    """Every step in the life of this part's filing and of its letters, in their order."""
    one = stage.expression(part)
    about = [one.code, one.case.code, *one.letters.values_list("code", flat=True)]
    return list(Entry.objects.filter(subject__in=about).order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("stage", CALLS, indirect=True)
def test_the_whole_story_of_a_call(stage, open_page, site):
    bruno = Hands(open_page("/", client=vouched_for(bruno_with_spid()), language="en"), site)

    everybody_files(stage, bruno)

    for part in CAST:
        at, more = (stage.at(days=SUPPLEMENT), MORE) if part == "third" else (stage.filed_at(part), {})
        assert read_of(stage.expression(part)) == filed(stage.written(part, at, **more)), part
    assert {part: not_met(stage, part) for part in CAST} == FOUND[takes_online(stage.call)]
    third = stage.expression("third")
    assert list(third.versions.order_by("number")) == [third.placed, third.current]

    stage.set_clock(stage.at(days=5))
    carla, dario, rita = (at_the_office(stage, name, role, open_page, site) for name, role in STAFF)
    the_office_reviews(stage, carla, dario, rita)
    the_office_refuses(stage, carla, dario, rita)
    package = the_office_hands_over(stage, carla)
    elif_ = elif_at_home(stage, open_page, site)
    elif_receives(stage, package, elif_)
    bruno.go(reverse("portal:home"))
    dario.go(office("call_queue", stage.call.code))

    assert {part: stage.expression(part).case.outcome for part in CAST} == OUTCOMES
    assert {part: ledger_of(stage, part) for part in CAST} == LEDGER
    people = {"bruno": bruno, "carla": carla, "dario": dario, "rita": rita, "elif": elif_}
    barriers = {(name, kind): found for name, who in people.items() for kind, found in who.barriers.items()}
    assert {where: found for where, found in barriers.items() if found} == {}


def not_met(stage: Stage, part: str) -> dict[str, str]:
    """What the house did not find to be met, by judge."""
    return {judge: state for judge, state in states(stage.expression(part)).items() if state != "met"}
