"""Merging two registrations of one person: what goes over, what stays, and that undoing brings all back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.candidates.making import (
    AMINA,
    CARLA,
    DARIO,
    ELIF,
    NOON,
    OTHER_ORGANISATION,
    OTHER_PARTNER,
    REGISTRAR_ORGANISATION,
    SENT_AT,
    STRANGER,
    make_candidate,
    make_passport,
    make_scheme,
)
from tragitto.accounts.models import Organisation
from tragitto.candidates.actions import likeness, merge_into, merging, move
from tragitto.candidates.actions.beginning import begin
from tragitto.candidates.actions.merging_rows import PARTS
from tragitto.candidates.models import (
    Candidate,
    CandidateFile,
    CandidateSkill,
    Consent,
    Experience,
    LanguageLevel,
    LikePair,
    ListEntry,
    Merge,
    NameVariant,
    Registration,
    RosterList,
)
from tragitto.candidates.queries.like_pairs import stays
from tragitto.candidates.vocabulary import Likeness, Proof
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import ReasonUse, RosterStatus

pytestmark = pytest.mark.django_db

BORN = date(1998, 3, 14)
LATER = NOON + timedelta(days=2)
EARLY = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def scheme():
    return make_scheme()


@pytest.fixture
def amina(scheme) -> Candidate:
    """Amina as she registered herself."""
    return make_candidate(
        scheme, birth_on=BORN, account=AMINA.code, arabic_surnames="", arabic_given_names=""
    )


@pytest.fixture
def again(scheme) -> Candidate:
    """Amina as the registrar entered her months before, with another spelling and more papers."""
    return make_candidate(
        scheme,
        birth_on=BORN,
        surnames="IDRISSI",
        given_names="AMEENA",
        registered_by=REGISTRAR_ORGANISATION,
        town="",
        seniority_at=EARLY,
    )


def pair_of(one: Candidate, other: Candidate) -> LikePair:
    return likeness.put_side_by_side(one=one, other=other, actor=CARLA, at=NOON)


def merged(kept: Candidate, gone: Candidate, actor=CARLA, at=NOON) -> Merge:
    return merging.merge(
        pair=pair_of(kept, gone), kept=kept, ground="One card, seen twice", actor=actor, at=at
    )


def refused(act, kind=Blocked) -> list[str]:
    with pytest.raises(kind) as refusal, transaction.atomic():
        act()
    return [finding.code for finding in refusal.value.findings]


def fresh(person: Candidate) -> Candidate:
    return Candidate.objects.select_related("identity", "scheme").get(pk=person.pk)


def test_the_one_that_stays_has_the_earlier_place(amina, again):
    merged(amina, again)

    assert (fresh(amina).status, fresh(amina).seniority_at) == (RosterStatus.ACTIVE, EARLY)
    assert (fresh(again).status, fresh(again).merged_into) == (RosterStatus.MERGED, amina)


def test_what_was_not_said_is_taken_over_and_the_other_spelling_stays(amina, again):
    merged(amina, again)

    identity = fresh(amina).identity
    assert (identity.surnames, identity.arabic_surnames) == ("EL IDRISSI", "الإدريسي")
    variants = NameVariant.objects.filter(candidate=amina)
    assert list(variants.values_list("script", "surnames", "given_names")) == [
        ("latin", "IDRISSI", "AMEENA"),
        ("arabic", "الإدريسي", "أمينة"),
    ]


def test_of_two_documents_of_one_kind_the_one_valid_for_longer_stays_in_force(amina, again):
    old = make_passport(amina, kind="residence_card", number="XY1111111")
    new = make_passport(again, kind="residence_card", number="XY2222222", expires_on=date(2031, 1, 1))

    merged(amina, again)

    cards = amina.documents.filter(kind="residence_card")
    assert {each.pk: each.superseded_at for each in cards} == {old.pk: NOON, new.pk: None}


def test_the_registrar_keeps_its_person(amina, again):
    merged(amina, again)

    seen = Candidate.objects.visible_to(ELIF).filter(pk=amina.pk)
    assert seen.exists()
    assert Registration.objects.get().candidate == amina


def test_what_the_one_that_stays_has_already_is_not_doubled(amina, again):
    mine = CandidateSkill.objects.create(
        candidate=amina, skill="drawing", proof=Proof.TESTED, confirmed_by="X"
    )
    theirs = CandidateSkill.objects.create(candidate=again, skill="drawing", proof=Proof.SAID)
    other = CandidateSkill.objects.create(candidate=again, skill="bending", proof=Proof.SAID)

    merged(amina, again)

    assert set(amina.skills.all()) == {mine, other}
    assert set(again.skills.all()) == {theirs}


def test_a_consent_that_was_withdrawn_does_not_come_back(amina, again):
    Consent.objects.create(
        candidate=amina, code="a", roster_version=1, language="fr", given_at=SENT_AT, withdrawn_at=SENT_AT
    )
    for code in ("a", "b"):
        Consent.objects.create(candidate=again, code=code, roster_version=1, language="fr", given_at=SENT_AT)

    merged(amina, again)

    in_force = amina.consents.filter(withdrawn_at=None)
    assert list(in_force.values_list("code", flat=True)) == ["b"]


def said(person: Candidate, code: str, given: int, withdrawn: int | None = None) -> Consent:
    """A consent given so many days after the registration was sent, and perhaps withdrawn."""
    days = {"given_at": given, "withdrawn_at": withdrawn}
    moments = {name: None if day is None else SENT_AT + timedelta(days=day) for name, day in days.items()}
    return Consent.objects.create(candidate=person, code=code, roster_version=1, language="fr", **moments)


def in_force(person: Candidate) -> list[str]:
    return sorted(person.consents.filter(withdrawn_at=None).values_list("code", flat=True))


def test_the_last_word_on_a_consent_holds_whichever_registration_it_was_said_in(amina, again):
    said(amina, "gave, withdrew there", 1)
    said(again, "gave, withdrew there", 0, 2)
    said(amina, "withdrew, gave there", 0, 1)
    said(again, "withdrew, gave there", 2)
    said(amina, "withdrew there, gave", 3)
    said(again, "withdrew there, gave", 1, 2)
    said(amina, "gave at one moment", 2)
    said(again, "gave at one moment", 0, 2)
    before = in_force(amina), in_force(again)

    merge = merged(amina, again)

    assert in_force(amina) == ["withdrew there, gave", "withdrew, gave there"]

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)

    assert (in_force(amina), in_force(again)) == before


def test_a_consent_withdrawn_since_the_merge_is_withdrawn_for_both(amina, again):
    for person, code in ((amina, "ours"), (again, "theirs"), (amina, "both"), (again, "both")):
        said(person, code, 0)
    merge = merged(amina, again)
    amina.consents.filter(withdrawn_at=None).update(withdrawn_at=NOON + timedelta(days=1))

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)

    assert (in_force(amina), in_force(again)) == ([], [])


def test_a_consent_that_the_merge_ended_and_the_person_withdrew_again_stays_ended(amina, again):
    said(amina, "a", 0)
    said(again, "a", 0, 1)
    merge = merged(amina, again)
    said(amina, "a", 90, 91)

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)

    assert in_force(amina) == []


FURTHER = ["not_admitted", "lapsed", "checking", "paused", "active", "reserved", "placed"]


@pytest.mark.parametrize(("stays", "goes"), [(a, b) for a in FURTHER for b in FURTHER])
def test_nobody_goes_back_by_a_merge(scheme, stays, goes):
    kept, gone = (make_candidate(scheme, birth_on=BORN, status=each) for each in (stays, goes))
    act = lambda: merged(kept, gone)  # noqa: E731

    if FURTHER.index(stays) < FURTHER.index(goes):
        assert refused(act) == ["other-is-further"]
    else:
        act()
        assert fresh(kept).status == stays


@pytest.mark.parametrize("which", [0, 1])
def test_who_has_withdrawn_is_in_no_pair_that_is_decided(amina, again, which):
    pair = pair_of(amina, again)
    move(candidate=(amina, again)[which], reason=ReasonUse.WITHDRAWING, actor=CARLA, at=NOON)

    late = refused(lambda: merging.merge(pair=pair, kept=amina, ground="x", actor=CARLA, at=NOON), Stale)
    apart = refused(lambda: likeness.tell_apart(pair=pair, ground="x", actor=CARLA, at=NOON), Stale)
    held = refused(lambda: merge_into(gone=again, kept=amina, actor=CARLA, at=NOON))
    assert (late, apart, held) == (["not_comparable"], ["not_comparable"], ["has-withdrawn"])


def test_the_one_that_has_come_further_is_proposed_to_stay(amina, scheme):
    checking = make_candidate(scheme, birth_on=BORN, account="U-AMINA-TOO", status=RosterStatus.CHECKING)
    active = make_candidate(scheme, birth_on=BORN)

    assert stays(pair_of(checking, active)) == active
    assert stays(pair_of(amina, active)) == amina


def test_undoing_puts_nobody_back_who_has_withdrawn(amina, again):
    merge = merged(again, amina)  # Amina's sign-in goes over
    move(candidate=fresh(again), reason=ReasonUse.WITHDRAWING, actor=AMINA, at=NOON)

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)

    hers = fresh(amina)
    assert (hers.status, hers.reason, hers.seniority_at) == (RosterStatus.WITHDRAWN, "own-withdrawal", None)
    assert (hers.account, fresh(again).status) == (AMINA.code, RosterStatus.WITHDRAWN)


def test_who_was_merged_by_mistake_keeps_the_place_when_the_other_withdrew(amina, again):
    merge = merged(amina, again)
    move(candidate=amina, reason=ReasonUse.WITHDRAWING, actor=AMINA, at=NOON)

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)
    assert fresh(again).status == RosterStatus.WITHDRAWN

    move(candidate=again, reason=ReasonUse.COMING_BACK, actor=CARLA, at=LATER)
    assert (fresh(again).status, fresh(again).seniority_at) == (RosterStatus.CHECKING, EARLY)


def test_undoing_after_the_person_registered_again(amina, again, scheme):
    merge = merged(again, amina)
    move(candidate=fresh(again), reason=ReasonUse.WITHDRAWING, actor=AMINA, at=NOON)
    make_candidate(scheme, status=RosterStatus.REGISTERING, account=AMINA.code)

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)

    assert fresh(amina).status == RosterStatus.WITHDRAWN


def test_an_account_never_gets_two_registrations_by_an_undo(amina, scheme):
    other = make_candidate(scheme, birth_on=BORN, account="U-AMINA-TOO")
    merge = merged(amina, other)
    make_candidate(scheme, status=RosterStatus.REGISTERING, account="U-AMINA-TOO")

    undone = refused(lambda: merging.undo_merge(merge=merge, actor=CARLA, at=LATER))

    assert (undone, fresh(other).status) == (["registered-again"], RosterStatus.MERGED)


def test_a_photo_that_both_have_is_seen_wherever_it_is_named(amina, again):
    mine, theirs = photo_of(amina, 1), photo_of(again, 1)
    card = make_passport(again, kind="residence_card", number="XY2222222")
    card.files.add(theirs)
    skill = CandidateSkill.objects.create(candidate=again, skill="bending", proof=Proof.PAPER, file=theirs)

    merge = merged(amina, again)

    skill.refresh_from_db()
    assert (list(card.files.all()), skill.file) == ([mine], mine)
    assert list(amina.files.all()) == [mine]

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)

    skill.refresh_from_db()
    assert (list(card.files.all()), skill.file) == ([theirs], theirs)


def test_the_sign_in_goes_over_to_one_whom_others_registered(amina, again):
    merged(again, amina)

    assert fresh(again).account == AMINA.code
    assert fresh(again).revision == 1


def test_who_has_two_sign_ins_goes_on_with_the_one_that_stayed(amina, scheme):
    other = make_candidate(scheme, birth_on=BORN, account="U-AMINA-TOO", passport=None)
    merged(amina, other)
    twice = Actor("U-AMINA-TOO", door="portal")

    said = refused(lambda: begin(scheme=scheme, language="fr", birth_on=BORN, actor=twice, at=LATER))

    assert (said, fresh(amina).account) == (["merged_with_another"], AMINA.code)


def test_the_pair_is_decided_and_other_pairs_of_the_one_that_goes_are_gone(amina, again, scheme):
    third = make_candidate(scheme, birth_on=BORN, passport=None)
    likeness.note(candidates=[again.pk], scheme=scheme.pk, actor=CARLA, at=NOON)
    assert LikePair.objects.filter(second=third).count() + LikePair.objects.filter(first=third).count() == 1

    merged(amina, again)

    assert LikePair.objects.get(first=amina, second=again).state == Likeness.SAME
    assert list(LikePair.objects.filter(first=again)) == []
    assert LikePair.objects.get(first=amina, second=third).state == Likeness.OPEN


def test_the_ledger_tells_it_of_both(amina, again):
    merge = merged(amina, again)

    told = {"merge": merge.code, "kept": amina.code, "gone": again.code}
    entries = Entry.objects.filter(verb="candidate.merged").order_by("pk")
    assert [(each.subject, each.facts) for each in entries] == [(amina.code, told), (again.code, told)]


def test_merging_needs_a_ground_and_an_open_pair(amina, again):
    pair = pair_of(amina, again)
    no_ground = refused(lambda: merging.merge(pair=pair, kept=amina, ground="", actor=CARLA, at=NOON))
    likeness.tell_apart(pair=pair, ground="Two cards", actor=CARLA, at=NOON)

    decided = refused(lambda: merging.merge(pair=pair, kept=amina, ground="One", actor=DARIO, at=NOON), Stale)

    assert (no_ground, decided) == (["ground_missing"], ["pair_decided"])


@pytest.mark.parametrize("actor", [AMINA, ELIF, OTHER_PARTNER, STRANGER], ids=lambda each: each.code)
def test_only_the_desk_of_a_keeper_merges_and_undoes(amina, again, actor):
    pair = pair_of(amina, again)
    first = refused(
        lambda: merging.merge(pair=pair, kept=amina, ground="One", actor=actor, at=NOON), NotAllowed
    )
    merge = merged(amina, again)

    second = refused(lambda: merging.undo_merge(merge=merge, actor=actor, at=LATER), NotAllowed)

    assert (first, second) == (["not_to_decide"], ["not_to_undo"])


def test_a_merge_is_undone_once(amina, again):
    merge = merged(amina, again)
    merging.undo_merge(merge=merge, actor=DARIO, at=LATER)

    assert refused(lambda: merging.undo_merge(merge=merge, actor=DARIO, at=LATER), Stale) == ["merge_undone"]
    assert LikePair.objects.get().state == Likeness.OPEN


def test_the_later_merge_is_undone_first(amina, again, scheme):
    third = make_candidate(scheme, birth_on=BORN, passport=None)
    first = merged(amina, again)
    second = merged(third, amina)

    assert refused(lambda: merging.undo_merge(merge=first, actor=CARLA, at=LATER)) == ["merged_since"]

    merging.undo_merge(merge=second, actor=CARLA, at=LATER)
    merging.undo_merge(merge=first, actor=CARLA, at=LATER)

    assert {fresh(each).status for each in (amina, again, third)} == {RosterStatus.ACTIVE}
    assert Registration.objects.get().candidate == again


def test_what_was_written_since_stays_with_the_one_that_was_kept(amina, again):
    merge = merged(amina, again)
    newer = make_passport(fresh(amina), kind="national_card", number="CD7654321")
    amina.identity.refresh_from_db()
    amina.identity.arabic_given_names = "آمنة"
    amina.identity.save(update_fields=["arabic_given_names"])

    merging.undo_merge(merge=merge, actor=CARLA, at=LATER)

    assert newer in amina.documents.all()
    assert fresh(amina).identity.arabic_given_names == "آمنة"


# All of it comes back.

#: What a merge and its undoing may leave changed: counters, and moments of the history.
MAY_CHANGE = {"revision", "status_at", "confirm_by", "valid_until"}


def snapshot(*people: Candidate) -> dict[str, object]:
    """Everything that hangs on these people, field by field."""
    found: dict[str, object] = {}
    for person in people:
        row = fresh(person)
        facts = model_to_dict(row) | {"account": row.account, "merged_into": row.merged_into_id}
        found[row.code] = {name: value for name, value in facts.items() if name not in MAY_CHANGE}
        found[f"{row.code} identity"] = model_to_dict(row.identity)
        for name in (*PARTS, "consents", "documents", "named_in", "notices"):
            rows = getattr(row, name).order_by("pk")
            found[f"{row.code} {name}"] = [facts_of(each) for each in rows]
    return found


def facts_of(row) -> dict[str, object]:
    """A row field by field, its photos in an order."""
    facts = model_to_dict(row) | {"pk": row.pk}
    if "files" in facts:
        facts["files"] = sorted(each.pk for each in facts["files"])
    return facts


def photo_of(person: Candidate, number: int) -> CandidateFile:
    """A photo; of one number everybody's is the same."""
    return CandidateFile.objects.create(
        candidate=person,
        code=f"F-{person.pk}-{number}",
        purpose="identity",
        kind="image/jpeg",
        content=b"x",
        sha256=str(number),
        size=1,
        added_at=NOON,
        added_by="X",
    )


def has_more(person: Candidate, wanted: dict[str, list[int]], scheme) -> None:
    """Give `person` rows of each kind; numbers shared by both people make rows that both have."""
    for number in wanted["skills"]:
        CandidateSkill.objects.create(candidate=person, skill=f"skill-{number}", proof=Proof.SAID)
    for number in wanted["languages"]:
        LanguageLevel.objects.create(candidate=person, tongue=f"t{number}", level="B1", proof=Proof.SAID)
    for number in wanted["consents"]:
        said(person, f"c{number % 3}", number, number + 1 if number > 2 else None)
    for number in wanted["experiences"]:
        Experience.objects.create(
            candidate=person,
            code=f"W-{person.pk}-{number}",
            role=f"role {number}",
            begins_on=date(2020, 1, 1),
        )
    photos = [photo_of(person, number) for number in wanted["files"]]
    for file in photos[:1]:
        person.skills.update(file=file)
        person.languages.update(file=file)
    for number in wanted["documents"]:
        kinds = ("national_card", "residence_card", "refugee_document")
        paper = make_passport(person, kind=kinds[number], expires_on=date(2028, 1, 1 + person.pk % 28))
        paper.files.set(photos)
    for number in wanted["lists"]:
        roster_list = RosterList.objects.get_or_create(
            code=f"RL-{number}",
            defaults={
                "scheme": scheme,
                "organisation": Organisation.objects.get(code=OTHER_ORGANISATION),
                "kind": "working",
                "name": f"list {number}",
                "made_at": NOON,
                "made_by": "X",
            },
        )[0]
        ListEntry.objects.create(roster_list=roster_list, candidate=person, added_at=NOON, added_by="X")


ROWS = st.fixed_dictionaries(
    {
        name: st.lists(st.integers(0, 5 if name == "consents" else 2), max_size=3, unique=True)
        for name in ("skills", "languages", "consents", "experiences", "files", "documents", "lists")
    }
)
TOLD = st.fixed_dictionaries(
    {
        "arabic_surnames": st.sampled_from(["", "الإدريسي", "إدريسي"]),
        "town": st.sampled_from(["", "Fès", "Rabat"]),
        "email": st.sampled_from(["", "amina@example.org"]),
        "regions": st.sampled_from([[], ["one"], ["one", "two"]]),
        "housing": st.sampled_from(["", "help"]),
        "available_from": st.sampled_from([None, date(2027, 1, 1)]),
        "about": st.sampled_from(["", "Je soude."]),
        "about_is_own": st.booleans(),
        "seniority_at": st.sampled_from([SENT_AT, EARLY]),
        "profiles": st.sampled_from([[], [0], [1, 0], [0, 1, 2]]),
    }
)


def made(scheme, told, rows, **more) -> Candidate:
    told = dict(told)
    codes = list(scheme.profiles.order_by("position").values_list("code", flat=True))
    profiles = [codes[number] for number in told.pop("profiles")]
    about_is_own = told.pop("about_is_own") and bool(told["about"])
    person = make_candidate(
        scheme, birth_on=BORN, profiles=profiles, about_is_own=about_is_own, **told, **more
    )
    has_more(person, rows, scheme)
    return person


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.tuples(TOLD, TOLD), rows=st.tuples(ROWS, ROWS), turned=st.booleans(), signs_in=st.booleans())
def test_merging_and_undoing_changes_nothing(scheme, told, rows, turned, signs_in):
    with transaction.atomic():
        one = made(scheme, told[0], rows[0], account=AMINA.code if signs_in else "")
        other = made(scheme, told[1], rows[1], registered_by=REGISTRAR_ORGANISATION)
        kept, gone = (other, one) if turned else (one, other)
        before = snapshot(one, other)

        merge = merged(kept, gone)
        in_between = snapshot(one, other)
        merging.undo_merge(merge=merge, actor=DARIO, at=LATER)

        assert in_between != before
        assert snapshot(one, other) == before
        transaction.set_rollback(True)
