"""Two runs side by side, in words."""

from typing import cast

from django.utils.translation import get_language

from tragitto.selection.models import Run
from tragitto.selection.queries.rounds import posts_of
from tragitto.selection.queries.runs import instance_of
from tragitto.selection.queries.wording import names_in
from tragitto.selection.rules.comparing import Side, differences
from tragitto.web.office.run_page import WHYS, Compared
from tragitto_matching.wording import Language, say


def compared(first: Run, second: Run) -> list[Compared]:
    """Who came and who went from the first run to the second, and why. Four queries."""
    titles = {each.code: each.position.profile.title for each in posts_of(first.round)}
    language = cast("Language", (get_language() or "it").split("-")[0])
    names = names_in(first.round.scheme, language)
    sides = [Side(instance_of(each), each.result) for each in (first, second)]
    return [
        Compared(
            each,
            titles.get(each.post, {}),
            WHYS[each.why],
            tuple(say(reason, "office", language, names) for reason in each.reasons),
        )
        for each in differences(*sides)
    ]
