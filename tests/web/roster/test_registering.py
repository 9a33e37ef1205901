"""Amina registers through the pages: begins, answers, photographs, checks, sends; and who may not."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from PIL import Image

from tests.accounts.signing_in import make_person
from tests.candidates.making import NOON, make_scheme
from tests.candidates.registering import ANSWERS, begun, filled, saved
from tests.web.office.world import enter
from tragitto.candidates import photos
from tragitto.candidates.actions import beginning
from tragitto.candidates.models import Candidate, CandidateFile, Identity, IdentityDocument
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel.actors import Actor
from tragitto.schemes.queries import roster_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme():
    return make_scheme()


@pytest.fixture
def amina(client: Client) -> Actor:
    user = make_person("Amina")
    enter(client, user)
    return Actor(user.code, door="portal")


def page(scheme, kind: PageKind, key: str = "") -> str:
    name = kind.value.replace("_", "-")
    return reverse("portal:roster_page", args=[scheme.code, name, *([key] if key else [])])


def of(scheme, name: str, *more: str) -> str:
    return reverse(f"portal:{name}", args=[scheme.code, *more])


def boxes(day: str, month: str, year: str, name: str = "birth_on") -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def a_photo() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (800, 600), (120, 130, 140)).save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg")


def test_everybody_reads_what_is_promised_and_begins_from_there(client, scheme):
    answer = client.get(reverse("public:roster", args=[scheme.code]))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert of(scheme, "roster") in text
    assert all(escape(promise["it"]) in text for promise in roster_of(scheme).promises)


def test_the_notice_of_each_controller_is_public(client, scheme):
    for notice in roster_of(scheme).notices:
        answer = client.get(reverse("public:roster_notice", args=[scheme.code, notice.controller]))

        assert escape(notice.title["it"]) in answer.content.decode()


@pytest.mark.parametrize("address", ["/roster/nowhere/", "/roster/thamm-plus/notices/nobody/"])
def test_what_is_not_there_is_not_there(client, scheme, address):
    assert client.get(address).status_code == 404


ADDRESSES = ["roster", "roster_check", "roster_sent", "roster_throw_away", "roster_documents"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_led_to_the_code_and_back(client, scheme, name):
    address = of(scheme, name)

    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, f"{reverse('sign_in_code')}?next={address}")


@pytest.mark.parametrize("name", ADDRESSES[1:])
def test_who_has_not_begun_is_led_to_the_beginning(client, scheme, amina, name):
    assert client.get(of(scheme, name)).url == of(scheme, "roster")


def test_the_first_question_is_the_birthday(client, scheme, amina):
    answer = client.post(of(scheme, "roster"), boxes("14", "3", "1998"))

    assert answer.url == of(scheme, "roster")
    assert Candidate.objects.get().account == amina.code


def test_digits_of_arabic_are_read(client, scheme, amina):
    client.post(of(scheme, "roster"), boxes("١٤", "٣", "١٩٩٨"))

    assert str(Identity.objects.get().birth_on) == "1998-03-14"


def test_who_is_too_young_reads_a_kind_sentence(client, scheme, amina):
    answer = client.post(of(scheme, "roster"), boxes("1", "1", "2015"))

    assert answer.status_code == 422
    assert "We have not kept your answer." in answer.content.decode()
    assert Candidate.objects.count() == 0


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (("31", "2", "1998"), "This day does not exist. Look at the day, the month and the year."),
        (("14", "mars", "1998"), "Write the day, the month and the year in figures, for example 27 3 1999."),
        (("14", "", "1998"), "Write the day, the month and the year, for example 27 3 1999."),
    ],
)
def test_a_day_that_is_none_is_said_at_its_place(client, scheme, amina, written, says):
    answer = client.post(of(scheme, "roster"), boxes(*written), headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"birth_on": [says]}


def test_years_stay_empty_until_they_are_written(client, scheme, amina):
    code = filled(scheme, amina).profiles.get().profile.code
    address = page(scheme, PageKind.TRADE, code)

    assert client.get(address).context["form"]["years"].value() is None
    refused = client.post(address, {"years": "", "words": "", "revision": "9"})
    assert list(refused.context["form"].errors) == ["years"]


def test_the_day_from_which_the_place_counts_is_named(client, scheme, amina):
    beginning.send(candidate=filled(scheme, amina), actor=amina, at=NOON)

    answer = client.get(of(scheme, "roster_sent"), headers={"accept-language": "en"})
    html = re.sub(r"<[^>]+>", "", answer.content.decode())
    assert "Your place counts from 23 November 2026." in html


def test_the_last_look_says_what_it_means_not_to_be_shown(client, scheme, amina):
    filled(scheme, amina)

    html = client.get(of(scheme, "roster_check"), headers={"accept-language": "en"}).content.decode()
    assert "no firm sees your profile" in html


def test_every_page_opens(client, scheme, amina):
    candidate = filled(scheme, amina)
    first = candidate.profiles.get().profile.code
    skills = [skill.code for skill in roster_of(scheme).skills if first in skill.profiles]
    saved(candidate, PageKind.SKILLS, amina, first, skills=skills)

    listed = client.get(of(scheme, "roster")).context["parts"]

    addresses = [step.url for _title, steps in listed for step in steps]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


FORMS = {kind: {name: str(value) for name, value in answers.items()} for kind, answers in ANSWERS.items()}


@pytest.mark.parametrize("kind", list(FORMS))
def test_an_answer_is_saved_and_the_next_page_comes(client, scheme, amina, kind):
    begun(scheme, amina)
    revision = Candidate.objects.get().revision

    answer = client.post(page(scheme, kind), {**FORMS[kind], "revision": revision})

    kinds = list(PageKind)
    following = page(scheme, kinds[kinds.index(kind) + 1])
    assert (answer.status_code, answer.url) == (302, following)


def test_saving_for_later_leads_to_the_list(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(
        page(scheme, PageKind.HOME), {"town": "Fès", "country": "MAR", "revision": 0, "then": "later"}
    )

    assert answer.url == of(scheme, "roster")


def test_what_the_action_refuses_stands_at_its_field(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(
        page(scheme, PageKind.LATIN_NAMES), {"surnames": "", "given_names": "", "revision": 0}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["surnames"]


def test_two_devices_show_both_answers(client, scheme, amina):
    candidate = begun(scheme, amina)
    saved(candidate, PageKind.HOME, amina, town="Fès", country="MAR")

    answer = client.post(page(scheme, PageKind.HOME), {"town": "Rabat", "country": "MAR", "revision": 0})

    assert answer.status_code == 409
    assert [one.value for one in answer.context["theirs"]] == ["Fès"]
    assert answer.context["form"]["town"].value() == "Rabat"


def test_saving_once_more_after_the_conflict_is_taken(client, scheme, amina):
    candidate = begun(scheme, amina)
    saved(candidate, PageKind.HOME, amina, town="Fès", country="MAR")

    client.post(page(scheme, PageKind.HOME), {"town": "Rabat", "country": "MAR", "revision": 1})

    assert Identity.objects.get().town == "Rabat"


def test_the_language_that_is_chosen_is_spoken_at_once(client, scheme, amina):
    begun(scheme, amina)

    client.post(page(scheme, PageKind.LANGUAGE), {"language": "ar", "revision": 0})

    assert Candidate.objects.get().language == "ar"
    assert 'dir="rtl"' in client.get(of(scheme, "roster")).content.decode()


def test_a_page_of_nobody_is_not_there(client, scheme, amina):
    begun(scheme, amina)

    assert client.get(page(scheme, PageKind.TRADE, "astronaut")).status_code == 404
    assert client.get(of(scheme, "roster_page", "no-such-page")).status_code == 404


def test_a_notice_is_read_and_done(client, scheme, amina):
    candidate = begun(scheme, amina)
    controller = roster_of(scheme).notices[0].controller

    client.post(page(scheme, PageKind.NOTICE, controller), {"then": "on"})

    assert candidate.notices.get().controller == controller


@pytest.mark.parametrize(("given", "in_force"), [("yes", 1), ("no", 0)])
def test_a_consent_is_answered_and_may_be_changed(client, scheme, amina, given, in_force):
    candidate = begun(scheme, amina)
    address = page(scheme, PageKind.CONSENT, roster_of(scheme).consents[0].code)
    client.post(address, {"given": "yes"})

    client.post(address, {"given": given})

    assert candidate.consents.filter(withdrawn_at=None).count() == in_force


def test_a_consent_without_an_answer_is_asked_again(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(page(scheme, PageKind.CONSENT, roster_of(scheme).consents[0].code), {})

    assert answer.status_code == 422


ROWS = [
    (
        "experience",
        {
            "role": "Soudeuse",
            "employer": "Atlas",
            "country": "MAR",
            "begins_on_month": "9",
            "begins_on_year": "2019",
        },
        {"role": "", "country": "MAR"},
        "role",
    ),
    ("diplomas", {"title": "Technicien", "year": "2018"}, {"title": "", "year": ""}, "title"),
    ("languages", {"tongue": "fr", "level": "B1"}, {"tongue": "fr", "level": ""}, "level"),
]


@pytest.mark.parametrize(("kind", "right", "wrong", "at"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_is_added_changed_and_taken_away(client, scheme, amina, kind, right, wrong, at):
    candidate = begun(scheme, amina)
    rows = {
        "experience": candidate.experiences,
        "diplomas": candidate.diplomas,
        "languages": candidate.languages,
    }[kind]

    refused = client.post(of(scheme, "roster_row_add", kind), wrong)
    client.post(of(scheme, "roster_row_add", kind), right)

    assert at in refused.context["form"].errors
    row = rows.get()
    code = getattr(row, "code", None) or row.tongue
    assert client.get(of(scheme, "roster_row", kind, code)).status_code == 200
    assert client.get(of(scheme, "roster_rows", kind)).status_code == 200
    client.post(of(scheme, "roster_row", kind, code), right)
    assert rows.count() == 1
    client.post(of(scheme, "roster_row_remove", kind, code))
    assert rows.count() == 0


def test_a_row_of_nobody_is_not_there(client, scheme, amina):
    begun(scheme, amina)

    assert client.get(of(scheme, "roster_row", "experience", "X-NOBODY")).status_code == 404


def test_a_kind_of_document_leads_to_its_photo(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(of(scheme, "roster_documents"), {"kind": "passport"})

    assert answer.url == of(scheme, "roster_photo", "passport")


def test_a_photo_is_kept_and_what_stands_there_is_asked(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(of(scheme, "roster_photo", "passport"), {"photo": a_photo()})

    assert answer.url == of(scheme, "roster_document", "passport")
    assert CandidateFile.objects.get().purpose == "identity"


def test_of_many_photos_the_last_ones_are_read_and_once(client, scheme, amina, monkeypatch):
    candidate = begun(scheme, amina)
    for number in range(5):
        made = {"content": b"x", "sha256": f"{number}", "size": 1, "added_at": NOON, "added_by": amina.code}
        CandidateFile.objects.create(
            candidate=candidate, code=f"F-{number}", purpose="identity", kind="image/jpeg", **made
        )
    looked = []
    monkeypatch.setattr(photos, "zone_of", lambda content, on: looked.append(content))

    for _time in range(2):
        client.get(of(scheme, "roster_document", "national_card"))

    assert len(looked) == 2


def test_a_card_asks_for_its_other_side(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(of(scheme, "roster_photo", "national_card"), {"photo": a_photo()})

    assert answer.url == of(scheme, "roster_photo", "national_card")


def test_what_is_no_photo_is_said_at_its_place(client, scheme, amina):
    begun(scheme, amina)
    text = SimpleUploadedFile("photo.jpg", b"not a picture", "image/jpeg")

    answer = client.post(of(scheme, "roster_photo", "passport"), {"photo": text})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["photo"]


def test_a_photo_is_seen_by_its_person_and_taken_back(client, scheme, amina):
    begun(scheme, amina)
    client.post(of(scheme, "roster_photo", "passport"), {"photo": a_photo()})
    file = CandidateFile.objects.get()

    picture = client.get(of(scheme, "roster_picture", file.code))
    client.post(of(scheme, "roster_photo_take_back", "passport", file.code))

    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert CandidateFile.objects.count() == 0


def test_a_photo_of_another_person_is_not_there(client, scheme, amina):
    begun(scheme, amina)
    client.post(of(scheme, "roster_photo", "passport"), {"photo": a_photo()})
    file = CandidateFile.objects.get()
    bruno = make_person("Bruno")
    enter(client, bruno)
    begun(scheme, Actor(bruno.code, door="portal"))

    assert client.get(of(scheme, "roster_picture", file.code)).status_code == 404


PASSPORT = {
    "surnames": "El Idrisi",
    "given_names": "Amina",
    "number": "AB1234567",
    "issuing_state": "MAR",
    **boxes("14", "3", "1998"),
    **boxes("2", "5", "2029", "expires_on"),
    "read_by": "typed",
}


def test_a_document_is_typed_and_the_letter_that_differs_is_shown(client, scheme, amina):
    candidate = begun(scheme, amina)
    saved(candidate, PageKind.LATIN_NAMES, amina, surnames="El Idrissi", given_names="Amina")

    answer = client.post(of(scheme, "roster_document", "passport"), PASSPORT, follow=True)

    document = IdentityDocument.objects.get()
    assert (document.number, document.surnames) == ("AB1234567", "EL IDRISI")
    assert answer.content.decode().count("<mark>") == 2
    client.post(of(scheme, "roster_take_names", document.code))
    assert Identity.objects.get().surnames == "EL IDRISI"


def test_a_document_without_a_number_is_refused_at_its_field(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(of(scheme, "roster_document", "passport"), {**PASSPORT, "number": ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["number"]


def test_a_document_that_the_roster_does_not_take_is_not_there(client, scheme, amina):
    begun(scheme, amina)

    assert client.get(of(scheme, "roster_photo", "driving_licence")).status_code == 404


def test_what_is_lacking_stands_before_the_button(client, scheme, amina):
    begun(scheme, amina)

    answer = client.get(of(scheme, "roster_check"))

    assert of(scheme, "roster_send") not in answer.content.decode()
    assert page(scheme, PageKind.LATIN_NAMES) in [step.url for step in answer.context["missing"]]


def test_sending_too_early_says_why(client, scheme, amina):
    begun(scheme, amina)

    answer = client.post(of(scheme, "roster_send"))

    assert answer.status_code == 422
    assert len(answer.context["refused"]) == len(answer.context["missing"])


def test_what_is_sent_is_confirmed_under_an_address_of_its_own(client, scheme, amina):
    filled(scheme, amina)

    answer = client.post(of(scheme, "roster_send"))

    assert answer.url == of(scheme, "roster_sent")
    candidate = Candidate.objects.get()
    assert candidate.status == "checking"
    assert candidate.code in client.get(answer.url).content.decode()
    assert client.get(of(scheme, "roster")).status_code == 200


def test_a_registration_is_thrown_away_after_one_question(client, scheme, amina):
    begun(scheme, amina)

    asked = client.get(of(scheme, "roster_throw_away"))
    answer = client.post(of(scheme, "roster_throw_away"))

    assert asked.status_code == 200
    assert answer.url == reverse("public:roster", args=[scheme.code])
    assert Candidate.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_much_is_told(client, scheme, amina, django_assert_num_queries, rows):
    candidate = begun(scheme, amina)
    codes = scheme.profiles.order_by("position").values_list("code", flat=True)[:rows]
    saved(candidate, PageKind.PROFILES, amina, profiles=list(codes))

    with django_assert_num_queries(14):
        client.get(of(scheme, "roster"))
