"""Amina says what she can do; Carla tidies and confirms it; nobody overwrites Amina's own words."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.candidates.making import (
    AMINA,
    BRUNO,
    CARLA,
    DARIO,
    ELIF,
    NOON,
    OTHER_PARTNER,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.candidates.actions import describing
from tragitto.candidates.actions.describing_confirming import (
    confirm_diploma,
    confirm_language,
    confirm_skill,
    take_back,
)
from tragitto.candidates.actions.describing_tidying import tidy, tidy_about
from tragitto.candidates.models import Candidate, CandidateFile, CandidateSkill
from tragitto.candidates.queries.abilities import abilities_of, papers_to_check
from tragitto.candidates.queries.profiles import sheet
from tragitto.candidates.rules.abilities import Paper, Study, Tongue, Work, mark_of, mark_of_statement
from tragitto.candidates.vocabulary import Audience, Evidence, FilePurpose, Mastery, Proof
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import SkillGroup, SkillScale

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
WORK = Work(role="Soudeur", begins_on=date(2020, 3, 15), ends_on=date(2022, 5, 1), words="Chaudières")


@pytest.fixture
def amina() -> Candidate:
    """Amina, on the roster with a profile of hers, signed in."""
    return make_candidate(make_scheme(), account=AMINA.code)


@pytest.fixture
def trade(amina: Candidate) -> str:
    """The code of the profile that Amina offers."""
    return amina.profiles.get().profile.code


@pytest.fixture
def skill(amina: Candidate, trade: str) -> str:
    """A skill of her trade that is had to a degree."""
    return next(
        each.code
        for each in roster_of(amina.scheme).skills
        if trade in each.profiles and each.scale is SkillScale.LEVEL
    )


@pytest.fixture
def certificate(amina: Candidate, trade: str) -> str:
    """A certificate of her trade, by a standard."""
    return next(
        each.code
        for each in roster_of(amina.scheme).skills
        if trade in each.profiles and each.group is SkillGroup.CERTIFICATE
    )


def photo_of(candidate: Candidate) -> CandidateFile:
    """A photo that lies with the registration."""
    return CandidateFile.objects.create(
        candidate=candidate,
        code=f"F-{candidate.pk}",
        purpose=FilePurpose.CERTIFICATE,
        kind="image/jpeg",
        content=b"photo",
        sha256=f"{candidate.pk:064d}",
        size=5,
        added_at=NOON,
        added_by=AMINA.code,
    )


def act(verb: Any, actor: Actor = AMINA, **told: Any) -> Any:
    """Do something at noon."""
    return verb(actor=actor, at=NOON, **told)


def codes(refusal: Any) -> list[str]:
    """The codes of why not."""
    return [finding.code for finding in refusal.value.findings]


# Profiles and words


def test_profiles_stand_in_the_order_of_the_wish(amina, trade):
    others = [each.code for each in amina.scheme.profiles.exclude(code=trade)[:1]]

    act(describing.offer_profiles, candidate=amina, profiles=[*others, trade])

    rows = amina.profiles.order_by("position")
    assert [(each.profile.code, each.years) for each in rows] == [(others[0], 0), (trade, 3)]


def test_a_profile_of_another_scheme_is_refused(amina):
    with pytest.raises(Blocked) as refusal:
        act(describing.offer_profiles, candidate=amina, profiles=["unheard-of"])

    assert codes(refusal) == ["unknown_profile"]


@pytest.mark.parametrize("actor", [BRUNO, DARIO, ELIF, OTHER_PARTNER, STRANGER])
def test_nobody_else_says_what_amina_can_do(amina, trade, actor):
    with pytest.raises(NotAllowed):
        act(describing.tell_trade, actor, candidate=amina, profile=trade, years=1, words="")


def test_what_amina_writes_is_her_own(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="Je soude")

    row = amina.profiles.get()
    assert (row.years, row.words, row.words_are_own) == (7, "Je soude", True)


def test_an_officer_writes_what_amina_dictates(amina, trade):
    act(describing.tell_trade, CARLA, candidate=amina, profile=trade, years=7, words="Je soude")

    assert amina.profiles.get().words_are_own is False


def test_an_officer_does_not_overwrite_her_words(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="Je soude")

    with pytest.raises(Blocked) as refusal:
        act(describing.tell_trade, CARLA, candidate=amina, profile=trade, years=7, words="Saldatrice")

    assert codes(refusal) == ["own_words"]


def test_an_officer_may_still_mend_the_years(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="Je soude")

    act(describing.tell_trade, CARLA, candidate=amina, profile=trade, years=8, words="Je soude")

    row = amina.profiles.get()
    assert (row.years, row.words_are_own) == (8, True)


def test_an_officer_does_not_take_her_words_away_with_the_profile(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="Je soude")

    with pytest.raises(Blocked) as refusal:
        act(describing.offer_profiles, CARLA, candidate=amina, profiles=[])

    assert codes(refusal) == ["own_words"]


@pytest.mark.parametrize(
    ("changes", "code"), [({"years": 61}, "no_years"), ({"words": "x" * 2001}, "too_long")]
)
def test_too_much_of_a_trade_is_refused(amina, trade, changes, code):
    with pytest.raises(Blocked) as refusal:
        act(describing.tell_trade, candidate=amina, profile=trade, **{"years": 1, "words": "", **changes})

    assert codes(refusal) == [code]


def test_a_trade_that_is_not_offered_is_refused(amina, trade):
    other = amina.scheme.profiles.exclude(code=trade)[0].code

    with pytest.raises(Blocked) as refusal:
        act(describing.tell_trade, candidate=amina, profile=other, years=1, words="")

    assert codes(refusal) == ["unknown_profile"]


def test_the_database_itself_keeps_her_words(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="Je soude")

    with pytest.raises(IntegrityError), transaction.atomic():
        amina.profiles.update(words="Saldatrice", words_are_own=False)


def test_the_database_lets_no_tidying_touch_the_words(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="Je soude")

    with pytest.raises(IntegrityError), transaction.atomic():
        amina.profiles.update(words="Saldo", tidied="Saldatrice")


def test_what_she_tells_of_herself_is_kept_too(amina):
    act(describing.tell_about, candidate=amina, about="J'aime apprendre")

    with pytest.raises(Blocked):
        act(describing.tell_about, CARLA, candidate=amina, about="Ama imparare")
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.filter(pk=amina.pk).update(about="Ama imparare", about_is_own=False)


# Tidying


def test_the_tidied_text_stands_beside_her_words(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="je soude TIG")

    act(tidy, CARLA, row=amina.profiles.get(), text="Salda a TIG", mark=mark_of("je soude TIG"))

    row = amina.profiles.get()
    assert (row.words, row.tidied, row.tidied_by) == ("je soude TIG", "Salda a TIG", CARLA.code)


def test_changed_words_ask_for_another_look_and_hide_the_old_text(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="TIG")
    act(tidy, CARLA, row=amina.profiles.get(), text="Salda a TIG", mark=mark_of("TIG"))

    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="MAG")

    row = amina.profiles.get()
    assert (row.tidied, row.tidied_by) == ("Salda a TIG", "")
    (line,) = sheet(amina, Audience.EMPLOYER_BEFORE, on=TODAY).profiles or ()
    assert (line.words, line.tidied) == (None, "")


def test_nobody_tidies_words_that_have_changed_meanwhile(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="MAG")

    with pytest.raises(Stale) as refusal:
        act(tidy, CARLA, row=amina.profiles.get(), text="Salda a TIG", mark=mark_of("TIG"))

    assert codes(refusal) == ["words_changed"]


def test_a_tidied_text_does_not_tell_who_she_is(amina, trade):
    row = amina.profiles.get()

    with pytest.raises(Blocked) as refusal:
        act(tidy, CARLA, row=row, text="Amina salda bene", mark=mark_of(row.words))

    assert codes(refusal) == ["tells_who"]


@pytest.mark.parametrize("actor", [AMINA, BRUNO, ELIF, STRANGER])
def test_only_the_desk_tidies_and_never_its_own(amina, actor):
    with pytest.raises(NotAllowed):
        act(tidy, actor, row=amina.profiles.get(), text="Salda", mark=mark_of(""))


def test_an_officer_who_is_on_the_roster_does_not_tidy_herself():
    row = make_candidate(make_scheme(), account=CARLA.code).profiles.get()

    with pytest.raises(NotAllowed):
        act(tidy, CARLA, row=row, text="Salda", mark=mark_of(""))


def test_a_reviewer_tidies_what_she_tells_of_herself(amina):
    act(describing.tell_about, candidate=amina, about="j'aime apprendre")

    act(tidy_about, DARIO, candidate=amina, text="Ama imparare", mark=mark_of("j'aime apprendre"))

    amina.refresh_from_db()
    assert (amina.about, amina.about_tidied, amina.about_tidied_by) == (
        "j'aime apprendre", "Ama imparare", DARIO.code,
    )  # fmt: skip


# Skills and certificates


def test_skills_are_said_and_taken_off_again(amina, trade, skill, certificate):
    act(describing.say_skills, candidate=amina, profile=trade, skills=[skill, certificate])
    act(describing.say_skills, candidate=amina, profile=trade, skills=[skill])

    assert [(each.skill, each.proof) for each in amina.skills.all()] == [(skill, Proof.SAID)]


def test_a_skill_of_another_trade_is_refused(amina, trade):
    other = next(each.code for each in roster_of(amina.scheme).skills if trade not in each.profiles)

    with pytest.raises(Blocked) as refusal:
        act(describing.say_skills, candidate=amina, profile=trade, skills=[other])

    assert codes(refusal) == ["unknown_skill"]


def test_mastery_is_said_of_what_she_has(amina, trade, skill):
    act(describing.say_skills, candidate=amina, profile=trade, skills=[skill])

    act(describing.rate_skills, candidate=amina, mastery={skill: Mastery.ALONE})

    assert amina.skills.get().mastery == Mastery.ALONE


def test_mastery_of_what_she_has_not_is_refused(amina, skill):
    with pytest.raises(Blocked) as refusal:
        act(describing.rate_skills, candidate=amina, mastery={skill: Mastery.ALONE})

    assert codes(refusal) == ["unknown_skill"]


def shown(amina: Candidate, skill: str, **told: Any) -> CandidateSkill:
    """Amina shows a certificate with its photo."""
    paper = Paper(number="TÜV-1", valid_until=date(2027, 6, 30))
    facts = {"candidate": amina, "skill": skill, "paper": paper, **told}
    facts.setdefault("file", None if "file" in told else photo_of(amina))
    row: CandidateSkill = act(describing.show_paper, **facts)
    return row


def test_a_photo_alone_proves_nothing(amina, certificate):
    shown(amina, certificate)

    (stated,) = abilities_of(amina, TODAY).skills
    assert (stated.evidence, stated.is_proved) == (Evidence.HANDED_IN, False)


def test_a_number_without_a_photo_is_only_said(amina, certificate):
    assert shown(amina, certificate, file=None).proof == Proof.SAID


def test_the_photo_of_somebody_else_is_refused(amina, certificate):
    other = make_candidate(amina.scheme)

    with pytest.raises(Blocked) as refusal:
        shown(amina, certificate, file=photo_of(other))

    assert codes(refusal) == ["not_their_photo"]


def confirmed(row: CandidateSkill, **changes: Any) -> CandidateSkill:
    """Carla compares the certificate with what is written."""
    paper = Paper(number="TÜV-1", valid_until=date(2027, 6, 30))
    told = {"skill": row, "paper": paper, "proof": Proof.PAPER, "mark": mark_of_statement(row), **changes}
    found: CandidateSkill = act(confirm_skill, CARLA, **told)
    return found


def test_a_keeper_who_saw_the_paper_confirms_it(amina, certificate):
    confirmed(shown(amina, certificate))

    (stated,) = abilities_of(amina, TODAY).skills
    assert (stated.row.confirmed_by, stated.evidence) == (CARLA.code, Evidence.SEEN)


def test_a_certificate_ends_with_its_last_day(amina, certificate):
    confirmed(shown(amina, certificate))

    (stated,) = abilities_of(amina, date(2027, 7, 1)).skills
    assert (stated.evidence, stated.is_proved) == (Evidence.EXPIRED, False)


def test_another_number_has_to_be_confirmed_again(amina, certificate):
    confirmed(shown(amina, certificate))

    act(
        describing.show_paper,
        candidate=amina,
        skill=certificate,
        paper=Paper(number="TÜV-2", valid_until=date(2027, 6, 30)),
        file=None,
    )

    row = amina.skills.get()
    assert (row.certificate, row.proof, row.confirmed_by) == ("TÜV-2", Proof.PAPER, "")


def test_the_same_paper_once_more_changes_nothing(amina, certificate):
    row = confirmed(shown(amina, certificate))
    before = Entry.objects.count()

    act(
        describing.show_paper,
        candidate=amina,
        skill=certificate,
        paper=Paper(number=row.certificate, valid_until=row.valid_until),
        file=None,
    )

    assert (amina.skills.get().confirmed_by, Entry.objects.count()) == (CARLA.code, before)


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (Paper(valid_until=date(2027, 6, 30)), ["no_number"]),
        (Paper(number="1"), ["no_day"]),
        (Paper(number="1", valid_until=date(2060, 1, 1)), ["valid_too_long"]),
    ],
)
def test_a_certificate_is_confirmed_with_what_stands_on_it(amina, certificate, paper, expected):
    with pytest.raises(Blocked) as refusal:
        confirmed(shown(amina, certificate), paper=paper)

    assert codes(refusal) == expected


def test_nobody_confirms_what_has_changed_meanwhile(amina, certificate):
    row = shown(amina, certificate)
    seen = mark_of_statement(row)
    shown(amina, certificate, paper=Paper(number="TÜV-9"), file=None)

    with pytest.raises(Stale) as refusal:
        confirmed(row, mark=seen)

    assert codes(refusal) == ["statement_changed"]


@pytest.mark.parametrize("actor", [AMINA, BRUNO, ELIF, STRANGER])
def test_only_the_desk_confirms_and_never_its_own(amina, certificate, actor):
    row = shown(amina, certificate)

    with pytest.raises(NotAllowed):
        act(
            confirm_skill,
            actor,
            skill=row,
            paper=Paper(number="1"),
            proof=Proof.PAPER,
            mark=mark_of_statement(row),
        )


def test_a_test_at_work_holds_until_she_says_another_degree(amina, trade, skill):
    act(describing.say_skills, candidate=amina, profile=trade, skills=[skill])
    act(describing.rate_skills, candidate=amina, mastery={skill: Mastery.GUIDED})
    row = confirmed(amina.skills.get(), paper=Paper(), proof=Proof.TESTED)
    assert (row.proof, row.confirmed_by) == (Proof.TESTED, CARLA.code)

    act(describing.rate_skills, candidate=amina, mastery={skill: Mastery.TEACHES})

    row = amina.skills.get()
    assert (row.proof, row.confirmed_by) == (Proof.SAID, "")


def test_a_confirmation_is_taken_back_and_the_photo_stays(amina, certificate):
    row = confirmed(shown(amina, certificate))

    act(take_back, DARIO, statement=row)

    row = amina.skills.get()
    assert (row.proof, row.confirmed_by, row.file_id is None) == (Proof.PAPER, "", False)


def test_what_was_only_said_is_never_confirmed(amina, trade, skill):
    act(describing.say_skills, candidate=amina, profile=trade, skills=[skill])

    with pytest.raises(ValueError, match="only said"):
        confirmed(amina.skills.get(), paper=Paper(), proof=Proof.SAID)


# Work, diplomas, languages, wishes


def test_work_is_kept_in_whole_months(amina):
    row = act(describing.add_experience, candidate=amina, work=WORK)

    assert (row.begins_on, row.ends_on, row.words_are_own) == (date(2020, 3, 1), date(2022, 5, 1), True)


def test_the_same_work_once_more_is_one_row(amina):
    act(describing.add_experience, candidate=amina, work=WORK)
    act(describing.add_experience, candidate=amina, work=WORK)

    assert amina.experiences.count() == 1


def test_work_is_refused_field_by_field(amina):
    wrong = Work(role="", begins_on=date(2027, 1, 1), profile="unheard-of")

    with pytest.raises(Blocked) as refusal:
        act(describing.add_experience, candidate=amina, work=wrong)

    assert codes(refusal) == ["no_role", "not_yet", "unknown_profile"]


def test_work_is_changed_and_removed_by_her(amina):
    row = act(describing.add_experience, candidate=amina, work=WORK)

    act(describing.change_experience, experience=row, work=Work(role="Chef", begins_on=date(2021, 1, 1)))
    assert amina.experiences.get().role == "Chef"

    act(describing.remove_experience, experience=row)
    assert amina.experiences.count() == 0


def test_an_officer_neither_rewrites_nor_removes_her_work(amina):
    row = act(describing.add_experience, candidate=amina, work=WORK)

    with pytest.raises(Blocked):
        act(
            describing.change_experience,
            CARLA,
            experience=row,
            work=Work(role="Soudeur", begins_on=date(2020, 3, 1), words="Altro"),
        )
    with pytest.raises(Blocked):
        act(describing.remove_experience, CARLA, experience=row)


def test_months_of_a_trade_are_those_of_its_work(amina, trade):
    told = {"role": "Soudeur", "profile": trade}
    for begins_on, ends_on in ((date(2020, 1, 1), date(2020, 6, 1)), (date(2020, 4, 1), date(2020, 12, 1))):
        work = Work(**told, begins_on=begins_on, ends_on=ends_on)
        act(describing.add_experience, candidate=amina, work=work)
    act(
        describing.add_experience,
        candidate=amina,
        work=Work(role="Cuisinier", begins_on=date(2021, 1, 1), ends_on=date(2021, 2, 1)),
    )

    found = abilities_of(amina, TODAY)

    assert ([each.months for each in found.offered], found.months) == ([12], 14)


def test_a_diploma_has_the_level_that_the_roster_gives(amina):
    level = roster_of(amina.scheme).diplomas[3]

    row = act(describing.add_diploma, candidate=amina, study=Study(title="Diplôme", level_code=level.code))

    assert (row.country, row.eqf, row.proof) == (level.country, level.eqf, Proof.SAID)


def test_a_keeper_confirms_a_diploma_with_its_level(amina):
    level = roster_of(amina.scheme).diplomas[4]
    row = act(describing.add_diploma, candidate=amina, study=Study(title="TS"), file=photo_of(amina))

    act(confirm_diploma, CARLA, diploma=row, level_code=level.code, mark=mark_of_statement(row))

    row = amina.diplomas.get()
    assert (row.eqf, row.confirmed_by, row.proof) == (level.eqf, CARLA.code, Proof.PAPER)


def test_a_diploma_said_anew_has_to_be_confirmed_again(amina):
    row = act(describing.add_diploma, candidate=amina, study=Study(title="TS"), file=photo_of(amina))
    act(confirm_diploma, CARLA, diploma=row, level_code="", mark=mark_of_statement(row))

    act(describing.change_diploma, diploma=row, study=Study(title="BTS"))

    row = amina.diplomas.get()
    assert (row.title, row.confirmed_by, row.proof) == ("BTS", "", Proof.PAPER)


def test_an_unknown_level_is_not_confirmed(amina):
    row = act(describing.add_diploma, candidate=amina, study=Study(title="TS"))

    with pytest.raises(Blocked) as refusal:
        act(confirm_diploma, CARLA, diploma=row, level_code="unheard-of", mark=mark_of_statement(row))

    assert codes(refusal) == ["unknown_level"]


def test_a_diploma_is_removed(amina):
    row = act(describing.add_diploma, candidate=amina, study=Study(title="TS"))

    act(describing.remove_diploma, diploma=row)

    assert amina.diplomas.count() == 0


def test_a_language_said_anew_replaces_the_older_word(amina):
    act(describing.say_language, candidate=amina, said=Tongue(tongue="it", level="A1"))
    row = act(describing.say_language, candidate=amina, said=Tongue(tongue="it", level="A2"))
    act(confirm_language, CARLA, language=row, paper=Paper(number="CILS"), mark=mark_of_statement(row))
    assert amina.languages.get().confirmed_by == CARLA.code

    act(describing.say_language, candidate=amina, said=Tongue(tongue="it", level="B1"))

    row = amina.languages.get()
    assert (row.level, row.proof, row.confirmed_by) == ("B1", Proof.SAID, "")


def test_a_language_is_dropped_once(amina):
    act(describing.say_language, candidate=amina, said=Tongue(tongue="it", level="A1"))

    act(describing.drop_language, candidate=amina, tongue="it")
    act(describing.drop_language, candidate=amina, tongue="it")

    assert amina.languages.count() == 0


def test_wishes_are_kept_one_by_one(amina):
    region = amina.scheme.regions.all()[0].code

    act(describing.prefer, candidate=amina, wishes={"regions": [region], "shifts": ["night"]})
    act(describing.prefer, candidate=amina, wishes={"housing": "help"})

    amina.refresh_from_db()
    assert (amina.regions, amina.shifts, amina.housing) == ([region], ["night"], "help")


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ({"regions": ["moon"]}, "unknown_region"),
        ({"shifts": ["always"]}, "unknown_shift"),
        ({"housing": "castle"}, "unknown_housing"),
    ],
)
def test_a_wish_that_nobody_offers_is_refused(amina, wishes, code):
    with pytest.raises(Blocked) as refusal:
        act(describing.prefer, candidate=amina, wishes=wishes)

    assert codes(refusal) == [code]


def test_the_ledger_holds_codes_and_no_words(amina, trade):
    act(describing.tell_trade, candidate=amina, profile=trade, years=7, words="Je soude à Fès")

    entry = Entry.objects.filter(subject=amina.code).latest("pk")
    assert (entry.verb, entry.facts) == ("candidate.described", {"what": "trade", "profile": trade})


@pytest.mark.parametrize("count", [1, 3])
def test_what_somebody_can_do_costs_six_queries(amina, trade, count, django_assert_num_queries):
    spec = roster_of(amina.scheme)
    wanted = [each.code for each in spec.skills if trade in each.profiles][:count]
    act(describing.say_skills, candidate=amina, profile=trade, skills=wanted)
    for number in range(count):
        act(describing.add_experience, candidate=amina, work=Work(role=str(number), begins_on=TODAY))
        act(describing.add_diploma, candidate=amina, study=Study(title=str(number)))

    with django_assert_num_queries(6):
        found = abilities_of(amina, TODAY)

    assert (len(found.skills), len(found.experiences), len(found.diplomas)) == (count, count, count)


def test_papers_wait_for_the_desk_until_somebody_looked(amina, certificate):
    other = make_candidate(amina.scheme)
    row = shown(amina, certificate)
    assert list(papers_to_check(CARLA, [amina.scheme])) == [amina]
    assert list(papers_to_check(OTHER_PARTNER, [amina.scheme])) == []

    confirmed(row)

    assert list(papers_to_check(CARLA, [amina.scheme])) == []
    assert other.skills.count() == 0
