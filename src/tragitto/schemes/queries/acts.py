"""A call as an act: the way back from its rows to what it says, and what still stands in its way."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Q

from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding
from tragitto.kernel.texts import in_language
from tragitto.law.queries import covered
from tragitto.schemes import permissions, rules
from tragitto.schemes.models import (
    Amendment,
    Call,
    Duty,
    Form,
    Region,
    RelatedLink,
    Scheme,
    Verification,
    Window,
)
from tragitto.schemes.pack import CallSpec, FormSpec, Paragraph, WholeCall
from tragitto.schemes.registries import CRITERIA, EFFECTS, GUARDS
from tragitto.schemes.vocabulary import AmendmentKind, CheckKind, DutyKind, Subject

# What stands in a row under the name and in the shape it has in a pack.
CALL = (
    "code",
    "act",
    "act_on",
    "proposer",
    "checks",
    "title",
    "summary",
    "zone",
    "mailbox",
    "help_address",
    "counted_instant",
    "place_rule",
    "disclosure",
    "review_term",
    "four_eyes",
    "filing",
    "review",
    "hand_over",
    "purposes",
    "calendar",
    "texts",
)
FORM = ("code", "version", "role", "title", "confidence", "legal", "groups", "fields")
CRITERION = ("code", "judge", "failing", "title", "citation", "parameters")
GAP = ("path", "what", "source", "stand_in")
CHOICE = ("about", "text", "reason", "made_by", "made_on")


def form_spec(form: Form) -> FormSpec:
    """The form as the frozen shape that rules and the blank-form generator take."""
    return msgspec.convert({name: getattr(form, name) for name in FORM}, FormSpec)


def whole_of(call: Call) -> WholeCall:
    """All that the call says, as approved: what drafting begins from and checks read. Six queries."""
    forms = tuple(form_spec(form) for form in call.forms.order_by("pk"))
    notice = msgspec.convert(call.notice, tuple[Paragraph, ...])
    raw: dict[str, object] = {name: getattr(call, name) for name in CALL} | {
        "region": call.region.code,
        "publisher": call.publisher.code,
        "journey": call.journey.code,
        "notice": f"{call.code}.notice.md" if notice else "",
        "enquiries": call.enquiries or None,
        "privacy": call.privacy or None,
        "windows": [_window(window, call.zone) for window in call.windows.order_by("number")],
        "forms": [form.code for form in forms],
        "criteria": [*call.criteria.order_by("position").values(*CRITERION)],
        "gaps": [*call.gaps.order_by("pk").values(*GAP)],
        "choices": [*call.choices.order_by("pk").values(*CHOICE)],
        "related": [_link(link) for link in related_links(call)],
    }
    return WholeCall(call=msgspec.convert(raw, CallSpec), forms=forms, notice=notice)


def spec_of(call: Call) -> CallSpec:
    """The call as the shape it would have in a pack, its present links with it. Six queries."""
    return whole_of(call).call


def as_corrected(call: Call) -> WholeCall:
    """The same with the public texts as they hold today. Seven queries."""
    whole = whole_of(call)
    texts = msgspec.to_builtins(whole.call.texts)
    for amendment in call.amendments.filter(kind=AmendmentKind.CORRECTION).order_by("number"):
        texts |= amendment.texts
    raw = msgspec.to_builtins(whole) | {"call": msgspec.to_builtins(whole.call) | {"texts": texts}}
    return msgspec.convert(raw, WholeCall)


def problems_of(whole: WholeCall, scheme: Scheme) -> list[rules.Problem]:
    """What the check has to say about a call of ``scheme``, written or about to be. Five queries."""
    bodies = Organisation.objects.filter(code=whole.call.publisher).values_list("code", flat=True)
    around = rules.Around(
        regions=frozenset(scheme.regions.values_list("code", flat=True)),
        organisations=frozenset(bodies),
        journeys={each.code: Subject(each.subject) for each in scheme.journeys.order_by("code")},
        forms=frozenset(form.code for form in whole.forms),
        calls=frozenset(Call.objects.values_list("code", flat=True)),
    )
    return rules.check_call(whole, around, covered(), rules.Registries(GUARDS, EFFECTS, CRITERIA))


def obstacles(call: Call) -> list[Finding]:
    """What keeps ``call`` from being published: errors, open gaps, undecided warnings, missing verifications.

    A rehearsal may be published with its gaps, filled by stand-ins that stay marked.
    """
    return [*unfinished(call), *(_unverified(kind) for kind in checks_missing(call))]


def unfinished(call: Call) -> list[Finding]:
    """What keeps a draft from being passed on: errors of the check, open gaps, undecided warnings."""
    gaps = [] if call.is_rehearsal else call.gaps.order_by("path")
    found = [
        Finding("open_gap", f"{gap.path}: {in_language(gap.what, 'en')} ({gap.source})", {"path": gap.path})
        for gap in gaps
    ]
    problems = problems_of(whole_of(call), call.scheme)
    decided = {choice.about for choice in call.choices.all()}
    found += [
        Finding("undecided_warning", f"{each['where']}: {each['text']}", {"about": each["about"]})
        for each in call.warnings
        if each["about"] not in decided
    ]
    return found + [
        Finding(each.code, f"{each.where}: {each.text}", {"path": each.path, "matter": each.matter})
        for each in problems
        if each.is_error
    ]


def checks_missing(call: Call) -> list[CheckKind]:
    """The kinds of verification the call asks for that its present content has not passed. One query."""
    passed = {
        each.kind: each.is_passed
        for each in call.verifications.filter(content_hash=call.content_hash).order_by("number")
    }
    return [kind for each in call.checks if not passed.get(kind := CheckKind(each), False)]


def verifications(call: Call) -> list[Verification]:
    """Who verified the call, or sent it back, in the order of time; one query."""
    return [*call.verifications.order_by("number")]


def related_links(call: Call) -> list[RelatedLink]:
    """What is related to the call today, other calls of ours with it, in the order of adding; one query."""
    links = call.related_links.filter(removed_at=None).select_related("other")
    return [*links.order_by("number")]


def links_ever(call: Call) -> list[RelatedLink]:
    """Every link the call has or had, in the order of adding; one query."""
    return [*call.related_links.order_by("number")]


def amendments(call: Call) -> list[Amendment]:
    """The dated changes of the call, in their order; one query."""
    return [*call.amendments.order_by("number")]


def linkable(call: Call, actor: Actor) -> list[Call]:
    """The other calls the actor may know that nothing links to ``call`` yet, by code; one query."""
    calls = Call.objects.exclude(pk=call.pk)
    if not permissions.may_read_drafts(actor):
        calls = calls.filter(published_at__isnull=False)
    linked = RelatedLink.objects.filter(call=call, removed_at=None, other__isnull=False)
    return [*calls.exclude(pk__in=linked.values("other")).order_by("code")]


def regions_to_draft(actor: Actor) -> list[Region]:
    """The regions for which the actor's body publishes calls, by scheme and code; one query."""
    if not permissions.drafts(actor):
        return []
    holds = Q(duty=DutyKind.PUBLISHES, organisation__code=actor.organisation)
    whole = Scheme.objects.filter(duties__in=Duty.objects.filter(holds, region=None))
    here = Q(duties__in=Duty.objects.filter(holds)) | Q(scheme__in=whole)
    regions = Region.objects.filter(here).select_related("scheme").distinct()
    return [*regions.order_by("scheme__code", "code")]


def forms_on_offer(scheme: Scheme) -> list[FormSpec]:
    """The newest form of each code that a call of the scheme asks for, in the order of codes; one query."""
    rows = Form.objects.filter(call__scheme=scheme).order_by("code", "version", "call__published_at", "pk")
    return [form_spec(form) for form in {form.code: form for form in rows}.values()]


def _window(window: Window, zone: str) -> dict[str, object]:
    # A window ends with the first instant that is late; people name the second before it.
    last = (window.closes_at - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    opens = window.opens_at.astimezone(ZoneInfo(zone)).date() if window.opens_at else None
    return {
        "number": window.number,
        "last_day": last.date(),
        "last_time": last.time(),
        "opens_on": opens,
    }


def _link(link: RelatedLink) -> dict[str, object]:
    code = link.other.code if link.other else ""
    return {"relation": link.relation, "title": link.title, "call": code, "address": link.page}


def _unverified(kind: CheckKind) -> Finding:
    return Finding("not_verified", f"{kind} verification has not been passed", {"kind": kind})
