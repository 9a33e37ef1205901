"""The tabs of a round at the desk, in the order of the work."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Tab:
    """A tab: the name by which a page says that it is on it, its words, the name of its address."""

    name: str
    label: Promise
    address: str


TABS = (
    Tab("round", pgettext_lazy("selection", "The round"), "office:round"),
    Tab("posts", pgettext_lazy("selection", "Positions"), "office:round_posts"),
    Tab("runs", pgettext_lazy("selection", "Runs"), "office:round_runs"),
    Tab("shortlists", pgettext_lazy("selection", "Shortlists"), "office:shortlists"),
    Tab("meetings", pgettext_lazy("selection", "Meetings"), "office:meetings"),
    Tab("rankings", pgettext_lazy("selection", "Rankings"), "office:rankings"),
    Tab("match", pgettext_lazy("selection", "Match"), "office:match"),
    Tab("offers", pgettext_lazy("selection", "Offers"), "office:offers"),
    Tab("rules", pgettext_lazy("selection", "Rules"), "office:round_rules"),
)
