"""Writes one call of a pack as a draft, with its windows, forms, criteria, gaps and choices."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.schemes import rules
from tragitto.schemes.models import Call, Choice, Criterion, Form, Gap, Journey, Region, Scheme, Window
from tragitto.schemes.pack import CallSpec, FormSpec, Pack, Paragraph
from tragitto.schemes.vocabulary import CallStatus

# What stands in the row of the call under the name it has in the pack.
SAME = (
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


def draft(
    *,
    scheme: Scheme,
    pack: Pack,
    spec: CallSpec,
    journey: Journey,
    rehearsal: bool,
    actor: Actor,
    at: datetime,
) -> bool:
    """Write the call as a draft of ``actor``, or leave it when it says the same; whether it was written.

    Raises ``Blocked`` when the call is published and would change.
    """
    forms = [form for code in spec.forms if (form := pack.form(code))]
    notice = pack.notices.get(spec.code, ())
    content = rules.content_hash(spec, forms, notice, rehearsal, [journey.code, journey.version])
    call = Call.objects.select_for_update().filter(code=spec.code).first()
    if call is not None and call.content_hash == content:
        return False
    if call is not None and call.status != CallStatus.DRAFT:
        text = _("The call {code} is published: only an amendment changes it.").format(code=spec.code)
        raise Blocked(Finding("published_call_changed", text))

    facts = {name: getattr(spec, name) for name in SAME} | {
        "scheme": scheme,
        "region": Region.objects.get(scheme=scheme, code=spec.region),
        "publisher": Organisation.objects.get(code=spec.publisher),
        "journey": journey,
        "checks": list(spec.checks),
        "filing": msgspec.to_builtins(spec.filing),
        "review": msgspec.to_builtins(spec.review),
        "hand_over": msgspec.to_builtins(spec.hand_over),
        "enquiries": msgspec.to_builtins(spec.enquiries) if spec.enquiries else {},
        "texts": spec.texts,
        "notice": msgspec.to_builtins(notice),
        "purposes": msgspec.to_builtins(spec.purposes),
        "calendar": msgspec.to_builtins(spec.calendar),
        "privacy": msgspec.to_builtins(spec.privacy) if spec.privacy else {},
        "is_rehearsal": rehearsal,
        "status": CallStatus.DRAFT,
        "drafted_by": actor.code,
        "drafted_at": at,
        "content_hash": content,
        "warnings": _warnings(spec, forms, notice),
    }
    call, _new = Call.objects.update_or_create(code=spec.code, defaults=facts)
    _parts(call, spec, forms)
    return True


def _parts(call: Call, spec: CallSpec, forms: list[FormSpec]) -> None:
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


def _warnings(spec: CallSpec, forms: list[FormSpec], notice: tuple[Paragraph, ...]) -> list[dict[str, str]]:
    found = rules.lint(spec, notice, forms=forms)
    return [{"about": each.about, "where": each.where, "text": each.text} for each in found]


def _form(call: Call, form: FormSpec) -> Form:
    facts = msgspec.to_builtins(form)
    facts.pop("fields_of")
    return Form(call=call, **facts)
