"""Many public codes at once, none of which is taken."""

from django.db import models

from tragitto.kernel.codes import new_code


def fresh_codes(model: type[models.Model], prefix: str, count: int) -> list[str]:
    """`count` codes that no row of `model` has. Two queries as a rule.

    One code in a row is hardly ever taken; among ten thousand codes beside a hundred thousand people one is.
    """
    found: dict[str, None] = {}
    while len(found) < count:
        wanted = {new_code(prefix) for _each in range(count - len(found))} - found.keys()
        taken = model._default_manager.filter(code__in=wanted).values_list("code", flat=True)
        found |= dict.fromkeys(wanted - set(taken))
    return list(found)
