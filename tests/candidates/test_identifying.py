"""Who a person is: photos converted, documents written down, and the second look of a keeper."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from tests.candidates.making import (
    AMINA,
    BRUNO,
    CARLA,
    DARIO,
    ELIF,
    NOON,
    OTHER_PARTNER,
    REGISTRAR_ORGANISATION,
    STRANGER,
    make_candidate,
    make_passport,
    make_scheme,
)
from tests.candidates.papers import passport_page, passport_zone, photo_of
from tragitto.candidates import photos
from tragitto.candidates.actions import identifying
from tragitto.candidates.actions.reading import read_photo
from tragitto.candidates.models import Candidate, CandidateFile, Identity
from tragitto.candidates.queries import identity as queries
from tragitto.candidates.rules import mrz
from tragitto.candidates.rules.documents import Doubt, Said
from tragitto.candidates.vocabulary import FilePurpose, ReadBy, SeenAs
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.ledger.models import Entry
from tragitto.records import scanner
from tragitto.records.scanner import Checked, ScannerSilent
from tragitto.records.vocabulary import CheckOutcome
from tragitto.schemes.models import Scheme
from tragitto.schemes.vocabulary import IdentityKind, RosterStatus
from tragitto_pec.scan.ocr import can_read

pytestmark = pytest.mark.django_db

PASSPORT = Said(
    kind=IdentityKind.PASSPORT,
    number="AB1234567",
    personal_number="BE123456",
    issuing_state="MAR",
    nationality="MAR",
    surnames="EL IDRISSI",
    given_names="AMINA",
    birth_on=date(1998, 3, 14),
    expires_on=date(2029, 5, 2),
    mrz=passport_zone(),
)


@pytest.fixture
def scheme() -> Scheme:
    return make_scheme()


@pytest.fixture
def amina(scheme) -> Candidate:
    """Amina, who signed in herself, and whose identity nobody has looked at."""
    return make_candidate(scheme, account=AMINA.code, status=RosterStatus.CHECKING, passport=None)


def png(size: tuple[int, int] = (600, 400), colour: str = "white") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def add_file(
    candidate: Candidate, content: bytes, actor=AMINA, purpose=FilePurpose.IDENTITY
) -> CandidateFile:
    return identifying.add_file(candidate=candidate, purpose=purpose, content=content, actor=actor, at=NOON)


def add(candidate: Candidate, said: Said = PASSPORT, actor=AMINA, files=(), at=NOON):
    return identifying.add_document(candidate=candidate, said=said, files=files, actor=actor, at=at)


def confirm(candidate: Candidate, document, actor=CARLA, seen=SeenAs.PAPER, at=NOON):
    return identifying.confirm_identity(candidate=candidate, document=document, seen=seen, actor=actor, at=at)


def codes(refusal) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


# --- photos ---


def test_a_photo_is_kept_as_what_can_be_seen(amina):
    """Upright, not larger than needed, and without the camera's name or place."""
    raw = photo_of(passport_page(passport_zone()), orientation=6)

    file = add_file(amina, raw)

    content = queries.content_of(file)
    picture = Image.open(io.BytesIO(content))
    assert (file.kind, picture.format, picture.size) == ("image/jpeg", "JPEG", (1400, 1800))
    assert dict(picture.getexif()) == {}
    assert b"Secret Phone" not in content
    assert (file.size, file.added_by) == (len(content), AMINA.code)


def test_a_large_photo_is_made_smaller(amina):
    file = add_file(amina, png((5000, 2500)))

    assert Image.open(io.BytesIO(queries.content_of(file))).size == (2000, 1000)


def test_the_same_photo_is_one_file(amina):
    first, second = add_file(amina, png()), add_file(amina, png())

    assert first == second
    assert Entry.objects.filter(verb="candidate.file_added", subject=amina.code).count() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hello", "file_not_paper"),
        (b"", "file_not_paper"),
        (b"\xff\xd8\xff\xe0 damaged", "file_unreadable"),
        (png((100, 100)), "file_too_small"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 64, "file_unreadable"),
        (b"x" * (20 * 1024 * 1024 + 1), "file_too_large"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_what_to_do(amina, content, code):
    with pytest.raises(Blocked) as refusal:
        add_file(amina, content)

    assert codes(refusal) == [code]
    assert not amina.files.exists()


class _Scanner:
    def __init__(self, outcome: CheckOutcome | None) -> None:
        self.outcome = outcome

    def check(self, content: bytes) -> Checked:
        if self.outcome is None:
            raise ScannerSilent
        return Checked(self.outcome, "Eicar" if self.outcome is CheckOutcome.INFECTED else "")


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (CheckOutcome.INFECTED, "file_infected"),
        (CheckOutcome.FAILED, "file_not_checked"),
        (None, "file_not_checked"),
    ],
)
def test_a_file_that_is_not_clean_is_not_kept(amina, outcome, code):
    scanner.use(_Scanner(outcome))
    try:
        with pytest.raises(Blocked) as refusal:
            add_file(amina, png())
    finally:
        scanner.use(None)

    assert codes(refusal) == [code]


@pytest.mark.parametrize("actor", [BRUNO, STRANGER, OTHER_PARTNER, ELIF, DARIO])
def test_wrong_people_add_nothing(amina, actor):
    with pytest.raises(NotAllowed):
        add_file(amina, png(), actor=actor)
    with pytest.raises(NotAllowed):
        add(amina, actor=actor)

    assert (amina.files.count(), amina.documents.count()) == (0, 0)


def test_a_registrar_adds_no_photos_of_its_people(scheme):
    hers = make_candidate(scheme, registered_by=REGISTRAR_ORGANISATION, passport=None)

    with pytest.raises(NotAllowed):
        add_file(hers, png(), actor=ELIF)


def test_a_photo_can_be_taken_back_until_it_is_relied_on(amina):
    loose, shown = add_file(amina, png()), add_file(amina, png(colour="red"))
    document = add(amina, files=[shown])

    identifying.take_back_file(candidate=amina, file=loose, actor=AMINA, at=NOON)
    identifying.take_back_file(candidate=amina, file=loose, actor=AMINA, at=NOON)
    confirm(amina, document, seen=SeenAs.PHOTO)
    with pytest.raises(Blocked) as refusal:
        identifying.take_back_file(candidate=amina, file=shown, actor=AMINA, at=NOON)

    assert codes(refusal) == ["file_in_use"]
    assert list(amina.files.all()) == [shown]


def test_photos_of_others_show_no_document_of_hers(scheme, amina):
    other = add_file(make_candidate(scheme, account=BRUNO.code), png(), actor=BRUNO)

    assert add(amina, files=[other]).files.count() == 0


# --- documents ---


def test_a_document_is_written_down_canonical_and_verified(amina):
    said = replace(
        PASSPORT, number="ab 123-4567", surnames=" el  idrissi", given_names="Amína", issuing_state="mar"
    )

    document = add(amina, said)

    assert (document.number, document.surnames, document.given_names) == ("AB1234567", "EL IDRISSI", "AMINA")
    assert (document.issuing_state, document.is_verified) == ("MAR", True)
    assert document.mrz.splitlines()[1][20] == "<"


def test_a_zone_that_does_not_hold_is_kept_unverified(amina):
    document = add(amina, replace(PASSPORT, mrz=PASSPORT.mrz[:-1] + "9"))

    assert (document.is_verified, bool(document.mrz)) == (False, True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": ""}, "number_missing"),
        ({"number": "AB_1", "mrz": ""}, "number_signs"),
        ({"personal_number": "BE*1"}, "personal_signs"),
        ({"issuing_state": "MOROCCO"}, "state_unknown"),
        ({"surnames": "", "given_names": ""}, "names_missing"),
        ({"surnames": "الإدريسي"}, "names_signs"),
        ({"surnames": "EL1"}, "names_signs"),
        ({"birth_on": date(2030, 1, 1), "mrz": ""}, "born_later"),
        ({"issued_on": date(2030, 1, 1), "expires_on": None}, "issued_later"),
        ({"issued_on": date(2025, 1, 1), "expires_on": date(2024, 1, 1), "mrz": ""}, "expires_before_issue"),
        ({"mrz": "P<MAR"}, "zone_unreadable"),
        ({"number": "AB1234568"}, "zone_number"),
        ({"birth_on": date(1998, 3, 15)}, "zone_birth"),
        ({"expires_on": date(2029, 5, 3)}, "zone_expiry"),
    ],
)
def test_a_fault_is_named_and_nothing_is_written(amina, changes, code):
    with pytest.raises(Blocked) as refusal:
        add(amina, replace(PASSPORT, **changes))

    assert codes(refusal) == [code]
    assert not amina.documents.exists()


def test_a_card_is_taken_only_of_its_state(amina):
    with pytest.raises(Blocked) as refusal:
        add(amina, replace(PASSPORT, kind=IdentityKind.NATIONAL_CARD, issuing_state="DZA", mrz=""))

    assert codes(refusal) == ["state_not_taken"]


def test_the_fault_says_both_numbers(amina):
    with pytest.raises(Blocked) as refusal:
        add(amina, replace(PASSPORT, number="AB1234568"))

    (finding,) = refusal.value.findings
    assert "AB1234568" in str(finding.text)
    assert "AB1234567" in str(finding.text)
    assert finding.facts == {"field": "number"}


def test_the_same_document_again_only_adds_photos(amina):
    first = add(amina)
    again = add(amina, files=[add_file(amina, png())])

    assert (again, again.files.count()) == (first, 1)
    assert Entry.objects.filter(verb="candidate.document_added").count() == 1


def test_a_newer_document_supersedes_and_changes_nothing_before(amina):
    first = add(amina)
    second = add(amina, replace(PASSPORT, number="CD7654321", mrz=""), at=NOON + timedelta(days=1))

    first.refresh_from_db()
    assert (first.superseded_at, first.number) == (NOON + timedelta(days=1), "AB1234567")
    assert list(queries.current_documents(amina)) == [second]


def test_a_document_never_changes(amina):
    document = add(amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        amina.documents.filter(pk=document.pk).update(number="CD7654321")


def test_another_spelling_on_the_document_is_kept(amina):
    add(amina, replace(PASSPORT, surnames="IDRISSI", mrz=""))

    variant = amina.name_variants.get()
    assert (variant.surnames, variant.given_names, variant.found_in) == ("IDRISSI", "AMINA", "passport")


@pytest.mark.parametrize(
    ("kind", "nationality"),
    [(IdentityKind.REFUGEE_DOCUMENT, "XXB"), (IdentityKind.STATELESS_DOCUMENT, "XXA")],
)
def test_refugees_and_stateless_people_have_documents_of_their_own(amina, kind, nationality):
    zone = passport_zone(nationality=nationality)

    document = add(amina, replace(PASSPORT, kind=kind, nationality=nationality, mrz=zone))

    assert (document.is_verified, document.nationality) == (True, nationality)
    assert queries.document_views(amina, on=NOON.date())[0].doubts == (Doubt.NO_PHOTO,)


# --- the second look ---


def test_a_confirmed_person_is_called_as_the_document_says(scheme):
    amina = make_candidate(scheme, account=AMINA.code, surnames="IDRISSI", nationality="", passport=None)
    document = add(amina)

    confirm(amina, document)

    identity = Identity.objects.get(candidate=amina)
    assert (identity.surnames, identity.nationality) == ("EL IDRISSI", "MAR")
    assert (identity.confirmed_at, identity.confirmed_by) == (NOON, CARLA.code)
    assert identity.confirmed_with == document
    assert ("IDRISSI", "typed") in amina.name_variants.values_list("surnames", "found_in")
    assert Entry.objects.get(verb="candidate.identity_confirmed").facts["changed"] == [
        "surnames",
        "nationality",
    ]


def test_keys_follow_the_confirmed_names(scheme):
    amina = make_candidate(
        scheme, account=AMINA.code, surnames="X", arabic_surnames="", arabic_given_names="", passport=None
    )

    confirm(amina, add(amina))

    assert Identity.objects.get(candidate=amina).name_keys == ["AMN", "DRS"]


def test_confirming_twice_is_confirming_once(amina):
    document = add(amina)

    confirm(amina, document)
    confirm(amina, document, actor=DARIO, at=NOON + timedelta(days=1))

    assert Identity.objects.get(candidate=amina).confirmed_by == CARLA.code
    assert Entry.objects.filter(verb="candidate.identity_confirmed").count() == 1


@pytest.mark.parametrize("actor", [AMINA, BRUNO, ELIF, OTHER_PARTNER, STRANGER])
def test_only_a_keeper_confirms(amina, actor):
    with pytest.raises(NotAllowed):
        confirm(amina, add(amina), actor=actor)


def test_who_wrote_it_down_does_not_confirm_it(amina):
    document = add(amina, actor=CARLA)

    with pytest.raises(NotAllowed) as refusal:
        confirm(amina, document, actor=CARLA)
    confirm(amina, document, actor=DARIO)

    assert codes(refusal) == ["second_look"]
    assert Identity.objects.get(candidate=amina).confirmed_by == DARIO.code


def test_a_keeper_does_not_confirm_their_own(scheme):
    carla_herself = make_candidate(scheme, account=CARLA.code)

    with pytest.raises(NotAllowed):
        confirm(carla_herself, carla_herself.documents.get())


def test_what_was_replaced_meanwhile_is_stale(amina):
    first = add(amina)
    add(amina, replace(PASSPORT, number="CD7654321", mrz=""))

    with pytest.raises(Stale):
        confirm(amina, first)


@pytest.mark.parametrize(
    ("changes", "seen", "code"),
    [
        ({"expires_on": NOON.date() - timedelta(days=1)}, SeenAs.PAPER, "document_over"),
        ({"surnames": "", "given_names": ""}, SeenAs.PAPER, "names_missing"),
        ({"birth_on": None}, SeenAs.PAPER, "birth_missing"),
        ({}, SeenAs.PHOTO, "no_photo"),
        ({"birth_on": date(2010, 1, 1)}, SeenAs.PAPER, "under_age"),
    ],
)
def test_what_keeps_a_keeper_from_confirming(scheme, changes, seen, code):
    person = make_candidate(scheme, account=AMINA.code, passport=changes)

    with pytest.raises(Blocked) as refusal:
        confirm(person, person.documents.get(), seen=seen)

    assert codes(refusal) == [code]


@pytest.mark.parametrize("status", ["checking", "paused", "lapsed", "reserved"])
@pytest.mark.parametrize("birth_on", [date(2008, 10, 1), date(2010, 1, 1)])
def test_who_was_under_age_when_sent_is_not_confirmed_wherever_they_stand(scheme, status, birth_on):
    person = make_candidate(scheme, status=status, passport={"birth_on": birth_on})

    with pytest.raises(Blocked) as refusal:
        confirm(person, person.documents.get())

    assert codes(refusal) == ["under_age"]


def test_who_was_refused_is_confirmed_by_a_document_all_the_same(scheme):
    person = make_candidate(scheme, status="not_admitted", passport={"birth_on": date(2008, 10, 1)})

    confirm(person, person.documents.get())

    assert Candidate.objects.get(pk=person.pk).adult_on == date(2026, 10, 1)


def test_the_last_day_of_a_document_is_still_one(amina):
    document = make_passport(amina, expires_on=NOON.date())

    assert confirm(amina, document).confirmed_with == document


def test_a_confirmed_spelling_changes_only_with_the_next_document(amina):
    confirm(amina, add(amina))
    second = add(
        amina,
        replace(PASSPORT, number="CD7654321", surnames="IDRISSI", mrz=""),
        at=NOON + timedelta(days=1),
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.filter(candidate=amina).update(surnames="IDRISSI")
    assert Identity.objects.get(candidate=amina).surnames == "EL IDRISSI"
    confirm(amina, second, actor=DARIO, at=NOON + timedelta(days=2))

    assert Identity.objects.get(candidate=amina).surnames == "IDRISSI"


# --- questions ---


def test_the_letter_that_differs_is_shown(scheme):
    amina = make_candidate(scheme, surnames="EL IDRISI", passport={"surnames": "EL IDRISSI"})

    (view,) = queries.document_views(amina, on=NOON.date())

    (row,) = [each for each in view.compared if each.field == "surnames"]
    assert [(piece.ours, piece.theirs) for piece in row.pieces if not piece.is_same] == [("", "S")]
    assert view.differs


def test_a_zone_that_names_somebody_else_is_doubted(amina):
    add(amina, replace(PASSPORT, given_names="AMINATA"))

    (view,) = queries.document_views(amina, on=NOON.date())

    assert view.doubts == (Doubt.NO_PHOTO, Doubt.ZONE_NAMES)


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"number": "A1", "mrz": ""}, Doubt.PASSPORT_FORM),
        ({"personal_number": "123456", "mrz": ""}, Doubt.CIN_FORM),
        ({"expires_on": None, "mrz": ""}, Doubt.EXPIRY_MISSING),
        ({"expires_on": NOON.date() - timedelta(days=1), "mrz": ""}, Doubt.EXPIRED),
        ({"expires_on": NOON.date() + timedelta(days=90), "mrz": ""}, Doubt.EXPIRES_SOON),
        ({"mrz": ""}, Doubt.NO_ZONE),
        ({"mrz": PASSPORT.mrz[:-1] + "9"}, Doubt.ZONE_NOT_PROVED),
        ({"kind": IdentityKind.REFUGEE_DOCUMENT, "nationality": "XXA", "mrz": ""}, Doubt.NOT_OF_REFUGEES),
        ({"kind": IdentityKind.STATELESS_DOCUMENT, "mrz": ""}, Doubt.NOT_OF_STATELESS),
    ],
)
def test_doubts_are_said_and_refuse_nobody(amina, changes, doubt):
    add(amina, replace(PASSPORT, **changes))

    (view,) = queries.document_views(amina, on=NOON.date())

    assert doubt in view.doubts


def test_those_who_wait_stand_in_the_order_of_sending(scheme):
    late = make_candidate(scheme, status=RosterStatus.CHECKING, sent_on=date(2026, 9, 9))
    early = make_candidate(scheme, status=RosterStatus.CHECKING, sent_on=date(2026, 9, 2))
    done = make_candidate(scheme)
    confirm(done, done.documents.get())
    make_candidate(scheme, status=RosterStatus.REGISTERING)
    schemes = Scheme.objects.filter(pk=scheme.pk)

    assert list(queries.to_check(CARLA, schemes)) == [early, late]
    assert list(queries.to_check(OTHER_PARTNER, schemes)) == []


def test_a_new_document_waits_for_another_look(amina):
    confirm(amina, add(amina))
    schemes = Scheme.objects.filter(pk=amina.scheme_id)
    assert list(queries.to_check(CARLA, schemes)) == []

    add(amina, replace(PASSPORT, number="CD7654321", mrz=""), at=NOON + timedelta(days=1))

    assert list(queries.to_check(CARLA, schemes)) == [amina]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_two_queries_however_long(scheme, count, django_assert_num_queries):
    for _each in range(count):
        make_candidate(scheme, status=RosterStatus.CHECKING)
    schemes = Scheme.objects.filter(pk=scheme.pk)

    with django_assert_num_queries(2):
        assert len(queries.to_check(CARLA, schemes)) == count


def test_documents_that_run_out_come_soonest_first(scheme):
    for days in (400, 300, -5):
        make_candidate(scheme, passport={"expires_on": NOON.date() + timedelta(days=days)})
    schemes = Scheme.objects.filter(pk=scheme.pk)

    found = [each.expires_on for each in queries.running_out(CARLA, schemes, on=NOON.date())]

    assert found == [NOON.date() + timedelta(days=days) for days in (-5, 300)]
    assert list(queries.running_out(STRANGER, schemes, on=NOON.date())) == []


def test_a_photo_of_somebody_else_is_not_there(scheme, amina):
    file = add_file(amina, png())

    assert queries.file_of(amina, file.code) == file
    with pytest.raises(NotFound):
        queries.file_of(make_candidate(scheme), file.code)


@pytest.mark.skipif(not can_read(), reason="no tesseract with Italian")
@pytest.mark.parametrize("how", [{"askew": 4.0}, {"turned": 3}])
def test_a_machine_reads_the_zone_of_a_photo(amina, how):
    file = add_file(amina, photo_of(passport_page(passport_zone()), **how))

    said = read_photo(candidate=amina, file=file, actor=AMINA, at=NOON)

    assert said is not None
    assert replace(said, mrz="") == replace(PASSPORT, mrz="", read_by=ReadBy.PHOTO)


def test_a_photo_without_a_zone_says_nothing(amina):
    assert read_photo(candidate=amina, file=add_file(amina, png()), actor=AMINA, at=NOON) is None


def test_a_photo_is_read_once(amina, monkeypatch):
    looked = []
    zone = mrz.read(PASSPORT.mrz, on=NOON.date())
    monkeypatch.setattr(photos, "zone_of", lambda content, on: looked.append(content) or zone)
    add_file(amina, png())

    said = [
        read_photo(candidate=amina, file=CandidateFile.objects.get(), actor=AMINA, at=NOON)
        for _time in range(2)
    ]

    assert (len(looked), said[0]) == (1, said[1])
    assert said[0].number == PASSPORT.number


def test_nothing_is_read_for_others(amina):
    with pytest.raises(NotAllowed):
        read_photo(candidate=amina, file=add_file(amina, png()), actor=BRUNO, at=NOON)
