"""Drafts of filings on line: begun once, saved at every step, whatever is written; nobody else's business."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.conftest import NOON
from tests.employers.making import COMPANY, PERSON, rome
from tests.employers.sending import answered
from tragitto.employers import actions
from tragitto.employers.models import Expression, FilingDraft, Representation
from tragitto.employers.queries import drafts
from tragitto.employers.vocabulary import Capacity, Confirmed, PageState, Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.rules import as_written, read_filled
from tragitto.schemes.vocabulary import FormRole
from tragitto_pec.forms import read_fields

BRUNO, ELIF = Actor("U-BRUNO", door="portal"), Actor("U-ELIF", door="portal")
HOUSE = Actor.system("task")
MAIN = "domanda-on-line"


@pytest.fixture
def draft(emilia) -> FilingDraft:
    """Bruno's draft, just begun."""
    return begin(emilia)


def begin(call, *, actor=BRUNO, language="it", at=NOON, expression=None) -> FilingDraft:
    return actions.start_draft(call=call, language=language, actor=actor, at=at, expression=expression)


def save(draft, *, actor=BRUNO, revision=None, form=MAIN, at=NOON, **answers) -> FilingDraft:
    """The draft with these answers, saved by who saw it last."""
    seen = draft.revision if revision is None else revision
    return actions.save_page(draft=draft, form=form, answers=answers, revision=seen, actor=actor, at=at)


def answers_of(draft) -> dict[str, object]:
    draft.refresh_from_db()
    return draft.answers[MAIN]


def fill(draft, **changes) -> FilingDraft:
    """The draft with everything answered, and these changes."""
    return save(draft, **answered(draft.call, **changes))


def add_unit(draft, actor=BRUNO) -> FilingDraft:
    return actions.add_row(
        draft=draft, form=MAIN, group="units", revision=draft.revision, actor=actor, at=NOON
    )


# --- begin ---


def test_to_begin_twice_is_to_begin_once(emilia):
    assert begin(emilia) == begin(emilia, language="fr")


def test_after_the_first_answer_another_draft_may_be_begun(emilia):
    save(begin(emilia), enterprise_name="Officine Bruno")
    begin(emilia)

    assert len(drafts.drafts_of(BRUNO)) == 2


def test_two_untouched_drafts_cannot_be(draft):
    fields = {
        name: getattr(draft, name) for name in ("call", "account", "language", "started_at", "saved_at")
    }

    with pytest.raises(IntegrityError, match="filing_draft_one_untouched"), transaction.atomic():
        FilingDraft.objects.create(code="DR-TWICE", **fields)


def test_a_stranger_begins_nothing(emilia, stranger):
    with pytest.raises(NotAllowed):
        begin(emilia, actor=stranger)


def test_a_call_that_is_not_published_takes_no_answers(emilia):
    call = Call(pk=emilia.pk, code=emilia.code, status="closed")

    with pytest.raises(Blocked) as refused:
        begin(call)
    assert refused.value.findings[0].code == "call_not_published"


@pytest.fixture
def filed(file, emilia) -> Expression:
    """What Bruno's enterprise filed by certified mail."""
    return file(call=emilia, unit_municipality_1="Bologna")


def act_for(employer, account=BRUNO.code) -> None:
    """The person of this account is known to represent the enterprise."""
    Representation.objects.create(
        code=new_code("RP"),
        employer=employer,
        account=account,
        capacity=Capacity.LEGAL_REPRESENTATIVE,
        powers=[Power.SUPPLEMENT],
        starts_on=rome(2025, 1, 1).date(),
        declared_at=NOON,
        confirmed=Confirmed.OFFICE,
        confirmed_by="U-CARLA",
        confirmed_at=NOON,
    )


def test_a_supplement_begins_with_what_was_filed_but_its_declarations(filed, emilia):
    act_for(filed.employer)

    supplement = begin(emilia, expression=filed)

    expected = {name: value for name, value in answered(emilia).items() if value is not True}
    assert answers_of(supplement) == expected
    assert {finding.facts["group"] for finding in drafts.missing(supplement)} == {"declarations"}


def test_who_does_not_act_for_an_enterprise_supplements_nothing(filed, emilia):
    act_for(filed.employer)

    with pytest.raises(NotAllowed):
        begin(emilia, actor=ELIF, expression=filed)


# --- save ---


def test_what_is_written_is_kept_tidied_where_it_is_understood(draft):
    save(draft, enterprise_codice_fiscale="007 431 10157", constituted_on="1/3/2010", profile_pay_1="1.800")

    kept = {"enterprise_codice_fiscale": COMPANY, "constituted_on": "2010-03-01", "profile_pay_1": "1800.00"}
    assert answers_of(draft) == kept


def test_what_is_wrong_is_kept_too_and_keeps_from_sending(draft):
    save(draft, enterprise_codice_fiscale="0074311015")

    assert answers_of(draft) == {"enterprise_codice_fiscale": "0074311015"}
    draft.refresh_from_db()
    with translation.override("en"):
        texts = [str(finding.text) for finding in drafts.missing(draft) if finding.code == "to_mend"]
    assert texts == [
        "Enterprise – Tax code of the enterprise: "
        "The codice fiscale of a company has 11 digits: you wrote 10."
    ]


def test_the_same_once_more_changes_nothing(draft):
    saved = save(draft, enterprise_name="Officine Bruno")

    assert save(saved, enterprise_name="Officine Bruno", revision=0).revision == 1


def test_another_device_is_not_overwritten(draft):
    save(draft, enterprise_name="from the office")

    with pytest.raises(Stale) as refused:
        save(draft, enterprise_name="from the telephone", revision=0)
    assert refused.value.findings[0].facts == {"revision": 1}
    assert answers_of(draft) == {"enterprise_name": "from the office"}


def test_a_form_is_asked_only_what_it_asks(draft):
    with pytest.raises(Blocked) as refused:
        save(draft, favourite_colour="blue")
    assert refused.value.findings[0].code == "unknown_place"


def test_the_ledger_names_places_and_never_what_was_written(draft):
    save(draft, contact_name="Bruno Bianchi")

    entry = Entry.objects.get(verb="draft.saved")
    assert entry.facts == {"form": MAIN, "places": ["contact_name"], "revision": 1}


@pytest.mark.parametrize(
    "act",
    [
        lambda draft: save(draft, actor=ELIF, enterprise_name="Elif"),
        lambda draft: add_unit(draft, actor=ELIF),
        lambda draft: actions.discard_draft(draft=draft, actor=ELIF, at=NOON),
    ],
)
def test_another_persons_draft_is_left_alone(draft, act):
    with pytest.raises(NotAllowed):
        act(draft)


def test_what_was_thrown_away_is_gone_and_takes_no_more(draft):
    save(draft, enterprise_name="Officine Bruno")
    actions.discard_draft(draft=draft, actor=BRUNO, at=NOON)

    draft.refresh_from_db()
    assert (draft.answers, draft.discarded_at) == ({}, NOON)
    with pytest.raises(Blocked):
        save(draft, enterprise_name="again")


# --- rows ---


def test_rows_are_begun_one_by_one_until_the_form_is_full(draft):
    for _row in range(2):
        draft = add_unit(draft)

    assert len([page for page in drafts.pages_of(draft) if page.group.name == "units"]) == 3
    with pytest.raises(Blocked) as refused:
        add_unit(draft)
    assert refused.value.findings[0].code == "no_more_rows"


def test_what_stood_behind_a_row_moves_up(draft):
    draft = add_unit(add_unit(draft))
    draft = save(draft, unit_address_1="one", unit_address_2="two", unit_address_3="three")

    draft = actions.remove_row(
        draft=draft, place=(MAIN, "units", 2), revision=draft.revision, actor=BRUNO, at=NOON
    )

    written = {name: value for name, value in draft.answers[MAIN].items() if value}
    assert written == {"unit_address_1": "one", "unit_address_2": "three"}


def test_a_row_that_was_begun_must_be_filled_in_or_taken_away(draft):
    draft = add_unit(fill(draft))

    assert {finding.facts["row"] for finding in drafts.missing(draft)} == {2}


# --- questions ---


def test_nobody_else_sees_a_draft(draft, carla, stranger):
    for actor in (ELIF, carla, stranger):
        with pytest.raises(NotFound):
            drafts.get_draft(actor, draft.code)
        assert list(drafts.drafts_of(actor)) == []


def test_nothing_is_missing_where_all_is_answered(draft):
    assert drafts.missing(fill(draft)) == []


def test_what_is_missing_says_where(draft):
    with translation.override("en"):
        (finding,) = drafts.missing(fill(draft, contact_phone=None))
        text = str(finding.text)

    assert finding.facts == {"form": MAIN, "group": "contact", "row": 0}
    assert text == "Contact person – Telephone: not answered yet"


def test_a_delegate_is_asked_for_the_delegation_and_its_papers(draft):
    draft = fill(draft, signatory_role="delegate")

    assert [form.role for form in drafts.forms_of(draft)] == [FormRole.MAIN, FormRole.DELEGATION]
    assert [finding.code for finding in drafts.advice(draft)] == ["delegation_wanted", "identity_copy_wanted"]


def test_what_was_answered_once_is_offered_where_it_is_asked_again(draft):
    draft = fill(draft, signatory_role="delegate", contact_name=None)
    contact = drafts.page_of(draft, MAIN, "contact", 0)
    delegate = drafts.page_of(draft, "delega-alla-domanda", "delegate", 0)

    assert drafts.offered(draft, contact) == {"contact_name": "Bruno Bianchi"}
    assert drafts.offered(draft, delegate) == {
        "delegate_name": "Bruno Bianchi",
        "delegate_codice_fiscale": PERSON,
    }


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"unit_province_1": "BG", "unit_municipality_1": "Bergamo"}, ["no_unit_in_the_region"]),
        ({"profile_contract_1": "fixed_term"}, ["fixed_term_without_months"]),
        ({"profile_contract_1": "fixed_term", "profile_months_1": "12"}, []),
        ({"profile_contract_1": "permanent", "profile_months_1": "12"}, ["permanent_with_months"]),
    ],
)
def test_what_does_not_go_together_is_a_warning_and_no_obstacle(draft, changes, codes):
    here = {"unit_province_1": "BO", "unit_municipality_1": "Bologna"}
    draft = fill(draft, **here | changes)

    assert [finding.code for finding in drafts.advice(draft)] == codes
    assert drafts.missing(draft) == []


def test_a_part_where_nothing_must_be_answered_is_done_once_seen(draft):
    assert drafts.page_of(draft, MAIN, "benefits", 0).state is PageState.EMPTY

    draft = save(draft, housing_offered="", benefits="")

    assert drafts.page_of(draft, MAIN, "benefits", 0).state is PageState.DONE


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_drafts_asks_one_question_and_reads_no_answers(number, emilia, django_assert_num_queries):
    for each in range(number):
        save(begin(emilia), enterprise_name=f"enterprise {each}")

    with django_assert_num_queries(1):
        listed = list(drafts.drafts_of(BRUNO))
        assert {draft.call.code for draft in listed} == {emilia.code}

    assert len(listed) == number
    assert all("answers" in draft.get_deferred_fields() for draft in listed)


def test_how_far_a_draft_has_come_is_kept_at_every_saving(draft):
    kept, asked = [], []
    for write in (
        lambda: draft,
        lambda: fill(draft),
        lambda: add_unit(draft),
        lambda: save(draft, ateco="x"),
    ):
        write()
        draft.refresh_from_db()
        pages = drafts.pages_of(draft)
        kept.append((draft.pages, draft.pages_done))
        asked.append((len(pages), sum(page.state is PageState.DONE for page in pages)))

    assert kept == asked
    assert len(set(kept)) == len(kept)


def test_our_reader_reads_in_the_pdf_what_was_answered(draft):
    draft = fill(draft, contact_name="Niccolò D'Àvila", profile_tasks_1="one\ntwo", profile_shift_1="فاطمة")
    form = next(form for form in drafts.forms_of(draft) if form.code == MAIN)
    words = as_written(form, draft.answers[MAIN])

    reading = read_fields(drafts.filled_form(draft, MAIN))

    assert (reading.call, reading.form) == (draft.call.code, MAIN)
    told = {
        name: "\n".join(said.splitlines()) for name, said in reading.fields.items() if said not in ("", "-")
    }
    assert told == {**words, "call": draft.call.code, "form": MAIN, "version": "1"}
    assert read_filled(form, reading.fields) == read_filled(form, words)
    assert set(reading.appearance) == {"profile_shift_1"}


# --- forget ---


def closing(call):
    return max(opening.closes_at for opening in schemes.openings(call))


def test_an_unsent_draft_is_forgotten_so_many_days_after_the_closing(emilia):
    draft = begin(emilia, at=rome(2024, 12, 1))
    days = timedelta(days=schemes.filing_of(draft.call).draft_days)
    closed_at = closing(draft.call)

    assert actions.forget_drafts(actor=HOUSE, at=closed_at + days - timedelta(seconds=1)) == []
    assert actions.forget_drafts(actor=HOUSE, at=closed_at + days) == [draft.code]
    assert not FilingDraft.objects.exists()


def test_one_saved_after_the_closing_is_kept_as_long_again(emilia):
    draft = begin(emilia, at=rome(2024, 12, 1))
    days = timedelta(days=schemes.filing_of(draft.call).draft_days)
    later = closing(draft.call) + timedelta(days=20)
    save(draft, enterprise_name="asked to complete", at=later)

    assert actions.forget_drafts(actor=HOUSE, at=later + days - timedelta(seconds=1)) == []
    assert actions.forget_drafts(actor=HOUSE, at=later + days) == [draft.code]


def test_nobody_but_the_house_forgets(carla):
    with pytest.raises(NotAllowed):
        actions.forget_drafts(actor=carla, at=NOON)
