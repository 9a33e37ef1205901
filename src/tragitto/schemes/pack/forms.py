"""The shapes of a form: groups, fields, options."""

from tragitto.schemes.pack.base import Spec, Texts
from tragitto.schemes.vocabulary import Confidence, FieldCheck, FieldKind, FormRole


class OptionSpec(Spec, frozen=True, kw_only=True):
    """One answer of a choice."""

    value: str
    label: Texts


class FieldSpec(Spec, frozen=True, kw_only=True):
    """A field of a form; ``fact`` is the word by which criteria read it, ``check`` a list it is held to."""

    name: str
    kind: FieldKind
    label: Texts
    section: str
    help: Texts = {}
    required: bool = False
    required_when: str = ""
    fact: str = ""
    personal: bool = False
    options: tuple[OptionSpec, ...] = ()
    options_from: str = ""
    check: FieldCheck | None = None


class GroupSpec(Spec, frozen=True, kw_only=True):
    """A part of a form: its heading, and how often its fields repeat (rows of a table)."""

    name: str
    title: Texts
    guidance: Texts = {}
    rows: int = 1


class FormSpec(Spec, frozen=True, kw_only=True):
    """A form of a call. ``fields_of`` takes groups and fields from another form of the pack."""

    code: str
    version: int
    role: FormRole
    title: Texts
    confidence: Confidence
    fields_of: str = ""
    legal: Texts = {}
    groups: tuple[GroupSpec, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
