"""The closed words of how a scheme selects: what pairs are scored by, who proposes, how ties are broken."""

from enum import StrEnum


class SelectionCriterion(StrEnum):
    """What a pair is scored by; nothing else can be weighed, and nothing here tells who somebody is."""

    LANGUAGE = "language"
    EXPERIENCE = "experience"
    SCHOOLING = "schooling"
    WISHED_SKILLS = "wished_skills"
    FIRST_REGION = "first_region"


class Proposing(StrEnum):
    """Whose best stable match is taken, where there are several."""

    CANDIDATES = "candidates"
    POSTS = "posts"


class TieRule(StrEnum):
    """How equal ranks are told apart: by a recorded lot, or so that as many as possible are placed."""

    LOTTERY = "lottery"
    LARGEST = "largest"
