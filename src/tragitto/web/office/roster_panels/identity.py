"""The part of a person's file on who they are: each document with its photo beside what the person said."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.queries import names_of
from tragitto.candidates import permissions, words
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import identity, people
from tragitto.candidates.queries.identity import DocumentView
from tragitto.candidates.vocabulary import FilePurpose, SeenAs
from tragitto.candidates.words.documents import doubt_finding
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import IdentityKind
from tragitto.web.office.forms.identity import ConfirmForm, PhotoForm
from tragitto.web.office.identity_words import FIELDS, FOUND_IN
from tragitto.web.office.roster_panels import Panel

TEMPLATE = "office/roster/identity.html"


@dataclass(frozen=True)
class Shown:
    """A document with its title, its doubts in words, and the form that confirms it, if this actor may."""

    view: DocumentView
    title: Mapping[str, str]
    doubts: tuple[str | Promise, ...]
    form: ConfirmForm | None


def panel(
    actor: Actor,
    candidate: Candidate,
    *,
    confirming: Mapping[str, ConfirmForm] | None = None,
    photo: PhotoForm | None = None,
) -> Panel | None:
    """Who the person is. `confirming` holds a refused form by the code of its document, `photo` another."""
    if not candidate.is_sent:
        return None
    may_confirm = permissions.may(actor, "candidate.confirm_identity", candidate)
    may_write = permissions.may(actor, "candidate.identify", candidate)
    titles = {each.kind: each.title for each in roster_of(candidate.scheme_id).identities}
    views = identity.document_views(candidate, on=timezone.localdate(clock.now()))
    forms = {each.document.code: _form(each, actor, confirming or {}) for each in views if may_confirm}
    shown = [
        Shown(
            view=each,
            title=titles.get(IdentityKind(each.document.kind), {}),
            doubts=tuple(doubt_finding(doubt).text for doubt in each.doubts),
            form=forms.get(each.document.code),
        )
        for each in views
    ]
    person = candidate.identity
    writers = [each.view.document.added_by for each in shown] + [person.confirmed_by]
    context = {
        "documents": shown,
        "loose": list(identity.loose_files(candidate, FilePurpose.IDENTITY)),
        "person": person,
        "variants": list(candidate.name_variants.order_by("script", "surnames", "given_names")),
        "fields": FIELDS,
        "found_in": titles,
        "ways": FOUND_IN,
        "standings": words.STANDING,
        "tongues": words.TONGUE,
        "registrars": people.registrars(candidate),
        "people": names_of(writers),
        "may_see": permissions.may(actor, "candidate.see_file", candidate),
        "may_write": may_write,
        "photo": (photo or PhotoForm(prefix="photo")) if may_write else None,
    }
    return Panel(TEMPLATE, _("Who this person is"), context)


def _form(view: DocumentView, actor: Actor, refused: Mapping[str, ConfirmForm]) -> ConfirmForm | None:
    """The form that confirms a document; none for who wrote it down, and none once it is done."""
    code = view.document.code
    if view.is_confirmed or view.document.added_by == actor.code:
        return None
    seen = SeenAs.PHOTO if view.files else SeenAs.PAPER
    return refused.get(code) or ConfirmForm(prefix=code, initial={"seen": seen})
