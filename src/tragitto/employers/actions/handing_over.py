"""Handing the admitted filings of a call over: the package is made from what was admitted alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.queries import organisation_named
from tragitto.cases import actions as cases
from tragitto.cases import permissions
from tragitto.cases.holding import admitted_held, not_allowed
from tragitto.cases.models import HandOver
from tragitto.employers import queries
from tragitto.employers.handing import readme
from tragitto.employers.queries.hand_overs import Preview
from tragitto.employers.rules import packages
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, Stale
from tragitto.records import queries as records
from tragitto.records import stores
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import FormRole


@transaction.atomic
def hand_over(*, call: Call, duty: str, recipient: str, seal: str, actor: Actor, at: datetime) -> HandOver:
    """Hand over to `recipient` what `queries.preview` showed under `seal`, and keep the package.

    Raises `NotAllowed`; `Stale` when something of it has changed since; `Blocked` when there is nothing to
    hand over or a document is damaged; `NotFound` when the call promises nothing to the recipient.
    """
    admitted_held(call)
    if not permissions.may(actor, "case.hand_over", call):
        raise not_allowed("case.hand_over")
    shown = queries.preview(actor=actor, call=call, duty=duty, recipient=recipient)
    if shown.seal != seal:
        text = _("What would be handed over has changed since you looked: look again, then hand over.")
        raise Stale(Finding("changed_since", text))

    return cases.hand_over(call=call, parcel=_parcel(call, shown, actor, at), actor=actor, at=at)


def _parcel(call: Call, shown: Preview, actor: Actor, at: datetime) -> cases.Parcel:
    spec, recipient = shown.spec, shown.recipient
    cover = packages.Cover(
        code=new_code("H"),
        scheme=call.scheme.code,
        call=call.code,
        office=actor.organisation,
        recipient=recipient.code,
        duty=spec.duty,
        basis=spec.basis,
        citation=spec.citation,
        facts=spec.facts,
        consent=spec.consent,
        made_at=at,
    )
    main = call.forms.filter(role=FormRole.MAIN).first()
    form = schemes.form_spec(main) if main else None
    words = readme(
        cover,
        title=spec.title,
        office=organisation_named(actor.organisation).name,
        recipient=recipient.name,
        form=form,
    )
    contents = [each.content for each in shown.chosen]
    files = packages.made_files(cover, contents, _documents(shown), words)
    return cases.Parcel(
        code=cover.code,
        recipient=recipient,
        promise=spec,
        package=packages.packed(files, at),
        manifest_hash=sha256_hex(files[packages.MANIFEST]),
        contents={each.expression.case: each.content for each in shown.chosen},
        left_out={each.expression.case.code: each.why for each in shown.left_out},
    )


def _documents(shown: Preview) -> dict[str, bytes]:
    """The content of each document by its name in the package, checked against its hash."""
    found: dict[str, bytes] = {}
    damaged: list[Finding] = []
    for each in shown.chosen:
        for name, document in each.documents.items():
            try:
                found[name] = records.content(document)
            except (stores.ContentMissing, stores.ContentChanged):
                text = _("A document of {filing} is damaged: have it restored from the backup first.")
                told = str(text).format(filing=each.expression.code)
                damaged.append(Finding("document_damaged", told, {"document": document.code}))
    if damaged:
        raise Blocked(damaged)
    return found
