"""Begins a call in the office, from nothing or from an earlier one, and changes it while it is a draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.kernel.texts import missing_languages
from tragitto.ledger.actions import record
from tragitto.schemes import permissions, queries, rules
from tragitto.schemes.actions import relating, rows
from tragitto.schemes.models import Call, Journey, Region, Scheme
from tragitto.schemes.pack import CallSpec, WholeCall
from tragitto.schemes.vocabulary import CallStatus, CountedInstant, Disclosure, FormRole, PlaceRule, Subject

#: What a copy does not take over, for it belongs to one act alone.
OWN = ("act", "act_on", "windows", "calendar")
#: Problems that the rows cannot hold; every other one may stand in a draft until it is mended.
UNWRITABLE = frozenset(
    {
        "duplicated_code",
        "ends_before_it_starts",
        "main_form",
        "unknown_form",
        "unknown_journey",
        "unknown_organisation",
        "unknown_region",
        "unknown_zone",
        "windows_overlap",
        "wrong_gap",
    }
)


@transaction.atomic
def begin_draft(
    *,
    code: str,
    region: Region,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    copied_from: Call | None = None,
    actor: Actor,
    at: datetime,
) -> Call:
    """Begin a call of the actor's body for ``region``; a copy takes over all but the act and its dates.

    In a scheme that is rehearsed, the draft is a rehearsal too. Raises ``NotAllowed`` for a body that does
    not publish in the region, ``Blocked`` when the code is taken, a language is missing, the scheme has no
    journey of expressions, or the copied call belongs to another scheme.
    """
    scheme = Scheme.objects.select_for_update().get(pk=region.scheme_id)
    if not permissions.may_begin(actor, region):
        raise NotAllowed(
            Finding("may_not_begin", _("Only a body that publishes in this region begins a call."))
        )
    if findings := _beginnings(code, title, summary, copied_from, scheme):
        raise Blocked(findings)

    own: dict[str, Any] = {"code": code, "region": region.code, "publisher": actor.organisation}
    own |= {"title": dict(title), "summary": dict(summary)}
    whole = _copied(copied_from, own) if copied_from else WholeCall(call=_blank(scheme, own))
    more: dict[str, object] = {
        "copied_from": copied_from,
        "drafters": [actor.code],
        "is_rehearsal": scheme.calls.filter(is_rehearsal=True).exists(),
    }
    journey = _journey(scheme, whole.call.journey)
    call = rows.write(whole=whole, scheme=scheme, journey=journey, more=more, actor=actor, at=at)
    relating.relate(call=call, links=whole.call.related, actor=actor, at=at)
    facts = {"content": call.content_hash, "copied_from": copied_from.code if copied_from else ""}
    record("call.begun", subject=call.code, actor=actor, at=at, facts=facts)
    return call


@transaction.atomic
def revise_draft(*, call: Call, whole: WholeCall, seen: str, actor: Actor, at: datetime) -> Call:
    """Let the draft say ``whole``; code and publisher stay, links have verbs of their own.

    ``seen`` = the content hash from which the changes began. What the check finds wrong may stay in a
    draft and keeps it from being passed or published. Raises ``Stale`` when the call is no draft or
    somebody changed it since, ``NotAllowed``, and ``Blocked`` for what the rows cannot hold.
    """
    call = _locked(call)
    if call.status != CallStatus.DRAFT:
        raise Stale(Finding("call_not_a_draft", _("This call is not a draft any more.")))
    if not permissions.may_draft(actor, call):
        raise NotAllowed(Finding("may_not_draft", _("Only the body that publishes this call changes it.")))
    if seen != call.content_hash:
        text = _("Somebody has changed this draft since you opened the page: load it again.")
        raise Stale(Finding("draft_moved_on", text))
    kept = {"code": call.code, "publisher": call.publisher.code}
    whole = msgspec.structs.replace(whole, call=msgspec.structs.replace(whole.call, **kept))
    if findings := _unwritable(call, whole, actor):
        raise Blocked(findings)

    journey = _journey(call.scheme, whole.call.journey)
    if rules.call_hash(whole, call.is_rehearsal, journey.code, journey.version) == call.content_hash:
        return call
    drafters = [*dict.fromkeys([*call.drafters, actor.code])]
    more: dict[str, object] = {"drafters": drafters, "is_rehearsal": call.is_rehearsal}
    call = rows.write(whole=whole, scheme=call.scheme, journey=journey, more=more, actor=actor, at=at)
    record("call.drafted", subject=call.code, actor=actor, at=at, facts={"content": call.content_hash})
    return call


def _locked(call: Call) -> Call:
    """The call with what belongs to it, held until the end of the transaction."""
    held = Call.objects.select_for_update(of=("self",))
    return held.select_related("scheme", "publisher", "journey", "region").get(pk=call.pk)


def _beginnings(
    code: str, title: Mapping[str, str], summary: Mapping[str, str], copied: Call | None, scheme: Scheme
) -> list[Finding]:
    found = []
    if Call.objects.filter(code=code).exists():
        found.append(Finding("code_taken", _("Another call has this code: choose another one.")))
    if missing_languages(title) or missing_languages(summary):
        text = _("Title and summary must speak all four languages.")
        found.append(Finding("missing_language", text))
    if copied is not None and copied.scheme_id != scheme.pk:
        text = _("A call is copied within its scheme: choose a region of the same scheme.")
        found.append(Finding("copy_of_another_scheme", text))
    if copied is None and not scheme.journeys.filter(subject=Subject.EXPRESSION).exists():
        text = _("This scheme has no journey of expressions: load it with its pack first.")
        found.append(Finding("unknown_journey", text))
    return found


def _blank(scheme: Scheme, own: Mapping[str, Any]) -> CallSpec:
    journey = scheme.journeys.filter(subject=Subject.EXPRESSION).order_by("-version", "code")[0]
    return CallSpec(
        **own,
        journey=journey.code,
        zone="Europe/Rome",
        counted_instant=CountedInstant.ACCEPTED,
        place_rule=PlaceRule.FIRST_COMPLETE,
        disclosure=Disclosure.ANONYMOUS_UNTIL_ACCEPTED,
        review_term="",
        four_eyes=True,
    )


def _copied(call: Call, own: Mapping[str, Any]) -> WholeCall:
    """What ``call`` says today, without what is its act's alone and without answers nobody asks for."""
    whole = queries.as_corrected(call)
    gaps = tuple(gap for gap in whole.call.gaps if gap.path.split(".")[0] not in OWN)
    emptied = {"act": "", "act_on": None, "windows": (), "calendar": (), "gaps": gaps}
    spec = msgspec.structs.replace(whole.call, **own, **emptied)
    asked = {each.about for each in rules.lint(spec, whole.notice, forms=whole.forms)}
    kept = tuple(each for each in spec.choices if each.about in asked or rules.is_own_question(each))
    return msgspec.structs.replace(whole, call=msgspec.structs.replace(spec, choices=kept))


def _unwritable(call: Call, whole: WholeCall, actor: Actor) -> list[Finding]:
    problems = queries.problems_of(whole, call.scheme)
    found = [
        Finding(each.code, each.text, {"path": each.path, "matter": each.matter})
        for each in problems
        if each.code in UNWRITABLE and not _may_wait(each, whole)
    ]
    region = Region.objects.filter(scheme=call.scheme, code=whole.call.region).first()
    if region is not None and region != call.region and not permissions.may_begin(actor, region):
        text = _("Only a body that publishes in this region begins a call.")
        found.append(Finding("may_not_begin", text, {"path": "region"}))
    return found


def _may_wait(problem: rules.Problem, whole: WholeCall) -> bool:
    # No main form yet, or a condition about a form not chosen, is an unfinished draft and no broken row.
    if problem.code == "main_form":
        return sum(form.role == FormRole.MAIN for form in whole.forms) == 0
    return problem.code == "unknown_form" and problem.path != "forms"


def _journey(scheme: Scheme, code: str) -> Journey:
    return scheme.journeys.filter(code=code).order_by("-version")[0]
