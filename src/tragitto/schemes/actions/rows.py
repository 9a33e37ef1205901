"""Writes what a call says into its rows: the one way for packs and for the office."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.schemes import rules
from tragitto.schemes.models import Call, Choice, Criterion, Form, Gap, Journey, Region, Scheme, Window
from tragitto.schemes.pack import CallSpec, FormSpec, WholeCall
from tragitto.schemes.vocabulary import CallStatus

# What stands in the row of the call as it stands in the shape.
PLAIN = (
    "act",
    "act_on",
    "proposer",
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
)
# The same as JSON.
AS_JSON = ("checks", "filing", "review", "hand_over", "texts", "purposes", "calendar")


def load_call(
    *, whole: WholeCall, scheme: Scheme, journey: Journey, rehearsal: bool, actor: Actor, at: datetime
) -> bool:
    """Write the call of a pack as a draft of ``actor``, or leave it when it says the same; whether written.

    A draft that the office has changed since, and a call published since, stay as long as the pack says
    what it said before. Raises ``Blocked`` where both have changed.
    """
    code = whole.call.code
    content = rules.call_hash(whole, rehearsal, journey.code, journey.version)
    call = Call.objects.select_for_update().filter(code=code).first()
    if call is not None and content in (call.content_hash, call.loaded_hash):
        return False
    if call is not None and call.status != CallStatus.DRAFT:
        said = _("The call {code} is published: only an amendment changes it.")
        raise Blocked(Finding("published_call_changed", said.format(code=code)))
    if call is not None and call.content_hash != call.loaded_hash:
        said = _("The draft {code} was changed in the office: what the files say would undo that.")
        raise Blocked(Finding("draft_changed_in_office", said.format(code=code)))

    loaded = {"is_rehearsal": rehearsal, "loaded_hash": content, "drafters": [actor.code]}
    write(whole=whole, scheme=scheme, journey=journey, more=loaded, actor=actor, at=at)
    return True


def write(
    *,
    whole: WholeCall,
    scheme: Scheme,
    journey: Journey,
    more: dict[str, object],
    actor: Actor,
    at: datetime,
) -> Call:
    """Write a draft with its windows, forms, criteria, gaps and choices; ``more`` says where it came from."""
    spec = whole.call
    facts = {name: getattr(spec, name) for name in PLAIN}
    facts |= {name: msgspec.to_builtins(getattr(spec, name)) for name in AS_JSON}
    facts |= {
        "scheme": scheme,
        "region": Region.objects.get(scheme=scheme, code=spec.region),
        "publisher": Organisation.objects.get(code=spec.publisher),
        "journey": journey,
        "enquiries": msgspec.to_builtins(spec.enquiries) if spec.enquiries else {},
        "privacy": msgspec.to_builtins(spec.privacy) if spec.privacy else {},
        "notice": msgspec.to_builtins(whole.notice),
        "status": CallStatus.DRAFT,
        "drafted_by": actor.code,
        "drafted_at": at,
        "content_hash": rules.call_hash(whole, bool(more["is_rehearsal"]), journey.code, journey.version),
        "warnings": _warnings(whole),
        **more,
    }
    call, _new = Call.objects.update_or_create(code=spec.code, defaults=facts)
    _parts(call, spec, whole.forms)
    return call


def _parts(call: Call, spec: CallSpec, forms: tuple[FormSpec, ...]) -> None:
    for model in (Window, Form, Criterion, Gap, Choice):
        model._default_manager.filter(call=call).delete()
    Window.objects.bulk_create(
        Window(
            call=call,
            number=window.number,
            opens_at=rules.opening_instant(window.opens_on, spec.zone) if window.opens_on else None,
            closes_at=rules.closing_instant(window.last_day, window.last_time, spec.zone),
        )
        for window in spec.windows
    )
    Form.objects.bulk_create(_form(call, form) for form in forms)
    Criterion.objects.bulk_create(
        Criterion(call=call, position=position, **msgspec.to_builtins(criterion))
        for position, criterion in enumerate(spec.criteria, start=1)
    )
    Gap.objects.bulk_create(Gap(call=call, **msgspec.to_builtins(gap)) for gap in spec.gaps)
    Choice.objects.bulk_create(
        Choice(call=call, **{**msgspec.to_builtins(choice), "made_on": choice.made_on})
        for choice in spec.choices
    )


def _warnings(whole: WholeCall) -> list[dict[str, str]]:
    found = rules.lint(whole.call, whole.notice, forms=whole.forms)
    return [{"about": each.about, "where": each.where, "text": each.text} for each in found]


def _form(call: Call, form: FormSpec) -> Form:
    facts = msgspec.to_builtins(form)
    facts.pop("fields_of")
    return Form(call=call, **facts)
