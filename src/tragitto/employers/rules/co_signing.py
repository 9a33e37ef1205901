"""Whom the answers of a draft name as the one who signs with a delegate."""

from collections.abc import Iterable, Mapping
from typing import Any

from tragitto.employers.rules.identity import tidied

#: The facts under which the forms name the legal representative: of the delegation, and of the main form.
PRINCIPAL = "delegation.principal.codice_fiscale"
SIGNATORY = "signatory.codice_fiscale"


def named_signatories(places: Iterable[tuple[str, str, str]], answers: Mapping[str, Any]) -> set[str]:
    """The codici fiscali of those whom the answers name as legal representative or signatory.

    `places` = (form, place, fact) of the call's forms.
    """
    named = {
        tidied(answers.get(form, {}).get(place))
        for form, place, fact in places
        if fact in (PRINCIPAL, SIGNATORY)
    }
    return named - {""}
