"""Makes the fillable PDF of a form, and says where on its pages the answers stand.

The text is Italian, which is the act; guidance is printed under it in another language.
"""

from threading import Lock

from tragitto.kernel.texts import LANGUAGES, in_language
from tragitto.schemes.blanks.faces import has_arabic
from tragitto.schemes.blanks.finishing import Identity, finished
from tragitto.schemes.blanks.layout import Laid, laid_out
from tragitto.schemes.blanks.painting import painted
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules.forms import Slot
from tragitto_pec.forms_code import Template

__all__ = ["blank_form", "template_of"]

#: reportlab keeps its fonts in one place for all threads.
_ONE_AT_A_TIME = Lock()


def blank_form(*, call_code: str, call_title: str, form: FormSpec, language: str, office: str = "") -> bytes:
    """A fillable PDF of ``form``, its fields named as `rules.slots` names them.

    The text is the Italian one, which is the act; ``language`` adds guidance under it and in the tool
    tips. Choices carry their values, ticks "/Yes". The field "signature" locks the file once somebody
    signs in it. Each page bears two codes that say what `template_of` answers to. ``office`` is the name
    of the body that publishes the call. The same arguments make the same bytes.
    """
    with _ONE_AT_A_TIME:
        laid = _laid(call_code, form, language)
        pdf, pieces = painted(laid, form, office=office, call_title=call_title)
    tips = {name: _tip(slot, language) for name, slot in laid.slots.items()}
    identity = Identity(call_code, form.code, form.version)
    return finished(pdf, identity, tips, laid.template.signature, pieces)


def template_of(call_code: str, form: FormSpec, language: str = "it") -> Template:
    """Where the answers stand on the pages that `blank_form` makes, by the same pass over the form.

    Guidance takes room, so each language has places of its own; the codes of a page name it.
    """
    with _ONE_AT_A_TIME:
        return _laid(call_code, form, language).template


def _laid(call_code: str, form: FormSpec, language: str) -> Laid:
    return laid_out(call_code, form, _printed(language))


def _printed(language: str) -> str:
    """The language whose guidance can be printed; Italian stands for none."""
    short = language.split("-", maxsplit=1)[0]
    if short not in LANGUAGES or (short == "ar" and not has_arabic()):
        return "it"
    return short


def _tip(slot: Slot, language: str) -> str:
    words = [in_language(slot.field.label, language), *([str(slot.row)] if slot.row else [])]
    if slot.field.help:
        words.append(in_language(slot.field.help, language))
    return " – ".join(words)
