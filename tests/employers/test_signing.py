"""The judge of the signature: refuses only what the files prove, and never calls good what nobody checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.employers.making import ANNA, COMPANY, OTHER, PERSON, rome, signer
from tests.employers.test_criteria import FRAME, JULY, said
from tragitto.employers.criteria import (
    Accepted,
    RightSignature,
    Unchecked,
    signed_by_the_right_person,
)
from tragitto.employers.rules import (
    FilingFacts,
    Judged,
    Paper,
    ReadForm,
    Signatures,
    is_vouched_for,
    signatures_of,
)
from tragitto.employers.vocabulary import InstantKind
from tragitto_pec.signatures.reading import FileSigner, SignatureReading
from tragitto_pec.signatures.vocabulary import (
    Chain,
    FileVerdict,
    Integrity,
    Qualified,
    Revocation,
)

ANY = RightSignature()
LENIENT = RightSignature(unchecked_revocation=Unchecked.SUFFICES)
ONLY_QUALIFIED = RightSignature(accepted=(Accepted.QUALIFIED,))
UNSIGNED = Signatures()


def by(*signers: FileSigner, verdict: FileVerdict = FileVerdict.INTACT) -> Signatures:
    """The signatures of a file as the reader gives them."""
    return signatures_of(SignatureReading(verdict, signers=signers).as_json())


def form_a(signatures: Signatures | None, role: str = "legal_representative", **changes: object) -> ReadForm:
    """The main form, naming Bruno as its signatory."""
    facts = {
        "enterprise": {"codice_fiscale": COMPANY},
        "signatory": {"role": role, "codice_fiscale": PERSON},
    }
    return ReadForm("form-a", "main", "a.pdf", facts, signatures=signatures, **changes)


def form_b(signatures: Signatures | None, **changes: object) -> ReadForm:
    """The delegation: Anna lets Bruno sign."""
    written = {
        "enterprise_codice_fiscale": COMPANY,
        "principal": {"codice_fiscale": ANNA},
        "delegate": {"codice_fiscale": PERSON},
    }
    facts = {"delegation": {**written, **changes.pop("written", {})}}
    return ReadForm("form-b", "delegation", "b.pdf", facts, signatures=signatures, **changes)


def judged(*forms: ReadForm, wanted: RightSignature = ANY, others: int = 0) -> Judged:
    papers = [Paper(form.attachment, "0" * 64, form=form.code) for form in forms]
    papers += [Paper(f"carta{number}.jpg", "1" * 64, format="image") for number in range(others)]
    facts = FilingFacts(JULY, InstantKind.ACCEPTED, "id", forms, tuple(papers))
    return signed_by_the_right_person(facts, FRAME, wanted)


# --- the file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        (FileVerdict.ALTERED, ("unmet", "altered_after_signing")),
        (FileVerdict.REFUSED, ("unmet", "signature_deceives")),
        (FileVerdict.CHANGED_AFTER, ("unknown", "changed_after_signing")),
        (FileVerdict.UNVERIFIED, ("unknown", "signature_not_verified")),
        (FileVerdict.UNREADABLE, ("unknown", "signature_unreadable")),
        (FileVerdict.TOO_DEEP, ("unknown", "signature_unreadable")),
        (FileVerdict.INTACT, ("met", "signed_by_representative")),
    ],
)
def test_what_does_not_fit_counts_for_nothing(verdict, answer):
    assert said(judged(form_a(by(signer(), verdict=verdict)))) == answer


@pytest.mark.parametrize(
    "reading",
    [
        {"verdict": 5},
        {"verdict": "intact", "signers": "all"},
        {"signers": [{"name": None}]},
        {"verdict": "?"},
    ],
)
def test_a_malformed_reading_is_never_good(reading):
    assert said(judged(form_a(signatures_of(reading)))) == ("unknown", "signature_unreadable")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WHOLE = SignatureReading(FileVerdict.INTACT, signers=(signer(),)).as_json()


@given(part=st.sampled_from(sorted(WHOLE)), value=JSON)
def test_no_reading_makes_the_judge_fail(part, value):
    signatures = signatures_of({**WHOLE, part: value})

    assert judged(form_a(signatures)).explanation != "judge_failed"


@given(part=st.sampled_from(["integrity", "chain", "qualified", "codice_fiscale", "is_seal"]), value=JSON)
def test_nothing_but_the_right_words_proves_a_person(part, value):
    signers = [{**WHOLE["signers"][0], part: value}]

    assert signatures_of({**WHOLE, "signers": signers}).proven == () or value in (PERSON, False)


@pytest.mark.parametrize("covers", [False, None, "yes"])
def test_who_signed_another_state_of_the_file_has_not_signed_its_content(covers):
    signers = [{**WHOLE["signers"][0], "covers_content": covers}]

    assert signatures_of(WHOLE).proven
    assert signatures_of({**WHOLE, "signers": signers}).proven == ()


def test_a_reading_that_does_not_say_what_was_covered_proves_nobody():
    signers = [{key: said for key, said in WHOLE["signers"][0].items() if key != "covers_content"}]

    assert signatures_of({**WHOLE, "signers": signers}).proven == ()


def test_what_a_later_reader_adds_is_left_aside():
    reading = SignatureReading(FileVerdict.INTACT, signers=(signer(),)).as_json() | {"colour": "blue"}

    assert said(judged(form_a(signatures_of(reading)))) == ("met", "signed_by_representative")


def test_a_form_of_the_time_before_signatures_were_read_says_so():
    assert said(judged(form_a(None))) == ("unknown", "signature_not_read")


# --- the certificate ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"revocation": Revocation.REVOKED}, ("unmet", "certificate_revoked")),
        ({"revocation": Revocation.NOT_CHECKED}, ("unknown", "revocation_not_checked")),
        ({"revocation": Revocation.UNKNOWN}, ("unknown", "revocation_not_checked")),
        ({"chain": Chain.EXPIRED}, ("unknown", "certificate_expired")),
        ({"chain": Chain.NOT_YET}, ("unknown", "certificate_not_yet")),
        ({"chain": Chain.UNTRUSTED}, ("unknown", "certificate_untrusted")),
        ({"chain": Chain.INCOMPLETE}, ("unknown", "certificate_not_checked")),
        ({"chain": Chain.NOT_CHECKED}, ("unknown", "certificate_not_checked")),
        ({"qualified": Qualified.NOT_QUALIFIED}, ("unknown", "signature_not_qualified")),
        ({"qualified": Qualified.UNKNOWN}, ("unknown", "signature_kind_unknown")),
        ({"integrity": Integrity.UNSUPPORTED}, ("unknown", "signature_not_verified")),
        ({"is_seal": True}, ("unknown", "sealed_by_organisation")),
        ({"codice_fiscale": ""}, ("unknown", "signer_without_number")),
        ({"codice_fiscale": PERSON.lower()}, ("met", "signed_by_representative")),
    ],
)
def test_each_doubt_about_the_certificate_is_said(change, answer):
    assert said(judged(form_a(by(signer(**change))))) == answer


@pytest.mark.parametrize("unchecked", [Revocation.NOT_CHECKED, Revocation.UNKNOWN])
def test_where_the_call_is_content_an_unchecked_revocation_is_still_said(unchecked):
    answer = judged(form_a(by(signer(revocation=unchecked))), wanted=LENIENT)

    assert said(answer) == ("met", "signed_by_representative_unchecked")


def test_a_call_that_wants_qualified_signatures_refuses_the_others():
    weak = form_a(by(signer(qualified=Qualified.NOT_QUALIFIED)))

    assert said(judged(weak, wanted=ONLY_QUALIFIED)) == ("unmet", "signature_not_accepted")


def test_who_signed_stands_in_the_evidence_and_not_in_the_sentence():
    answer = judged(form_a(by(signer(OTHER))))

    assert answer.parameters == {"form": "form-a"}
    assert answer.evidence[-1].value == f"NAME OF {OTHER} · {OTHER}"


# --- the person --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signatures", "others", "answer"),
    [
        (by(signer(OTHER)), 0, ("unmet", "signed_by_another")),
        (by(signer(OTHER)), 1, ("unknown", "signed_by_another_unread")),
        (by(signer(OTHER, chain=Chain.UNTRUSTED)), 0, ("unknown", "certificate_untrusted")),
        (by(signer(OTHER, revocation=Revocation.NOT_CHECKED)), 0, ("unmet", "signed_by_another")),
        (by(signer(OTHER), signer()), 0, ("met", "signed_by_representative")),
        (
            by(signer(revocation=Revocation.REVOKED), signer()),
            0,
            ("met", "signed_by_representative"),
        ),
    ],
)
def test_somebody_else_is_refused_only_when_that_is_proven(signatures, others, answer):
    assert said(judged(form_a(signatures), others=others)) == answer


def test_a_form_that_names_nobody_names_nobody_to_compare_with():
    form = ReadForm("form-a", "main", "a.pdf", {}, signatures=by(signer()))

    assert said(judged(form)) == ("unknown", "field_not_read")


def test_whoever_does_not_say_as_what_he_signs_is_asked():
    assert said(judged(form_a(by(signer()), role=""))) == ("unknown", "field_not_read")


# --- the delegate ------------------------------------------------------------------------------------------

SIGNED = by(signer())
BY_ANNA = by(signer(ANNA))


@pytest.mark.parametrize(
    ("delegation", "others", "answer"),
    [
        (None, 0, ("unmet", "delegate_without_delegation")),
        (None, 1, ("unknown", "delegation_not_read")),
        (
            form_b(BY_ANNA, written={"delegate": {"codice_fiscale": OTHER}}),
            0,
            ("unmet", "delegation_to_another"),
        ),
        (form_b(BY_ANNA, written={"enterprise_codice_fiscale": "1"}), 0, ("unmet", "delegation_of_another")),
        (form_b(BY_ANNA, written={"principal": {}}), 0, ("unknown", "field_not_read")),
        (form_b(BY_ANNA, written={"delegate": {}}), 0, ("unknown", "field_not_read")),
        (form_b(BY_ANNA, written={"delegate": {"codice_fiscale": " - "}}), 0, ("unknown", "field_not_read")),
        (form_b(BY_ANNA, written={"enterprise_codice_fiscale": ""}), 0, ("unknown", "field_not_read")),
        (
            form_b(BY_ANNA, written={"enterprise_codice_fiscale": "", "delegate": {"codice_fiscale": OTHER}}),
            0,
            ("unmet", "delegation_to_another"),
        ),
        (form_b(SIGNED), 0, ("unmet", "signed_by_another")),
        (form_b(by(signer(ANNA), verdict=FileVerdict.ALTERED)), 0, ("unmet", "altered_after_signing")),
        (
            form_b(by(signer(ANNA, revocation=Revocation.NOT_CHECKED))),
            0,
            ("unknown", "revocation_not_checked"),
        ),
        (form_b(None), 0, ("unknown", "signature_not_read")),
        (form_b(UNSIGNED), 1, ("unknown", "no_digital_signature")),
        (form_b(UNSIGNED, is_transcribed=True), 0, ("unmet", "by_hand_without_copy")),
        (form_b(UNSIGNED, is_transcribed=True), 1, ("unknown", "signed_by_hand")),
        (form_b(BY_ANNA), 0, ("met", "signed_by_delegate")),
        (form_b(by(signer(), signer(ANNA))), 0, ("met", "signed_by_delegate")),
    ],
)
def test_a_delegate_signs_by_leave_of_the_legal_representative(delegation, others, answer):
    forms = [form_a(SIGNED, role="delegate"), *([delegation] if delegation else [])]

    assert said(judged(*forms, others=others)) == answer


def test_a_delegate_may_sign_the_form_that_names_the_legal_representative():
    names_anna = {
        "enterprise": {"codice_fiscale": COMPANY},
        "signatory": {"role": "legal_representative", "codice_fiscale": ANNA},
    }
    form = ReadForm("form-a", "main", "a.pdf", names_anna, signatures=SIGNED)

    assert said(judged(form)) == ("unmet", "signed_by_another")
    assert said(judged(form, form_b(BY_ANNA))) == ("met", "signed_by_delegate")


def test_a_form_that_names_no_enterprise_has_no_delegation_of_its_own():
    signatory = {"signatory": {"role": "delegate", "codice_fiscale": PERSON}}
    form = ReadForm("form-a", "main", "a.pdf", signatory, signatures=SIGNED)

    answer = judged(form, form_b(BY_ANNA))

    assert said(answer) == ("unknown", "field_not_read")
    assert answer.parameters == {"form": "form-a", "field": "enterprise.codice_fiscale"}


def test_the_empty_field_of_a_delegation_is_named():
    answer = judged(form_a(SIGNED, role="delegate"), form_b(BY_ANNA, written={"delegate": {}}))

    assert answer.parameters == {"form": "form-b", "field": "delegation.delegate.codice_fiscale"}


@pytest.mark.parametrize("number", [ANNA, OTHER], ids=["principal", "delegate"])
def test_a_delegation_by_somebody_the_form_does_not_name_lets_nobody_sign(number):
    """Otherwise whoever signs a form could add a paper that makes him its legal representative."""
    delegation = form_b(BY_ANNA, written={"delegate": {"codice_fiscale": OTHER}})

    assert said(judged(form_a(by(signer(number))), delegation)) == ("unmet", "signed_by_another")


def test_the_legal_representative_may_sign_what_the_delegate_was_to_sign():
    assert said(judged(form_a(BY_ANNA, role="delegate"), form_b(UNSIGNED))) == (
        "met",
        "signed_by_representative",
    )


def test_of_two_signatures_the_one_not_checked_is_said():
    unchecked = by(signer(ANNA, revocation=Revocation.NOT_CHECKED))

    answer = judged(form_a(SIGNED, role="delegate"), form_b(unchecked), wanted=LENIENT)

    assert said(answer) == ("met", "signed_by_delegate_unchecked")


# --- whom a signature makes known --------------------------------------------------------------------------


def of(day: int) -> FilingFacts:
    """A filing that Bruno signed on this day of July."""
    return FilingFacts(forms=(form_a(by(signer(claimed_at=rome(2025, 7, day)))),))


@pytest.mark.parametrize("before", [[of(1), of(3)], [of(3), of(1)]], ids=["as signed", "as read"])
def test_only_what_was_signed_after_everything_else_vouches(before):
    assert not is_vouched_for(of(2), before)
    assert not is_vouched_for(of(3), before)
    assert is_vouched_for(of(4), before)


def along(day: int) -> FilingFacts:
    """A filing that names Bruno and that Anna alone signed on this day of July."""
    return FilingFacts(forms=(form_a(by(signer(ANNA, claimed_at=rome(2025, 7, day)))),))


def naming_anna(day: int) -> FilingFacts:
    """A filing that Anna signed on this day of July, and that says she may."""
    signatures = by(signer(ANNA, claimed_at=rome(2025, 7, day)))
    facts = {"signatory": {"role": "legal_representative", "codice_fiscale": ANNA}}
    return FilingFacts(forms=(ReadForm("form-a", "main", "a.pdf", facts, signatures=signatures),))


def test_only_who_might_sign_both_times_vouches():
    assert is_vouched_for(naming_anna(2), [naming_anna(1)])
    assert not is_vouched_for(naming_anna(2), [along(1)])
    assert not is_vouched_for(along(2), [naming_anna(1)])


def test_what_somebody_signed_without_being_asked_still_makes_an_older_signature_old():
    assert not is_vouched_for(naming_anna(2), [naming_anna(1), along(3)])


# --- by hand -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "others", "answer"),
    [
        (form_a(UNSIGNED), 0, ("unknown", "no_digital_signature")),
        (form_a(UNSIGNED), 1, ("unknown", "no_digital_signature")),
        (form_a(UNSIGNED, is_transcribed=True), 0, ("unmet", "by_hand_without_copy")),
        (form_a(UNSIGNED, is_transcribed=True), 1, ("unknown", "signed_by_hand")),
        (form_a(UNSIGNED, is_transcribed=True, has_other_pages=True), 0, ("unknown", "signed_by_hand")),
        (form_a(UNSIGNED, is_transcribed=True, is_signed_by_hand=False), 1, ("unknown", "no_ink")),
        (form_a(SIGNED, is_transcribed=True), 0, ("met", "signed_by_representative")),
    ],
)
def test_a_signature_by_hand_is_for_a_person_to_compare(form, others, answer):
    assert said(judged(form, others=others)) == answer


def test_a_call_that_takes_no_signature_by_hand_refuses_a_form_without_another():
    form = form_a(UNSIGNED)

    assert said(judged(form, wanted=ONLY_QUALIFIED)) == ("unmet", "not_signed")
    assert said(judged(form, wanted=ONLY_QUALIFIED, others=1)) == ("unknown", "not_signed_here")


def test_a_signed_file_beside_the_form_may_hold_the_signature():
    form = form_a(UNSIGNED)
    papers = (
        Paper("a.pdf", "0" * 64, form="form-a"),
        Paper("tutto.zip.p7m", "1" * 64, signatures=SIGNED, is_accounted_for=True),
    )
    facts = FilingFacts(JULY, InstantKind.ACCEPTED, "id", (form,), papers)

    answer = signed_by_the_right_person(facts, FRAME, ONLY_QUALIFIED)

    assert said(answer) == ("unknown", "not_signed_here")
    assert answer.evidence[-1].attachment == "tutto.zip.p7m"
