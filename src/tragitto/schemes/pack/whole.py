"""A whole pack: the scheme, its journeys, forms, calls and notices."""

import msgspec

from tragitto.schemes.pack.base import Spec
from tragitto.schemes.pack.calls import CallSpec, Paragraph
from tragitto.schemes.pack.forms import FieldSpec, FormSpec, OptionSpec
from tragitto.schemes.pack.journeys import JourneySpec
from tragitto.schemes.pack.rosters import RosterSpec
from tragitto.schemes.pack.schemes import SchemeSpec
from tragitto.schemes.pack.selections import SelectionSpec


class WholeCall(Spec, frozen=True, kw_only=True):
    """All that a call says: itself, its forms with everything filled in, its notice by paragraphs."""

    call: CallSpec
    forms: tuple[FormSpec, ...] = ()
    notice: tuple[Paragraph, ...] = ()


class Pack(Spec, frozen=True, kw_only=True):
    """A whole scheme as read from its files, with the hash of what was read."""

    scheme: SchemeSpec
    journeys: tuple[JourneySpec, ...]
    forms: tuple[FormSpec, ...]
    calls: tuple[CallSpec, ...]
    notices: dict[str, tuple[Paragraph, ...]]
    digest: str
    roster: RosterSpec | None = None
    selection: SelectionSpec | None = None

    def form(self, code: str) -> FormSpec | None:
        """The form of this code, with borrowed groups and fields, and profiles to choose from filled in."""
        found = next((form for form in self.forms if form.code == code), None)
        if found is None:
            return None
        lender = self.form(found.fields_of) if found.fields_of not in ("", code) else None
        if lender is not None:
            found = msgspec.structs.replace(
                found,
                groups=lender.groups + found.groups,
                fields=lender.fields + found.fields,
                legal=found.legal or lender.legal,
            )
        fields = tuple(self._with_options(field) for field in found.fields)
        return msgspec.structs.replace(found, fields=fields)

    def whole(self, call: CallSpec) -> WholeCall:
        """``call`` with its forms and its notice; forms that the pack does not have are left out."""
        forms = [
            msgspec.structs.replace(form, fields_of="") for code in call.forms if (form := self.form(code))
        ]
        return WholeCall(call=call, forms=tuple(forms), notice=self.notices.get(call.code, ()))

    def _with_options(self, field: FieldSpec) -> FieldSpec:
        if field.options_from != "profiles":
            return field
        profiles = self.scheme.profiles
        options = tuple(OptionSpec(value=profile.code, label=profile.title) for profile in profiles)
        return msgspec.structs.replace(field, options=options)
