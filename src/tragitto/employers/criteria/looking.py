"""What several judges say alike: a form that is not there, a field that says nothing, where one looked."""

from tragitto.employers.rules import Evidence, FilingFacts, Judged, Paper, ReadForm
from tragitto.employers.vocabulary import State


def at(form: ReadForm, *facts: str) -> tuple[Evidence, ...]:
    """The fields of the form that hold these facts."""
    return tuple(Evidence(form.code, form.fields.get(fact, fact), form.attachment) for fact in facts)


def whole(form: ReadForm) -> Evidence:
    """The form as such, in its file."""
    return Evidence(form=form.code, attachment=form.attachment)


def files(papers: tuple[Paper, ...]) -> tuple[Evidence, ...]:
    """These files."""
    return tuple(Evidence(attachment=paper.attachment) for paper in papers)


def no_form(facts: FilingFacts, form: str) -> Judged:
    """Without the main form nothing is known about the employer; what is asked of the form says the rest."""
    return Judged(State.UNKNOWN, "form_not_read", {"form": form}, files(facts.unread))


def not_read(facts: FilingFacts, form: str, looked: tuple[Evidence, ...] = ()) -> Judged:
    """A form is not there: unknown while a file is left that could be it, missing otherwise."""
    if facts.unread:
        return Judged(State.UNKNOWN, "form_not_read", {"form": form}, (*looked, *files(facts.unread)))
    return Judged(State.UNMET, "form_missing", {"form": form}, looked)


def missing(form: ReadForm, fact: str) -> Judged:
    """A field says nothing that could be read."""
    name = form.fields.get(fact, fact)
    return Judged(State.UNKNOWN, "field_not_read", {"form": form.code, "field": name}, at(form, fact))


def incomplete(form: ReadForm) -> Judged | None:
    """Says no when a compulsory field of the form is empty."""
    if not form.missing:
        return None
    return Judged(State.UNMET, "fields_missing", *_named(form, form.missing))


def unclear(form: ReadForm) -> Judged | None:
    """Says unknown when a field could not be understood, or the pages show something else than they hold."""
    if form.unreadable:
        return not_understood(form, form.unreadable)
    if differing := form.seen_otherwise():
        return Judged(State.UNKNOWN, "seen_otherwise", *_named(form, differing))
    if form.is_unseen:
        return Judged(State.UNKNOWN, "pages_not_seen", {"form": form.code}, (whole(form),))
    return None


def not_understood(form: ReadForm, fields: tuple[str, ...]) -> Judged:
    """Something stands in these places that could not be read."""
    return Judged(State.UNKNOWN, "fields_not_understood", *_named(form, fields))


def unless_unclear(facts: FilingFacts, judged: Judged) -> Judged:
    """The answer of a judge, unless a field it rests on is not clear: then unknown.

    Whoever signed a form signed what was seen; the value beneath may say something else. And nobody is
    refused for what could not be read. Where the judge looked stands in its evidence, so this holds for
    every judge there is.
    """
    if judged.state is State.UNKNOWN:
        return judged
    for one in judged.evidence:
        form = facts.form(one.form) if one.field else None
        if form and (differing := form.seen_otherwise(one.field)):
            return Judged(State.UNKNOWN, "seen_otherwise", *_named(form, differing))
        if form and judged.state is State.UNMET and (unread := form.not_read(one.field)):
            return not_understood(form, unread)
    return judged


def _named(form: ReadForm, names: tuple[str, ...]) -> tuple[dict[str, str], tuple[Evidence, ...]]:
    values = {"form": form.code, "fields": ", ".join(names)}
    return values, tuple(Evidence(form.code, name, form.attachment) for name in names)
