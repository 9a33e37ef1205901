"""What the later messages of an expression say otherwise than the ones before, in the words of the forms."""

from tragitto.employers.queries import ExpressionPage, homes
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.web.parts import changes


def of_page(page: ExpressionPage, language: str) -> dict[str, object]:
    """The changes of each message but the first, without what this reader does not see."""
    if len(page.versions) < 2:
        return {"differing": []}
    call = page.expression.call
    specs = [schemes.form_spec(form) for form in schemes.contents(call).forms]
    names = {each.code: in_language(each.title, language) for each in schemes.profiles(call.scheme)}
    found = homes.differences((view.version, view.facts) for view in page.versions)
    return {
        "differing": [
            (view.version, changes.lines(found[view.version.pk], specs, names, language))
            for view in page.versions
            if view.version.pk in found
        ]
    }
