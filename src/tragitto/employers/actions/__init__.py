"""The verbs of this room: receive and evaluate, judge, propose, admit, refuse, withdraw."""

from tragitto.employers.actions.deciding import admit, propose, refuse, withdraw
from tragitto.employers.actions.filing import Filed, evaluate, receive
from tragitto.employers.actions.opening import close_positions, open_positions
from tragitto.employers.actions.reviewing import confirm_met, judge

__all__ = [
    "Filed",
    "admit",
    "close_positions",
    "confirm_met",
    "evaluate",
    "judge",
    "open_positions",
    "propose",
    "receive",
    "refuse",
    "withdraw",
]
