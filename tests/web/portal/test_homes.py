"""The pages at home of whoever files: filings, representations, withdrawal, signing together."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.accounts.signing_in import make_person
from tests.web.office.world import OFFICE_DAY, enter
from tests.web.portal.identities import by_identity
from tragitto.accounts.models import User
from tragitto.employers import actions
from tragitto.employers.models import CoSignature, Expression, FilingDraft, Representation
from tragitto.employers.queries import representing
from tragitto.employers.queries.co_signing import co_signature_of
from tragitto.employers.queries.drafts import get_draft
from tragitto.employers.vocabulary import Capacity, Confirmed, PaperKind, Power
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina(world) -> User:
    """Nina, who files for an enterprise and works for no office."""
    return make_person("Nina")


@pytest.fixture
def nina_in(nina) -> Client:
    return enter(Client(), nina)


@pytest.fixture
def mallory_in(world) -> Client:
    return enter(Client(), make_person("Mallory"))


@pytest.fixture
def acting(nina, expression) -> Representation:
    """Nina acts for the enterprise of the expression, confirmed, with every power."""
    return act_for(nina, expression)


def act_for(user: User, expression: Expression, *powers: Power) -> Representation:
    return Representation.objects.create(
        code=f"R-{user.code[2:]}{expression.pk}",
        employer=expression.employer,
        account=user.code,
        capacity=Capacity.LEGAL_REPRESENTATIVE,
        powers=sorted(str(power) for power in powers or Power),
        starts_on=OFFICE_DAY.date() - timedelta(days=400),
        declared_at=OFFICE_DAY,
        confirmed=Confirmed.IDENTITY,
        confirmed_by=user.code,
        confirmed_at=OFFICE_DAY,
    )


@pytest.fixture
def draft(nina, world) -> FilingDraft:
    return make_draft(nina, world.call)


def make_draft(user: User, call, number: int = 1) -> FilingDraft:
    at = clock.now() - timedelta(minutes=1)
    return FilingDraft.objects.create(
        code=f"D-{user.pk}-{number}", call=call, account=user.code, language="it", started_at=at, saved_at=at
    )


def page(client: Client, name: str, *args: object):
    return client.get(reverse(f"portal:{name}", args=args))


# --- who sees what -----------------------------------------------------------------------------------------

OWN_PAGES = ("home", "representations", "declare")
OF_AN_EXPRESSION = ("expression", "withdraw", "withdraw_consent")


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_stranger_is_led_to_the_sign_in(world, name):
    answer = page(Client(), name)

    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", OWN_PAGES)
def test_who_is_signed_in_has_a_home(nina_in, name):
    assert page(nina_in, name).status_code == 200


@pytest.mark.parametrize("name", OF_AN_EXPRESSION)
def test_an_expression_of_others_is_not_there(mallory_in, expression, acting, name):
    assert page(mallory_in, name, expression.code).status_code == 404
    assert page(Client(), name, expression.code).status_code == 302


@pytest.mark.parametrize("name", OF_AN_EXPRESSION)
def test_who_acts_sees_it(nina_in, expression, acting, name):
    assert page(nina_in, name, expression.code).status_code == 200


def test_every_page_of_this_part_is_looked_at():
    _namespace, resolver = get_resolver().namespace_dict["portal"]
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}

    assert {*OWN_PAGES, *OF_AN_EXPRESSION, "supplement", "expression_file", "expression_letter"} <= names
    assert {"representation", "representation_papers", "representation_end"} <= names
    assert {"co_signature_ask", "co_sign", "co_sign_read"} <= names


def test_files_of_others_are_not_there(nina_in, mallory_in, expression, acting):
    file = expression.current.message.attachments.order_by("position")[0]
    there = reverse("portal:expression_file", args=[expression.code, file.code])

    assert nina_in.get(there)["Content-Disposition"].startswith("attachment")
    assert mallory_in.get(there).status_code == 404


def test_a_letter_that_was_not_written_is_not_there(nina_in, expression, acting):
    assert page(nina_in, "expression_letter", expression.code, 1).status_code == 404


# --- home --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_however_many_filings(nina, nina_in, world, count, django_assert_num_queries):
    for expression in Expression.objects.order_by("pk")[:count]:
        act_for(nina, expression)
    nina_in.get("/portal/")

    with django_assert_num_queries(13):
        text = page(nina_in, "home").text

    assert text.count("/portal/expressions/") == count


def test_home_says_where_it_stands_in_the_employers_words(nina_in, expression, acting):
    title = expression.case.stage.titles["employer"]["en"]

    assert title in page(nina_in, "home").text


def test_a_draft_is_no_filing_and_home_says_so(nina_in, draft):
    text = page(nina_in, "home").text

    assert "Drafts, not sent" in text
    assert "Nothing yet. Choose a call" in text


def test_a_draft_left_behind_at_the_closing_is_told(nina, nina_in, world):
    draft = make_draft(nina, world.call)
    closes = min(window.closes_at for window in world.call.windows.all())
    FilingDraft.objects.filter(pk=draft.pk).update(
        started_at=closes - timedelta(hours=5), saved_at=closes - timedelta(hours=4)
    )

    assert "Nothing was filed. The call closed:" in page(nina_in, "home").text


def test_home_reads_from_right_to_left(nina_in, acting):
    nina_in.cookies["django_language"] = "ar"

    assert 'dir="rtl"' in page(nina_in, "home").text


# --- an expression -----------------------------------------------------------------------------------------


def test_who_only_sent_something_sees_no_letters(nina, nina_in, expression, monkeypatch):
    monkeypatch.setattr(
        representing, "expressions_of", lambda *, actor, on: Expression.objects.filter(pk=expression.pk)
    )

    text = page(nina_in, "expression", expression.code).text

    assert "Letters from the office" not in text
    assert "The rest follows once it is confirmed" in text


def test_who_may_file_and_is_not_written_to_sees_no_letters(nina, nina_in, expression):
    act_for(nina, expression, Power.FILE)

    assert "Letters from the office" not in page(nina_in, "expression", expression.code).text


def test_withdrawing_asks_twice_and_ends_the_filing(nina_in, expression, acting):
    there = reverse("portal:withdraw", args=[expression.code])

    assert nina_in.post(there, {"reason": "No need."}).status_code == 422
    answer = nina_in.post(there, {"reason": "No need.", "sure": "on"})

    expression.case.refresh_from_db()
    assert answer["Location"] == reverse("portal:expression", args=[expression.code])
    assert expression.case.outcome == "withdrawn"


def test_the_consent_is_taken_back_with_one_click(nina_in, expression, acting):
    there = reverse("portal:withdraw_consent", args=[expression.code])
    assert there in page(nina_in, "expression", expression.code).text

    answer = nina_in.post(there, follow=True)

    assert "You have withdrawn the consent." in answer.text
    assert there not in answer.text
    assert expression.case.consent_withdrawals.get().recorded_by == acting.account


def test_who_may_not_file_takes_no_consent_back(nina, nina_in, expression):
    act_for(nina, expression, Power.RECEIVE)
    there = reverse("portal:withdraw_consent", args=[expression.code])

    assert there not in page(nina_in, "expression", expression.code).text
    assert nina_in.post(there).status_code in {403, 422}
    assert not expression.case.consent_withdrawals.exists()


def test_without_the_power_nobody_withdraws(nina, nina_in, expression):
    act_for(nina, expression, Power.FILE)
    there = reverse("portal:withdraw", args=[expression.code])

    answer = nina_in.post(there, {"reason": "No need.", "sure": "on"})

    assert answer.status_code == 403
    expression.case.refresh_from_db()
    assert not expression.case.is_closed


def test_a_supplement_of_others_cannot_be_begun(mallory_in, expression, acting):
    assert mallory_in.post(reverse("portal:supplement", args=[expression.code])).status_code == 404


def test_a_supplement_begins_with_what_was_filed(nina, nina_in, expression, acting):
    nina_in.post(reverse("portal:supplement", args=[expression.code]))

    draft = FilingDraft.objects.get(account=nina.code)
    assert draft.expression == expression
    assert draft.answers


# --- for whom one acts -------------------------------------------------------------------------------------

SAID = {
    "codice_fiscale": "00743110157",
    "enterprise_name": "Officine Bruno srl",
    "capacity": "delegate",
    "principal_name": "Anna Bianchi",
    "principal_codice_fiscale": "RCCMNL83S18D969H",
    "powers": ["file", "supplement"],
}


def test_a_delegation_is_said_with_its_paper(nina_in, nina):
    paper = SimpleUploadedFile("delega.pdf", b"%PDF-1.7 x")

    answer = nina_in.post(reverse("portal:declare"), {**SAID, "paper": paper})

    made = Representation.objects.get(account=nina.code)
    assert answer["Location"] == reverse("portal:representation", args=[made.code])
    assert (made.powers, made.paper.media_type) == (["file", "supplement"], "application/pdf")


def test_to_say_so_does_not_tell_what_the_house_calls_an_enterprise(nina_in, nina, expression):
    said = {**SAID, "codice_fiscale": expression.employer.codice_fiscale, "enterprise_name": "Boh"}
    nina_in.post(reverse("portal:declare"), said)

    made = Representation.objects.get(account=nina.code)
    for text in (page(nina_in, "representation", made.code).text, page(nina_in, "representations").text):
        assert "Boh" in text
        assert expression.employer.name not in text


def test_what_cannot_be_is_said_in_the_form(nina_in):
    answer = nina_in.post(reverse("portal:declare"), {**SAID, "codice_fiscale": "1"})

    assert answer.status_code == 422
    assert "does not pass its own check" in answer.text
    assert not Representation.objects.filter(employer__codice_fiscale="1").exists()


def test_one_of_others_is_not_there(mallory_in, acting):
    assert page(mallory_in, "representation", acting.code).status_code == 404
    assert mallory_in.post(reverse("portal:representation_end", args=[acting.code])).status_code == 404
    assert mallory_in.post(reverse("portal:representation_papers", args=[acting.code])).status_code == 404


def test_ending_it_needs_a_reason(nina_in, acting):
    there = reverse("portal:representation_end", args=[acting.code])

    assert nina_in.post(there, {"reason": ""}).status_code == 422
    assert nina_in.post(there, {"reason": "Left."})["Location"] == reverse("portal:representations")
    acting.refresh_from_db()
    assert acting.revoked_at


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(nina, nina_in, world, count, django_assert_num_queries):
    for expression in Expression.objects.order_by("pk")[:count]:
        act_for(nina, expression)
    nina_in.get("/portal/")

    with django_assert_num_queries(5):
        text = page(nina_in, "representations").text

    assert text.count("/portal/representations/R-") == count


# --- signing together --------------------------------------------------------------------------------------


def test_the_address_is_made_for_the_holder_alone(nina_in, mallory_in, draft):
    there = reverse("portal:co_signature_ask", args=[draft.code])

    assert mallory_in.get(there).status_code == 404
    assert nina_in.get(there).status_code == 200
    assert nina_in.post(there).status_code == 422
    assert not CoSignature.objects.exists()


def test_who_signed_in_with_a_password_reads_and_cannot_sign(nina, mallory_in, draft):
    main = draft.call.forms.get(role="main").code
    draft.answers = {main: {"signatory_codice_fiscale": "RCCMNL83S18D969H"}}
    draft.save(update_fields=["answers"])
    token = actions.ask_co_signature(draft=draft, actor=Actor(nina.code, door="portal"), at=timezone.now())
    there = mallory_in.get(reverse("portal:co_sign", args=[token]))["Location"]

    assert "a password does not say who you are" in mallory_in.get(there).text
    answer = mallory_in.post(there, {"read": "on", "sha256": "0" * 64, "language": "en"})

    assert answer.status_code == 403
    assert CoSignature.objects.get().signed_at is None


@pytest.fixture
def asked(nina, draft) -> str:
    """The address that Nina passes on to the legal representative."""
    main = draft.call.forms.get(role="main").code
    draft.answers = {main: {"signatory_codice_fiscale": "RCCMNL83S18D969H"}}
    draft.save(update_fields=["answers"])
    token = actions.ask_co_signature(draft=draft, actor=Actor(nina.code, door="portal"), at=clock.now())
    return reverse("portal:co_sign", args=[token])


def test_the_secret_leaves_the_address_before_anybody_signs_in(asked):
    """What stands in an address is written down by browsers, proxies and the page of the sign-in."""
    anybody = Client()

    there = anybody.get(asked)["Location"]
    on = anybody.get(there)["Location"]

    token = asked.split("/")[-2]
    assert token not in there
    assert token not in on
    assert on.startswith(reverse("account_login"))


def test_by_the_code_alone_nobody_reads(nina_in, mallory_in, asked):
    assert page(mallory_in, "co_sign_read", CoSignature.objects.get().code).status_code == 404


def test_after_two_weeks_the_address_leads_nowhere(asked):
    CoSignature.objects.update(asked_at=clock.now() - timedelta(days=14))

    assert Client().get(asked).status_code == 404


def test_the_legal_representative_reads_papers_and_declarations_and_signs(nina, draft, asked):
    picture = b"\x89PNG\r\n\x1a\n" + b"a card"
    person = Actor(nina.code, door="portal")
    told = {"kind": PaperKind.IDENTITY_COPY, "name": "card.png", "content": picture}
    actions.attach_paper(draft=draft, **told, actor=person, at=clock.now())
    anna = make_person("Anna")
    anna_in = enter(Client(), anna)
    by_identity(anna_in, anna)
    there = anna_in.get(asked)["Location"]

    shown = anna_in.get(there)
    assert "card.png" in shown.text
    answer = anna_in.post(there, {"read": "on", **shown.context["form"].initial})

    signature = CoSignature.objects.get()
    assert (answer.status_code, signature.means, signature.language) == (302, "SPID (SpidL2)", "en")
    actions.drop_paper(paper=draft.papers.get(), actor=person, at=clock.now())
    assert co_signature_of(get_draft(person, draft.code)) is None


def test_a_secret_nobody_gave_leads_nowhere(nina_in):
    assert page(nina_in, "co_sign", "made-up").status_code == 404
