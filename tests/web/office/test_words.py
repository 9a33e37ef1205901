"""The office's words: every closed word and every reason is said, sentences take the facts they are given."""

from string import Formatter

import pytest
from django.utils import translation

from tragitto.cases.queries import RECALL
from tragitto.employers.queries.enquiries import CALL_BACK
from tragitto.employers.rules import ReadForm
from tragitto.employers.vocabulary import (
    ContactChannel,
    ContactOutcome,
    EnquiryState,
    InstantKind,
    LeftOut,
    LetterKind,
    Withheld,
)
from tragitto.employers.vocabulary import Verdict as Judged
from tragitto.law.vocabulary import Confidence, Unit
from tragitto.records.vocabulary import (
    Act,
    Direction,
    Kind,
    MessageState,
    OutgoingDecision,
    OutgoingState,
    Problem,
    Step,
    Verdict,
    VirusState,
)
from tragitto.schemes import vocabulary as schemes
from tragitto.schemes.pack import FieldSpec, FormSpec, GroupSpec
from tragitto.web.office import mail_words, sign_words, words
from tragitto.web.parts import counts, filed, handing
from tragitto_pec.paper import SUSPICIOUS
from tragitto_pec.reasons import codes
from tragitto_pec.signatures import vocabulary as signatures
from tragitto_pec.signatures.reasons import codes as signature_codes
from tragitto_pec.vocabulary import Weight

#: As `tragitto_pec.forms.read_fields` lists them, and the word of a process that was ended.
FORM_PROBLEMS = (
    "not-a-pdf", "too-large", "encrypted", "too-many-pages", "too-many-fields", "no-form", "unreadable",
    "stopped",
)  # fmt: skip
EACH = dict.fromkeys(("it", "fr", "ar", "en"), "words")
CLOSED = {
    "act": Act,
    "archive_problem": ("encrypted", "stopped", "too-dense", "too-large", "too-many-files", "unreadable"),
    "call": schemes.CallStatus,
    "chain": signatures.Chain,
    "changes": signatures.Changes,
    "check": VirusState,
    "confidence": Confidence,
    "contact_channel": ContactChannel,
    "contact_outcome": ContactOutcome,
    "container": [word for word in signatures.Container if word],
    "danger": {*SUSPICIOUS, "encrypted", "jbig2", "unseen"},
    "direction": Direction,
    "letter": LetterKind,
    "disclosure": schemes.Disclosure,
    "door": ("cli", "demonstration", "folder", "office", "sign-in", "task"),
    "duty": schemes.DutyKind,
    "enquiry": EnquiryState,
    "failing": schemes.Failing,
    "form": schemes.FormRole,
    "form_problem": FORM_PROBLEMS,
    "given": ("by_hand", "by_portfolio"),
    "instant": InstantKind,
    "integrity": signatures.Integrity,
    "judgement": Judged,
    "kind": Kind,
    "left_out": LeftOut,
    "message": MessageState,
    "outcome": schemes.Outcome,
    "outgoing": OutgoingState,
    "phase": schemes.Phase,
    "place": schemes.PlaceRule,
    "problem": Problem,
    "proof": ("accepted", "delivered", "failed", "missing", "ordinary", "waiting", "warned"),
    "qualified": signatures.Qualified,
    "revocation": signatures.Revocation,
    "scan_problem": (*FORM_PROBLEMS[1:4], "no-code", "no-ocr", "no-template", "stopped", "unreadable"),
    "sending": OutgoingDecision,
    "signed": signatures.FileVerdict,
    "step": Step,
    "task": (CALL_BACK, RECALL),
    "unit": Unit,
    "verification": schemes.CheckKind,
    "verdict": Verdict,
    "weight": Weight,
    "withheld": Withheld,
}


@pytest.fixture(autouse=True)
def in_italian():
    with translation.override("it"):
        yield


def places(sentence: str) -> set[str]:
    return {name for _text, name, *_rest in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_every_closed_word_is_said(name):
    assert [value for value in CLOSED[name] if str(value) not in words.LISTS[name]] == []


def test_no_list_of_words_escapes():
    assert set(words.LISTS) == set(CLOSED)


def test_a_word_not_listed_speaks_for_itself():
    assert words.say("verdict", "dubious").text == "dubious"


def test_every_reason_of_a_reading_has_a_sentence_that_its_facts_can_fill():
    assert set(mail_words.SENTENCES) == set(codes())
    assert [
        code for code, text in codes().items() if places(str(mail_words.SENTENCES[code])) - places(text)
    ] == []


def test_every_reason_of_a_signature_has_a_sentence_that_its_facts_can_fill():
    said = sign_words.SENTENCES

    assert set(said) == set(signature_codes())
    assert [code for code, text in signature_codes().items() if places(str(said[code])) - places(text)] == []


def test_a_reason_without_its_facts_falls_back_on_its_own_words():
    reason = {"code": "daticert-unreadable", "text": "It cannot be read.", "facts": {}}

    assert mail_words.sentence(reason) == "It cannot be read."


def test_a_step_of_a_count_is_written_out_in_days():
    step = {"code": "days", "text": "{value} days: {day}.", "facts": {"value": 30, "day": "2025-06-18"}}

    assert counts.step_in_words(step) == "30 days: 18 giugno 2025."


def test_a_step_whose_facts_are_lost_still_speaks():
    assert counts.step_in_words({"text": "{value} days.", "facts": {}}) == "{value} days."


def test_a_cell_that_a_spreadsheet_would_run_is_made_text():
    assert b"'=1+1" in handing.as_table([["=1+1", "Bruno"]])


def form(**field: object) -> FormSpec:
    group = GroupSpec(name="enterprise", title=EACH)
    whole = {
        "name": "vat",
        "kind": schemes.FieldKind.TEXT,
        "label": EACH,
        "section": "enterprise",
        "fact": "vat",
    }
    return FormSpec(
        code="f",
        version=1,
        role=schemes.FormRole.MAIN,
        title=EACH,
        confidence=schemes.Confidence.SURE,
        groups=(group,),
        fields=(FieldSpec(**{**whole, **field}),),
    )


def shown(read: ReadForm, spec: FormSpec) -> filed.Answer:
    ((answer,),) = [section.answers for section in filed.sections(spec, read, {}, "en")]
    return answer


def test_an_empty_compulsory_field_is_shown_as_missing():
    answer = shown(ReadForm("f", "main", "f.pdf", {}, missing=("vat",)), form())

    assert (answer.value, answer.is_missing) == ("", True)


def test_a_field_that_could_not_be_understood_is_shown_as_such():
    answer = shown(ReadForm("f", "main", "f.pdf", {"vat": None}, unreadable=("vat",)), form())

    assert answer.is_unread


def test_a_day_is_shown_in_words():
    answer = shown(ReadForm("f", "main", "f.pdf", {"vat": "2025-06-18"}), form(kind=schemes.FieldKind.DATE))

    assert answer.value == "18 giugno 2025"


def test_a_chosen_code_is_shown_by_its_label():
    spec = form(kind=schemes.FieldKind.CHOICE)

    (section,) = filed.sections(spec, ReadForm("f", "main", "f.pdf", {"vat": "x"}), {"x": "Welder"}, "en")

    assert section.answers[0].value == "Welder"
