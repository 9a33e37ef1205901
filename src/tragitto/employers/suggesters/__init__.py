"""Says where a message at the desk may belong: each place once, with all its reasons, ready to accept."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tragitto.employers.models import Expression
from tragitto.employers.suggesters.answers import which_notice_it_may_answer
from tragitto.employers.suggesters.clues import FINDERS, Clue
from tragitto.employers.suggesters.looked import Looked
from tragitto.employers.takers import NAME
from tragitto.records.models import Message
from tragitto.records.registries import SUGGESTERS, Suggestion
from tragitto.schemes.models import Call

__all__ = ["where_it_may_belong", "which_notice_it_may_answer"]

log = logging.getLogger(__name__)

#: What a clue is worth at most where a form of the message names another enterprise.
DOUBTFUL = 40


@SUGGESTERS.register(NAME)
def where_it_may_belong(message: Message) -> Sequence[Suggestion]:
    """The expressions the message may be a further version of, and the calls it may be a first filing under.

    The same number of queries however many messages and expressions there are; one or two more for each
    call that the message names or was sent to.
    """
    looked = Looked(message)
    found: dict[str, list[Clue]] = defaultdict(list)
    for clue in _clues(looked):
        where = clue.where
        if isinstance(where, Call) and (known := looked.expression_under(where)):
            where = known
        found[where.code].append(Clue(where, clue.reason, clue.strength))
    suggested = [_suggestion(looked, clues) for clues in found.values()]
    return sorted(suggested, key=lambda each: (-each.strength, -len(each.reasons), each.where_code))


def _clues(looked: Looked) -> Iterable[Clue]:
    """All clues; a finder that fails on what somebody sent stays silent."""
    for find in FINDERS:
        try:
            yield from find(looked)
        except Exception as error:
            log.warning("clue %s failed: %s", find.__name__, type(error).__name__)


def _suggestion(looked: Looked, clues: list[Clue]) -> Suggestion:
    ordered = sorted(clues, key=lambda clue: -clue.strength)
    reasons, strength = [clue.reason for clue in ordered], ordered[0].strength
    where = ordered[0].where
    if isinstance(where, Expression):
        if looked.is_of_another(where):
            reasons.insert(0, _("But its form names another enterprise: ask before you place it."))
            strength = min(strength, DOUBTFUL)
        label = f"{where.code} · {where.employer.name}"
        choice = {"call": where.call.code, "codice_fiscale": where.employer.codice_fiscale}
    else:
        enterprise = looked.enterprises.get(where.pk)
        label = f"{where.code} · {enterprise.name}" if enterprise and enterprise.name else where.code
        choice = {"call": where.code}
    if any(file.waits for file in looked.files):
        reasons.append(
            _("Confirm what stands on the printed form first: a filing keeps what was read of it.")
        )
    kept = tuple(dict.fromkeys(reasons))
    return Suggestion(where.code, label, " ".join(kept), strength, NAME, choice, kept)
