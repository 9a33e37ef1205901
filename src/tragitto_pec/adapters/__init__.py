"""The systems of certified mail that can be read: each recognises its own certification data by form.

An adapter is a function: the direct parts of what was sealed in, a ``Form`` out, which says what somebody
certifies there and which set of anchors must vouch for it; None when the parts are not of its system. It
verifies nothing. Whether the seal holds and whose it is, is judged elsewhere and alike for all.
"""

from tragitto_pec.adapters import pec, rem
from tragitto_pec.adapters.form import PEC, REM, Adapter, Form
from tragitto_pec.limits import Limits
from tragitto_pec.mime import Part

#: Asked in this order.
ADAPTERS: tuple[Adapter, ...] = (pec.form, rem.form)

__all__ = ["ADAPTERS", "PEC", "REM", "Adapter", "Form", "form_of"]


def form_of(parts: list[Part], limits: Limits) -> Form:
    """The form of the first system that knows the parts; without one, that of an envelope without data."""
    for adapter in ADAPTERS:
        if form := adapter(parts, limits):
            return form
    return pec.without_data(parts)
