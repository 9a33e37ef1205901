"""Holding a round: the one lock of everything that changes its runs, shortlists, match and offers."""

from tragitto.selection.models import Round


def held(round: Round) -> Round:
    """`round` as it now stands, with its scheme and rules, held by this transaction until it ends."""
    whole = Round.objects.select_related("scheme", "rules")
    return whole.select_for_update(of=("self",), no_key=True).get(pk=round.pk)
