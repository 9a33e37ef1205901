"""What this room keeps about people, field by field."""

from tragitto.kernel.declarations import Basis, declare, impersonal

_DESK = ("selection_desk", "office")
_OWN = (*_DESK, "self")
_PARTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("selection.Round", ("drafted_by", "published_by"), _DESK),
    ("selection.RoundPost", ("stated_by",), _DESK),
    ("selection.Run", ("instance", "parameters", "result", "proof", "note", "run_by"), _DESK),
    ("selection.Adoption", ("ground", "adopted_by"), _DESK),
    ("selection.Shortlisted", ("contributions", "score", "answer", "added_ground", "removed_ground"), _OWN),
    ("selection.Shortlisted", ("added_by", "removed_by", "told_by"), _DESK),
    ("selection.Shortlisted", ("told_way", "told_ground"), _OWN),
    ("selection.Offer", ("told_ground",), _OWN),
    ("selection.Offer", ("told_by",), _DESK),
    ("selection.Interpreter", ("name", "email", "languages", "token_hash", "added_by"), _DESK),
    ("selection.Availability", ("party", "cannot", "interpreted_from", "answered_by"), _OWN),
    ("selection.Meeting", ("link", "state", "state_by", "ground"), (*_OWN, "employer")),
    ("selection.ScoreSheet", ("lines", "note", "saved_by", "sent_by"), (*_DESK, "employer")),
    ("selection.Ranking", ("saved_by", "sent_by"), _DESK),
    ("selection.RankingLine", ("tier",), _DESK),
    ("selection.Match", ("end", "matched_by"), (*_OWN, "employer")),
    (
        "selection.Offer",
        (
            "contract",
            "agreement",
            "level",
            "pay_cents",
            "hours_tenths",
            "trial_days",
            "place",
            "starts_on",
            "housing",
            "words",
            "made_by",
            "answer",
            "answered_by",
            "told_way",
        ),
        (*_OWN, "employer"),
    ),
)

for _label, _named, _readers in _PARTS:
    for _field in _named:
        declare(
            _label,
            _field,
            purpose="selection",
            basis=Basis.PUBLIC_TASK,
            controller="selection_desk",
            retention="selection",
            readers=_readers,
        )
impersonal(
    "selection.RoundPost", "least_levels", "must_skills", "wished_skills", "must_licences", "shifts",
    "left_ground", "seats_ground", because="what a post asks for",
)  # fmt: skip
impersonal("selection.Round", "seed", "rank_by", because="the number of the lot, and a term")
impersonal(
    "selection.MeetingDay",
    "link",
    "opened_by",
    "answer_by",
    because="where and when a day of meetings is held",
)
impersonal("selection.ScoreSheet", "revision", because="a count of savings")
