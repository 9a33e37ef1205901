"""Filing on line, page by page: begun, saved, resumed, mended, checked; nobody else's business."""

from io import BytesIO
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.employers.sending import answered
from tests.web.office.world import enter
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.employers import actions
from tragitto.employers.models import FilingDraft
from tragitto.employers.queries import drafts
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.records import reader
from tragitto.schemes.models import Call
from tragitto.schemes.queries import takes_online

MAIN = "domanda-on-line"


@pytest.fixture
def call(world) -> Call:
    """The call that takes filings on line, with the form these stories fill in."""
    return next(call for call in world.calls.values() if call.forms.filter(code=MAIN).exists())


@pytest.fixture
def by_mail(world) -> Call:
    """A call that takes certified mail alone."""
    return next(call for call in world.calls.values() if not takes_online(call))


@pytest.fixture
def draft(call, bruno_in) -> FilingDraft:
    """Bruno's draft, just begun."""
    bruno_in.post(reverse("portal:draft_start", args=[call.code]))
    return FilingDraft.objects.get()


@pytest.fixture
def elif_in(world) -> Client:
    """Elif, who takes part too and has nothing to do with Bruno's draft."""
    somebody = make_person("Elif", "employer", organisation="elif-srl", kind=OrganisationKind.EMPLOYER)
    return enter(Client(), somebody)


def page(draft, group, row=0, form=MAIN) -> str:
    return reverse("portal:draft_page", args=[draft.code, form, group, row])


def address(draft, name="draft") -> str:
    return reverse(f"portal:{name}", args=[draft.code])


def unit(revision=0, **changes) -> dict[str, object]:
    """What is posted from the page of the first production unit."""
    answers = {"unit_address_1": "via Roma 1", "unit_municipality_1": "Bologna", "unit_province_1": "BO"}
    return {"revision": revision, "then": "on", **answers, **changes}


def fill(draft) -> FilingDraft:
    """The draft with everything answered."""
    actor = Actor(draft.account, door="portal")
    answers = answered(draft.call)
    return actions.save_page(
        draft=draft, form=MAIN, answers=answers, revision=draft.revision, actor=actor, at=clock.now()
    )


def test_the_way_in_says_what_is_needed(bruno_in, call):
    shown = bruno_in.get(reverse("portal:draft_start", args=[call.code]))

    assert shown.status_code == 200
    assert "A draft is not a filing" in shown.content.decode()


def test_to_begin_leads_to_what_is_to_do(bruno_in, call):
    answer = bruno_in.post(reverse("portal:draft_start", args=[call.code]))

    assert answer.url == address(FilingDraft.objects.get())
    assert bruno_in.get(answer.url).status_code == 200


def test_a_saved_page_leads_to_the_next(bruno_in, draft):
    answer = bruno_in.post(page(draft, "units", 1), unit())

    assert answer.url == page(draft, "signatory")
    draft.refresh_from_db()
    assert draft.answers[MAIN]["unit_municipality_1"] == "Bologna"


def test_what_was_saved_is_there_on_another_device(bruno_in, draft, world):
    bruno_in.post(page(draft, "units", 1), unit())
    telephone = Client()
    telephone.cookies = bruno_in.cookies

    assert 'value="via Roma 1"' in telephone.get(page(draft, "units", 1)).content.decode()


def test_what_is_wrong_is_kept_and_said_beside_it(bruno_in, draft):
    answer = bruno_in.post(page(draft, "units", 1), unit(unit_municipality_1="Milano"))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "unit_municipality_1": [
            "Milano is not in the province BO but in MI: correct the municipality or the province."
        ]
    }
    draft.refresh_from_db()
    assert draft.answers[MAIN]["unit_municipality_1"] == "Milano"


def test_whoever_comes_back_is_told_what_is_to_mend(bruno_in, draft):
    bruno_in.post(page(draft, "units", 1), unit(unit_municipality_1="Milano", then="later"))

    assert list(bruno_in.get(page(draft, "units", 1)).context["form"].errors) == ["unit_municipality_1"]


def test_what_must_be_answered_is_asked_for(bruno_in, draft):
    answer = bruno_in.post(page(draft, "units", 1), unit(unit_address_1=""))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "unit_address_1": ["Write an answer: without it you cannot send."]
    }


def test_to_come_back_later_is_never_refused(bruno_in, draft):
    answer = bruno_in.post(page(draft, "units", 1), unit(unit_address_1="", then="later"))

    assert answer.url == address(draft)


def test_another_row_is_begun_and_taken_away(bruno_in, draft):
    answer = bruno_in.post(page(draft, "units", 1), unit(then="another"))
    assert answer.url == page(draft, "units", 2)

    remove = reverse("portal:draft_row_remove", args=[draft.code, MAIN, "units", 2])
    for odd in ("²", "9" * 5000, "", "-1"):
        assert bruno_in.post(remove, {"revision": odd}).status_code == 302
    bruno_in.post(remove, {"revision": 2})

    assert bruno_in.get(page(draft, "units", 2)).status_code == 404


def test_what_another_device_saved_is_shown_beside_what_was_typed(bruno_in, draft):
    bruno_in.post(page(draft, "units", 1), unit(unit_address_1="from the office"))

    answer = bruno_in.post(page(draft, "units", 1), unit(unit_address_1="from the telephone"))

    text = answer.content.decode()
    assert answer.status_code == 409
    assert answer.context["theirs"] == [("Address", "from the office")]
    assert 'value="from the telephone"' in text
    assert 'name="revision" value="1"' in text


def test_what_was_written_for_the_second_time_is_saved(bruno_in, draft):
    bruno_in.post(page(draft, "units", 1), unit(unit_address_1="from the office"))
    bruno_in.post(page(draft, "units", 1), unit(1, unit_address_1="from the telephone"))

    draft.refresh_from_db()
    assert draft.answers[MAIN]["unit_address_1"] == "from the telephone"


def test_what_the_house_knows_is_not_asked_twice(bruno_in, draft):
    shown = bruno_in.get(page(draft, "signatory"))

    assert shown.context["form"]["signatory_name"].initial == "Bruno"


def test_the_last_look_names_what_is_missing_and_offers_no_sending(bruno_in, draft):
    shown = bruno_in.get(address(draft, "draft_check"))

    assert len(shown.context["missing"]) == len(drafts.missing(draft))
    assert address(draft, "send") not in shown.content.decode()


def test_all_answered_it_can_be_sent(bruno_in, draft):
    fill(draft)

    shown = bruno_in.get(address(draft, "draft_check"))

    assert shown.context["missing"] == []
    assert f'action="{address(draft, "send")}"' in shown.content.decode()


def test_what_was_sent_is_no_draft_any_more(bruno_in, draft):
    fill(draft)
    bruno_in.post(address(draft, "send"), {"language": "it"})

    sent = reverse("portal:submission", args=[draft.submission.code])
    leads = [bruno_in.get(url).get("Location") for url in (address(draft), address(draft, "draft_check"))]
    assert leads == [sent, sent]
    assert bruno_in.post(page(draft, "units", 1), unit(1)).url == sent


def test_a_call_by_certified_mail_alone_says_how_to_send(bruno_in, by_mail):
    bruno_in.post(reverse("portal:draft_start", args=[by_mail.code]))

    shown = bruno_in.get(address(FilingDraft.objects.get(), "draft_check")).content.decode()

    assert by_mail.mailbox in shown
    assert "/send/" not in shown


def test_the_form_comes_filled_in(bruno_in, draft):
    fill(draft)

    answer = bruno_in.get(reverse("portal:draft_pdf", args=[draft.code, MAIN]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_paper_is_added_and_taken_away(bruno_in, draft):
    picture = BytesIO(b"\x89PNG\r\n\x1a\n and a card")
    picture.name = "card.png"
    with mock.patch.object(reader, "signed", side_effect=reader.ReaderStopped):
        answer = bruno_in.post(address(draft, "draft_papers"), {"kind": "identity_copy", "file": picture})
    assert answer.status_code == 302
    paper = draft.papers.get()

    bruno_in.post(reverse("portal:draft_paper_drop", args=[draft.code, paper.code]))

    assert not draft.papers.exists()


def test_what_is_no_page_is_refused_in_words(bruno_in, draft):
    words = BytesIO(b"just words")
    words.name = "words.txt"

    answer = bruno_in.post(address(draft, "draft_papers"), {"kind": "other", "file": words})

    assert answer.status_code == 422
    assert "Only PDF, images" in answer.content.decode()


def test_a_draft_is_thrown_away_after_a_question(bruno_in, draft):
    assert bruno_in.get(address(draft, "draft_discard")).status_code == 200

    bruno_in.post(address(draft, "draft_discard"))

    assert bruno_in.get(address(draft)).status_code == 404


OWN = ("draft", "draft_check", "draft_papers", "draft_discard")


def every_page(draft) -> list[str]:
    pdf = reverse("portal:draft_pdf", args=[draft.code, MAIN])
    return [*(address(draft, name) for name in OWN), page(draft, "units", 1), pdf]


def test_another_person_finds_none_of_it(elif_in, draft):
    assert {elif_in.get(url).status_code for url in every_page(draft)} == {404}
    assert {elif_in.post(url).status_code for url in every_page(draft)} <= {404, 405}


def test_a_stranger_is_led_to_the_sign_in(client, draft):
    start = reverse("portal:draft_start", args=[draft.call.code])
    answers = [client.get(url) for url in (start, *every_page(draft))]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.url.startswith(reverse("account_login")) for answer in answers)


def test_a_page_that_a_form_does_not_have_is_not_there(bruno_in, draft):
    for url in (page(draft, "units", 2), page(draft, "elsewhere"), page(draft, "units", 1, "modulo-z")):
        assert bruno_in.get(url).status_code == 404


def test_a_forged_revision_saves_nothing(bruno_in, draft):
    assert bruno_in.post(page(draft, "units", 1), unit("many")).status_code == 404
    draft.refresh_from_db()
    assert draft.answers == {}


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_every_page_speaks_the_four_languages(bruno_in, draft, language, settings):
    bruno_in.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    assert {bruno_in.get(url).status_code for url in every_page(draft)} == {200}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_much_there_is(bruno_in, draft, rows, django_assert_num_queries):
    for _row in range(rows - 1):
        draft = actions.add_row(
            draft=draft,
            form=MAIN,
            group="units",
            revision=draft.revision,
            actor=Actor(draft.account, door="portal"),
            at=clock.now(),
        )

    with django_assert_num_queries(8):
        assert bruno_in.get(address(draft)).status_code == 200
