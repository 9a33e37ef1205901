"""The whole story in a browser: shortlists, a day of meetings, rankings, the match, a withdrawal, offers.

Three positions, nine people. What is told is done on the pages, by the one whose page it is: the desk on a
large window and on a telephone on the day itself, Bruno's firm and Bianca's, Amina on her telephone in Arabic
and one more person in French, both without scripts, and whoever leaves. What the other people and the third
firm do goes through the same actions.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page

from tests.browser.tools import axe_violations, overflow
from tests.employers.conftest import pack, publish_all  # noqa: F401
from tests.selection.making import BIANCA, BRUNO, NOON, TINA, UGO, Made, make_round, signed_in
from tests.selection.matched import all_sent
from tests.web.office.world import clock_shift
from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.answering import answer_line
from tragitto.selection.models import (
    Availability,
    Match,
    Meeting,
    MeetingDay,
    Offer,
    Ranking,
    Run,
    Shortlisted,
)
from tragitto.selection.queries.meetings import slots_of
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
    """The browsers of the story, each at its own pages."""

    def __init__(self, made: Made, open_page, settings) -> None:
        self.made, self.open_page, self.settings = made, open_page, settings
        self.code = made.round.code
        self.looked: list[str] = []

    @property
    def french(self) -> Candidate:
        """The first on the list of Bianca's firm: reads French on a telephone."""
        rows = self.made.posts[1].shortlist.exclude(candidate=self.made.amina).order_by("place")
        return rows[0].candidate

    def desk(self, name: str, *more: str, actor=TINA, width: int = 1280) -> Page:
        address = reverse(f"office:{name}", args=[self.code, *more])
        return self.look(self.open_page(address, client=signed_in(actor), width=width), name)

    def firm(self, name: str, *args: str, actor=BRUNO) -> Page:
        address = reverse(f"portal:{name}", args=args)
        return self.look(self.open_page(address, client=signed_in(actor)), name)

    def person(self, who: Candidate, name: str, *more: str) -> Page:
        """On a telephone, without scripts; Amina in Arabic, everybody else in French."""
        address = reverse(f"portal:{name}", args=[who.code, *more])
        language = "ar" if who == self.made.amina else "fr"
        client = signed_in(Actor(who.account, door="portal"))
        page = self.open_page(address, language=language, width=PHONE, scripts=False, client=client)
        assert page.locator("html").get_attribute("lang").startswith(language)
        assert overflow(page) <= 0
        return self.picture(page, f"{name}-{language}")

    def look(self, page: Page, name: str) -> Page:
        """No barrier and no sideways scrolling on any page of the story."""
        assert axe_violations(page) == []
        assert overflow(page) <= 0
        return self.picture(page, name)

    def picture(self, page: Page, name: str) -> Page:
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=Path(folder) / f"{len(self.looked):02}-{name}.png", full_page=True)
        self.looked.append(name)
        return page

    def later(self, days: float) -> None:
        """So many days pass."""
        self.settings.CLOCK_SHIFT = clock_shift(clock.now() + timedelta(days=days))


def tap(page: Page, what: Locator) -> None:
    """Press it and wait for the page that answers."""
    with page.expect_navigation():
        what.click()
    assert "500" not in page.title()


def press(page: Page, action: str) -> None:
    """Send the form that goes to this address, whatever language its button speaks."""
    tap(page, page.locator(f"form[action$='{action}'] button:not(.visually-hidden)").first)


def others_say_yes() -> None:
    for row in Shortlisted.objects.filter(answer="", published_at__isnull=False):
        actor = Actor(row.candidate.account, door="portal")
        answer_line(row=row, answer=Answer.ACCEPTED, actor=actor, at=clock.now())


def test_from_the_shortlists_to_an_offer_after_a_withdrawal(made, open_page, settings):
    hands = Hands(made, open_page, settings)
    propose_and_show(hands)
    accept_on_the_telephone(hands)
    plan_a_day_of_meetings(hands)
    mark_who_came(hands)
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
    for who, direction in ((hands.made.amina, "rtl"), (hands.french, "ltr")):
        row = Shortlisted.objects.get(candidate=who)
        page = hands.person(who, "invitation", row.invitation.code)
        assert page.locator("html").get_attribute("dir") == direction
        tap(page, page.locator("button[value=accepted]"))
        row.refresh_from_db()
        assert row.answer == Answer.ACCEPTED
    others_say_yes()


def plan_a_day_of_meetings(hands: Hands) -> None:
    page = hands.desk("meetings")
    page.locator("[name=on]").fill("2026-12-03")
    page.locator("[name=link]").fill("https://video.example/{meeting}")
    press(page, reverse("office:meeting_day_open", args=[hands.code]))
    day = MeetingDay.objects.get()
    page = hands.desk("meeting_day", day.code)
    press(page, reverse("office:meeting_day_ask", args=[hands.code, day.code]))
    say_when_they_can(hands, day)
    for name in ("meeting_day_plan", "meeting_day_publish"):
        press(page, reverse(f"office:{name}", args=[hands.code, day.code]))
    assert Meeting.objects.filter(state=MeetingState.PLANNED).count() == 9
    hands.desk("meeting_day", day.code)
    hands.desk("meeting_day_print", day.code)
    for who in (hands.made.amina, hands.french):
        mine = Meeting.objects.get(candidate=who)
        page = hands.person(who, "own_meetings")
        assert f"{mine.starts_at.astimezone(timezone.get_default_timezone()):%H:%M}" in page.content()
    hands.firm("firm_meetings")


def say_when_they_can(hands: Hands, day: MeetingDay) -> None:
    """The first hour suits neither Bianca's firm nor the person who reads French."""
    for page in (
        hands.person(hands.french, "own_availability", day.code),
        hands.firm("firm_availability", day.code, hands.made.firms[1].code, actor=BIANCA),
    ):
        page.locator("[name=can]").first.uncheck()
        tap(page, page.locator("main form button.btn-primary"))
    assert Availability.objects.filter(day=day).count() == 2


def mark_who_came(hands: Hands) -> None:
    """On the evening of the day, on a telephone: one tap for each meeting."""
    day = MeetingDay.objects.get()
    assert not Meeting.objects.filter(employer=hands.made.firms[1], starts_at=slots_of(day)[0].begins_at)
    hands.later(10.5)
    page = hands.desk("meeting_today", day.code, width=PHONE)
    for _each in range(9):
        tap(page, page.locator("#unmarked + ul button[value=held]").first)
    assert page.locator("#unmarked").count() == 0
    assert Meeting.objects.filter(state=MeetingState.HELD).count() == 9
    hands.later(1.5)


def rank(hands: Hands) -> None:
    made = hands.made
    press(hands.desk("rankings"), reverse("office:rankings_ask", args=[hands.code]))
    made.round.refresh_from_db()
    lists = {
        at: [made.candidates.index(row.candidate) for row in post.shortlist.order_by("place")]
        for at, post in enumerate(made.posts)
    }
    own = {made.candidates.index(each) for each in (made.amina, hands.french)}
    wishes = {
        number: [[post] for post, people in lists.items() if number in people]
        for number in range(9)
        if number not in own
    }
    all_sent(made, wishes=wishes, ranks={2: [[each] for each in lists[2]]}, at=clock.now())
    for number, actor in enumerate((BRUNO, BIANCA)):
        post = made.posts[number]
        page = hands.firm("post_ranking", post.code, actor=actor)
        for place, row in enumerate(post.shortlist.order_by("place"), start=1):
            page.locator(f"[name='tier-{row.code}']").select_option(str(place))
        tap(page, page.locator("button[name=send]"))
        press(page, "/ranking/send")
        assert Ranking.objects.get(post=post).sent_at is not None
    for who in (made.amina, hands.french):
        page = hands.person(who, "own_wishes", hands.code)
        page.locator("select").first.select_option("1")
        tap(page, page.locator("button[name=send]"))
        press(page, "/wishes/send")
        assert Ranking.objects.get(candidate=who).sent_at is not None


def match(hands: Hands) -> None:
    press(hands.desk("match"), reverse("office:match_run", args=[hands.code]))
    run = Run.objects.filter(kind="match").get()
    page = hands.desk("match", actor=UGO)
    press(page, reverse("office:match_confirm", args=[hands.code, run.code]))
    assert Match.objects.filter(ended_at=None).count() == 3
    hands.person(hands.made.amina, "own_match", hands.code)
    hands.person(hands.french, "own_match", hands.code)


def offer_and_withdraw(hands: Hands) -> None:
    made = hands.made
    first = Match.objects.get(post=made.posts[0], ended_at=None)
    page = hands.person(first.candidate, "own_match", hands.code)
    leave = reverse("portal:leave_round", args=[first.candidate.code, hands.code])
    page.locator(f"details:has(form[action='{leave}']) summary").click()
    press(page, leave)
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
    tap(page, page.locator("main form button.btn-primary").last)
    made_offer = Offer.objects.get()
    page = hands.person(second.candidate, "own_match", hands.code)
    page.locator("details:has(button[value=accepted]) summary").click()
    tap(page, page.locator("button[value=accepted]"))
    made_offer.refresh_from_db()
    assert made_offer.answer == OfferAnswer.ACCEPTED
    hands.desk("offers")
