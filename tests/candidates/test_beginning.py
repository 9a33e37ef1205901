"""Amina registers herself: page by page, resumed, checked, sent; and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates.making import NOON, STRANGER, make_candidate, make_passport, make_scheme
from tests.candidates.registering import ANSWERS, BORN, account, begun, filled, saved
from tragitto.candidates.actions import beginning
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, Identity, NoticeSeen
from tragitto.candidates.queries import people
from tragitto.candidates.queries.likeness import is_here_already
from tragitto.candidates.queries.registering import draft_of
from tragitto.candidates.rules.pages import Answered, adult_on, following, missing, pages
from tragitto.candidates.vocabulary import PageKind, PageState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme():
    return make_scheme()


@pytest.fixture
def amina():
    return account("Amina", "+212612345678")


def codes(refusal) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def told(candidate, verb) -> list[dict]:
    return [entry.facts for entry in Entry.objects.filter(subject=candidate.code, verb=verb).order_by("pk")]


def test_beginning_knows_the_birthday_and_how_the_account_is_reached(scheme, amina):
    identity = begun(scheme, amina).identity

    assert (identity.birth_on, identity.phone, identity.email) == (
        BORN,
        "+212612345678",
        "amina@example.test",
    )


def test_begun_twice_is_begun_once(scheme, amina):
    first = begun(scheme, amina)

    assert begun(scheme, amina) == first
    assert len(told(first, "candidate.begun")) == 1


def test_a_registration_begun_is_seen_by_its_person_alone(scheme, amina, carla):
    candidate = begun(scheme, amina)

    assert list(Candidate.objects.visible_to(amina)) == [candidate]
    assert list(Candidate.objects.visible_to(STRANGER)) == []


def test_a_stranger_does_not_begin(scheme):
    with pytest.raises(NotAllowed) as refusal:
        begun(scheme, STRANGER)

    assert codes(refusal) == ["not_signed_in"]


def test_of_who_is_too_young_nothing_is_kept(scheme, amina):
    with pytest.raises(Blocked) as refusal:
        beginning.begin(scheme=scheme, language="ar", birth_on=date(2008, 11, 24), actor=amina, at=NOON)

    assert codes(refusal) == ["under_age"]
    assert (Candidate.objects.count(), Identity.objects.count()) == (0, 0)


def test_who_is_of_age_today_begins(scheme, amina):
    candidate = beginning.begin(
        scheme=scheme, language="ar", birth_on=date(2008, 11, 23), actor=amina, at=NOON
    )

    assert candidate.adult_on == date(2026, 11, 23)


def test_names_become_those_of_a_passport(scheme, amina):
    candidate = saved(
        begun(scheme, amina), PageKind.LATIN_NAMES, amina, surnames=" el  idrissi ", given_names="Amina"
    )

    identity = Identity.objects.get(candidate=candidate)
    assert (identity.surnames, identity.given_names) == ("EL IDRISSI", "AMINA")
    assert identity.name_keys != []


def test_surnames_are_never_split(scheme, amina):
    candidate = saved(
        begun(scheme, amina), PageKind.LATIN_NAMES, amina, surnames="Ben Ali El Fassi", given_names=""
    )

    assert Identity.objects.get(candidate=candidate).surnames == "BEN ALI EL FASSI"


WRONG = [
    (PageKind.LATIN_NAMES, {"surnames": "", "given_names": ""}, {"surnames": "no_name"}),
    (PageKind.LATIN_NAMES, {"surnames": "الإدريسي", "given_names": "Amina"}, {"surnames": "not_latin"}),
    (
        PageKind.LATIN_NAMES,
        {"surnames": "El Idrissi1", "given_names": "Am,ina"},
        {"surnames": "name_signs", "given_names": "name_signs"},
    ),
    (PageKind.LATIN_NAMES, {"surnames": "-", "given_names": "."}, {"surnames": "no_name"}),
    (
        PageKind.ARABIC_NAMES,
        {"arabic_surnames": "الإدريسي1", "arabic_given_names": "أمينة"},
        {"arabic_surnames": "name_signs"},
    ),
    (
        PageKind.ARABIC_NAMES,
        {"arabic_surnames": "Idrissi", "arabic_given_names": "أمينة"},
        {"arabic_surnames": "not_arabic"},
    ),
    (PageKind.BIRTH, {"birth_on": None}, {"birth_on": "no_day"}),
    (PageKind.BIRTH, {"birth_on": date(2010, 1, 1)}, {"birth_on": "under_age"}),
    (PageKind.BIRTH, {"birth_on": date(1900, 1, 1)}, {"birth_on": "not_a_birthday"}),
    (PageKind.STANDING, {"standing": "tourist"}, {"standing": "choose"}),
    (PageKind.STANDING, {"standing": "resident"}, {"nationality": "no_nationality"}),
    (PageKind.CONTACTS, {"phone": "12", "email": ""}, {"phone": "no_phone"}),
    (PageKind.CONTACTS, {"phone": "", "email": ""}, {"phone": "no_contact"}),
    (PageKind.CONTACTS, {"phone": "", "email": "amina"}, {"email": "no_address"}),
    (PageKind.HOME, {"town": "", "country": "MAR"}, {"town": "no_town"}),
    (PageKind.PROFILES, {"profiles": []}, {"profiles": "choose"}),
    (PageKind.PROFILES, {"profiles": ["astronaut"]}, {"profiles": "choose"}),
    (PageKind.LANGUAGE, {"language": "de"}, {"language": "choose"}),
    (PageKind.REGIONS, {"regions": ["nowhere"]}, {"regions": "choose"}),
    (PageKind.SHIFTS, {"shifts": ["never"]}, {"shifts": "choose"}),
    (PageKind.HOUSING, {"housing": "palace"}, {"housing": "choose"}),
    (PageKind.ABOUT, {"about": "x" * 2001}, {"about": "too_long"}),
]


@pytest.mark.parametrize(("kind", "answers", "expected"), WRONG)
def test_a_wrong_answer_is_refused_at_its_place(scheme, amina, kind, answers, expected):
    candidate = begun(scheme, amina)

    with pytest.raises(Blocked) as refusal:
        saved(candidate, kind, amina, **answers)

    assert {f.facts["field"]: f.code for f in refusal.value.findings} == expected
    assert Candidate.objects.get().revision == 0


def test_the_sign_that_stands_in_no_name_is_said(scheme, amina):
    with pytest.raises(Blocked) as refusal:
        saved(begun(scheme, amina), PageKind.LATIN_NAMES, amina, surnames="El Idrissi1", given_names="Amina")

    assert [str(each.text) for each in refusal.value.findings] == [
        "A name in a passport has letters, hyphens and apostrophes: take out “1”."
    ]


def test_marks_that_nobody_sees_are_no_part_of_a_name(scheme, amina):
    names = {"arabic_surnames": "\u200fالإدريسي\u200e", "arabic_given_names": ""}

    saved(begun(scheme, amina), PageKind.ARABIC_NAMES, amina, **names)

    assert Identity.objects.get().arabic_surnames == "الإدريسي"


def test_years_that_nobody_wrote_are_not_none(scheme, amina):
    code = scheme.profiles.order_by("position").values_list("code", flat=True)[0]
    candidate = saved(begun(scheme, amina), PageKind.PROFILES, amina, profiles=[code])

    with pytest.raises(Blocked) as refusal:
        saved(candidate, PageKind.TRADE, amina, code, years=None, words="I weld.")

    assert [(each.code, each.facts["field"]) for each in refusal.value.findings] == [("no_years", "years")]


def test_a_national_has_the_nationality_of_the_country_of_origin(scheme, amina):
    saved(begun(scheme, amina), PageKind.STANDING, amina, standing="national", nationality="FRA")

    assert Identity.objects.get().nationality == "MAR"


def test_a_stateless_person_has_the_code_of_the_stateless(scheme, amina):
    saved(begun(scheme, amina), PageKind.STANDING, amina, standing="stateless", nationality="")

    assert Identity.objects.get().nationality == "XXA"


def test_the_profile_liked_best_comes_first(scheme, amina):
    one, two = scheme.profiles.order_by("position").values_list("code", flat=True)[:2]

    candidate = saved(begun(scheme, amina), PageKind.PROFILES, amina, profiles=[one, two], best=two)

    wanted = candidate.profiles.order_by("position").values_list("profile__code", flat=True)
    assert list(wanted) == [two, one]


def test_skills_and_how_well_are_kept_for_a_profile(scheme, amina):
    spec = roster_of(scheme)
    skill = next(each for each in spec.skills if each.scale == "level")
    candidate = saved(begun(scheme, amina), PageKind.PROFILES, amina, profiles=[skill.profiles[0]])

    saved(candidate, PageKind.SKILLS, amina, skill.profiles[0], skills=[skill.code])
    saved(candidate, PageKind.MASTERY, amina, skill.profiles[0], **{skill.code: "alone"})

    assert list(candidate.skills.values_list("skill", "mastery", "proof")) == [(skill.code, "alone", "said")]


def test_the_same_answers_again_change_nothing(scheme, amina):
    candidate = begun(scheme, amina)
    for _time in range(2):
        saved(candidate, PageKind.HOME, amina, town="Fès", country="MAR")

    assert Candidate.objects.get().revision == 1
    assert told(candidate, "candidate.saved") == [{"page": "home", "fields": ["town"], "revision": 1}]


def test_what_another_device_saved_meanwhile_is_not_overwritten(scheme, amina):
    candidate = begun(scheme, amina)
    saved(candidate, PageKind.HOME, amina, town="Fès", country="MAR")

    with pytest.raises(Stale) as refusal:
        beginning.save_page(
            candidate=candidate,
            page=(PageKind.HOME, ""),
            answers={"town": "Rabat", "country": "MAR"},
            revision=0,
            actor=amina,
            at=NOON,
        )

    assert codes(refusal) == ["saved_elsewhere"]
    assert Identity.objects.get().town == "Fès"


@pytest.mark.parametrize("who", [STRANGER, "another"])
def test_nobody_else_saves(scheme, amina, who):
    candidate = begun(scheme, amina)
    other = account("Bruno") if who == "another" else who

    with pytest.raises(NotAllowed) as refusal:
        saved(candidate, PageKind.HOME, other, town="Fès", country="MAR")

    assert codes(refusal) == ["not_your_registration"]


def test_a_name_that_was_compared_with_a_document_stays(scheme, amina, monkeypatch):
    candidate = make_candidate(scheme, account=amina.code)
    passport = candidate.documents.get()
    Identity.objects.filter(candidate=candidate).update(
        confirmed_at=NOON, confirmed_by="U-CARLA", confirmed_with=passport
    )

    with pytest.raises(Blocked) as refusal:
        saved(candidate, PageKind.LATIN_NAMES, amina, surnames="Alaoui", given_names="Amina")

    assert codes(refusal) == ["identity_confirmed"]


def test_a_page_of_another_profile_is_not_asked(scheme, amina):
    with pytest.raises(Blocked) as refusal:
        saved(begun(scheme, amina), PageKind.TRADE, amina, "nothing-of-mine", years=3, words="")

    assert codes(refusal) == ["page_unknown"]


def test_a_notice_is_seen_once_for_its_version(scheme, amina):
    candidate = begun(scheme, amina)
    controller = roster_of(scheme).notices[0].controller
    for _time in range(2):
        beginning.see_notice(candidate=candidate, controller=controller, language="ar", actor=amina, at=NOON)

    assert list(NoticeSeen.objects.values_list("controller", "version", "language")) == [
        (controller, 1, "ar")
    ]


def test_a_notice_of_nobody_is_not_seen(scheme, amina):
    with pytest.raises(Blocked):
        beginning.see_notice(
            candidate=begun(scheme, amina), controller="nobody", language="ar", actor=amina, at=NOON
        )


def test_what_is_lacking_is_said_page_by_page(scheme, amina):
    with pytest.raises(Blocked) as refusal:
        beginning.send(candidate=begun(scheme, amina), actor=amina, at=NOON)

    pages = [finding.facts["page"] for finding in refusal.value.findings]
    notices = ["notice"] * len(roster_of(scheme).notices_on(NOON.date()))
    assert pages == [*notices, "latin_names", "standing", "home", "document", "profiles"]


def test_who_has_answered_all_sends_and_has_a_place(scheme, amina):
    candidate = beginning.send(candidate=filled(scheme, amina), actor=amina, at=NOON)

    assert (candidate.status, candidate.sent_on) == ("checking", NOON.date())
    assert candidate.seniority_at == NOON


def test_sent_twice_is_sent_once(scheme, amina):
    candidate = beginning.send(candidate=filled(scheme, amina), actor=amina, at=NOON)

    beginning.send(candidate=candidate, actor=amina, at=NOON)

    assert candidate.status_changes.count() == 1


def test_nobody_else_sends(scheme, amina):
    with pytest.raises(NotAllowed):
        beginning.send(candidate=filled(scheme, amina), actor=account("Bruno"), at=NOON)


def test_a_birthday_by_which_one_was_too_young_when_sending_is_refused(scheme, amina):
    candidate = filled(scheme, amina)
    Candidate.objects.filter(pk=candidate.pk).update(
        status="checking", sent_on=date(2026, 9, 1), seniority_at=NOON
    )

    with pytest.raises(Blocked) as refusal:
        saved(candidate, PageKind.BIRTH, amina, birth_on=date(2008, 10, 1), birth_place="Fès")

    assert codes(refusal) == ["under_age_when_sent"]


def test_what_is_thrown_away_is_gone(scheme, amina):
    candidate = filled(scheme, amina)

    beginning.throw_away(candidate=candidate, actor=amina, at=NOON)

    assert (Candidate.objects.count(), Identity.objects.count(), NoticeSeen.objects.count()) == (0, 0, 0)
    assert told(candidate, "candidate.thrown_away") == [{}]


def test_what_was_sent_is_not_thrown_away(scheme, amina):
    candidate = beginning.send(candidate=filled(scheme, amina), actor=amina, at=NOON)

    with pytest.raises(Blocked) as refusal:
        beginning.throw_away(candidate=candidate, actor=amina, at=NOON)

    assert codes(refusal) == ["already_sent"]


def entered(scheme, **changes):
    facts = {"phone": "+212612345678", "birth_on": BORN, "registered_by": "anapec"} | changes
    return make_candidate(scheme, **facts)


def test_a_registration_by_others_is_taken_over_by_who_reads_there_and_was_born_then(scheme, amina):
    theirs = entered(scheme)

    mine = begun(scheme, amina)

    assert (mine.pk, mine.account, mine.status) == (theirs.pk, amina.code, "active")
    assert told(mine, "candidate.taken_over") == [{}]


@pytest.mark.parametrize(
    "changes", [{"phone": "+212699999999"}, {"birth_on": date(1970, 1, 1)}], ids=["phone", "birth"]
)
def test_a_registration_of_a_relative_is_not_taken_over(scheme, amina, changes):
    theirs = entered(scheme, **changes)

    assert begun(scheme, amina) != theirs


def test_twins_with_one_telephone_take_over_nothing(scheme, amina):
    entered(scheme), entered(scheme)

    assert begun(scheme, amina).status == "registering"


def test_a_registration_with_a_person_of_its_own_is_not_taken_over(scheme, amina):
    theirs = entered(scheme, account="U-SOMEBODY")

    with pytest.raises(NotAllowed):
        beginning.take_over(candidate=theirs, language="fr", actor=amina, at=NOON)


def guess(scheme, actor, *days):
    """Begin with each of these birthdays, and throw away what is the actor's own."""
    for day in days:
        mine = beginning.begin(
            scheme=scheme, language="fr", birth_on=date(1990, 1, day), actor=actor, at=NOON
        )
        beginning.throw_away(candidate=mine, actor=actor, at=NOON)


@pytest.mark.parametrize(("wrong", "is_taken_over"), [((1, 2), True), ((1, 2, 3), False)], ids=["2", "3"])
def test_a_birthday_is_not_tried_out(scheme, amina, wrong, is_taken_over):
    theirs = entered(scheme)
    guess(scheme, amina, *wrong)

    assert (begun(scheme, amina) == theirs) == is_taken_over


def test_birthdays_said_on_another_roster_do_not_count(scheme, amina):
    theirs = entered(scheme)
    for _each in range(4):
        facts = {"scheme": "another"}
        record("candidate.birthday_said", subject=amina.code, actor=amina, at=NOON, facts=facts)

    assert begun(scheme, amina) == theirs


def test_a_birthday_changed_too_often_tells_nothing_of_a_known_document(scheme, amina):
    known = make_candidate(scheme, birth_on=BORN, passport={"number": "AB1234567"})
    mine = begun(scheme, amina)
    make_passport(mine, number="AB1234567")
    assert is_here_already(mine)

    for day in (1, 2):
        saved(mine, PageKind.BIRTH, amina, birth_on=date(1990, 1, day), birth_place="")
    saved(mine, PageKind.BIRTH, amina, birth_on=known.identity.birth_on, birth_place="")

    assert not is_here_already(held_unmerged(mine))


def test_who_withdrew_finds_the_same_registration(scheme, amina):
    mine = make_candidate(scheme, account=amina.code, status="withdrawn")

    assert begun(scheme, amina) == mine
    assert people.own(amina, scheme) == mine


def test_the_pages_of_a_registration_cost_the_same_however_much_is_in_it(
    scheme, amina, django_assert_num_queries
):
    candidate = filled(scheme, amina)
    candidate = people.own(amina, scheme)

    with django_assert_num_queries(10):
        draft = draft_of(candidate, NOON.date())
        assert missing(draft.pages) == ()


def test_pages_follow_one_another(scheme):
    listed = pages(roster_of(scheme), Answered(), NOON.date())

    kinds = [page.kind for page in listed]
    assert kinds == sorted(kinds, key=list(PageKind).index)
    assert following(listed, listed[0].kind, listed[0].key) == listed[1]
    assert following(listed, listed[-1].kind, listed[-1].key) is None
    assert following(listed, PageKind.TRADE, "nothing") is None


def test_the_pages_of_a_profile_stand_together(scheme):
    answered = Answered(profiles=("one", "two"), levels=frozenset({"two"}))

    listed = pages(roster_of(scheme), answered, NOON.date())

    of_profiles = [(page.kind, page.key) for page in listed if page.key in ("one", "two")]
    assert of_profiles == [
        (PageKind.TRADE, "one"),
        (PageKind.TRADE, "two"),
        (PageKind.MASTERY, "two"),
    ]


def test_optional_pages_hold_nobody_up(scheme):
    listed = pages(roster_of(scheme), Answered(), NOON.date())

    waiting = {page.kind for page in listed if page.state is PageState.TO_DO}
    assert waiting == {PageKind.NOTICE, PageKind.BIRTH, PageKind.DOCUMENT, PageKind.PROFILES, *ANSWERS} | {
        PageKind.LANGUAGE
    }


def test_who_was_born_on_the_29th_of_february_is_of_age_in_march():
    assert adult_on(date(2008, 2, 29), 18) == date(2026, 3, 1)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 99))
def test_nobody_is_of_age_before_their_years_are_full(birth_on, least_age):
    day = adult_on(birth_on, least_age)

    assert day.year - birth_on.year == least_age
    assert (day.month, day.day) >= (birth_on.month, birth_on.day)


def test_that_a_notice_was_read_stays_once_the_registration_was_sent(scheme, amina):
    beginning.send(candidate=filled(scheme, amina), actor=amina, at=NOON)

    for change in (NoticeSeen.objects.all().delete, lambda: NoticeSeen.objects.update(language="it")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# --- drafts that nobody sends ---


def test_what_is_never_sent_goes_after_the_days_of_the_roster(scheme, amina):
    candidate = begun(scheme, amina)
    days = roster_of(scheme).keeping.draft_days

    kept = beginning.forget_drafts(actor=Actor.system("task"), at=NOON + timedelta(days=days))
    gone = beginning.forget_drafts(actor=Actor.system("task"), at=NOON + timedelta(days=days, minutes=1))

    assert (kept, gone, Candidate.objects.filter(pk=candidate.pk).exists()) == (0, 1, False)


def test_what_was_sent_stays(scheme):
    sent = make_candidate(scheme)

    gone = beginning.forget_drafts(actor=Actor.system("task"), at=NOON + timedelta(days=5000))

    assert (gone, Candidate.objects.filter(pk=sent.pk).exists()) == (0, True)
