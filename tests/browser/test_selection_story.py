"""The whole story in a browser: shortlists, a day of meetings, rankings, the match, a withdrawal, offers.

Three positions, nine people. What is told is done on the pages, by the one whose page it is: the desk on a
large window, Bruno's firm, Amina on her telephone in Arabic without scripts. What the other eight people and
two firms do goes through the same actions.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.tools import axe_violations, overflow
from tests.employers.conftest import pack, publish_all  # noqa: F401
from tests.selection.making import AMINA, BRUNO, NOON, TINA, UGO, Made, make_round, signed_in
from tests.selection.matched import all_sent, person
from tests.web.office.world import clock_shift
from tragitto.candidates.actions.inviting import answer_invitation
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.booking import mark
from tragitto.selection.actions.withdrawing import withdraw_person
from tragitto.selection.models import Match, Meeting, MeetingDay, Offer, Ranking, Run, Shortlisted
from tragitto.selection.vocabulary import MeetingState, OfferAnswer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PHONE = 390


@pytest.fixture
def made(transactional_db, pack, settings) -> Made:  # noqa: F811
    """Three positions of three firms, nine people; each position has one seat."""
    publish_all(pack)
    settings.CLOCK_SHIFT = clock_shift(NOON)
    return make_round()


class Hands:
    """The three browsers of the story, each at its own pages."""

    def __init__(self, made: Made, open_page, settings) -> None:
        self.made, self.open_page, self.settings = made, open_page, settings
        self.code, self.mine = made.round.code, made.amina.code
        self.looked: list[str] = []

    def desk(self, name: str, *more: str, actor=TINA) -> Page:
        address = reverse(f"office:{name}", args=[self.code, *more])
        return self.look(self.open_page(address, client=signed_in(actor)), name)

    def firm(self, name: str, *args: str) -> Page:
        address = reverse(f"portal:{name}", args=args)
        return self.look(self.open_page(address, client=signed_in(BRUNO)), name)

    def amina(self, name: str, *more: str) -> Page:
        address = reverse(f"portal:{name}", args=[self.mine, *more])
        client = signed_in(AMINA)
        return self.open_page(address, language="ar", width=PHONE, scripts=False, client=client)

    def look(self, page: Page, name: str) -> Page:
        """No barrier and no sideways scrolling on any page of the story."""
        assert axe_violations(page) == []
        assert overflow(page) <= 0
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=Path(folder) / f"{len(self.looked):02}-{name}.png", full_page=True)
        self.looked.append(name)
        return page

    def later(self, days: float) -> None:
        """So many days pass."""
        self.settings.CLOCK_SHIFT = clock_shift(clock.now() + timedelta(days=days))


def press(page: Page, action: str) -> None:
    """Send the form that goes to this address, whatever language its button speaks."""
    page.locator(f"form[action$='{action}'] button:not(.visually-hidden)").first.click()
    page.wait_for_load_state()
    assert "500" not in page.title()


def others_say_yes() -> None:
    for row in Shortlisted.objects.exclude(candidate__account=AMINA.code).exclude(invitation=None):
        actor = person_of(row)
        answer_invitation(invitation=row.invitation, answer=Answer.ACCEPTED, actor=actor, at=clock.now())


def person_of(row: Shortlisted) -> Actor:
    return Actor(row.candidate.account, door="portal")


def test_from_the_shortlists_to_an_offer_after_a_withdrawal(made, open_page, settings):
    hands = Hands(made, open_page, settings)
    propose_and_show(hands)
    accept_on_the_telephone(hands)
    hold_a_day_of_meetings(hands)
    rank(hands)
    match(hands)
    offer_and_withdraw(hands)


def propose_and_show(hands: Hands) -> None:
    page = hands.desk("round_runs")
    press(page, "/runs/new")
    run = Run.objects.get()
    assert run.proof["faults"] == []
    page = hands.desk("shortlists")
    press(page, f"/shortlists/runs/{run.code}/")
    press(page, "/shortlists/show")
    assert Shortlisted.objects.filter(published_at=None).count() == 0
    assert Shortlisted.objects.count() == 9
    assert hands.made.amina.identity.surnames not in hands.firm("shortlists").content()


def accept_on_the_telephone(hands: Hands) -> None:
    row = Shortlisted.objects.get(candidate=hands.made.amina)
    page = hands.amina("invitation", row.invitation.code)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert overflow(page) <= 0
    page.locator("button[value=accepted]").click()
    row.invitation.refresh_from_db()
    assert row.invitation.answer == Answer.ACCEPTED
    others_say_yes()


def hold_a_day_of_meetings(hands: Hands) -> None:
    page = hands.desk("meetings")
    page.locator("[name=on]").fill("2026-12-03")
    page.locator("[name=link]").fill("https://video.example/{meeting}")
    press(page, reverse("office:meeting_day_open", args=[hands.code]))
    day = MeetingDay.objects.get()
    page = hands.desk("meeting_day", day.code)
    for name in ("meeting_day_ask", "meeting_day_plan", "meeting_day_publish"):
        press(page, reverse(f"office:{name}", args=[hands.code, day.code]))
    assert Meeting.objects.filter(state=MeetingState.PLANNED).count() == 9
    hands.desk("meeting_day", day.code)
    mine = Meeting.objects.get(candidate=hands.made.amina)
    page = hands.amina("own_meetings")
    assert f"{mine.starts_at.astimezone(timezone.get_default_timezone()):%H:%M}" in page.content()
    hands.firm("firm_meetings")
    hands.later(12)
    for meeting in Meeting.objects.all():
        mark(meeting=meeting, state=MeetingState.HELD, actor=TINA, at=clock.now())


def rank(hands: Hands) -> None:
    made = hands.made
    press(hands.desk("rankings"), reverse("office:rankings_ask", args=[hands.code]))
    made.round.refresh_from_db()
    lists = {
        at: [made.candidates.index(row.candidate) for row in post.shortlist.order_by("place")]
        for at, post in enumerate(made.posts)
    }
    all_sent_but(made, lists, skip_post=0)
    page = hands.firm("post_ranking", made.posts[0].code)
    for place, row in enumerate(made.posts[0].shortlist.order_by("place"), start=1):
        page.locator(f"[name='tier-{row.code}']").select_option(str(place))
    page.locator("button[name=send]").click()
    press(page, "/ranking/send")
    assert Ranking.objects.get(post=made.posts[0]).sent_at is not None
    page = hands.amina("own_wishes", hands.code)
    page.locator("select").first.select_option("1")
    page.locator("button[name=send]").click()
    press(page, "/wishes/send")
    assert Ranking.objects.get(candidate=made.amina).sent_at is not None


def all_sent_but(made: Made, lists: dict[int, list[int]], *, skip_post: int) -> None:
    """Everybody but Amina and Bruno's firm says whom or what they would rather have."""
    wishes = {
        number: [[post] for post, people in lists.items() if number in people] for number in range(1, 9)
    }
    ranks = {post: [[each] for each in people] for post, people in lists.items() if post != skip_post}
    all_sent(made, wishes=wishes, ranks=ranks, at=clock.now())


def match(hands: Hands) -> None:
    press(hands.desk("match"), reverse("office:match_run", args=[hands.code]))
    run = Run.objects.filter(kind="match").get()
    page = hands.desk("match", actor=UGO)
    press(page, reverse("office:match_confirm", args=[hands.code, run.code]))
    assert Match.objects.filter(ended_at=None).count() == 3
    page = hands.amina("own_match", hands.code)
    assert overflow(page) <= 0


def offer_and_withdraw(hands: Hands) -> None:
    made = hands.made
    first = Match.objects.get(post=made.posts[0], ended_at=None)
    number = made.candidates.index(first.candidate)
    withdraw_person(round=made.round, candidate=first.candidate, actor=person(made, number), at=clock.now())
    first.candidate.refresh_from_db()
    assert first.candidate.status == "active"
    press(hands.desk("match"), reverse("office:match_again", args=[hands.code]))
    again = Run.objects.filter(kind="match").latest("number")
    page = hands.desk("match", actor=UGO)
    press(page, reverse("office:match_confirm", args=[hands.code, again.code]))
    second = Match.objects.get(post=made.posts[0], ended_at=None)
    assert second.candidate != first.candidate

    page = hands.firm("firm_match", second.code)
    terms = {"contract": "Tempo indeterminato", "agreement": "CCNL Metalmeccanici", "level": "C2"}
    terms |= {"pay": "26000", "hours": "40", "trial_days": "30", "place": "Brescia"}
    for name, value in terms.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
    made_offer = Offer.objects.get()
    hands.mine = second.candidate.code
    client_person = person(made, made.candidates.index(second.candidate))
    address = reverse("portal:own_match", args=[second.candidate.code, hands.code])
    page = hands.open_page(
        address, language="ar", width=PHONE, scripts=False, client=signed_in(client_person)
    )
    page.locator("details:has(button[value=accepted]) summary").click()
    page.locator("button[value=accepted]").click()
    made_offer.refresh_from_db()
    assert made_offer.answer == OfferAnswer.ACCEPTED
    hands.desk("offers")
