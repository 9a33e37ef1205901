"""Questions about drafts of filings on line: whose they are, what they say, what they still lack."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.employers import answer_words
from tragitto.employers.criteria.papers import Delegation, MissingCopy
from tragitto.employers.filling import filled
from tragitto.employers.models import DraftPaper, FilingDraft
from tragitto.employers.models.filings import FilingDraftQuerySet
from tragitto.employers.rules import pages as rules
from tragitto.employers.rules.identity import tidied
from tragitto.employers.vocabulary import PageState, PaperKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, NotFound
from tragitto.kernel.texts import Text, in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.blanks import blank_form
from tragitto.schemes.models import Call, Criterion, Form
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.registries import CRITERIA
from tragitto.schemes.rules import answers_from, as_written, read_filled, slots
from tragitto.schemes.vocabulary import FieldKind, FormRole
from tragitto_pec.signatures.vocabulary import FileVerdict

#: The judge whose parameters say what a delegate brings.
_DELEGATION = "delegation_complete"


def get_draft(actor: Actor, code: str) -> FilingDraft:
    """The draft of this code with its call, forms and papers; sent and discarded ones too.

    Raises `NotFound` for another person's. Three queries.
    """
    found = _whole(actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def drafts_of(actor: Actor) -> FilingDraftQuerySet:
    """The actor's unsent drafts with their calls, without the answers; the last saved first. One query."""
    own = FilingDraft.objects.visible_to(actor).filter(account=actor.code).unsent()
    return own.select_related("call").defer("answers").order_by("-saved_at", "-pk")


def progress(call: Call, answers: Mapping[str, Any]) -> tuple[int, int]:
    """How many pages these answers ask for, and how many of those are done. One query at most."""
    pages = rules.pages_of(_forms_of_call(call), answers)
    return len(pages), sum(page.state is PageState.DONE for page in pages)


def forms_of(draft: FilingDraft) -> list[FormSpec]:
    """The forms this draft needs, the main one first. No query for a draft got by `get_draft`."""
    return rules.forms_asked(_all_forms(draft), draft.answers)


def pages_of(draft: FilingDraft) -> tuple[rules.Page, ...]:
    """The pages of a draft in their order, with how far each has come. As `forms_of`."""
    return rules.pages_of(_all_forms(draft), draft.answers)


def page_of(draft: FilingDraft, form: str, group: str, row: int) -> rules.Page:
    """One page of a draft. Raises `NotFound` where the draft has none such."""
    for page in pages_of(draft):
        if page.key == (form, group, row):
            return page
    raise NotFound(f"{form}/{group}/{row}")


def offered(draft: FilingDraft, page: rules.Page) -> dict[str, object]:
    """What was answered elsewhere in the draft and may be offered on this page."""
    return rules.offered(_all_forms(draft), draft.answers, page)


def enterprise_number(draft: FilingDraft) -> str:
    """The codice fiscale of the enterprise that the draft is for, "" where it says none. As `forms_of`."""
    main = _all_forms(draft)[0]
    named = (slot.name for slot in slots(main) if slot.field.fact == "enterprise.codice_fiscale")
    return tidied(draft.answers.get(main.code, {}).get(next(named, ""), ""))


def missing(draft: FilingDraft) -> list[Finding]:
    """What must be filled in or mended before the draft can be sent, page by page; each says where.

    `facts` name form, group and row of the page. No query for a draft got by `get_draft`.
    """
    found: list[Finding] = []
    for page in pages_of(draft):
        form, group, row = page.key
        facts = {"form": form, "group": group, "row": row}
        labels = {slot.name: slot.field.label for slot in page.slots}
        for name in page.missing:
            place = (page.group.title, labels[name])
            found.append(Finding("not_answered", answer_words.about(place, _("not answered yet")), facts))
        for name, problem in page.problems.items():
            text = answer_words.about((page.group.title, labels[name]), answer_words.sentence(problem))
            found.append(Finding("to_mend", text, facts))
    return found


def advice(draft: FilingDraft) -> list[Finding]:
    """What does not keep the draft from being sent and should be looked at first: the office would ask.

    Answers that do not go together, lists that do not know a place, papers a delegate brings. One query.
    """
    said = rules.crossed(_all_forms(draft), draft.answers, draft.call.region.provinces)
    found = [Finding(one.code, answer_words.sentence(one)) for one in said]
    for page in pages_of(draft):
        labels = {slot.name: slot.field.label for slot in page.slots}
        form, group, row = page.key
        facts = {"form": form, "group": group, "row": row}
        found += [
            Finding(note.code, answer_words.about((labels[name],), answer_words.sentence(note)), facts)
            for name, note in page.notes.items()
        ]
    return [*found, *paper_advice(draft)]


def paper_advice(draft: FilingDraft) -> list[Finding]:
    """Of the advice what is about papers: those a delegate brings, and those to look at again. One query."""
    return [*_papers_wanted(draft), *_papers_to_look_at(draft)]


def filled_form(draft: FilingDraft, form_code: str) -> bytes:
    """A form of the call as PDF, filled in with what the draft says, to be signed.

    Our own reader reads the same answers in it. Raises `NotFound`. Takes a tenth of a second.
    """
    for form in _all_forms(draft):
        if form.code == form_code:
            blank = blank_form(
                call_code=draft.call.code,
                call_title=in_language(draft.call.title, "it"),
                form=form,
                language=draft.language,
                office=draft.call.publisher.name,
            )
            return filled(blank, as_written(form, draft.answers.get(form.code, {})))
    raise NotFound(form_code)


def declarations(draft: FilingDraft, *languages: str) -> list[dict[str, Any]]:
    """The texts of the declarations that sending makes: of each form its terms, and the boxes ticked.

    In these languages, and in Italian, which prevails; this is what is kept with what was sent.
    """
    return [
        {
            "form": form.code,
            "terms": _each(form.legal, languages),
            "declared": [
                {"place": field.name, "text": _each(field.label, languages)}
                for field in form.fields
                if field.kind is FieldKind.CHECKBOX
                and draft.answers.get(form.code, {}).get(field.name) is True
            ],
        }
        for form in forms_of(draft)
    ]


def _whole(actor: Actor) -> FilingDraftQuerySet:
    forms = Prefetch("call__forms", Form.objects.order_by("pk"))
    papers = Prefetch("papers", DraftPaper.objects.order_by("added_at", "pk"))
    return (
        FilingDraft.objects.visible_to(actor)
        .select_related("call__region", "call__publisher", "call__scheme", "expression__employer")
        .prefetch_related(forms, papers)
    )


def _all_forms(draft: FilingDraft) -> list[FormSpec]:
    return _forms_of_call(draft.call)


def _forms_of_call(call: Call) -> list[FormSpec]:
    # Sorted here and not asked in order: forms that were fetched with the call cost no query.
    rows = sorted(call.forms.all(), key=lambda form: (form.role != FormRole.MAIN, form.pk))
    return [schemes.form_spec(form) for form in rows]


def _papers_wanted(draft: FilingDraft) -> Iterable[Finding]:
    """What a delegate brings beside the forms, as this call's criterion says."""
    forms = forms_of(draft)
    if not any(form.role is FormRole.DELEGATION for form in forms):
        return
    kinds = {paper.kind for paper in draft.papers.all()}
    if PaperKind.SIGNED_DELEGATION not in kinds:
        text = _("The delegation signed by the legal representative is not among the papers yet.")
        yield Finding("delegation_wanted", text)
    if PaperKind.IDENTITY_COPY not in kinds and (meaning := _identity_copy(draft)):
        yield Finding("identity_copy_wanted", _COPY_WANTED[meaning])


def _papers_to_look_at(draft: FilingDraft) -> Iterable[Finding]:
    """Signed forms that bear no signature, or say something else than the answers."""
    by_code = {form.code: form for form in _all_forms(draft)}
    for paper in draft.papers.all():
        form = by_code.get(paper.reading.get("form", ""))
        facts = {"paper": paper.code}
        if form and paper.reading.get("verdict") == FileVerdict.UNSIGNED:
            unsigned = _("“{name}” bears no electronic signature.")
            yield Finding("paper_unsigned", unsigned.format(name=paper.name), facts)
        if form and (other := _says_otherwise(paper, form, draft)):
            text = _(
                "“{name}” says something else than your answers: {places}. Download it anew and sign it."
            )
            yield Finding("paper_differs", text.format(name=paper.name, places=", ".join(other)), facts)


def _says_otherwise(paper: DraftPaper, form: FormSpec, draft: FilingDraft) -> list[str]:
    """The labels of what a form on paper says otherwise than the draft."""
    mine = read_filled(form, as_written(form, draft.answers.get(form.code, {})))
    theirs = read_filled(form, paper.reading.get("fields") or {})
    if mine.facts == theirs.facts:
        return []
    words = as_written(form, answers_from(form, theirs.facts))
    ours = as_written(form, answers_from(form, mine.facts))
    language = get_language() or "it"
    return [
        in_language(slot.field.label, language)
        for slot in slots(form)
        if words.get(slot.name) != ours.get(slot.name)
    ]


def _identity_copy(draft: FilingDraft) -> MissingCopy | None:
    criterion = Criterion.objects.filter(call=draft.call, judge=_DELEGATION).first()
    if criterion is None:
        return None
    wanted: Delegation = CRITERIA.get(_DELEGATION).read(criterion.parameters)
    return None if wanted.identity_copy is MissingCopy.NOT_ASKED else wanted.identity_copy


def _each(text: Text, languages: Iterable[str]) -> Mapping[str, str]:
    return {code: in_language(text, code) for code in sorted({"it", *languages})}


_COPY_WANTED = {
    MissingCopy.REFUSE: _(
        "The copy of the legal representative's identity document is not among the papers: without it"
        " this call refuses what a delegate files."
    ),
    MissingCopy.COMPLETE: _(
        "The copy of the legal representative's identity document is not among the papers: without it"
        " the office will ask you for it."
    ),
}
