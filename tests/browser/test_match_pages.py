"""Pages after the meetings in a browser: no barrier, no sideways scrolling; an order by hand and by key."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.tools import axe_violations, overflow
from tests.employers.conftest import pack, publish_all  # noqa: F401
from tests.selection.making import AMINA, BRUNO, TINA, Made, make_round, signed_in
from tests.selection.matched import LATER, SAID_AT, all_sent, asked, confirmed, firm_actor, offered, pair
from tests.selection.meeting_days import published
from tests.web.office.world import clock_shift
from tragitto.candidates.models import Candidate
from tragitto.selection.actions import matching
from tragitto.selection.actions.withdrawing import withdraw_person
from tragitto.selection.models import Meeting, RankingLine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PHONE, DESK = 390, 1280


@pytest.fixture
def made(transactional_db, pack, settings) -> Made:  # noqa: F811
    """Three posts and four people who met, asked for their rankings."""
    publish_all(pack)
    settings.CLOCK_SHIFT = clock_shift(SAID_AT)
    return make_round(posts=3, candidates=4)


def see(open_page, shown, language, width):
    for name, client, path in shown:
        page = open_page(path, client=client, language=language, width=width, scripts=True)

        assert axe_violations(page) == [], path
        assert overflow(page) == 0, path
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=Path(folder) / f"{name}-{language}-{width}.png", full_page=True)


@pytest.mark.parametrize(("language", "width"), [("it", DESK), ("ar", PHONE)])
def test_no_barrier_while_both_sides_rank(open_page, made, language, width):
    with translation.override("en"):
        asked(made, {0: [0, 1, 2], 1: [0, 3], 2: [0]})
        desk, person, firm = signed_in(TINA), signed_in(AMINA), signed_in(BRUNO)
        mine = [made.amina.code, made.round.code]
        firm.post(
            reverse("portal:post_ranking", args=[made.posts[0].code]),
            {"revision": "0", f"tier-{pair(made, 0, 0).code}": "1"},
        )
    shown = [
        ("rankings", desk, reverse("office:rankings", args=[made.round.code])),
        ("after", firm, reverse("portal:after_meetings")),
        ("ranking", firm, reverse("portal:post_ranking", args=[made.posts[0].code])),
        ("ranking-send", firm, reverse("portal:post_ranking", args=[made.posts[0].code]) + "?send=1"),
        ("leaving", firm, reverse("portal:post_leaves", args=[made.posts[0].code])),
        ("wishes", person, reverse("portal:own_wishes", args=mine)),
        ("home-wishes", person, reverse("portal:candidate", args=mine[:1])),
    ]
    see(open_page, shown, language, width)


@pytest.mark.parametrize(("language", "width"), [("it", DESK), ("ar", PHONE)])
def test_no_barrier_after_the_match(open_page, made, settings, language, width):
    settings.CLOCK_SHIFT = clock_shift(LATER)
    with translation.override("en"):
        asked(made, {0: [0, 1, 2], 1: [0, 3], 2: [0, 3]})
        all_sent(
            made,
            wishes={0: [[0], [1, 2]], 1: [[0]], 2: [[0]], 3: [[2], [1]]},
            ranks={0: [[0, 1], [2]], 1: [[0], [3]], 2: [[3], [0]]},
        )
        matches = {each.candidate.code: each for each in confirmed(made)}
        first = matches.get(made.amina.code) or next(iter(matches.values()))
        post = next(at for at, each in enumerate(made.posts) if each.pk == first.post_id)
        offered(first, firm_actor(made, post))
        withdraw_person(
            candidate=made.candidates[3],
            round=made.round,
            ground="Left",
            actor=TINA,
            at=LATER + timedelta(minutes=1),
        )
        matching.rematch(round=made.round, actor=TINA, at=LATER + timedelta(minutes=2))
        desk, firm = signed_in(TINA), signed_in(firm_actor(made, post))
        person = signed_in(AMINA)
        Candidate.objects.filter(pk=made.candidates[1].pk).update(account="")
    mine = [made.amina.code, made.round.code]
    shown = [
        ("told-list", desk, reverse("office:shortlist", args=[made.round.code, made.posts[0].code])),
        ("told", desk, reverse("office:shortlist_told", args=[made.round.code, pair(made, 0, 1).code])),
        ("match", desk, reverse("office:match", args=[made.round.code])),
        ("offers", desk, reverse("office:offers", args=[made.round.code])),
        ("out", desk, reverse("office:person_leaves", args=[made.round.code, first.candidate.code])),
        ("firm-match", firm, reverse("portal:firm_match", args=[first.code])),
        ("own-match", person, reverse("portal:own_match", args=mine)),
        ("home-offer", person, reverse("portal:candidate", args=mine[:1])),
    ]
    see(open_page, shown, language, width)


@pytest.mark.parametrize(("language", "width"), [("it", DESK), ("ar", PHONE)])
def test_no_barrier_on_the_score_sheet(open_page, made, settings, language, width):
    with translation.override("en"):
        _day, meetings = published(made, {0: [0, 1]})
        settings.CLOCK_SHIFT = clock_shift(meetings[-1].ends_at + timedelta(days=1))
        firm = signed_in(BRUNO)
    address = reverse("portal:sheet", args=[Meeting.objects.order_by("pk").first().code])
    see(open_page, [("sheet", firm, address)], language, width)


def test_the_order_is_made_by_key_and_by_dragging(open_page, made):
    with translation.override("en"):
        asked(made, {0: [0, 1, 2]})
        client = signed_in(BRUNO)
    codes = [pair(made, 0, each).code for each in range(3)]
    path = reverse("portal:post_ranking", args=[made.posts[0].code])
    page = open_page(path, client=client, language="en", scripts=True)

    for code in codes:
        page.focus(f"button[name=up][value={code}]")
        page.keyboard.press("Enter")
    assert page.input_value(f"#tier-{codes[2]}") == "3"
    assert page.inner_text("[data-says]").startswith("Place 3:")
    page.drag_and_drop(f"[data-code={codes[2]}] .ranking-name", f"[data-code={codes[0]}] .ranking-name")
    page.click("button[name=save]:not([tabindex])")

    kept = dict(RankingLine.objects.values_list("shortlisted__code", "tier"))
    assert kept == {codes[2]: 1, codes[0]: 2, codes[1]: 3}


def dropped(page, code: str, on: str, *, low: bool) -> None:
    """Drag the row of `code` on the upper or the lower edge of another row."""
    row = page.locator(f"[data-code={on}]")
    height = row.bounding_box()["height"]
    at = {"x": 20, "y": height - 6 if low else 6}
    page.drag_and_drop(f"[data-code={code}] .ranking-name", f"[data-code={on}]", target_position=at)


def test_somebody_is_dragged_to_the_very_end_and_out_of_a_tie(open_page, made):
    with translation.override("en"):
        asked(made, {0: [0, 1, 2]})
        client = signed_in(BRUNO)
    first, second, third = (pair(made, 0, each).code for each in range(3))
    path = reverse("portal:post_ranking", args=[made.posts[0].code])
    client.post(path, {"revision": "0", f"tier-{first}": "1", f"tier-{second}": "1", f"tier-{third}": "2"})
    page = open_page(path, client=client, language="en", scripts=True)

    dropped(page, first, third, low=True)
    assert [page.input_value(f"#tier-{each}") for each in (second, third, first)] == ["1", "2", "3"]

    dropped(page, third, second, low=False)
    assert [page.input_value(f"#tier-{each}") for each in (third, second, first)] == ["1", "2", "3"]
