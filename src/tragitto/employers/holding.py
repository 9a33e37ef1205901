"""Holding an expression: its case is the one lock of everything that may change it."""

from tragitto.cases.models import Case
from tragitto.employers.models import Expression


def held(expression: int) -> Expression:
    """The expression of this key as it now stands, its case held by this transaction until it ends.

    Whoever files, judges, places or decides holds the case first and reads only then: so nothing is judged
    while it is being decided, and nothing changes what has been. After the call, where both are held.
    """
    Case.objects.select_for_update(of=("self",), no_key=True).get(expression=expression)
    whole = Expression.objects.select_related("case__stage", "case__call", "call", "current", "employer")
    return whole.get(pk=expression)
