"""What the fields of a form are called, for pages that show single fields of a file."""

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules import slots


def form_of(actor: Actor, *, call: str, form: str) -> FormSpec | None:
    """The form of a call, if there is such a one and this actor may know of it. Two queries."""
    if not (call and form):
        return None
    try:
        return schemes.form_spec(schemes.form_named(schemes.get_call(actor, call), form))
    except NotFound:
        return None


def labels_of(spec: FormSpec | None, language: str) -> dict[str, str]:
    """The label of each place to write in, by its name; rows of a table with their number."""
    if spec is None:
        return {}
    return {
        slot.name: in_language(slot.field.label, language) + (f" ({slot.row})" if slot.row else "")
        for slot in slots(spec)
    }
