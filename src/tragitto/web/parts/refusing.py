"""How a refusal of an action reaches the person who asked: as words in the form that was sent."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms

from tragitto.kernel.refusals import NotAllowed, Refusal


def attempt(form: forms.Form, act: Callable[[], object]) -> HTTPStatus:
    """Do `act` if the form is valid: 303 when it took place, else the status of the page that says why not.

    The sentences of a refusal become errors of the form; nothing that was typed is lost.
    """
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        act()
    except Refusal as refusal:
        for finding in refusal.findings:
            form.add_error(None, str(finding.text))
        is_right = isinstance(refusal, NotAllowed)
        return HTTPStatus.FORBIDDEN if is_right else HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.SEE_OTHER
