"""Sending: what was answered on line is acknowledged, at the moment it came, once and for ever."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers import jobs
from tragitto.employers.models import FilingDraft, Submission
from tragitto.employers.queries import drafts
from tragitto.employers.queries.co_signing import co_signature_in
from tragitto.employers.queries.submissions import held_draft
from tragitto.employers.rules import Identified
from tragitto.employers.vocabulary import SubmissionState
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes import queries as schemes
from tragitto.schemes.rules import as_written
from tragitto.schemes.vocabulary import CallStatus

#: What this document is, for whoever finds it in a hundred years, and the version of its shape.
KIND, SHAPE = "filing on line", 1


@transaction.atomic
def submit(
    *,
    draft: FilingDraft,
    identified: Identified | None,
    language: str = "",
    actor: Actor,
    at: datetime,
) -> Submission:
    """Send `draft`: acknowledge what it says, as of `at`, under a code of its own.

    `at` is when it was asked; what was written after that, by another device meanwhile, moves the instant.
    Writes the submission with its content, and that the draft was sent; everything else follows in the
    background. `identified` is who signed in, where a digital identity says so; `language` the one in which
    they read the declarations, where it is another than that of the draft. One that comes too late is
    taken and judged late like any other. The same draft again gives the same submission. Raises
    `NotAllowed` for somebody else's draft; `Blocked` when it was thrown away, while something is missing,
    before the call opens, or when the call takes no filings on line.
    """
    held = held_draft(actor, draft.pk)
    if held is None or actor.code != held.account:
        raise NotAllowed(Finding("another_person", _("Only the person who wrote this draft may send it.")))
    if held.sent_at:
        return held.submission
    at = max(at, _last_change(held))
    if findings := unfit(held, at):
        raise Blocked(findings)

    code = new_code("S")
    held.language = language or held.language
    signers = [*_sender(identified, held.language, actor, at), *_co_signer(held)]
    content = canonical_json(_document(code, held, signers, at))
    submission = Submission.objects.create(
        code=code,
        draft=held,
        call=held.call,
        account=held.account,
        received_at=at,
        content=content.decode(),
        sha256=sha256_hex(content),
        state=SubmissionState.RECEIVED,
    )
    held.sent_at = at
    held.save(update_fields=["sent_at", "language"])
    facts = {"call": held.call.code, "draft": held.code, "sha256": submission.sha256}
    record("filing.sent", subject=code, actor=actor, at=at, facts=facts)
    transaction.on_commit(jobs.wake, robust=True)
    return submission


def unfit(draft: FilingDraft, at: datetime) -> list[Finding]:
    """What keeps a draft from being sent; empty where nothing does. One query at most."""
    if draft.discarded_at:
        return [Finding("discarded", _("This draft was thrown away: begin another one."))]
    if draft.call.status == CallStatus.DRAFT or not schemes.takes_online(draft.call):
        text = _(
            "This call takes no filings on line: download the form, sign it and send it by certified mail."
        )
        return [Finding("not_on_line", text)]
    if _is_early(draft, at):
        text = _("The call has not opened yet: your answers are kept, send them once it has.")
        return [Finding("not_open_yet", text)]
    return [*drafts.missing(draft), *_of_another(draft)]


def _of_another(draft: FilingDraft) -> list[Finding]:
    """What keeps a supplement from becoming the filing of another enterprise than the one it completes."""
    number = drafts.enterprise_number(draft)
    if draft.expression is None or number in ("", draft.expression.employer.codice_fiscale):
        return []
    text = _(
        "This completes what was filed for the enterprise {number}: give its codice fiscale. For another"
        " enterprise begin a new answer to the call; if the number filed was wrong, write to the office."
    )
    words = text.format(number=draft.expression.employer.codice_fiscale)
    return [Finding("another_enterprise", words)]


def _last_change(draft: FilingDraft) -> datetime:
    """The last moment at which something was added to what is sent."""
    signature = getattr(draft, "co_signature", None)
    moments: list[datetime] = [draft.saved_at, *(paper.added_at for paper in draft.papers.all())]
    if signature and signature.signed_at:
        moments.append(signature.signed_at)
    return max(moments)


def _is_early(draft: FilingDraft, at: datetime) -> bool:
    """Whether no window of the call has opened by then."""
    opens = [window.opens_at for window in draft.call.windows.all()]
    return bool(opens) and all(each is not None and at < each for each in opens)


def _document(
    code: str, draft: FilingDraft, signers: list[dict[str, object]], at: datetime
) -> dict[str, object]:
    """What is kept of a filing: answers as words on paper, what was declared, papers, who signed in."""
    return {
        "kind": KIND,
        "shape": SHAPE,
        "code": code,
        "draft": draft.code,
        "call": draft.call.code,
        "supplements": draft.expression.code if draft.expression else "",
        "received_at": at,
        "language": draft.language,
        "account": draft.account,
        "identified": signers,
        "forms": [
            {
                "form": form.code,
                "version": form.version,
                "answers": as_written(form, draft.answers.get(form.code, {})),
            }
            for form in drafts.forms_of(draft)
        ],
        "declarations": drafts.declarations(
            draft, *(str(signer["language"]) for signer in signers), draft.language
        ),
        "papers": [
            {
                "code": paper.code,
                "kind": paper.kind,
                "name": paper.name,
                "sha256": paper.sha256,
                "size": paper.size,
            }
            for paper in draft.papers.all()
        ],
    }


def _sender(
    identified: Identified | None, language: str, actor: Actor, at: datetime
) -> list[dict[str, object]]:
    if identified is None:
        return []
    return [_signer(actor.code, identified.codice_fiscale, identified.means, at, language)]


def _co_signer(draft: FilingDraft) -> list[dict[str, object]]:
    """The legal representative who signed with who sends it; what was signed must be what is sent."""
    signature = co_signature_in(draft)
    if signature is None or signature.signed_at is None:
        return []
    number, moment = signature.codice_fiscale, signature.signed_at
    return [_signer(signature.account, number, signature.means, moment, signature.language)]


def _signer(account: str, codice_fiscale: str, means: str, at: datetime, language: str) -> dict[str, object]:
    """Who stands for what was sent, and the language in which they read what they declared."""
    return {
        "account": account,
        "codice_fiscale": codice_fiscale,
        "means": means,
        "language": language,
        "at": at.isoformat(),
    }
