"""What can be chosen on the pages of a draft: terms of the law, forms, facts, purposes."""

from collections.abc import Iterable, Mapping
from datetime import date

from tragitto.kernel.declarations import Basis
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries
from tragitto.schemes.models import Region, Scheme
from tragitto.schemes.pack import FormSpec, WholeCall
from tragitto.schemes.vocabulary import FieldKind, Subject
from tragitto.web.office import terms
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.acts_fields import Choices


def choices(
    whole: WholeCall,
    scheme: Scheme,
    regions: Iterable[Region],
    forms: Iterable[FormSpec],
    *,
    on: date,
    language: str,
) -> Mapping[str, Choices]:
    """Every list of choices by its name. Two queries."""
    titles = sorted(terms.titles(on, language).items(), key=lambda pair: pair[1])
    asked = {form.code: form for form in whole.forms}
    offered = {form.code: form for form in forms} | asked
    known = _facts(whole.forms, language)
    ticked = {f.fact for form in whole.forms for f in form.fields if f.kind == FieldKind.CHECKBOX}
    return {
        "basis": [(each.value, acts_words.BASES[each]) for each in Basis],
        "call_form": _named(asked.values(), language),
        "call_forms": _named(asked.values(), language),
        "consent": [(fact, said) for fact, said in known if fact in ticked],
        "facts": known,
        "forms": _named(offered.values(), language),
        "journey": [(code, code) for code in queries.journeys_named(scheme, Subject.EXPRESSION)],
        "purpose": [(each.code, each.text) for each in whole.call.purposes],
        "region": [
            (each.code, in_language(each.title, language)) for each in regions if each.scheme_id == scheme.pk
        ],
        "term": titles,
    }


def _named(forms: Iterable[FormSpec], language: str) -> Choices:
    return [(form.code, f"{in_language(form.title, language)} ({form.code})") for form in forms]


def _facts(forms: Iterable[FormSpec], language: str) -> list[tuple[str, str]]:
    """Facts and their first words, each said by the label of its field or the heading of its part."""
    found: dict[str, str] = {}
    for form in forms:
        headings = {group.name: in_language(group.title, language) for group in form.groups}
        for field in form.fields:
            first = field.fact.split(".")[0].removesuffix("[]")
            if field.fact and first != field.fact:
                found.setdefault(first, f"{headings.get(field.section, first)} ({first})")
            if field.fact:
                found.setdefault(field.fact, f"{in_language(field.label, language)} ({field.fact})")
    return sorted(found.items())
