"""Elif enters people one by one: they are sent to the keepers, told, and keep what they say themselves."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation

from tests.candidates.making import CARLA, ELIF, NOON, OTHER_PARTNER, STRANGER, make_scheme
from tests.candidates.registering_others import HOUSE, row
from tragitto.candidates.actions import entering, welcoming
from tragitto.candidates.models import Candidate, Consent, Registration
from tragitto.candidates.vocabulary import RowVerdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.models import Scheme

pytestmark = pytest.mark.django_db
#: Everything that a row can say.
WHOLE = {
    "arabic_surnames": "بنعلي",
    "arabic_given_names": "ياسين",
    "birth_place": "Fès",
    "email": "yassine@example.org",
    "language": "ar",
    "standing": "national",
    "town": "Fès",
    "document_expires_on": "2030-01-31",
    "personal_number": "CD123456",
    "skills": "weld-135: alone; weld-136",
    "certificate_1_skill": "weld-135",
    "certificate_1_number": "ISO 9606-1 4711",
    "certificate_1_until": "2027-06-30",
    "languages": "fr: B1; ar: C2",
    "diploma_1_title": "Technicien en soudage",
    "diploma_1_level": "mar-4-technicien",
    "diploma_1_institution": "ISTA Fès",
    "diploma_1_year": "2015",
    "experience_1_role": "Soudeur",
    "experience_1_profile": "metal-welder",
    "experience_1_employer": "Atelier Zahra",
    "experience_1_from": "2016-02",
    "experience_1_to": "2020-05",
    "available_from": "2027-01-01",
    "shifts": "day",
    "housing": "help",
}


@pytest.fixture
def scheme() -> Scheme:
    return make_scheme()


def enter(scheme: Scheme, actor: Actor = ELIF, **changes: str) -> entering.Entered:
    return entering.enter(scheme=scheme, raw=row(**changes), actor=actor, at=NOON)


def again(scheme: Scheme, **changes: str) -> tuple[RowVerdict, Candidate]:
    """What became of the same row with changes, and the person as they stand."""
    entered = enter(scheme, **changes)
    return entered.judged.verdict, Candidate.objects.select_related("identity").get(pk=entered.candidate.pk)


def person(entered: entering.Entered) -> Candidate:
    return Candidate.objects.select_related("identity").get(pk=entered.candidate.pk)


# --- somebody new ------------------------------------------------------------------------------------------


def test_who_is_entered_is_sent_to_the_keepers_at_once(scheme):
    found = person(enter(scheme))

    assert (found.status, found.account, found.sent_on, found.seniority_at) == (
        "checking",
        "",
        NOON.date(),
        NOON,
    )
    assert [(each.before, each.after) for each in found.status_changes.all()] == [("registering", "checking")]


def test_everything_that_a_row_says_is_there(scheme):
    found = person(enter(scheme, **WHOLE))

    identity = found.identity
    assert (identity.surnames, identity.arabic_given_names, identity.phone) == (
        "BENALI",
        "ياسين",
        "+212600000001",
    )
    assert (found.language, found.shifts, found.housing) == ("ar", ["day"], "help")
    assert [(each.profile.code, each.years) for each in found.profiles.all()] == [("metal-welder", 3)]
    assert sorted(found.skills.values_list("skill", "mastery", "proof", "certificate")) == [
        ("weld-135", "alone", "said", "ISO 9606-1 4711"),
        ("weld-136", "", "said", ""),
    ]
    assert sorted(found.languages.values_list("tongue", "level")) == [("ar", "C2"), ("fr", "B1")]
    assert [(each.title, each.level_code, each.eqf) for each in found.diplomas.all()] == [
        ("Technicien en soudage", "mar-4-technicien", 4)
    ]
    assert [(each.role, each.profile.code) for each in found.experiences.all()] == [
        ("Soudeur", "metal-welder")
    ]
    assert [(each.kind, each.number, each.personal_number) for each in found.documents.all()] == [
        ("passport", "AB0000001", "CD123456")
    ]


def test_names_can_be_found_by_their_sound(scheme):
    assert person(enter(scheme, **WHOLE)).identity.name_keys != []


def test_no_consent_is_ever_entered_for_somebody(scheme):
    enter(scheme, **WHOLE)

    assert list(Consent.objects.all()) == []


def test_the_ledger_knows_who_entered_whom_and_no_value(scheme):
    found = person(enter(scheme, **WHOLE))

    (entry,) = Entry.objects.filter(verb="candidate.entered")
    assert (entry.subject, entry.actor) == (found.code, ELIF.code)
    assert entry.facts == {"organisation": ELIF.organisation, "batch": ""}


def test_who_is_too_young_is_not_kept(scheme):
    with pytest.raises(Blocked) as refusal:
        enter(scheme, birth_on="2010-01-01")

    assert [finding.code for finding in refusal.value.findings] == ["under_age"]
    assert list(Candidate.objects.all()) == []


def test_a_refusal_names_the_column_and_says_how_to_mend_it(scheme):
    with translation.override("en"), pytest.raises(Blocked) as refusal:
        enter(scheme, birth_on="27 mars")

    (finding,) = refusal.value.findings
    assert str(finding.text) == (
        "Date of birth: This is not a date. Write it like 2001-12-31 or 31/12/2001, the day before the month."
    )


@pytest.mark.parametrize("actor", [STRANGER, OTHER_PARTNER, CARLA, Actor("U-X", "anapec", frozenset())])
def test_nobody_else_enters_people(scheme, actor):
    with pytest.raises(NotAllowed):
        enter(scheme, actor)

    assert list(Candidate.objects.all()) == []


# --- the same person again ---------------------------------------------------------------------------------


def test_the_same_again_changes_nothing(scheme):
    enter(scheme, **WHOLE)

    verdict, _found = again(scheme, **WHOLE)

    assert verdict == RowVerdict.SAME
    assert Entry.objects.filter(verb="candidate.entry_changed").count() == 0
    assert Registration.objects.count() == 1


def test_what_changed_is_written_and_told_by_its_name(scheme):
    enter(scheme, **WHOLE)

    verdict, found = again(scheme, **WHOLE | {"town": "Meknès", "profile_1_years": "4"})

    assert (verdict, found.identity.town, found.profiles.get().years) == (RowVerdict.CHANGED, "Meknès", 4)
    (entry,) = Entry.objects.filter(verb="candidate.entry_changed")
    assert entry.facts["units"] == ["profile:metal-welder", "town"]


def test_an_empty_cell_changes_nothing(scheme):
    enter(scheme, **WHOLE)

    said = ("birth_on", "phone", "document_kind", "document_number", "profile_1", "profile_1_years")
    verdict, found = again(scheme, surnames="", given_names="", **dict.fromkeys(said, ""))

    assert (verdict, found.identity.surnames) == (RowVerdict.SAME, "BENALI")


def test_a_profile_that_is_named_no_more_goes_and_another_comes(scheme):
    enter(scheme)

    _verdict, found = again(scheme, profile_1="cnc-machine-operator")

    assert [each.profile.code for each in found.profiles.all()] == ["cnc-machine-operator"]


def test_a_new_document_follows_the_old_one_which_stays(scheme):
    enter(scheme)

    _verdict, found = again(scheme, document_number="CC7654321")

    assert [(each.number, each.superseded_at) for each in found.documents.order_by("pk")] == [
        ("AB0000001", NOON),
        ("CC7654321", None),
    ]


def test_diplomas_and_work_are_mended_not_doubled(scheme):
    enter(scheme, **WHOLE)
    mended = {"diploma_1_title": "Technicien soudeur", "experience_1_employer": "Atelier Zohra"}

    _verdict, found = again(scheme, **WHOLE | mended)

    assert [each.title for each in found.diplomas.all()] == ["Technicien soudeur"]
    assert [each.employer for each in found.experiences.all()] == ["Atelier Zohra"]
    assert again(scheme, **WHOLE | mended)[0] == RowVerdict.SAME


def test_birth_mended_moves_the_day_of_being_of_age(scheme):
    enter(scheme)

    _verdict, found = again(scheme, birth_on="1990-05-06")

    assert found.adult_on.isoformat() == "2008-05-06"


def test_what_the_person_wrote_is_never_overwritten(scheme):
    found = person(enter(scheme, **WHOLE))
    found.identity.town = "Casablanca"
    found.identity.save(update_fields=["town"])

    verdict, found = again(scheme, **WHOLE | {"town": "Rabat"})

    assert (verdict, found.identity.town) == (RowVerdict.SAME, "Casablanca")


def test_what_the_person_wrote_is_not_told_without_their_consent(scheme):
    found = person(enter(scheme, **WHOLE))
    found.identity.town = "Casablanca"
    found.identity.save(update_fields=["town"])

    judged = enter(scheme, **WHOLE | {"town": "Rabat"}).judged

    assert judged.differences == {"town": {"ours": None, "theirs": "Rabat", "taken": False}}


def test_how_somebody_is_reached_is_theirs_once_they_signed_in(scheme):
    found = person(enter(scheme))
    found.account = "U-AMINA"
    found.save(update_fields=["account"])

    _verdict, found = again(scheme, phone="06 99 99 99 99")

    assert found.identity.phone == "+212600000001"


@pytest.mark.parametrize(
    "said",
    [
        {"surnames": "TAZI"},
        {"birth_on": "05/05/2000"},
        {"birth_place": "Agadir"},
        {"document_number": "ZZ9999999"},
        {"profile_1_years": "9"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_was_entered_is_theirs_once_they_signed_in(scheme, said):
    found = person(enter(scheme))
    found.account = "U-AMINA"
    found.save(update_fields=["account"])

    judged = enter(scheme, **said).judged

    assert (judged.verdict, [each["taken"] for each in judged.differences.values()]) == ("same", [False])
    assert person(enter(scheme)).revision == found.revision


def test_what_nobody_said_yet_may_be_added_after_they_signed_in(scheme):
    found = person(enter(scheme))
    found.account = "U-AMINA"
    found.save(update_fields=["account"])

    _verdict, found = again(scheme, languages="fr: B1")

    assert list(found.languages.values_list("tongue", "level")) == [("fr", "B1")]


@pytest.mark.parametrize("sign", ["\0", "\ud800"], ids=["nul", "half"])
@pytest.mark.parametrize("column", ["town", "reference"])
def test_signs_that_are_no_text_are_refused(scheme, column, sign):
    with pytest.raises(Blocked) as refusal:
        enter(scheme, **{column: f"F{sign}s"})

    assert [(each.code, each.facts["field"]) for each in refusal.value.findings] == [("no_text", column)]


def test_who_withdrew_is_not_changed_by_others(scheme):
    found = person(enter(scheme))
    Candidate.objects.filter(pk=found.pk).update(status="withdrawn")

    with pytest.raises(Blocked) as refusal:
        enter(scheme, town="Rabat")

    assert [finding.code for finding in refusal.value.findings] == ["registration_ended"]


# --- the person is told ------------------------------------------------------------------------------------


def send_letters() -> None:
    """What a worker does soon after."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from tragitto.candidates.actions.telling import send_letter

    for job in ProcrastinateJob.objects.filter(task_name="candidates.write_to_person"):
        send_letter(**job.args, actor=HOUSE, at=NOON)


def test_people_are_told_once_who_registered_them_and_what_to_do(scheme, settings):
    settings.ADDRESS = "https://tragitto.example"
    enter(scheme, email="yassine@example.org", language="fr")

    assert welcoming.tell_registered(actor=HOUSE, at=NOON) == 1
    assert welcoming.tell_registered(actor=HOUSE, at=NOON) == 0
    send_letters()

    (letter,) = mail.outbox
    assert letter.to == ["yassine@example.org"]
    assert f"https://tragitto.example/roster/{scheme.code}/" in letter.body
    assert Registration.objects.get().told_at == NOON


def test_whoever_cannot_be_reached_is_tried_for_a_month(scheme):
    enter(scheme)

    assert welcoming.tell_registered(actor=HOUSE, at=NOON) == 0  # no text messages here
    assert Registration.objects.get().told_at is None
    Registration.objects.update(registered_at=NOON - timedelta(days=31))
    assert welcoming.tell_registered(actor=HOUSE, at=NOON) == 0
