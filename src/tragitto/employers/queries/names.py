"""What enterprises are called, for whoever may know that they take part."""

from collections.abc import Iterable

from tragitto.employers.models import Employer


def names_of_employers(codes: Iterable[str]) -> dict[str, str]:
    """The names of the enterprises of these public codes, or else the codes. One query."""
    found = Employer.objects.filter(code__in=set(codes)).values_list("code", "name")
    return {code: name or code for code, name in found}
