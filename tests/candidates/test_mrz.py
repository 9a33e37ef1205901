"""The machine readable zone: the published specimens hold, what does not is said, nothing is invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates.papers import passport_zone
from tragitto.candidates.rules import documents, mrz
from tragitto.candidates.rules.comparing import names_agree
from tragitto.candidates.rules.mending import digit_of, value_of
from tragitto.candidates.rules.mrz import Layout, Part
from tragitto.candidates.vocabulary import ReadBy
from tragitto.schemes.vocabulary import IdentityKind

ON = date(2026, 11, 23)
#: ICAO Doc 9303, part 4 (appendix B), part 5 (appendix B and section 4.2.4), part 6 (appendix B).
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD1_LONG = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"


def read(text: str) -> mrz.MrzReading:
    found = mrz.read(text, on=ON)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "layout", "number"),
    [
        (TD3, Layout.TD3, "L898902C3"),
        (TD1, Layout.TD1, "D23145890"),
        (TD1_LONG, Layout.TD1, "D23145890734"),
        (TD2, Layout.TD2, "D23145890"),
    ],
)
def test_the_published_specimens_hold(text, layout, number):
    found = read(text)

    assert (found.layout, found.number, found.is_verified) == (layout, number, True)
    assert (found.issuing_state, found.nationality) == ("UTO", "UTO")
    assert found.mended == frozenset()


def test_the_specimen_of_a_passport_is_read_whole():
    found = read(TD3)

    assert (found.surnames, found.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert (found.birth_on, found.expires_on) == (date(1974, 8, 12), date(2012, 4, 15))
    assert (found.personal_number, found.is_cut) == ("ZE184226B", False)


def test_the_sex_is_blanked_and_no_digit_changes():
    assert [mrz.read(text, on=ON).lines for text in (TD3.replace("F", "M", 1), TD3)]  # type: ignore[union-attr]
    for text, line, place in ((TD3, 1, 20), (TD2, 1, 20), (TD1, 1, 7)):
        assert read(text).lines[line][place] == "<"
        assert read("\n".join(read(text).lines)).is_verified


def test_one_row_and_spaces_are_read_too():
    assert read(TD3.replace("\n", "")).is_verified
    assert read(" ".join(TD3)).is_verified


def test_words_around_the_zone_are_passed_over():
    assert read(f"ROYAUME DU MAROC\nPASSEPORT\n{TD3}\nPAGE 2").is_verified


def test_fillers_that_were_miscounted_are_counted_anew():
    first, second = TD3.split("\n")
    assert read(f"{first[:-9]}\n{second.replace('<<<<<', '<<<')}").is_verified


@pytest.mark.parametrize(
    ("right", "seen", "part"),
    [
        ("7408122", "74O8122", Part.BIRTH),
        ("7408122", "740B122", Part.BIRTH),
        ("1204159", "I204159", Part.EXPIRY),
        ("L898902C36", "L898902C3G", Part.NUMBER),
    ],
)
def test_letters_where_only_digits_stand_are_put_right_if_the_digit_then_holds(right, seen, part):
    found = read(TD3.replace(right, seen))

    assert found.is_verified
    assert found.mended == {part}
    assert found.lines == read(TD3).lines


def test_a_number_whose_form_is_known_is_put_right():
    """Moroccan passports have two letters and seven digits, always."""
    found = read(passport_zone(number="IO8501234").replace("IO8501234", "10B5OI234"))

    assert (found.number, found.is_verified, found.mended) == ("IO8501234", True, {Part.NUMBER})


def test_a_number_of_any_other_form_is_left_as_it_was_seen():
    """Another sign may be the wrong one: of two numbers with this digit, nobody can tell which is meant."""
    found = read(TD3.replace("L898902C36", "L8989O2C36"))

    assert found.unverified == {Part.NUMBER, Part.WHOLE}
    assert found.number == "L8989O2C3"


def test_a_wrong_digit_is_said_and_not_mended():
    found = read(TD3.replace("L898902C36", "L898902C37"))

    assert found.unverified == {Part.NUMBER, Part.WHOLE}
    assert found.number == "L898902C3"


def test_a_mended_part_that_the_whole_denies_is_not_believed():
    found = read(TD3.replace("7408122", "74O8122")[:-1] + "9")

    assert found.unverified == {Part.BIRTH, Part.WHOLE}


CHECKED = [*range(10), *range(13, 20), *range(21, 44)]
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


@given(st.sampled_from(CHECKED), st.sampled_from(SIGNS))
def test_any_change_of_one_sign_is_noticed(place, sign):
    """Unless the signs weigh the same modulo ten: those no check digit can tell apart (see below)."""
    first, second = TD3.split("\n")
    before = second[place]
    changed = f"{first}\n{second[:place]}{sign}{second[place + 1 :]}"
    found = mrz.read(changed, on=ON)

    if value_of(before) % 10 != value_of(sign) % 10 and found is not None:
        assert not found.is_verified or found.lines == read(TD3).lines  # an O in a date is a zero


def test_a_digit_is_blind_to_signs_of_one_weight():
    """G and 6 weigh the same: what a machine read is therefore looked at by a person all the same."""
    assert digit_of("AB1234567") == digit_of("KB1234567")
    assert value_of("G") % 10 == value_of("6")


@given(
    st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=3, max_size=9),
    st.dates(date(1960, 1, 1), date(2008, 12, 31)),
    st.dates(date(2027, 1, 1), date(2036, 12, 31)),
)
def test_what_was_written_is_read_back(number, birth_on, expires_on):
    zone = passport_zone(number=number, birth_on=birth_on, expires_on=expires_on)

    found = read(zone)

    assert found.is_verified
    assert (found.number, found.birth_on, found.expires_on) == (number, birth_on, expires_on)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    mrz.read(text, on=ON)


def test_no_zone_is_none():
    assert mrz.read("ROYAUME DU MAROC", on=ON) is None


def test_a_day_that_does_not_exist_is_unverified():
    zone = passport_zone()
    wrong = "981314"

    found = read(zone.replace("9803145", wrong + digit_of(wrong)))

    assert Part.BIRTH in found.unverified
    assert found.birth_on is None


def test_names_that_are_too_long_are_said_to_be_cut():
    zone = passport_zone(surnames="BEN ABDERRAHMANE EL IDRISSI ALAOUI", given_names="FATIMA ZAHRA")

    found = read(zone)

    assert found.is_cut
    assert names_agree("BEN ABDERRAHMANE EL IDRISSI ALAOUI", "FATIMA ZAHRA", found)
    assert not names_agree("BEN ABDERRAHMAN EL IDRISSI ALAOUI", "FATIMA ZAHRA", found)


def test_names_agree_across_hyphens_and_apostrophes():
    found = read(passport_zone(surnames="MHAMED", given_names="FATIMA ZAHRA"))

    assert names_agree("M'HAMED", "FATIMA-ZAHRA", found)
    assert not names_agree("MOHAMED", "FATIMA-ZAHRA", found)


@pytest.mark.parametrize(
    ("nationality", "kind"),
    [
        ("MAR", IdentityKind.PASSPORT),
        ("XXA", IdentityKind.STATELESS_DOCUMENT),
        ("XXB", IdentityKind.REFUGEE_DOCUMENT),
        ("XXC", IdentityKind.REFUGEE_DOCUMENT),
    ],
)
def test_the_nationality_tells_whose_document_it_is(nationality, kind):
    assert documents.kind_of(read(passport_zone(nationality=nationality))) is kind


def test_only_parts_that_hold_are_offered():
    broken = read(TD3.replace("L898902C36", "L898902C37"))

    said = documents.said_by(broken, IdentityKind.PASSPORT, ReadBy.PHOTO)

    assert (said.number, said.surnames, said.birth_on) == ("", "ERIKSSON", date(1974, 8, 12))


def test_names_with_a_digit_in_them_are_left_to_the_person():
    odd = read(TD3.replace("ANNA", "ANN4"))

    said = documents.said_by(odd, IdentityKind.PASSPORT, ReadBy.PHOTO)

    assert (said.surnames, said.given_names) == ("", "")


def test_a_card_of_a_foreigner_is_a_residence_card():
    assert documents.kind_of(read(TD1)) is IdentityKind.NATIONAL_CARD
    foreign = TD1.replace("I<UTO", "I<MAR")
    assert documents.kind_of(read(foreign)) is IdentityKind.RESIDENCE_CARD
