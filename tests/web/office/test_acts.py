"""A call as an act on the office's pages: begun, drafted part by part, verified, amended, passed on."""

import io
import re
from datetime import timedelta

import msgspec
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_organisation
from tests.schemes.making import texts
from tests.web.office.test_costs import cost
from tests.web.office.world import OFFICE_DAY, actor, enter, person
from tragitto.kernel.texts import LANGUAGES
from tragitto.schemes import actions, queries
from tragitto.schemes.models import Call
from tragitto.web.office.forms.acts_sections import SECTIONS


def address(name: str, call: Call, *more: object) -> str:
    return reverse(f"office:{name}", args=[call.code, *more])


def spoken(name: str, word: str) -> dict[str, str]:
    """A text typed in four languages."""
    return {f"{name}-{language}": text for language, text in texts(word).items()}


@pytest.fixture
def draft(world, carla_herself) -> Call:
    """A copy of the story's first call, begun by Carla."""
    return actions.begin_draft(
        code="second-round",
        region=world.call.region,
        title=texts("Second round"),
        summary=texts("Again"),
        copied_from=world.call,
        actor=actor(carla_herself),
        at=OFFICE_DAY,
    )


@pytest.fixture
def ugo_in(world) -> Client:
    """Ugo, officer and publisher of a body that publishes no calls."""
    return enter(Client(), person("Ugo", "officer", "publisher", office=make_organisation("another-office")))


def typed(client: Client, page: str, **more: object) -> dict[str, object]:
    """What a form holds as it is shown, with some of it typed anew."""
    form = client.get(page).context["form"]
    told = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in told.items() if value not in (None, False)}
    return {name: ("on" if value is True else value) for name, value in shown.items()} | more


def save(client: Client, page: str, **more: object):
    return client.post(page, typed(client, page, **more))


def test_carla_begins_a_copy_and_is_led_to_its_parts(world, carla_in):
    region = f"{world.call.scheme.code}.{world.call.region.code}"
    told = {"code": "second-round", "region": region, "copied_from": world.call.code}
    told |= spoken("title", "Round") | spoken("summary", "Again")

    answer = carla_in.post(reverse("office:act_new"), told, follow=True)

    assert answer.redirect_chain == [(reverse("office:act", args=["second-round"]), 302)]
    assert "The draft is begun" in answer.text
    assert Call.objects.get(code="second-round").copied_from == world.call


def test_a_code_that_is_taken_is_said_in_the_form(world, carla_in):
    region = f"{world.call.scheme.code}.{world.call.region.code}"
    told = {"code": world.call.code, "region": region}

    answer = carla_in.post(
        reverse("office:act_new"), {**told, **spoken("title", "Round"), **spoken("summary", "Again")}
    )

    assert answer.status_code == 422
    assert "Another call has this code" in answer.text


def test_a_body_that_publishes_nothing_is_told_so(ugo_in):
    page = ugo_in.get(reverse("office:act_new"))

    assert "The body you act for publishes no calls in any region." in page.text


@pytest.mark.parametrize("name", ["act_new", "act_section", "act_row"])
def test_a_reviewer_does_not_draft(draft, dario_in, name):
    more = {"act_new": [], "act_section": [draft.code, "identity"], "act_row": [draft.code, "criteria", "0"]}

    assert dario_in.get(reverse(f"office:{name}", args=more[name])).status_code == 403


def test_an_officer_of_another_body_reads_a_draft_and_changes_nothing(draft, ugo_in):
    assert address("act_section", draft, "identity") not in ugo_in.get(address("act", draft)).text
    assert ugo_in.get(address("act_section", draft, "identity")).status_code == 403
    assert ugo_in.post(address("act_row_move", draft, "criteria", 0)).status_code == 403


@pytest.mark.parametrize("section", [each.code for each in SECTIONS])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_part_of_a_draft_opens(draft, carla_in, section, language):
    carla_in.cookies["django_language"] = language

    assert carla_in.get(address("act_section", draft, section)).status_code == 200


@pytest.mark.parametrize("section", [each.code for each in SECTIONS if not each.rows])
def test_saving_what_is_shown_changes_nothing(draft, carla_in, section):
    before = draft.content_hash

    answer = save(carla_in, address("act_section", draft, section))

    draft.refresh_from_db()
    assert (answer.status_code, draft.content_hash) == (302, before)


@pytest.mark.parametrize("section", [each.code for each in SECTIONS if each.rows])
def test_saving_each_thing_of_a_list_as_shown_changes_nothing(draft, carla_in, section):
    if section in ("windows", "calendar", "gaps", "choices"):
        pytest.skip("a copy has none, or a choice says who saved it")
    before = draft.content_hash
    count = carla_in.get(address("act_section", draft, section)).context["rows"]

    for row in range(len(count)):
        answer = save(carla_in, address("act_row", draft, section, row))
        assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.content_hash == before


def test_the_act_is_written_and_its_problem_is_gone(draft, carla_in):
    page = address("act_section", draft, "identity")
    assert "Still empty" in carla_in.get(page).text

    answer = save(carla_in, page, act="Determinazione 7", act_on="2026-01-10", next="1")

    draft.refresh_from_db()
    assert answer.url == address("act_section", draft, "windows")
    assert (draft.act, str(draft.act_on)) == ("Determinazione 7", "2026-01-10")
    assert "Still empty" not in carla_in.get(page).text


def test_a_title_without_a_language_is_not_saved(draft, carla_in):
    answer = save(carla_in, address("act_section", draft, "identity"), **{"title-ar": ""})

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.title == texts("Second round")


def test_a_public_text_may_wait_for_its_translation_and_says_so(draft, carla_in):
    page = address("act_section", draft, "text-who")

    assert save(carla_in, page, **{"texts-who-ar": ""}).status_code == 302

    assert "A language is missing: ar." in carla_in.get(page).text


def test_a_window_is_added_and_taken_away(draft, carla_in):
    page = address("act_row", draft, "windows", "new")
    save(carla_in, page, opens_on="2026-02-01", last_day="2026-02-28")

    (window,) = queries.spec_of(Call.objects.get(pk=draft.pk)).windows
    assert (str(window.last_day), str(window.last_time)) == ("2026-02-28", "23:59:59")

    seen = carla_in.get(address("act_section", draft, "windows")).context["seen"]
    carla_in.post(address("act_row_move", draft, "windows", 0), {"seen": seen, "to": "away"})
    assert queries.spec_of(Call.objects.get(pk=draft.pk)).windows == ()


def test_windows_that_overlap_are_refused_and_keep_what_was_typed(draft, carla_in):
    page = address("act_row", draft, "windows", "new")
    save(carla_in, page, opens_on="2026-02-01", last_day="2026-02-28")

    answer = save(carla_in, page, opens_on="2026-02-10", last_day="2026-03-31")

    assert answer.status_code == 422
    assert 'value="2026-03-31"' in answer.text


def test_conditions_change_places(draft, carla_in):
    before = [each.code for each in queries.spec_of(draft).criteria]

    answer = carla_in.post(
        address("act_row_move", draft, "criteria", 1), {"seen": draft.content_hash, "to": "up"}
    )

    after = [each.code for each in queries.spec_of(Call.objects.get(pk=draft.pk)).criteria]
    assert (answer.status_code, after) == (302, [before[1], before[0], *before[2:]])


def test_a_condition_is_added_with_what_its_judge_needs(draft, carla_in):
    choose = carla_in.get(address("act_row", draft, "criteria", "new"))
    assert "?judge=constituted_and_active" in choose.text
    page = address("act_row", draft, "criteria", "new") + "?judge=constituted_and_active"

    answer = save(
        carla_in, page, code="two-years", failing="warn", citation="§3", **spoken("title", "Two years"),
        **{"parameters-months": "24", "parameters-at": "closing"},
    )  # fmt: skip

    added = queries.spec_of(Call.objects.get(pk=draft.pk)).criteria[-1]
    assert answer.status_code == 302
    assert (added.judge, added.parameters) == ("constituted_and_active", {"months": 24, "at": "closing"})


def test_a_code_given_twice_is_refused_in_words(draft, carla_in):
    first = queries.spec_of(draft).criteria[0]
    page = address("act_row", draft, "criteria", "1")

    answer = save(carla_in, page, code=first.code)

    assert answer.status_code == 422
    assert "The same code stands here twice" in answer.text


def test_somebody_elses_change_in_between_is_not_overwritten(draft, carla_in):
    page = address("act_section", draft, "identity")
    mine = typed(carla_in, page, proposer="My function")
    save(carla_in, page, proposer="Another function")

    answer = carla_in.post(page, mine)

    assert answer.status_code == 422
    assert "Somebody has changed this draft since you opened the page" in answer.text
    assert "My function" in answer.text


def test_a_warning_is_decided_by_whoever_is_signed_in(draft, carla_in, carla_herself):
    page = address("act_section", draft, "choices")
    question = carla_in.get(page).context["questions"][0]

    save(
        carla_in,
        address("act_row", draft, "choices", "new") + f"?about={question.about}",
        text="As written.",
        reason="The act says so.",
    )

    (choice,) = [
        each
        for each in queries.spec_of(Call.objects.get(pk=draft.pk)).choices
        if each.about == question.about
    ]
    assert (choice.made_by, choice.made_on) == (carla_herself.code, OFFICE_DAY.date())
    assert question.about not in [each.about for each in carla_in.get(page).context["questions"]]


def test_beside_the_notice_stands_only_what_nobody_has_decided(draft, carla_in):
    page = carla_in.get(address("act_section", draft, "notice")).text

    assert "The notice names a deadline on which no window ends: 2025-07-31." in page
    assert "The notice names a deadline without an hour" not in page


def test_the_notice_is_read_by_its_paragraphs(draft, carla_in):
    page = address("act_section", draft, "notice")
    wrong = save(carla_in, page, notice="No heading at all.")
    right = save(carla_in, page, notice="## 1. OGGETTO\n\nRaccolta di manifestazioni.")

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert [each.number for each in queries.whole_of(Call.objects.get(pk=draft.pk)).notice] == ["1"]


def test_a_form_is_left_out_and_chosen_again(draft, carla_in):
    page = address("act_section", draft, "forms")
    every = [each.code for each in queries.whole_of(draft).forms]

    save(carla_in, page, forms=every[:1])
    assert [each.code for each in queries.whole_of(Call.objects.get(pk=draft.pk)).forms] == every[:1]

    save(carla_in, page, forms=every)
    assert queries.whole_of(Call.objects.get(pk=draft.pk)).forms == queries.whole_of(draft).forms


def test_enquiries_left_empty_are_not_taken(draft, carla_in):
    page = address("act_section", draft, "enquiries")
    empty = {f"enquiries-{name}": "" for name in ("call_back_days", "escalate_days", "source")}

    half = save(carla_in, page, **{"enquiries-source": ""})
    none = save(carla_in, page, **empty)

    assert (half.status_code, none.status_code) == (422, 302)
    assert queries.enquiries_of(Call.objects.get(pk=draft.pk)) is None
    assert carla_in.get(address("act_row", draft, "templates", "new")).status_code == 302


@pytest.mark.parametrize(("section", "row"), [("identity", "new"), ("criteria", "99"), ("nowhere", "0")])
def test_what_a_draft_does_not_have_is_not_found(draft, carla_in, section, row):
    assert carla_in.get(address("act_row", draft, section, row)).status_code == 404


def test_a_published_call_has_no_parts_to_change(world, carla_in):
    assert carla_in.get(address("act_section", world.call, "identity")).status_code == 404
    assert carla_in.get(address("act", world.call)).url == address("call", world.call)


@pytest.fixture
def finished(draft, carla_herself) -> Call:
    """The draft with act, window and choices, asking for a legal verification."""
    whole = queries.whole_of(draft)
    raw = msgspec.to_builtins(whole)
    model = msgspec.to_builtins(queries.spec_of(draft.copied_from))
    own = ("act", "act_on", "windows", "calendar", "choices", "gaps")
    raw["call"] |= {name: model[name] for name in own} | {"checks": ["legal"]}
    return actions.revise_draft(
        call=draft,
        whole=msgspec.convert(raw, type(whole)),
        seen=draft.content_hash,
        actor=actor(carla_herself),
        at=OFFICE_DAY,
    )


def verification(call: Call, outcome: str, note: str = "") -> dict[str, str]:
    return {"kind": "legal", "outcome": outcome, "note": note, "seen": call.content_hash}


def test_dario_sends_a_draft_back_and_carla_reads_why(finished, carla_in, dario_in):
    dario_in.post(address("act_verify", finished), verification(finished, "back", "Name the hour."))

    page = carla_in.get(address("act", finished)).text
    assert "Name the hour." in page
    assert "Not passed yet on what the draft says now:" in page


def test_carla_is_not_offered_to_verify_her_own_draft_and_may_not(finished, carla_in):
    assert "Verify this draft" not in carla_in.get(address("act", finished)).text

    answer = carla_in.post(address("act_verify", finished), verification(finished, "passed"))

    assert answer.status_code == 403
    assert "Nobody verifies what they have drafted." in answer.text


def test_a_draft_that_dario_passed_is_published_by_elena(finished, dario_in, world):
    elena_in = enter(Client(), person("Elena", "publisher", office=world.call.publisher))
    assert "Not passed yet: legal verification" in elena_in.get(address("call", finished)).text
    assert elena_in.post(address("publish", finished)).status_code == 422

    assert dario_in.post(address("act_verify", finished), verification(finished, "passed")).status_code == 302
    answer = elena_in.post(address("publish", finished), follow=True)

    assert "The call is published." in answer.text
    story = [str(event.says) for event in answer.context["story"]]
    assert story == ["Draft last written", "legal verification", "Published"]


def test_elena_corrects_a_text_and_the_story_tells_it(world, carla_in):
    elena_in = enter(Client(), person("Elena", "publisher", office=world.call.publisher))
    page = address("act_correct", world.call, "who")

    empty = elena_in.post(page, {**spoken("text", "Everybody"), "act": "", "reason": ""})
    done = elena_in.post(
        page, {**spoken("text", "Everybody"), "act": "Decree 8", "reason": "A slip."}, follow=True
    )

    assert (empty.status_code, carla_in.get(page).status_code) == (422, 403)
    assert "Decree 8: A slip." in done.text
    assert queries.section(world.call, "who") == texts("Everybody")


def test_a_publisher_of_another_body_corrects_nothing(world, ugo_in):
    assert ugo_in.get(address("act_correct", world.call, "who")).status_code == 403


def test_a_section_that_does_not_exist_is_not_corrected(world):
    elena_in = enter(Client(), person("Elena", "publisher", office=world.call.publisher))

    assert elena_in.get(address("act_correct", world.call, "nothing")).status_code == 404


def test_links_are_added_and_taken_away(world, carla_in, dario_in):
    page = address("act_links", world.call)
    link = {"relation": "funding", "page": "https://fund.example/", **spoken("title", "Fund")}

    assert dario_in.post(page, link).status_code == 403
    assert "https://fund.example/" in carla_in.post(page, link, follow=True).text
    assert "This link is there already." in carla_in.post(page, link).text
    gone = carla_in.post(address("act_unlink", world.call, 1), follow=True)

    assert "https://fund.example/" not in gone.text
    assert carla_in.post(address("act_unlink", world.call, 1)).status_code == 422


def test_one_link_or_three_cost_the_same(world, carla_in, carla_herself):
    def add(number: int) -> None:
        words = {"relation": "support", "title": texts(), "page": f"https://{number}.example/"}
        actions.add_link(call=world.call, **words, actor=actor(carla_herself), at=OFFICE_DAY)

    add(1)
    one = cost(carla_in, address("act_links", world.call))
    add(2)
    add(3)

    assert cost(carla_in, address("act_links", world.call)) == one


def test_one_condition_or_three_cost_the_same(draft, carla_in, carla_herself):
    whole = queries.whole_of(draft)
    page = address("act_section", draft, "criteria")
    every = cost(carla_in, page)
    one = msgspec.structs.replace(whole.call, criteria=whole.call.criteria[:1])
    actions.revise_draft(
        call=draft, whole=msgspec.structs.replace(whole, call=one), seen=draft.content_hash,
        actor=actor(carla_herself), at=OFFICE_DAY,
    )  # fmt: skip

    assert cost(carla_in, page) == every


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_is_an_accessible_a4_sheet(world, dario_in, language):
    answer = dario_in.get(address("poster", world.call, language))

    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 1
        assert str(document.Root.Lang)[:2] == language
        assert bool(document.Root.MarkInfo.Marked)
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_to_pass_on_name_deadline_and_address(world, dario_in, language):
    texts_ = [dario_in.get(address(name, world.call, language)).text for name in ("newsletter", "plain_text")]

    shown = reverse("public:call", args=[world.call.code])
    assert [f"http://testserver{shown}" in text for text in texts_] == [True, True]
    assert [len(re.findall(r"23:59:59 \(Europe/Rome\)", text)) for text in texts_] == [1, 1]


def test_an_extension_is_counted_in(world, dario_in):
    last = queries.openings(world.call)[-1]
    elena = person("Elena", "publisher", office=world.call.publisher)
    actions.extend_window(
        call=world.call, number=last.number, closes_at=last.closes_at + timedelta(hours=1),
        act="Decree 9", reason="Late.", actor=actor(elena), at=OFFICE_DAY,
    )  # fmt: skip

    assert "00:59:59 (Europe/Rome)" in dario_in.get(address("plain_text", world.call, "en")).text


def test_what_is_not_published_is_not_spread(draft, dario_in, world):
    statuses = [
        dario_in.get(address(*about)).status_code
        for about in (("leaflets", draft), ("poster", draft, "it"), ("poster", world.call, "xx"))
    ]

    assert statuses == [404, 404, 404]
