"""Papers beside a draft: looked into before they are kept, refused in words that say what to do."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.conftest import NOON
from tests.employers.sending import AS_BRUNO, BRUNO, answered, draft, taken
from tragitto.employers import actions
from tragitto.employers.actions import drafting_papers
from tragitto.employers.actions.taking_in import ContentChanged
from tragitto.employers.models import DraftPaper
from tragitto.employers.queries import drafts
from tragitto.employers.vocabulary import PaperKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.records import reader
from tragitto.records import scanner as scanning
from tragitto.records.models import Document
from tragitto.records.queries import content
from tragitto.records.scanner import Checked, ScannerSilent
from tragitto.records.vocabulary import CheckOutcome

ELIF = Actor("U-ELIF", door="portal")
MAIN = "domanda-on-line"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"a card, photographed"


@pytest.fixture(autouse=True)
def somewhere_to_keep_them(settings, tmp_path):
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def begun(emilia):
    """Bruno's draft, all of it answered, seen by him."""
    made = draft(emilia)
    return drafts.get_draft(BRUNO, made.code)


def attach(
    begun, content=PICTURE, *, kind=PaperKind.IDENTITY_COPY, name="card.png", actor=BRUNO
) -> DraftPaper:
    return actions.attach_paper(draft=begun, kind=kind, name=name, content=content, actor=actor, at=NOON)


def submit(begun):
    return actions.submit(draft=begun, identified=AS_BRUNO, actor=BRUNO, at=NOON)


def codes(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]


class Scanner:
    """Says the same of everything."""

    def __init__(self, outcome=None):
        self.outcome = outcome

    def check(self, content):
        if self.outcome is None:
            raise ScannerSilent
        threat = "Eicar-Test-Signature" if self.outcome is CheckOutcome.INFECTED else ""
        return Checked(self.outcome, threat, "made up")


def scanner(monkeypatch, outcome) -> None:
    monkeypatch.setattr(scanning, "current", lambda: Scanner(outcome))


def test_a_paper_is_kept_under_its_kind_and_name(begun):
    paper = attach(begun)

    assert (paper.kind, paper.name) == ("identity_copy", "card.png")
    assert (paper.sha256, paper.size, bytes(paper.content)) == (
        sha256(PICTURE).hexdigest(),
        len(PICTURE),
        PICTURE,
    )


def test_until_it_is_sent_a_paper_is_no_document(begun):
    """Documents are kept for ever; a draft may be thrown away."""
    attach(begun)

    assert not Document.objects.exists()


def test_what_is_sent_becomes_a_document_that_stays(begun):
    attach(begun, name="card.pdf")

    taken(submit(begun))

    paper = begun.papers.get()
    assert (paper.content, paper.document.sha256, paper.document.media_type) == (
        None,
        paper.sha256,
        "image/png",
    )
    assert content(paper.document) == PICTURE


def test_once_sent_a_paper_is_changed_in_nothing_else(begun):
    attach(begun)
    submit(begun)

    with pytest.raises(IntegrityError), transaction.atomic():
        begun.papers.update(name="other.png")
    with pytest.raises(IntegrityError), transaction.atomic():
        begun.papers.all().delete()


def test_what_was_damaged_meanwhile_is_not_taken_for_what_was_sent(begun):
    attach(begun)
    begun.papers.update(content=b"something else")

    with pytest.raises(ContentChanged):
        taken(submit(begun))


def test_the_same_file_again_is_the_same_paper(begun):
    attach(begun)

    attach(begun, kind=PaperKind.OTHER, name="other.png")

    assert list(begun.papers.values_list("kind", "name")) == [("other", "other.png")]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "empty.pdf", "paper_empty"),
        (b"MZ" + b"\0" * 100, "form.pdf", "paper_kind"),
        (b"just words", "words.txt", "paper_kind"),
        (b"PK\x03\x04" + b"\0" * 100, "papers.zip", "paper_kind"),
    ],
)
def test_what_is_no_page_is_refused(begun, content, name, code):
    with pytest.raises(Blocked) as refused:
        attach(begun, content, name=name)
    assert codes(refused) == [code]


def test_what_is_too_large_is_refused(begun, monkeypatch):
    monkeypatch.setattr(drafting_papers, "MOST_BYTES", len(PICTURE) - 1)

    with pytest.raises(Blocked) as refused:
        attach(begun)
    assert codes(refused) == ["paper_too_large"]


@pytest.mark.parametrize(("limit", "most"), [("MOST_PAPERS", 1), ("MOST_BYTES_TOGETHER", len(PICTURE) + 1)])
def test_what_is_too_much_together_is_refused(begun, monkeypatch, limit, most):
    monkeypatch.setattr(drafting_papers, limit, most)
    attach(begun)

    with pytest.raises(Blocked) as refused:
        attach(begun, PICTURE + b"!")
    assert codes(refused) == ["too_many_papers"]
    attach(begun, kind=PaperKind.OTHER)


def test_a_virus_is_not_kept(begun, monkeypatch):
    scanner(monkeypatch, CheckOutcome.INFECTED)

    with pytest.raises(Blocked) as refused:
        attach(begun)
    assert codes(refused) == ["paper_infected"]
    assert not begun.papers.exists()


def test_while_the_scanner_is_silent_nothing_is_taken(begun, monkeypatch):
    scanner(monkeypatch, None)

    with pytest.raises(Blocked) as refused:
        attach(begun)
    assert codes(refused) == ["paper_not_checked"]


def test_what_was_sent_is_checked_once_more_and_that_is_written_down(begun, monkeypatch):
    scanner(monkeypatch, CheckOutcome.CLEAN)
    attach(begun)

    taken(submit(begun))

    checks = begun.papers.get().document.virus_checks
    assert list(checks.values_list("outcome", flat=True)) == ["clean"]


def test_where_the_reader_gives_no_answer_the_paper_is_kept_unread(begun, monkeypatch):
    def stopped(*_args, **_more):
        raise reader.ReaderStopped

    monkeypatch.setattr(reader, "signed", stopped)

    assert attach(begun).reading == {}


def test_an_unsigned_form_is_named_and_does_not_stop_the_sending(begun):
    attach(begun, drafts.filled_form(begun, MAIN), kind=PaperKind.SIGNED_FORM, name="form.pdf")

    again = drafts.get_draft(BRUNO, begun.code)
    assert [finding.code for finding in drafts.advice(again)] == ["paper_unsigned"]
    assert drafts.missing(again) == []


def test_a_form_that_says_something_else_than_the_answers_is_named(begun):
    attach(begun, drafts.filled_form(begun, MAIN), kind=PaperKind.SIGNED_FORM, name="form.pdf")
    changed = {**answered(begun.call), "contact_phone": "+390359999999"}
    actions.save_page(draft=begun, form=MAIN, answers=changed, revision=begun.revision, actor=BRUNO, at=NOON)

    with translation.override("en"):
        (_unsigned, differs) = drafts.advice(drafts.get_draft(BRUNO, begun.code))
        told = str(differs.text)
    assert told == (
        "“form.pdf” says something else than your answers: Telephone. Download it anew and sign it."
    )


def test_a_paper_is_taken_away(begun):
    actions.drop_paper(paper=attach(begun), actor=BRUNO, at=NOON)

    assert not begun.papers.exists()


def test_taken_away_twice_it_is_told_once(begun):
    paper = attach(begun)

    for _time in range(2):
        actions.drop_paper(paper=paper, actor=BRUNO, at=NOON)

    assert Entry.objects.filter(verb="draft.paper_dropped").count() == 1


def test_what_was_thrown_away_or_forgotten_is_nowhere(begun):
    attach(begun)

    actions.discard_draft(draft=begun, actor=BRUNO, at=NOON)

    assert not DraftPaper.objects.exists()
    assert not Document.objects.exists()


def test_another_persons_papers_are_left_alone(begun):
    paper = attach(begun)

    with pytest.raises(NotAllowed):
        attach(begun, actor=ELIF)
    with pytest.raises(NotAllowed):
        actions.drop_paper(paper=paper, actor=ELIF, at=NOON)


def test_the_ledger_never_names_the_file(begun):
    paper = attach(begun, name="carta di Anna Bianchi.png")

    entry = Entry.objects.get(verb="draft.paper_attached")
    assert entry.facts == {"kind": "identity_copy", "sha256": paper.sha256}
