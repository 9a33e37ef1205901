"""What this room's columns say about people: nothing, and why."""

from tragitto.kernel.declarations import impersonal

_PUBLIC = "published by an act: addresses of offices, not of persons"
_CODES = "public codes of people, never names; the person is declared in accounts"
_SHAPE = "the shape of a form or the parameters of a rule, never what somebody filled in"

impersonal("schemes.Call", "mailbox", "help_address", because=_PUBLIC)
impersonal("schemes.Call", "drafted_by", "drafters", "published_by", because=_CODES)
impersonal("schemes.Choice", "made_by", "reason", because=_CODES)
impersonal("schemes.Amendment", "made_by", "reason", because=_CODES)
impersonal("schemes.Form", "fields", because=_SHAPE)
impersonal("schemes.Criterion", "parameters", because=_SHAPE)
impersonal("schemes.Step", "needs_reason", because=_SHAPE)
impersonal("schemes.Journey", "subject", because=_SHAPE)
impersonal("schemes.Verification", "note", "verified_by", because=_CODES)
impersonal("schemes.RelatedLink", "added_by", "removed_by", because=_CODES)
