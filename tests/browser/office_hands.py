"""What the office does with its hands in the browser: state, judge, propose, confirm, write."""

from datetime import datetime

from django.urls import reverse
from playwright.sync_api import Locator, expect

from tests.browser.three_calls import Hands, Stage
from tragitto.agenda.models import Deadline
from tragitto.employers import queries
from tragitto.employers.models import Expression, Letter
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel import clock


def office(name: str, *args: str) -> str:
    """The address of a page of the office."""
    return reverse(f"office:{name}", args=args)


def begin(hands: Hands, expression: Expression) -> None:
    """State that there is no conflict of interest, and take the case into its review."""
    hands.go(office("expression", expression.code))
    hands.page.locator('[name="conflict-answer"][value="no"]').check()
    hands.press('form[action$="/conflict"] button')
    if expression.case.stage.phase == "applying":
        hands.page.locator('[name="step"][value="open-review"]').check()
        hands.press('form[action$="/step"] button')


def settle(hands: Hands, expression: Expression) -> None:
    """Confirm what the house found, and answer what it could not know."""
    hands.press('form[action$="/confirm-met"] button')
    for view in queries.unsettled(expression.current):
        answer = "met" if view.finding.state == "unknown" else "confirmed"
        hands.page.locator(f"#{view.code} details.judge summary").click()
        hands.page.locator(f'#{view.code} [name$="-answer"][value="{answer}"]').check()
        hands.page.locator(f"#{view.code} textarea").fill("Visto sul documento agli atti.")
        hands.press(f"#{view.code} form button")


def propose(hands: Hands, expression: Expression, outcome: str) -> None:
    """Propose how the case ends."""
    hands.go(office("expression", expression.code))
    hands.page.locator(f'[name="outcome"][value="{outcome}"]').check()
    hands.page.locator('[name="reasons"]').fill("Requisiti dell'avviso verificati.")
    hands.press('button[name="propose"]')
    expect(hands.page.locator(".notice.tone-good")).to_be_visible()


def confirm(hands: Hands) -> None:
    """The second person confirms what was proposed."""
    hands.press('button[name="confirm"]')
    expect(hands.page.locator(".notice.tone-good")).to_be_visible()


def write(hands: Hands, stage: Stage, expression: Expression, kind: LetterKind) -> Letter:
    """Write a letter with what the house proposes, send it, and see that it has arrived."""
    hands.go(office("expression", expression.code))
    hands.press(f'a[href="{office("write_letter", expression.code, kind)}"]')
    hands.press("main .form-actions .btn-primary")
    expect(hands.page.get_by_role("img").first).to_be_visible()
    hands.press('form[action$="sending"] button')
    expect(hands.page.locator(".notice.tone-good")).to_be_visible()
    letter = Letter.objects.get(expression=expression, kind=kind)
    stage.let_it_arrive(letter, clock.now())
    hands.go(office("letter", letter.code))
    expect(hands.page.locator(".page-head")).to_contain_text("Arrived")
    return letter


def term_of(expression: Expression) -> datetime:
    """When the time to answer is over."""
    expression.case.refresh_from_db()
    return Deadline.objects.get(
        subject=expression.case.code, kind=expression.case.stage.term, met_at=None
    ).due_at


def names_in(hands: Hands) -> Locator:
    """What the rows of the page's table are about."""
    return hands.page.locator("main table tbody th[scope=row] a")
