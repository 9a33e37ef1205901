"""Words about packages: why a filing stays out, why a document is withheld."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import FormRole
from tragitto.web.office.word import Word

LEFT_OUT = {
    "no_consent": Word(_("Its form does not consent to the sending.")),
    "consent_withdrawn": Word(_("Its employer has withdrawn the consent to the sending.")),
    "not_read": Word(_("No form of the call could be read, so there is nothing to hand over.")),
    "already": Word(_("Handed over already, in the package")),
    "next_package": Word(_("Too heavy for this package: it goes with the next one.")),
}
WITHHELD = {
    "infected": Word(_("Withheld: it carries a virus."), "bad"),
    "other_pages": Word(_("Withheld: it holds other pages than the form."), "open"),
}
LISTS: Mapping[str, Mapping[str, Word]] = {"left_out": LEFT_OUT, "withheld": WITHHELD}


def facts_in_words(call: Call, facts: Iterable[str], language: str) -> list[str]:
    """Facts that a call names, as its main form calls them: a whole part, or one field of it. One query."""
    main = call.forms.filter(role=FormRole.MAIN).first()
    if main is None:
        return list(facts)
    form = schemes.form_spec(main)
    titles = {group.name: in_language(group.title, language) for group in form.groups}
    words: list[str] = []
    for name in facts:
        named = [field for field in form.fields if _is_of(field.fact.replace("[]", ""), name)]
        told = [in_language(one.label, language) if "." in name else titles[one.section] for one in named]
        words += [word for word in dict.fromkeys(told or [name]) if word not in words]
    return words


def _is_of(fact: str, name: str) -> bool:
    return fact == name or fact.startswith(f"{name}.")
