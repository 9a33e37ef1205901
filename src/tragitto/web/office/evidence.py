"""Where the judge of a finding looked, in the words of the form that was filed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tragitto.kernel.texts import in_language
from tragitto.records.models import Attachment
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules import slots
from tragitto.web.parts.counts import written_out


@dataclass(frozen=True)
class Looked:
    """Where a judge looked: a field of a form in a file, with what stands there."""

    form: str
    field: str
    value: str
    attachment: str


def looked(
    evidence: Iterable[Mapping[str, str]],
    files: Iterable[Attachment],
    specs: Iterable[FormSpec],
    language: str,
) -> Iterable[Looked]:
    """The evidence of a finding in the form's own words, with what was written in each field."""
    written = {file.name: file.form.get("fields", {}) for file in files if isinstance(file.form, dict)}
    labels = {
        (spec.code, name): in_language(slot.field.label, language)
        for spec in specs
        for slot in slots(spec)
        for name in (slot.name, slot.field.name)
    }
    titles = {spec.code: in_language(spec.title, language) for spec in specs}
    options = {
        (spec.code, option.value): in_language(option.label, language)
        for spec in specs
        for field in spec.fields
        for option in field.options
    }
    for one in evidence:
        form, field, attachment = (one.get(key, "") for key in ("form", "field", "attachment"))
        answers = written.get(attachment, {})
        value = one.get("value") or answers.get(field) or answers.get(f"{field}_1") or ""
        value = options.get((form, value.removeprefix("/"))) or str(written_out({"at": value})["at"])
        yield Looked(titles.get(form, form), labels.get((form, field), field), value, attachment)
